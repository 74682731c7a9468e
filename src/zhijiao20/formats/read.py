"""From the content of a file to its submissions; whatever is wrong with it becomes findings, the other files go on."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.errors import UnreadableError
from zhijiao20.core.findings import Collector, TooManyFindingsError
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.submission import Submission
from zhijiao20.core.unread import OFFICE_STARTS, OPEN_DOCUMENT, PEEKED, real_suffix
from zhijiao20.formats.format_error import FormatError, too_many_findings, too_many_units
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.registry import BY_SUFFIX
from zhijiao20.formats.sniff import format_of
from zhijiao20.system.discovery import path_text

if TYPE_CHECKING:
    from zhijiao20.core.identify import Directory
    from zhijiao20.formats.format import Format


def need_preparation(files: Iterable[Path]) -> bool:
    """Check from their first bytes whether some files may be archives, or of formats that are converted.

    A file that cannot be read is told when it is read.
    """
    for file in files:
        with contextlib.suppress(OSError):
            if stat.S_ISREG(file.stat().st_mode):  # a pipe would make this wait
                with file.open("rb", buffering=0) as stream:
                    begin = stream.read(PEEKED)
                if begin.startswith(b"PK") and file.suffix.lower() in BY_SUFFIX and OPEN_DOCUMENT not in begin:
                    continue
                if begin.startswith(OFFICE_STARTS) or b"{\\rtf" in begin:
                    return True
    return False


def unread(file: Path, error: UnreadableError, code: str = "ZJ001") -> Collector:
    """The one finding of a file that cannot be read."""
    out = Collector(path_text(file))
    out.add(code, error.message, error.hint)
    return out


def read_content(
    file: Path,
    data: bytes,
    catalog: Catalog,
    limits: Limits = DEFAULT,
    *,
    shown: Path | None = None,
    directory: Directory | None = None,
) -> tuple[list[Submission], Collector]:
    """Return the submissions in the content of a file, and what was found in reading.

    Args:
        file: the path it was read from; only the suffix counts, and the stem where it is the unit.
        data: its bytes.
        catalog: the official list.
        limits: how large it may be.
        shown: what messages call it, if not ``file``.
        directory: the names of the roster, by which a line that closes a form is known to be its unit.
    """
    out = Collector(path_text(shown or file), max_findings=limits.findings)
    submissions: list[Submission] = []
    refused: FormatError | None = None
    try:
        stem, suffix = split_name(file)
        kind = BY_SUFFIX.get(suffix)
        if kind is None or not data.startswith(kind.usual_starts):
            kind = format_of(suffix, data)
        units = kind.read(data, out, catalog, limits, stem)
        if suffix not in kind.suffixes:
            from zhijiao20.formats.wrong_suffix import report_suffix

            report_suffix(suffix, kind, data, out)
        if len(units) > limits.units:
            raise too_many_units(len(units), limits)
        stem = stem if kind.unit_from_name else ""
        closing = directory.closing_line if directory else None
        built = (build_submission(unit, catalog, out, stem, closing) for unit in units)
        submissions = [submission for submission in built if submission is not None]
        if kind.name == "docx" or any(
            entry.status.startswith("【") for submission in submissions for entry in submission.entries.values()
        ):
            submissions = _told_apart(kind, submissions, catalog, out, limits, directory)
        if any(submission.superior for submission in submissions):
            from zhijiao20.formats.normalize.levels import shorten_names

            shorten_names(submissions, out.findings)
        _check_length(submissions, limits)
    except FormatError as error:
        refused = error
    except TooManyFindingsError:
        refused = too_many_findings(out.max_findings)
    except MemoryError:
        refused = FormatError("ZJ001", "这台电脑的内存不够读这份文件", "请分成几个文件报送")
    if refused is not None:
        submissions = []
        refuse(out, refused)
    # A unit may have filled in nothing at all.
    return submissions, out.with_limit(limits.findings + len(submissions) * len(catalog.tasks))


def _told_apart(
    kind: Format,
    submissions: list[Submission],
    catalog: Catalog,
    out: Collector,
    limits: Limits,
    directory: Directory | None,
) -> list[Submission]:
    """Return the units of a merged Word table in its place; of other files, keep in mind what the labels in it name.

    Raises:
        FormatError: the table is a digest, or has too many units.
    """
    from zhijiao20.formats.normalize import merged_table

    if kind.name != "docx" or not submissions:
        return list(map(merged_table.with_labels, submissions))
    return merged_table.told_apart(submissions[0], catalog, out, limits, directory)


def split_name(file: Path) -> tuple[str, str]:
    """Return the name of a file without its suffix, and the suffix in lower case: 1.澄州市教育局 has none."""
    suffix = file.suffix.lower()
    if suffix in BY_SUFFIX or (suffix and real_suffix(suffix) == suffix):
        return file.stem, suffix
    return file.name, ""


def format_of_file(file: Path, data: bytes) -> Format:
    """Return the format in which a file was read.

    Raises:
        FormatError: it cannot be read.
    """
    return format_of(split_name(file)[1], data)


def refuse(out: Collector, why: FormatError) -> None:
    """Report that a file is not used, whatever the limit of findings."""
    out.with_limit(None).of_unit(why.unit).add(why.code, why.message, why.hint, place=why.place)


def _check_length(submissions: Iterable[Submission], limits: Limits) -> None:
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
