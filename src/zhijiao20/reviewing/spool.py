"""Room on disk for what memory should not hold: findings by file, and texts by task.

Both keep what is little in memory; what is much goes into a temporary file without a name.
"""

from __future__ import annotations

import json
import tempfile
import weakref
import zlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from zhijiao20.findings import Finding, Findings, Place
from zhijiao20.merge import Row
from zhijiao20.reviewing.packing import open_findings
from zhijiao20.rules.settings import Settings

MANY = 5000
"""Findings from which on they are read anew at every walk instead of being held."""

_IN_MEMORY = 2**20  # bytes of what is packed
_SHELF = 2**16  # characters of a shelf that lie in memory
_FASTEST = 1


class FindingSpool:
    """The findings of a run in the order of its files."""

    def __init__(self, files: Sequence[str], settings: Settings) -> None:
        self._files, self._settings = files, settings
        self._stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when nobody reads it any more
        weakref.finalize(self, self._stream.close)
        self._ends = array("Q", [0])
        self._counts: Counter[str] = Counter()
        self._behind: dict[str, list[Finding]] = {}

    def add(self, packed: bytes, counts: Mapping[str, int]) -> None:
        """Add the findings of the next file, and how many there are of each rule."""
        self._ends.append(self._ends[-1] + self._stream.write(packed))
        self._counts.update(counts)

    def behind(self, findings: Iterable[Finding]) -> None:
        """Add what was found when all files had been read; each comes behind the others of its file."""
        for finding in findings:
            self._behind.setdefault(finding.file, []).append(finding)

    def finished(self, first: Sequence[Finding] = ()) -> Collection[Finding]:
        """All findings: some that stand before those of the files, then by file."""

        def read() -> Iterator[Finding]:
            yield from first
            for index, file in enumerate(self._files):
                yield from self._of_file(index, file)
                yield from self._behind.get(file, ())

        by_rule = Counter(finding.rule for finding in first)
        by_rule.update({self._settings.rule(code): number for code, number in self._counts.items()})
        by_rule.update(finding.rule for findings in self._behind.values() for finding in findings)
        return tuple(read()) if by_rule.total() <= MANY else Findings(read, by_rule)

    def _of_file(self, index: int, file: str) -> Iterator[Finding]:
        begin, end = self._ends[index], self._ends[index + 1]
        if begin < end:
            self._stream.seek(begin)
            yield from open_findings(self._stream.read(end - begin), file, self._settings)


class TextShelves:
    """The texts of a run by task: put in unit by unit, read task by task."""

    def __init__(self) -> None:
        self._pending: dict[str, list[Row]] = {}
        self._sizes: Counter[str] = Counter()
        self._stored: dict[str, list[tuple[int, int]]] = {}
        self._end = 0
        self._stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when nobody reads it any more
        weakref.finalize(self, self._stream.close)

    def put(self, shelf: str, row: Row) -> None:
        """Put a row at the end of a shelf."""
        self._pending.setdefault(shelf, []).append(row)
        self._sizes[shelf] += len(row.text) + 20
        if self._sizes[shelf] > _SHELF:
            text = json.dumps(self._pending.pop(shelf), ensure_ascii=False, separators=(",", ":"))
            packed = zlib.compress(text.encode("utf-8", "surrogatepass"), _FASTEST)
            self._stored.setdefault(shelf, []).append((self._end, len(packed)))
            self._stream.seek(self._end)
            self._end += self._stream.write(packed)
            del self._sizes[shelf]

    def rows(self, shelf: str) -> Iterator[Row]:
        """The rows of a shelf."""
        for begin, length in self._stored.get(shelf, ()):
            self._stream.seek(begin)
            text = zlib.decompress(self._stream.read(length)).decode("utf-8", "surrogatepass")
            for unit, kind, said, place in json.loads(text):
                yield Row(unit, kind, said, Place(*place))
        yield from self._pending.get(shelf, ())
