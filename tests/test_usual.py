"""The short way through a file: where it is open it ends where the long way ends, and the long way has nothing to tell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding, Place
from zhijiao20.core.limits import DEFAULT
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.fast_submission import build_submission
from zhijiao20.formats.normalize.fast_table import plain_columns, raw_units
from zhijiao20.formats.normalize.table import trees_from_table
from zhijiao20.formats.normalize.tree import submission_from_tree
from zhijiao20.formats.raw import RawEntry, RawUnit, Scalar, Table
from zhijiao20.formats.read import read_file
from zhijiao20.formats.sniff import format_of
from zhijiao20.formats.write import write_status_file
from zhijiao20.formats.xlsx import fast_read as xlsx_usual
from zhijiao20.formats.yaml import fast_read as yaml_outline
from zhijiao20.formats.yaml import read as yaml
from zhijiao20.system.resources import load_catalog

CATALOG = load_catalog()
QUICK = settings(deadline=None, derandomize=True, max_examples=400)


def short_way(suffix: str, data: bytes) -> list[Submission] | None:
    try:
        known = format_of(suffix, data)
        outlines = known.read_fast(data, CATALOG, DEFAULT) if known.read_fast else None
    except FormatError:
        return None
    found = [build_submission(outline, CATALOG, "甲") for outline in outlines or ()]
    return None if not found or None in found else [one for one in found if one]


def long_way(suffix: str, data: bytes) -> tuple[list[Submission], list[Finding]]:
    out = Collector("甲")
    raw = format_of(suffix, data).read(data, out, CATALOG, DEFAULT)
    trees = trees_from_table(raw, CATALOG, out, "甲") if isinstance(raw, Table) else [raw]
    return [one for tree in trees if (one := submission_from_tree(tree, CATALOG, out))], out.findings


def agree(suffix: str, data: bytes) -> bool:
    """Whether the short way is open; where it is, both must come to the same."""
    quick = short_way(suffix, data)
    if quick is not None:
        assert long_way(suffix, data) == (quick, [])
        assert [list(one.entries) for one in quick] == [list(one.entries) for one in long_way(suffix, data)[0]]
    return quick is not None


# ── files that are usual ─────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = st.text(
    st.sampled_from([*"甲乙，。 ab1.-_#:'\"\\{}[]|>&*!?%@=+\n\t\u00a0\u200b\u3000\ufeff\U00020000；x×"]), max_size=12
)
ENTRIES = st.builds(
    Entry,
    st.sampled_from(["1.1", "1.2", "2.1", "20.1"]),
    st.sampled_from([None, *Progress]),
    TEXTS,
    st.lists(TEXTS.map(str.strip).filter(bool), max_size=2).map(tuple),
    TEXTS,
)
UNITS = st.builds(
    Submission,
    st.sampled_from(["甲", "澄州市教育局", "no", "a: b", "'引'", "=1"]),
    period=st.sampled_from(["", "2020年上半年", "1.10"]),
    entries=st.lists(ENTRIES, unique_by=lambda entry: entry.task).map(lambda all_: {one.task: one for one in all_}),
)


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx"])
@given(UNITS)
@settings(deadline=None, derandomize=True, max_examples=100)
def test_what_we_write_is_read_alike_both_ways(kind: str, unit: Submission) -> None:
    """Whatever was filled in, the short way either gives just that, with its places, or leaves it to the long one."""
    agree(f".{kind}", write_status_file(kind, [unit], CATALOG))


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx"])
def test_an_ordinary_file_goes_the_short_way(kind: str) -> None:
    """Else there would be no use in it: filled in, half filled in and empty."""
    entry = Entry("1.1", Progress.DONE, "印发方案。\n培训100人。", ("澄教〔2019〕1号", "澄教〔2019〕2号"), "备注")
    for entries in ({}, {"1.1": entry}, {task: replace(entry, task=task) for task in CATALOG.tasks}):
        unit = Submission("澄州市教育局", period="2020年上半年", entries=entries)
        assert agree(f".{kind}", write_status_file(kind, [unit], CATALOG))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_several_units_in_a_table_go_the_short_way(kind: str) -> None:
    """Each is a submission of its own, in order."""
    units = [Submission(name, entries={"1.1": Entry("1.1", status="做了")}) for name in ("乙", "甲")]
    data = write_status_file(kind, units, CATALOG)
    assert agree(f".{kind}", data)
    assert [unit.unit for unit in short_way(f".{kind}", data) or ()] == ["乙", "甲"]


def test_reading_a_file_takes_the_short_way(tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The long way is not even begun where the short one is open."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(write_status_file("yaml", [Submission("甲")], CATALOG))
    monkeypatch.setattr("zhijiao20.formats.normalize.tree.submission_from_tree", None)
    submissions, out = read_file(path, catalog)
    assert ([one.unit for one in submissions], out.findings) == (["甲"], [])


# ── YAML of every kind ───────────────────────────────────────────────────────────────────────────────────────────────


def mostly(usual: list[str], odd: list[str]) -> st.SearchStrategy[str]:
    """Usual ones, now and then an odd one: where everything is odd the short way is never open."""
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


@pytest.mark.parametrize("loader", [pyyaml.SafeLoader, yaml_outline._LOADER], ids=["pure-python", "libyaml"])
@given(TOP, TASKS, mostly(["", "---", "# 注"], ["%YAML 1.1\n---", "--- # 注"]), st.sampled_from(["\n", "\r\n", "\r"]))
@QUICK
def test_yaml_of_every_kind(loader: type, top: list, tasks: list, first: str, line_end: str) -> None:
    """Tags, anchors, comments, blocks, flow, doubled and unknown fields: never read otherwise, never kept silent."""
    data = written(top, tasks, first).replace("\n", line_end).encode()
    with pytest.MonkeyPatch.context() as patch:
        for module in (yaml, yaml_outline):
            patch.setattr(module, "_LOADER", loader)
        agree(".yaml", data)


@pytest.mark.parametrize(
    ("change", "usual"),
    [
        (lambda text: text, True),
        (lambda text: text.replace("\n", "\r\n"), True),
        (lambda text: text.replace("\n", "\r"), True),
        (lambda text: text.replace("落实情况: |-", "落实情况: |"), True),
        (lambda text: text.replace("甲甲", "甲 # 乙"), True),
        (lambda text: text.replace("甲甲", "x&y=1?2*3!"), True),
        (lambda text: text + "---\n", False),
        (lambda text: text.replace('"1.1"', "1.1"), False),
        (lambda text: text.replace('"1.1"', '"１.1"'), False),
        (lambda text: text.replace("已完成", "完成"), False),
        (lambda text: text.replace("已完成", "已完成 # 了"), False),
        (lambda text: text.replace("已完成", "已\n      完成"), False),
        (lambda text: text.replace("进展", "进度"), False),
        (lambda text: text.replace("    佐证: []", "    佐证: []\n    佐证: []"), False),
        (lambda text: text.replace("    佐证: []", "    豁免:\n      ZJ301: 引用"), False),
        (lambda text: text.replace("单位: 甲", "单位:"), False),
        (lambda text: text.replace("单位: 甲", ""), False),
        (lambda text: text.replace("甲甲", "甲\u2028甲"), False),
        (lambda text: text.replace("落实情况: |-", "落实情况: &x |-"), False),
        (lambda text: text.replace("单位: 甲", '报告期: "甲\\n乙"\n单位: 甲'), False),
        (lambda text: text.replace("单位: 甲", '填报人: "甲\\u0007"\n单位: 甲'), False),
        (lambda text: "\ufeff" + text, False),
    ],
)
def test_which_yaml_is_usual(change: Callable[[str], str], usual: bool) -> None:
    """Each reason to go the long way is one; what merely looks odd is none."""
    text = '单位: 甲\n任务:\n  "1.1":\n    进展: 已完成\n    落实情况: |-\n      甲甲\n      乙\n    佐证: []\n'
    data = change(text).encode()
    assert agree(".yaml", data) is usual


def test_what_is_no_utf8_goes_the_long_way() -> None:
    """Its encoding is a guess, and that is told."""
    assert not agree(".yaml", "单位: 甲\n任务: {}\n".encode("gb18030"))
    assert not agree(".csv", "单位,编号,落实情况\n甲,1.1,做了\n".encode("gb18030"))


# ── tables of every kind ─────────────────────────────────────────────────────────────────────────────────────────────

TASK = CATALOG.tasks["1.1"]
CELLS = {
    "单位": mostly(["甲", "乙", "丙", ""], ["甲 ", " ", "'=1"]),
    "报告期": mostly(["", "2020年"], ["2019年", " "]),
    "编号": mostly(["1.1", "1.2", "1.3", "2.1", "3.1", "4.1", "20.1"], ["１.1", "", "9.9", "编号", "'1.1"]),
    "部分": mostly(["", " "], ["二、", TASK.chapter]),
    "条目": mostly(["", TASK.article, TASK.article.replace("1.", "1．")], ["2."]),
    "任务": mostly(["", " "], [TASK.text, TASK.text + "！"]),
    "进展": mostly(["", "已完成", "不涉及"], ["完成", " 已完成", "不行"]),
    "落实情况": mostly(
        ["做了", "", " ", "'=做了", "甲\n乙", "'", "''a"], ["甲\r\n乙", "甲\x0b乙", "甲\x07", "落实情况"]
    ),
    "佐证": mostly(["", "一；二", "一\n二；三", " ", "'-一", "一\r二"], ["\x08"]),
    "说明": mostly(["", "记", "'+1"], ["\x01"]),
    "备注": st.sampled_from(["", "x"]),
}
NEEDED = ("单位", "编号", "落实情况")


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    others = draw(st.lists(st.sampled_from([*CELLS][:-1]), max_size=6, unique=True))
    header = draw(st.permutations([*NEEDED, *(name for name in others if name not in NEEDED)]))
    if draw(st.integers(0, 9)) == 0:
        header = draw(st.lists(st.sampled_from([*CELLS]), min_size=1, max_size=8))
    rows = [[draw(CELLS[name]) for name in header] for _ in range(draw(st.integers(1, 3)))]
    if draw(st.integers(0, 9)) == 0:
        rows.append(draw(st.lists(st.sampled_from(["", "甲", "1.1"]), max_size=12)))
    return [header, *rows]


@given(tables(), mostly(["utf-8", "utf-8-sig"], ["utf-16"]), mostly([","], [";", "\t"]))
@QUICK
def test_csv_of_every_kind(rows: list[list[str]], encoding: str, delimiter: str) -> None:
    """Columns in any order, official wording changed or not, units carried down, escapes: never read otherwise."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    agree(".csv", stream.getvalue().encode(encoding))


