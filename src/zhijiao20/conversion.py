"""Status files from one format into another, and old ones brought to the current list: nothing filled in is lost."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhijiao20.files import UsageError, find_files, read_bytes, shown, write_whole
from zhijiao20.findings import Finding, Report, Severity
from zhijiao20.formats import KNOWN_SUFFIXES
from zhijiao20.intake.wording import fold
from zhijiao20.model import Submission
from zhijiao20.reading import by_file, by_place, read_file
from zhijiao20.resources import load_catalog
from zhijiao20.scaffold import default_name
from zhijiao20.writing import WRITERS, left_out

KIND_BY_SUFFIX = {".yaml": "yaml", ".yml": "yaml", ".csv": "csv", ".xlsx": "xlsx", ".docx": "docx"}
"""What a file of this name is written as."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of a conversion.

    Attributes:
        report: what was found while reading; a file with an error is not converted.
        written: the files that were written.
        left_out: unit → the fields for which the new format has no room.
    """

    report: Report
    written: tuple[Path, ...]
    left_out: dict[str, list[str]]


def convert(paths: Sequence[Path], output: Path, kind: str | None = None, *, force: bool = False) -> Conversion:
    """Write status files in another format.

    Args:
        paths: status files and folders.
        output: a file, written only when nothing was wrong; or a folder for a file a unit (one that exists, or a name
            without a suffix), where the sound ones are written.
        kind: the format of the files in a folder (yaml where none is given).
        force: replace files that exist.

    Raises:
        UsageError: wrong paths, several units for a format that holds one, two units with one file name, or a file
            that exists or cannot be written.
    """
    found = find_files(paths, KNOWN_SUFFIXES, output)
    report, sound = _read(found.files, found.passed_over)
    folder = output.is_dir() or not output.suffix
    kind = (kind or "yaml") if folder else _kind(output, kind)
    jobs = _one_each(sound, output, kind) if folder else {output: sound}
    if not sound or (report.failed and not folder):  # one file for all is written whole or not at all
        return Conversion(report, (), {})
    _keep_inputs(jobs, found.files)
    if not force and (existing := next((path for path in jobs if path.exists()), None)):
        raise UsageError(f"文件已存在，没有覆盖：{shown(existing)}。要覆盖请加 --force，或用 -o 换一个位置")
    files = {path: WRITERS[kind](units, load_catalog()) for path, units in jobs.items()}
    if folder:
        _make_folder(output)
    for path, data in files.items():
        write_whole(path, data, replace=force)
    missing = {submission.unit: fields for submission in sound if (fields := left_out(submission, kind))}
    return Conversion(report, tuple(files), missing)


def _keep_inputs(outputs: Iterable[Path], inputs: Sequence[Path]) -> None:
    """Refuse to write over what was read, --force or not."""
    standing = [path for path in outputs if path.exists()]
    known = {(status.st_dev, status.st_ino) for status in map(os.stat, inputs)} if standing else set()
    for path in standing:
        status = path.stat()
        if (status.st_dev, status.st_ino) in known:
            raise UsageError(f"输出文件同时是输入文件：{shown(path)}。请用 -o 换一个位置；整理原文件用 init --update")


def update(file: Path) -> tuple[Report, Path]:
    """Bring a status file to the current task list and layout, keeping the old one as ``原名.bak``.

    Returns:
        What was found while reading, and the path of the old file; with an error finding nothing is written.

    Raises:
        UsageError: the path does not exist, a ``.bak`` stands in the way, or the file cannot be written.
    """
    (path,) = find_files([file], KNOWN_SUFFIXES).files if not file.is_dir() else (file,)
    if path.is_dir():
        raise UsageError(f"这是一个文件夹：{shown(file)}。--update 一次更新一个文件")
    backup = path.with_name(path.name + ".bak")
    report, sound = _read([path], 0)
    if report.failed:
        return report, backup
    kind = _kind(path, None)
    old, new = read_bytes(path), WRITERS[kind](sound, load_catalog())
    if backup.exists() and (not backup.is_file() or read_bytes(backup) != old):
        raise UsageError(f"上次更新前的原文件还在：{shown(backup)}。请先把它改名或移走，再更新")
    write_whole(backup, old, replace=backup.exists())  # it has the same content where a run was cut off behind it
    write_whole(path, new)
    return report, backup


def _read(files: Sequence[Path], passed_over: int) -> tuple[Report, list[Submission]]:
    """Read without judging the texts; units of a file with an error are left out."""
    from zhijiao20.rules.across import seen
    from zhijiao20.rules.structure import duplicate_unit

    findings: list[Finding] = []
    sound: list[Submission] = []
    units = 0
    for file in files:
        submissions, out = read_file(file, load_catalog())
        units += len(submissions)
        findings.extend(by_place(out.findings))
        if not any(finding.severity is Severity.ERROR for finding in out.findings):
            sound.extend(submissions)
    doubled = list(duplicate_unit.check(map(seen, sound)))
    findings.extend(doubled)
    twice = {fold(finding.unit or "") for finding in doubled}  # neither version is ours to choose
    kept = [submission for submission in sound if fold(submission.unit) not in twice]
    return Report(len(files), units, tuple(by_file(findings, files)), passed_over), kept


def _kind(path: Path, kind: str | None) -> str:
    named = KIND_BY_SUFFIX.get(path.suffix.lower())
    if named is None:
        raise UsageError(f"文件名应以 {'、'.join(KIND_BY_SUFFIX)} 结尾：{shown(path)}")
    if kind and kind != named:
        raise UsageError(f"-f {kind} 与文件名 {shown(path)} 不一致，请改其中一个")
    return named


def _one_each(submissions: Sequence[Submission], folder: Path, kind: str) -> dict[Path, list[Submission]]:
    jobs: dict[Path, list[Submission]] = {}
    for submission in submissions:
        path = folder / default_name(submission.unit, kind)
        if path in jobs:
            raise UsageError(f"“{jobs[path][0].unit}”和“{submission.unit}”的文件名都是 {shown(path)}。请分开转换")
        jobs[path] = [submission]
    return jobs


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"文件夹建不了：{shown(folder)}。请先建好上一级文件夹，或换一个位置") from error
