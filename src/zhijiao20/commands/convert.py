"""Status files from one format into another, and old ones brought to the current list: nothing filled in is lost."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from zhijiao20.core.display import display_path, path_text
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Finding, Report, sort_by_file, sort_by_place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.read import read_file
from zhijiao20.formats.registry import BY_SUFFIX, KNOWN_SUFFIXES
from zhijiao20.formats.write import divided, left_out, write_status_file
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.discovery import FoundFiles, find_files
from zhijiao20.system.file_names import default_name
from zhijiao20.system.resources import load_catalog
from zhijiao20.system.temp_store import temporary_file, temporary_space

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of a conversion.

    Attributes:
        report: what was found while reading; a file with an error is not converted.
        written: the files that were written.
        left_out: unit → the fields for which the new format has no room.
        divided: unit → the tasks whose 佐证 will read back as other items.
    """

    report: Report
    written: tuple[Path, ...] = ()
    left_out: dict[str, list[str]] = field(default_factory=dict)
    divided: dict[str, list[str]] = field(default_factory=dict)


def convert(
    paths: Sequence[Path],
    output: Path,
    kind: str | None = None,
    *,
    force: bool = False,
    limits: Limits = DEFAULT,
) -> Conversion:
    """Write status files in another format.

    Args:
        paths: status files and folders.
        output: a file, written only when nothing was wrong; or a folder for a file a unit (one that exists, or a name
            without a suffix), where the sound ones are written.
        kind: the format of the files in a folder (yaml where none is given).
        force: replace files that exist.
        limits: how large a file may be.

    Raises:
        UsageError: wrong paths, several units for a format that holds one, more than a file may have, two units with
            one file name, or a file that exists or cannot be written.
    """
    found = find_files(paths, KNOWN_SUFFIXES, output)
    if output.is_dir() or not output.suffix:
        return _into_folder(found, output, kind or "yaml", limits, force=force)
    kind = kind_of(output, kind)
    report, sound = read_sound(found, limits, _as_many_as(limits.units, output))
    if not sound or report.failed:  # one file for all is written whole or not at all
        return Conversion(report)
    _may_write([output], found.files, force=force)
    write_whole(output, write_status_file(kind, sound, load_catalog()), replace=force)
    return _told(report, [output], [_loss(submission, kind) for submission in sound])


def _as_many_as(most: int, output: Path) -> Callable[[Submission], Submission]:
    """Takes units for one file until there are more than one may have to be read again.

    Raises:
        UsageError: there are.
    """
    number = itertools.count(1)

    def take(submission: Submission) -> Submission:
        if next(number) > most:
            what = f"一份文件最多 {most} 个单位，{display_path(output)} 放不下"
            raise UsageError(f"{what}。请写到文件夹里，一个单位一个文件，如 -o 转换后/")
        return submission

    return take


def _into_folder(found: FoundFiles, folder: Path, kind: str, limits: Limits, *, force: bool) -> Conversion:
    """A file a unit; none is written before all are ready, and of thousands of units only one is in memory."""
    with contextlib.closing(_Shelf(kind)) as shelf:
        report, ready = read_sound(found, limits, shelf.put)
        jobs: dict[Path, _Ready] = {}
        for one in ready:
            path = folder / default_name(one.loss.unit, kind)
            if path in jobs:
                raise UsageError(
                    f"“{jobs[path].loss.unit}”和“{one.loss.unit}”的文件名都是 {display_path(path)}。请分开转换"
                )
            jobs[path] = one
        if not jobs:
            return Conversion(report)
        _may_write([*jobs], found.files, force=force)
        _make_folder(folder)
        for path, one in jobs.items():
            write_whole(path, shelf.get(one), replace=force)
    return _told(report, [*jobs], [one.loss for one in jobs.values()])


class _Loss(NamedTuple):
    """What the new format cannot say as the old one did: fields it has no room for, tasks whose 佐证 it divides."""

    unit: str
    left_out: list[str]
    divided: list[str]


