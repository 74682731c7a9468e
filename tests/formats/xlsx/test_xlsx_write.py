"""XLSX written: every text comes back as it was, no cell is a formula, and the sheet helps to fill it in."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sheets import submissions, unpack

from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Collector
from zhijiao20.core.garbled import LOST_MARKS
from zhijiao20.core.limits import Limits
from zhijiao20.core.submission import Entry, Progress, Submission, is_blank
from zhijiao20.formats.xlsx.read import read
from zhijiao20.formats.xlsx.write import write
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
FULL = Submission(
    "澄州市教育局",
    period="2020年上半年",
    entries={
        "1.1": Entry("1.1", Progress.DONE, "第一段\n\n　　第二段\n", ("澄教〔2019〕1号", "a；b"), "内部"),
        "1.2": Entry("1.2", Progress.NOT_APPLICABLE),
        "20.1": Entry("20.1", status="=1+1", evidence=("一条；带分号",)),
    },
)
ODD = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\t缩进",
    "'引",
    "''",
    "<r>粗</r>",
    "<r><t>x</t></r>",
    "_x000D_",
    "_x005F_x000D_",
    "a_x005F_x005F_x000D_x000D_",
    "{=1}",
    "http://a.b/ c",
    "1.10",
    "TRUE",
    "#N/A",
    "2020-01-01",
    " 空格 ",
    "\u00a0\u200b\ufeff",
    "e\u0301 \u202eאב\u202c",
    "𠀀𪚥👨\u200d👩",
    "\ue000\ufe00",
    "\x7f\x85\u2028",
    "]]>&amp;<",
    "a\n\n b",
]


def sheet(data: bytes, index: int = 0) -> Worksheet:
    """A sheet as openpyxl sees it."""
    return load_workbook(io.BytesIO(data)).worksheets[index]


def back(data: bytes) -> list[Submission]:
    """The submissions in a file that must read without a word."""
    found, findings = submissions(data)
    assert findings == []
    return found


def same(first: Submission, second: Submission) -> None:
    """The second is the first, written and read: every task stands there now."""
    assert (second.unit, second.period) == (first.unit, first.period)
    assert list(second.entries) == list(CATALOG.tasks)
    for task, entry in second.entries.items():
        wanted = first.entries.get(task, Entry(task))
        assert (entry.progress, entry.status, entry.evidence, entry.remark) == (
            wanted.progress,
            wanted.status,
            wanted.evidence,
            wanted.remark,
        )


def test_columns_of_the_contract() -> None:
    """Other programs depend on them; 报告期 and 说明 stand there only when set."""
    rows = list(sheet(write([Submission("甲")], CATALOG)).iter_rows(values_only=True))
    assert rows[0][0] == CATALOG.title
    assert rows[1][0] == "单位：甲"
    assert rows[2] == ("单位", "编号", "部分", "条目", "任务", "进展", "落实情况", "佐证")
    assert [cells[1] for cells in rows[3:]] == list(CATALOG.tasks)
    assert rows[3][:5] == (
        "甲",
        "1.1",
        *[getattr(CATALOG.tasks["1.1"], name) for name in ("chapter", "article", "text")],
    )
    full = list(sheet(write([FULL], CATALOG)).iter_rows(values_only=True))
    assert full[1][0] == "单位：澄州市教育局　　报告期：2020年上半年"
    assert full[2] == ("单位", "报告期", "编号", "部分", "条目", "任务", "进展", "落实情况", "佐证", "说明")
    assert full[3][6:] == ("已完成", "第一段\n\n　　第二段\n", "澄教〔2019〕1号\na；b", "内部")


def test_written_and_read_back() -> None:
    """Several units in one file are several submissions."""
    other = Submission("=乙", entries={"2.1": Entry("2.1", status="做了")})
    first, second = back(write([FULL, other], CATALOG))
    same(FULL, first)
    same(other, second)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_texts_come_back(text: str) -> None:
    """As status, unit or remark."""
    entry = Entry(
        "1.1", status=text, evidence=(text.strip(),) if text.strip() and "\n" not in text else (), remark=text
    )
    if is_blank(text):
        entry = Entry("1.1", status=text)
    (found,) = back(write([Submission("甲", entries={"1.1": entry})], CATALOG))
    assert found.entries["1.1"].status == text
    assert found.entries["1.1"].remark == entry.remark


ANY = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[*map(chr, [*range(9), *range(11, 32)]), "\ufffe", "\uffff", *LOST_MARKS],
    ),
    max_size=40,
)


@settings(max_examples=100, deadline=None, database=None)
@given(ANY, st.lists(ANY.map(lambda text: "".join(text.split())).filter(lambda text: not is_blank(text)), max_size=3))
def test_any_text_comes_back(status: str, evidence: list[str]) -> None:
    """All of Unicode that XML can hold, and no cell is a formula."""
    entry = Entry("3.2", Progress.ONGOING, status, tuple(evidence))
    data = write([Submission("甲", entries={"3.2": entry})], CATALOG)
    (found,) = back(data)
    same(Submission("甲", entries={"3.2": entry}), found)
    assert b"<f" not in unpack(data)["xl/worksheets/sheet1.xml"].replace(b"<formula", b"")


def test_no_cell_is_a_formula_or_starts_like_one() -> None:
    """Contract: one apostrophe before = + - @ tab and ', in XLSX too."""
    entries = {task: Entry(task, status=text) for task, text in zip(CATALOG.tasks, ODD, strict=False)}
    for cells in sheet(write([Submission("=甲", entries=entries)], CATALOG)).iter_rows(min_row=4):
        for cell in cells:
            assert cell.data_type in {"s", "n"}
            assert cell.value is None or isinstance(cell.value, str)
            assert not str(cell.value or "").startswith(("=", "+", "-", "@", "\t"))


