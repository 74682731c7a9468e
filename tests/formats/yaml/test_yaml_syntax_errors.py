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


HEAD = "单位: 甲局\n任务:\n"
ENTRY = HEAD + '  "1.1":\n    进展: 推进中\n'
REST = "    佐证:\n      - 3号\n"
BELOW = "文字从下一行写起，比字段名多缩进两格"
QUOTE_IT = "把这段文字用引号括起来，或用“|-”另起一行写"
FENCE = "删去文件里以 ``` 开头的各行"
NBSP = "不间断空格（U+00A0）"


@pytest.mark.parametrize(
    ("text", "message", "hint", "place"),
    [
        pytest.param(
            ENTRY + '    落实情况: "双高"计划启动\n' + REST,
            '文字以引号开头，引号收尾以后还有文字：“落实情况: "双高"计划启动”',
            f"整段文字外面再加一对单引号；或先写“|-”，{BELOW}",
            Place(5, 15),
            id="double-quoted-word",
        ),
        pytest.param(
            HEAD + "  \"1.1\": '双高'计划启动\n",
            "文字以引号开头，引号收尾以后还有文字：“\"1.1\": '双高'计划启动”",
            f"整段文字外面再加一对双引号；或先写“|-”，{BELOW}",
            Place(3, 14),
            id="single-quoted-word",
        ),
        pytest.param(
            ENTRY + '    佐证:\n      - "双高"计划\n      - 3号\n',
            '文字以引号开头，引号收尾以后还有文字：“- "双高"计划”',
            f"整段文字外面再加一对单引号；或先写“|-”，{BELOW}",
            Place(6, 13),
            id="quoted-word-in-a-list",
        ),
        pytest.param(
            ENTRY + "    落实情况: [重点]任务推进\n" + REST,
            "文字以方括号或花括号开头，括号收尾以后还有文字：“落实情况: [重点]任务推进”",
            QUOTE_IT,
            Place(5, 15),
            id="bracketed-word",
        ),
        pytest.param(
            ENTRY + "    落实情况: {重点}任务推进\n" + REST,
            "文字以方括号或花括号开头，括号收尾以后还有文字：“落实情况: {重点}任务推进”",
            QUOTE_IT,
            Place(5, 15),
            id="word-in-braces",
        ),
        pytest.param(
            ENTRY + "    落实情况: |- 拨付\n      完成\n" + REST,
            "“|-”后面的文字没有另起一行：“落实情况: |- 拨付”",
            f"“|-”后面直接换行，{BELOW}",
            Place(5, 14),
            id="behind-the-bar",
        ),
        pytest.param(
            HEAD + '  "1.1": >拨付\n    完成\n',
            '“>”后面的文字没有另起一行：“"1.1": >拨付”',
            f"“>”后面直接换行，{BELOW}",
            Place(3, 11),
            id="behind-the-bracket",
        ),
        pytest.param(
            ENTRY + "    落实情况: |-\u00a0\n      拨付\n" + REST,
            f"“|-”后面是{NBSP}：“落实情况: |-”",
            f"把“|-”后面的{NBSP}删去",
            Place(5, 13),
            id="no-break-space-behind-the-bar",
        ),
        pytest.param(
            ENTRY + "    落实情况: ｜-\n      拨付\n" + REST,
            "“｜-”里的竖线不是半角，没有认成多行文字的记号",
            "改成半角的“|-”，它是键盘上回车键旁边的竖线；文字从下一行写起",
            Place(5, 11),
            id="wide-bar",
        ),
        pytest.param(
            ENTRY + "    落实情况: 主要做法:\n" + REST,
            "文字以半角冒号结尾，被当成了字段：“落实情况: 主要做法:”",
            QUOTE_IT,
            Place(5, 15),
            id="colon-at-the-end",
        ),
        pytest.param(
            "```yaml\n" + ENTRY + REST + "```\n",
            "这是粘贴时带来的代码框标记，不是填报内容：“```yaml”",
            FENCE,
            Place(1, 1),
            id="fence",
        ),
        pytest.param(
            ENTRY + REST + "```\n",
            "这是粘贴时带来的代码框标记，不是填报内容：“```”",
            FENCE,
            Place(7, 1),
            id="fence-at-the-end",
        ),
        pytest.param(
            HEAD + '  "1.1":\n\u00a0\u00a0\u00a0\u00a0进展: 推进中\n    落实情况: |-\n      拨付\n',
            f"缩进用了{NBSP}：“进展: 推进中”",
            f"把行首的{NBSP}换成半角空格",
            Place(4, 1),
            id="no-break-spaces-as-indent",
        ),
        pytest.param(
            ENTRY + "\u00a0\u00a0\u00a0\u00a0落实情况: |-\n      拨付\n" + REST,
            f"缩进用了{NBSP}：“落实情况: |-”",
            f"把行首的{NBSP}换成半角空格",
            Place(5, 1),
            id="no-break-spaces-two-lines-above-the-error",
        ),
        pytest.param(
            ENTRY + "\u2003\u2003落实情况: 拨付\n" + REST,
            "缩进用了全身空格（U+2003）：“落实情况: 拨付”",
            "把行首的全身空格（U+2003）换成半角空格",
            Place(5, 1),
            id="em-spaces-as-indent",
        ),
        pytest.param(
            HEAD + '  "1.1":\n    进展:\u00a0推进中\n    落实情况: |-\n      拨付\n',
            f"冒号后面是{NBSP}：“进展:\u00a0推进中”",
            f"把冒号后面的{NBSP}换成一个半角空格",
            Place(4, 8),
            id="no-break-space-behind-the-colon",
        ),
        pytest.param(
            ENTRY + "    落实情况:\u200b拨付\n",
            "冒号后面是零宽空格（U+200B）：“落实情况:\\u200b拨付”",
            "把冒号后面的零宽空格（U+200B）换成一个半角空格",
            Place(5, 10),
            id="zero-width-space-behind-the-colon",
        ),
        pytest.param(
            "单位:\u2009甲局\n任务:\n",
            "冒号后面是特殊的空格（U+2009）：“单位:\u2009甲局”",
            "把冒号后面的特殊的空格（U+2009）换成一个半角空格",
            Place(1, 4),
            id="thin-space-behind-the-first-colon",
        ),
    ],
)
def test_what_word_processors_leave_is_named_in_its_line(text: str, message: str, hint: str, place: Place) -> None:
    """The parser fails lines later, or says nothing of what people cannot see: the line and the cause must be told."""
    error = refused(text)
    assert (error.message, error.hint, error.place) == (message, hint, place)


