"""Read the cell styles of a workbook: their number formats, and which of them are struck, raised or lowered."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.xlsx.values import CODE_LIMIT
from zhijiao20.formats.xlsx.xml import TAG, WorkbookBudget, elements, is_marked, too_complex

_WORDED = lazy_regex(rb"formatCode=[\"'](?!@[\"'])[^\"']{0,1024}@")
_FONTS = (f"{TAG}fonts", f"{TAG}cellStyleXfs", f"{TAG}cellXfs")
_FORMATS = (f"{TAG}numFmts", f"{TAG}cellXfs")  # a numFmt elsewhere is that of a table or a conditional format
_STYLES_LIMIT, _CODES_LIMIT = 65_536, 16_384  # Excel's own limits are lower


def may_be_special(styles: bytes) -> bool:
    """Whether a style may show more than its text: a cheap search, as few workbooks have one."""
    marked = b"strike" in styles or b"vertAlign" in styles or b"\0" in styles[:4]
    return marked or (b"@" in styles and _WORDED.search(styles) is not None)


def struck_styles(styles: bytes, budget: WorkbookBudget) -> set[int]:
    """Return the cell styles whose font, or that of their named style, is struck, raised or lowered."""
    fonts: set[str] = set()
    parents: list[bool] = []
    struck: set[int] = set()
    for part in elements(styles, budget, *_FONTS):
        if part.tag == _FONTS[0]:
            fonts = {str(index) for index, font in enumerate(part) if is_marked(font)}
            continue
        own = [style.get("fontId") in fonts for style in part]
        if part.tag == _FONTS[1]:
            parents = own
            continue
        for index, style in enumerate(part):
            number = style.get("xfId", "")
            parent = number.isdecimal() and len(number) < 6 and int(number) < len(parents) and parents[int(number)]
            inherits = "fontId" not in style.attrib or style.get("applyFont") in {"0", "false"}
            if own[index] or (inherits and parent):
                struck.add(index)
    return struck


def number_formats(styles: bytes, budget: WorkbookBudget) -> list[str | int]:
    """Read the number format of every cell style: a format code or a built-in format number.

    Raises:
        FormatError: the part is damaged, or has more styles than any workbook.
    """
    codes: dict[str, str] = {}
    style_formats: list[str] = []
    for element in elements(styles, budget, *_FORMATS) if styles else ():
        if element.tag == _FORMATS[0]:
            for one in element:
                codes[one.get("numFmtId", "")[:8]] = one.get("formatCode", "")[: CODE_LIMIT + 1]
        else:
            style_formats += [style.get("numFmtId", "0")[:8] for style in element.iter(f"{TAG}xf")]
        if len(codes) > _CODES_LIMIT or len(style_formats) > _STYLES_LIMIT:
            raise too_complex()
    return [
        codes.get(number) or (int(number) if number.isdecimal() and len(number) < 5 else 0) for number in style_formats
    ]
