"""Read raw WordprocessingML: iterate over tables and paragraphs, and extract their text.

The text is what Word shows: insertions are included, deletions are not, and the content of content controls and links
is read like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its element type
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

BODY = f"{W}body"
P, R, T, TBL, TR, TC = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}tr", f"{W}tc"
PPR, RPR, TRPR, TCPR = f"{W}pPr", f"{W}rPr", f"{W}trPr", f"{W}tcPr"
DELETED, _MERGE, _GRID_BEFORE, _GRID_SPAN = f"{W}del", f"{W}vMerge", f"{W}gridBefore", f"{W}gridSpan"
SDT, SDT_CONTENT, SDT_PR = f"{W}sdt", f"{W}sdtContent", f"{W}sdtPr"

ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
TRANSPARENT = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")
) | {SDT, SDT_CONTENT, ALTERNATE, f"{W14}conflictIns"}
# The prefixes of namespaces that Word knows; it passes over a Choice that requires another one.
_KNOWN_PREFIXES = frozenset(
    (
        *("wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16cid", "w16cex", "w16sdtdh", "w16du"),
        *("a14", "a16", "pic14", "cx", "cx1", "cx2", "cx4", "cx5", "aink", "am3d", "oel", "v", "o", "m", "r", "wne"),
        *("wp", "w10"),
    )
)
RUBY, RUBY_BASE = f"{W}ruby", f"{W}rubyBase"
_OFF = {"0", "false", "off"}
_DELETED_MARK = {f"{W}del", f"{W}moveFrom", f"{W14}conflictDel"}
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}


def children(parent: Element, tag: str) -> Iterator[Element]:
    """Return the children with a tag, also inside content controls and insertions.

    Elements of inner tables are not included.
    """
    found: list[Element] = []
    for child in parent:
        name = child.tag
        if name == tag:
            found.append(child)
        elif name in TRANSPARENT:
            return _children_within(parent, tag)
    return iter(found)


def _children_within(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the children with a tag where some are inside content controls or insertions.

    An explicit stack is used, because with nested generators each child at a depth of 200 would take 200 steps.
    """
    stack: list[Iterator[Element]] = [iter(parent)]
    while stack:
        for child in stack[-1]:
            if child.tag == tag:
                yield child
            elif child.tag in TRANSPARENT:
                stack.append(_content(child))
                break
        else:
            stack.pop()


def chosen_version(alternate: Element) -> Element | None:
    """Return the version of an ``AlternateContent`` that Word shows, None where it has none.

    It is the first ``Choice`` whose namespaces Word knows, else the ``Fallback``, else any.
    """
    other: Element | None = None
    for version in alternate:
        if version.tag == CHOICE:
            if _KNOWN_PREFIXES.issuperset(version.get("Requires", "").split()):
                return version
            other = version if other is None else other
        elif version.tag == FALLBACK:
            return version
    return other


def _content(element: Element) -> Iterator[Element]:
    """Return the children of a transparent element that Word shows."""
    if element.tag != ALTERNATE:
        return iter(element)
    version = chosen_version(element)
    return iter(()) if version is None else iter(version)


def remove_unchosen_versions(root: Element) -> None:
    """Remove the versions of all ``AlternateContent`` that Word does not show.

    A text box is otherwise found twice in a tree.
    """
    for alternate in list(root.iter(ALTERNATE)):
        chosen = chosen_version(alternate)
        for version in list(alternate):
            if version is not chosen:
                alternate.remove(version)


def text_of(paragraph: Element) -> str:
    """Return the text of a paragraph as Word shows it; soft breaks become line ends."""
    return "".join(text_parts(paragraph))


def text_parts(paragraph: Element) -> list[str]:
    """Return the text of a paragraph in parts, one for each element of text."""
    parts: list[str] = []
    for run in children(paragraph, R):
        _append_text(run, parts)
    return parts


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
            parts.append(plain_text(item))
        elif tag in CHARACTERS:
            parts.append(CHARACTERS[tag])
        elif tag == RUBY:
            parts.extend(text_of(base) for base in item.iterchildren(RUBY_BASE))
        elif tag == ALTERNATE:
            version = chosen_version(item)
            _append_text(version, parts) if version is not None else None
        elif tag in TRANSPARENT:
            _append_text(item, parts)


def plain_text(item: Element) -> str:
    """Return the text of a text element, without comments and processing instructions inside it."""
    if not len(item):
        return item.text or ""
    return (item.text or "") + "".join(child.tail or "" for child in item)


def cell_text(cell: Element) -> str:
    """Return the text of a cell, one paragraph on each line."""
    return "\n".join(text_of(paragraph) for paragraph in children(cell, P))


def own_text(cell: Element) -> str:
    """Return the text of a cell without the prompts of empty content controls (单击此处输入文字)."""
    prompt_cache: dict[Element, bool] = {}
    return "\n".join(own_line(paragraph, prompt_cache) for paragraph in children(cell, P))


def own_line(paragraph: Element, prompt_cache: dict[Element, bool] | None = None) -> str:
    """Return the text of a paragraph without the prompts of empty content controls.

    Args:
        paragraph: the paragraph.
        prompt_cache: element → whether it is in a control that shows its prompt; for several paragraphs of one cell.
    """
    cache = {} if prompt_cache is None else prompt_cache
    return "".join(run_text(run) for run in children(paragraph, R) if not in_prompt(parent_of(run), cache))


def in_prompt(element: Element, prompt_cache: dict[Element, bool]) -> bool:
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


def is_on(element: Element | None) -> bool:
    """Check whether a property that can be on or off is there and on."""
    return element is not None and element.get(f"{W}val") not in _OFF


def mark_is_deleted(paragraph: Element) -> bool:
    """Check whether the mark of a paragraph is deleted or moved away by a tracked change.

    Its text is then joined to that of the next paragraph.
    """
    mark = paragraph.find(f"{PPR}/{RPR}")
    return mark is not None and any(item.tag in _DELETED_MARK for item in mark)


def property_of(element: Element, properties: str, name: str) -> Element | None:
    """Return a property of an element by the tag of its properties: ``find`` with a path takes ten times as long."""
    for child in element.iterchildren(properties):
        for item in child.iterchildren(name):
            return item
    return None


def merged_upwards(cell: Element) -> bool:
    """Check whether a cell is merged into the one above; Word does not show its text."""
    merge = property_of(cell, TCPR, _MERGE)
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table without those deleted by a tracked change."""
    for row in children(table, TR):
        if property_of(row, TRPR, DELETED) is None:
            yield row


def cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Yield the cells of a row, each with its first grid column and the one after its last."""
    column = _number(property_of(row, TRPR, _GRID_BEFORE), 0)
    for cell in children(row, TC):
        span = _number(property_of(cell, TCPR, _GRID_SPAN), 1)
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


def value_of(element: Element | None) -> str:
    """Return the value of a property (``w:val``), empty where it has none or is not there."""
    return "" if element is None else element.get(f"{W}val", "")


def styles_after_their_base(root: Element) -> Iterator[tuple[str, str, Element]]:
    """Yield the id of each style, the id of the style it is based on, and the style.

    A style comes after the one it is based on, unless they are based on each other.
    """
    styles = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
    bases = {name: value_of(style.find(f"{W}basedOn")) for name, style in styles.items()}
    done: set[str] = set()
    for name in styles:
        chain: dict[str, None] = {}
        current = name
        while current in styles and current not in done and current not in chain:
            chain[current] = None
            current = bases[current]
        for ancestor in reversed(chain):
            done.add(ancestor)
            yield ancestor, bases[ancestor], styles[ancestor]
