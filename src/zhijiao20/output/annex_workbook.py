"""Write the annex of a digest as a workbook: a row for each unit and task, and the statistics."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape as escape_xml

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.digest_result import Digest, UnitAnswer
from zhijiao20.core.display import escape_controls
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import CATEGORY, ID, PROGRESS, SUPERIOR, TASKS, UNIT
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.normalize.columns import CELL_LIMIT, escape
from zhijiao20.formats.xlsx.write import CREATED
from zhijiao20.output.annex_blocks import LABEL, SUBTITLE, Table, statistics
from zhijiao20.output.sheets import Column, Sheets
from zhijiao20.system.zip import open_archive, pack_parts

_SHEET = "xl/worksheets/sheet1.xml"
_FIRST = 3  # the first row of answers, counted from 1
_ROWS_LIMIT = 1_048_576 - _FIRST + 1
_SAMPLE = lazy_regex(rb'<row r="3".*?</row>', re.DOTALL)
_STYLE = lazy_regex(rb'<c r="[A-Z]3" s="([0-9]+)"')
_DIMENSION = lazy_regex(rb'<dimension ref="[^"]*"/>')
_ESCAPES = lazy_regex("_(?=x[0-9A-Fa-f]{4}_)")
_LINE, _TALLEST = 15.0, 400.0  # points: a line, and the tallest row
_TEXT = "各单位情况"  # not 落实情况: it lacks the texts in the table, and must not be read as a table of all texts
_COLUMNS = (
    Column(ID, 8),
    Column(TASKS, 40),
    Column(UNIT, 26),
    Column(SUPERIOR, 20),
    Column(CATEGORY, 12),
    Column(PROGRESS, 10),
    Column(_TEXT, 80),
)


def annex_workbook(digest: Digest, catalog: Catalog, stream: IO[bytes]) -> None:
    """Write the annex, with the texts on only one task in memory at a time.

    Args:
        digest: the texts and the counts.
        catalog: the official list.
        stream: where to write.

    Raises:
        UsageError: a text is longer than a cell can hold, or there are more rows than a sheet can hold.
    """
    columns = _columns(digest)
    count = sum(member.texts for member in digest.members)  # with the few that are in the table
    if count > _ROWS_LIMIT:
        raise UsageError(f"附件有 {count} 行，Excel 一张表最多 {_ROWS_LIMIT} 行。请把附件写成 .docx")
    with open_archive(_without_rows(digest, catalog, columns, count)) as archive:
        parts: dict[str, bytes | Iterator[bytes]] = {name: archive.read(name) for name in archive.names}
    sheet = parts[_SHEET]
    assert isinstance(sheet, bytes), "all parts were read"
    parts[_SHEET] = _with_rows(sheet, digest, catalog, columns)
    pack_parts(stream, parts)


def _columns(digest: Digest) -> list[Column]:
    """Return the columns: 上级 and 类别 only where a unit has one."""
    used = {
        SUPERIOR: any(one.superior for one in digest.members),
        CATEGORY: any(one.category for one in digest.members),
    }
    return [column for column in _COLUMNS if used.get(column.title, True)]


def _without_rows(digest: Digest, catalog: Catalog, columns: Sequence[Column], count: int) -> bytes:
    """Return the workbook with one row of answers as a sample."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": f"{catalog.title}{LABEL}", "created": CREATED})
    sheets = Sheets(book)
    sheets.add(SUBTITLE, f"{catalog.title}{LABEL}：{SUBTITLE}", columns, [["·"] * len(columns)], room=count)
    for table in statistics(digest, catalog):
        sheets.add(table.name, f"{table.name}统计", _table_columns(table), table.rows)
    book.close()
    return stream.getvalue()


def _table_columns(table: Table) -> list[Column]:
    names, *numbers = table.header
    return [Column(names, 30), *(Column(title, 11, numbers=True) for title in numbers)]


def _with_rows(sheet: bytes, digest: Digest, catalog: Catalog, columns: Sequence[Column]) -> Iterator[bytes]:
    """Yield the XML of the sheet with the rows in place of the sample."""
    sample = _SAMPLE.search(sheet)
    assert sample is not None, "there is one"
    styles = [int(number) for number in _STYLE.findall(sample[0])]
    yield _DIMENSION.sub(b"", sheet[: sample.start()])  # optional, and that of the sample
    number = _FIRST
    for task in catalog.tasks.values():
        rows: list[str] = []
        for answer in digest.annex_answers(task.id):
            texts = _texts(answer, task.id, task.text, columns)
            rows.append(_row(number, texts, styles, columns))
            number += 1
        yield "".join(rows).encode("utf-8")
    yield sheet[sample.end() :]


def _texts(answer: UnitAnswer, task: str, wording: str, columns: Sequence[Column]) -> list[str]:
    """Return the texts of a row.

    Raises:
        UsageError: the text is longer than a cell can hold.
    """
    if len(answer.text) * 2 > CELL_LIMIT and len(answer.text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_LIMIT:
        raise UsageError(
            f"{escape_controls(answer.unit)}：任务 {task} 的文字太长，Excel 一格最多 {CELL_LIMIT} 个字符。"
            "请把附件写成 .docx"
        )
    found = {
        ID: task,
        TASKS: wording,
        UNIT: answer.unit,
        SUPERIOR: answer.superior,
        CATEGORY: answer.category,
        PROGRESS: answer.progress,
        _TEXT: answer.text,
    }
    return [escape(found[column.title]) for column in columns]


def _row(number: int, texts: Sequence[str], styles: Sequence[int], columns: Sequence[Column]) -> str:
    """Return the XML of a row."""
    cells: list[str] = []
    lines = 1
    for index, text in enumerate(texts):
        place = f'r="{chr(65 + index)}{number}" s="{styles[index]}"'
        if not text:
            cells.append(f"<c {place}/>")
            continue
        lines = max(lines, 2 * len(text) // columns[index].width + text.count("\n") + 1)
        shown = escape_xml(_ESCAPES.sub("_x005F_", text), {"\r": "&#13;"})
        cells.append(f'<c {place} t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>')
    height = min(_LINE * lines + 4, _TALLEST)
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'
