"""Markup is inserted into the text of a part at exact places; every other character stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from zhijiao20.formats.docx.xml_insert import Insertion, XmlText, inside, prefix_for

PART = (
    '<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- <a> --><r xmlns="u" a="&gt; > \'"><?pi <b>?>'
    "<a b='\"/>'><![CDATA[<c/>]]></a ><b/><c\n/>文&#13;字</r><!-- </r> -->"
)


def test_elements_are_found_by_their_numbers() -> None:
    """Whatever looks like a tag in comments, instructions, sections and attributes."""
    part = XmlText(PART.encode())
    spans = part.spans({0, 1, 2, 3})
    text = part.text
    assert text[spans[1].begin : spans[1].end] == "<![CDATA[<c/>]]>"
    assert text[spans[1].end : spans[1].after] == "</a >"
    assert [spans[number].name for number in (0, 1, 2, 3)] == ["", "", "b", "c"]
    assert text[spans[0].end : spans[0].after] == "</r>"
    assert part.spans({2}).keys() == {2}


def test_insertion_opens_an_element_written_as_one_tag() -> None:
    """And stands before the end tag of another one; those at one place keep their order."""
    part = XmlText(PART.encode())
    spans = part.spans({0, 1, 2})
    made = part.with_insertions([inside(spans[2], "<x/>"), inside(spans[1], "甲"), inside(spans[1], "乙")]).decode()
    assert "<b><x/></b>" in made
    assert "]]>甲乙</a >" in made
    assert made.replace("<b><x/></b>", "<b/>").replace("甲乙", "") == PART


def test_markup_is_appended_to_a_root() -> None:
    """Also to a root without content."""
    assert XmlText(PART.encode()).appended("<z/>").decode() == PART.replace("字</r>", "字<z/></r>")
    assert XmlText(b"<r/>").appended("<z/>") == b"<r><z/></r>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "gbk", "utf-8-sig"])
def test_encoding_of_the_part_is_kept(encoding: str) -> None:
    """Other characters than the encoding has are written as references."""
    name = encoding.removesuffix("-be").removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?><r>字</r>'
    data = (b"\xfe\xff" if encoding == "utf-16-be" else b"") + text.encode(encoding)
    made = XmlText(data).appended("€𠀀")
    assert made.startswith(data[:-12])
    assert "".join(etree.fromstring(made).itertext()) == "字€𠀀"


def test_part_in_an_encoding_unknown_here_is_written_again() -> None:
    """In UTF-8, with the same content."""
    data = b'<?xml version="1.0" encoding="ISO-IR-101"?><r>a</r>'
    assert etree.fromstring(XmlText(data).appended("<z/>"))[0].tag == "z"


def test_declared_prefix_is_used() -> None:
    """A default namespace has none, and an attribute needs one."""
    assert prefix_for({"a": "u", None: "v"}, "u", "w") == ("a", "")
    assert prefix_for({None: "u"}, "u", "w") == ("w", ' xmlns:w="u"')


names = st.sampled_from(["a", "w:p", "b"])


@st.composite
def markup(draw: st.DrawFn, depth: int = 3) -> str:
    """A piece of XML."""
    kind = draw(st.integers(0, 5 if depth else 2))
    if kind == 0:
        return draw(st.sampled_from(["文", " ", "&lt;", "]]&gt;", "'", '"', "/>"]))
    if kind == 1:
        return draw(st.sampled_from(["<!-- <a> -->", "<?x </a>?>", "<![CDATA[</a>]]>"]))
    name, attribute = draw(names), draw(st.sampled_from(["", " x='>'", ' y="/>"', " z='\"' "]))
    if kind == 2:
        return f"<{name}{attribute}/>"
    return f"<{name}{attribute}>{''.join(draw(st.lists(markup(depth - 1), max_size=3)))}</{name}>"


@given(st.lists(markup(), max_size=5).map("".join))
def test_numbers_are_those_of_the_tree(content: str) -> None:
    """Each element begins where the tree says, and an insertion into it lands in it."""
    part = XmlText(f'<r xmlns:w="u">{content}</r>'.encode())
    elements = list(part.root.iter("*"))
    spans = part.spans(range(len(elements)))
    assert len(spans) == len(elements)
    made = etree.fromstring(
        part.with_insertions(
            [inside(spans[number], "<n/>") for number in sorted(spans, key=lambda n: (spans[n].end, -n))]
        )
    )
    assert [item.tag for item in made.iter("*") if item.tag != "n"] == [item.tag for item in elements]
    assert all(item[-1].tag == "n" for item in made.iter("*") if item.tag != "n")


def test_ranges_can_be_replaced() -> None:
    """Nothing else changes."""
    assert XmlText(b"<r>abc</r>").with_insertions([Insertion(4, 5, "x")]) == b"<r>axc</r>"


@pytest.mark.parametrize(
    "content",
    [
        "<r/>",
        "<r a='/'><b c=\"/\"/><b\n/><b c='1' /><d>文/</d>/</r>",
        '<?xml version="1.0" encoding="UTF-8"?>\n<w:r xmlns:w="u"><w:p/>字<w:p w:a="=/"></w:p ></w:r>\n',
    ],
)
def test_a_part_without_comments_has_the_same_elements(content: str) -> None:
    """It is searched by its tags alone; with a comment at the end, token by token."""
    count = content.count("<") - content.count("</") - content.count("<?")
    usual, other = XmlText(content.encode()), XmlText(f"{content}<!-- <a> -->".encode())
    assert usual.spans(range(count)) == other.spans(range(count))
    assert len(usual.spans(range(count))) == count
