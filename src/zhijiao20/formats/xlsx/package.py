"""Read the archive of a workbook: its sheets in order, with the shared strings and number formats."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial

from zhijiao20.formats.format_error import FormatError, StrictError
from zhijiao20.formats.xlsx.sheet import Sheet, cell_position, read_sheet
from zhijiao20.formats.xlsx.values import CODE_LIMIT, Values
from zhijiao20.formats.xlsx.xml import (
    BUFFER_FACTOR,
    CHECK_ORIGIN,
    SAVE_AS_XLSX,
    TAG,
    WorkbookBudget,
    damaged_error,
    decoded,
    elements,
    rich_text,
    text_too_long,
    too_complex,
)
from zhijiao20.system.zip import Archive, ArchiveError, HostileArchiveError, open_archive

_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CONTENT_TYPES = tuple(
    f"{{http://schemas.openxmlformats.org/package/2006/content-types}}{name}" for name in ("Default", "Override")
)
_ITEM, _TEXT = f"{TAG}si", f"{TAG}t"
_NUMBER_FORMAT = f"{TAG}numFmt"
_STYLES = (_NUMBER_FORMAT, f"{TAG}cellXfs")
_UNSUPPORTED_TYPES = ("sheet.binary", "macroEnabled", "application/vnd.ms-office.vbaProject")
_HIDDEN = {"hidden", "veryHidden"}
_TRUE = {"1", "true"}
_PATH_LIMIT = 255  # maximum characters of a part name, a relationship id and a relationship kind
_STYLES_LIMIT, _CODES_LIMIT = 65_536, 16_384  # Excel's own limits are lower
_NAME_LIMIT = 40  # characters kept of a sheet name, which is repeated in every cell reference; Excel allows 31
OBJECTS_LIMIT = 10_000
"""Maximum number of comments and pictures of a sheet that are reported."""

Relations = dict[str, tuple[str, str]]
"""Relationship id → kind (last segment of the relationship type) and name of the target part."""


def open_workbook(data: bytes, budget: WorkbookBudget) -> list[Sheet]:
    """Read the sheets of an .xlsx file in workbook order.

    Raises:
        FormatError: the file is not .xlsx, damaged, encrypted, hostile, too large, Strict or has macros (ZJ002).
    """
    try:
        with open_archive(data, budget.limits) as archive:
            return Workbook(archive, budget).sheets()
    except ArchiveError as error:
        message = str(error) or "文件已损坏、被加密或不是 Excel 工作簿"
        remedy = CHECK_ORIGIN if isinstance(error, HostileArchiveError) else SAVE_AS_XLSX
        raise FormatError("ZJ002", message, remedy) from error


class Workbook:
    """A workbook in its archive; its parts are found by their relationships.

    Attributes:
        archive: the opened archive.
        budget: the limits of the workbook.
        used: the sheet, comment and drawing parts found so far, in lower case.
        names: normalized part name → name in the archive.
    """

    def __init__(self, archive: Archive, budget: WorkbookBudget) -> None:
        self.archive, self.budget = archive, budget
        self.used: set[str] = set()
        # Excel ignores the case of part names, and some programs write them with backslashes
        self.names = {name.replace("\\", "/").lower(): name for name in archive.names}

    def sheets(self) -> list[Sheet]:
        """Read all worksheets with their comments and pictures, in workbook order."""
        found, parts, from_1904 = self.listed()
        table, marks = strings(self.part(parts["sharedStrings"]), self.budget) if "sharedStrings" in parts else ([], {})
        values = Values(table, marks, partial(self._formats, parts), from_1904=from_1904)
        for sheet, part in found:
            read_sheet(self.part(part), sheet, values, self.budget)
            self._read_objects(sheet, part)
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
            if kind == "worksheet":
                self._mark_used(part)
                name = decoded(element.get("name", ""))[:_NAME_LIMIT]
                found.append((Sheet(name, element.get("state") not in _HIDDEN), part))
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

    def _main(self) -> str:
        """Return the name of the workbook part; refuse .xlsb files and files with macros."""
        relations = self.relations("")
        unsupported: set[str] = set()
        if "[content_types].xml" in self.names:
            for element in elements(self.part("[content_types].xml"), self.budget, *_CONTENT_TYPES):
                kind = element.get("ContentType", "")
                unsupported.update(word for word in _UNSUPPORTED_TYPES if word in kind)
        if "sheet.binary" in unsupported:
            raise FormatError("ZJ002", "这是二进制工作簿（.xlsb），不能读取", SAVE_AS_XLSX)
        if unsupported:
            raise FormatError(
                "ZJ002", "这是带宏的工作簿（.xlsm），没有读取", "请在 Excel 中另存为“Excel 工作簿（.xlsx）”，不带宏"
            )
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

    def _formats(self, parts: dict[str, str]) -> list[str | int]:
        """Read the number format of every cell style: a format code or a built-in format number."""
        codes: dict[str, str] = {}
        style_formats: list[str] = []
        found = elements(self.part(parts["styles"]), self.budget, *_STYLES) if "styles" in parts else ()
        for element in found:
            if element.tag == _NUMBER_FORMAT:
                codes[element.get("numFmtId", "")[:8]] = element.get("formatCode", "")[: CODE_LIMIT + 1]
            else:
                style_formats += [style.get("numFmtId", "0")[:8] for style in element.iter(f"{TAG}xf")]
            if len(codes) > _CODES_LIMIT or len(style_formats) > _STYLES_LIMIT:
                raise too_complex()
        return [
            codes.get(number) or (int(number) if number.isdecimal() and len(number) < 5 else 0)
            for number in style_formats
        ]

    def _read_objects(self, sheet: Sheet, part: str) -> None:
        """Record the positions of comments and pictures, which are not in the cells of the sheet."""
        for kind, target in self.relations(part).values():
            if kind in {"comments", "drawing"}:
                self._mark_used(target)
                for row, column, what in self._objects(kind, target):
                    if len(sheet.objects) < OBJECTS_LIMIT:
                        self.budget.extra()
                        sheet.objects.append((row, column, what))

    def _objects(self, kind: str, part: str) -> Iterator[tuple[int, int, str]]:
        """Yield row and column of the comments, or of the upper left corners of the objects of a drawing."""
        if kind == "comments":
            for comment in elements(self.part(part), self.budget, f"{TAG}comment"):
                yield *cell_position(comment.get("ref", "")), "批注"
            return
        for corner in elements(self.part(part), self.budget, f"{_DRAWING}from"):
            numbers = [(child.text or "").strip() for name in ("row", "col") for child in corner.iter(_DRAWING + name)]
            if len(numbers) == 2:  # counted from 0
                row, column = (int(number) if number.isdecimal() and len(number) < 8 else 0 for number in numbers)
                yield row + 1, column + 1, "图片或图形"


def strings(data: bytes, budget: WorkbookBudget) -> tuple[list[str], dict[int, str]]:
    """Return the shared strings of a workbook, and by index what of them is struck, raised or lowered."""
    found: list[str] = []
    marks: dict[int, str] = {}
    left, longest, most = budget.limits.characters, BUFFER_FACTOR * budget.limits.text, budget.limits.cells
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
