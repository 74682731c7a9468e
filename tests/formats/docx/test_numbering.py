"""Automatic numbers are counted out as Word shows them."""

from __future__ import annotations

import pytest
from forms import W, element

from zhijiao20.formats.docx.numbering import Numbering


def numbering(levels: str, nums: str = "") -> object:
    """A numbering part with one abstract list and its instances."""
    nums = nums or "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
    return element(f"<w:numbering><w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum>{nums}</w:numbering>")


def level(index: int, kind: str, text: str, start: int | None = 1) -> str:
    """One level of a list."""
    begins = f"<w:start w:val='{start}'/>" if start is not None else ""
    return f"<w:lvl w:ilvl='{index}'>{begins}<w:numFmt w:val='{kind}'/><w:lvlText w:val='{text}'/></w:lvl>"


def item(index: int | None = 0, number: str | None = "1", style: str = "") -> str:
    """A numbered paragraph."""
    styled = f"<w:pStyle w:val='{style}'/>" if style else ""
    level_ = "" if index is None else f"<w:ilvl w:val='{index}'/>"
    number_ = "" if number is None else f"<w:numId w:val='{number}'/>"
    own = f"<w:numPr>{level_}{number_}</w:numPr>" if level_ or number_ else ""
    return f"<w:p><w:pPr>{styled}{own}</w:pPr></w:p>"


def labels(part: object, *items: str, styles: str = "") -> list[str]:
    """The labels of paragraphs, empty where there is none."""
    document = element(f"<w:body>{''.join(items)}</w:body>")
    style_part = element(f"<w:styles>{styles}</w:styles>") if styles else None
    found = Numbering(part, style_part).labels(document)  # type: ignore[arg-type]
    return [found.get(paragraph, "") for paragraph in document.findall(f"{W}p")]


@pytest.mark.parametrize(
    ("kind", "numbers", "expected"),
    [
        ("decimal", (1, 12), ["1", "12"]),
        ("decimalZero", (1, 12), ["01", "12"]),
        ("decimalFullWidth", (1, 12), ["１", "１２"]),
        ("decimalEnclosedCircle", (1, 20, 21), ["①", "⑳", "21"]),
        ("decimalEnclosedCircleChinese", (3,), ["③"]),
        ("decimalEnclosedParen", (2,), ["⑵"]),
        ("decimalEnclosedFullstop", (2,), ["⒉"]),
        (
            "chineseCounting",
            (0, 1, 10, 11, 20, 21, 100, 105, 110, 1000),
            ["零", "一", "十", "十一", "二十", "二十一", "一百", "一百零五", "一百一十", "1000"],
        ),
        ("chineseCountingThousand", (3,), ["三"]),
        ("japaneseCounting", (4,), ["四"]),
        ("ideographDigital", (10,), ["一〇"]),
        ("ideographTraditional", (1, 11, 0), ["甲", "甲", "0"]),
        ("ideographZodiac", (2,), ["丑"]),
        ("upperLetter", (1, 27, 0), ["A", "AA", "0"]),
        ("lowerLetter", (2,), ["b"]),
        ("upperRoman", (4, 1999, 0), ["IV", "MCMXCIX", "0"]),
        ("lowerRoman", (9,), ["ix"]),
        ("somethingNew", (5,), ["5"]),
        ("none", (1,), [""]),
    ],
)
def test_every_kind_of_number(kind: str, numbers: tuple[int, ...], expected: list[str]) -> None:
    """Each as Word draws it; an unknown kind falls back to digits."""
    assert [labels(numbering(level(0, kind, "%1", number)), item())[0] for number in numbers] == expected


