"""From a file on disk to its submissions; whatever is wrong with it becomes findings, the other files go on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from zhijiao20.catalog import Catalog
from zhijiao20.files import UnreadableError, as_text, read_bytes
from zhijiao20.findings import Collector, Finding
from zhijiao20.formats import read_raw
from zhijiao20.formats.errors import FormatError
from zhijiao20.model import Submission, Table


def read_file(file: Path, catalog: Catalog) -> tuple[list[Submission], Collector]:
    """The submissions in one file, and what was found on the way.

    Args:
        file: a status file of any format.
        catalog: the official list.
    """
    try:
        data = read_bytes(file)
    except UnreadableError as error:
        return [], unread(file, error)
    return read_content(file, data, catalog)


def unread(file: Path, error: UnreadableError) -> Collector:
    """The one finding of a file that cannot be read."""
    out = Collector(as_text(file))
    out.add("ZJ001", error.message, error.hint)
    return out


def read_content(file: Path, data: bytes, catalog: Catalog) -> tuple[list[Submission], Collector]:
    """The submissions in the content of a file: of its name only the suffix counts, and the stem where it is the unit.

    Args:
        file: the path that it was read from.
        data: its bytes.
        catalog: the official list.
    """
    from zhijiao20.intake.table import trees_from_table
    from zhijiao20.intake.tree import submission_from_tree

    out = Collector(as_text(file))
    try:
        raw = read_raw(file.suffix, data, out, catalog)
    except FormatError as error:
        out.add(error.code, error.message, error.hint, place=error.place)
        return [], out
    trees = trees_from_table(raw, catalog, out, file.stem) if isinstance(raw, Table) else [raw]
    stem = file.stem if file.suffix.lower() == ".docx" else ""
    submissions: list[Submission] = []
    for tree in trees:
        out.unit = None
        if (submission := submission_from_tree(tree, catalog, out, stem)) is not None:
            submissions.append(submission)
    return submissions, out


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one file by place; tasks that are missing stand nowhere and come last."""

    def key(finding: Finding) -> tuple[bool, int, int]:
        row = re.search("[0-9]+$|[0-9]+(?=行)", finding.place.cell or "")
        line = finding.place.line or (int(row[0]) if row else 0)
        return finding.rule.code == "ZJ202", line, finding.place.column or 0

    return sorted(findings, key=key)


def by_file(findings: Iterable[Finding], files: Sequence[Path]) -> list[Finding]:
    """Findings in the order of the files; those of one file stay as they came."""
    order = {as_text(file): index for index, file in enumerate(files)}
    return sorted(findings, key=lambda finding: order[finding.file])
