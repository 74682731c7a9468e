"""Status files from one format into another, and old ones brought to the current list: nothing filled in is lost."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from zhijiao20.files import UsageError, as_text, find_files, read_bytes, shown
from zhijiao20.findings import Collector, Finding, Report, Severity
from zhijiao20.formats import KNOWN_SUFFIXES
from zhijiao20.formats.text import decode
from zhijiao20.limits import DEFAULT, Limits
from zhijiao20.model import Submission
from zhijiao20.outputs import write_whole
from zhijiao20.reading import by_file, by_place, read_file
from zhijiao20.resources import load_catalog
from zhijiao20.scaffold import default_name
from zhijiao20.writing import WRITERS, divided, left_out

KIND_BY_SUFFIX = {".yaml": "yaml", ".yml": "yaml", ".csv": "csv", ".xlsx": "xlsx", ".docx": "docx"}
"""What a file of this name is written as."""


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
        UsageError: wrong paths, several units for a format that holds one, two units with one file name, or a file
            that exists or cannot be written.
    """
    found = find_files(paths, KNOWN_SUFFIXES, output)
    report, sound = _read(found.files, found.passed_over, limits)
    report = replace(report, unread=tuple(map(as_text, found.unread)))
    folder = output.is_dir() or not output.suffix
    kind = (kind or "yaml") if folder else _kind(output, kind)
    jobs = _one_each(sound, output, kind) if folder else {output: sound}
    if not sound or (report.failed and not folder):  # one file for all is written whole or not at all
        return Conversion(report)
    _keep_inputs(jobs, found.files)
    if not force and (existing := next((path for path in jobs if path.exists()), None)):
        raise UsageError(f"文件已存在，没有覆盖：{shown(existing)}。要覆盖请加 --force，或用 -o 换一个位置")
    files = {path: WRITERS[kind](units, load_catalog()) for path, units in jobs.items()}
    if folder:
        _make_folder(output)
    for path, data in files.items():
        write_whole(path, data, replace=force)
    missing = {submission.unit: fields for submission in sound if (fields := left_out(submission, kind))}
    parted = {submission.unit: tasks for submission in sound if (tasks := divided(submission, kind))}
    return Conversion(report, tuple(files), missing, parted)


def _keep_inputs(outputs: Iterable[Path], inputs: Sequence[Path]) -> None:
    """Refuse to write over what was read, --force or not."""
    standing = [path for path in outputs if path.exists()]
    known = {(status.st_dev, status.st_ino) for status in map(os.stat, inputs)} if standing else set()
    for path in standing:
        status = path.stat()
        if (status.st_dev, status.st_ino) in known:
            raise UsageError(f"输出文件同时是输入文件：{shown(path)}。请用 -o 换一个位置；整理原文件用 init --update")


@dataclass(frozen=True, slots=True)
class Update:
    """What came of an update.

    Attributes:
        report: what was found while reading; with an error nothing is written.
        backup: where the old file is kept.
        comments: how many lines of comment the old file had besides ours; the new one has none of them.
    """

    report: Report
    backup: Path
    comments: int = 0


def update(file: Path, limits: Limits = DEFAULT) -> Update:
    """Bring a status file to the current task list and layout, keeping the old one as ``原名.bak``.

    Raises:
        UsageError: the path does not exist, a ``.bak`` stands in the way, or the file cannot be written.
    """
    (path,) = find_files([file], KNOWN_SUFFIXES).files if not file.is_dir() else (file,)
    if path.is_dir():
        raise UsageError(f"这是一个文件夹：{shown(file)}。--update 一次更新一个文件")
    backup = path.with_name(path.name + ".bak")
    report, sound = _read([path], 0, limits)
    if report.failed:
        return Update(report, backup)
    kind = _kind(path, None)
    old, new = read_bytes(path, limits), WRITERS[kind](sound, load_catalog())
    if backup.exists() and (not backup.is_file() or read_bytes(backup, limits) != old):
        raise UsageError(f"上次更新前的原文件还在：{shown(backup)}。请先把它改名或移走，再更新")
    write_whole(backup, old, replace=backup.exists())  # it has the same content where a run was cut off behind it
    write_whole(path, new)
    return Update(report, backup, _own_comments(old, new, sound) if kind == "yaml" else 0)


_OURS = re.compile(r"# (?:[0-9]+\.[0-9]+ |━━|──)")
"""A comment that we put above an entry; its wording may be that of an older list."""


def _own_comments(old: bytes, new: bytes, submissions: Sequence[Submission]) -> int:
    """How many lines of comment a YAML file has that are not ours, nor lines of a text."""
    known = {line.strip() for line in new.decode("utf-8").splitlines()}
    known |= {
        line.strip() for one in submissions for entry in one.entries.values() for line in entry.status.split("\n")
    }
    lines = [line.strip() for line in decode(old, Collector(""))[0].splitlines()]
    return sum(line.startswith("#") and line not in known and not _OURS.match(line) for line in lines)


def _read(files: Sequence[Path], passed_over: int, limits: Limits) -> tuple[Report, list[Submission]]:
    """Read without judging the texts; units of a file with an error are left out."""
    from zhijiao20.rules.across import seen
    from zhijiao20.rules.structure import duplicate_unit

    findings: list[Finding] = []
    sound: list[Submission] = []
    units = 0
    for file in files:
        submissions, out = read_file(file, load_catalog(), limits)
        units += len(submissions)
        findings.extend(by_place(out.findings))
        if not any(finding.severity is Severity.ERROR for finding in out.findings):
            sound.extend(submissions)
    doubled = list(duplicate_unit.check(map(seen, sound)))
    findings.extend(doubled)
    twice = {duplicate_unit.unit_key(finding.unit or "") for finding in doubled}  # no version is ours to choose
    kept = [submission for submission in sound if duplicate_unit.unit_key(submission.unit) not in twice]
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
