"""The rules between units, and what they keep of a submission."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Finding, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT
from zhijiao20.core.submission import Entry, Submission, TaskCounts
from zhijiao20.formats.normalize.merged_table import with_labels
from zhijiao20.rules.cross_unit_review import CrossUnitReview
from zhijiao20.rules.shared.unit_summary import UnitSummary, summarize
from zhijiao20.system.temp_store import TempStore

QUICK = settings(deadline=None, derandomize=True)


def review_across(units: Iterable[UnitSummary]) -> list[Finding]:
    """All rules between units, over units without texts: no temporary storage is opened."""
    review = CrossUnitReview(DEFAULT, unneeded)
    for unit in units:
        review.take(unit)
    return review.finish()


def unneeded() -> TempStore:
    raise AssertionError


def unit(name: str, file: str = "", period: str = "") -> UnitSummary:
    """A unit that was read, named in line 1 of its file."""
    return UnitSummary(name, file or f"{name}.yaml", period, Place(1, 9))


def test_seen() -> None:
    """Of 12,000 submissions only what the rules need is kept."""
    submission = Submission("甲", "甲.yaml", "2020年上半年", place=Place(2, 5))
    counts = TaskCounts(87, 0, 0, 87)
    assert summarize(submission, 87) == UnitSummary("甲", "甲.yaml", "2020年上半年", Place(2, 5), counts=counts)


class TestDuplicateUnit:
    """ZJ107."""

    def test_message(self) -> None:
        """Two files for one unit is an error that names both; none is chosen."""
        (finding,) = review_across([unit("甲局", "甲局.yaml"), unit("乙局"), unit("甲局", "副本/甲局(1).yaml")])
        assert (finding.rule.code, finding.severity) == ("ZJ107", Severity.ERROR)
        assert (finding.file, finding.place, finding.unit) == ("副本/甲局(1).yaml", Place(1, 9), "甲局")
        assert finding.message == "单位“甲局”有两份文件：甲局.yaml 和 副本/甲局(1).yaml"
        assert finding.hint == "只留确认过的一份，把另一份移出来，或加 --use 文件；确是两个单位的，改正其中一份的“单位”"

    def test_all_versions_in_one_finding(self) -> None:
        """“(1)”, “副本”, “终稿2”: one error that lists them."""
        (finding,) = review_across(unit("甲局", name) for name in ["甲局.yaml", "甲局(1).yaml", "甲局终稿2.yaml"])
        assert finding.message == "单位“甲局”有 3 份文件：甲局.yaml、甲局(1).yaml 和 甲局终稿2.yaml"
        assert finding.hint == "只留确认过的一份，把其余的移出来，或加 --use 文件；确是两个单位的，改正其中一份的“单位”"
        (finding,) = review_across(unit("甲局", str(number)) for number in range(12))
        assert finding.message == "单位“甲局”有 12 份文件：0、1、2、3、4、5、6、7、8、9 等 12 份"

    @pytest.mark.parametrize(
        "copy",
        ["甲局(1)", "甲局（2）", "甲局 (10)", "甲局副本", "甲局 - 副本 (2)", "甲局-复件", "甲局 拷贝 2", "甲局 Copy", "甲局终稿2",
         "甲局_最终版", "甲局最终稿(1)", "甲局定稿", "甲局修改稿3", "甲局修订版", "甲局V2", "甲局_v3终稿"],
    )  # fmt: skip
    def test_units_named_after_copies_of_a_file(self, copy: str) -> None:
        """A unit taken from the file's name, or a name copied from there."""
        (finding,) = review_across([unit("甲局"), unit("乙局"), unit(copy)])
        assert (finding.rule.code, finding.unit) == ("ZJ107", copy)
        assert finding.message == f"“甲局”“{copy}”像是同一单位的两个版本：甲局.yaml 和 {copy}.yaml"
        assert (
            finding.hint
            == "只留确认过的一份，把另一份移出来，或加 --use 文件；确是两个单位的，在各自的文件里写上单位全称"
        )

    def test_copies_without_their_original(self) -> None:
        """(1) and (2) are versions of one thing, whatever it is; alone neither is one."""
        (finding,) = review_across([unit("附表2(1)"), unit("附表2(2)")])
        assert finding.message == "“附表2(1)”“附表2(2)”像是同一单位的两个版本：附表2(1).yaml 和 附表2(2).yaml"
        assert review_across([unit("附表2(1)"), unit("副本"), unit("乙局")]) == []

    @pytest.mark.parametrize(
        "other", ["甲局二分局", "甲局2", "甲局（本级）", "甲局(筹)", "甲局终稿委员会", "甲局v", "(1)"]
    )
    def test_units_that_only_begin_alike(self, other: str) -> None:
        """What is no name of a copy makes another unit."""
        assert review_across([unit("甲局"), unit(other)]) == []

    @pytest.mark.parametrize("other", ["甲 局", "甲局\u3000", "甲\u200b局", "甲局"])
    def test_white_space_makes_no_other_unit(self, other: str) -> None:
        """A stray space must not put one unit's answers into the form twice."""
        assert [finding.rule.code for finding in review_across([unit("甲局", "1"), unit(other, "2")])] == ["ZJ107"]

    def test_different_units(self) -> None:
        """Names that only resemble each other are two units."""
        assert review_across([unit("澄州市教育局"), unit("澄州市教育局机关"), unit("青溪县教育局")]) == []

    def test_merged_file_beside_its_parts(self) -> None:
        """An earlier result of render in the folder: every text would count twice."""
        cells = ["【甲局】一。\n二。\n【乙局、丙 局】三。", "四。", "【丁局】五。"]
        entries = {str(number): Entry(str(number), status=text) for number, text in enumerate(cells)}
        merged = summarize(with_labels(Submission("汇总局", "汇总.docx", entries=entries, place=Place(1, 9))))
        assert merged.labels == ("甲局", "乙局", "丙局", "丁局")
        (finding,) = review_across([unit("甲局"), merged, unit("丙局")])
        assert (finding.rule.code, finding.file, finding.place) == ("ZJ107", "汇总.docx", Place(1, 9))
        assert finding.message == (
            "这份文件像是汇总出来的：格内以【甲局】【丙局】开头，而它们自己的文件也在，会计入两遍：甲局.yaml 和 丙局.yaml"
        )
        assert finding.hint == "把汇总出来的文件移出文件夹；要报送的是它，就只留它"

    @pytest.mark.parametrize("others", [["乙局", "丙局"], ["甲局"], []])
    def test_headings_are_no_units(self, others: list[str]) -> None:
        """【做法】 and 【成效】, a county's own merged form, one unit that is named: nothing is doubled for certain."""
        entries = {
            "1.1": Entry("1.1", status="【做法】一。\n【成效】二。\n【甲局】三。\n他说【乙局】也有，【丙局】没有。")
        }
        merged = summarize(with_labels(Submission("汇总局", "a", entries=entries)))
        assert review_across([merged, *map(unit, others)]) == []