@given(tables(), st.lists(mostly([CATALOG.title, "", "单位：甲"], ["标题", "单位：甲　　报告期：2020年"]), max_size=2))
@QUICK
def test_xlsx_of_every_kind(rows: list[list[str]], above: list[str]) -> None:
    """The same in a sheet, with lines above the header."""
    agree(".xlsx", workbook([*([text] for text in above), *rows]))


def workbook(rows: list[list[str]], change: Callable[[str], str] = str) -> bytes:
    """A workbook of shared strings; ``change`` is done to its sheet's XML."""
    from sheets import MAIN, pack, parts, sheet

    head = '<?xml version="1.0" encoding="UTF-8"?>'
    strings = dict.fromkeys(cell for row in rows for cell in row if cell)
    index = {text: number for number, text in enumerate(strings)}
    made = [
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + column)}{number}" t="s"><v>{index[cell]}</v></c>'
            for column, cell in enumerate(row)
            if cell
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    ]
    items = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in strings)
    contents = parts(head + change(sheet(*made)), strings=items or "<si><t/></si>")
    contents["xl/sharedStrings.xml"] = head + contents["xl/sharedStrings.xml"].replace("<si><t/></si>", "")
    assert MAIN in contents["xl/sharedStrings.xml"]
    return pack(contents)


