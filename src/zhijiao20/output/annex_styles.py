"""The paragraph styles of an annex: headings, the table of contents and texts, in the typesetting of the form."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from zhijiao20.formats.docx.ooxml import W

TEXT, CONTENTS_TITLE = "AnnexText", "ContentsTitle"
HEADINGS = ("Heading1", "Heading2", "Heading3")
CONTENTS = ("TOC1", "TOC2", "TOC3")

_HEI, _KAI, _FANG, _LATIN = "黑体", "楷体_GB2312", "仿宋_GB2312", "Times New Roman"


class _Size(NamedTuple):
    """A size of text in half points, and its pitch from line to line in twips."""

    half_points: int
    pitch: int


_BIG, _SMALL, _SMALLEST = _Size(32, 579), _Size(24, 420), _Size(21, 330)
_STEP = 240  # twips that each level of the table of contents is indented more
_LOOSE = '<w:snapToGrid w:val="0"/>'  # a pitch of its own, not that of the lines of the page


def add_styles(styles: etree._Element, width: int) -> None:
    """Add the styles to those of the form.

    Args:
        styles: the root of its styles.
        width: the width of the type area in twips; page numbers stand at its right side.
    """
    for level, (face, size) in enumerate(((_HEI, _BIG), (_KAI, _BIG), (_HEI, _SMALL))):
        spacing = _spacing(size, before=240) if size is _BIG else f"{_LOOSE}{_spacing(size, before=120)}"
        place = f'{_indent(size)}<w:jc w:val="left"/><w:outlineLvl w:val="{level}"/>'
        shape = f"<w:keepNext/>{spacing}{place}"
        styles.append(_style(HEADINGS[level], f"heading {level + 1}", shape, face, size, following=TEXT))
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>{_LOOSE}'
    for level, (face, size) in enumerate(((_HEI, _SMALL), (_KAI, _SMALL), (_FANG, _SMALLEST))):
        shape = f'{tabs}{_spacing(size)}<w:ind w:left="{level * _STEP}"/><w:jc w:val="left"/>'
        styles.append(_style(CONTENTS[level], f"toc {level + 1}", shape, face, size, following="Normal"))
    shape = f'<w:keepNext/>{_spacing(_BIG, before=240, after=120)}<w:jc w:val="center"/>'
    styles.append(_style(CONTENTS_TITLE, "目录标题", shape, _HEI, _BIG, following="Normal"))
    shape = f'{_LOOSE}{_spacing(_SMALL)}{_indent(_SMALL)}<w:jc w:val="left"/>'
    styles.append(_style(TEXT, "附件文字", shape, _FANG, _SMALL, following=TEXT))


def _spacing(size: _Size, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{size.pitch}" w:lineRule="exact"/>'


def _indent(size: _Size) -> str:
    """Return the indent of a first line by two characters."""
    return f'<w:ind w:firstLine="{size.half_points * 20}"/>'


def _style(ident: str, name: str, shape: str, face: str, size: _Size, following: str) -> etree._Element:
    """Return a paragraph style."""
    custom = "" if name.isascii() else ' w:customStyle="1"'
    fonts = f'w:hint="eastAsia" w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{face}" w:cs="{_LATIN}"'
    xml = (
        f'<w:style xmlns:w="{W[1:-1]}" w:type="paragraph"{custom} w:styleId="{ident}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="{following}"/><w:qFormat/>'
        f"<w:pPr>{shape}</w:pPr>"
        f'<w:rPr><w:rFonts {fonts}/><w:sz w:val="{size.half_points}"/><w:szCs w:val="{size.half_points}"/></w:rPr>'
        "</w:style>"
    )
    return etree.fromstring(xml)
