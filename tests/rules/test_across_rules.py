"""The rules between units, and what they keep of a submission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.findings import Finding, Place, Severity
from zhijiao20.model import Submission
from zhijiao20.rules import AcrossReview
from zhijiao20.rules.across import Seen, seen
from zhijiao20.rules.settings import DEFAULT

QUICK = settings(deadline=None, derandomize=True)


def review_across(units: Iterable[Seen]) -> list[Finding]:
    """All rules between units, over units without texts: no temporary file is opened."""
    review = AcrossReview(DEFAULT, unneeded)
    for unit in units:
        review.take(unit)
    return review.finish()


def unneeded() -> IO[bytes]:
    raise AssertionError


def unit(name: str, file: str = "", period: str = "") -> Seen:
    """A unit that was read, named in line 1 of its file."""
    return Seen(name, file or f"{name}.yaml", period, Place(1, 9))


def test_seen() -> None:
    """Of 12,000 submissions only what the rules need is kept."""
    submission = Submission("甲", "甲.yaml", "2020年上半年", place=Place(2, 5))
    assert seen(submission) == Seen("甲", "甲.yaml", "2020年上半年", Place(2, 5))


class TestDuplicateUnit:
    """ZJ107."""

    def test_message(self) -> None:
        """Two files for one unit is an error that names both; none is chosen."""
        (finding,) = review_across([unit("甲局", "甲局.yaml"), unit("乙局"), unit("甲局", "副本/甲局(1).yaml")])
        assert (finding.rule.code, finding.severity) == ("ZJ107", Severity.ERROR)
        assert (finding.file, finding.place, finding.unit) == ("副本/甲局(1).yaml", Place(1, 9), "甲局")
        assert finding.message == "单位“甲局”有两份文件：甲局.yaml 和 副本/甲局(1).yaml"
        assert finding.hint == "只留确认过的一份，把另一份移出来；确是两个单位的，改正其中一份的“单位”"

    def test_three_versions(self) -> None:
        """“(1)”, “副本”, “终稿2”: every further version is told beside the first."""
        findings = review_across([unit("甲局", name) for name in ["甲局.yaml", "甲局(1).yaml", "甲局终稿2.yaml"]])
        assert [finding.message for finding in findings] == [
            "单位“甲局”有两份文件：甲局.yaml 和 甲局(1).yaml",
            "单位“甲局”有两份文件：甲局.yaml 和 甲局终稿2.yaml",
        ]

    @pytest.mark.parametrize("other", ["甲 局", "甲局\u3000", "甲\u200b局", "甲局"])
    def test_white_space_makes_no_other_unit(self, other: str) -> None:
        """A stray space must not put one unit's answers into the form twice."""
        assert [finding.rule.code for finding in review_across([unit("甲局", "1"), unit(other, "2")])] == ["ZJ107"]

    def test_different_units(self) -> None:
        """Names that only resemble each other are two units."""
        assert review_across([unit("澄州市教育局"), unit("澄州市教育局机关"), unit("青溪县教育局")]) == []


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
    """As many duplicates as units beyond the different ones; never more warnings than half of the periods given."""
    findings = review_across(
        Seen(name, f"{index}.yaml", period, Place(1)) for index, (name, period) in enumerate(given_units)
    )
    codes = [finding.rule.code for finding in findings]
    assert codes.count("ZJ107") == len(given_units) - len({name.strip() for name, _ in given_units})
    dated = [period for _, period in given_units if period]
    most = max(map(dated.count, dated), default=0)
    assert codes.count("ZJ111") == len(dated) - most
