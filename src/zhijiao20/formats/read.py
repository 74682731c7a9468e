"""Read a file from disk into submissions; every problem becomes a finding and does not stop other files."""

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
    """Read the submissions of one file, with the findings of the reader.

    Args:
        file: a status file of any format.
        catalog: the official task list.
        limits: the limits of size and content.
    """
    try:
        data = read_bytes(file, limits)
    except UnreadableError as error:
        return [], unread(file, error)
    return read_content(file, data, catalog, limits)


def unread(file: Path, error: UnreadableError) -> Collector:
    """Return a collector with one finding, for a file that cannot be read."""
    out = Collector(path_text(file))
    out.add("ZJ001", error.message, error.hint)
    return out


def read_content(
    file: Path, data: bytes, catalog: Catalog, limits: Limits = DEFAULT
) -> tuple[list[Submission], Collector]:
    """Read the submissions from the content of a file, with the findings of the reader.

    The result depends on the suffix of the file name, and on its stem where the content names no unit.

    Args:
        file: the path of the file.
        data: the content of the file.
        catalog: the official task list.
        limits: the limits of size and content.
    """
    out = Collector(path_text(file), max_findings=limits.findings)
    submissions: list[Submission] = []
    refusal: FormatError | None = None
    try:
        submissions = _read(file, data, catalog, limits, out)
        _check_length(submissions, limits)
    except FormatError as error:
        refusal = error
    except TooManyFindingsError:
        refusal = too_many_findings(out.max_findings)
    except MemoryError:
        refusal = FormatError("ZJ001", "这台电脑的内存不够读这份文件", "请分成几个文件报送")
    # One more finding for each task: a unit may have filled in nothing.
    out.max_findings = limits.findings + len(submissions) * len(catalog.tasks)
    if refusal is not None:
        submissions = []
        refuse(out, refusal)
    return submissions, out


def refuse(out: Collector, why: FormatError) -> None:
    """Report that a file is refused, even if the limit of findings is reached."""
    out.max_findings = None
    out.add(why.code, why.message, why.hint, place=why.place)


def _check_length(submissions: Iterable[Submission], limits: Limits) -> None:
    """Refuse a unit or a file with too much text, as its review would take minutes."""
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
    file_format = format_of(file.suffix.lower(), data)
    if (fast_result := _read_fast(file, file_format, data, catalog, limits)) is not None:
        return fast_result
    from zhijiao20.formats.normalize.table import trees_from_table
    from zhijiao20.formats.normalize.tree import submission_from_tree

    raw = file_format.read(data, out, catalog, limits)
    trees = trees_from_table(raw, catalog, out, file.stem) if isinstance(raw, Table) else [raw]
    if len(trees) > limits.units:
        raise too_many_units(len(trees), limits)
    stem = file.stem if file_format.unit_from_name else ""
    submissions: list[Submission] = []
    for tree in trees:
        out.unit = None
        if (submission := submission_from_tree(tree, catalog, out, stem)) is not None:
            submissions.append(submission)
    return submissions


def _read_fast(
    file: Path, file_format: Format, data: bytes, catalog: Catalog, limits: Limits
) -> list[Submission] | None:
    """Read a file on the fast path; return None if it needs a full parse."""
    submissions: list[Submission] = []
    for raw_unit in (file_format.read_fast(data, catalog, limits) if file_format.read_fast else None) or ():
        submission = build_submission(raw_unit, catalog, path_text(file))
        if submission is None:
            return None
        submissions.append(submission)
    return submissions if 0 < len(submissions) <= limits.units else None