class _Ready(NamedTuple):
    """A unit in its new format, put aside."""

    loss: _Loss
    begin: int
    end: int


class _Shelf:
    """One temporary file for what is ready."""

    def __init__(self, kind: str) -> None:
        self._kind, self._file, self._end = kind, temporary_file(), 0

    def put(self, submission: Submission) -> _Ready:
        data, begin = write_status_file(self._kind, [submission], load_catalog()), self._end
        with temporary_space():
            self._file.write(data)
        self._end += len(data)
        return _Ready(_loss(submission, self._kind), begin, self._end)

    def get(self, one: _Ready) -> bytes:
        self._file.seek(one.begin)
        return self._file.read(one.end - one.begin)

    def close(self) -> None:
        self._file.close()


def _loss(submission: Submission, kind: str) -> _Loss:
    return _Loss(submission.unit, left_out(submission, kind), divided(submission, kind))


def _told(report: Report, written: Sequence[Path], losses: Sequence[_Loss]) -> Conversion:
    missing = {loss.unit: loss.left_out for loss in losses if loss.left_out}
    return Conversion(report, tuple(written), missing, {loss.unit: loss.divided for loss in losses if loss.divided})


def _may_write(outputs: Sequence[Path], inputs: Sequence[Path], *, force: bool) -> None:
    """Refuse to write over what was read, --force or not, and without it over anything."""
    _keep_inputs(outputs, inputs)
    if not force and (existing := next((path for path in outputs if path.exists()), None)):
        raise UsageError(f"文件已存在，没有覆盖：{display_path(existing)}。要覆盖请加 --force，或用 -o 换一个位置")


def _keep_inputs(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    standing = [path for path in outputs if path.exists()]
    known = {(status.st_dev, status.st_ino) for status in map(os.stat, inputs)} if standing else set()
    for path in standing:
        status = path.stat()
        if (status.st_dev, status.st_ino) in known:
            raise UsageError(
                f"输出文件同时是输入文件：{display_path(path)}。请用 -o 换一个位置；整理原文件用 init --update"
            )


def read_sound(found: FoundFiles, limits: Limits, take: Callable[[Submission], T]) -> tuple[Report, list[T]]:
    """Read without judging the texts; units of a file with an error, and of which there are several, are left out.

    Args:
        found: the files.
        limits: how large one may be.
        take: makes of a sound unit what is kept of it.
    """
    from zhijiao20.rules.shared.unit_summary import UnitSummary, summarize
    from zhijiao20.rules.structure import duplicate_unit

    findings: list[Finding] = []
    sound: list[tuple[UnitSummary, T]] = []
    units = 0
    for file in found.files:
        submissions, out = read_file(file, load_catalog(), limits)
        units += len(submissions)
        findings.extend(sort_by_place(out.findings))
        if not any(finding.severity is Severity.ERROR for finding in out.findings):
            sound.extend((summarize(submission), take(submission)) for submission in submissions)
    doubled = list(duplicate_unit.check(unit for unit, _ in sound))
    findings.extend(doubled)
    twice = {duplicate_unit.unit_key(finding.unit or "") for finding in doubled}  # no version is ours to choose
    kept = [one for unit, one in sound if duplicate_unit.unit_key(unit.unit) not in twice]
    told = tuple(sort_by_file(findings, found.files))
    return Report(len(found.files), units, told, found.passed_over, unread=tuple(map(path_text, found.unread))), kept


def kind_of(path: Path, kind: str | None) -> str:
    """Return the format that a file name asks for.

    Raises:
        UsageError: the name ends otherwise, or asks for another format than the option.
    """
    named = BY_SUFFIX.get(path.suffix.lower())
    if named is None:
        raise UsageError(f"文件名应以 {'、'.join(BY_SUFFIX)} 结尾：{display_path(path)}")
    if kind and kind != named.name:
        raise UsageError(f"-f {kind} 与文件名 {display_path(path)} 不一致，请改其中一个")
    return named.name


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"文件夹建不了：{display_path(folder)}。请先建好上一级文件夹，或换一个位置") from error