def test_levels_count_and_reset() -> None:
    """（一） 1. 2. （二） 1.: a lower level starts anew under each higher one; a level can show its parents."""
    part = numbering(level(0, "chineseCounting", "（%1）") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3"))
    items = [item(0), item(1), item(1), item(0), item(1), item(2), item(2)]
    assert labels(part, *items) == ["（一）", "1.", "2.", "（二）", "1.", "1.1", "1.2"]


def test_skipped_parent_shows_its_start() -> None:
    """A sublevel that comes first shows the parent's first number."""
    part = numbering(level(0, "decimal", "%1", 3) + level(1, "decimal", "%1.%2", None))
    assert labels(part, item(1)) == ["3.1"]


def test_bullets_keep_their_shape() -> None:
    """Symbol fonts keep bullets in the private area, where no other font has them."""
    assert labels(numbering(level(0, "bullet", "\uf0b7")), item()) == ["•"]
    assert labels(numbering(level(0, "bullet", "\uf0aa")), item()) == ["•"]
    assert labels(numbering(level(0, "bullet", "※")), item()) == ["※"]


def test_restart_and_override() -> None:
    """A second instance of a list starts again, or redefines a level."""
    nums = (
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
        f"<w:num w:numId='3'><w:abstractNumId w:val='9'/><w:lvlOverride w:ilvl='0'>{level(0, 'upperLetter', '%1)')}</w:lvlOverride></w:num>"
    )
    part = numbering(level(0, "decimal", "%1."), nums)
    assert labels(part, item(), item(), item(0, "2"), item(0, "2"), item(0, "3")) == ["1.", "2.", "5.", "6.", "A)"]


def test_styles_number_their_paragraphs() -> None:
    """A style, or the one it is based on, carries the list; a list of 0 takes the number away."""
    styles = (
        "<w:style w:styleId='base'><w:basedOn w:val='loop'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='child'><w:basedOn w:val='base'/></w:style>"
        "<w:style w:styleId='loop'><w:basedOn w:val='base'/></w:style>"
    )
    part = numbering(level(0, "decimal", "%1.") + level(1, "decimal", "%2)"))
    items = [item(None, None, "child"), item(1, None, "child"), item(0, "0", "child"), item(None, None), item(5, "1")]
    assert labels(part, *items, styles=styles) == ["1.", "1)", "", "", ""]


def test_document_without_lists_has_no_labels() -> None:
    """The usual case, at no cost."""
    assert labels(None, item()) == [""]


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("chineseLegalSimplified", 1, "壹"),
        ("chineseLegalSimplified", 102, "壹佰零贰"),
        ("chineseLegalSimplified", 10_000, "10000"),
        ("ideographLegalTraditional", 23, "貳拾參"),
        ("numberInDash", 1, "- 1 -"),
        ("ordinal", 2, "2nd"),
        ("ordinal", 11, "11th"),
        ("hex", 10, "A"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("decimalFullWidth2", 3, "３"),
        ("ideographZodiacTraditional", 1, "甲子"),
        ("ideographZodiacTraditional", 0, "0"),
        ("custom", 7, "7"),
    ],
)
def test_further_formats(kind: str, number: int, expected: str) -> None:
    """Formats that Chinese Word offers in its list of numbers."""
    assert labels(numbering(level(0, kind, "%1", number)), item()) == [expected]


def test_custom_format_pads_with_zeros() -> None:
    """001, 002: older programs read the other version."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    versions = (
        f"<m:AlternateContent xmlns:m='{mc}'><m:Choice Requires='w14'><w:numFmt w:val='custom' w:format='001, 002, ...'/>"
        "</m:Choice><m:Fallback><w:numFmt w:val='decimal'/></m:Fallback></m:AlternateContent>"
    )
    own = f"<w:lvl w:ilvl='0'><w:start w:val='1'/>{versions}<w:lvlText w:val='%1'/></w:lvl>"
    assert labels(numbering(own), item(), item()) == ["001", "002"]


def test_legal_numbers_and_levels_that_go_on() -> None:
    """第一条 is 1 in 1.1; a level that never begins anew goes on below the next one."""
    legal = (
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:isLgl/><w:lvlRestart w:val='0'/><w:lvlText w:val='%1.%2'/></w:lvl>"
    )
    part = numbering(level(0, "chineseCounting", "第%1条") + legal)
    assert labels(part, item(0), item(1), item(0), item(1)) == ["第一条", "1.1", "第二条", "2.2"]


@pytest.mark.parametrize("link", ["<w:styleLink w:val='L'/>", ""], ids=["by-its-link", "by-the-style"])
def test_list_style_has_the_levels(link: str) -> None:
    """The list of the document has none of its own."""
    part = element(
        "<w:numbering><w:abstractNum w:abstractNumId='3'><w:numStyleLink w:val='L'/></w:abstractNum>"
        f"<w:abstractNum w:abstractNumId='5'>{link}{level(0, 'decimal', '%1)')}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='3'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num>"
        "</w:numbering>"
    )
    style = "<w:style w:styleId='L'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>"
    assert labels(part, item(), item(), styles=style) == ["1)", "2)"]


def test_style_stands_for_a_level() -> None:
    """A heading style names the list, the list names the style."""
    second = "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:pStyle w:val='H'/><w:lvlText w:val='%2)'/></w:lvl>"
    style = "<w:style w:styleId='H'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    assert labels(numbering(level(0, "decimal", "%1.") + second), item(None, None, "H"), styles=style) == ["1)"]


def test_bullet_is_what_its_font_shows() -> None:
    """The letter l is a disc in Wingdings."""
    own = "<w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='l!'/><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr></w:lvl>"
    assert labels(numbering(own), item()) == ["●•"]
