"""Insert review notes into a form as Word comments, for users who do not use a terminal."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.limits import Limits
from zhijiao20.formats.docx.locate import TaskRow, locate
from zhijiao20.formats.docx.ooxml import P, R, W, children
from zhijiao20.system.zip import open_archive, pack_bytes

AUTHOR, INITIALS = "审核", "审"
COMMENTS_LIMIT = 100
"""Limit of the comments on one cell."""

# For an archive that this program has just written, no real limit is needed.
_TRUSTED_LIMITS = Limits(unpacked_mib=2**20, parts=2**16)


def annotate(data: bytes, catalog: Catalog, notes: Iterable[tuple[str | None, str]]) -> bytes:
    """Insert notes into a form as comments.

    Args:
        data: a form that can be filled.
        catalog: the official list.
        notes: pairs of a task and a text; the text is attached to the task's status cell, or to the document if
            the task is None.

    Returns:
        The document, rewritten by python-docx, which keeps the parts of comments consistent.
    """
    document = docx.Document(io.BytesIO(data))
    rows = locate(document.element, catalog).rows
    anchors: dict[str | None, Run] = {}
    elements: list[Any] = []
    # Each comment reference is inserted directly after the run, so the first note is inserted last.
    for task, text in reversed([*_limit_notes(notes)]):
        if task not in anchors:
            anchors[task] = _anchor(document, rows.get(task or ""))
        comment: Any = document.add_comment(anchors[task], text=text, author=AUTHOR, initials=INITIALS)
        element = comment._comment_elm  # noqa: SLF001 - python-docx has no public access to it
        del element.attrib[f"{W}date"]  # the same review must give the same bytes
        # For the next id, python-docx reads the ids of all comments: keep only the last one in the document meanwhile.
        if elements:
            element.getparent().remove(elements[-1])
        elements.append(element)
    if elements:
        elements[-1].getparent().extend(elements)
    stream = io.BytesIO()
    document.save(stream)
    # python-docx writes the current time into the archive; pack it again without the time.
    with open_archive(stream.getvalue(), _TRUSTED_LIMITS) as archive:
        return pack_bytes({name: archive.read(name) for name in archive.names})


def _limit_notes(notes: Iterable[tuple[str | None, str]]) -> Iterator[tuple[str | None, str]]:
    """Yield the first notes of each cell, and the number of the others.

    Word takes minutes to open ten thousand comments.
    """
    notes = list(notes)
    totals, counted = Counter(task for task, _ in notes), Counter[str | None]()
    for task, text in notes:
        counted[task] += 1
        if counted[task] < COMMENTS_LIMIT or totals[task] <= COMMENTS_LIMIT:
            yield task, text
        elif counted[task] == COMMENTS_LIMIT:
            more = totals[task] - COMMENTS_LIMIT + 1
            yield (task, f"这里的问题共 {totals[task]} 条，其余 {more} 条请看 zhijiao20 validate 的结果")


def _anchor(document: Document, row: TaskRow | None) -> Run:
    """Return the first run of the row's status cell, or of the document, for comments."""
    cell = row.status_cell if row else None
    paragraph: Any = next(children(cell, P), None) if cell is not None else None
    if paragraph is None:
        paragraph = next(iter(document.element.iter(P)))
    parent = Paragraph(paragraph, document._body)  # noqa: SLF001 - python-docx needs a parent, no matter which
    run: Any = next(children(paragraph, R), None)
    return parent.add_run() if run is None else Run(run, parent)
