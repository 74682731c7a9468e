"""From the rows of a CSV file or a sheet to one tree a unit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Collector, Finding, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.normalize.table import COLUMNS, trees_from_table, unescape
from zhijiao20.formats.normalize.tree import submission_from_tree
from zhijiao20.formats.raw import Node, Pairs, Scalar, Table

QUICK = settings(deadline=None, derandomize=True)
FIRST = "严把教学标准和毕业学生质量标准两个关口。"
ALL_COLUMNS = "单位、报告期、编号、部分、条目、任务、进展、落实情况、佐证、说明"


def table(*rows: str | list[str]) -> Table:
    """A table of rows as a CSV file gives it: ``|`` parts the cells, line and field from 1."""
    return Table(
        tuple(
            tuple(
                Scalar(text, Place(line, column))
                for column, text in enumerate(row.split("|") if isinstance(row, str) else row, start=1)
            )
            for line, row in enumerate(rows, start=1)
        )
    )


def trees(catalog: Catalog, *rows: str | list[str]) -> tuple[list[Pairs], list[Finding]]:
    """The trees of a table in a file 澄州市教育局.csv, and the findings."""
    out = Collector("澄州市教育局.csv")
    return trees_from_table(table(*rows), catalog, out, "澄州市教育局"), out.findings


def read(catalog: Catalog, *rows: str | list[str]) -> tuple[list[Submission], list[Finding]]:
    """The submissions of a table, as the program reads them."""
    out = Collector("澄州市教育局.csv")
    read = [
        submission_from_tree(tree, catalog, out)
        for tree in trees_from_table(table(*rows), catalog, out, "澄州市教育局")
    ]
    return [submission for submission in read if submission is not None], out.findings


def said(finding: Finding) -> tuple[str, Place, str | None, str]:
    """Code, place, task and message."""
    return finding.rule.code, finding.place, finding.task, finding.message


def entries(tree: Pairs) -> list[dict[str, Node]]:
    """The entries under 任务, fields by name."""
    tasks = next(node for key, node in tree.pairs if key.text == "任务")
    assert isinstance(tasks, Pairs)
    return [{key.text: field for key, field in entry.pairs} for _, entry in tasks.pairs if isinstance(entry, Pairs)]


def codes(findings: list[Finding]) -> list[str]:
    """The codes in order."""
    return [finding.rule.code for finding in findings]


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
        _, findings = trees(catalog, "单位|编号|落实情况", "甲局|1.1|a", "乙局||b", "||c")
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

    def test_note_below_the_table(self, catalog: Catalog) -> None:
        """A footnote in the first column is told, but is no unit and no fault."""
        submissions, findings = read(catalog, "单位|编号|落实情况", "甲局|1.1|a", "注：数据截至6月30日||")
        assert codes(findings) == ["ZJ110"]
        assert findings[0].message == "这一行没有编号和落实情况，未采用：“注：数据截至6月30日”"
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


class TestHeader:
    """Finding the columns."""

    def test_empty_file(self, catalog: Catalog) -> None:
        """An empty file is told, with what should be there."""
        found, (finding,) = trees(catalog)
        assert found == []
        assert said(finding) == ("ZJ115", NOWHERE, None, "文件里没有内容")
        assert finding.hint == f"第一行应是列名：{ALL_COLUMNS}"

    def test_blank_lines_only(self, catalog: Catalog) -> None:
        """So is one of blank lines."""
        found, (finding,) = trees(catalog, [], [])
        assert found == []
        assert said(finding) == ("ZJ115", NOWHERE, None, "缺少列：编号、落实情况。找到的是：没有列名")

    @pytest.mark.parametrize(
        ("header", "message"),
        [
            pytest.param("单位|任务|落实情况", "缺少列：编号。找到的是：“单位”、“任务”、“落实情况”", id="no-id"),
            pytest.param("编号||备注", "缺少列：落实情况。找到的是：“编号”、“备注”", id="no-status"),
            pytest.param("姓名|电\x1b话", "缺少列：编号、落实情况。找到的是：“姓名”、“电\\x1b话”", id="another-table"),
        ],
    )
    def test_missing_column(self, catalog: Catalog, header: str, message: str) -> None:
        """A missing needed column lists what was found and what was expected."""
        found, (finding,) = trees(catalog, header, "x|y|z")
        assert found == []
        assert said(finding) == ("ZJ115", Place(1, 1), None, message)
        assert finding.hint == f"第一行应是列名：{ALL_COLUMNS}"

    def test_full_width_comma(self, catalog: Catalog) -> None:
        """A full-width comma as delimiter is refused, told why."""
        found, (finding,) = trees(catalog, "编号，落实情况", "1.1，a")
        assert found == []
        assert finding.message == (
            "缺少列：编号、落实情况。找到的是：“编号，落实情况”。表头里用的是全角逗号“，”，不是分隔符"
        )
        assert finding.hint == f"第一行应是列名：{ALL_COLUMNS}；分隔符改用半角逗号"

    def test_doubled_column(self, catalog: Catalog) -> None:
        """Of two columns 落实情况 nobody knows which one counts: nothing is read."""
        found, (finding,) = trees(catalog, "单位|编号|落实情况|落实 情况", "甲|1.1|a|b")
        assert found == []
        assert said(finding) == ("ZJ114", Place(1, 4), None, "列“落实情况”出现了两次")
        assert finding.hint == "只留一列"

    def test_unknown_columns(self, catalog: Catalog) -> None:
        """序号 and 备注 are named in an info."""
        (found,), (finding,) = trees(catalog, "序号|单位|编号|落实情况| 备注 |", "1|甲|1.1|a|b|", "1|甲|1.2|a|b")
        assert said(finding) == ("ZJ110", Place(1, 1), None, "未采用不认识的列：“序号”、“备注”")
        assert (finding.severity, finding.hint) == (Severity.INFO, f"采用的列只有：{ALL_COLUMNS}")
        assert found.pairs[0][1] == Scalar("甲", Place(2, 2))

    def test_text_in_a_column_without_a_name(self, catalog: Catalog) -> None:
        """What stands beside the table is told once a column, with its first text."""
        (_found,), (finding,) = trees(catalog, "单位|编号|落实情况|", "甲|1.1|a| ", "|1.2|a|补充", "|1.3|a|又一句")
        assert said(finding) == ("ZJ110", Place(3, 4), None, "有一列没有列名，未采用；里面有文字，如“补充”")
        assert (finding.unit, finding.hint) == (None, "是填报内容就在表头写上列名")

    @pytest.mark.parametrize(
        "above",
        [
            ["附表2：", "“职教20条”相关任务落实情况一览表"],
            ["附表2：“职教20条”相关任务落实情况一览表", "单位：甲　　报告期：2020年"],
            ["单位：乙"],
            ["单位：共 2 个，见“单位”一列"],
        ],
    )
    def test_title_that_says_nothing_new(self, catalog: Catalog, above: list[str]) -> None:
        """The title and the line that we write above a sheet are no news."""
        assert trees(catalog, *above, "单位|报告期|编号|落实情况", "甲|2020年|1.1|a", "乙||1.1|a")[1] == []

    @pytest.mark.parametrize("above", ["单位：丙", "单位：甲　　报告期：2021年", "单位：共 3 个，见“单位”一列"])
    def test_title_that_says_otherwise(self, catalog: Catalog, above: str) -> None:
        """A unit corrected above the table only would be lost."""
        (finding,) = trees(catalog, above, "单位|报告期|编号|落实情况", "甲|2020年|1.1|a", "乙||1.1|a")[1]
        assert finding.message == "表头之前的 1 行未采用"

    def test_title_above(self, catalog: Catalog) -> None:
        """A title above the header row is passed over, with a note."""
        (found,), (finding,) = trees(catalog, "附表2", "", "单位|编号|落实情况", "甲|1.1|a")
        assert said(finding) == ("ZJ110", Place(3, 1), None, "表头之前的 2 行未采用")
        assert finding.hint == "如果其中有要填报的内容，请移到表头以下"
        assert found.place == Place(4, 1)

    def test_repeated_header(self, catalog: Catalog) -> None:
        """Two units' tables pasted below each other, headers included, are two units."""
        header = "单位|编号|落实情况"
        submissions, findings = read(catalog, header, "甲|1.1|a", header, "乙|1.1|b")
        assert [item.unit for item in submissions] == ["甲", "乙"]
        assert not any(finding.severity is Severity.ERROR for finding in findings)

    def test_header_far_below(self, catalog: Catalog) -> None:
        """A title may stand above the header, not a page of text."""
        found, (finding,) = trees(catalog, *["说明"] * 20, "单位|编号|落实情况", "甲|1.1|a")
        assert found == []
        assert finding.rule.code == "ZJ115"

    def test_unit_from_the_file_name(self, catalog: Catalog) -> None:
        """No column 单位: the file's stem, with a warning."""
        (submission,), (finding,) = read(catalog, "编号|落实情况", "1.1|a")
        assert submission.unit == "澄州市教育局"
        assert said(finding) == ("ZJ113", NOWHERE, None, "没有写单位，单位取自文件名：“澄州市教育局”")
        assert (finding.severity, finding.hint) == (Severity.WARNING, "在文件里写上单位全称")

    def test_no_unit_in_the_column(self, catalog: Catalog) -> None:
        """An empty column 单位 is not filled from anywhere."""
        submissions, findings = read(catalog, "单位|编号|落实情况", "|1.1|a")
        assert submissions == []
        assert [(finding.rule.code, finding.message) for finding in findings] == [("ZJ106", "单位是空的：“”")]

    def test_no_unit_has_a_place(self, catalog: Catalog) -> None:
        """The error says in which line a unit is missing."""
        _, (finding,) = read(catalog, "单位|编号|落实情况", "|1.1|a", "乙|1.1|b")
        assert finding.place.line == 2

    @pytest.mark.parametrize("header", ["单位|编号|落实情况", "编号|落实情况"])
    def test_header_only(self, catalog: Catalog, header: str) -> None:
        """A file whose rows were deleted is never passed over in silence."""
        submissions, findings = read(catalog, header, "||")
        assert submissions == []
        assert any(finding.severity is Severity.ERROR for finding in findings)


