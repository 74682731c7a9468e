"""YAML's syntax errors in Chinese: the line that is wrong, why, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml as pyyaml

from zhijiao20.core.findings import Collector, Place
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.read import read_content
from zhijiao20.formats.yaml import nodes
from zhijiao20.formats.yaml import read as yaml_read
from zhijiao20.system.discovery import load_catalog

CHECK = "对照 zhijiao20 init 生成的文件检查这一行和上一行的缩进、冒号和引号"
ALIGN = "同一层的字段要从同一列开始"
BRACKET = "文字以 [ 或 { 开头时，用引号括起来"
SYMBOL = "文字以 @ ` % 开头时，用引号括起来"


def refused(text: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        yaml_read.read(text.encode(), Collector("甲.yaml"))
    assert caught.value.code == "ZJ004"
    return caught.value


@pytest.mark.parametrize(
    ("text", "message", "hint", "place"),
    [
        pytest.param(
            "单位: 甲\n任务:\n\t1.1: x\n",
            "缩进用了制表符（Tab）：“1.1: x”",
            "把行首的 Tab 换成空格",
            Place(3, 1),
            id="tab",
        ),
        pytest.param(
            "单位: 甲\n任务:\n  a: b\n　c\n",
            "缩进用了全角空格：“c”",
            "把行首的全角空格换成半角空格",
            None,
            id="wide-space",
        ),
        pytest.param(
            "单位：甲\n任务:\n  x: y\n",
            "字段名后面用了全角冒号“：”：“单位：甲”",
            "改成半角冒号，后面空一格，如 单位: 某某单位",
            Place(1, 3),
            id="wide-colon",
        ),
        pytest.param(
            "单位:甲\n任务:\n",
            "冒号后面没有空格：“单位:甲”",
            "半角冒号后面要空一格，如 单位: 某某单位",
            Place(1, 3),
            id="no-space",
        ),
        pytest.param(
            "单位: 甲: 乙\n",
            "文字里有半角冒号加空格，被当成了字段：“单位: 甲: 乙”",
            "把这段文字用引号括起来，或用“|-”另起一行写",
            Place(1, 6),
            id="colon-in-text",
        ),
        pytest.param("x: @甲\n", "这里的符号不能放在文字开头：“x: @甲”", SYMBOL, Place(1, 4), id="at-sign"),
        pytest.param("x: %甲\n", "这里的符号不能放在文字开头：“x: %甲”", SYMBOL, Place(1, 4), id="percent"),
        pytest.param(
            'a: "\\q"\n', '双引号里的反斜杠“\\”用错了：“a: "\\q"”', "改用单引号，或写成两个反斜杠", None, id="escape"
        ),
        pytest.param("a:\n  - b\n c\n", "缩进对不齐，或前面少了冒号：“c”", ALIGN, Place(3, 2), id="indent"),
        pytest.param("x: [a, b\n", "方括号或花括号没有配对：文件结尾", BRACKET, None, id="open-bracket"),
        pytest.param("x: [a, b", "方括号或花括号没有配对：文件结尾", BRACKET, None, id="open-bracket-at-end"),
        pytest.param("x: - a\n", "这里不能写列表：“x: - a”", "“- ”要另起一行", Place(1, 4), id="list-in-line"),
        pytest.param("%YAML 3.0\n---\na: b\n", f"这里不合 YAML 语法：“%YAML 3.0”", CHECK, Place(1, 1), id="other"),  # noqa: F541
        pytest.param("x: !<甲\n", "这里不合 YAML 语法：“x: !<甲”", CHECK, None, id="open-tag"),
        pytest.param(
            "- a\nb\n", "这里少了冒号：“b”", "写成“字段: 值”；多行文字要缩进在“落实情况: |-”之下", None, id="no-colon"
        ),
    ],
)
def test_a_slip_is_explained(text: str, message: str, hint: str, place: Place | None) -> None:
    """A clerk knows no YAML: the message says which characters are wrong and what to type instead."""
    error = refused(text)
    assert (error.message, error.hint) == (message, hint)
    assert place is None or error.place == place


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        pytest.param("进展：已完成", "字段名后面用了全角冒号“：”：“进展：已完成”", id="wide-colon"),
        pytest.param("进展:已完成", "冒号后面没有空格：“进展:已完成”", id="no-space"),
    ],
)
def test_the_slip_on_the_line_above_is_the_one_told(slip: str, message: str) -> None:
    """The most common slip of all, in the middle of a scaffold: now the sound line below it is blamed."""
    error = refused(f'单位: 甲\n任务:\n  "1.1":\n    {slip}\n    落实情况: 做了\n')
    assert error.message == message
    assert error.place.line == 4


def test_an_indent_too_deep_is_called_an_indent() -> None:
    """Quoting the line, as the hint says, does not mend it."""
    assert "缩进" in refused("单位: 甲\n  报告期: 2020年\n").message


@pytest.mark.parametrize("sign", ["*", "&"])
def test_a_text_that_starts_as_an_alias_is_to_be_quoted(sign: str) -> None:
    """“*注：……” is pasted from everywhere; ASCII names behind the sign already get this hint."""
    assert "引号括起来" in refused(f"落实情况: {sign}注：见附件\n").hint


@pytest.mark.parametrize("quote", ["'", '"'], ids=["single", "double"])
def test_an_unclosed_quote_is_told_where_it_opens(quote: str) -> None:
    """In a file of 600 lines the last line helps nobody."""
    error = refused(f"单位: {quote}甲\n报告期: x\n填报人: y\n任务:\n")
    assert error.message.startswith("引号没有配对，一直到文件结尾")
    assert error.place.line == 1


def test_a_text_that_goes_on_without_indent_is_told_on_its_line() -> None:
    """Pasting a second paragraph to the left margin is common."""
    error = refused("说明: 第一段\n第二段\n报告期: x\n")
    assert error.place.line == 2
    assert "第二段" in error.message


def test_the_line_is_cut_and_its_control_characters_cannot_act() -> None:
    """A wrong value is quoted, cut at 200 characters."""
    error = refused("x: @" + "长" * 1000 + "\n")
    assert error.message == "这里的符号不能放在文字开头：“x: @" + "长" * 196 + "……”"


def test_an_unclosed_quote_is_named() -> None:
    """The kind of the error at least is right."""
    error = refused("单位: '甲\n任务: x\n")
    assert error.message.startswith("引号没有配对，一直到文件结尾")
    assert error.hint == "补上缺的半角引号"


def test_slips_are_explained_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML in pure Python words its errors differently; the common slips are found by the line itself."""
    monkeypatch.setattr(nodes, "_LOADER", pyyaml.SafeLoader)
    assert refused("单位：甲\n任务:\n  x: y\n").message == "字段名后面用了全角冒号“：”：“单位：甲”"
    assert refused("a:\n  - b\n c\n").place.line == 3


