"""What is valid in the .docx files we write, by ECMA-376 Part 1 and 4 (WordprocessingML, transitional) and Part 2 (OPC).

The schemas of the standard are on no package index, so this states the part of them that covers what we write: every
element with its attributes and its children in their order. Anything else counts as a violation, be it in the standard
or not: who lets the program write a new element adds its line here, from the standard. Nothing that the standard
forbids is allowed here. Sometimes less is allowed than there: the children of w:rPr stand in the order in which Word
writes them, no child of w:trPr comes twice, and lengths are plain numbers.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from lxml import etree

_OPENXML = "http://schemas.openxmlformats.org"
_OFFICE = f"{_OPENXML}/officeDocument/2006"
_PACKAGE = f"{_OPENXML}/package/2006"
_PREFIXES = {
    f"{_OPENXML}/wordprocessingml/2006/main": "w:",
    f"{_OFFICE}/relationships": "r:",
    f"{_OFFICE}/extended-properties": "ep:",
    f"{_PACKAGE}/metadata/core-properties": "cp:",
    f"{_PACKAGE}/content-types": "ct:",
    f"{_PACKAGE}/relationships": "rel:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}

# A line of a table: elements | attributes | children.
#   Elements: a name, or parent/name where the same name means something else elsewhere.
#   Attributes: name=type, with name?=type for an optional one; a type is one of _TYPES or all values, as yes/no.
#   Children, in their order: a; a? (may be missing); a,b* (any number of either); a,b+ (at least one); a&b (any order,
#   none twice); #text for character data. Names without a prefix are of the table's own namespace.
_WORD = """
document                   |                                                          | body
hdr ftr                    |                                                          | p,tbl+
comments                   |                                                          | comment*
comment                    | id=number author=string initials?=string                 | p,tbl*
body                       |                                                          | p,tbl* sectPr?
commentRangeStart          | id=number                                                |
commentRangeEnd            | id=number                                                |
commentReference           | id=number                                                |
annotationRef tab          |                                                          |

p                          |                                                          | pPr? r,commentRangeStart,commentRangeEnd*
pPr                        |                                                          | pStyle? keepNext? widowControl? snapToGrid? spacing? ind? jc?
pStyle rStyle tblStyle     | val=string                                               |
keepNext widowControl      | val?=onoff                                               |
snapToGrid                 | val?=onoff                                               |
spacing                    | before?=unsigned after?=unsigned line?=number lineRule?=auto/exact/atLeast |
ind                        | left?=number right?=number firstLine?=unsigned           |
jc                         | val=left/center/right/both/distribute                    |

r                          |                                                          | rPr? t,tab,fldChar,instrText,annotationRef,commentReference*
rPr                        |                                                          | rStyle? rFonts? sz? szCs? lang?
rFonts                     | hint?=default/eastAsia/cs ascii?=string hAnsi?=string eastAsia?=string cs?=string |
sz szCs                    | val=unsigned                                             |
lang themeFontLang         | val?=string eastAsia?=string bidi?=string                |
t instrText                | xml:space?=default/preserve                              | #text
fldChar                    | fldCharType=begin/separate/end                           |

tbl                        |                                                          | tblPr tblGrid tr*
tblPr                      |                                                          | tblStyle? tblpPr? tblW? tblBorders? tblLayout? tblCellMar? tblLook?
tblpPr                     | leftFromText?=unsigned rightFromText?=unsigned vertAnchor?=text/margin/page horzAnchor?=text/margin/page tblpX?=number tblpY?=number |
tblW tcW                   | w?=number type?=nil/pct/dxa/auto                         |
tblLayout                  | type?=fixed/autofit                                      |
tblLook                    | val?=hex4                                                |
tblBorders                 |                                                          | top? left? bottom? right? insideH? insideV?
tblCellMar                 |                                                          | top? left? bottom? right?
tblBorders/top tblBorders/left tblBorders/bottom | val=nil/none/single sz?=unsigned space?=unsigned color?=color |
tblBorders/right insideH insideV                 | val=nil/none/single sz?=unsigned space?=unsigned color?=color |
tblCellMar/top tblCellMar/left                   | w?=number type?=nil/pct/dxa/auto   |
tblCellMar/bottom tblCellMar/right               | w?=number type?=nil/pct/dxa/auto   |
tblGrid                    |                                                          | gridCol*
gridCol                    | w?=unsigned                                              |
tr                         |                                                          | trPr? tc*
trPr                       |                                                          | cantSplit&trHeight&tblHeader
cantSplit tblHeader        | val?=onoff                                               |
trHeight                   | val?=unsigned hRule?=auto/exact/atLeast                  |
tc                         |                                                          | tcPr? p+
tcPr                       |                                                          | tcW? gridSpan? vMerge? textDirection? vAlign?
gridSpan                   | val=number                                               |
vMerge                     | val?=restart/continue                                    |
textDirection              | val=lrTb/tbRl/btLr                                       |
vAlign                     | val=top/center/both/bottom                               |

