"""Read the archive of a workbook: its sheets in order, with the shared strings and number formats."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial

from zhijiao20.core.display import quote
from zhijiao20.core.feedback import is_own_note
from zhijiao20.core.findings import Collector
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.format_error import FormatError, StrictError
from zhijiao20.formats.xlsx.sheet import TEXT_BOX, Sheet, cell_position, read_sheet
from zhijiao20.formats.xlsx.styles import may_be_special, number_formats, struck_styles
from zhijiao20.formats.xlsx.usual import usual_strings
from zhijiao20.formats.xlsx.values import Values
from zhijiao20.formats.xlsx.xml import (
    BUFFER_FACTOR,
    CHECK_ORIGIN,
    SAVE_AS_XLSX,
    TAG,
    WorkbookBudget,
    damaged_error,
    decoded,
    elements,
    is_foreign,
    rich_text,
    text_too_long,
    too_complex,
)
from zhijiao20.system.zip import Archive, ArchiveError, HostileArchiveError, open_archive

_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ANCHORS = tuple(f"{_DRAWING}{name}" for name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_CONTENT_TYPES = tuple(
    f"{{http://schemas.openxmlformats.org/package/2006/content-types}}{name}" for name in ("Default", "Override")
)
_ITEM, _TEXT = f"{TAG}si", f"{TAG}t"
_OBJECTS = {"comments": "批注", "threadedComment": "批注", "drawing": "图片或图形"}
_COMMENTS = (
    f"{TAG}comment",
    "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}threadedComment",
)
_DRAWN = lazy_regex(rb"<(?:[A-Za-z0-9]{1,20}:)?drawing[\s/>]")
_LISTED = 10
_MOVE_TEXTS = "其中有填报内容的，请移到填报的表里"
_WITHOUT_MACROS = "报送时最好另存为“Excel 工作簿（.xlsx）”，不带宏"
_HIDDEN = {"hidden", "veryHidden"}
_TRUE = {"1", "true"}
_PATH_LIMIT = 255  # maximum characters of a part name, a relationship id and a relationship kind
_NAME_LIMIT = 40  # characters kept of a sheet name, which is repeated in every cell reference; Excel allows 31
OBJECT_TEXT_LIMIT = 200
"""Characters of a text box that a message could show."""

OBJECTS_LIMIT = 10_000
"""Maximum number of comments and pictures of a sheet that are reported."""

Relations = dict[str, tuple[str, str]]
"""Relationship id → kind (last segment of the relationship type) and name of the target part."""


def open_workbook(data: bytes, budget: WorkbookBudget, out: Collector) -> list[Sheet]:
    """Read the sheets of an .xlsx file in workbook order, and report macros, which are never read.

    Raises:
        FormatError: the file is not .xlsx, damaged, encrypted, hostile, too large or Strict (ZJ002).
    """
    try:
        with open_archive(data, budget.limits) as archive:
            book = Workbook(archive, budget)
            sheets = book.sheets()
            if book.others:
                names = "、".join(map(quote, book.others[:_LISTED]))
                names += f"等 {len(book.others)} 张" if len(book.others) > _LISTED else ""
                out.add("ZJ018", f"没有采用的工作表：{names}（图表、对话框或宏表，不是普通的工作表）", _MOVE_TEXTS)
            if book.macros:
                out.add("ZJ018", "工作簿带有宏：单元格已照常读取，宏没有采用，也没有运行", _WITHOUT_MACROS)
            return sheets
    except ArchiveError as error:
        message = str(error) or "文件已损坏、被加密或不是 Excel 工作簿"
        remedy = CHECK_ORIGIN if isinstance(error, HostileArchiveError) else SAVE_AS_XLSX
        raise FormatError("ZJ002", message, remedy) from error


class Workbook:
    """A workbook in its archive; its parts are found by their relationships.

    Attributes:
        archive: the opened archive.
        budget: the limits of the workbook.
        macros: whether it is a workbook with macros; a macro part that is only declared makes none.
        others: the names of the sheets that are no worksheets, such as charts and dialogs; they are not read.
        used: the sheet, comment and drawing parts found so far, in lower case.
        names: normalized part name → name in the archive.
    """

    def __init__(self, archive: Archive, budget: WorkbookBudget) -> None:
        self.archive, self.budget = archive, budget
        self.others: list[str] = []
        self.used: set[str] = set()
        # Excel ignores the case of part names, and some programs write them with backslashes
        self.names = {name.replace("\\", "/").lower(): name for name in archive.names}
        self.macros = any(name.endswith("vbaproject.bin") for name in self.names)

    def sheets(self) -> list[Sheet]:
        """Read all worksheets with their comments and pictures, in workbook order."""
        found, parts, from_1904 = self.listed()
        # without the part of strings or styles, the cells that need it are refused or told
        table, marks = strings(shared, self.budget) if (shared := self._side_part(parts, "sharedStrings")) else ([], {})
        styles = self._side_part(parts, "styles")
        dressed = may_be_special(styles)
        struck = struck_styles(styles, self.budget) if dressed else ()
        values = Values(table, marks, partial(number_formats, styles, self.budget), struck, from_1904=from_1904)
        if dressed:
            values.find_special()
        for sheet, part in found:
            data = self.part(part)
            read_sheet(data, sheet, values, self.budget)
            if not sheet.rows and is_foreign(data):
                raise _no_worksheet()
            self._read_objects(sheet, part, data)
        return [sheet for sheet, _ in found]

    def listed(self) -> tuple[list[tuple[Sheet, str]], dict[str, str], bool]:
        """Read the list of worksheets from the workbook part.

        Returns:
            The sheets, their rows still empty, each with the name of its part; the related parts by kind; whether days
            are counted from 1904.
        """
        main = self._main()
        relations = self.relations(main)
        found: list[tuple[Sheet, str]] = []
        from_1904 = False
        for element in elements(self.part(main), self.budget, f"{TAG}sheet", f"{TAG}workbookPr"):
            if element.tag == f"{TAG}workbookPr":
                from_1904 = element.get("date1904") in _TRUE
                continue
            kind, part = relations.get(element.get(_LINK, ""), ("", ""))
            name = decoded(element.get("name", ""))[:_NAME_LIMIT]
            if kind == "worksheet":
                self._mark_used(part)
                found.append((Sheet(name, element.get("state") not in _HIDDEN), part))
            else:
                self.budget.extra()
                self.others.append(name)
        if not found:
            raise _no_worksheet()
        return found, dict(relations.values()), from_1904

    def _mark_used(self, part: str) -> None:
        """Record that a part is used; raise an error for a part that is used twice.

        Otherwise a small file could make the program read one part a million times.
        """
        if part.lower() in self.used:
            raise damaged_error()
        self.used.add(part.lower())

    def part(self, name: str) -> bytes:
        """Return the content of a part.

        Raises:
            FormatError: there is no such part.
        """
        stored = self.names.get(name.lower())
        if stored is None:
            raise damaged_error()
        return self.archive.read(stored)

    def _side_part(self, parts: dict[str, str], kind: str) -> bytes:
        """Return the content of a part that a workbook may lack."""
        name = parts.get(kind, "")
        return self.part(name) if name.lower() in self.names else b""

    def _main(self) -> str:
        """Return the name of the workbook part; refuse .xlsb files."""
        relations = self.relations("")
        if "[content_types].xml" in self.names:
            for element in elements(self.part("[content_types].xml"), self.budget, *_CONTENT_TYPES):
                kind = element.get("ContentType", "")
                if "sheet.binary" in kind:
                    raise FormatError("ZJ002", "这是二进制工作簿（.xlsb），不能读取", SAVE_AS_XLSX)
                self.macros = self.macros or "macroEnabled.main" in kind
        for kind, part in relations.values():
            if kind == "officeDocument" and part.lower() in self.names:
                return part
        raise FormatError("ZJ002", "里面没有 Excel 工作簿", SAVE_AS_XLSX)

    def relations(self, part: str) -> Relations:
        """Return the relationships of a part, without external ones."""
        folder, _, name = part.rpartition("/")
        rels_part = posixpath.join(folder, "_rels", f"{name}.rels")
        found: Relations = {}
        if rels_part.lower() not in self.names:
            return found
        for element in elements(self.part(rels_part), self.budget, _RELATIONSHIP):
            kind, target = element.get("Type", ""), element.get("Target", "")
            if kind.startswith(_STRICT):
                message = "这是“Strict Open XML”格式的工作簿"
                raise StrictError("ZJ002", message, "请在 Excel 中另存为普通的“Excel 工作簿（.xlsx）”")
            if element.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
                self.budget.extra()
                relation = (element.get("Id", ""), kind.rpartition("/")[2], path)
                if max(map(len, relation)) <= _PATH_LIMIT:  # parts in a valid file have no longer ones
                    found[relation[0]] = relation[1:]
        return found

    def _read_objects(self, sheet: Sheet, part: str, data: bytes) -> None:
        """Record the positions of comments and pictures, which are not in the cells of the sheet.

        Args:
            sheet: the sheet.
            part: the name of its part.
            data: the part; some programs write a relationship to a drawing that it does not have.
        """
        for kind, target in self.relations(part).values():
            if kind not in _OBJECTS:
                continue
            self._mark_used(target)
            if target.lower() in self.names:
                found = self._objects(kind, target)
            else:
                lost = kind != "drawing" or _DRAWN.search(data) is not None
                found = iter([(0, 0, f"{_OBJECTS[kind]}（文件里已丢失）")] if lost else [])
            for row, column, what in found:
                if len(sheet.objects) < OBJECTS_LIMIT:
                    self.budget.extra()
                    sheet.objects.append((row, column, what))

    def _objects(self, kind: str, part: str) -> Iterator[tuple[int, int, str]]:
        """Yield row and column of the comments, or of the upper left corners of the objects of a drawing."""
        if kind != "drawing":
            for comment in elements(self.part(part), self.budget, *_COMMENTS):
                if not is_own_note("".join([one.text or "" for one in comment.iter(_TEXT)])):
                    yield *cell_position(comment.get("ref", "")), _OBJECTS[kind]
            return
        for anchor in elements(self.part(part), self.budget, *_ANCHORS):
            text = "".join([one.text or "" for one in anchor.iter(_DRAWN_TEXT)])[:OBJECT_TEXT_LIMIT]
            corner = anchor.find(f"{_DRAWING}from")
            numbers = (
                [] if corner is None else [(corner.findtext(_DRAWING + name) or "").strip() for name in ("row", "col")]
            )
            # counted from 0; one at an absolute place has no cell
            row, column = (
                int(number) + 1 if number.isdecimal() and len(number) < 8 else 0 for number in numbers or ["", ""]
            )
            yield row, column, f"{TEXT_BOX}或图形，写着{quote(text)}" if text else _OBJECTS[kind]


def _no_worksheet() -> FormatError:
    """Return the error for a workbook without a worksheet that is known."""
    return FormatError("ZJ002", "Excel 工作簿里没有认得的工作表", SAVE_AS_XLSX)


def strings(data: bytes, budget: WorkbookBudget) -> tuple[list[str], dict[int, str]]:
    """Return the shared strings of a workbook, and by index what of them is struck, raised or lowered."""
    left, longest, most = budget.limits.characters, BUFFER_FACTOR * budget.limits.text, budget.limits.cells
    usual = usual_strings(data, budget)
    if usual is not None and len(usual) <= most and sum(map(len, usual)) <= left and max(map(len, usual)) <= longest:
        return list(map(decoded, usual)) if b"_" in data else usual, {}
    found: list[str] = []
    marks: dict[int, str] = {}
    for item in elements(data, budget, _ITEM):
        if len(item) == 1 and item[0].tag == _TEXT:
            text = item[0].text or ""
            if "_x" in text:
                text = decoded(text)
        else:
            text, marked = rich_text(item)
            if marked:
                marks[len(found)] = marked
        found.append(text)
        left -= len(text)
        if len(text) > longest:
            raise text_too_long(budget.limits)
        if left < 0 or len(found) > most:
            raise too_complex()
    return found, marks
