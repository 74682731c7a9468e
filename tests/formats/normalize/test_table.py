"""From the rows of a CSV file or a sheet to one raw unit each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import ALL_COLUMNS, FIRST, codes, field, read, said, table, units

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.formats.normalize.columns import COLUMNS, unescape
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.normalize.table import units_from_table

QUICK = settings(deadline=None, derandomize=True)


class TestRead:
    """What is right is read as it stands."""

    def test_all_columns(self, catalog: Catalog) -> None:
        """Every column arrives; 部分, 条目 and 任务 are for the eye only."""
        task = catalog.tasks["1.1"]
        (submission,), findings = read(
            catalog,
            "单位|报告期|编号|部分|条目|任务|进展|落实情况|佐证|说明",
            f"甲局|2020年上半年|1.1|{task.chapter}|{task.article}|{task.text}|已完成|印发|文一；文二|内部",
        )
        assert findings == []
        assert (submission.unit, submission.period) == ("甲局", "2020年上半年")
        (entry,) = submission.entries.values()
        assert (entry.task, entry.progress, entry.status, entry.remark) == ("1.1", "已完成", "印发", "内部")
        assert entry.evidence == ("文一", "文二")
        assert (entry.place, entry.text_place) == (Place(2, 3), Place(2, 8))

    def test_columns_by_name(self, catalog: Catalog) -> None:
        """Another order, spaces in the header and the names that offices use for two of the columns."""
        (submission,), findings = read(catalog, " 落 实情况 |任务编号|填报\u200b单位", "印发|1.1|甲局")
        assert findings == []
        assert (submission.unit, submission.entries["1.1"].status) == ("甲局", "印发")

    def test_several_units(self, catalog: Catalog) -> None:
        """Several 单位 in one table are several submissions; an empty cell takes the one above."""
        submissions, findings = read(
            catalog,
            "单位|报告期|编号|落实情况",
            "甲局|2020|1.1|a",
            "|2020|1.2|b",
            "乙局||1.1|c",
            "\u3000|2021|1.2|d",
            "甲局||1.3|e",
        )
        assert findings == []
        assert [
            (item.unit, item.period, {task: entry.status for task, entry in item.entries.items()})
            for item in submissions
        ] == [("甲局", "2020", {"1.1": "a", "1.2": "b", "1.3": "e"}), ("乙局", "2021", {"1.1": "c", "1.2": "d"})]

    def test_findings_name_the_unit(self, catalog: Catalog) -> None:
        """In a table of several units every finding says whose row it is."""
        _, findings = units(catalog, "单位|编号|落实情况", "甲局|1.1|a", "乙局||b", "||c")
        assert [finding.unit for finding in findings] == ["乙局", "乙局"]

    def test_rows_in_any_order(self, catalog: Catalog) -> None:
        """Sorted, deleted and inserted rows are matched by id."""
        (submission,), _ = read(catalog, "单位|编号|落实情况", "甲|10.1|c", "||", "", "甲|2.1|b")
        assert [(task, entry.status) for task, entry in submission.entries.items()] == [("2.1", "b"), ("10.1", "c")]

    def test_short_row(self, catalog: Catalog) -> None:
        """A row that ends early has nothing in the columns it lacks."""
        (submission,), findings = read(catalog, "单位|编号|落实情况|佐证", "甲|1.1")
        assert findings == []
        assert (submission.entries["1.1"].status, submission.entries["1.1"].evidence) == ("", ())

    def test_official_columns_may_be_merged(self, catalog: Catalog) -> None:
        """A blank 部分 or 条目 is merged into the cell above, as in the official table."""
        assert read(catalog, "单位|编号|部分|条目|任务|落实情况", "甲|1.1||\u3000| |a")[1] == []

    def test_places(self, catalog: Catalog) -> None:
        """The unit's place is its first cell, the tasks' place the first id: later findings point there."""
        (submission,), _ = read(catalog, "单位|编号|落实情况", "甲|1.1|a", "甲|1.2|b")
        assert (submission.place, submission.tasks_place) == (Place(2, 1), Place(2, 2))

    def test_doubled_row(self, catalog: Catalog) -> None:
        """A doubled id is an error that shows both texts, with the line of the first."""
        _, (finding,) = read(catalog, "单位|编号|落实情况", "甲|1.1|a", "甲|1.1|b")
        assert said(finding) == (
            "ZJ102", Place(3, 2), "1.1", "任务 1.1 出现了两次（前一次在第 2 行）。前一次：“a”；这一次：“b”",
        )  # fmt: skip

    @pytest.mark.parametrize("other", ["甲局 ", "甲\u3000局", "甲局\u200b"])
    def test_one_unit_spelled_with_a_space(self, catalog: Catalog, other: str) -> None:
        """White space makes no other unit, in a table as between files."""
        submissions, _ = read(catalog, "单位|编号|落实情况", "甲局|1.1|a", f"{other}|1.2|b")
        assert [(item.unit, [*item.entries]) for item in submissions] == [("甲局", ["1.1", "1.2"])]

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            (["2020年7月6日||"], []),
            (["||2020.7.6"], []),
            (["日期：2020年7月6日||"], ["日期：2020年7月6日"]),
            (["填报人：李某|联系电话|123"], ["填报人：李某　　联系电话　　123"]),
            (["填报时间：|2020年7月6日|", "备注：两份||"], ["填报时间：2020年7月6日"]),
        ],
    )
    def test_who_signs_and_when_is_no_entry(self, catalog: Catalog, rows: list[str], told: list[str]) -> None:
        """The rows that close a table are no faults; what is neither a date nor the unit is told once."""
        submissions, findings = read(catalog, "单位|编号|落实情况", "甲局|1.1|a", *rows)
        assert [entry.status for entry in submissions[0].entries.values()] == ["a"]
        assert [finding.message for finding in findings] == [f"表格下面的文字未采用，如“{text}”" for text in told]

    def test_rows_between_entries_close_nothing(self, catalog: Catalog) -> None:
        """A date where an id belongs is an id that a program changed; no row is lost, nor their order."""
        rows = ["2020年1月1日||", "日期：||", "|1.2|b"]
        _, findings = read(catalog, "单位|编号|落实情况", "甲局|1.1|a", *rows)
        assert [finding.rule.code for finding in findings] == ["ZJ110", "ZJ110"]
        _, findings = read(catalog, "编号|落实情况", "1.1|a", "2020年1月1日|", "1.2|b")
        assert [finding.rule.code for finding in findings] == ["ZJ113", "ZJ117"]

    def test_note_below_the_table(self, catalog: Catalog) -> None:
        """A footnote in the first column is told, but is no unit and no fault."""
        submissions, findings = read(catalog, "单位|编号|落实情况", "甲局|1.1|a", "注：数据截至6月30日||")
        assert codes(findings) == ["ZJ110"]
        assert findings[0].message == "表格下面的文字未采用，如“注：数据截至6月30日”"
        assert [item.unit for item in submissions] == ["甲局"]


class TestEscapes:
    """The apostrophe that keeps a spreadsheet from running a text."""

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("'=1+1", "=1+1"),
            ("'+86", "+86"),
            ("'-5%", "-5%"),
            ("'@甲", "@甲"),
            ("'\t甲", "\t甲"),
            ("'\r甲", "\r甲"),
            ("''甲'", "'甲'"),
            ("'''", "''"),
            ("'甲", "'甲"),
            ("'", "'"),
            ("=1+1", "=1+1"),
            ("甲'=", "甲'="),
            ("", ""),
        ],
    )
    def test_one_is_taken_off(self, cell: str, text: str) -> None:
        """Writing puts one before a formula, reading takes one off; any other apostrophe is the office's own."""
        assert unescape(cell) == text

    def test_in_every_column(self, catalog: Catalog) -> None:
        """Units, evidence and texts are written escaped, so they are read so."""
        (submission,), findings = read(catalog, "单位|编号|落实情况|佐证|说明", "'=甲|1.1|'-a|'@b；c|''d")
        assert findings == []
        entry = submission.entries["1.1"]
        assert (submission.unit, entry.status, entry.evidence, entry.remark) == ("=甲", "-a", ("@b", "c"), "'d")


