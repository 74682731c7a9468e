"""The archive of a workbook: its sheets in order, read with the strings and number formats that they share."""

from __future__ import annotations

import posixpath

from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.xlsx.sheet import MARKED_LIMIT, Sheet, position, read_sheet
from zhijiao20.formats.xlsx.values import CODE_LIMIT, Values
from zhijiao20.formats.xlsx.xml import MAIN, SAVE, STRANGE, Strings, WorkbookBudget, damaged, decoded, overfull, walk
from zhijiao20.system.zip import Archive, ArchiveError, HostileArchiveError, opened

_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing "
_OTHER_BOOKS = ("sheet.binary", "macroEnabled", "application/vnd.ms-office.vbaProject")
_HIDDEN = {"hidden", "veryHidden"}
_TRUE = {"1", "true"}
_PATH_LIMIT = 255  # characters of a part's name, and of what leads to it
_STYLES_LIMIT, _CODES_LIMIT = 65_536, 16_384  # Excel stops before that
_NAME_LIMIT = 40  # characters of a sheet's name, which stands in every reference; Excel allows 31
THINGS_LIMIT = 10_000
"""Comments and pictures of a sheet that are told of; nobody reads more."""

Relations = dict[str, tuple[str, str]]
"""Id → the kind of a relationship (the last word of its type) and the part it leads to."""


def open_workbook(data: bytes, budget: WorkbookBudget) -> list[Sheet]:
    """The sheets of an .xlsx file in their order.

    Raises:
        FormatError: it is no such file, damaged, encrypted, with macros, Strict, hostile, or too large (ZJ002).
    """
    try:
        with opened(data, budget.limits) as archive:
            return Workbook(archive, budget).sheets()
    except ArchiveError as error:
        message = str(error) or "文件已损坏、被加密或不是 Excel 工作簿"
        remedy = STRANGE if isinstance(error, HostileArchiveError) else SAVE
        raise FormatError("ZJ002", message, remedy) from error


