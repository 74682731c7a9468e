"""Read a filled form: the texts as Word shows them, with a finding for all that is not plain text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.feedback import is_own_note
from zhijiao20.core.fields import ARTICLE, CHAPTER, PERIOD, STATUS, TASKS, UNIT
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.submission import Entry, is_blank, unit_problem
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.core.wording import difference, fold, same_wording
from zhijiao20.formats.docx.cell_findings import report_content
from zhijiao20.formats.docx.cell_text import EMBEDDED, read_cell
from zhijiao20.formats.docx.header_lines import UNIT_LINE, read_header_line
from zhijiao20.formats.docx.locate import Located, TaskRow, locate
from zhijiao20.formats.docx.numbering import Numbering
from zhijiao20.formats.docx.ooxml import (
    DELETED,
    R_ID,
    TCPR,
    TR,
    TRPR,
    W14,
    Element,
    P,
    W,
    cell_text,
    is_on,
    merged_upwards,
    parent_of,
    property_of,
    remove_unchosen_versions,
    text_of,
)
from zhijiao20.formats.docx.package import Package, open_package, parse
from zhijiao20.formats.docx.run_styles import RunStyles
from zhijiao20.formats.docx.surroundings import has_embedded, text_above, texts_after
from zhijiao20.formats.format_error import FormError, refuse_garbled
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.raw import BELOW_LIMIT, Node, OddEntry, Pairs, RawUnit, Scalar

_REVISIONS = (
    *(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")),
    *(f"{W14}{name}" for name in ("conflictIns", "conflictDel")),
)
_CELL_DELETED = f"{W}cellDel"
_ACCEPT = "在 Word 中“接受所有修订”后再报送"
_OPEN_AND_SAVE = "在 Word 或 WPS 中打开，另存为 .docx"
_WITHOUT_MACROS = "报送时最好另存为“Word 文档（.docx）”，不带宏"
_SEARCHED_PARAGRAPHS = 200  # in which garbled words are searched
_HIDDEN_HEIGHT = 20  # twips; a row of this exact height shows nothing


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
        FormatError: it has no official table, because its text is garbled.
    """
    package = open_package(data, limits)
    if package.has_macros:
        out.add("ZJ018", "文档带有宏：表格已照常读取，宏没有采用，也没有运行", _WITHOUT_MACROS)
    document = parse(package.parts[package.main])
    remove_unchosen_versions(document)
    _remove_own_comments(package, document)
    found = locate(document, catalog)
    if found.table is None:
        raise _no_table(package, document)
    fields: list[tuple[Scalar, Node]] = []
    for label, name in ((UNIT_LINE, UNIT), (PERIOD, PERIOD)):
        value = read_header_line(document, found.table, label)
        if value is not None and not is_blank(value):
            fields.append((Scalar(name), Scalar(value)))
            unit = plain_unit(value)
            out = out.of_unit(unit) if name == UNIT and not unit_problem(unit) else out
    if any(property_of(row, TRPR, DELETED) is not None for row in document.iter(TR)):
        out.add("ZJ009", "有没有接受的修订：被删除的行未计入", _ACCEPT)
    try:
        style_part = package.related("styles")
        labels = Numbering(package.related("numbering"), style_part).labels(document)
        styles = RunStyles(style_part, _symbol_fonts(package))
        entries = _read_rows(_RowReader(catalog, out, labels, styles, limits), found)
        _report_surroundings(document, found, catalog, out)
        below = [Scalar(text) for text in islice(texts_after(found, catalog), BELOW_LIMIT)]
    except FormError as error:
        error.unit = out.unit
        raise
    return RawUnit(fields, entries, NOWHERE, below=below)


def _remove_own_comments(package: Package, document: Element) -> None:
    """Remove the references to comments that a returned file was marked with; a unit need not delete them."""
    references = list(document.iter(f"{W}commentReference"))
    comments = package.related("comments") if references else None
    if comments is None:
        return
    own = {comment.get(f"{W}id") for comment in comments.iter(f"{W}comment") if is_own_note(_first_line(comment))}
    for reference in references:
        if reference.get(f"{W}id") in own:
            parent_of(reference).remove(reference)


def _first_line(comment: Element) -> str:
    return next(map(text_of, comment.iter(P)), "")


def _no_table(package: Package, document: Element) -> FormError:
    """Return the error for a document without the official table; it may be in an embedded web page."""
    embedded = next(document.iter(EMBEDDED), None)
    if embedded is None:
        refuse_garbled("\n".join(map(text_of, islice(document.iter(P), _SEARCHED_PARAGRAPHS))))
        return FormError("Word 文档里没有官方的附表", "是填报文件的，请填进 zhijiao20 init 或 render --blank 生成的表")
    suffix = package.target(embedded.get(R_ID, "")).rpartition(".")[2].lower()
    kind = _EMBEDDED_KINDS.get(suffix, "另一份文件")
    message = f"Word 文档的内容是嵌在里面的{kind}，还没有变成 Word 的文字"
    return FormError(message, f"请{_OPEN_AND_SAVE}，再报送新存的这一份")


_EMBEDDED_KINDS = dict.fromkeys(("htm", "html", "xhtml", "mht", "mhtml"), "网页") | {
    "rtf": "RTF 文件",
    "txt": "文本文件",
    "docx": "另一份 Word 文档",
    "xml": "XML 文件",
}