def test_the_same_bytes_on_any_day() -> None:
    """No clock, no name of the machine."""
    assert write([FULL], CATALOG) == write([FULL], CATALOG)
    core = unpack(write([FULL], CATALOG))["docProps/core.xml"].decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2020-01-01"}


def test_what_is_locked_and_what_is_not() -> None:
    """Official wording cannot be changed by a slip; rows and columns can be made wider."""
    table = sheet(write([FULL], CATALOG))
    assert [cell.protection.locked for cell in table[4]] == [True] * 6 + [False] * 4
    assert {cell.number_format for cells in table.iter_rows(min_row=4) for cell in cells} == {"@"}
    assert all(cell.alignment.vertical == "top" and cell.alignment.wrap_text for cell in table[4])
    protection = table.protection
    assert protection.sheet
    assert not protection.password
    assert (protection.formatColumns, protection.formatRows, protection.insertRows) == (False, False, True)


def test_help_for_the_clerk() -> None:
    """A list of the four words with messages in Chinese, a colour for what is missing, instructions behind."""
    data = write([Submission("甲")], CATALOG)
    table = sheet(data)
    (rule,) = table.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("F4:F90", '"已完成,推进中,未启动,不涉及"')
    assert (rule.promptTitle, rule.errorTitle) == ("进展", "进展只有四种")
    assert "已完成、推进中、未启动、不涉及" in str(rule.error)
    (found,) = table.conditional_formatting
    assert str(found.sqref) == "F4:G90"
    assert found.rules[0].formula == ['AND(LEN(TRIM($G4))=0,$F4<>"不涉及")']
    assert table.freeze_panes == "A4"
    assert table.print_title_rows == "$3:$3"
    assert (table.page_setup.orientation, table.page_setup.paperSize) == ("landscape", 9)
    assert (table.page_setup.fitToWidth or 1, table.page_setup.fitToHeight) == (1, 0)
    notes = sheet(data, 1)
    assert notes.title == "填写说明"
    assert notes["A1"].value == "填写说明"


def test_rows_grow_with_their_text() -> None:
    """A height is a first guess: a row that is marked as set by hand would cut what is filled in."""
    long = Submission("甲", entries={"1.1": Entry("1.1", status="字" * 20_000)})
    xml = unpack(write([long], CATALOG))["xl/worksheets/sheet1.xml"]
    heights = [float(row.get("ht", 0)) for row in etree.fromstring(xml).iter("{*}row")]
    assert heights[3] > 400
    assert all(20 < height < 200 for height in heights[4:])
    assert b"customHeight" not in xml


def test_changed_instructions_are_told() -> None:
    """What someone writes onto our second sheet is not lost in silence."""
    book = load_workbook(io.BytesIO(write([Submission("甲")], CATALOG)))
    book.worksheets[1]["A30"] = "另：1.1 已办结"
    stream = io.BytesIO()
    book.save(stream)
    out = Collector("甲.xlsx")
    read(stream.getvalue(), out)
    assert [finding.message for finding in out.findings] == ["没有采用的工作表：“填写说明”"]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry("3.2", status="𠀀" * 16_384), "落实情况"),
        (Entry("3.2", evidence=("字" * 32_768,)), "佐证"),
        (Entry("3.2", remark="字" * 32_768), "说明"),
    ],
    ids=["status", "evidence", "remark"],
)
def test_a_text_too_long_for_a_cell_is_refused(entry: Entry, field: str) -> None:
    """By task, before anything is cut off."""
    with pytest.raises(UsageError) as caught:
        write([Submission("甲", entries={"3.2": entry})], CATALOG)
    assert str(caught.value) == (
        f"甲：任务 3.2 的{field}有 32768 个字符，Excel 一格最多 32767 个。请缩短，或换成 .yaml、.docx"
    )


def test_the_longest_text_fits() -> None:
    """32,767 units are allowed."""
    entry = Entry("3.2", status="字" * 32_767)
    same(Submission("甲", entries={"3.2": entry}), back(write([Submission("甲", entries={"3.2": entry})], CATALOG))[0])


def test_more_units_than_can_be_read_back() -> None:
    """What we write we read."""
    with pytest.raises(UsageError) as caught:
        write([Submission("甲"), Submission("乙")], CATALOG, Limits(cells=1000))
    assert str(caught.value) == "一个 .xlsx 放不下 2 个单位。请把 -o 写成文件夹，一个单位一个文件"
