"""The part of ECMA-376 that covers what we write: elements, attributes, children, parts; see ``ooxml_schema``."""

OPENXML = "http://schemas.openxmlformats.org"
OFFICE = f"{OPENXML}/officeDocument/2006"
PACKAGE = f"{OPENXML}/package/2006"
PREFIXES = {
    f"{OPENXML}/wordprocessingml/2006/main": "w:",
    f"{OFFICE}/relationships": "r:",
    f"{OFFICE}/extended-properties": "ep:",
    f"{PACKAGE}/metadata/core-properties": "cp:",
    f"{PACKAGE}/content-types": "ct:",
    f"{PACKAGE}/relationships": "rel:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}

# A line of a table: elements | attributes | children.
#   Elements: a name, or parent/name where the same name means something else elsewhere.
#   Attributes: name=type, with name?=type for an optional one; a type is one of TYPES or all values, as yes/no.
#   Children, in their order: a; a? (may be missing); a,b* (any number of either); a,b+ (at least one); a&b (any order,
#   none twice); #text for character data. Names without a prefix are of the table's own namespace.
WORD = """
document                   |                                                          | body
hdr ftr                    |                                                          | p,tbl+
comments                   |                                                          | comment*
comment                    | id=number author=string initials?=string                 | p,tbl*
body                       |                                                          | p,tbl,sdt* sectPr?
sdt                        |                                                          | sdtPr? sdtContent?
sdtPr                      |                                                          | docPartObj?
docPartObj                 |                                                          | docPartGallery? docPartUnique?
docPartGallery             | val=string                                               |
docPartUnique              | val?=onoff                                               |
sdtContent                 |                                                          | p,tbl*
bookmarkStart              | id=number name=string                                    |
bookmarkEnd                | id=number                                                |
hyperlink                  | anchor?=string history?=onoff                            | r*
commentRangeStart          | id=number                                                |
commentRangeEnd            | id=number                                                |
commentReference           | id=number                                                |
annotationRef tab          |                                                          |

p                          |                                                          | pPr? r,commentRangeStart,commentRangeEnd,bookmarkStart,bookmarkEnd,hyperlink,ins,del*
pPr                        |                                                          | pStyle? keepNext? pageBreakBefore? widowControl? tabs? snapToGrid? spacing? ind? jc? outlineLvl? rPr?
pStyle rStyle tblStyle     | val=string                                               |
keepNext widowControl      | val?=onoff                                               |
pageBreakBefore            | val?=onoff                                               |
tabs                       |                                                          | tab+
tabs/tab                   | val=left/center/right/clear leader?=none/dot/hyphen pos=number |
outlineLvl                 | val=[0-9]                                                |
snapToGrid                 | val?=onoff                                               |
spacing                    | before?=unsigned after?=unsigned line?=number lineRule?=auto/exact/atLeast |
ind                        | left?=number right?=number firstLine?=unsigned           |
jc                         | val=left/center/right/both/distribute                    |

p/ins                      | id=number author=string date?=time                       | r*
p/del                      | id=number author=string date?=time                       | r*
pPr/rPr                    |                                                          | ins? del?
rPr/ins rPr/del            | id=number author=string date?=time                       |

r                          |                                                          | rPr? t,tab,fldChar,instrText,annotationRef,commentReference*
del/r                      |                                                          | rPr? delText,tab*
rPr                        |                                                          | rStyle? rFonts? sz? szCs? lang?
rFonts                     | hint?=default/eastAsia/cs ascii?=string hAnsi?=string eastAsia?=string cs?=string |
sz szCs                    | val=unsigned                                             |
lang themeFontLang         | val?=string eastAsia?=string bidi?=string                |
t instrText delText        | xml:space?=default/preserve                              | #text
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
PROPERTIES = """
cp:coreProperties          |                                                          | dc:title&dc:creator&dc:language
dc:title dc:creator        | xml:lang?=string                                         | #text
dc:language                | xml:lang?=string                                         | #text
ep:Properties              |                                                          | ep:Company?
ep:Company                 |                                                          | #text
"""
PACKAGING = """
ct:Types                   |                                                          | ct:Default,ct:Override*
ct:Default                 | Extension=word ContentType=mime                          |
ct:Override                | PartName=path ContentType=mime                           |
rel:Relationships          |                                                          | rel:Relationship*
rel:Relationship           | Id=id Type=uri Target=uri TargetMode?=Internal/External  |
"""
TYPES = {
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
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "unsigned": r"\d+",
    "uri": r"[^\s%]+",
    "word": r"\w+",
}

TYPES_PART, TOP = "[Content_Types].xml", "_rels/.rels"
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
KIND = "application/vnd.openxmlformats-officedocument."
# content type → the root element of such a part, the type of the relationship that leads to it
PARTS = {
    f"{KIND}wordprocessingml.document.main+xml": ("w:document", f"{OFFICE}/relationships/officeDocument"),
    f"{KIND}wordprocessingml.styles+xml": ("w:styles", f"{OFFICE}/relationships/styles"),
    f"{KIND}wordprocessingml.settings+xml": ("w:settings", f"{OFFICE}/relationships/settings"),
    f"{KIND}wordprocessingml.fontTable+xml": ("w:fonts", f"{OFFICE}/relationships/fontTable"),
    f"{KIND}wordprocessingml.header+xml": ("w:hdr", f"{OFFICE}/relationships/header"),
    f"{KIND}wordprocessingml.footer+xml": ("w:ftr", f"{OFFICE}/relationships/footer"),
    f"{KIND}wordprocessingml.comments+xml": ("w:comments", f"{OFFICE}/relationships/comments"),
    f"{KIND}extended-properties+xml": ("ep:Properties", f"{OFFICE}/relationships/extended-properties"),
    "application/vnd.openxmlformats-package.core-properties+xml": (
        "cp:coreProperties",
        f"{PACKAGE}/relationships/metadata/core-properties",
    ),
}