def _symbol_fonts(package: Package) -> frozenset[str]:
    """Return the names, in lower case, of the fonts that the document declares as symbol fonts."""
    fonts = package.related("fontTable")
    declared = () if fonts is None else fonts.iter(f"{W}font")
    return frozenset(
        font.get(f"{W}name", "").lower()
        for font in declared
        if (charset := font.find(f"{W}charset")) is not None and charset.get(f"{W}val") in ("2", "02")
    )


def _report_surroundings(document: Element, found: Located, catalog: Catalog, out: Collector) -> None:
    """Report text above the tables, which is not read, and embedded files; ``build_submission`` reports text below."""
    hint = f"是填报内容就写在“{STATUS}”里"
    if (text := text_above(document, found, catalog)) is not None:
        out.add("ZJ110", f"表格上面的文字未采用，如{quote(text)}", hint)
    if has_embedded(document, found):
        out.add("ZJ010", "表格之外有嵌入的文件，其中的内容没有采用", f"{hint}；{_OPEN_AND_SAVE}，它就变成文字")


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
    for row, title in found.changed_titles:
        message = f"章、条的官方表述被改动：{difference(title, cell_text(row.task_cell))}"
        out.add("ZJ108", message, f"改回原文：{title}", place=_place(row))
    for row in found.extra:
        reader.report_extra_row(row)
    reader.report_columns(found)
    if numbered := next((row for row in found.rows.values() if row.number), None):
        message = f"官方原文前面写着编号（如“{numbered.number}”），已按原文识别任务"
        out.add("ZJ109", message, "不必改动", place=_place(numbered))
    return entries


class _RowReader:
    """Reader of the rows of one form."""

    def __init__(
        self, catalog: Catalog, out: Collector, labels: Mapping[Element, str], styles: RunStyles, limits: Limits
    ) -> None:
        self.catalog, self.out, self.labels, self.styles, self.limits = catalog, out, labels, styles, limits

    def entry(self, task: str, row: TaskRow) -> Entry | OddEntry:
        """Return a row as an entry, and report what is not plain text in it."""
        place = _place(row)
        self._check_titles(task, row)
        if row.answer:
            message = f"“{TASKS}”一格的官方原文后面还有文字，没有采用：{quote(row.answer)}"
            self.out.add("ZJ108", message, f"把它移到这一行的“{STATUS}”一格", place=place, task=task)
        text = ""  # without a status cell it is empty: the last row of the official text ends before column 4
        if row.status_cell is not None:
            found = read_cell(row.status_cell, self.labels, self.styles)
            text = found.text
            if len(text) > self.limits.text:
                message = f"任务 {task} 的文字有 {len(text)} 个字，超过 {counted(self.limits.text, '字')}的上限"
                raise FormError(f"{row.label}：{message}", "请缩短，详细内容另附材料")
            self._report_revisions(row.status_cell, task, place)
            self._report_hidden_row(row.status_cell, text, task, place)
            report_content(found, self.out, task, place)
            if merged_upwards(row.status_cell):
                self._report_merged(text, task, place)
                text = ""
        if is_kept(text):
            return Entry(task, status=text, place=place, text_place=place)
        return OddEntry(Scalar(task, place), Pairs(((Scalar(STATUS, place), Scalar(text, place)),), place))

    def report_extra_row(self, row: TaskRow) -> None:
        """Report the text of a row without an official task, which is not read."""
        cell, wording = row.status_cell, cell_text(row.task_cell)
        text = "" if cell is None or cell is row.task_cell else read_cell(cell, self.labels, self.styles).text
        if is_blank(text):
            code = "ZJ101" if cell is row.task_cell else "ZJ110"
            message = f"这一行不是官方任务，没有采用：{quote(wording)}"
            self.out.add(code, message, f"是填报内容就写在相应任务的“{STATUS}”里，删去这一行", place=_place(row))
            return
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

    def _report_revisions(self, cell: Element, task: str, place: Place) -> None:
        """Report tracked changes in a cell and of the cell and its row themselves."""
        properties = _row_properties(cell)
        if property_of(cell, TCPR, _CELL_DELETED) is not None:
            message = "这一格是修订时删除的，删除还没有接受；里面的文字仍然计入"
        elif next(cell.iter(*_REVISIONS), None) is not None:
            message = "有没有接受的修订：插入的文字已计入，删除的文字未计入"
        elif properties is not None and properties.find(f"{W}ins") is not None:
            message = "这一行是修订时插入的，插入还没有接受；里面的文字已计入"
        else:
            return
        self.out.add("ZJ009", message, _ACCEPT, place=place, task=task)

    def _report_hidden_row(self, cell: Element, text: str, task: str, place: Place) -> None:
        """Report text in a hidden row."""
        properties = _row_properties(cell)
        if properties is None or is_blank(text):
            return
        height = properties.find(f"{W}trHeight")
        value = "" if height is None else height.get(f"{W}val", "")
        is_flat = (
            height is not None
            and height.get(f"{W}hRule") == "exact"
            and value.isdecimal()
            and int(value[:9]) <= _HIDDEN_HEIGHT
        )
        if is_flat or is_on(properties.find(f"{W}hidden")):
            message = f"这一行是隐藏的，里面的文字已照样读取：{quote(text)}"
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


def _row_properties(cell: Element) -> Element | None:
    """Return the properties of the row of a cell."""
    row = next(cell.iterancestors(TR), None)
    return None if row is None else row.find(TRPR)


def _place(row: TaskRow) -> Place:
    return Place(cell=row.label)
