"""``validate --fix``: fix mechanical errors in the status files; keep each old file as a backup next to the new one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from zhijiao20.core.display import display_path, escape_controls
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.core.submission import Submission
from zhijiao20.formats.format import Format
from zhijiao20.formats.read import format_of_file, read_content
from zhijiao20.review.diff import unified_diff
from zhijiao20.review.fixer import FixedText, TextFixer
from zhijiao20.review.patch import Content, Patch, UnsafeError, patch
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.discovery import load_catalog, path_text, read_bytes

FIXES_LIMIT = 100_000
"""Limit of the places fixed in one file; no file of an office has that many."""

# Not escaped, the old and the new line of a diff would look the same.
_SPACE_ESCAPES = {0xA0: "\\xa0", 0x2007: "\\u2007", 0x202F: "\\u202f"}
_NAMED_TASKS = 5  # tasks named in a message


@dataclass(slots=True)
class FileFix:
    """The result for a file in which there is something to fix.

    Attributes:
        file: the file.
        counts: rule → number of places fixed, or to be fixed if nothing is written.
        backup: the path of the old file; None if nothing was written.
        diff: the lines of the diff; empty if the file was to be written.
        left: number of fixable places that were not fixed.
        why: why they were not fixed, and what to do.
        failed: whether the file was to be written, but could not be.
    """

    file: Path
    counts: Counter[str] = field(default_factory=Counter)
    backup: Path | None = None
    diff: tuple[str, ...] = ()
    left: int = 0
    why: str = ""
    failed: bool = False


def fix_file(file: Path, corrector: TextFixer, limits: Limits, *, write: bool) -> tuple[FileFix | None, Content | None]:
    """Fix one file.

    Returns:
        The result, None if there is nothing to fix; and the content of the file as it is now, None if it is unchanged.
    """
    try:
        data = read_bytes(file, limits)
    except UnreadableError:  # readable during the review, but not any more
        return None, None
    content = read_content(file, data, load_catalog(), limits)
    corrections = _corrections(content[0], corrector)
    if not corrections:
        return None, None
    kind = format_of_file(file, data)
    if why := _why_not_in_place(kind, corrections):
        return FileFix(file, left=_count_places(corrections), why=why), None
    try:
        patched = patch(file, data, content, corrections, load_catalog(), limits)
    except UnsafeError as error:
        return FileFix(file, left=_count_places(corrections), why=f"{error}；请在文件里自己改"), None
    try:
        backup = _replace_with_backup(file, data, patched.data) if write and patched.done else None
    except UsageError as error:
        return FileFix(file, left=_count_places(corrections), why=str(error), failed=True), None
    counts = sum((correction.counts for correction in patched.done), Counter[str]())
    why = _uncertain_message(patched.left, in_document=kind.edit is not None) if patched.left else ""
    diff = () if write else tuple(_diff(file, patched))
    result = FileFix(file, counts, backup, diff, _count_places(patched.left), why)
    return result, patched.content if backup else None


def _count_places(corrections: Iterable[FixedText]) -> int:
    return sum(correction.counts.total() for correction in corrections)


def _corrections(submissions: Iterable[Submission], corrector: TextFixer) -> list[FixedText]:
    """Return the corrections of a file; stop above the limit, because each place takes memory."""
    corrections: list[FixedText] = []
    places = 0
    for correction in chain.from_iterable(map(corrector.correct, submissions)):
        corrections.append(correction)
        places += _count_places([correction])
        if places > FIXES_LIMIT:
            break
    return corrections


def _why_not_in_place(kind: Format, corrections: Iterable[FixedText]) -> str:
    """Return why a file of this format cannot be fixed in place, and what to do; empty if it can."""
    if kind.locate is None and kind.edit is None:
        program = kind.program
        return f"{program} 文件不直接改：请在 {program} 里改，或先用 zhijiao20 convert 转成 Word、YAML 或 CSV"
    if _count_places(corrections) <= FIXES_LIMIT:
        return ""
    return f"可改的地方超过 {FIXES_LIMIT // 10_000} 万处：请核对文件来源，内容无误的分成几个文件"


_UNCERTAIN = {False: "折了行、带转义或被引用", True: "在修订、域或自动编号里"}


def _uncertain_message(left: Sequence[FixedText], *, in_document: bool) -> str:
    tasks = "、".join(correction.entry.task for correction in left[:_NAMED_TASKS])
    more = f"等 {len(left)} 项" if len(left) > _NAMED_TASKS else ""
    return f"任务 {tasks}{more}的文字{_UNCERTAIN[in_document]}，不能确定改在哪里；请在文件里自己改"


def _replace_with_backup(file: Path, old: bytes, new: bytes) -> Path:
    """Write the new file and keep the old one as a backup next to it.

    Raises:
        UsageError: the backup file exists already, or one of the files cannot be written.
    """
    backup = file.with_name(file.name + ".bak")
    if os.path.lexists(backup):
        raise UsageError(f"旁边已有 {display_path(backup)}，不覆盖：请核对以后移走它，再运行一次")
    write_whole(backup, old, replace=False)
    try:
        write_whole(file, new)
    except UsageError:
        backup.unlink()
        raise
    return backup


def _diff(file: Path, patched: Patch) -> Iterator[str]:
    """Yield the lines of the diff, with invisible characters escaped."""
    for line in unified_diff(patched.old, patched.new, patched.edits, path_text(file)):
        yield escape_controls(line).translate(_SPACE_ESCAPES)