class TestRows:
    """What is wrong in a row."""

    @pytest.mark.parametrize(
        ("row", "message", "column"),
        [
            pytest.param("甲|1.1|a|b", "这一行有 4 格，表头只有 3 格，多出来的是：“b”", 4, id="one"),
            pytest.param("甲|1.1|a|b||c", "这一行有 6 格，表头只有 3 格，多出来的是：“b”、“c”", 4, id="two"),
            pytest.param("甲|1.1|a||", "这一行有 5 格，表头只有 3 格，多出来的是（空格）", 4, id="empty"),
        ],
    )
    def test_too_long(self, catalog: Catalog, row: str, message: str, column: int) -> None:
        """A comma in a text without quotation marks moves the cells: an error with what stands too much."""
        _, (finding,) = trees(catalog, "单位|编号|落实情况", row)
        assert said(finding) == ("ZJ116", Place(2, column), "1.1", message)
        assert finding.hint == "文字里有半角逗号时，整格要用半角双引号括起来；用 Excel 或 WPS 另存会自动加上"

    def test_too_long_without_an_id(self, catalog: Catalog) -> None:
        """Both faults of a row are told."""
        _, findings = trees(catalog, "单位|编号|落实情况", "甲||a|b")
        assert codes(findings) == ["ZJ116", "ZJ101"]
        assert findings[0].task is None

    def test_no_id(self, catalog: Catalog) -> None:
        """A row without an id is told with the id that its wording has; it is not taken."""
        (submission,), findings = read(catalog, "单位|编号|任务|落实情况", f"甲||{FIRST}|a", "甲|1.2||b")
        (finding,) = findings
        assert said(finding) == ("ZJ101", Place(2, 2), None, "这一行没有任务编号，看任务文字应是 1.1")
        assert finding.hint == "在“编号”一列填上任务编号 1.1"
        assert [*submission.entries] == ["1.2"]

    @pytest.mark.parametrize(
        ("header", "row", "column"),
        [
            pytest.param("单位|编号|落实情况", "甲| |a", 2, id="no-wording-column"),
            pytest.param("单位|编号|任务|落实情况", "甲||别的任务|a", 2, id="another-wording"),
            pytest.param("单位|落实情况|编号", "甲|a", 1, id="row-ends-before-the-id"),
        ],
    )
    def test_no_id_and_no_likely_one(self, catalog: Catalog, header: str, row: str, column: int) -> None:
        """Where the wording tells nothing, the row may be no answer at all."""
        _, (finding,) = trees(catalog, header, row)
        assert said(finding) == ("ZJ101", Place(2, column), None, "这一行没有任务编号")
        assert finding.hint == "在“编号”一列填上任务编号；不是填报内容就删去这一行"

    def test_id_became_a_date(self, catalog: Catalog) -> None:
        """The classic of spreadsheets, told by the row."""
        (submission,), findings = read(catalog, "单位|编号|落实情况", "甲|1月1日|a", "甲|43832|b")
        assert [said(finding) for finding in findings] == [
            ("ZJ117", Place(2, 2), None, f"任务编号“1月1日”像是被表格软件改成了日期，很可能是 1.1：{FIRST}"),
            (
                "ZJ117",
                Place(3, 2),
                None,
                f"任务编号“43832”像是被表格软件改成了日期，很可能是 1.2：{catalog.tasks['1.2'].text}",
            ),
        ]
        assert submission.entries == {}

    def test_periods(self, catalog: Catalog) -> None:
        """One unit with two 报告期: the first one counts, with a warning."""
        (submission,), (finding,) = read(
            catalog, "单位|报告期|编号|落实情况", "甲|2020年上半年|1.1|a", "甲||1.2|b", "甲|2019年下半年|1.3|c"
        )
        assert submission.period == "2020年上半年"
        assert said(finding) == (
            "ZJ111",
            Place(4, 2),
            None,
            "同一单位的报告期不一致：前面是“2020年上半年”，这里是“2019年下半年”，已采用前面的",
        )
        assert (finding.severity, finding.hint) == (Severity.WARNING, "一份文件只填一个报告期")


