"""Decoding: every encoding that offices use, and no guess in silence."""

from __future__ import annotations

import codecs

import pytest

from zhijiao20.core.findings import Collector, Place
from zhijiao20.formats.decode import decode, report_lost_characters
from zhijiao20.formats.format_error import FormatError

SAVE = "请用原来的软件重新另存一次；用 Excel 或 WPS 时选“CSV UTF-8（逗号分隔）”"


def codes(out: Collector) -> list[str]:
    return [finding.rule.code for finding in out.findings]


@pytest.mark.parametrize(
    ("data", "guessed", "infos"),
    [
        pytest.param("甲—乙".encode(), False, [], id="utf-8"),
        pytest.param("甲—乙".encode("utf-8-sig"), False, [], id="utf-8-bom"),
        pytest.param(codecs.BOM_UTF16_LE + "甲—乙".encode("utf-16-le"), False, ["ZJ005"], id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + "甲—乙".encode("utf-16-be"), False, ["ZJ005"], id="utf-16-be"),
        pytest.param("甲—乙".encode("gbk"), True, ["ZJ005"], id="gbk"),
    ],
)
def test_every_office_encoding_gives_the_same_text(
    data: bytes, guessed: bool, infos: list[str], out: Collector
) -> None:
    """The same words must come out, whichever program saved them, and a guess must be told."""
    assert decode(data, out) == ("甲—乙", guessed)
    assert codes(out) == infos


def test_a_guess_is_told_in_full(out: Collector) -> None:
    """The clerk has to look whether the text is right."""
    decode("填报".encode("gbk"), out)
    (finding,) = out.findings
    assert finding.message == "文件不是 UTF-8 编码，已按 GB18030（GBK）读取"
    assert finding.hint == "看一眼文字是否正常；建议另存为 UTF-8"


def test_utf_16_is_told(out: Collector) -> None:
    """Excel's “Unicode text” is read, and the better way is named."""
    decode("甲".encode("utf-16"), out)
    (finding,) = out.findings
    assert (finding.message, finding.hint) == ("文件是 UTF-16 编码，已照此读取", "建议另存为 UTF-8")


def test_gb18030_is_read_whole(out: Collector) -> None:
    """gb2312 lacks “—”, GBK lacks the four-byte characters: only GB18030 holds all names."""
    text = "—•²㛃𠮷\u00a0"
    assert decode(text.encode("gb18030"), out) == (text, True)


def test_empty_file_is_empty_text(out: Collector) -> None:
    """An empty file is a matter of content, not of encoding."""
    assert decode(b"", out) == ("", False)
    assert not out.findings


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        pytest.param(
            "甲\n乙好".encode("gbk")[:-1],
            "第 2 行、第 6 个字节起（BA）不是完整的 GB18030 字符：文件被截断，或混用了两种编码",
            2,
            id="half-gbk-character",
        ),
        pytest.param(
            "单位,编号,落实情况\n澄州市教育局,1.1,严把两个关口".encode() + "做了".encode("gbk"),
            "第 2 行、第 69 个字节起（D7 F6 C1 CB）不是完整的 UTF-8 字符：文件被截断，或混用了两种编码",
            2,
            id="gbk-inside-utf-8",
        ),
        pytest.param(
            codecs.BOM_UTF8 + "甲\n".encode() + b"\xd6",
            "第 2 行、第 8 个字节起（D6）不是完整的 UTF-8 字符：文件被截断，或混用了两种编码",
            2,
            id="broken-after-bom",
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + b"a\0\n\0b",
            "第 2 行、第 7 个字节起（62）不是完整的 UTF-16-LE 字符：文件被截断，或混用了两种编码",
            2,
            id="odd-utf-16",
        ),
        pytest.param(b"a\nb\0c", "第 4 个字节是空字节，这不是 UTF-8 或 GB18030 的文本文件", 2, id="null-byte"),
    ],
)
def test_broken_bytes_are_refused_with_their_place(data: bytes, message: str, line: int, out: Collector) -> None:
    """Half a character must never become a wrong one: line and byte offset lead to it."""
    with pytest.raises(FormatError) as caught:
        decode(data, out)
    assert (caught.value.code, caught.value.message, caught.value.hint) == ("ZJ003", message, SAVE)
    assert caught.value.place == Place(line=line)
    assert str(caught.value) == message


def test_line_in_utf_16_is_not_miscounted(out: Collector) -> None:
    """上 is everywhere in such texts; a wrong line sends the clerk to the wrong place."""
    with pytest.raises(FormatError) as caught:
        decode(codecs.BOM_UTF16_LE + "上上上\n".encode("utf-16-le") + b"\x00\xd8", out)
    assert caught.value.place == Place(line=2)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("㛃?县", id="inside-a-name"),
        pytest.param("?重点任务", id="in-front"),
        pytest.param("面积100m?", id="lost-square"),
        pytest.param("实训楼8600平米?", id="behind-a-long-stretch-of-chinese"),
    ],
)
def test_a_question_mark_may_be_a_lost_character(text: str, out: Collector) -> None:
    """䶮 saved as GBK becomes “?”: the name in the official form would be wrong."""
    report_lost_characters(text, out, Place(3, 2))
    (finding,) = out.findings
    assert (finding.rule.code, finding.place) == ("ZJ007", Place(3, 2))
    assert finding.message == f"“{text[-7:]}”里的“?”可能是保存时丢失的字（生僻字、•、² 等）"
    assert finding.hint == "对照原稿补上丢失的字，并另存为 UTF-8；确是问号请改用全角“？”"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("落实了吗?", id="question"),
        pytest.param("是谁?为何?", id="two-questions"),
        pytest.param("https://edu.example.cn/list?id=3", id="address"),
        pytest.param("全角？不算", id="full-width"),
    ],
)
def test_a_plain_question_mark_is_no_loss(text: str, out: Collector) -> None:
    """A warning on every question would be ignored soon."""
    report_lost_characters(text, out, Place(1))
    assert not out.findings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("价值5万".encode("gbk") + b"\x80" + "。".encode("gbk"), "价值5万€。", id="inside"),
        pytest.param("价值".encode("gbk") + b"\x80", "价值€", id="at-the-end"),
        pytest.param("€".encode("gb18030") + b"\x80" + "丂€".encode("gb18030"), "€€丂€", id="beside-the-other-euro"),
    ],
)
def test_the_byte_80_is_a_euro_sign(data: bytes, text: str, out: Collector) -> None:
    """Windows writes € as the byte 80 in code page 936: the file is whole, not cut off."""
    assert decode(data, out) == (text, True)
    (finding,) = out.findings
    assert finding.message == "文件不是 UTF-8 编码，已按 GB18030（GBK）读取，单字节 80 读作“€”"


def test_a_euro_sign_hides_no_broken_byte(out: Collector) -> None:
    """The byte 80 is read; half a character behind it is still half a character."""
    with pytest.raises(FormatError, match="第 6 个字节起（D6）"):
        decode("甲".encode("gbk") + b"\x80" + "乙".encode("gbk") + b"\xd6", out)
