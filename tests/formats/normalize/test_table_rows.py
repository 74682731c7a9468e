"""From rows to units: what is wrong in a row, and in its official wording."""

from __future__ import annotations

import pytest
from rows import FIRST, codes, read, said, units

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.core.rule_table import Severity


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
        _, (finding,) = units(catalog, "单位|编号|落实情况", row)
        assert said(finding) == ("ZJ116", Place(2, column), "1.1", message)
        assert finding.hint == "文字里有半角逗号时，整格要用半角双引号括起来；用 Excel 或 WPS 另存会自动加上"

    def test_what_is_no_part_of_a_name_is_told_once(self, catalog: Catalog) -> None:
        """A unit written with its seal in every row is one finding for each spelling."""
        rows = ("甲局（公章）|1.1|a", "乙局|1.1|b", "甲局（公章）|1.2|c", "甲局 (盖章)|1.3|d")
        submissions, findings = read(catalog, "单位|编号|落实情况", *rows)
        assert [(one.unit, len(one.entries)) for one in submissions] == [("甲局", 3), ("乙局", 1)]
        assert [said(finding)[:2] for finding in findings] == [("ZJ120", Place(2, 1)), ("ZJ120", Place(5, 1))]

    def test_too_long_without_an_id(self, catalog: Catalog) -> None:
        """Both faults of a row are told."""
        _, findings = units(catalog, "单位|编号|落实情况", "甲||a|b")
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
        _, (finding,) = units(catalog, header, row)
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
        _, (finding,) = units(catalog, "单位|编号|任务|落实情况", f"甲|1.2|{FIRST}|a")
        assert finding.message == "“任务”一列的官方表述被改动：这是任务 1.1 的表述"

    def test_style_is_no_change(self, catalog: Catalog) -> None:
        """Width, line breaks and invisible characters are not the clerk's doing."""
        text = catalog.tasks["6.1"].text.replace("1+X", "１＋Ｘ").replace("，", ",\n").replace("证书", "证\u200b书")
        _, findings = units(catalog, ["单位", "编号", "任务", "落实情况"], ["甲", "6.1", text, "a"])
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
        _, (finding,) = units(catalog, "单位|编号|任务|落实情况", f"甲|1.1|{text}|a")
        assert "\x1b" not in finding.message
        assert len(finding.message) < 1000