class Workbook:
    """A workbook in its archive, its parts found by their relationships."""

    def __init__(self, archive: Archive, budget: WorkbookBudget) -> None:
        self.archive, self.budget = archive, budget
        self.used: set[str] = set()
        # Excel takes part names whatever their case, and some programs write them with backslashes
        self.names = {name.replace("\\", "/").lower(): name for name in archive.names}

    def sheets(self) -> list[Sheet]:
        """The sheets, read."""
        found, parts, from_1904 = self.listed()
        values = Values(self._strings(parts), self._formats(parts), from_1904=from_1904)
        for sheet, part in found:
            read_sheet(self.part(part), sheet, values, self.budget)
            self._things(sheet, part)
        return [sheet for sheet, _ in found]

    def listed(self) -> tuple[list[tuple[Sheet, str]], dict[str, str], bool]:
        """The sheets, unread, with their parts; the other parts by kind; and whether days are counted from 1904."""
        main = self._main()
        relations = self.relations(main)
        found: list[tuple[Sheet, str]] = []
        from_1904 = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal from_1904
            if name == f"{MAIN}sheet":
                kind, part = relations.get(attributes.get(_LINK, ""), ("", ""))
                if kind == "worksheet":
                    visible = attributes.get("state") not in _HIDDEN
                    self._once(part)
                    name = decoded(attributes.get("name", ""))[:_NAME_LIMIT]
                    found.append((Sheet(name, visible), part))
            elif name == f"{MAIN}workbookPr":
                from_1904 = attributes.get("date1904") in _TRUE

        walk(self.part(main), self.budget, start)
        return found, dict(relations.values()), from_1904

    def _once(self, part: str) -> None:
        """Refuse a part that is used twice: a small file could be made to be read a million times."""
        if part.lower() in self.used:
            raise damaged()
        self.used.add(part.lower())

    def part(self, name: str) -> bytes:
        """The content of a part."""
        stored = self.names.get(name.lower())
        if stored is None:
            raise damaged()
        return self.archive.read(stored)

    def _main(self) -> str:
        """The part of the workbook itself."""
        kinds = self.relations("")
        types: set[str] = set()
        if "[content_types].xml" in self.names:

            def start(_: str, attributes: dict[str, str]) -> None:
                kind = attributes.get("ContentType", "")
                types.update(word for word in _OTHER_BOOKS if word in kind)

            walk(self.part("[content_types].xml"), self.budget, start)
        if "sheet.binary" in types:
            raise FormatError("ZJ002", "这是二进制工作簿（.xlsb），不能读取", SAVE)
        if types:
            raise FormatError(
                "ZJ002", "这是带宏的工作簿（.xlsm），没有读取", "请在 Excel 中另存为“Excel 工作簿（.xlsx）”，不带宏"
            )
        for kind, part in kinds.values():
            if kind == "officeDocument" and part.lower() in self.names:
                return part
        raise FormatError("ZJ002", "里面没有 Excel 工作簿", SAVE)

    def relations(self, part: str) -> Relations:
        """Where the relationships of a part lead, those out of the file left out."""
        folder, _, name = part.rpartition("/")
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        found: Relations = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            kind, target = attributes.get("Type", ""), attributes.get("Target", "")
            if kind.startswith(_STRICT):
                message = "这是“Strict Open XML”格式的工作簿"
                raise FormatError("ZJ002", message, "请在 Excel 中另存为普通的“Excel 工作簿（.xlsx）”")
            if name == _RELATIONSHIP and attributes.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
                self.budget.extra()
                known = (attributes.get("Id", ""), kind.rpartition("/")[2], path)
                if max(map(len, known)) <= _PATH_LIMIT:  # no part has a longer name
                    found[known[0]] = known[1:]

        if where.lower() in self.names:
            walk(self.part(where), self.budget, start)
        return found

    def _strings(self, parts: dict[str, str]) -> list[tuple[str, str]]:
        """The shared strings."""
        found: list[tuple[str, str]] = []
        reader = Strings(self.budget.limits)
        left = self.budget.limits.characters

        def end(name: str) -> None:
            nonlocal left
            reader.end(name)
            if name == f"{MAIN}si":
                text, marked = reader.take()
                found.append((text, marked[:MARKED_LIMIT]))
                left -= len(text)
                if left < 0 or len(found) > self.budget.limits.cells:
                    raise overfull()

        if "sharedStrings" in parts:
            walk(self.part(parts["sharedStrings"]), self.budget, reader.start, end, reader.text)
        return found

    def _formats(self, parts: dict[str, str]) -> list[str | int]:
        """The number format of every cell style: a code, or the number of a built-in one."""
        codes: dict[str, str] = {}
        used: list[str] = []
        inside = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if name == f"{MAIN}numFmt":
                codes[attributes.get("numFmtId", "")[:8]] = attributes.get("formatCode", "")[: CODE_LIMIT + 1]
            elif name == f"{MAIN}cellXfs":
                inside = True
            elif inside and name == f"{MAIN}xf":
                used.append(attributes.get("numFmtId", "0")[:8])
            if len(codes) > _CODES_LIMIT or len(used) > _STYLES_LIMIT:
                raise overfull()

        def end(name: str) -> None:
            nonlocal inside
            inside = inside and name != f"{MAIN}cellXfs"

        if "styles" in parts:
            walk(self.part(parts["styles"]), self.budget, start, end)
        return [codes.get(number) or (int(number) if number.isdecimal() and len(number) < 5 else 0) for number in used]

    def _things(self, sheet: Sheet, part: str) -> None:
        """Comments and pictures: what a reader of the sheet sees and no cell holds."""
        for kind, target in self.relations(part).values():
            if kind in {"comments", "drawing"}:
                self._once(target)
            if kind == "comments":
                walk(self.part(target), self.budget, lambda name, found: _comment(sheet, self.budget, name, found))
            elif kind == "drawing":
                anchors = _Anchors(sheet, self.budget)
                walk(self.part(target), self.budget, anchors.start, anchors.end, anchors.text)


def _comment(sheet: Sheet, budget: WorkbookBudget, name: str, attributes: dict[str, str]) -> None:
    if name == f"{MAIN}comment" and len(sheet.things) < THINGS_LIMIT:
        budget.extra()
        sheet.things.append((*position(attributes.get("ref", "")), "批注"))


_PIECES = 9  # in which a number of seven digits may come


class _Anchors:
    """Where the objects of a drawing stand: the cell of their upper left corner."""

    def __init__(self, sheet: Sheet, budget: WorkbookBudget) -> None:
        self.sheet, self.budget = sheet, budget
        self.inside = False
        self.digits: list[str] = []
        self.numbers: list[int] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.digits = []
        if name == f"{_DRAWING}from":
            self.inside, self.numbers = True, []

    def text(self, text: str) -> None:
        if self.inside and len(self.digits) < _PIECES:
            self.digits.append(text)

    def end(self, name: str) -> None:
        if self.inside and name in {f"{_DRAWING}col", f"{_DRAWING}row"}:
            number = "".join(self.digits).strip()
            self.numbers.append(int(number) if number.isdecimal() and len(number) < 8 else 0)
        elif name == f"{_DRAWING}from":
            self.inside = False
            if len(self.numbers) == 2 and len(self.sheet.things) < THINGS_LIMIT:
                self.budget.extra()
                column, row = self.numbers
                self.sheet.things.append((row + 1, column + 1, "图片或图形"))
