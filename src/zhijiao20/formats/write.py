"""Write submissions as a status file of any format, and list the content that a format cannot store."""

from __future__ import annotations

from collections.abc import Sequence

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import EVIDENCE, PHONE, PROGRESS, REMARK, REPORTER, SUPERIOR, WAIVERS
from zhijiao20.core.submission import Submission
from zhijiao20.formats.registry import BY_NAME


def write_status_file(kind: str, submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    """Return the bytes of a status file.

    Args:
        kind: the name of a format.
        submissions: the units in order.
        catalog: the official task list.

    Raises:
        UsageError: the format cannot hold the submissions.
    """
    return BY_NAME[kind].write(submissions, catalog)


def left_out(submission: Submission, kind: str) -> list[str]:
    """Return the filled fields that a format cannot store, in the order of the status file."""
    entries = submission.entries.values()
    is_filled = {
        SUPERIOR: bool(submission.superior),
        REPORTER: bool(submission.reporter),
        PHONE: bool(submission.phone),
        PROGRESS: any(entry.progress for entry in entries),
        EVIDENCE: any(entry.evidence for entry in entries),
        REMARK: any(entry.remark for entry in entries),
        WAIVERS: any(entry.waivers for entry in entries),
    }
    return [name for name, filled in is_filled.items() if filled and name not in BY_NAME[kind].fields]


def divided(submission: Submission, kind: str) -> list[str]:
    """Return the tasks whose 佐证 items change when they are written to one cell.

    A line end inside an item splits it, and a blank item is dropped.
    """
    if not BY_NAME[kind].in_cells:
        return []
    from zhijiao20.formats.normalize.columns import evidence_cell, evidence_items

    return [
        entry.task
        for entry in submission.entries.values()
        if evidence_items(evidence_cell(entry.evidence)) != list(entry.evidence)
    ]
