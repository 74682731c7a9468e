"""Fill a form in place: write the texts into column 4 and leave all else unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO

from lxml import etree

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import PERIOD
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import is_blank
from zhijiao20.core.wording import difference
from zhijiao20.formats.docx.header_lines import UNIT_LINE, blank_after, find_header_line
from zhijiao20.formats.docx.locate import Located, locate
from zhijiao20.formats.docx.ooxml import Element, cell_text, merged_upwards, own_line, own_text, text_of
from zhijiao20.formats.docx.ooxml_write import (
    UNIT_STYLE,
    has_excessive_formatting,
    open_cell,
    put_into_prompt,
    put_text,
    styled_paragraph,
)
from zhijiao20.formats.docx.package import Package, open_package, pack_into, parse, serialise
from zhijiao20.formats.docx.stream import Placeholders
from zhijiao20.formats.format_error import FormError
from zhijiao20.system.atomic_write import as_bytes

CORE = "docProps/core.xml"
"""The part with the properties of the built-in form."""

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@dataclass(frozen=True, slots=True)
class Form:
    """An opened form and its rows.

    Attributes:
        package: the parts of the .docx file.
        document: the root of the main part.
        located: the rows of the official table.
        own: whether it is the built-in form.
    """

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
        limits: the maximum sizes.

    Raises:
        FormError: the file is not a readable Word document.
    """
    package = open_package(data, limits)
    if not package.is_plain:  # written under another type, Word does not open it
        raise FormError("表样是模板或带宏的文档（.dotx、.docm）", "请在 Word 中打开，另存为“Word 文档（.docx）”再用")
    document = parse(package.parts[package.main])
    return Form(package, document, locate(document, catalog), own)


def problems(form: Form, catalog: Catalog) -> Iterator[tuple[str, str | None, str]]:
    """Yield what prevents filling a form: row label (or empty), task id and message."""
    located = form.located
    for task in located.missing(catalog):
        yield "", task, f"表样里没有任务 {task}：{catalog.tasks[task].text}"
    for task, duplicates in located.doubled.items():
        labels = [row.label for row in (located.rows[task], *duplicates)]
        yield labels[-1], task, f"表样里任务 {task} 出现了 {len(labels)} 次：{'、'.join(labels)}"
    for task, (row, changed) in located.reworded.items():
        yield row.label, task, f"表样里任务 {task} 的表述被改动：{changed}"
    for row, title in located.changed_titles:
        yield row.label, None, f"表样里章、条的表述被改动：{difference(title, cell_text(row.task_cell))}"
    for task, row in located.rows.items():
        if row.answer:
            yield row.label, task, f"表样里任务 {task} 的原文后面还有文字：{quote(row.answer)}"
        if row.status_cell is None:
            yield row.label, task, f"表样里任务 {task} 这一行没有“落实情况”一格"
        elif merged_upwards(row.status_cell):
            yield row.label, task, f"表样里任务 {task} 的“落实情况”一格并进了上一格"
        elif has_excessive_formatting(row.status_cell, row.task_cell):
            yield (
                row.label,
                task,
                f"表样里任务 {task} 的“落实情况”一格内部格式太多，不像一份表样：请在 Word 中选中这一格，清除格式",
            )


def replaced_texts(form: Form) -> Iterator[tuple[str, str, str]]:
    """Yield the texts in column 4 that filling replaces: row label, task id and text."""
    for task, row in form.located.rows.items():
        text = "" if row.status_cell is None else own_text(row.status_cell)
        if not is_blank(text):
            yield row.label, task, text


def fill(form: Form, cells: Mapping[str, tuple[str, ...]], *, unit: str = "", period: str = "") -> bytes:
    """Fill a form and return the document; see ``fill_into``."""
    return as_bytes(partial(fill_into, form, cells, unit=unit, period=period))


def fill_into(
    form: Form, cells: Mapping[str, tuple[str, ...]], stream: IO[bytes], *, unit: str = "", period: str = ""
) -> None:
    """Fill a form and write the document, with the texts of only one cell in memory at a time.

    Args:
        form: a form without problems; it is modified and cannot be filled again.
        cells: task id → the paragraphs of its cell.
        stream: where to write.
        unit: the unit to write above the table, where the form has a blank for it or is the built-in one.
        period: likewise the 报告期.
    """
    placeholders = Placeholders(form.document)
    to_clear = {task for _, task, _ in replaced_texts(form)}
    for task, row in form.located.rows.items():
        if task in cells or task in to_clear:
            assert row.status_cell is not None, "problems() tells of such a form"
            open_cell(
                row.status_cell, row.task_cell, placeholders, partial(_cell_paragraphs, cells, task), faces=form.own
            )
    for name, value in header_values(unit, period):
        _write_header_line(form, name, value)
    changed: dict[str, bytes | Iterable[bytes]] = {form.package.main: placeholders.pour(form.document)}
    if form.own and unit:
        changed[CORE] = with_creator(form.package.parts[CORE], unit)
    pack_into(stream, form.package, changed)


def _cell_paragraphs(cells: Mapping[str, tuple[str, ...]], task: str) -> tuple[str, ...]:
    return cells.get(task, ("",))


def header_values(unit: str, period: str) -> list[tuple[str, str]]:
    """Return the label and value of each line to write above the table."""
    return [(name, value) for name, value in ((UNIT_LINE, unit), (PERIOD, period)) if value]


def unplaced_headings(form: Form, unit: str, period: str) -> list[tuple[str, str]]:
    """Return which of 单位 and 报告期 a form has no blank for.

    Returns:
        The label of each, with the different text in the place of the blank (empty where there is no such line).
    """
    found: list[tuple[str, str]] = []
    for name, value in header_values(unit, period) if not form.own else []:
        header_line = _header_line(form, name)
        if header_line is None or (header_line[1] and header_line[1] != value):
            found.append((name, "" if header_line is None else header_line[1]))
    return found


def _write_header_line(form: Form, name: str, value: str) -> None:
    """Write ``填报单位：X`` above the table: into the blank of the form, or as a new paragraph."""
    header_line = _header_line(form, name)
    if header_line is not None:
        line = header_line[0]
        blank = blank_after(name, own_line(line))
        if blank is not None and not put_into_prompt(line, *blank, value):
            put_text(line, *(blank_after(name, text_of(line)) or blank), value)
    elif form.own and form.located.table is not None:
        form.located.table.addprevious(styled_paragraph(UNIT_STYLE, f"{name}：{value}"))


def _header_line(form: Form, name: str) -> tuple[Element, str] | None:
    table = form.located.table
    assert table is not None, "problems() tells of a form without a table"
    return find_header_line(form.document, table, name)


def with_creator(core: bytes, unit: str) -> bytes:
    """Return the part with the properties, with a unit as the author."""
    root = parse(core)
    creator = root.find(_CREATOR)
    if creator is None:
        creator = etree.SubElement(root, _CREATOR)
    creator.text = unit
    return serialise(root)
