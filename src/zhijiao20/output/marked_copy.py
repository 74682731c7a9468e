"""Hand a Word file back marked: each remark is a comment on the cell of its row, and nothing else is changed."""

from __future__ import annotations

from collections.abc import Iterable

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.feedback import Remark
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.docx.mark import Note, mark

AUTHOR = "审核"
"""The author of comments where the office is not known."""


def marked_copy(
    data: bytes, catalog: Catalog, remarks: Iterable[Remark], office: str = "", limits: Limits = DEFAULT
) -> bytes:
    """Return a Word file with its remarks as comments.

    Args:
        data: the .docx file as it came.
        catalog: the official list.
        remarks: the remarks, in order of weight; those of one cell share a comment.
        office: the office by which the comments are; 审核 if it is empty.
        limits: the maximum sizes.

    Raises:
        FormError: the file is not a Word document, or has no official table.
    """
    notes = [Note(remark.task, remark.row, remark.lines) for remark in remarks]
    return mark(data, catalog, notes, office or AUTHOR, limits)