def escaped(text: str) -> str:
    """A text as Excel stores it."""
    return "".join(f"_x{ord(char):04X}_" if char < " " and char != "\n" else char for char in text)


ROWS = [["单位", "编号", "落实情况"], ["甲", "1.1", "做了"], ["甲", "1.2", "做了"]]


@pytest.mark.parametrize(
    ("change", "usual"),
    [
        (str, True),
        (lambda xml: xml.replace("<sheetData>", '<cols><col min="1" max="1" width="9"/></cols><sheetData>'), True),
        (lambda xml: xml.replace("<sheetData>", '<cols><col min="1" max="1" hidden="1"/></cols><sheetData>'), False),
        (lambda xml: xml.replace('<row r="2">', '<row r="2" hidden="1">'), False),
        (lambda xml: xml.replace('<row r="2">', "<row>"), False),
        (lambda xml: xml.replace('<row r="3">', '<row r="2">').replace('3"', '2"'), False),
        (
            lambda xml: xml.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
            False,
        ),
        (lambda xml: xml.replace('<c r="C2" t="s"><v>', '<c r="C2"><v>'), False),
        (lambda xml: xml.replace('<c r="C2" t="s">', '<c r="C2" t="s"><f>A1</f>'), False),
        (lambda xml: xml.replace('r="C2"', 'r="AC2"'), False),
        (lambda xml: xml.replace("<v>3<", "<v>99<"), False),
        (lambda xml: xml.replace("<v>3<", "<v>-1<"), False),
        (lambda xml: xml.replace("</sheetData>", "</sheetData><!-- 注 -->"), False),
        (lambda xml: xml.replace("</sheetData>", f"</sheetData>{'<x>' * 70}{'</x>' * 70}"), False),
    ],
)
def test_which_sheet_is_usual(change: Callable[[str], str], usual: bool) -> None:
    """Each reason to go the long way is one."""
    assert (short_way(".xlsx", workbook(ROWS, change)) is not None) is usual


