"""The use case ``init --update``: update a status file to the current task list and layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhijiao20.commands.convert import format_name_of, read_valid_units
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Collector, Report
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.rule_table import WRONG_SUFFIX
from zhijiao20.core.submission import Submission
from zhijiao20.formats.decode import decode
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.discovery import find_files, load_catalog, read_bytes
from zhijiao20.system.found_files import FoundFiles


@dataclass(frozen=True, slots=True)
class Update:
    """The result of an update.

    Attributes:
        report: the findings of reading the file; with an error nothing is written.
        backup: the path of the copy of the old file.
        comments: the number of comment lines that the user added to the old file; the new file does not contain them.
    """

    report: Report
    backup: Path
    comments: int = 0


def update(file: Path, limits: Limits = DEFAULT) -> Update:
    """Update a status file to the current list and layout; keep the old one as ``原名.bak``.

    Raises:
        UsageError: the path does not exist or is a folder, a different ``.bak`` file exists, or a file cannot be
            written.
    """
    (path,) = find_files([file], KNOWN_SUFFIXES).files if not file.is_dir() else (file,)
    if path.is_dir():
        raise UsageError(f"这是一个文件夹：{display_path(file)}。--update 一次更新一个文件")
    backup = path.with_name(path.name + ".bak")
    report, valid = read_valid_units(FoundFiles([path]), limits, lambda submission: submission)
    if report.failed:
        return Update(report, backup)
    if wrong := next((finding for finding in report.findings if finding.rule.code == WRONG_SUFFIX), None):
        problem = wrong.message.partition("，已照")[0]
        raise UsageError(f"{display_path(path)}：{problem}，没有更新。{wrong.hint}，再更新")
    kind = format_name_of(path, None)
    old, new = read_bytes(path, limits), write_status_file(kind, valid, load_catalog())
    if backup.exists() and (not backup.is_file() or read_bytes(backup, limits) != old):
        raise UsageError(f"上次更新前的原文件还在：{display_path(backup)}。请先把它改名或移走，再更新")
    # An existing backup has the same content: it was left by an interrupted run.
    write_whole(backup, old, replace=backup.exists())
    write_whole(path, new)
    return Update(report, backup, _count_user_comments(old, new, valid) if kind == "yaml" else 0)


_GENERATED_COMMENT = re.compile(r"# (?:[0-9]+\.[0-9]+ |━━|──)")
"""The start of a comment that this program writes above an entry; the wording may be that of an older list."""


def _count_user_comments(old: bytes, new: bytes, submissions: Sequence[Submission]) -> int:
    """Count the comment lines of a YAML file that are neither generated nor part of a text."""
    ignored = {line.strip() for line in new.decode("utf-8").splitlines()}
    ignored |= {
        line.strip()
        for submission in submissions
        for entry in submission.entries.values()
        for line in entry.status.split("\n")
    }
    lines = [line.strip() for line in decode(old, Collector(""))[0].splitlines()]
    return sum(line.startswith("#") and line not in ignored and not _GENERATED_COMMENT.match(line) for line in lines)
