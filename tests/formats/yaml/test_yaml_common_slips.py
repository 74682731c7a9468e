"""What word processors and people leave in YAML: named in its line, with the way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijiao20.core.findings import Collector, Place
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.read import read_content
from zhijiao20.formats.yaml import read as yaml_read
from zhijiao20.system.discovery import load_catalog


def refused(text: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        yaml_read.read(text.encode(), Collector("甲.yaml"))
    assert caught.value.code == "ZJ004"
    return caught.value


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
