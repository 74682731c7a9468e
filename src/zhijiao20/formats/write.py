"""Write submissions into a status file of any format, and tell what a format has no room for."""

from __future__ import annotations

from collections.abc import Sequence

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import EVIDENCE, PHONE, PROGRESS, REMARK, REPORTER, WAIVERS
from zhijiao20.core.submission import Submission
from zhijiao20.formats.normalize.columns import evidence_cell, evidence_items
from zhijiao20.formats.registry import BY_NAME


def write_status_file(kind: str, submissions: Sequence[Submission], catalog: Catalog) -> bytes:
    """Return the bytes of a status file.

    Args:
        kind: the name of a format.
        submissions: the units in order.
        catalog: the official list.

    Raises:
        UsageError: the format cannot hold them.
    """
    return BY_NAME[kind].write(submissions, catalog)


def left_out(submission: Submission, kind: str) -> list[str]:
    """The fields of a submission that a format has no room for, in the order of the status file."""
    entries = submission.entries.values()
    held = {
        REPORTER: bool(submission.reporter),
        PHONE: bool(submission.phone),
        PROGRESS: any(entry.progress for entry in entries),
        EVIDENCE: any(entry.evidence for entry in entries),
        REMARK: any(entry.remark for entry in entries),
        WAIVERS: any(entry.waivers for entry in entries),
    }
    return [name for name, filled in held.items() if filled and name not in BY_NAME[kind].fields]


def divided(submission: Submission, kind: str) -> list[str]:
    """The tasks whose 佐证 a cell does not hold item by item: a line end inside one divides it, a blank one goes."""
    if not BY_NAME[kind].in_cells:
        return []
    return [
        entry.task
        for entry in submission.entries.values()
        if evidence_items(evidence_cell(entry.evidence)) != list(entry.evidence)
    ]
