"""A filled form read back: the texts as a person sees them, and a finding for all that is more than text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.fields import ARTICLE, CHAPTER, PERIOD, STATUS, TASKS, UNIT
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.submission import is_blank, unit_problem
from zhijiao20.core.wording import difference, fold, same_wording
from zhijiao20.formats.docx.form_error import FormError
from zhijiao20.formats.docx.header_lines import UNIT_LINE, line_of
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
from zhijiao20.formats.raw import Node, Pairs, Scalar

_REVISIONS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_MORE_THAN_TEXT = {
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


_MARKED = ("strike", "dstrike", "vertAlign")  # what they say goes with the form: 10⁴ would be 104
_OFF = {"0", "false", "off", "none", "baseline"}
_FIELD, _CODE = f"{W}fldChar", f"{W}instrText"
_UNCOMMON = (*(f"{W}{name}" for name in (*_MARKED, "vanish")), _FIELD)
_DRAWN = re.compile(r"\s*(?:EQ|FORMCHECKBOX|FORMDROPDOWN|SYMBOL)\b", re.IGNORECASE)


def read_form(data: bytes, catalog: Catalog, out: Collector, limits: Limits = DEFAULT) -> Pairs:
    """The tree of a filled form: 单位 and 报告期 where the lines above the table give them, 任务 by id.

    Args:
        data: the .docx file.
        catalog: the official list.
        out: takes a finding for changed wording, unaccepted revisions and what cannot be put into text.
        limits: how large it may be.

    Raises:
        FormError: it is no Word document, or has no official table.
    """
    package = open_package(data, limits)
    document = parse(package.parts[package.main])
    found = locate(document, catalog)
    if found.table is None:
        raise FormError("Word 文档里没有官方的附表", "请在 zhijiao20 init 或 render --blank 生成的表里填写")
    lead: list[tuple[Scalar, Node]] = []
    for label, name in ((UNIT_LINE, UNIT), (PERIOD, PERIOD)):
        line = line_of(document, found.table, label)
        if line is not None and not is_blank(line[1]):
            lead.append((Scalar(name), Scalar(line[1])))
            out.unit = line[1] if name == UNIT and not unit_problem(line[1]) else out.unit
    if any(row.find(f"{TRPR}/{W}del") is not None for row in document.iter(TR)):
        out.add("ZJ009", "有没有接受的修订：被删除的行未计入", "在 Word 中“接受所有修订”后再报送")
    reader = _RowReader(catalog, out, _numbering(package).labels(document), limits)
    rows = [(task, row) for task, row in found.rows.items()]
    for task, (row, changed) in found.reworded.items():
        out.add(
            "ZJ108", f"官方表述被改动：{changed}", f"改回原文：{catalog.tasks[task].text}", place=_place(row), task=task
        )
        rows.append((task, row))
    rows.extend((task, row) for task, others in found.doubled.items() for row in others)
    tasks = tuple(reader.entry(task, row) for task, row in rows)
    for row in found.extra:
        reader.tell_extra(row)
    reader.tell_columns(found)
    reader.tell_below(found)
    return Pairs((*lead, (Scalar(TASKS), Pairs(tasks))))


class _RowReader:
    """Reads the rows of one form."""

    def __init__(self, catalog: Catalog, out: Collector, labels: Mapping[Element, str], limits: Limits) -> None:
        self.catalog, self.out, self.labels, self.limits = catalog, out, labels, limits

    def entry(self, task: str, row: TaskRow) -> tuple[Scalar, Node]:
        """One row as an entry, with findings for what is not plain text in it."""
        place = _place(row)
        self._titles(task, row)
        text = ""  # a row may end before column 4, as the last one of the official text does: it is empty
        if row.status_cell is not None:
            text = self._text(row.status_cell)
            if len(text) > self.limits.text:
                message = f"任务 {task} 的文字有 {len(text)} 个字，超过 {counted(self.limits.text, '字')}的上限"
                raise FormError(f"{row.label}：{message}", "请缩短，详细内容另附材料")
            self._tell(row.status_cell, task, place)
            if merged_upwards(row.status_cell):
                self._tell_merged(text, task, place)
                text = ""
        return Scalar(task, place), Pairs(((Scalar(STATUS, place), Scalar(text, place)),), place)

    def tell_extra(self, row: TaskRow) -> None:
        """A row that is no task: its text would be lost in silence."""
        text = "" if row.status_cell is None else self._text(row.status_cell)
        if not is_blank(text):
            wording = cell_text(row.task_cell)
            what = "没有任务" if is_blank(wording) else f"不是官方任务（{quote(wording)}）"
            message = f"这一行{what}，它的落实情况没有采用：{quote(text)}"
            self.out.add("ZJ101", message, "把文字移到相应的任务下，删去这一行", place=_place(row))

    def tell_columns(self, found: Located) -> None:
        """Columns that an office put into the form: not read, but never in silence."""
        if found.unknown:
            listed = "、".join(map(quote, found.unknown))
            hint = f"要报送的内容写在“{STATUS}”里"
            label = next(iter(found.unknown.values()))
            self.out.add("ZJ110", f"未采用不认识的列：{listed}", hint, place=Place(cell=label))
        beside = ((row, cell_text(cell)) for row in found.rows.values() for cell in row.beside)
        if first := next(((row, text) for row, text in beside if not is_blank(text)), None):
            message = f"有一列没有列名，未采用；里面有文字，如{quote(first[1])}"
            self.out.add("ZJ110", message, f"是填报内容就写在“{STATUS}”里", place=_place(first[0]))

    def tell_below(self, found: Located) -> None:
        """Texts and other tables below the table: not read, but never in silence."""
        top = found.tables[0]
        while (outer := top.getparent()) is not None and outer.tag != BODY:
            top = outer
        tables = set(found.tables)
        others = (element for element in top.itersiblings() if element not in tables)
        texts = (text_of(paragraph) for element in others for paragraph in element.iter(P))
        if text := next((text for text in texts if not is_blank(text)), None):
            message = f"表格下面的文字未采用，如{quote(text)}"
            self.out.add("ZJ110", message, f"是填报内容就写在“{STATUS}”里")

    def _text(self, cell: Element) -> str:
        """The paragraphs of a cell, numbers restored; a paragraph mark that is deleted parts nothing."""
        parts: list[str] = []
        for paragraph in children(cell, P):
            label = self.labels.get(paragraph, "")
            parts.append(
                label + (" " if label and (label[-1].isalnum() or label in "•●■➢✓◆★") else "") + text_of(paragraph)
            )
            parts.append("" if paragraph.find(f"{PPR}/{RPR}/{W}del") is not None else "\n")
        return "".join(parts[:-1])

    def _tell(self, cell: Element, task: str, place: Place) -> None:
        if next(cell.iter(*_REVISIONS), None) is not None:
            message = "有没有接受的修订：插入的文字已计入，删除的文字未计入"
            self.out.add("ZJ009", message, "在 Word 中“接受所有修订”后再报送", place=place, task=task)
        kinds = dict.fromkeys(_MORE_THAN_TEXT[element.tag] for element in _special(cell))
        uncommon = next(cell.iter(*_UNCOMMON), None) is not None
        if uncommon and _fields_without_text(cell):
            kinds["带圈字符、复选框之类的域"] = None
        if kinds:
            message = f"格内有{'、'.join(kinds)}，其中的内容没有采用"
            self.out.add("ZJ010", message, "把要报送的内容写成文字，其余的删去", place=place, task=task)
        if uncommon:
            self._tell_faces(cell, task, place)
        numbered = sum(paragraph in self.labels for paragraph in children(cell, P))
        if numbered:
            message = f"有 {numbered} 段用了自动编号，已把编号写成文字"
            self.out.add("ZJ011", message, "对照原文件看一眼编号", place=place, task=task)

    def _tell_faces(self, cell: Element, task: str, place: Place) -> None:
        """What a text says by its face, which does not go with it; and a text that nobody sees."""
        if marked := "".join(_texts(cell, _MARKED)):
            message = f"有删除线、上标或下标，已照普通文字读取：{quote(marked)}"
            self.out.add("ZJ010", message, "划掉的请删去；上标、下标改写成文字，如“平方米”", place=place, task=task)
        if hidden := "".join(_texts(cell, ("vanish",))):
            message = f"有隐藏的文字，已照样读取：{quote(hidden)}"
            self.out.add("ZJ017", message, "在 Word 中取消隐藏，看一眼内容", place=place, task=task)

    def _tell_merged(self, covered: str, task: str, place: Place) -> None:
        """A cell that is merged into the one above shows the text of that one; its own nobody sees."""
        hidden = "" if is_blank(covered) else f"；被遮住的文字没有采用：{quote(covered)}"
        message = f"“{STATUS}”一格与上面一行合并，里面的文字只算在上面一行{hidden}"
        self.out.add("ZJ019", message, "在 Word 中拆分单元格，在每一行分别填写", place=place, task=task)

    def _titles(self, task: str, row: TaskRow) -> None:
        """Hold the cells before the task against the official chapter and article."""
        official = self.catalog.tasks[task]
        for cell in row.title_cells:
            text = cell_text(cell)
            if is_blank(text) or same_wording(official.chapter, text) or same_wording(official.article, text):
                continue
            if fold(text).isdecimal():  # 序号
                continue
            name, right = (ARTICLE, official.article) if text.strip()[:1].isdecimal() else (CHAPTER, official.chapter)
            message = f"“{name}”一列的官方表述被改动：{difference(right, text)}"
            self.out.add("ZJ108", message, f"改回原文：{right}", place=_place(row), task=task)


def _special(cell: Element) -> Iterator[Element]:
    """What in a cell is more than text; not what lies inside another such thing."""
    open_ = [iter(cell)]
    while open_:
        for child in open_[-1]:
            more = child.tag in _MORE_THAN_TEXT
            if more:
                yield child
            if not more or child.tag == TBL:
                open_.append(iter(child))
                break
        else:
            open_.pop()


def _texts(cell: Element, properties: Iterable[str]) -> Iterator[str]:
    """What the runs of a cell say that have one of these properties."""
    for paragraph in children(cell, P):
        for run in children(paragraph, R):
            found = (run.find(f"{RPR}/{W}{name}") for name in properties)
            if any(item is not None and item.get(f"{W}val") not in _OFF for item in found):
                yield run_text(run)


def _fields_without_text(cell: Element) -> bool:
    """Whether there is a field that Word draws by itself: nothing of it stands in the file as text."""
    shown: list[bool] = []  # of each open field, whether it shows a text of its own
    code = ""
    for item in cell.iter(_FIELD, _CODE, T):
        kind = item.get(f"{W}fldCharType")
        if item.tag == _CODE:
            code += item.text or ""
        elif item.tag == T or kind == "separate":
            shown[-1:] = [item.tag == T] if shown else []
        elif kind == "begin":
            shown.append(False)
            code = ""
        elif kind == "end" and shown and not shown.pop() and _DRAWN.match(code):
            return True
    return False


def _numbering(package: Package) -> Numbering:
    folder = package.main.rpartition("/")[0]
    parts = [package.parts.get(f"{folder}/{name}.xml") for name in ("numbering", "styles")]
    roots = [None if part is None else parse(part) for part in parts]
    return Numbering(*roots)


def _place(row: TaskRow) -> Place:
    return Place(cell=row.label)
