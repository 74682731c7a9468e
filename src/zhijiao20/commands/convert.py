"""The use case ``convert``: convert status files to another format; report fields that it cannot hold."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import SUPERIOR
from zhijiao20.core.findings import Report
from zhijiao20.core.levels import labels_of
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import UNIT_LIMIT, Submission, unit_problem
from zhijiao20.core.unit_names import loose, unit_key
from zhijiao20.formats.registry import BY_NAME, KNOWN_SUFFIXES, WRITTEN_BY_SUFFIX
from zhijiao20.formats.write import divided, left_out, write_status_file
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.system.atomic_write import default_name, write_whole
from zhijiao20.system.discovery import find_files, load_catalog
from zhijiao20.system.found_files import FoundFiles
from zhijiao20.system.temp_store import TempStore
from zhijiao20.system.windows import any_length

_READING_RULES = ("ZJ0", "ZJ1", "ZJ7")
_REVIEWED_RULES = ("ZJ111", "ZJ119")  # of 报告期 and 豁免: without effect on what is read
_DUPLICATE = "ZJ107"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conversion:
    """The result of a conversion.

    Attributes:
        report: the findings of reading the files; a file with an error is not converted.
        written: the files that were written.
        left_out: unit → the filled-in fields that the new format cannot hold.
        divided: unit → the tasks whose 佐证 items are divided differently when read back.
        other_superior: the number of units that keep the 上级 which they already had.
    """

    report: Report
    written: tuple[Path, ...] = ()
    left_out: dict[str, list[str]] = field(default_factory=dict)
    divided: dict[str, list[str]] = field(default_factory=dict)
    other_superior: int = 0


def convert(
    paths: Sequence[Path],
    output: Path,
    kind: str | None = None,
    *,
    superior: str = "",
    force: bool = False,
    limits: Limits = DEFAULT,
    options: RunOptions = SERIAL,
) -> Conversion:
    """Write status files in another format.

    Args:
        paths: status files and folders.
        output: a file, written only if there is no error; or a folder (an existing one, or a name without a suffix)
            that gets one file for each unit without errors.
        kind: the format of the files in a folder (default: yaml).
        superior: 上级 of the units that have none yet, for a format that holds several units.
        force: replace existing files.
        limits: the size limits of a file.
        options: which files are passed over.

    Raises:
        UsageError: wrong paths, a 上级 for a format without one or that can be no unit, several units for a format
            that holds only one, more units than a file may have, two
            units with the same file name, or an output file that exists or cannot be written.
    """
    output = any_length(output)
    found = find_files(paths, KNOWN_SUFFIXES, output, options.exclude)
    into_folder = output.is_dir() or not output.suffix
    if superior:
        _check_superior(superior, "" if into_folder else format_name_of(output, kind))
    if into_folder:
        return _into_folder(found, output, kind or "yaml", limits, options, force=force)
    kind = format_name_of(output, kind)
    report, valid = read_valid_units(found, limits, _unit_limiter(limits.units, output), options)
    if not valid or report.failed:  # a single file is written only if it is complete
        return Conversion(report)
    _check_outputs([output], found.files, force=force)
    other_superior = sum(1 for unit in valid if unit.superior and loose(unit.superior) != loose(superior))
    if superior:
        valid = [unit if unit.superior else replace(unit, superior=superior) for unit in valid]
    write_whole(output, write_status_file(kind, valid, load_catalog()), replace=force)
    result = _build_conversion(report, [output], [_find_loss(submission, kind) for submission in valid])
    return replace(result, other_superior=other_superior) if superior else result


def _check_superior(superior: str, kind: str) -> None:
    """Check that a 上级 can be written: it is a unit's name, and the format has a column for it.

    Raises:
        UsageError: it cannot.
    """
    if not kind or SUPERIOR not in BY_NAME[kind].fields:
        raise UsageError(f"--unit 写在“{SUPERIOR}”一列里，只有 .csv 和 .xlsx 有这一列。请把 -o 写成如 全市.xlsx")
    if problem := unit_problem(superior):
        raise UsageError(
            f"--unit：{problem.replace('单位', SUPERIOR, 1)}，没有转换。请写在一行里，1 至 {UNIT_LIMIT} 个字"
        )


def _unit_limiter(max_units: int, output: Path) -> Callable[[Submission], Submission]:
    """Return a function that returns each unit unchanged, up to a maximum number of units.

    A file with more units than ``max_units`` would be refused when read.

    Raises:
        UsageError: raised by the returned function when the output file would have too many units.
    """
    counter = itertools.count(1)

    def take(submission: Submission) -> Submission:
        if next(counter) > max_units:
            problem = f"一份文件最多 {max_units} 个单位，{display_path(output)} 放不下"
            raise UsageError(f"{problem}。请写到文件夹里，一个单位一个文件，如 -o 转换后/")
        return submission

    return take


def _into_folder(
    found: FoundFiles, folder: Path, kind: str, limits: Limits, options: RunOptions, *, force: bool
) -> Conversion:
    """Write one file for each unit, after all units are serialized; hold only one in memory."""
    with contextlib.closing(TempStore()) as store:

        def serialize(submission: Submission) -> tuple[_Loss, int, int]:
            data = write_status_file(kind, [submission], load_catalog())
            return _find_loss(submission, kind), store.append(data), len(data)

        report, ready = read_valid_units(found, limits, serialize, options)
        jobs: dict[Path, tuple[_Loss, int, int]] = {}
        names: dict[str, str] = {}  # on most computers names that differ in case only are one file
        losses = [loss for loss, _, _ in ready]
        shown = labels_of([loss.unit for loss in losses], [loss.superior for loss in losses])
        for unit, (loss, offset, size) in zip(shown, ready, strict=True):
            path = any_length(folder / default_name(unit, kind))
            if (other := names.setdefault(path.name.casefold(), unit)) is not unit:
                raise UsageError(f"“{other}”和“{unit}”的文件名都是 {display_path(path)}。请分开转换")
            jobs[path] = loss, offset, size
        if not jobs:
            return Conversion(report)
        _check_outputs([*jobs], found.files, force=force)
        _make_folder(folder)
        for path, (_, offset, size) in jobs.items():
            write_whole(path, store.read(offset, size), replace=force)
    return _build_conversion(report, [*jobs], [loss for loss, _, _ in jobs.values()])


class _Loss(NamedTuple):
    """The losses of a unit: fields that the format cannot hold, tasks whose 佐证 items it divides."""

    unit: str
    left_out: list[str]
    divided: list[str]
    superior: str = ""


def _find_loss(submission: Submission, kind: str) -> _Loss:
    return _Loss(submission.unit, left_out(submission, kind), divided(submission, kind), submission.superior)


def _build_conversion(report: Report, written: Sequence[Path], losses: Sequence[_Loss]) -> Conversion:
    left_out = {loss.unit: loss.left_out for loss in losses if loss.left_out}
    return Conversion(report, tuple(written), left_out, {loss.unit: loss.divided for loss in losses if loss.divided})


def _check_outputs(outputs: Sequence[Path], inputs: Sequence[Path], *, force: bool) -> None:
    """Reject outputs that are inputs, even with ``--force``; without it, any existing output.

    Raises:
        UsageError: an output must not be written.
    """
    _refuse_input_files(outputs, inputs)
    if not force and (existing := next((path for path in outputs if path.exists()), None)):
        raise UsageError(f"文件已存在，没有覆盖：{display_path(existing)}。要覆盖请加 --force，或用 -o 换一个位置")


def _refuse_input_files(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    existing = [path for path in outputs if path.exists()]
    input_ids = {(status.st_dev, status.st_ino) for status in map(os.stat, inputs)} if existing else set()
    for path in existing:
        status = path.stat()
        if (status.st_dev, status.st_ino) in input_ids:
            raise UsageError(
                f"输出文件同时是输入文件：{display_path(path)}。请用 -o 换一个位置；整理原文件用 init --update"
            )


def read_valid_units(
    found: FoundFiles, limits: Limits, take: Callable[[Submission], T], options: RunOptions = SERIAL
) -> tuple[Report, list[T]]:
    """Read files without reviewing the texts; leave out units with errors and duplicate units.

    Args:
        found: the files.
        limits: the size limits of a file.
        take: called for each unit of a file without errors; its results are returned.
        options: which files are passed over.

    Returns:
        The report of reading, and the results of ``take`` for the units that were not left out.
    """
    taken: list[tuple[str, T]] = []
    settings = Settings(_READING_RULES, _REVIEWED_RULES, limits=limits)
    report = review_files(
        found, settings, options, take=lambda submission: taken.append((unit_key(submission.unit), take(submission)))
    ).report()
    duplicates = {unit_key(finding.unit or "") for finding in report.findings if finding.rule.code == _DUPLICATE}
    # Of a duplicate unit no version is kept: the user must choose one.
    return report, [item for key, item in taken if key not in duplicates]


def format_name_of(path: Path, kind: str | None) -> str:
    """Return the name of the format for the suffix of a path.

    Raises:
        UsageError: the suffix is unknown, or does not match the format given as ``kind``.
    """
    named = WRITTEN_BY_SUFFIX.get(path.suffix.lower())
    if named is None:
        raise UsageError(f"文件名应以 {'、'.join(WRITTEN_BY_SUFFIX)} 结尾：{display_path(path)}")
    if kind and kind != named.name:
        raise UsageError(f"-f {kind} 与文件名 {display_path(path)} 不一致，请改其中一个")
    return named.name


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        shown = display_path(folder)
        if isinstance(error, FileExistsError):
            raise UsageError(f"文件夹建不了：{shown}（已有同名的文件）。请用 -o 换一个位置") from error
        raise UsageError(f"文件夹建不了：{shown}。请先建好上一级文件夹，或换一个位置") from error
