"""Read the parts of a workbook as programs usually write them: by their wording, in a third of the time of a tree.

Rows and shared strings are all that is long in a workbook, and Excel, WPS, LibreOffice and XlsxWriter write them alike.
Here they are matched character by character, so that nothing is taken that a parser would refuse, and what is around
them is parsed.  Whatever is written otherwise is left to the parser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.xlsx.xml import CHUNK, TAG, WorkbookBudget, elements

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

_DECLARATION = lazy_regex(
    rb"""<\?xml version=["']1\.0["'](?: encoding=["'](?:UTF|utf)-8["'])?(?: standalone=["'](?:yes|no)["'])?[ ]?\?>"""
)
_SHEET_DATA, _ITEM = f"{TAG}sheetData", f"{TAG}si"
_VALUE = '"[0-9A-Za-z.: -]*+"'
_ATTRIBUTES = ("customHeight", "outlineLevel", "collapsed", "thickTop", "thickBot", "x14ac:dyDescent")
_CELL = r'<c r="[A-Z]\1"(?: s="[0-9]++")?(?: t="s"><v>[0-9]++</v></c>|/>)'
_ROW = lazy_regex(
    r'<row r="([1-9][0-9]{0,6})"'
    + "".join([f"(?: {name}={_VALUE})?" for name in ("spans", "s", "customFormat")])
    + f"(?: ht=({_VALUE}))?(?: hidden=({_VALUE}))?"
    + "".join([f"(?: {name}={_VALUE})?" for name in _ATTRIBUTES])
    + f"(?:/>|>((?:{_CELL})*+)</row>)"
)
_FILLED = lazy_regex('"([A-Z])[0-9]++"(?: s="[0-9]++")? t="s"><v>([0-9]++)<')
_STRING = lazy_regex('<si><t((?: xml:space="preserve")?)>([^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+)</t></si>')
_AROUND_STRING = len("<si><t></t></si>")


class UsualRow(NamedTuple):
    """A row: its number, height and whether it is hidden, as they are written, and the texts by column."""

    number: int
    height: str | None
    hidden: str | None
    cells: dict[int, str]


class UsualSheet(NamedTuple):
    """The rows of a sheet, and the wanted elements around them."""

    rows: list[UsualRow]
    around: list[ET.Element]


def usual_sheet(
    data: bytes, budget: WorkbookBudget, plain: Mapping[str, str], columns: Mapping[str, int], *names: str
) -> UsualSheet | None:
    """Return the rows of a sheet, and the elements with these names around them; None if it is written otherwise.

    Args:
        data: the part.
        budget: the limits of the workbook.
        plain: the shared strings by the text of their index.
        columns: the number of each column by its letter.
        names: the names of the elements.

    Raises:
        FormatError: what is around the rows is not well-formed.
    """
    begin = data.find(b"<sheetData>") + len(b"<sheetData>")
    end = data.rfind(b"</sheetData>")
    text = _between(data, begin, end)
    if text is None or ("x14ac:" in text and b" xmlns:x14ac=" not in data[:begin]):
        return None
    rows: list[UsualRow] = []
    at = 0
    while (row := _ROW.match(text, at)) is not None:
        number, height, hidden, content = row.groups()
        found = _FILLED.findall(content or "")
        try:
            cells = {columns[letter]: plain[index] for letter, index in found}
        except KeyError:
            return None
        if len(cells) < len(found):
            return None
        if "" in cells.values():
            cells = {column: shown for column, shown in cells.items() if shown}
        rows.append(UsualRow(int(number), height and height[1:-1], hidden and hidden[1:-1], cells))
        at = row.end()
    around = list(_around(data, begin, end, b"", budget, _SHEET_DATA, *names)) if at == len(text) else []
    sheets = [element for element in around if element.tag == _SHEET_DATA]
    if len(sheets) != 1 or any(map(len, around)):
        return None
    return UsualSheet(rows, [element for element in around if element.tag != _SHEET_DATA])


def usual_strings(data: bytes, budget: WorkbookBudget) -> list[str] | None:
    """Return the shared strings of a workbook; None if a part of one has marks, or it is written otherwise.

    Raises:
        FormatError: what is around the strings is not well-formed.
    """
    begin, end = data.find(b"<si>"), data.rfind(b"</si>") + len(b"</si>")
    text = _between(data, begin, end)
    found = _STRING.findall(text) if text else []
    if not found or sum([len(space) + len(string) for space, string in found]) + _AROUND_STRING * len(found) != len(
        text or ""
    ):
        return None
    around = list(_around(data, begin, end, b"<si/>", budget, _ITEM))
    return [string for _, string in found] if len(around) == 1 and not len(around[0]) else None


def _between(data: bytes, begin: int, end: int) -> str | None:
    """Return what stands between two places of a part; None if only a parser can tell what it is."""
    declaration = _DECLARATION.match(data)
    after = declaration.end() if declaration else 0
    if not 0 < begin <= end or len(data) > CHUNK:
        return None
    # One byte is found much faster than two.
    if (b"!" in data and b"<!" in data) or (data.find(b"?", after) >= 0 and data.find(b"<?", after) >= 0):
        return None
    try:
        return data[begin:end].decode("utf-8")
    except UnicodeDecodeError:
        return None


def _around(
    data: bytes, begin: int, end: int, stand_in: bytes, budget: WorkbookBudget, *names: str
) -> list[ET.Element]:
    """Return the elements of a part with these names, outside of what stands between two places."""
    shorter = data[:begin] + stand_in + data[end:]
    budget.uncounted -= len(data) - len(shorter)
    return list(elements(shorter, budget, *names))
