"""Review notes as Word comments, for people who never see a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhijiao20.archive import opened, packed
from zhijiao20.catalog import Catalog
from zhijiao20.form.locate import locate
from zhijiao20.form.ooxml import P, R, W, children
from zhijiao20.limits import Limits

AUTHOR, INITIALS = "审核", "审"
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
    for task, text in reversed(list(notes)):  # each mark goes right behind the run, so the first note goes in last
        row = rows.get(task or "")
        cell = row.status_cell if row else None
        paragraph: Any = next(children(cell, P), None) if cell is not None else None
        if paragraph is None:
            paragraph = next(iter(document.element.iter(P)))
        owner = Paragraph(paragraph, document._body)  # noqa: SLF001 - python-docx wants a parent, whichever
        run: Any = next(children(paragraph, R), None)
        anchor = owner.add_run() if run is None else Run(run, owner)
        comment: Any = document.add_comment(anchor, text=text, author=AUTHOR, initials=INITIALS)
        del comment._comment_elm.attrib[f"{W}date"]  # noqa: SLF001 - the same review gives the same bytes
    stream = io.BytesIO()
    document.save(stream)
    with opened(stream.getvalue(), _OURS) as archive:  # python-docx writes the time of day into it
        return packed({name: archive.read(name) for name in archive.names})