class TestEvidence:
    """佐证 in a cell."""

    @pytest.mark.parametrize(
        ("cell", "items"),
        [
            pytest.param("", (), id="empty"),
            pytest.param("文一", ("文一",), id="one"),
            pytest.param("文一；文二；", ("文一", "文二"), id="semicolons"),
            pytest.param("文一\n文二", ("文一", "文二"), id="lines"),
            pytest.param("文一\r\n文二\r文三\x0b文四", ("文一", "文二", "文三", "文四"), id="other-line-ends"),
            pytest.param("文一；附件\n文二", ("文一；附件", "文二"), id="lines-before-semicolons"),
            pytest.param(" 文一 ；\u200b； 文二", ("文一", "文二"), id="blank-ones"),
            pytest.param("文一;文二", ("文一;文二",), id="half-width-does-not-divide"),
        ],
    )
    def test_items(self, catalog: Catalog, cell: str, items: tuple[str, ...]) -> None:
        """One a line; where there is no line end, ； divides."""
        (submission,), _ = read(catalog, ["单位", "编号", "落实情况", "佐证"], ["甲", "1.1", "a", cell])
        assert submission.entries["1.1"].evidence == items


def test_columns_are_the_contracts() -> None:
    """The names and the order of the columns never change."""
    assert tuple(ALL_COLUMNS.split("、")) == COLUMNS


