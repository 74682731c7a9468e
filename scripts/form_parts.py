"""What any form of ours is made of: elements, fonts, settings and the package, with nothing about its typesetting."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312"
TITLE_SONG, LATIN = "方正小标宋简体", "Times New Roman"
# name, other names by which a machine may know it, panose, charset, family, pitch
FONTS = (
    (LATIN, "", "02020603050405020304", "00", "roman", "variable"),
    (SONG, "SimSun", "02010600030101010101", "86", "auto", "variable"),
    (HEI, "SimHei", "02010609060101010101", "86", "modern", "fixed"),
    (KAI, "楷体,KaiTi", "02010609030101010101", "86", "modern", "fixed"),
    (FANG, "仿宋,FangSong", "02010609030101010101", "86", "modern", "fixed"),
    (TITLE_SONG, "小标宋,宋体", "02010601030101010101", "86", "auto", "variable"),
)

OPENXML = "http://schemas.openxmlformats.org"
MAIN = f'xmlns:w="{OPENXML}/wordprocessingml/2006/main"'
OFFICE = f"{OPENXML}/officeDocument/2006"
PACKAGE = f"{OPENXML}/package/2006"
VENDOR = "application/vnd.openxmlformats"
WORD = f"{VENDOR}-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(tag: str, *children: str, **attributes: str | int) -> str:
    """An element of the WordprocessingML namespace: children are XML, attributes plain values."""
    start = "".join([f"w:{tag}", *(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())])
    inner = "".join(children)
    return f"<{start}>{inner}</w:{tag}>" if inner else f"<{start}/>"


def fonts(east_asian: str, latin: str = LATIN) -> str:
    """The four faces of a run; the hint gives “ ” — … to the East-Asian one."""
    return w("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=east_asian, cs=LATIN)


def size(points: int) -> str:
    """The size of a run, which the format counts in half points."""
    return w("sz", val=points * 2) + w("szCs", val=points * 2)


def exactly(line: int, after: int = 0) -> str:
    """A fixed line pitch."""
    return w("spacing", before=0, after=after, line=line, lineRule="exact")


def style(ident: str, name: str, base: str = "", ppr: str = "", rpr: str = "", **more: str) -> str:
    """One style, its children in the order of the schema.

    Without a base it is the default of its kind; a Chinese name marks it as one of our own. `more` may hold
    kind, next, link, flags and rest (what follows the run properties).
    """
    attributes = {} if base else {"default": "1"}
    attributes |= {} if name.isascii() else {"customStyle": "1"}
    parts = [w("name", val=name)]
    for tag, value in (("basedOn", base), ("next", more.get("next")), ("link", more.get("link"))):
        parts.append(w(tag, val=value) if value else "")
    parts.append(more.get("flags", w("qFormat")))
    parts.append(w("pPr", ppr) if ppr else "")
    parts.append(w("rPr", rpr) if rpr else "")
    return w("style", *parts, more.get("rest", ""), type=more.get("kind", "paragraph"), **attributes, styleId=ident)


def paragraph(ident: str, *runs: str) -> str:
    """A paragraph in a named style."""
    return w("p", w("pPr", w("pStyle", val=ident)), *runs)


def plain(text: str) -> str:
    """A run of text, marked as East-Asian as Word marks what is typed in Chinese."""
    return w("r", w("rPr", w("rFonts", hint="eastAsia")), w("t", escape(text)))


def settings() -> str:
    """word/settings.xml: what Word itself sets for a Chinese document, without its revision marks."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1}
    compat = w("balanceSingleByteDoubleByteWidth") + w("doNotExpandShiftReturn")
    compat += "".join(w("compatSetting", name=name, uri=uri, val=value) for name, value in modes.items())
    inner = w("zoom", percent=100) + w("defaultTabStop", val=420) + w("evenAndOddHeaders")
    inner += w("characterSpacingControl", val="compressPunctuation") + w("compat", compat)
    inner += w("themeFontLang", val="en-US", eastAsia="zh-CN")
    inner += w("decimalSymbol", val=".") + w("listSeparator", val=",")
    return f"<w:settings {MAIN}>{inner}</w:settings>"


def font_table() -> str:
    """word/fontTable.xml, with the names to fall back on."""
    entries = []
    for name, others, panose, charset, family, pitch in FONTS:
        parts = [w("altName", val=others)] if others else []
        parts += [w("panose1", val=panose), w("charset", val=charset), w("family", val=family)]
        entries.append(w("font", *parts, w("pitch", val=pitch), name=name))
    return f"<w:fonts {MAIN}>{''.join(entries)}</w:fonts>"


def relationships(pairs: Sequence[tuple[str, str]]) -> str:
    """A relationships part: type and target of each, numbered from rId1."""
    entry = '<Relationship Id="rId{}" Type="{}" Target="{}"/>'
    entries = "".join(entry.format(number, *pair) for number, pair in enumerate(pairs, start=1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def properties(title: str) -> Iterator[tuple[str, str, str]]:
    """Name, content type and text of the two property parts: the title, an empty author, no tool, no date."""
    vocabulary = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    core = f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator><dc:language>zh-CN</dc:language>"
    core = f"<cp:coreProperties {vocabulary}>{core}</cp:coreProperties>"
    yield "docProps/core.xml", f"{VENDOR}-package.core-properties+xml", core
    kind, start = f"{VENDOR}-officedocument.extended-properties+xml", f'xmlns="{OFFICE}/extended-properties"'
    yield "docProps/app.xml", kind, f"<Properties {start}><Company></Company></Properties>"


def archive(parts: Iterable[tuple[str, str]]) -> bytes:
    """The parts as the bytes of a .docx file, the same at every run."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.compress_type = 0, zipfile.ZIP_DEFLATED
            package.writestr(info, (DECLARATION + text).encode("utf-8"), compresslevel=9)
    return target.getvalue()