sectPr                     |                                                          | headerReference,footerReference* pgSz? pgMar? cols? docGrid?
headerReference footerReference | type=even/default/first r:id=string                 |
pgSz                       | w?=unsigned h?=unsigned orient?=portrait/landscape       |
pgMar                      | top=number right=unsigned bottom=number left=unsigned header=unsigned footer=unsigned gutter=unsigned |
cols                       | space?=unsigned num?=number                              |
docGrid                    | type?=default/lines/linesAndChars/snapToChars linePitch?=number charSpace?=number |

styles                     |                                                          | docDefaults? style*
docDefaults                |                                                          | rPrDefault? pPrDefault?
rPrDefault                 |                                                          | rPr?
pPrDefault                 |                                                          | pPr?
style                      | type?=paragraph/character/table/numbering styleId?=string default?=onoff customStyle?=onoff | name? basedOn? next? link? uiPriority? semiHidden? unhideWhenUsed? qFormat? pPr? rPr? tblPr?
name basedOn next link     | val=string                                               |
uiPriority                 | val=number                                               |
semiHidden unhideWhenUsed  | val?=onoff                                               |
qFormat                    | val?=onoff                                               |

settings                   |                                                          | zoom? defaultTabStop? evenAndOddHeaders? characterSpacingControl? compat? themeFontLang? decimalSymbol? listSeparator?
zoom                       | val?=none/fullPage/bestFit/textFit percent=number        |
defaultTabStop             | val=unsigned                                             |
evenAndOddHeaders          | val?=onoff                                               |
characterSpacingControl    | val=doNotCompress/compressPunctuation/compressPunctuationAndJapaneseKana |
compat                     |                                                          | balanceSingleByteDoubleByteWidth? doNotExpandShiftReturn? compatSetting*
balanceSingleByteDoubleByteWidth doNotExpandShiftReturn | val?=onoff                  |
compatSetting              | name?=string uri?=string val?=string                     |
decimalSymbol listSeparator | val=string                                              |

fonts                      |                                                          | font*
font                       | name=string                                              | altName? panose1? charset? family? pitch?
altName                    | val=string                                               |
panose1                    | val=hex20                                                |
charset                    | val?=hex2                                                |
family                     | val=decorative/modern/roman/script/swiss/auto            |
pitch                      | val=fixed/variable/default                               |
"""
_PROPERTIES = """
cp:coreProperties          |                                                          | dc:title&dc:creator&dc:language
dc:title dc:creator        | xml:lang?=string                                         | #text
dc:language                | xml:lang?=string                                         | #text
ep:Properties              |                                                          | ep:Company?
ep:Company                 |                                                          | #text
"""
_PACKAGING = """
ct:Types                   |                                                          | ct:Default,ct:Override*
ct:Default                 | Extension=word ContentType=mime                          |
ct:Override                | PartName=path ContentType=mime                           |
rel:Relationships          |                                                          | rel:Relationship*
rel:Relationship           | Id=id Type=uri Target=uri TargetMode?=Internal/External  |
"""
_TYPES = {
    "color": r"auto|[0-9A-Fa-f]{6}",
    "hex2": r"[0-9A-Fa-f]{2}",
    "hex4": r"[0-9A-Fa-f]{4}",
    "hex20": r"[0-9A-Fa-f]{20}",
    "id": r"[^\W\d][\w.-]*",
    "mime": r"[\w.+-]+/[\w.+-]+",
    "number": r"-?\d+",
    "onoff": r"true|false|0|1|on|off",
    "path": r"(/[^/\s]+)+",
    "string": r"[\s\S]*",
    "unsigned": r"\d+",
    "uri": r"[^\s%]+",
    "word": r"\w+",
}

_TYPES_PART, _TOP = "[Content_Types].xml", "_rels/.rels"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_KIND = "application/vnd.openxmlformats-officedocument."
# content type → the root element of such a part, the type of the relationship that leads to it
_PARTS = {
    f"{_KIND}wordprocessingml.document.main+xml": ("w:document", f"{_OFFICE}/relationships/officeDocument"),
    f"{_KIND}wordprocessingml.styles+xml": ("w:styles", f"{_OFFICE}/relationships/styles"),
    f"{_KIND}wordprocessingml.settings+xml": ("w:settings", f"{_OFFICE}/relationships/settings"),
    f"{_KIND}wordprocessingml.fontTable+xml": ("w:fonts", f"{_OFFICE}/relationships/fontTable"),
    f"{_KIND}wordprocessingml.header+xml": ("w:hdr", f"{_OFFICE}/relationships/header"),
    f"{_KIND}wordprocessingml.footer+xml": ("w:ftr", f"{_OFFICE}/relationships/footer"),
    f"{_KIND}wordprocessingml.comments+xml": ("w:comments", f"{_OFFICE}/relationships/comments"),
    f"{_KIND}extended-properties+xml": ("ep:Properties", f"{_OFFICE}/relationships/extended-properties"),
    "application/vnd.openxmlformats-package.core-properties+xml": (
        "cp:coreProperties",
        f"{_PACKAGE}/relationships/metadata/core-properties",
    ),
}


@dataclass(frozen=True)
class _Step:
    """A place in the sequence of children: which may stand there, and how often (one of ``1?*+&``)."""

    names: tuple[str, ...]
    often: str


@dataclass(frozen=True)
class _Declaration:
    """An element: attribute → whether it is required and its type, the sequence of children, whether it holds text."""

    attributes: Mapping[str, tuple[bool, str]]
    steps: Sequence[_Step]
    text: bool


def violations(data: bytes) -> list[str]:
    """All that is wrong with a .docx file, each as ``part: where: what``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = {
            info.filename: etree.fromstring(archive.read(info))
            for info in archive.infolist()
            if info.filename.endswith((".xml", ".rels"))
        }
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    if missing := {_TYPES_PART, _TOP}.difference(names):
        return [f"{name}: is missing" for name in sorted(missing)]
    kinds = _content_types(roots[_TYPES_PART], names)
    return [
        *chain.from_iterable(_wrong_part(name, roots.get(name), kinds.get(name)) for name in names),
        *_wrong_types(roots[_TYPES_PART], names),
        *_wrong_links(roots, names, kinds),
    ]


