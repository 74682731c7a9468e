"""The only changes that a text undergoes: line ends, and what XML cannot hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.formats.normalize.clean_text import is_kept, keep_text

QUICK = settings(deadline=None, derandomize=True)
ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\x00\x08\t\n\x0b\x0c\r\x0e\x1f\x7f\x85\u2028\ud800\udfff\ufffd\ufffe\uffff\U0010ffff"),
    )
)


def legal(char: str) -> bool:
    """Whether XML 1.0 can hold a character (its production ``Char``)."""
    code = ord(char)
    return code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def kept(text: str) -> tuple[str, Collector]:
    """A text after intake, and the findings."""
    out = Collector("甲.yaml", "甲")
    return keep_text(text, out, place=Place(4, 9), task="1.1", field="落实情况"), out


@pytest.mark.parametrize(
    ("text", "result"),
    [
        pytest.param("甲\r\n乙", "甲\n乙", id="CRLF"),
        pytest.param("甲\r乙", "甲\n乙", id="CR"),
        pytest.param("甲\x0b乙", "甲\n乙", id="soft-return"),
        pytest.param("甲\r\r\n乙", "甲\n\n乙", id="CR-CRLF"),
        pytest.param("甲\n乙\n", "甲\n乙\n", id="LF-stays"),
    ],
)
def test_line_ends(text: str, result: str) -> None:
    """Every line end becomes LF, silently: the paragraphs are the same."""
    assert kept(text)[0] == result
    assert kept(text)[1].findings == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("甲\u00a0乙", id="NBSP"),
        pytest.param("甲\u200b\u200d乙\ufeff", id="zero-width"),
        pytest.param("甲\u00ad乙", id="soft-hyphen"),
        pytest.param("甲\u2028乙\u2029", id="line-separators"),
        pytest.param("甲\x85乙\x7f", id="c1-and-delete"),
        pytest.param("\ue000\uf8ff", id="private-use"),
        pytest.param("葛\U000e0100", id="variation-selector"),
        pytest.param("𠀀𪚥", id="extension-B"),
        pytest.param("⼯作", id="kangxi-radical"),
        pytest.param("Å ﬁ ㎡ １", id="no-NFKC"),
        pytest.param("\U0001fffe", id="noncharacter-beyond-the-plane"),
        pytest.param("=1+1", id="formula"),
        pytest.param("\t首行缩进  ", id="tab-and-trailing-spaces"),
        pytest.param("[red]甲[/]", id="markup"),
    ],
)
def test_survives(text: str) -> None:
    """Text is never altered: it survives to the Word cell as it came."""
    assert kept(text)[0] == text
    assert kept(text)[1].findings == []


def test_illegal_characters_are_told() -> None:
    """What XML cannot hold is taken out with a finding that names task, field and characters (ZJ006)."""
    text, out = kept("培训\x00120\x1b0人\x1b次\ufffe\ud800。\r\n")
    assert text == "培训1200人次。\n"
    (finding,) = out.findings
    assert (finding.rule.code, finding.task, finding.unit, finding.place) == ("ZJ006", "1.1", "甲", Place(4, 9))
    assert finding.message == (
        "“落实情况”里有 5 个 Word 不能容纳的字符（\\ud800、\\ufffe、\\x00、\\x1b），已去掉，其余文字未动"
    )
    assert finding.hint == "请看一眼这里是否缺了字，缺了就补上"


@QUICK
@given(ANY_TEXT)
def test_removes_exactly_what_xml_cannot_hold(text: str) -> None:
    """Nothing else is lost, and a removal is told exactly where there is one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    result, out = kept(text)
    assert result == "".join(filter(legal, lines))
    lost = ["ZJ007"] if "\ufffd" in text else []
    assert [finding.rule.code for finding in out.findings] == lost + ([] if all(map(legal, lines)) else ["ZJ006"])


@QUICK
@given(ANY_TEXT)
def test_twice_is_once(text: str) -> None:
    """A text that was read, written and read again is the same; only what was lost before is told again."""
    out = Collector("甲.yaml")
    once = kept(text)[0]
    assert keep_text(once, out, place=NOWHERE, task=None, field="落实情况") == once
    assert {finding.rule.code for finding in out.findings} <= {"ZJ007"}


@pytest.mark.parametrize(
    ("text", "mark", "around"),
    [
        pytest.param(
            "拨付\ufffd\ufffd资金120万元，完成率85%。", "\ufffd\ufffd", "拨付\ufffd\ufffd资金120万元，", id="replaced"
        ),
        pytest.param("核定锟斤拷锟斤拷标准", "锟斤拷锟斤拷", "核定锟斤拷锟斤拷标准", id="replaced-twice"),
        pytest.param("核定烫烫烫烫", "烫烫烫烫", "核定烫烫烫烫", id="memory"),
        pytest.param("核定屯屯屯", "屯屯屯", "核定屯屯屯", id="heap"),
        pytest.param("核定ï¿½ï¿½项", "ï¿½ï¿½", "核定ï¿½ï¿½项", id="latin"),
        pytest.param("鎷ㄤ粯璧勯噾锛屽畬鎴", "锛", "鎷ㄤ粯璧勯噾锛屽畬鎴", id="utf-8-read-as-gbk"),
    ],
)
def test_characters_lost_for_certain_are_told(text: str, mark: str, around: str) -> None:
    """They come from another program, in any encoding: the text is kept, and nobody overlooks the gap."""
    result, out = kept(text)
    assert result == text
    assert not is_kept(text)
    (finding,) = out.findings
    assert (finding.rule.code, finding.task, finding.place) == ("ZJ007", "1.1", Place(4, 9))
    assert finding.message == f"“落实情况”里有字在转换编码时丢失，成了“{mark}”：“{around}”"
    assert finding.hint == "对照原稿补上丢失的字；几处都这样的，请向填报单位要没有转坏的原件"


@pytest.mark.parametrize("text", ["屯溪区烫伤防治", "王锟铻、周锟", "naïve são", "屯屯烫烫", "甲\t乙"])
def test_the_same_characters_in_words_are_no_loss(text: str) -> None:
    """Names of places and people hold them, too."""
    result, out = kept(text)
    assert (result, out.findings) == (text, [])
