"""Entries that are read straight: the result is the same as by way of nodes, with every finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Collector, Finding, sort_by_place
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.raw import RawUnit
from zhijiao20.formats.read import read_content
from zhijiao20.formats.yaml import nodes
from zhijiao20.formats.yaml import read as yaml_read
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
QUICK = settings(deadline=None, derandomize=True, max_examples=400)


def mostly(usual: list[str], odd: list[str]) -> st.SearchStrategy[str]:
    """Usual values, now and then an odd one: else every file would be odd."""
    return st.sampled_from(usual * (1 + 30 * len(odd) // len(usual)) + odd)


ONE_LINE = [
    *(
        "做了",
        "做了 # 注",
        "做了#注",
        "'做了'",
        '"做\\t了"',
        '"做\\u0007了"',
        '"a" # b',
        "''",
        "",
        "~",
        "1.1",
        "&a 做了",
    ),
    *(
        "*a",
        "!!str 做了",
        "! 做了",
        "!x 做了",
        "[]",
        "[a, b]",
        "{}",
        "{a: b}",
        "做了\n        又做了",
        '"做了\n        又"',
    ),
    *("'做了\n        又'", "已完成", "完成", " ", "a?", "a&b", "a!", "a*b", "甲\u2028乙", "'甲\u2028乙'", "甲\u0007"),
]
PLAIN = ["做了", "'做了'", '"做\\t了"', "", "''", "做了#注", "'甲\u00a0乙'", "a?", "a&b", "a!", "a*b"]
BLOCKS = ["|", "|-", "|+", "|2-", ">", ">-", "|- # 注"]
ODD_BLOCKS = ["&b |-", "!!str |-"]
LINES = st.lists(st.sampled_from(["甲", " 乙", "", "  ", "# 丙", "丁 # 注", "\t戊"]), min_size=1, max_size=3)
BLOCK = st.tuples(mostly(BLOCKS, ODD_BLOCKS), LINES).map(
    lambda block: block[0] + "\n" + "\n".join(f"      {line}" if line else "" for line in block[1])
)
LINE = mostly(PLAIN, ONE_LINE)
VALUES = st.one_of(LINE, BLOCK)
EVIDENCE = st.one_of(
    mostly(["", "[]", "[ ]"], ["一号", "{}", "&c []"]),
    st.lists(LINE, min_size=1, max_size=3).map(lambda items: "\n" + "\n".join(f"      - {item}" for item in items)),
)
FIELDS = st.one_of(
    st.tuples(mostly(["进展"], ['"进展"', "? 进展\n   ", "进展 "]), mostly(["", "已完成", "'未启动'"], ONE_LINE)),
    st.tuples(mostly(["落实情况"], ["落实情况 ", "&d 落实情况", "? 落实情况 # 注\n   "]), VALUES),
    st.tuples(st.just("佐证"), EVIDENCE),
    st.tuples(mostly(["说明"], ["备注"]), VALUES),
)
WAIVERS = st.tuples(st.just("豁免"), st.sampled_from(["", "{}", "\n      ZJ301: 引用"]))
ENTRY_FIELDS = st.one_of(
    *[st.lists(FIELDS, min_size=1, max_size=4, unique_by=lambda field: field[0])] * 9,
    st.lists(st.one_of(FIELDS, WAIVERS), min_size=1, max_size=5),
)
ODD_KEYS = ["1.3", '"9.99"', '"１.1"', "第1条第4项", '? "1.5"\n ', "<<", '!!str "1.6"']
KEYS = mostly(['"1.1"', "'1.2'", '"2.1"', '"20.1"', '"1.4" ', '"3.1"', '"4.1"'], ODD_KEYS)
TASKS = st.lists(st.tuples(KEYS, st.one_of(VALUES, ENTRY_FIELDS)), max_size=3, unique_by=lambda entry: entry[0])
TOP = st.lists(
    st.tuples(mostly(["报告期", "填报人", "联系电话"], ["备注", "单位"]), LINE),
    max_size=2,
    unique_by=lambda field: field[0],
)


def written(top: list[tuple[str, str]], tasks: list[tuple[str, object]], first: str) -> str:
    lines = [first, "单位: 甲", *(f"{name}: {value}" for name, value in top), "任务:"]
    for key, entry in tasks:
        if isinstance(entry, list):
            lines += [f"  {key}:", *(f"    {name}: {value}" for name, value in entry)]
        else:
            lines.append(f"  {key}: {entry}")
    return "\n".join(lines) + "\n"


def outcome(data: bytes) -> tuple[list[Submission], list[list[str]], list[Finding]]:
    submissions, out = read_content(Path("甲.yaml"), data, CATALOG)
    return submissions, [list(one.entries) for one in submissions], sort_by_place(out.findings)


@pytest.mark.parametrize("loader", [pyyaml.SafeLoader, nodes._LOADER], ids=["pure-python", "libyaml"])
@given(TOP, TASKS, mostly(["", "---", "# 注"], ["%YAML 1.1\n---", "--- # 注"]), st.sampled_from(["\n", "\r\n", "\r"]))
@QUICK
def test_yaml_of_every_kind(loader: type, top: list, tasks: list, first: str, line_end: str) -> None:
    """Tags, anchors, comments, blocks, flow, doubled and unknown fields: nothing is read otherwise or kept silent."""
    data = written(top, tasks, first).replace("\n", line_end).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_LOADER", loader)
        straight = outcome(data)
        patch.setattr(yaml_read._Reader, "_unit", lambda reader, start: reader.node(start, 0))
        assert outcome(data) == straight


USUAL = '单位: 甲\n任务:\n  "1.1":\n    进展: 已完成\n    落实情况: |-\n      甲甲\n      乙\n    佐证: []\n'


@pytest.mark.parametrize(
    ("change", "usual"),
    [
        (lambda text: text, True),
        (lambda text: text.replace("\n", "\r\n"), True),
        (lambda text: text.replace("\n", "\r"), True),
        (lambda text: text.replace("落实情况: |-", "落实情况: |"), True),
        (lambda text: text.replace("落实情况: |-", "落实情况: &x |-"), False),
        (lambda text: text.replace("甲甲", "甲 # 乙"), True),
        (lambda text: text.replace("甲甲", "x&y=1?2*3!"), True),
        (lambda text: "\ufeff" + text, True),
        (lambda text: text.replace("已完成", "完成"), False),
        (lambda text: text.replace("进展", "进度"), False),
        (lambda text: text.replace("    佐证: []", "    佐证: []\n    佐证: []"), False),
        (lambda text: text.replace("    佐证: []", "    豁免:\n      ZJ301: 引用"), False),
        (lambda text: text.replace("佐证: []", '说明: "甲\\u0007"'), False),
    ],
)
def test_which_entries_are_plain(change: Callable[[str], str], usual: bool) -> None:
    """An entry with anything to explain is read as nodes; what merely looks odd is not."""
    raw = yaml_read.read(change(USUAL).encode(), Collector("甲.yaml"))
    assert isinstance(raw, RawUnit)
    assert [isinstance(entry, Entry) for entry in raw.entries] == [usual]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text + "---\n", "ZJ004"),
        (lambda text: text.replace('"1.1"', "1.1"), "ZJ109"),
        (lambda text: text.replace('"1.1"', '"１.1"'), "ZJ109"),
        (lambda text: text.replace("已完成", "完成"), "ZJ112"),
        (lambda text: text.replace("已完成", "已完成 # 了"), "ZJ021"),
        (lambda text: text.replace("已完成", "已\n      完成"), "ZJ022"),
        (lambda text: text.replace("进展", "进度"), "ZJ103"),
        (lambda text: text.replace("    佐证: []", "    佐证: []\n    佐证: []"), "ZJ114"),
        (lambda text: text.replace("单位: 甲", "单位:"), "ZJ106"),
        (lambda text: text.replace("单位: 甲", ""), "ZJ106"),
        (lambda text: text.replace("甲甲", "甲\u2028甲"), "ZJ004"),
        (lambda text: text.replace("单位: 甲", '报告期: "甲\\n乙"\n单位: 甲'), "ZJ104"),
        (lambda text: text.replace("单位: 甲", '填报人: "甲\\u0007"\n单位: 甲'), "ZJ006"),
    ],
)
def test_what_is_not_usual_is_told(change: Callable[[str], str], code: str) -> None:
    """Each departure from the usual file has a finding."""
    _, out = read_content(Path("甲.yaml"), change(USUAL).encode(), CATALOG)
    assert code in {finding.rule.code for finding in out.findings}


def test_the_quoted_unit_is_its_text() -> None:
    """单位 is the text of the scalar, not its notation."""
    data = f'单位: {json.dumps("甲 #1")}\n任务: \n  "1.1": 做了\n'.encode()
    (submission,), out = read_content(Path("甲.yaml"), data, CATALOG)
    assert (submission.unit, out.findings) == ("甲 #1", [])