def part_violations(root: etree._Element) -> Iterator[str]:
    """What is wrong with one part, each as ``where: what``."""
    yield from _wrong_element(root, _declaration("", _short(root.tag)))


def _wrong_part(name: str, root: etree._Element | None, kind: str | None) -> Iterator[str]:
    """What is wrong inside a part; what is no XML or of a kind we never write is wrong as a whole."""
    if name == _TYPES_PART:
        expected = "ct:Types"
    elif kind == _RELATIONSHIPS_TYPE:
        expected = "rel:Relationships"
    else:
        expected = _PARTS.get(kind or "", ("", ""))[0]
    if root is None or not expected:
        yield f"{name}: content type {kind} is not one we write"
    elif _short(root.tag) != expected:
        yield f"{name}: root is {_short(root.tag)}, not {expected}"
    else:
        yield from (f"{name}: {problem}" for problem in part_violations(root))


def _wrong_element(element: etree._Element, declaration: _Declaration) -> Iterator[str]:
    where = element.getroottree().getpath(element)
    name = _short(element.tag)
    yield from (f"{where}: {name} {problem}" for problem in _wrong_attributes(element, declaration))
    children = list(element.iterchildren("*"))
    pieces = [element.text, *(child.tail for child in element)]
    if not declaration.text and any(piece and piece.strip() for piece in pieces):
        yield f"{where}: {name} holds text"
    if problem := _wrong_sequence([_short(child.tag) for child in children], declaration.steps):
        yield f"{where}: {name} {problem}"
    allowed = {allowed for step in declaration.steps for allowed in step.names}
    for child in children:
        if (child_name := _short(child.tag)) in allowed:
            yield from _wrong_element(child, _declaration(name, child_name))


def _wrong_attributes(element: etree._Element, declaration: _Declaration) -> Iterator[str]:
    given = {_short(name): value for name, value in element.attrib.items()}
    for name, (required, kind) in declaration.attributes.items():
        if name in given:
            if not re.fullmatch(_TYPES.get(kind, kind.replace("/", "|")), given[name], re.ASCII):
                yield f"has {name}={given[name]!r}, which is no {kind}"
        elif required:
            yield f"has no {name}"
    for name in sorted(given.keys() - declaration.attributes.keys()):
        yield f"has {name}, which is not allowed"


def _wrong_sequence(children: Sequence[str], steps: Sequence[_Step]) -> str:
    """What is wrong with the first child that should not stand where it stands, or is missing."""
    position = 0
    for step in steps:
        start = position
        while position < len(children) and children[position] in step.names:
            if step.often == "&" and children[position] in children[start:position]:
                break
            position += 1
            if step.often in "1?":
                break
        if position == start and step.often in "1+":
            follows = f" before {children[position]}" if position < len(children) else ""
            return f"misses {' or '.join(step.names)}{follows}"
    if position == len(children):
        return ""
    child = children[position]
    if any(child in step.names for step in steps):
        return f"has {child} out of order or once too often"
    return f"has {child}, which is not allowed"


