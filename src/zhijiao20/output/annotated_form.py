"""Review notes as Word comments, for people who never see a terminal."""

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
from zhijiao20.system.zip import opened, packed

AUTHOR, INITIALS = "审核", "审"
MOST = 100
"""Comments on one cell."""

_OURS = Limits(unpacked_mib=2**20, parts=2**16)  # what we have just made is no stranger's


def annotate(data: bytes, catalog: Catalog, notes: Iterable[tuple[str | None, str]]) -> bytes:
    """Put notes into a form as comments.

    Args:
        data: a form that can be filled.
        catalog: the official list.
        notes: the task whose status cell a note belongs to (None: the document as a whole) and its text.

    Returns:
        The document, rewritten by python-docx: it alone knows to keep the parts of comments together.
    """
    document = docx.Document(io.BytesIO(data))
    rows = locate(document.element, catalog).rows
    anchors: dict[str | None, Run] = {}
    made: list[Any] = []
    # Each mark goes right behind the run, so the first note goes in last.
    for task, text in reversed([*_few(notes)]):
        if task not in anchors:
            anchors[task] = _anchor(document, rows.get(task or ""))
        comment: Any = document.add_comment(anchors[task], text=text, author=AUTHOR, initials=INITIALS)
        element = comment._comment_elm  # noqa: SLF001 - python-docx shows no other way to it
        del element.attrib[f"{W}date"]  # the same review gives the same bytes
        if made:  # python-docx looks at the numbers of all comments for the next one: it is shown the last only
            element.getparent().remove(made[-1])
        made.append(element)
    if made:
        made[-1].getparent().extend(made)
    stream = io.BytesIO()
    document.save(stream)
    with opened(stream.getvalue(), _OURS) as archive:  # python-docx writes the time of day into it
        return packed({name: archive.read(name) for name in archive.names})


def _few(notes: Iterable[tuple[str | None, str]]) -> Iterator[tuple[str | None, str]]:
    """The first notes of each cell, and how many more there are: Word takes minutes to open ten thousand comments."""
    notes = list(notes)
    numbers, told = Counter(task for task, _ in notes), Counter[str | None]()
    for task, text in notes:
        told[task] += 1
        if told[task] < MOST or numbers[task] <= MOST:
            yield task, text
        elif told[task] == MOST:
            yield (
                task,
                f"这里的问题共 {numbers[task]} 条，其余 {numbers[task] - MOST + 1} 条请看 zhijiao20 validate 的结果",
            )


def _anchor(document: Document, row: TaskRow | None) -> Run:
    """The run that the notes on a row are fastened to: the first one of its status, else of the document."""
    cell = row.status_cell if row else None
    paragraph: Any = next(children(cell, P), None) if cell is not None else None
    if paragraph is None:
        paragraph = next(iter(document.element.iter(P)))
    owner = Paragraph(paragraph, document._body)  # noqa: SLF001 - python-docx wants a parent, whichever
    run: Any = next(children(paragraph, R), None)
    return owner.add_run() if run is None else Run(run, owner)
