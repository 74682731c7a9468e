"""How large a file from a stranger may be before it is refused: the one place for these numbers.  Pure.

A filled status file has some 75 KB and a thousand texts; whatever is under these limits is read in bounded time and
memory, whatever is over them is refused with the number that it went over.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a run.

    Attributes:
        file_mib: MiB of a file on disk.
        unpacked_mib: MiB of a .docx or .xlsx when it is unpacked.
        parts: parts in such an archive.
        lines: lines of a .yaml or .csv.
        cells: cells of a table; rows that are empty do not count.
        nodes: keys, texts, lists and mappings of a .yaml.
        characters: characters of all texts of a file; a shared string counts wherever it stands.
        text: characters of one text.
        unit: characters of all 落实情况 of one unit, which may be a city that has put together those of a hundred.
        statuses: characters of all 落实情况 of a file.
        units: units in a file.
        findings: findings on a file, besides one for every task of every unit; nobody reads more.
    """

    file_mib: int = 64
    unpacked_mib: int = 100
    parts: int = 2_000
    lines: int = 2_000_000
    cells: int = 1_000_000
    nodes: int = 200_000
    characters: int = 50_000_000
    text: int = 500_000
    unit: int = 3_000_000
    statuses: int = 10_000_000
    units: int = 500
    findings: int = 20_000

    @property
    def min_text_limit(self) -> int:
        """A text of so many bytes reaches no limit on its lines, cells or characters."""
        return min(self.lines, self.cells, self.characters, self.text)


DEFAULT = Limits()
"""Enough for every file that an office fills in, and little enough for any office's computer."""


def counted(number: int, unit: str) -> str:
    """A limit as people say it: ``100 万格``, ``2000 个``."""
    return f"{number // 10_000} 万{unit}" if number >= 10_000 and not number % 10_000 else f"{number} {unit}"
