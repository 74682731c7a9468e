"""Raw WordprocessingML, reading side: walking tables and paragraphs, and their text.

Reading follows what a person sees: insertions count, deletions do not, content controls and links are transparent.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml's own name for its element type
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

BODY = f"{W}body"
P, R, T, TBL, TR, TC = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}tr", f"{W}tc"
PPR, RPR, TRPR, TCPR = f"{W}pPr", f"{W}rPr", f"{W}trPr", f"{W}tcPr"
SDT, SDT_CONTENT, SDT_PR = f"{W}sdt", f"{W}sdtContent", f"{W}sdtPr"

_TRANSPARENT = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")
) | {SDT, SDT_CONTENT, f"{_MC}AlternateContent", f"{_MC}Choice"}
# Of two versions Word shows the first (the Choice), not the Fallback.
_RUBY, _BASE = f"{W}ruby", f"{W}rubyBase"
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}


def children(parent: Element, tag: str) -> Iterator[Element]:
    """The children of a kind, those inside content controls and insertions too; never those of inner tables."""
    open_ = [
        iter(parent)
    ]  # not one generator within the other: from a depth of 200 each child would take as many steps
    while open_:
        for child in open_[-1]:
            if child.tag == tag:
                yield child
            elif child.tag in _TRANSPARENT:
                open_.append(iter(child))
                break
        else:
            open_.pop()


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as a person sees it; soft breaks are line ends, tabs are tabs."""
    parts: list[str] = []
    for run in children(paragraph, R):
        _append_text(run, parts)
    return "".join(parts)


def run_text(run: Element) -> str:
    """What a run says."""
    parts: list[str] = []
    _append_text(run, parts)
    return "".join(parts)


def _append_text(run: Element, parts: list[str]) -> None:
    """Add what a run says; of characters with their reading above them (ruby) it is the characters."""
    for item in run:
        tag = item.tag
        if tag == T:
            parts.append(item.text or "")
        elif tag in CHARACTERS:
            parts.append(CHARACTERS[tag])
        elif tag == _RUBY:
            parts.extend(text_of(base) for base in item.iterchildren(_BASE))
        elif tag in _TRANSPARENT:
            _append_text(item, parts)


def cell_text(cell: Element) -> str:
    """The text of a cell, its paragraphs on lines of their own."""
    return "\n".join(text_of(paragraph) for paragraph in children(cell, P))


def own_text(cell: Element) -> str:
    """The text of a cell, the prompts of unfilled content controls (单击此处输入文字) left out."""
    within: dict[Element, bool] = {}  # whether an element stands in a control that shows its prompt
    return "\n".join(
        "".join(run_text(run) for run in children(paragraph, R) if not _in_prompt(parent_of(run), within))
        for paragraph in children(cell, P)
    )


def _in_prompt(element: Element, within: dict[Element, bool]) -> bool:
    """Whether an element is, or stands in, a content control that shows its prompt; each is looked at once."""
    path: list[Element] = []
    at: Element | None = element
    while at is not None and at not in within:
        path.append(at)
        at = at.getparent()
    prompt = at is not None and within[at]
    for one in reversed(path):
        prompt = prompt or (one.tag == SDT and one.find(f"{SDT_PR}/{W}showingPlcHdr") is not None)
        within[one] = prompt
    return within[element]


def merged_upwards(cell: Element) -> bool:
    """Whether a cell is merged into the one above: what is written there nobody sees."""
    merge = cell.find(f"{TCPR}/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those that a tracked change deletes left out."""
    for row in children(table, TR):
        if row.find(f"{TRPR}/{W}del") is None:
            yield row


def cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a row with the grid columns they cover: from, and up to (not including)."""
    column = _number(row.find(f"{TRPR}/{W}gridBefore"), 0)
    for cell in children(row, TC):
        span = _number(cell.find(f"{TCPR}/{W}gridSpan"), 1)
        yield column, column + span, cell
        column += span


def _number(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), 1000) if value.isdecimal() and len(value) < 5 else default


def parent_of(element: Element) -> Element:
    """The parent of an element that is known to stand inside a document."""
    parent = element.getparent()
    assert parent is not None, "an element inside a document has a parent"
    return parent
