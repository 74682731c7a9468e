"""Write an empty roster as a workbook: a sheet to be filled in, instructions, and the numbers of the tasks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import CATEGORY, SUPERIOR, TASKS, UNIT
from zhijiao20.core.roster import ALIASES, CONTACT, DEADLINE, FORMAT, LEADS, ROSTER_COLUMNS, ROSTER_PHONE
from zhijiao20.formats.normalize.roster import EXAMPLE
from zhijiao20.formats.normalize.roster import TITLE as ROSTER_TITLE
from zhijiao20.formats.xlsx.instructions import ROSTER_LINES, TASK_HEADER, TASK_LIST, TITLE
from zhijiao20.formats.xlsx.write import CREATED, FANGSONG, HEI, SONG

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    UNIT: 30,
    ALIASES: 22,
    SUPERIOR: 22,
    CATEGORY: 12,
    TASKS: 34,
    LEADS: 18,
    FORMAT: 8,
    DEADLINE: 13,
    CONTACT: 12,
    ROSTER_PHONE: 16,
}
_HEADER_ROW = 1  # counted from 0; the title is above it
_LAST_ROW = 20_000  # of the cells with a drop-down list; a province has some 12,000 units
_BORDERED_ROWS = 60  # rows below the example that are printed with borders
_CATEGORIES = ("市直部门", "县区", "本科院校", "高职院校", "中职学校", "企业", "其他")
_FORMATS = ("docx", "xlsx", "csv", "yaml")
_HELP = {
    UNIT: "单位全称，与公章一致。一行一个单位，必须填。",
    ALIASES: "别的叫法，几个之间用顿号隔开；可以空着。",
    SUPERIOR: "通过哪个单位报送，写全称；可以从列表里选，也可以直接写；直接报给本单位的空着。",
    CATEGORY: "从列表里选，也可以自己写；可以空着。",
    TASKS: "空着就是全部。如 1.5、16.1-16.4、第16条、1-3条、第五部分；要去掉的，每一项前面写“除”。",
    LEADS: "由它牵头的任务，写法与“任务”相同；没有就空着。",
    FORMAT: "给它的空表用哪种格式；空着就用统一的格式。",
    DEADLINE: "如 2020-07-10；空着就用统一的截止日期。",
    CONTACT: "催报和退回时用；可以空着。",
    ROSTER_PHONE: "催报和退回时用；可以空着。",
}
_LISTS: dict[str, list[str] | str] = {
    SUPERIOR: f"=$A${_HEADER_ROW + 3}:$A${_LAST_ROW + 1}",
    CATEGORY: list(_CATEGORIES),
    FORMAT: list(_FORMATS),
}


def write_empty_roster(catalog: Catalog) -> bytes:
    """Return a workbook with an empty roster, which a clerk can fill in without any other help."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": ROSTER_TITLE, "created": CREATED})
    _add_roster(book)
    _add_instructions(book)
    _add_tasks(book, catalog)
    book.close()
    return stream.getvalue()


def _add_roster(book: Workbook) -> None:
    sheet: Worksheet = book.add_worksheet("名册")
    base: dict[str, Any] = {"font_size": 11, "num_format": "@", "text_wrap": True, "valign": "vcenter"}
    boxed = {**base, "border": 1, "border_color": "#A6A6A6", "font_name": SONG}
    plain = book.add_format({**base, "font_name": SONG})
    title = book.add_format({**base, "font_name": HEI, "font_size": 16, "align": "center", "text_wrap": False})
    header = book.add_format({**boxed, "font_name": HEI, "bg_color": "#D9E2EC", "align": "center"})
    needed = book.add_format({**boxed, "font_name": HEI, "bg_color": "#F6D9B8", "align": "center"})
    example = book.add_format({**boxed, "font_color": "#808080", "italic": True, "bg_color": "#F2F2F2"})
    cell = book.add_format(boxed)
    last = len(ROSTER_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, ROSTER_TITLE, title)
    for column, name in enumerate(ROSTER_COLUMNS):
        sheet.set_column(column, column, _WIDTHS[name], plain)
        sheet.write_string(_HEADER_ROW, column, name, needed if name == UNIT else header)
        sheet.write_string(_HEADER_ROW + 1, column, EXAMPLE[name], example)
        for row in range(_HEADER_ROW + 2, _HEADER_ROW + 2 + _BORDERED_ROWS):
            sheet.write_blank(row, column, None, cell)
        sheet.data_validation(_HEADER_ROW + 2, column, _LAST_ROW, column, _input_help(name))
    sheet.set_row(0, 30)
    sheet.set_row(_HEADER_ROW, 24)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.set_selection(_HEADER_ROW + 2, 0, _HEADER_ROW + 2, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:J{_LAST_ROW + 1}"})
    _set_up_printing(sheet)
    sheet.repeat_rows(_HEADER_ROW)


def _input_help(name: str) -> dict[str, Any]:
    """Return what a cell of a column offers: a hint, and a list where there is one; only 格式 refuses other values."""
    options: dict[str, Any] = {"input_title": name, "input_message": _HELP[name]}
    if name not in _LISTS:
        return options | {"validate": "any"}
    strict = name == FORMAT
    return options | {
        "validate": "list",
        "source": _LISTS[name],
        "show_error": strict,
        "error_title": "格式只有四种",
        "error_message": f"请从列表里选一个：{'、'.join(_FORMATS)}；或空着。",
    }


def _add_instructions(book: Workbook) -> None:
    sheet: Worksheet = book.add_worksheet(TITLE)
    base: dict[str, Any] = {"font_size": 12, "valign": "top", "text_wrap": True, "num_format": "@"}
    heading, text = book.add_format({**base, "font_name": HEI}), book.add_format({**base, "font_name": FANGSONG})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 84)
    sheet.write_string(0, 0, TITLE, book.add_format({"font_name": HEI, "font_size": 16, "num_format": "@"}))
    for row, (name, line) in enumerate(ROSTER_LINES, start=2):
        sheet.set_row(row, 40 if len(line) > 42 else 22)
        sheet.write_string(row, 0, name, heading)
        sheet.write_string(row, 1, line, text)
    _set_up_printing(sheet)


def _add_tasks(book: Workbook, catalog: Catalog) -> None:
    sheet: Worksheet = book.add_worksheet(TASK_LIST)
    base: dict[str, Any] = {"font_size": 10.5, "valign": "top", "text_wrap": True, "num_format": "@", "border": 1}
    header: Format = book.add_format({**base, "font_name": HEI, "bg_color": "#D9E2EC"})
    cell: Format = book.add_format({**base, "font_name": SONG})
    for column, (name, width) in enumerate(zip(TASK_HEADER, (8, 24, 28, 70), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, header)
    for row, task in enumerate(catalog.tasks.values(), start=1):
        for column, text in enumerate((task.id, task.chapter, task.article, task.text)):
            sheet.write_string(row, column, text, cell)
        sheet.set_row(row, 15.0 * max(1, -(-len(task.text) // 36), -(-len(task.article) // 13)))
    sheet.freeze_panes(1, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:A{len(catalog.tasks) + 1}"})
    sheet.repeat_rows(0)
    _set_up_printing(sheet)


def _set_up_printing(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
