"""Filling a form in place: column 4 gets its texts, all else stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO

from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import PERIOD
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import is_blank
from zhijiao20.formats.docx.header_lines import UNIT_LINE, blank_after, line_of
from zhijiao20.formats.docx.locate import Located, locate
from zhijiao20.formats.docx.ooxml import Element, merged_upwards, own_text, text_of
from zhijiao20.formats.docx.ooxml_write import open_cell, overloaded, put_text, styled_paragraph
from zhijiao20.formats.docx.package import Package, open_package, pack_into, parse, serialise
from zhijiao20.formats.docx.stream import Placeholders
from zhijiao20.system.atomic_write import as_bytes

_UNIT_STYLE = "ReportingUnit"  # only the built-in form has it: there the lines above the table are ours to write
_CORE = "docProps/core.xml"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was opened and looked through."""

    package: Package
    document: Element
    located: Located
    own: bool


def open_form(data: bytes, catalog: Catalog, *, own: bool, limits: Limits = DEFAULT) -> Form:
    """Open a form and find its rows.

    Args:
        data: the .docx file.
        catalog: the official list.
        own: whether it is the built-in form.
        limits: how large it may be.

    Raises:
        FormError: it is no Word document that can be read.
    """
    package = open_package(data, limits)
    document = parse(package.parts[package.main])
    return Form(package, document, locate(document, catalog), own)


def problems(form: Form, catalog: Catalog) -> Iterator[tuple[str, str | None, str]]:
    """What keeps a form from being filled: the row's label (or empty), the task's id, and what is wrong."""
    located = form.located
    for task in located.missing(catalog):
        yield "", task, f"表样里没有任务 {task}：{catalog.tasks[task].text}"
    for task, others in located.doubled.items():
        labels = [row.label for row in (located.rows[task], *others)]
        yield labels[-1], task, f"表样里任务 {task} 出现了 {len(labels)} 次：{'、'.join(labels)}"
    for task, (row, changed) in located.reworded.items():
        yield row.label, task, f"表样里任务 {task} 的表述被改动：{changed}"
    for task, row in located.rows.items():
        if row.status_cell is None:
            yield row.label, task, f"表样里任务 {task} 这一行没有“落实情况”一格"
        elif merged_upwards(row.status_cell):
            yield row.label, task, f"表样里任务 {task} 的“落实情况”一格并进了上一格"
        elif overloaded(row.status_cell, row.task_cell):
            yield (
                row.label,
                task,
                f"表样里任务 {task} 的“落实情况”一格内部格式太多，不像一份表样：请在 Word 中选中这一格，清除格式",
            )


def replaced(form: Form) -> Iterator[tuple[str, str, str]]:
    """The texts that stand in column 4 of a form already and give way: the row's label, the task's id, the text."""
    for task, row in form.located.rows.items():
        text = "" if row.status_cell is None else own_text(row.status_cell)
        if not is_blank(text):
            yield row.label, task, text


def fill(form: Form, cells: Mapping[str, tuple[str, ...]], *, unit: str = "", period: str = "") -> bytes:
    """Fill the form and return the document; see ``fill_into``."""
    return as_bytes(partial(fill_into, form, cells, unit=unit, period=period))


def fill_into(
    form: Form, cells: Mapping[str, tuple[str, ...]], stream: IO[bytes], *, unit: str = "", period: str = ""
) -> None:
    """Fill the form and write the document; no more than one cell's texts are held.

    Args:
        form: a form without problems; it is used up.
        cells: task id → the paragraphs of its cell.
        stream: where to write.
        unit: the unit named above the table, where the form has a place for it or is the built-in one.
        period: likewise the 报告期.
    """
    marks = Placeholders(form.document)
    stale = {task for _, task, _ in replaced(form)}
    for task, row in form.located.rows.items():
        if task in cells or task in stale:
            assert row.status_cell is not None, "problems() tells of such a form"
            open_cell(row.status_cell, row.task_cell, marks, partial(_paragraphs, cells, task), faces=form.own)
    for name, value in headings(unit, period):
        _above_table(form, name, value)
    changed: dict[str, bytes | Iterable[bytes]] = {form.package.main: marks.pour(form.document)}
    if form.own and unit:
        changed[_CORE] = _signed(form.package.parts[_CORE], unit)
    pack_into(stream, form.package, changed)


def _paragraphs(cells: Mapping[str, tuple[str, ...]], task: str) -> tuple[str, ...]:
    return cells.get(task, ("",))


def headings(unit: str, period: str) -> list[tuple[str, str]]:
    """What is to stand above the table: label and value."""
    return [(name, value) for name, value in ((UNIT_LINE, unit), (PERIOD, period)) if value]


def without_place(form: Form, unit: str, period: str) -> list[tuple[str, str]]:
    """Of 单位 and 报告期 those for which a form has no blank: label and what stands there instead (or empty)."""
    found: list[tuple[str, str]] = []
    for name, value in headings(unit, period) if not form.own else []:
        line = _line(form, name)
        if line is None or (line[1] and line[1] != value):
            found.append((name, "" if line is None else line[1]))
    return found


def _above_table(form: Form, name: str, value: str) -> None:
    """Write ``填报单位：X`` above the table: into the form's own blank, else as a new line of ours."""
    line = _line(form, name)
    if line is not None:
        blank = blank_after(name, text_of(line[0]))
        if blank is not None:
            put_text(line[0], *blank, value)
    elif form.own and form.located.table is not None:
        form.located.table.addprevious(styled_paragraph(_UNIT_STYLE, f"{name}：{value}"))


def _line(form: Form, name: str) -> tuple[Element, str] | None:
    table = form.located.table
    assert table is not None, "problems() tells of a form without a table"
    return line_of(form.document, table, name)


def _signed(core: bytes, unit: str) -> bytes:
    root = parse(core)
    creator = root.find(_CREATOR)
    if creator is None:
        creator = etree.SubElement(root, _CREATOR)
    creator.text = unit
    return serialise(root)
