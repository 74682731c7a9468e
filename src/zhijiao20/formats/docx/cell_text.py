"""Read the text of a status cell as Word shows it, with all that is in the cell and is not plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.docx.computed_fields import FIELD, SIMPLE_FIELD, computed_fields
from zhijiao20.formats.docx.ooxml import (
    CHARACTERS,
    CHOICE,
    FALLBACK,
    PPR,
    RPR,
    RUBY,
    RUBY_BASE,
    SDT,
    SDT_PR,
    TBL,
    TC,
    TRANSPARENT,
    W14,
    Element,
    P,
    R,
    T,
    W,
    children,
    in_prompt,
    mark_is_deleted,
    parent_of,
    plain_text,
    run_text,
    text_of,
    text_parts,
)
from zhijiao20.formats.docx.run_styles import RunFormat, RunStyles
from zhijiao20.formats.docx.symbols import shown, shown_symbol

_SYM, _PROMPT = f"{W}sym", f"{W}showingPlcHdr"
EMBEDDED = f"{W}altChunk"
"""The element of an embedded document, which Word turns into text when it saves."""

NON_TEXT = {
    f"{W}drawing": "图片或文本框",
    f"{W}pict": "图片或文本框",
    f"{W}object": "嵌入的对象",
    f"{W}tbl": "嵌套的表格",
    f"{W}commentReference": "批注",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "尾注",
    f"{W}contentPart": "墨迹",
    f"{W}subDoc": "子文档",
    f"{W}rt": "拼音",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "公式",
}
"""The elements that are not text, with their names."""

_COMPUTED = tuple(
    f"{W}{name}" for name in ("yearLong", "yearShort", "monthLong", "monthShort", "dayLong", "dayShort", "pgNum")
)
_RARE = (_SYM, _PROMPT, EMBEDDED, FIELD, SIMPLE_FIELD, *_COMPUTED)
_TEXT_TAGS = (T, *CHARACTERS)
_SHOWN_TAGS = TRANSPARENT | {P, R, RUBY, RUBY_BASE, CHOICE, FALLBACK}
_PLACES = {P: {TC}, R: {P, RUBY_BASE}}
_DELETED_TAGS = {f"{W}del", f"{W}moveFrom", f"{W14}conflictDel"}
_PROMPT_WORDS = lazy_regex("单击|点击|轻触|点按|此处|输入|选择|填写|click|tap|enter|choose", re.IGNORECASE)


@dataclass(slots=True)
class CellText:
    """The text of a cell and what else is in it.

    Attributes:
        text: the text, one paragraph on each line, with the labels of automatic numbering.
        numbered: how many paragraphs have such a label.
        kinds: the names of elements that are not text.
        marked: the texts that are struck through, raised or lowered.
        hidden: the texts that are hidden.
        symbols: letters of a symbol font whose characters are not known.
        unread: texts in elements that the program does not know.
        has_computed: whether Word computes a part of the text that is not stored in the file.
        has_embedded: whether there is an embedded document, which Word turns into text when it saves.
    """

    text: str = ""
    numbered: int = 0
    kinds: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    symbols: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    has_computed: bool = False
    has_embedded: bool = False


def read_cell(cell: Element, labels: Mapping[Element, str], styles: RunStyles) -> CellText:
    """Read a cell.

    Args:
        cell: the cell, in a tree without the versions that Word does not show.
        labels: the labels of the numbered paragraphs of the document.
        styles: the run formats of its styles.
    """
    paragraphs = list(children(cell, P))
    found = CellText(numbered=sum(paragraph in labels for paragraph in paragraphs))
    found.kinds.extend(dict.fromkeys(NON_TEXT[element.tag] for element in _non_text_elements(cell)))
    is_rare = next(cell.iter(*_RARE), None) is not None
    if is_rare or styles.matter or styles.has_special(cell):
        texts = _SpecialReader(cell, paragraphs, styles, found).texts()
        found.unread.extend(_unread_texts(cell))
    else:
        parts = [text_parts(paragraph) for paragraph in paragraphs]
        texts = ["".join(pieces) for pieces in parts]
        if sum(1 for _ in cell.iter(*_TEXT_TAGS)) != sum(map(len, parts)):
            found.unread.extend(_unread_texts(cell))
    found.text = _join(paragraphs, texts, labels)
    return found


def _join(paragraphs: list[Element], texts: list[str], labels: Mapping[Element, str]) -> str:
    """Return the paragraphs as lines with their labels.

    A paragraph whose mark is deleted by a tracked change is joined to the next one.
    """
    lines: list[str] = []
    joined = ""
    for paragraph, text in zip(paragraphs, texts, strict=True):
        if mark_is_deleted(paragraph):
            joined += text
            continue
        label = labels.get(paragraph, "")
        space = " " if label and (label[-1].isalnum() or label in "•●■➢✓◆★") else ""
        lines.append(f"{label}{space}{joined}{text}")
        joined = ""
    return "\n".join([*lines, joined] if joined else lines)


class _SpecialReader:
    """Reader of a cell with special formatting, fields, symbols or content controls."""

    def __init__(self, cell: Element, paragraphs: list[Element], styles: RunStyles, found: CellText) -> None:
        self._paragraphs, self._styles, self._found = paragraphs, styles, found
        table = next(cell.iterancestors(TBL), None)
        style = None if table is None else table.find(f"{W}tblPr/{W}tblStyle")
        self._table_style = "" if style is None else style.get(f"{W}val", "")
        self._prompts: dict[Element, bool] | None = None if next(cell.iter(_PROMPT), None) is None else {}
        self._dropped_controls: dict[Element, bool] = {}
        kinds, self._in_code = computed_fields(cell, paragraphs)
        found.has_computed = "computed" in kinds or next(cell.iter(*_COMPUTED), None) is not None
        found.has_embedded = next(cell.iter(EMBEDDED), None) is not None
        if "drawn" in kinds:
            found.kinds.append("带圈字符、复选框之类的域")

    def texts(self) -> list[str]:
        """Return the text of each paragraph."""
        return [
            "".join(self._run_text(run, paragraph) for run in children(paragraph, R) if not self._is_prompt(run))
            for paragraph in self._paragraphs
        ]

    def _is_prompt(self, run: Element) -> bool:
        """Check whether a run is the prompt of an empty content control, such as 单击此处输入文字."""
        if self._prompts is None or not in_prompt(parent_of(run), self._prompts):
            return False
        control = next(control for control in run.iterancestors(SDT) if control.find(f"{SDT_PR}/{_PROMPT}") is not None)
        if control not in self._dropped_controls:  # other programs fill a control and leave the mark of the prompt
            text = "".join(plain_text(item) for item in control.iter(T))
            self._dropped_controls[control] = _PROMPT_WORDS.search(text) is not None
        return self._dropped_controls[control]

    def _run_text(self, run: Element, paragraph: Element) -> str:
        run_format = self._styles.format_of(run, paragraph, self._table_style)
        if (
            self._in_code
            or any(name in self._styles.symbol_fonts for name in run_format.fonts)
            or run.find(_SYM) is not None
        ):
            text = "".join(self._item_text(item, run_format) for item in run)
        else:
            text = run_text(run)
        if text.strip() and run_format.is_marked:
            self._found.marked.append(text)
        if text.strip() and run_format.is_hidden:
            self._found.hidden.append(text)
        return text

    def _item_text(self, item: Element, run_format: RunFormat) -> str:
        """Return the text of an item of a run, with the letters of symbol fonts as their fonts show them."""
        if item.tag == T:
            return "" if item in self._in_code else "".join(self._letter(char, run_format) for char in plain_text(item))
        if item.tag == _SYM:
            return self._symbol(item)
        if item.tag == RUBY:
            return "".join(text_of(base) for base in item.iterchildren(RUBY_BASE))
        if item.tag in TRANSPARENT:
            return run_text(item)
        return CHARACTERS.get(item.tag, "")

    def _letter(self, char: str, run_format: RunFormat) -> str:
        font = run_format.font_of(char)
        if font not in self._styles.symbol_fonts or not (char < "\u0100" or "\uf000" <= char <= "\uf0ff"):
            return char
        symbol = shown(font, ord(char))
        if symbol is None:
            self._found.symbols.append(char)
        return char if symbol is None else symbol

    def _symbol(self, item: Element) -> str:
        code = item.get(f"{W}char", "")
        symbol = shown_symbol(item.get(f"{W}font", "").lower(), int(code, 16)) if _CODE.fullmatch(code) else None
        if symbol is None:
            self._found.kinds.append("符号字体的符号")
        return symbol or ""


_CODE = lazy_regex("[0-9A-Fa-f]{1,6}")


def _non_text_elements(cell: Element) -> Iterator[Element]:
    """Yield the elements of a cell that are not plain text.

    Their own content is not searched, except that of an inner table.
    """
    stack = [iter(cell)]
    while stack:
        for child in stack[-1]:
            is_non_text = child.tag in NON_TEXT
            if is_non_text:
                yield child
            if not is_non_text or child.tag == TBL:
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _is_misplaced(element: Element) -> bool:
    """Check whether a paragraph or a run is where Word does not write one, such as a paragraph inside another."""
    inside = next(element.iterancestors(P, R, TC, RUBY_BASE), None)
    return inside is None or inside.tag not in _PLACES[element.tag]


def _unread_texts(cell: Element) -> Iterator[str]:
    """Yield the texts of a cell in elements that are neither read nor known as not text."""
    stack = [iter(cell)]
    while stack:
        for child in stack[-1]:
            tag = child.tag
            if tag in _SHOWN_TAGS and not (tag in _PLACES and _is_misplaced(child)):
                stack.append(iter(child))
                break
            is_read = tag == T and parent_of(child).tag not in (P, TC)
            if not is_read and tag not in _DELETED_TAGS and tag not in NON_TEXT and tag not in (PPR, RPR):
                text = "".join(plain_text(item) for item in child.iter(T))
                if text:
                    yield text
        else:
            stack.pop()