class TestWording:
    """The official columns are held against the official wording and never taken from the file."""

    @pytest.mark.parametrize(
        ("name", "text", "told", "official"),
        [
            pytest.param("任务", "严把教育标准和毕业学生质量标准两个关口。", "“严把教学标准和毕业学”改成了“严把教育标准和毕业学”", FIRST, id="任务"),
            pytest.param("部分", "一、完善职业教育制度体系", "“一、完善”之后少了“国家”", "一、完善国家职业教育制度体系", id="部分"),
            pytest.param("条目", "1.健全国家职业教育制度框架图", "“教育制度框架”之后多了“图”", "1.健全国家职业教育制度框架", id="条目"),
        ],
    )  # fmt: skip
    def test_changed(self, catalog: Catalog, name: str, text: str, told: str, official: str) -> None:
        """A changed official wording is an error that shows the change and the original; the row is still read."""
        (submission,), (finding,) = read(catalog, f"单位|编号|{name}|落实情况", f"甲|1.1|{text}|a")
        assert said(finding) == ("ZJ108", Place(2, 3), "1.1", f"“{name}”一列的官方表述被改动：{told}")
        assert finding.hint == f"改回原文：{official}"
        assert submission.entries["1.1"].status == "a"

    def test_wording_of_another_task(self, catalog: Catalog) -> None:
        """A column that was sorted alone: the row has the wording of another task."""
        _, (finding,) = trees(catalog, "单位|编号|任务|落实情况", f"甲|1.2|{FIRST}|a")
        assert finding.message == "“任务”一列的官方表述被改动：这是任务 1.1 的表述"

    def test_style_is_no_change(self, catalog: Catalog) -> None:
        """Width, line breaks and invisible characters are not the clerk's doing."""
        text = catalog.tasks["6.1"].text.replace("1+X", "１＋Ｘ").replace("，", ",\n").replace("证书", "证\u200b书")
        _, findings = trees(catalog, ["单位", "编号", "任务", "落实情况"], ["甲", "6.1", text, "a"])
        assert findings == []

    def test_unknown_id_has_no_wording(self, catalog: Catalog) -> None:
        """Where the id is wrong, that is the finding."""
        _, findings = read(catalog, "单位|编号|任务|落实情况", "甲|21.1|别的|a")
        assert codes(findings) == ["ZJ101"]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(FIRST.replace("教学", "教\x1b[31m学"), id="terminal-escape"),
            pytest.param(FIRST.replace("教学", "教" + "很长" * 5000 + "学"), id="ten-thousand-characters"),
        ],
    )
    def test_changed_wording_is_shown_like_every_value(self, catalog: Catalog, text: str) -> None:
        r"""A wrong value is cut at 200 characters, control characters shown as \x1b."""
        _, (finding,) = trees(catalog, "单位|编号|任务|落实情况", f"甲|1.1|{text}|a")
        assert "\x1b" not in finding.message
        assert len(finding.message) < 1000


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
    found = trees_from_table(table(*header, *rows), catalog, out, "甲")
    assert [finding for finding in out.findings if not finding.message or not finding.hint] == []
    for tree in found:
        assert [key.text for key, _ in tree.pairs] in (["单位", "任务"], ["单位", "报告期", "任务"])
        submission_from_tree(tree, catalog, out)
    if headed and found and "ZJ110" not in codes(out.findings):  # otherwise another row is the header
        written = [unescape(row[2]) for row in rows if len(row) > 2 and row[1].strip()]
        kept = [entry["落实情况"] for tree in found for entry in entries(tree) if "落实情况" in entry]
        assert sorted(written) == sorted(node.text for node in kept if isinstance(node, Scalar))


def test_a_flood_of_evidence_ends(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cells are within bounds together, the fourth is not taken and named; the other fields of its row are."""
    monkeypatch.setattr("zhijiao20.formats.normalize.table._EVIDENCE_LIMIT", 3)
    found, findings = trees(
        catalog, "编号|落实情况|佐证", "1.1|甲|一；二", "1.2|乙|三；四", "2.1|丙|五；六", "2.2|丁|七；八"
    )
    evidence = [[item.text for item in entry["佐证"].nodes] for entry in entries(found[0])]
    assert evidence == [["一", "二"], ["三", "四"], ["五", "六"], []]
    assert [entry["落实情况"].text for entry in entries(found[0])] == ["甲", "乙", "丙", "丁"]  # type: ignore[union-attr]
    assert [(code, place) for code, place, *_ in map(said, findings)] == [("ZJ113", NOWHERE), ("ZJ104", Place(5, 3))]
