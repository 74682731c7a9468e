"""What a YAML status file must not hold, and the raw unit that is read from it."""

from __future__ import annotations

import pytest

from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.submission import Entry
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.raw import Items, RawUnit, Scalar
from zhijiao20.formats.yaml import read as yaml_read


def refused(text: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        yaml_read.read(text.encode(), Collector("甲.yaml"))
    assert caught.value.code == "ZJ004"
    return caught.value


@pytest.mark.parametrize(
    ("text", "message", "hint", "place"),
    [
        pytest.param(
            "单位: 甲\n---\n单位: 乙\n",
            "文件里有第二个“---”，成了两份文档",
            "一个文件只写一个单位；把第二份另存为一个文件",
            Place(2, 1),
            id="two-documents",
        ),
        pytest.param(
            "x: *abc\n", "“*abc”引用的内容不存在", "文字以 * 开头时请用引号括起来", Place(1, 4), id="unknown-alias"
        ),
        pytest.param(
            "x: &a [1]\ny: *a\n", "不支持引用整段内容", "把要引用的内容直接写出来", Place(2, 4), id="alias-to-structure"
        ),
        pytest.param(
            "&a x: &b [*b]\n", "“*b”引用的内容不存在", "文字以 * 开头时请用引号括起来", Place(1, 11), id="cycle"
        ),
        pytest.param("x: !foo a\n", "不支持标签“!foo”", "文字以 ! 开头时请用引号括起来", Place(1, 4), id="own-tag"),
        pytest.param(
            "!!python/object/apply:os.system [ls]\n",
            "不支持标签“tag:yaml.org,2002:python/object/apply:os.system”",
            "文字以 ! 开头时请用引号括起来",
            Place(1, 1),
            id="python-tag",
        ),
        pytest.param(
            "? [a]\n: b\n",
            "字段名不是文字",
            "检查这一行开头的 [ { 或 ? ，是文字就用引号括起来",
            Place(1, 3),
            id="list-as-key",
        ),
        pytest.param(
            "{a: b}: c\n",
            "字段名不是文字",
            "检查这一行开头的 [ { 或 ? ，是文字就用引号括起来",
            Place(1, 1),
            id="mapping-as-key",
        ),
        pytest.param("<<: {a: b}\n", "不支持合并键“<<”", "把要合并的内容直接写出来", Place(1, 1), id="merge-key"),
        pytest.param("[" * 18, "嵌套超过 16 层", "填报文件最多五层；检查缩进是否写错", Place(1, 18), id="too-deep"),
    ],
)
def test_what_yaml_can_do_and_a_status_file_must_not(text: str, message: str, hint: str, place: Place) -> None:
    """Tricks of YAML make a file mean something else than it shows."""
    error = refused(text)
    assert (error.message, error.hint, error.place) == (message, hint, place)


def test_the_deepest_nesting_allowed() -> None:
    """The bound is 16 levels below the root and not one less."""
    assert isinstance(yaml_read.read(("[" * 17 + "]" * 17).encode(), Collector("甲.yaml")), Items)


def test_a_bomb_stays_small() -> None:
    """Entity bombs of YAML multiply by aliases to lists: refused at the first."""
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert refused("\n".join(lines)).message == "不支持引用整段内容"


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        ("\x01", "\\x01"),
        ("\x0b", "\\x0b"),
        ("\x1b", "\\x1b"),
        ("\x7f", "\\x7f"),
        ("\x9b", "\\x9b"),
        ("\ufffe", "\\ufffe"),
    ],
)
def test_control_characters_are_refused_by_name(char: str, shown: str) -> None:
    """They come from web pages and old systems and cannot be seen."""
    error = refused(f"a: b\n单位: 甲{char}\n")
    assert error.message == f"这里有控制字符 {shown}，YAML 不允许"
    assert error.hint == "删去它；常见于从网页或旧系统粘贴的文字"
    assert error.place == Place(2, 6)


def test_lost_characters_are_told_by_line(out: Collector) -> None:
    """A status file saved as GBK has lost what GBK lacks."""
    yaml_read.read("单位: 甲\nx: 王?任组长\n".encode("gbk"), out)
    assert [(finding.rule.code, finding.place) for finding in out.findings] == [("ZJ005", Place()), ("ZJ007", Place(2))]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_the_unit_and_its_places(line_end: str, out: Collector) -> None:
    """Later findings rely on these places."""
    lines = [
        "# 注",
        "单位: 甲",
        "任务:",
        '  "1.1":',
        "    落实情况: 做了",
        "    佐证:",
        "      - 一",
        '  "1.2": 做了',
        "",
    ]
    raw = yaml_read.read(line_end.join(lines).encode(), out)
    assert raw == RawUnit(
        [(Scalar("单位", Place(2, 1)), Scalar("甲", Place(2, 5)))],
        [
            Entry("1.1", status="做了", evidence=("一",), place=Place(4, 3), text_place=Place(5, 11)),
            Entry("1.2", status="做了", place=Place(8, 3), text_place=Place(8, 10)),
        ],
        tasks_place=Place(4, 3),
        place=Place(2, 1),
    )


def test_unquoted_task_ids_are_listed(out: Collector) -> None:
    """Another program would read 1.10 without quotes as 1.1."""
    raw = yaml_read.read('任务:\n  1.1: a\n  "1.2": b\n  第1条: c\n  1.10:\n    进展:\n'.encode(), out)
    assert isinstance(raw, RawUnit)
    assert raw.bare == [Scalar("1.1", Place(2, 3), bare=True), Scalar("1.10", Place(5, 3), bare=True)]


def test_a_second_list_of_tasks_is_a_field(out: Collector) -> None:
    """A loader would let the last one win in silence."""
    raw = yaml_read.read("任务:\n  '1.1': a\n任务:\n  '1.2': b\n".encode(), out)
    assert isinstance(raw, RawUnit)
    assert [entry.task for entry in raw.entries if isinstance(entry, Entry)] == ["1.1"]
    assert [key.text for key, _ in raw.fields] == ["任务"]