@QUICK
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "",
                    " ",
                    "单位",
                    "编号",
                    "落实情况",
                    "任务",
                    "佐证",
                    "报告期",
                    "备注",
                    "甲",
                    "乙",
                    "1.1",
                    "1月1日",
                    "9.9",
                    FIRST,
                    "'=a\r\nb；c",
                ]
            ),
            max_size=6,
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_any_table_is_read_or_refused(catalog: Catalog, rows: list[list[str]], headed: bool) -> None:
    """Any rows at all: no crash, every text of a row with an id arrives, every finding says what to do."""
    header = [["单位", "编号", "落实情况", "佐证"]] if headed else []
    out = Collector("甲.csv")
    found = units_from_table(table(*header, *rows), catalog, out, "甲")
    assert [finding for finding in out.findings if not finding.message or not finding.hint] == []
    kept = [field(entry, "落实情况") for unit in found for entry in unit.entries]
    for unit in found:
        assert [key.text for key, _ in unit.fields] in (["单位"], ["单位", "报告期"])
        build_submission(unit, catalog, out)
    if headed and found and "ZJ110" not in codes(out.findings):  # otherwise another row is the header
        written = [unescape(row[2]) for row in rows if len(row) > 2 and row[1].strip()]
        assert sorted(written) == sorted(text for text in kept if isinstance(text, str))


def test_a_flood_of_evidence_ends(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cells are within bounds together, the fourth is not taken and named; the other fields of its row are."""
    monkeypatch.setattr("zhijiao20.formats.normalize.table._EVIDENCE_LIMIT", 3)
    found, findings = units(
        catalog, "编号|落实情况|佐证", "1.1|甲|一；二", "1.2|乙|三；四", "2.1|丙|五；六", "2.2|丁|七；八"
    )
    entries = found[0].entries
    assert [field(entry, "佐证") for entry in entries] == [("一", "二"), ("三", "四"), ("五", "六"), ()]
    assert [field(entry, "落实情况") for entry in entries] == ["甲", "乙", "丙", "丁"]
    assert [(code, place) for code, place, *_ in map(said, findings)] == [("ZJ113", NOWHERE), ("ZJ104", Place(5, 3))]
