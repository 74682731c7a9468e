"""Read raw WordprocessingML: iterate over tables and paragraphs, and extract their text.

The text is what Word shows: insertions are included, deletions are not, and the content of content controls and links
is read like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its element type
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

BODY = f"{W}body"
P, R, T, TBL, TR, TC = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}tr", f"{W}tc"
PPR, RPR, TRPR, TCPR = f"{W}pPr", f"{W}rPr", f"{W}trPr", f"{W}tcPr"
SDT, SDT_CONTENT, SDT_PR = f"{W}sdt", f"{W}sdtContent", f"{W}sdtPr"

_TRANSPARENT = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")
) | {SDT, SDT_CONTENT, f"{_MC}AlternateContent", f"{_MC}Choice"}
# AlternateContent holds two versions; Word shows the Choice, not the Fallback.
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
    """Yield the children with a tag, also inside content controls and insertions.

    Elements of inner tables are not included.  An explicit stack is used, because with nested generators
    each child at a depth of 200 would take 200 steps.
    """
    stack = [iter(parent)]
    while stack:
        for child in stack[-1]:
            if child.tag == tag:
                yield child
            elif child.tag in _TRANSPARENT:
                stack.append(iter(child))
                break
        else:
            stack.pop()


def text_of(paragraph: Element) -> str:
    """Return the text of a paragraph as Word shows it; soft breaks become line ends."""
    parts: list[str] = []
    for run in children(paragraph, R):
        _append_text(run, parts)
    return "".join(parts)


def run_text(run: Element) -> str:
    """Return the text of a run."""
    parts: list[str] = []
    _append_text(run, parts)
    return "".join(parts)


def _append_text(run: Element, parts: list[str]) -> None:
    """Append the text of a run; of a ruby element only the base characters."""
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
    """Return the text of a cell, one paragraph on each line."""
    return "\n".join(text_of(paragraph) for paragraph in children(cell, P))


def own_text(cell: Element) -> str:
    """Return the text of a cell without the prompts of empty content controls (单击此处输入文字)."""
    prompt_cache: dict[Element, bool] = {}  # element → whether it is in a control that shows its prompt
    return "\n".join(
        "".join(run_text(run) for run in children(paragraph, R) if not _in_prompt(parent_of(run), prompt_cache))
        for paragraph in children(cell, P)
    )


def _in_prompt(element: Element, prompt_cache: dict[Element, bool]) -> bool:
    """Check whether an element is, or is inside, a content control that shows its prompt.

    The results for all ancestors are stored in ``prompt_cache``, so that each is checked once.
    """
    path: list[Element] = []
    current: Element | None = element
    while current is not None and current not in prompt_cache:
        path.append(current)
        current = current.getparent()
    in_prompt = current is not None and prompt_cache[current]
    for ancestor in reversed(path):
        in_prompt = in_prompt or (ancestor.tag == SDT and ancestor.find(f"{SDT_PR}/{W}showingPlcHdr") is not None)
        prompt_cache[ancestor] = in_prompt
    return prompt_cache[element]


def merged_upwards(cell: Element) -> bool:
    """Check whether a cell is merged into the one above; Word does not show its text."""
    merge = cell.find(f"{TCPR}/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table without those deleted by a tracked change."""
    for row in children(table, TR):
        if row.find(f"{TRPR}/{W}del") is None:
            yield row


def cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Yield the cells of a row, each with its first grid column and the one after its last."""
    column = _number(row.find(f"{TRPR}/{W}gridBefore"), 0)
    for cell in children(row, TC):
        span = _number(cell.find(f"{TCPR}/{W}gridSpan"), 1)
        yield column, column + span, cell
        column += span


def _number(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return min(int(value), 1000) if value.isdecimal() and len(value) < 5 else default


def parent_of(element: Element) -> Element:
    """Return the parent of an element that is not the root of a document."""
    parent = element.getparent()
    assert parent is not None, "an element inside a document has a parent"
    return parent
