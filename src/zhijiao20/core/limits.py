"""Size limits for files from untrusted sources; the only place for these numbers.  No I/O.

A filled-in status file has about 75 KB and a thousand texts.  A file within the limits is read in bounded time and
memory; a file that exceeds a limit is rejected with a message that states the limit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a run.

    Attributes:
        file_mib: size of a file on disk, in MiB.
        unpacked_mib: size of a .docx or .xlsx after decompression, in MiB.
        parts: parts in the archive of a .docx or .xlsx.
        lines: lines of a .yaml or .csv.
        cells: cells of a table; empty rows are not counted.
        nodes: keys, texts, lists and mappings of a .yaml.
        characters: characters of all texts of a file; a shared string counts each time it is used.
        text: characters of one text.
        unit: characters of all 落实情况 of one unit; a unit can be a city that merged the texts of a hundred units.
        statuses: characters of all 落实情况 of a file.
        units: units in a file.
        roster_units: units in a roster; a province has some 12,000.
        findings: findings of a file, in addition to one for each task of each unit.
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
    roster_units: int = 50_000
    findings: int = 20_000

    @property
    def min_text_limit(self) -> int:
        """Return the file size in bytes up to which no line, cell or character limit is exceeded."""
        return min(self.lines, self.cells, self.characters, self.text)


DEFAULT = Limits()
"""The default limits: enough for every file that an office fills in, and safe on an ordinary office computer."""


def counted(number: int, unit: str) -> str:
    """Format a number and its unit for a message: ``100 万格``, ``2000 个``."""
    return f"{number // 10_000} 万{unit}" if number >= 10_000 and not number % 10_000 else f"{number} {unit}"
