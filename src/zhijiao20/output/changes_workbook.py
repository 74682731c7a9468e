"""The changes between two rounds as a workbook: changed passages are coloured inside the cells."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import IO, TYPE_CHECKING

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.errors import UsageError
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.round_changes import RoundCounts, TaskChange, TaskState, UnitChange
from zhijiao20.core.text_changes import IN_NEW, IN_OLD, Kind, Piece, changes
from zhijiao20.formats.normalize.columns import CELL_LIMIT
from zhijiao20.formats.xlsx.write import CREATED, HEI, SONG, without_escapes, write_text
from zhijiao20.output.change_words import STATES, unit_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMNS = (
    ("单位", 14),
    ("编号", 6),
    ("任务", 24),
    ("变化", 8),
    ("上期进展", 8),
    ("本期进展", 8),
    ("上期", 46),
    ("本期", 46),
)
_OLD, _NEW = 6, 7  # the columns of the texts
_OVERVIEW = (("单位", 30), ("变化", 70), *((name, 10) for name in STATES.values()), ("没有变化", 10))
_LAST_ROW = 1_048_575
_OUT_COLOR, _IN_COLOR, _HEADER_COLOR, _BORDER_COLOR = "#C00000", "#006100", "#D9E2EC", "#A6A6A6"
_FONT = {"font_name": SONG, "font_size": 11}
_CELL = {**_FONT, "border": 1, "border_color": _BORDER_COLOR, "text_wrap": True, "valign": "top", "num_format": "@"}
_STYLES: dict[Kind, dict[str, object]] = {
    Kind.SAME: {},
    Kind.OUT: {"font_color": _OUT_COLOR, "font_strikeout": True},
    Kind.MOVED_OUT: {"font_color": _OUT_COLOR, "font_strikeout": True},
    Kind.IN: {"font_color": _IN_COLOR, "underline": 1, "bold": True},
    Kind.MOVED_IN: {"font_color": _IN_COLOR, "underline": 2},
}
_LINEHEIGHT, _MARGIN, _MAXHEIGHT = 15.0, 4.0, 409.0  # points
_NARROW = lazy_regex("[\x00-\u02ff]")  # characters of the width of a digit; others may be twice as wide
_MEASURED = 5_000  # characters of a text that are measured: more do not fit into the highest row
_FRAGMENTS = 400  # differently coloured parts of a cell; of more, Excel makes a repair


def write(catalog: Catalog, counts: RoundCounts, units: Iterable[UnitChange], stream: IO[bytes]) -> None:
    """Write the workbook: a sheet with one row for each changed answer, and one with a row for each unit.

    Raises:
        UsageError: there are more changes than a sheet has rows, or a text is longer than a cell can hold.
    """
    import xlsxwriter

    if sum(counts.tasks.values()) > _LAST_ROW - 1:
        raise UsageError("变化太多，一张工作表放不下。请用 -o 对照.html 或 --output-format json")
    _check_lengths(units)  # first, because an unfinished workbook leaves files open
    with tempfile.TemporaryDirectory(prefix="zhijiao20-") as folder:
        _write_book(xlsxwriter.Workbook(stream, {"constant_memory": True, "tmpdir": folder}), catalog, units)


def _check_lengths(units: Iterable[UnitChange]) -> None:
    """Raise an error for a text that a cell cannot hold."""
    for unit in units:
        for task in unit.tasks:
            for text in (task.old, task.new):
                if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_LIMIT:
                    problem = f"任务 {task.task} 的文字超过 {CELL_LIMIT} 个字符，Excel 一格放不下"
                    raise UsageError(f"{escape_controls(unit.unit)}：{problem}。请用 -o 对照.docx 或 .html")


def _write_book(book: Workbook, catalog: Catalog, units: Iterable[UnitChange]) -> None:
    """Write the sheets row by row; the rows are kept in temporary files until the end."""
    book.set_properties({"title": "两期对照", "created": CREATED})
    overview = _Sheet(book, "单位", _OVERVIEW)
    details = _ChangeSheet(book, catalog)
    for unit in units:
        numbers = [sum(task.state is state for task in unit.tasks) for state in STATES]
        overview.add([escape_controls(unit.unit), unit_words(unit), *numbers, unit.unchanged])
        for task in unit.tasks:
            details.add_change(unit.unit, task)
    for sheet in (overview, details):
        sheet.finish()
    details.sheet.activate()
    book.close()


class _Sheet:
    """A sheet with a header, to which rows are added."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[tuple[str, int]]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self._columns, self.row = columns, 0
        self.cell: Format = book.add_format(_CELL)
        number = {**_CELL, "num_format": "0", "align": "center"}
        self._number: Format = book.add_format(number)
        header = book.add_format({**_CELL, "font_name": HEI, "bg_color": _HEADER_COLOR, "valign": "vcenter"})
        for column, (title, width) in enumerate(columns):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, title, header)
        self.sheet.freeze_panes(1, 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def add(self, values: Sequence[str | int], more: Sequence[str] = ()) -> None:
        """Add a row; texts are never formulas.

        Args:
            values: the values of the first cells.
            more: the texts of the others, which are written later.
        """
        self.row += 1
        self.sheet.set_row(self.row, self._height((*values, *more)))
        for column, value in enumerate(values):
            if isinstance(value, int):
                self.sheet.write_number(self.row, column, value, self._number)
            else:
                write_text(self.sheet, self.row, column, value, self.cell)

    def _height(self, values: Sequence[str | int]) -> float:
        """Return the height at which every text of a row is seen, up to the highest row that there is."""
        lines = max(_lines(str(value), width) for value, (_, width) in zip(values, self._columns, strict=False))
        return min(lines * _LINEHEIGHT + _MARGIN, _MAXHEIGHT)

    def finish(self) -> None:
        """Let the rows be filtered."""
        self.sheet.autofilter(0, 0, self.row, len(self._columns) - 1)


class _ChangeSheet(_Sheet):
    """The sheet with the changes; what was taken out is red and struck, what was put in is green and underlined."""

    def __init__(self, book: Workbook, catalog: Catalog) -> None:
        super().__init__(book, "变化", _COLUMNS)
        self._tasks = catalog.tasks
        self._fonts = {kind: book.add_format({**_FONT, **style}) for kind, style in _STYLES.items()}
        self._cells = {kind: book.add_format({**_CELL, **style}) for kind, style in _STYLES.items()}

    def add_change(self, unit: str, task: TaskChange) -> None:
        """Add a row for a changed answer."""
        official = self._tasks[task.task].text
        progress = (task.old_progress, task.new_progress)
        texts = (escape_controls(unit), task.task, official, STATES[task.state], *progress)
        self.add(texts, (task.old, task.new))
        pieces = changes(task.old, task.new)
        for column, kinds in ((_OLD, IN_OLD), (_NEW, IN_NEW)):
            colored = [piece for piece in pieces if piece.kind in kinds]
            self._write_pieces(column, colored, plain=task.state is TaskState.PROGRESS)

    def _write_pieces(self, column: int, pieces: Sequence[Piece], *, plain: bool) -> None:
        parts = [(self._fonts[kind], part) for kind, text in pieces for part in without_escapes(text)]
        if not plain and 1 < len(parts) <= _FRAGMENTS:  # a rich string has at least two parts
            self.sheet.write_rich_string(self.row, column, *chain.from_iterable(parts), self.cell)
            return
        kind = pieces[0].kind if len(pieces) == 1 and not plain else Kind.SAME
        write_text(self.sheet, self.row, column, "".join(piece.text for piece in pieces), self._cells[kind])


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column: a wide character has the width of two digits."""
    return sum(
        -(-(2 * len(line) - len(_NARROW.findall(line))) // (width - 1)) or 1 for line in text[:_MEASURED].split("\n")
    )