def test_a_part_that_could_be_hostile_goes_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree is built of a small part only, in UTF-8, without a DTD; and of texts that are not repeated for ever."""
    assert short_way(".xlsx", workbook(ROWS)) is not None
    assert short_way(".xlsx", workbook(ROWS, lambda xml: "<!DOCTYPE a>" + xml)) is None
    for name in ("_LARGEST", "_CHARACTERS"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(xlsx_usual, name, 3)
            assert short_way(".xlsx", workbook(ROWS)) is None


# ── the judgement itself ─────────────────────────────────────────────────────────────────────────────────────────────


def outline(**changes: object) -> RawUnit:
    answer = RawEntry("1.1", "已完成", "做了", ("一号",), "", Place(3, 3), Place(4, 11), 7)
    return RawUnit(Scalar("甲", Place(1, 5)), [answer], Place(3, 3))._replace(**changes)


def test_an_outline_becomes_a_submission() -> None:
    """Every field arrives, the column of a block too."""
    found = build_submission(outline(period="2020年", reporter="某", phone="1"), CATALOG, "甲.yaml")
    entry = Entry("1.1", Progress.DONE, "做了", ("一号",), "", {}, Place(3, 3), Place(4, 11), 7)
    assert found == Submission("甲", "甲.yaml", "2020年", "某", "1", {"1.1": entry}, Place(1, 5), Place(3, 3))


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": Scalar(" ")},
        {"period": "甲\n乙"},
        {"reporter": "\x07"},
        {"entries": [outline().entries[0]] * 2},
        {"entries": [outline().entries[0]._replace(task="9.9")]},
        {"entries": [outline().entries[0]._replace(progress="完成")]},
        {"entries": [outline().entries[0]._replace(status="甲\r乙")]},
        {"entries": [outline().entries[0]._replace(evidence=("\x0b",))]},
        {"entries": [outline().entries[0]._replace(remark="\ufffe")]},
    ],
    ids=str,
)
def test_what_is_to_be_told_makes_no_submission(changes: dict[str, object]) -> None:
    """Telling is for the long way."""
    assert build_submission(outline(**changes), CATALOG, "甲") is None


@pytest.mark.parametrize(
    ("header", "usual"),
    [
        (["单位", "编号", "落实情况"], True),
        (["编号", "落实情况"], False),
        (["单位", "编号", "落实情况", "备注"], False),
        (["单位", "编号", "落实情况", "编号"], False),
        (["单位", "编号 ", "落实情况"], False),
        ([], False),
    ],
)
def test_usual_columns(header: list[str], usual: bool) -> None:
    """A header that needs a note is not usual."""
    assert (plain_columns(header) is not None) is usual


def test_a_table_without_a_row_is_not_usual() -> None:
    """That nothing was filled in is told."""
    assert raw_units({"单位": 0, "编号": 1, "落实情况": 2}, [(2, ["", "", ""])], Place, CATALOG) is None


def test_the_quoted_unit_is_its_text() -> None:
    """The outline has the text of a scalar, not its notation."""
    data = f'单位: {json.dumps("甲 #1")}\n任务: \n  "1.1": 做了\n'.encode()
    assert [one.unit for one in short_way(".yaml", data) or ()] == ["甲 #1"]
