"""From rows to units: finding the columns."""

from __future__ import annotations

import pytest
from rows import ALL_COLUMNS, read, said, units

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.formats.raw import Scalar


class TestHeader:
    """Finding the columns."""

    def test_empty_file(self, catalog: Catalog) -> None:
        """An empty file is told, with what should be there."""
        found, (finding,) = units(catalog)
        assert found == []
        assert said(finding) == ("ZJ115", NOWHERE, None, "文件里没有内容")
        assert finding.hint == f"第一行应是列名：{ALL_COLUMNS}"

    def test_blank_lines_only(self, catalog: Catalog) -> None:
        """So is one of blank lines."""
        found, (finding,) = units(catalog, [], [])
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
        found, (finding,) = units(catalog, header, "x|y|z")
        assert found == []
        assert said(finding) == ("ZJ115", Place(1, 1), None, message)
        assert finding.hint == f"第一行应是列名：{ALL_COLUMNS}"

    def test_full_width_comma(self, catalog: Catalog) -> None:
        """A full-width comma as delimiter is refused, told why."""
        found, (finding,) = units(catalog, "编号，落实情况", "1.1，a")
        assert found == []
        assert finding.message == (
            "缺少列：编号、落实情况。找到的是：“编号，落实情况”。表头里用的是全角逗号“，”，不是分隔符"
        )
        assert finding.hint == f"第一行应是列名：{ALL_COLUMNS}；分隔符改用半角逗号"

    def test_doubled_column(self, catalog: Catalog) -> None:
        """Of two columns 落实情况 nobody knows which one counts: nothing is read."""
        found, (finding,) = units(catalog, "单位|编号|落实情况|落实 情况", "甲|1.1|a|b")
        assert found == []
        assert said(finding) == ("ZJ114", Place(1, 4), None, "列“落实情况”出现了两次")
        assert finding.hint == "只留一列"

    def test_unknown_columns(self, catalog: Catalog) -> None:
        """序号 and 备注 are named in an info."""
        (found,), (finding,) = units(catalog, "序号|单位|编号|落实情况| 备注 |", "1|甲|1.1|a|b|", "1|甲|1.2|a|b")
        assert said(finding) == ("ZJ110", Place(1, 1), None, "未采用不认识的列：“序号”、“备注”")
        assert (finding.severity, finding.hint) == (Severity.INFO, f"采用的列只有：{ALL_COLUMNS}")
        assert found.fields[0][1] == Scalar("甲", Place(2, 2))

    def test_text_in_a_column_without_a_name(self, catalog: Catalog) -> None:
        """What stands beside the table is told once a column, with its first text."""
        (_found,), (finding,) = units(catalog, "单位|编号|落实情况|", "甲|1.1|a| ", "|1.2|a|补充", "|1.3|a|又一句")
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
        assert units(catalog, *above, "单位|报告期|编号|落实情况", "甲|2020年|1.1|a", "乙||1.1|a")[1] == []

    @pytest.mark.parametrize("above", ["单位：丙", "单位：甲　　报告期：2021年", "单位：共 3 个，见“单位”一列"])
    def test_title_that_says_otherwise(self, catalog: Catalog, above: str) -> None:
        """A unit corrected above the table only would be lost."""
        (finding,) = units(catalog, above, "单位|报告期|编号|落实情况", "甲|2020年|1.1|a", "乙||1.1|a")[1]
        assert finding.message == "表头之前的 1 行未采用"

    def test_title_above(self, catalog: Catalog) -> None:
        """A title above the header row is passed over, with a note."""
        (found,), (finding,) = units(catalog, "附表2", "", "单位|编号|落实情况", "甲|1.1|a")
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
        found, (finding,) = units(catalog, *["说明"] * 20, "单位|编号|落实情况", "甲|1.1|a")
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
