"""Choose one of several versions of a unit's file: of the others nothing counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from zhijiao20.core.display import display_path, quote
from zhijiao20.core.errors import UsageError
from zhijiao20.core.levels import bare_name
from zhijiao20.core.unit_names import file_stems, loose, unit_from_file_name, unit_key
from zhijiao20.review.file_result import FileResult, PackedResult
from zhijiao20.review.file_review import FileReviewer, ReviewJob
from zhijiao20.review.serialize import read_findings, unpack
from zhijiao20.rules.shared.unit_summary import UnitSummary
from zhijiao20.system.discovery import path_text

_INSIDE = "!"  # between an archive and its member


class Chosen:
    """The files that count for their units, and what is set aside because of them.

    Args:
        job: the settings and the roster of the run.
        names: what the files are called in messages.
        review: reviews the file with an index.

    Attributes:
        set_aside: the files of which something is set aside, as messages call them.
        not_read: the files that were to count, but are none of those of the run.
    """

    def __init__(self, job: ReviewJob, names: Sequence[str], review: Callable[[int], FileResult]) -> None:
        self._job, self._names, self._review = job, names, review
        self._by_unit: dict[str, dict[str, int]] = {}  # unit → its superior → the file that counts
        self.set_aside: list[str] = []
        self.not_read: list[Path] = []

    def choose(self, index: int, path: Path) -> None:
        """Make a file the one that counts for its units.

        Raises:
            UsageError: no unit can be read from it, or another file counts for one of them.
        """
        result = self._review(index)
        if not result.units:
            raise UsageError(f"算数的文件（use）里没有读到单位：{display_path(path)}。请先单独审核这一份")
        for unit in result.units:
            other = self._counting(self._key(unit), loose(unit.superior))
            if other is None:
                self._by_unit.setdefault(self._key(unit), {})[loose(unit.superior)] = index
            elif other != index:
                both = f"{self._names[other]} 和 {self._names[index]}"
                raise UsageError(f"算数的文件（use）里有两份是{quote(unit.unit)}的：{both}。一个单位只能写一份")

    def keep(self, index: int, result: FileResult) -> FileResult | None:
        """Return what of a result counts; None if nothing does."""
        units = {
            unit.unit
            for unit in result.units
            if self._counting(self._key(unit), loose(unit.superior)) not in {None, index}
        }
        unknown = not result.units and self._counting(self._key_of_file(self._names[index])) not in {None, index}
        if not units and not unknown:
            return result
        self.set_aside.append(self._names[index])
        if unknown or len(units) == len({unit.unit for unit in result.units}):
            return None
        return self._without(result, units, self._names[index])

    def _counting(self, key: str, superior: str = "") -> int | None:
        """Return the file that counts for a unit; where either gives no superior, the name decides."""
        chosen = self._by_unit.get(key, {})
        if not superior:
            return next(iter(chosen.values()), None)
        return chosen.get(superior, chosen.get(""))

    def _key(self, unit: UnitSummary) -> str:
        return unit.unit if self._job.roster else unit_key(bare_name(unit.unit, unit.superior))

    def _key_of_file(self, name: str) -> str:
        """Return the unit of a file from which nothing was taken, by its name."""
        if self._job.roster is not None:
            directory = self._job.directory
            unit = directory.by_file(name).unit
            return "" if unit is None else directory.roster.label(unit)
        return unit_key(unit_from_file_name(file_stems(name)[0]))

    def _without(self, result: FileResult, units: set[str], file: str) -> FileResult:
        """Return the result of a file without some of its units."""
        packed = result.found
        found, waived = read_findings(packed, file, self._job.settings) if isinstance(packed, bytes) else packed
        return replace(
            result,
            found=(
                [finding for finding in found if finding.unit not in units],
                [item for item in waived if item.finding.unit not in units],
            ),
            units=[unit for unit in result.units if unit.unit not in units],
            waivers=[waiver for waiver in result.waivers if waiver.unit not in units],
            texts=[texts for texts in result.texts if texts[0] not in units],
            packed=None,
            key=b"",
        )


def choose(job: ReviewJob, files: Sequence[Path], use: Sequence[Path], *, all_read: bool) -> Chosen:
    """Read the files that count for their units.

    Args:
        job: the settings and the roster of the run.
        files: the files of the run.
        use: the files that count.
        all_read: whether each of them must be one of the files of the run.

    Raises:
        UsageError: one of them is not, no unit can be read from it, or two of them are of one unit.
    """
    reviewer = FileReviewer(job)
    names = list(map(path_text, files))

    def review(index: int) -> FileResult:
        result = reviewer.review(files[index])
        return unpack(result, names[index]) if isinstance(result, PackedResult) else result

    chosen = Chosen(job, names, review)
    indexes = {_real(file): index for index, file in enumerate(files)}
    for path in use:
        index = indexes.get(_real(path))
        if index is not None:
            chosen.choose(index, path)
        elif all_read:
            raise UsageError(not_among_files(path))
        else:
            chosen.not_read.append(path)
    reviewer.close()
    return chosen


def not_among_files(path: Path) -> str:
    """Return the message for a file that is to count, but is none of the files."""
    return f"算数的文件（use）不在要读的文件里：{display_path(path)}。请核对路径，照结果里写的那样写"


def _real(path: Path) -> str:
    """Return the real path of a file; of a member of an archive that of the archive, with the member behind it."""
    text = str(path)
    if not os.path.lexists(path):
        parts = text.split(_INSIDE)
        for count in range(len(parts) - 1, 0, -1):
            archive = _INSIDE.join(parts[:count])
            if os.path.isfile(archive):  # noqa: PTH113 - no error without access
                return _INSIDE.join([os.path.realpath(archive), *parts[count:]])
    return os.path.realpath(path)
