"""What goes wrong with a sheet or a Word table as a whole, as other programs and other hands leave it."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable

import docx
import openpyxl
from docx.table import Table, _Cell
from mess_base import UNIT, Said, written
from mess_whole import WHOLES, told
from openpyxl.worksheet.worksheet import Worksheet

from zhijiao20.core.findings import NOWHERE, Place

# ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sheet(change: Callable[[openpyxl.Workbook, Worksheet], object]) -> bytes:
    """Our workbook, changed with another program."""
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    change(book, book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xlsx(name: str, change: Callable[[openpyxl.Workbook, Worksheet], object], *said: Said) -> None:
    WHOLES[f"xlsx-{name}"] = ("xlsx", lambda: (_sheet(change), told(*said)))


def _cell(reference: str) -> Place:
    return Place(cell=reference)


def _put(**cells: str) -> Callable[[openpyxl.Workbook, Worksheet], None]:
    def change(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for reference, text in cells.items():
            sheet[reference] = text

    return change


def _another_title(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"] = "澄州市自查表"


def _reversed(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    other = book.create_sheet("倒序", 0)
    for row in sheet.iter_rows(min_row=3, values_only=True):
        other.append(list(row)[::-1])
    book.remove(sheet)


def _spaced(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    for cell in sheet[3]:
        cell.value = f" {str(cell.value)[0]}\u3000{str(cell.value)[1:]}"


def _hide_columns(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    for letter in "DE":
        sheet.column_dimensions[letter].hidden = True


def _filter(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    for row in range(10, 40):
        sheet.row_dimensions[row].hidden = True


def _hide_sheet(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
    book.active = 1


def _continue(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    other = book.create_sheet("续表")
    for first in (3, 50):
        for row in sheet.iter_rows(min_row=first, max_row=3 if first == 3 else None, values_only=True):
            other.append(list(row))
    sheet.delete_rows(50, 50)


def _merge_titles(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    for column in (1, 2, 4, 5):
        start = 4
        for row in range(5, 92):
            if sheet.cell(row, column).value != sheet.cell(start, column).value:
                sheet.merge_cells(start_row=start, end_row=row - 1, start_column=column, end_column=column)
                start = row


def _far_away(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["XFD1048576"].fill = openpyxl.styles.PatternFill("solid", "FF0000")


def _no_unit(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
    for row in range(4, 91):
        sheet.cell(row, 1).value = None


_HEADER = "“单位”、“报告期”、“编号”、“部分”、“条目”、“任务”、“进展”、“落实情况”、“佐证”"

_xlsx("saved-by-a-script", lambda _book, _sheet: None)
_xlsx("title-above", _another_title, ("ZJ110", _cell("A5"), None, "表头之前的 3 行未采用"))
_xlsx("without-a-title", lambda _, sheet: (sheet.unmerge_cells("A1:I1"), sheet.delete_rows(1, 2)))
_xlsx("columns-reversed", _reversed)
_xlsx("header-with-spaces", _spaced)
_xlsx(
    "extra-columns",
    _put(J3="备注", J9="看", K3="序号"),
    ("ZJ110", _cell("A3"), None, "未采用不认识的列：“备注”、“序号”"),
)
_xlsx(
    "column-without-a-name",
    _put(J9="旁注"),
    ("ZJ110", _cell("J9"), None, "有一列没有列名，未采用；里面有文字，如“旁注”"),
)
_xlsx(
    "without-编号",
    _put(C3="号"),
    ("ZJ115", _cell("A3"), None, f"缺少列：编号。找到的是：{_HEADER.replace('编号', '号')}"),
)
_xlsx(
    "without-落实情况",
    _put(H3="情况"),
    ("ZJ115", _cell("A3"), None, f"缺少列：落实情况。找到的是：{_HEADER.replace('落实', '')}"),
)
_xlsx("status-column-twice", _put(J3="落实情况"), ("ZJ114", _cell("J3"), None, "列“落实情况”出现了两次"))
_xlsx("hidden-columns", _hide_columns, ("ZJ017", _cell("D3"), None, "隐藏的列已照样读取：部分、条目"))
_xlsx(
    "filtered",
    _filter,
    ("ZJ017", _cell("A10"), None, "有 30 个隐藏的行（第 10、11、12、13、14、15、16、17、18、19 等行），已照样读取"),
)
_xlsx("hidden-sheet", _hide_sheet, ("ZJ017", NOWHERE, None, "工作表“落实情况”是隐藏的，已照样读取"))
_xlsx(
    "two-sheets", _continue, ("ZJ018", NOWHERE, None, "有 2 张工作表有填报的表头（“落实情况”、“续表”），已合在一起读取")
)
_xlsx(
    "cover-sheet",
    lambda book, _: book.create_sheet("封面", 0).append(["报送单"]),
    ("ZJ018", NOWHERE, None, "没有采用的工作表：“封面”"),
)
_xlsx("titles-merged", _merge_titles)
_xlsx("a-million-empty-rows", _far_away)
_xlsx("note-below", _put(A95="填报人：某"), ("ZJ110", _cell("A95"), None, "表格下面的文字未采用，如“填报人：某”"))
_xlsx("another-unit-above", _put(A2="单位：青溪县教育局"), ("ZJ110", _cell("A3"), None, "表头之前的 2 行未采用"))
_xlsx(
    "unit-deleted",
    _no_unit,
    ("ZJ110", _cell("A3"), None, "表头之前的 2 行未采用"),
    ("ZJ106", _cell("A4"), None, "单位是空的：“”"),
)


# ── Word tables ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _document(change: Callable[[docx.document.Document, Table], object]) -> bytes:
    """Our Word form, changed with another program."""
    document = docx.Document(io.BytesIO(written("docx")))
    change(document, document.tables[0])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx(name: str, change: Callable[[docx.document.Document, Table], object], *said: Said) -> None:
    WHOLES[f"docx-{name}"] = ("docx", lambda: (_document(change), told(*said)))


def _column(at: int, name: str, text: str) -> Callable[[docx.document.Document, Table], None]:
    """Put a column before the one at ``at``: 0 部分, 3 落实情况, 4 behind all."""

    def change(_document: docx.document.Document, table: Table) -> None:
        for number, row in enumerate(table.rows):
            cells = row._tr.tc_lst
            made = copy.deepcopy(cells[-2])
            _Cell(made, table).text = text if number else name
            if at == 4:
                cells[-1].addnext(made)
            else:
                cells[0 if at == 0 else -1].addprevious(made)
        grid = table._tbl.tblGrid
        grid.insert(at, copy.deepcopy(grid[2]))

    return change


def _lines(begin: str, text: str | None) -> Callable[[docx.document.Document, Table], None]:
    """Change the line above the table that begins so, or take it out."""

    def change(document: docx.document.Document, _table: Table) -> None:
        for paragraph in document.paragraphs:
            if paragraph.text.startswith(begin):
                paragraph.text = text or ""
                if text is None:
                    paragraph._p.getparent().remove(paragraph._p)

    return change


def _split(document: docx.document.Document, table: Table) -> None:
    """Two tables, the second one with the header again."""
    other = copy.deepcopy(table._tbl)
    table._tbl.addnext(other)
    other.addprevious(copy.deepcopy(document.paragraphs[1]._p))
    for row in list(table._tbl.tr_lst)[40:]:
        table._tbl.remove(row)
    for row in list(other.tr_lst)[1:40]:
        other.remove(row)


def _sort(_document: docx.document.Document, table: Table) -> None:
    rows = table._tbl.tr_lst[1:]
    for row in sorted(rows, key=lambda row: "".join(row.itertext())):
        table._tbl.append(row)


def _no_header(_document: docx.document.Document, table: Table) -> None:
    table._tbl.remove(table._tbl.tr_lst[0])


def _header_lost(document: docx.document.Document, table: Table) -> None:
    """A column 序号 in front, and the header of 落实情况 worded otherwise."""
    _column(0, "序号", "12")(document, table)
    table.rows[0].cells[-1].text = "落实情况（截至6月）"


def _beside(document: docx.document.Document, table: Table) -> None:
    _column(4, "", "")(document, table)
    _Cell(table._tbl.tr_lst[3].tc_lst[-1], table).text = "旁注"


def _no_table(_document: docx.document.Document, table: Table) -> None:
    table._tbl.getparent().remove(table._tbl)


_STEM: Said = ("ZJ113", NOWHERE, None, f"没有写单位，单位取自文件名：“{UNIT}”")

_docx("saved-by-a-script", lambda _document, _table: None)
_docx("unit-line-deleted", _lines("填报单位", None), _STEM)
_docx("unit-line-blank", _lines("填报单位", "填报单位："), _STEM)
_docx("another-title", _lines("“职教", "自查表"))
_docx(
    "note-below",
    lambda document, _: document.add_paragraph("填表人：某"),
    ("ZJ110", NOWHERE, None, "表格下面的文字未采用，如“填表人：某”"),
)
_docx("column-序号", _column(0, "序号", "12"), ("ZJ110", _cell("第1行"), None, "未采用不认识的列：“序号”"))
_docx(
    "column-责任单位", _column(3, "责任单位", "职成处"), ("ZJ110", _cell("第1行"), None, "未采用不认识的列：“责任单位”")
)
_docx("column-备注", _column(4, "备注", "见附件"), ("ZJ110", _cell("第1行"), None, "未采用不认识的列：“备注”"))
_docx("column-without-a-name", _beside, ("ZJ110", _cell("第4行"), None, "有一列没有列名，未采用；里面有文字，如“旁注”"))
_docx("two-tables", _split)
_docx("sorted-by-wording", _sort)
_docx("header-deleted", _no_header)
_docx("header-worded-otherwise", _header_lost, ("ZJ110", _cell("第1行"), None, "未采用不认识的列：“序号”"))
_docx(
    "header-worded-otherwise-behind-another-column",
    lambda document, table: (
        _column(3, "责任单位", "职成处")(document, table),
        setattr(_Cell(table._tbl.tr_lst[0].tc_lst[-1], table), "text", "落实情况（截至6月）"),
    ),
    ("ZJ110", _cell("第1行"), None, "未采用不认识的列：“责任单位”"),
)
_docx("table-deleted", _no_table, ("ZJ002", NOWHERE, None, "Word 文档里没有官方的附表"))
