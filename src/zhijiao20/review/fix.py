"""``validate --fix``: mechanical slips put right in the status files themselves, with the old file kept beside them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from zhijiao20.core.display import display_path, escape_controls, path_text
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.core.submission import Submission
from zhijiao20.formats.read import read_content
from zhijiao20.formats.registry import BY_SUFFIX
from zhijiao20.review.diff import unified_diff
from zhijiao20.review.fixer import Correction, Corrector
from zhijiao20.review.patch import Patch, UnsafeError, patch
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.read_file import read_bytes
from zhijiao20.system.resources import load_catalog

MOST = 100_000
"""Places of a file that are put right; one that an office wrote has not as many."""

_SPACES = {0xA0: "\\xa0", 0x2007: "\\u2007", 0x202F: "\\u202f"}  # or a line of a diff would look like the other
_NAMED = 5  # tasks that a message names


@dataclass(slots=True)
class FileFix:
    """What came of a file in which there was something to put right.

    Attributes:
        file: the file.
        counts: rule → how many places were put right, or would be.
        backup: where the old file stays; None where nothing was written.
        diff: what would differ, line by line; nothing where it was written.
        left: how many places could be put right and were not.
        why: why not, and what to do.
        failed: whether the file was to be written and could not be.
    """

    file: Path
    counts: Counter[str] = field(default_factory=Counter)
    backup: Path | None = None
    diff: tuple[str, ...] = ()
    left: int = 0
    why: str = ""
    failed: bool = False


def fix_file(file: Path, corrector: Corrector, limits: Limits, *, write: bool) -> FileFix | None:
    """Put one file right; None where there is nothing to put right."""
    try:
        data = read_bytes(file, limits)
    except UnreadableError:  # since the review
        return None
    submissions, _ = read_content(file, data, load_catalog(), limits)
    corrections = _corrections(submissions, corrector)
    if not corrections:
        return None
    if why := _not_here(file, corrections):
        return FileFix(file, left=_places(corrections), why=why)
    try:
        patched = patch(file, data, corrections, load_catalog(), limits)
    except UnsafeError as error:
        return FileFix(file, left=_places(corrections), why=f"{error}；请在文件里自己改")
    try:
        backup = _exchange(file, data, patched.data) if write and patched.done else None
    except UsageError as error:
        return FileFix(file, left=_places(corrections), why=str(error), failed=True)
    counts = sum((correction.counts for correction in patched.done), Counter[str]())
    why = _uncertain(patched.left) if patched.left else ""
    diff = () if write else tuple(_diff(file, patched))
    return FileFix(file, counts, backup, diff, _places(patched.left), why)


def _places(corrections: Iterable[Correction]) -> int:
    return sum(correction.counts.total() for correction in corrections)


def _corrections(submissions: Iterable[Submission], corrector: Corrector) -> list[Correction]:
    """What can be put right; no more of it than one file may have, as each place takes its room in memory."""
    found: list[Correction] = []
    places = 0
    for correction in chain.from_iterable(map(corrector.correct, submissions)):
        found.append(correction)
        places += _places([correction])
        if places > MOST:
            break
    return found


def _not_here(file: Path, corrections: Iterable[Correction]) -> str:
    """Why a file is not changed, and what to do; nothing where it may be."""
    kind = BY_SUFFIX[file.suffix.lower()]
    if kind.locate is None:
        program = kind.program
        return f"{program} 文件不直接改：请在 {program} 里改，或先用 zhijiao20 convert 转成 YAML 或 CSV"
    if _places(corrections) <= MOST:
        return ""
    return f"可改的地方超过 {MOST // 10_000} 万处：请核对文件来源，内容无误的分成几个文件"


def _uncertain(left: Sequence[Correction]) -> str:
    tasks = "、".join(correction.entry.task for correction in left[:_NAMED])
    more = f"等 {len(left)} 项" if len(left) > _NAMED else ""
    return f"任务 {tasks}{more}的文字折了行、带转义或被引用，不能确定改在哪里；请在文件里自己改"


def _exchange(file: Path, old: bytes, new: bytes) -> Path:
    """Write the new file and keep the old one beside it.

    Raises:
        UsageError: a file is in the way, or one of them cannot be written.
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
    """The lines that differ, with what is invisible in them."""
    for line in unified_diff(patched.old, patched.new, patched.edits, path_text(file)):
        yield escape_controls(line).translate(_SPACES)
