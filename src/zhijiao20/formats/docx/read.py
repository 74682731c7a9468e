"""Read a filled form: the texts as Word shows them, with a finding for all that is not plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import ARTICLE, CHAPTER, PERIOD, STATUS, UNIT
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.submission import Entry, is_blank, unit_problem
from zhijiao20.core.wording import difference, fold, same_wording
from zhijiao20.formats.docx.form_error import FormError
from zhijiao20.formats.docx.header_lines import find_header_line
from zhijiao20.formats.docx.locate import Located, TaskRow, locate
from zhijiao20.formats.docx.numbering import Numbering
from zhijiao20.formats.docx.ooxml import (
    BODY,
    PPR,
    RPR,
    TBL,
    TR,
    TRPR,
    Element,
    P,
    R,
    T,
    W,
    cell_text,
    children,
    merged_upwards,
    run_text,
    text_of,
)
from zhijiao20.formats.docx.package import Package, open_package, parse
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.normalize.label_lines import UNIT_LINE
from zhijiao20.formats.raw import Node, OddEntry, Pairs, RawUnit, Scalar

_REVISIONS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_NON_TEXT = {
    f"{W}drawing": "图片或文本框",
    f"{W}pict": "图片或文本框",
    f"{W}object": "嵌入的对象",
    f"{W}tbl": "嵌套的表格",
    f"{W}commentReference": "批注",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "尾注",
    f"{W}sym": "符号字体的符号",
    f"{W}contentPart": "墨迹",
    f"{W}rt": "拼音",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "公式",
}


_MARKED = ("strike", "dstrike", "vertAlign")  # formatting that is lost in plain text: 10⁴ would become 104
_OFF = {"0", "false", "off", "none", "baseline"}
_FIELD, _CODE = f"{W}fldChar", f"{W}instrText"
_RARE_ELEMENTS = (*(f"{W}{name}" for name in (*_MARKED, "vanish")), _FIELD)
_DRAWN = re.compile(r"\s*(?:EQ|FORMCHECKBOX|FORMDROPDOWN|SYMBOL)\b", re.IGNORECASE)


def read_form(data: bytes, catalog: Catalog, out: Collector, limits: Limits = DEFAULT) -> RawUnit:
    """Read a filled form as a unit.

    单位 and 报告期 are read from the lines above the table, where these give them.

    Args:
        data: the .docx file.
        catalog: the official list.
        out: collects findings for changed wording, revisions that are not accepted and content that is not text.
        limits: the maximum sizes.

    Raises:
        FormError: the file is not a Word document, has no official table, or is too large.
    """
    package = open_package(data, limits)
    document = parse(package.parts[package.main])
    found = locate(document, catalog)
    if found.table is None:
        raise FormError("Word 文档里没有官方的附表", "请在 zhijiao20 init 或 render --blank 生成的表里填写")
    fields: list[tuple[Scalar, Node]] = []
    for label, name in ((UNIT_LINE, UNIT), (PERIOD, PERIOD)):
        header_line = find_header_line(document, found.table, label)
        if header_line is not None and not is_blank(header_line[1]):
            fields.append((Scalar(name), Scalar(header_line[1])))
            out = out.of_unit(header_line[1]) if name == UNIT and not unit_problem(header_line[1]) else out
    if any(row.find(f"{TRPR}/{W}del") is not None for row in document.iter(TR)):
        out.add("ZJ009", "有没有接受的修订：被删除的行未计入", "在 Word 中“接受所有修订”后再报送")
    try:
        entries = _read_rows(_RowReader(catalog, out, _read_numbering(package).labels(document), limits), found)
    except FormError as error:
        error.unit = out.unit
        raise
    return RawUnit(fields, entries, NOWHERE)


def _read_rows(reader: _RowReader, found: Located) -> list[Entry | OddEntry]:
    """Read the rows of the tasks; report changed wording and all that stands elsewhere."""
    out, catalog = reader.out, reader.catalog
    rows = [(task, row) for task, row in found.rows.items()]
    for task, (row, changed) in found.reworded.items():
        out.add(
            "ZJ108", f"官方表述被改动：{changed}", f"改回原文：{catalog.tasks[task].text}", place=_place(row), task=task
        )
        rows.append((task, row))
    rows.extend((task, row) for task, duplicates in found.doubled.items() for row in duplicates)
    entries = [reader.entry(task, row) for task, row in rows]
    for row in found.extra:
        reader.report_extra_row(row)
    reader.report_columns(found)
    reader.report_text_after(found)
    return entries


class _RowReader:
    """Reader of the rows of one form."""

    def __init__(self, catalog: Catalog, out: Collector, labels: Mapping[Element, str], limits: Limits) -> None:
        self.catalog, self.out, self.labels, self.limits = catalog, out, labels, limits

    def entry(self, task: str, row: TaskRow) -> Entry | OddEntry:
        """Return a row as an entry, and report what is not plain text in it."""
        place = _place(row)
        self._check_titles(task, row)
        text = ""  # without a status cell it is empty: the last row of the official text ends before column 4
        if row.status_cell is not None:
            text = self._cell_text(row.status_cell)
            if len(text) > self.limits.text:
                message = f"任务 {task} 的文字有 {len(text)} 个字，超过 {counted(self.limits.text, '字')}的上限"
                raise FormError(f"{row.label}：{message}", "请缩短，详细内容另附材料")
            self._report_content(row.status_cell, task, place)
            if merged_upwards(row.status_cell):
                self._report_merged(text, task, place)
                text = ""
        if is_kept(text):
            return Entry(task, status=text, place=place, text_place=place)
        return OddEntry(Scalar(task, place), Pairs(((Scalar(STATUS, place), Scalar(text, place)),), place))

    def report_extra_row(self, row: TaskRow) -> None:
        """Report the text of a row without an official task, which is not read."""
        text = "" if row.status_cell is None else self._cell_text(row.status_cell)
        if not is_blank(text):
            wording = cell_text(row.task_cell)
            reason = "没有任务" if is_blank(wording) else f"不是官方任务（{quote(wording)}）"
            message = f"这一行{reason}，它的落实情况没有采用：{quote(text)}"
            self.out.add("ZJ101", message, "把文字移到相应的任务下，删去这一行", place=_place(row))

    def report_columns(self, found: Located) -> None:
        """Report columns that are not official, which are not read."""
        if found.unknown:
            listed = "、".join(map(quote, found.unknown))
            hint = f"要报送的内容写在“{STATUS}”里"
            label = next(iter(found.unknown.values()))
            self.out.add("ZJ110", f"未采用不认识的列：{listed}", hint, place=Place(cell=label))
        beside = ((row, cell_text(cell)) for row in found.rows.values() for cell in row.beside)
        if first := next(((row, text) for row, text in beside if not is_blank(text)), None):
            message = f"有一列没有列名，未采用；里面有文字，如{quote(first[1])}"
            self.out.add("ZJ110", message, f"是填报内容就写在“{STATUS}”里", place=_place(first[0]))

    def report_text_after(self, found: Located) -> None:
        """Report text after the table, other tables included, which is not read."""
        outermost = found.tables[0]
        while (outer := outermost.getparent()) is not None and outer.tag != BODY:
            outermost = outer
        tables = set(found.tables)
        others = (element for element in outermost.itersiblings() if element not in tables)
        texts = (text_of(paragraph) for element in others for paragraph in element.iter(P))
        if text := next((text for text in texts if not is_blank(text)), None):
            message = f"表格下面的文字未采用，如{quote(text)}"
            self.out.add("ZJ110", message, f"是填报内容就写在“{STATUS}”里")

    def _cell_text(self, cell: Element) -> str:
        """Return the text of a cell with the labels of automatic numbering.

        A paragraph whose mark is deleted by a tracked change is joined to the next one.
        """
        parts: list[str] = []
        for paragraph in children(cell, P):
            label = self.labels.get(paragraph, "")
            parts.append(
                label + (" " if label and (label[-1].isalnum() or label in "•●■➢✓◆★") else "") + text_of(paragraph)
            )
            parts.append("" if paragraph.find(f"{PPR}/{RPR}/{W}del") is not None else "\n")
        return "".join(parts[:-1])

    def _report_content(self, cell: Element, task: str, place: Place) -> None:
        if next(cell.iter(*_REVISIONS), None) is not None:
            message = "有没有接受的修订：插入的文字已计入，删除的文字未计入"
            self.out.add("ZJ009", message, "在 Word 中“接受所有修订”后再报送", place=place, task=task)
        kinds = dict.fromkeys(_NON_TEXT[element.tag] for element in _non_text_elements(cell))
        has_rare = next(cell.iter(*_RARE_ELEMENTS), None) is not None
        if has_rare and _fields_without_text(cell):
            kinds["带圈字符、复选框之类的域"] = None
        if kinds:
            message = f"格内有{'、'.join(kinds)}，其中的内容没有采用"
            self.out.add("ZJ010", message, "把要报送的内容写成文字，其余的删去", place=place, task=task)
        if has_rare:
            self._report_formatting(cell, task, place)
        numbered = sum(paragraph in self.labels for paragraph in children(cell, P))
        if numbered:
            message = f"有 {numbered} 段用了自动编号，已把编号写成文字"
            self.out.add("ZJ011", message, "对照原文件看一眼编号", place=place, task=task)

    def _report_formatting(self, cell: Element, task: str, place: Place) -> None:
        """Report struck, raised or lowered text, whose formatting is lost, and hidden text."""
        if marked := "".join(_texts_with(cell, _MARKED)):
            message = f"有删除线、上标或下标，已照普通文字读取：{quote(marked)}"
            self.out.add("ZJ010", message, "划掉的请删去；上标、下标改写成文字，如“平方米”", place=place, task=task)
        if hidden := "".join(_texts_with(cell, ("vanish",))):
            message = f"有隐藏的文字，已照样读取：{quote(hidden)}"
            self.out.add("ZJ017", message, "在 Word 中取消隐藏，看一眼内容", place=place, task=task)

    def _report_merged(self, covered: str, task: str, place: Place) -> None:
        """Report a status cell that is merged into the one above; Word does not show its own text."""
        hidden = "" if is_blank(covered) else f"；被遮住的文字没有采用：{quote(covered)}"
        message = f"“{STATUS}”一格与上面一行合并，里面的文字只算在上面一行{hidden}"
        self.out.add("ZJ019", message, "在 Word 中拆分单元格，在每一行分别填写", place=place, task=task)

    def _check_titles(self, task: str, row: TaskRow) -> None:
        """Compare the cells before the task with the official chapter and article."""
        official = self.catalog.tasks[task]
        for cell in row.title_cells:
            text = cell_text(cell)
            if is_blank(text) or same_wording(official.chapter, text) or same_wording(official.article, text):
                continue
            if fold(text).isdecimal():  # a serial number (序号)
                continue
            name, official_text = (
                (ARTICLE, official.article) if text.strip()[:1].isdecimal() else (CHAPTER, official.chapter)
            )
            message = f"“{name}”一列的官方表述被改动：{difference(official_text, text)}"
            self.out.add("ZJ108", message, f"改回原文：{official_text}", place=_place(row), task=task)


def _non_text_elements(cell: Element) -> Iterator[Element]:
    """Yield the elements of a cell that are not plain text.

    Their own content is not searched, except that of an inner table.
    """
    stack = [iter(cell)]
    while stack:
        for child in stack[-1]:
            is_non_text = child.tag in _NON_TEXT
            if is_non_text:
                yield child
            if not is_non_text or child.tag == TBL:
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _texts_with(cell: Element, properties: Iterable[str]) -> Iterator[str]:
    """Yield the text of each run of a cell that has one of these properties."""
    for paragraph in children(cell, P):
        for run in children(paragraph, R):
            found = (run.find(f"{RPR}/{W}{name}") for name in properties)
            if any(item is not None and item.get(f"{W}val") not in _OFF for item in found):
                yield run_text(run)


def _fields_without_text(cell: Element) -> bool:
    """Check whether a cell has a field that Word draws by itself.

    Its result is not stored in the file as text.
    """
    has_result: list[bool] = []  # for each open field, whether it has a result text
    code = ""
    for item in cell.iter(_FIELD, _CODE, T):
        kind = item.get(f"{W}fldCharType")
        if item.tag == _CODE:
            code += item.text or ""
        elif item.tag == T or kind == "separate":
            has_result[-1:] = [item.tag == T] if has_result else []
        elif kind == "begin":
            has_result.append(False)
            code = ""
        elif kind == "end" and has_result and not has_result.pop() and _DRAWN.match(code):
            return True
    return False


def _read_numbering(package: Package) -> Numbering:
    folder = package.main.rpartition("/")[0]
    parts = [package.parts.get(f"{folder}/{name}.xml") for name in ("numbering", "styles")]
    roots = [None if part is None else parse(part) for part in parts]
    return Numbering(*roots)


def _place(row: TaskRow) -> Place:
    return Place(cell=row.label)