def _short(name: str) -> str:
    """A name with the prefix that the tables use, or with its whole namespace."""
    parsed = etree.QName(name)
    if parsed.namespace is None:
        return parsed.localname
    prefix = _PREFIXES.get(parsed.namespace)
    return name if prefix is None else prefix + parsed.localname


def _declaration(parent: str, name: str) -> _Declaration:
    """The declaration of an element in its parent."""
    tables = _declarations()
    return tables.get(f"{parent}/{name}") or tables[name]


@cache
def _declarations() -> dict[str, _Declaration]:
    found: dict[str, _Declaration] = {}
    for table, prefix in ((_WORD, "w:"), (_PROPERTIES, ""), (_PACKAGING, "")):
        for line in filter(None, table.splitlines()):
            names, attributes, children = (field.split() for field in line.split("|"))
            steps = tuple(_step(step, prefix) for step in children if step != "#text")
            pairs = (attribute.split("=") for attribute in attributes)
            declared = {_full(name.rstrip("?"), prefix): (not name.endswith("?"), kind) for name, kind in pairs}
            for name in names:
                key = "/".join(_full(piece, prefix) for piece in name.split("/"))
                assert key not in found, f"{key} is declared twice"
                found[key] = _Declaration(declared, steps, "#text" in children)
    return found


def _step(notation: str, prefix: str) -> _Step:
    often = "&" if "&" in notation else notation[-1] if notation[-1] in "?*+" else "1"
    return _Step(tuple(_full(name, prefix) for name in re.split("[,&]", notation.rstrip("?*+"))), often)


def _full(name: str, prefix: str) -> str:
    return name if ":" in name else prefix + name


def _content_types(types: etree._Element, names: Sequence[str]) -> dict[str, str]:
    """The content type of each part that has one."""
    by_extension = {item.get("Extension", "").lower(): item.get("ContentType", "") for item in types.iter("{*}Default")}
    by_name = {item.get("PartName", "")[1:]: item.get("ContentType", "") for item in types.iter("{*}Override")}
    defaults = {name: by_extension.get(name.rpartition(".")[2].lower(), "") for name in names}
    return {name: kind for name, kind in (defaults | by_name).items() if kind and name != _TYPES_PART}


def _wrong_types(types: etree._Element, names: Sequence[str]) -> Iterator[str]:
    overridden = [item.get("PartName", "") for item in types.iter("{*}Override")]
    extensions = [item.get("Extension", "").lower() for item in types.iter("{*}Default")]
    for entry in sorted({entry for entry in overridden + extensions if (overridden + extensions).count(entry) > 1}):
        yield f"{_TYPES_PART}: {entry} has two content types"
    for name in overridden:
        if name.removeprefix("/") not in names:
            yield f"{_TYPES_PART}: {name} does not exist"


def _wrong_links(roots: Mapping[str, etree._Element], names: Sequence[str], kinds: Mapping[str, str]) -> Iterator[str]:
    """Relationships that lead nowhere or to the wrong kind of part, references to none, parts that none leads to."""
    reached = {_TYPES_PART}
    types: dict[str, dict[str, str]] = {}  # part → id → type
    for name in (name for name in names if name.endswith(".rels")):
        reached.add(name)
        folder, file = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        if name != _TOP and source not in names:
            yield f"{name}: {source} does not exist"
        for item in roots[name].iterchildren("*"):
            ident, kind = item.get("Id", ""), item.get("Type", "")
            if ident in types.setdefault(source, {}):
                yield f"{name}: {ident} is given twice"
            types[source][ident] = kind
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), item.get("Target", "")))[1:]
                reached.add(target)
                yield from (f"{name}: {ident} {problem}" for problem in _wrong_target(target, kind, names, kinds))
    yield from (f"{name}: no relationship leads here" for name in names if name not in reached)
    for name, root in roots.items():
        yield from (f"{name}: {problem}" for problem in _wrong_references(root, types.get(name, {})))


def _wrong_target(target: str, kind: str, names: Sequence[str], kinds: Mapping[str, str]) -> Iterator[str]:
    if target not in names:
        yield f"leads to {target}, which does not exist"
    elif kind != (expected := _PARTS.get(kinds.get(target, ""), ("", kind))[1]):
        yield f"leads to {target} as {kind}, not as {expected}"


def _wrong_references(root: etree._Element, types: Mapping[str, str]) -> Iterator[str]:
    for element in root.iter("*"):
        name = _short(element.tag)
        for ident in (value for key, value in element.attrib.items() if _short(key).startswith("r:")):
            expected = f"{_OFFICE}/relationships/{name.removeprefix('w:').removesuffix('Reference')}"
            if ident not in types:
                yield f"{name} refers to {ident}, which does not exist"
            elif types[ident] != expected:
                yield f"{name} refers to {ident}, which is {types[ident]}, not {expected}"
