"""From a file on disk to its submissions; whatever is wrong with it becomes findings, the other files go on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import path_text, quote
from zhijiao20.core.errors import UnreadableError
from zhijiao20.core.findings import Collector, TooManyFindingsError
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.submission import Submission
from zhijiao20.formats.format import Format
from zhijiao20.formats.format_error import FormatError, too_many_findings, too_many_units
from zhijiao20.formats.normalize.fast_submission import build_submission
from zhijiao20.formats.raw import Table
from zhijiao20.formats.sniff import format_of
from zhijiao20.system.read_file import read_bytes


def read_file(file: Path, catalog: Catalog, limits: Limits = DEFAULT) -> tuple[list[Submission], Collector]:
    """The submissions in one file, and what was found on the way.

    Args:
        file: a status file of any format.
        catalog: the official list.
        limits: how large it may be.
    """
    try:
        data = read_bytes(file, limits)
    except UnreadableError as error:
        return [], unread(file, error)
    return read_content(file, data, catalog, limits)


def unread(file: Path, error: UnreadableError) -> Collector:
    """The one finding of a file that cannot be read."""
    out = Collector(path_text(file))
    out.add("ZJ001", error.message, error.hint)
    return out


def read_content(
    file: Path, data: bytes, catalog: Catalog, limits: Limits = DEFAULT
) -> tuple[list[Submission], Collector]:
    """The submissions in the content of a file: of its name only the suffix counts, and the stem where it is the unit.

    Args:
        file: the path that it was read from.
        data: its bytes.
        catalog: the official list.
        limits: how large it may be.
    """
    out = Collector(path_text(file), max_findings=limits.findings)
    submissions: list[Submission] = []
    refused: FormatError | None = None
    try:
        submissions = _read(file, data, catalog, limits, out)
        _weigh(submissions, limits)
    except FormatError as error:
        refused = error
    except TooManyFindingsError:
        refused = too_many_findings(out.max_findings)
    except MemoryError:
        refused = FormatError("ZJ001", "这台电脑的内存不够读这份文件", "请分成几个文件报送")
    out.max_findings = limits.findings + len(submissions) * len(
        catalog.tasks
    )  # a unit may have filled in nothing at all
    if refused is not None:
        submissions = []
        refuse(out, refused)
    return submissions, out


def refuse(out: Collector, why: FormatError) -> None:
    """Say of a file that it is not taken, however much was said of it before."""
    out.max_findings = None
    out.add(why.code, why.message, why.hint, place=why.place)


def _weigh(submissions: Iterable[Submission], limits: Limits) -> None:
    """Refuse a unit with more text than any has, and a file with more than many have: a review would take minutes."""
    total = 0
    for submission in submissions:
        length = sum(len(entry.status) for entry in submission.entries.values())
        total += length
        if length > limits.unit:
            message = (
                f"{quote(submission.unit)}的落实情况合起来有 {length} 个字，超过 {counted(limits.unit, '字')}的上限"
            )
            raise FormatError("ZJ001", message, "请缩短，详细内容另附材料")
    if total > limits.statuses:
        message = f"各单位的落实情况合起来有 {total} 个字，超过 {counted(limits.statuses, '字')}的上限"
        raise FormatError("ZJ001", message, "请分成几个文件报送")


def _read(file: Path, data: bytes, catalog: Catalog, limits: Limits, out: Collector) -> list[Submission]:
    kind = format_of(file.suffix.lower(), data)
    if (usual := _read_fast(file, kind, data, catalog, limits)) is not None:
        return usual
    from zhijiao20.formats.normalize.table import trees_from_table
    from zhijiao20.formats.normalize.tree import submission_from_tree

    raw = kind.read(data, out, catalog, limits)
    trees = trees_from_table(raw, catalog, out, file.stem) if isinstance(raw, Table) else [raw]
    if len(trees) > limits.units:
        raise too_many_units(len(trees), limits)
    stem = file.stem if kind.unit_from_name else ""
    submissions: list[Submission] = []
    for tree in trees:
        out.unit = None
        if (submission := submission_from_tree(tree, catalog, out, stem)) is not None:
            submissions.append(submission)
    return submissions


def _read_fast(file: Path, kind: Format, data: bytes, catalog: Catalog, limits: Limits) -> list[Submission] | None:
    """The submissions of a file of which there is nothing to tell; None where it has to go the long way."""
    found: list[Submission] = []
    for outline in (kind.read_fast(data, catalog, limits) if kind.read_fast else None) or ():
        submission = build_submission(outline, catalog, path_text(file))
        if submission is None:
            return None
        found.append(submission)
    return found if 0 < len(found) <= limits.units else None