def said(text: str) -> list[tuple[str, str]]:
    """Code and message of each finding."""
    _, out = read_content(Path("甲.yaml"), text.encode(), load_catalog())
    return [(finding.rule.code, finding.message) for finding in out.findings]


def test_odd_spaces_around_a_field_are_named() -> None:
    """Two names that look the same are no help without the character that parts them."""
    told = said(ENTRY + "    \u200b落实情况: 拨付\n")
    assert told == [("ZJ103", "“落实情况”的前面或后面有零宽空格（U+200B），没有认成字段")]
    told = said('单位: 甲局\n任务:\n\u00a0\u00a0"1.1": 拨付\n')
    assert told == [("ZJ103", f'“"1.1"”的前面或后面有{NBSP}，没有认成字段')]
    told = said(ENTRY + "    \u200b乙: 拨付\n")
    assert told[0][1].startswith("没有“\\u200b乙”这个字段")


def test_a_field_alone_with_an_odd_space_is_told() -> None:
    """Without another field beside it the parser takes the whole line for a text."""
    told = said(HEAD + '  "1.1":\n    落实情况:\u00a0拨付\n')
    missed = f"“落实情况”的冒号后面是{NBSP}，不是半角空格，没有认成字段：“落实情况:\u00a0拨付”"
    assert told == [("ZJ104", missed)]


def test_a_text_that_is_a_comment_as_a_whole_is_told() -> None:
    """#1号楼改造 behind the colon is no text to YAML: the task would only look empty."""
    told = said(HEAD + '  "1.1": #1号楼改造\n  "1.2":\n  "1.3": ""\n')
    assert told == [("ZJ021", "“#”后面的文字被当作注释，没有读入：“#1号楼改造”")]


@pytest.mark.parametrize(("written", "read"), [("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gbk", "latin-1")])
@pytest.mark.parametrize("text", [ENTRY + REST, ENTRY + '    落实情况: "甲\n'], ids=["whole", "with-an-error"])
def test_a_garbled_file_is_told_as_garbled(written: str, read: str, text: str) -> None:
    """Fields that do not exist, or a control character, are what the parser sees; nobody may type them in again."""
    ((code, message),) = said(text.encode(written).decode(read, "replace"))
    assert code == "ZJ003"
    assert message.startswith("文件里的字是乱码：")