def test_a_file_of_json_escapes_outside_unicode_is_refused() -> None:
    """Half a surrogate is no character: it must not get as far as Word."""
    assert refused('单位: "\\ud800"\n').place.line == 1


def test_an_anchor_that_nothing_refers_to_is_a_text_cut_off() -> None:
    """“&ABC 项目” would be read as “项目”."""
    error = refused("a: 甲\nb: &ABC 项目\n")
    assert (error.message, error.hint) == ("开头的“&ABC”没有读入", "文字以 & 开头时请用引号括起来")
    assert error.place == Place(2, 4)


@pytest.mark.parametrize(
    ("below", "message"),
    [
        ("落实情况：甲", "“落实情况”后面用了全角冒号“：”，没有认成字段：“落实情况：甲”"),
        ("落实情况:甲", "“落实情况”的冒号后面没有空格，没有认成字段：“落实情况:甲”"),
        ("进展：已完成\n    落实情况：甲", "“进展”后面用了全角冒号“：”，没有认成字段：“进展：已完成 落实情况：甲”"),
    ],
    ids=["wide-colon", "no-space", "all-fields"],
)
def test_fields_below_a_task_that_are_none(below: str, message: str) -> None:
    """Where no line of an entry is right, YAML takes them for one text: it would go into the official table."""
    _, out = read_content(Path("甲.yaml"), f'单位: 甲\n任务:\n  "1.1":\n    {below}\n'.encode(), load_catalog())
    (finding,) = (finding for finding in out.findings if finding.rule.code == "ZJ104")
    assert (finding.message, finding.place, finding.task) == (message, Place(4, 5), "1.1")


def test_a_label_in_a_text_is_text() -> None:
    """On the line of the id or in a block it is what somebody wrote."""
    text = '单位: 甲\n任务:\n  "1.1": 落实情况：甲\n  "1.2": |-\n    落实情况：乙\n  "1.3":\n    丙\n'
    (made,), out = read_content(Path("甲.yaml"), text.encode(), load_catalog())
    assert [entry.status for entry in made.entries.values()] == ["落实情况：甲", "落实情况：乙", "丙"]
    assert out.findings == []


def test_folded_lines_are_told() -> None:
    """“>” makes one paragraph of several lines as plain lines do."""
    text = '单位: 甲\n任务:\n  "1.1": >-\n    甲\n    乙\n  "1.2": >\n    丙\n'
    (made,), out = read_content(Path("甲.yaml"), text.encode(), load_catalog())
    assert [entry.status for entry in made.entries.values()] == ["甲 乙", "丙"]
    assert [(finding.rule.code, finding.place) for finding in out.findings] == [("ZJ022", Place(3, 10))]


@pytest.mark.parametrize("code", [*range(9), 11, 12, *range(14, 32), 0x7F, 0x84, 0x86, 0x9F, 0xFFFE, 0xFFFF])
@pytest.mark.parametrize(
    "text",
    ["a: X", "a: |-\n  X", "# X\na: b", "a: b\n# X", "a: 'X'", "a: b\n...\nX", "{X", "!x X", "a: *b\nc: X"],
    ids=["plain", "block", "comment", "end", "quoted", "behind", "flow", "tag", "alias"],
)
def test_a_control_character_is_told_before_all_else(code: int, text: str) -> None:
    """Wherever it stands, in a comment or behind the end too, and whatever else is wrong with the file."""
    with pytest.raises(FormatError) as caught:
        yaml_read.read(text.replace("X", chr(code)).encode(), Collector("甲.yaml"))
    assert caught.value.code == ("ZJ003" if code == 0 else "ZJ004")
    assert code == 0 or "控制字符" in caught.value.message