class TestPeriod:
    """ZJ111."""

    def test_message(self) -> None:
        """The unit that stands apart is told, with what the others give."""
        (finding,) = review_across(
            [unit("甲", period="2019年下半年"), unit("乙", period="2020年上半年"), unit("丙", period="2020年上半年")]
        )
        assert (finding.rule.code, finding.severity) == ("ZJ111", Severity.WARNING)
        assert (finding.file, finding.place, finding.unit) == ("甲.yaml", Place(1, 9), "甲")
        assert finding.message == "报告期是“2019年下半年”，多数单位是“2020年上半年”（如 乙）"
        assert finding.hint == "核对是不是上一期的文件；不是就改成同一写法"

    @pytest.mark.parametrize(
        ("periods", "told"),
        [
            pytest.param([], [], id="no-units"),
            pytest.param(["", ""], [], id="none-given"),
            pytest.param([" ", "2020"], [], id="blank-is-none"),
            pytest.param(["2020年上半年", "", "2020年上半年"], [], id="not-given-is-not-compared"),
            pytest.param(["2020年上半年", "2020 年上半年", "２０２０年上半年"], [], id="only-spelled-otherwise"),
            pytest.param(["2020", "2019"], [1], id="of-equals-the-first"),
            pytest.param(["2019", "2020", "2018", "2020"], [0, 2], id="two-apart"),
        ],
    )
    def test_who_is_told(self, periods: list[str], told: list[int]) -> None:
        """Who differs from most; who gave none is left in peace."""
        units = [unit(f"单位{index}", period=period) for index, period in enumerate(periods)]
        assert [finding.unit for finding in review_across(units)] == [f"单位{index}" for index in told]

    def test_hostile_period(self) -> None:
        """A period is quoted, cut and visible like every value from a file."""
        (finding,) = review_across([unit("甲", period="2020"), unit("乙", period="\x1b" + "长" * 500)])
        assert finding.message == f"报告期是“\\x1b{'长' * 199}……”，多数单位是“2020”（如 甲）"


@QUICK
@given(st.lists(st.tuples(st.sampled_from(["甲", "乙", "丙", "甲 "]), st.sampled_from(["", "2019", "2020", "2021"]))))
def test_counts(given_units: list[tuple[str, str]]) -> None:
    """One error for each unit that was met more than once; never more warnings than half of the periods given."""
    findings = review_across(
        UnitSummary(name, f"{index}.yaml", period, Place(1)) for index, (name, period) in enumerate(given_units)
    )
    codes = [finding.rule.code for finding in findings]
    names = [name.strip() for name, _ in given_units]
    assert codes.count("ZJ107") == sum(names.count(name) > 1 for name in set(names))
    dated = [period for _, period in given_units if period]
    most = max(map(dated.count, dated), default=0)
    assert codes.count("ZJ111") == len(dated) - most
