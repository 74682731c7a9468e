"""Findings as they are collected, and a report's counts and choices."""

from __future__ import annotations

import pytest

from zhijiao20.core.findings import NOWHERE, Collector, Finding, Place, Report, TooManyFindingsError
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.settings import Settings


class TestCollector:
    """Gathering the findings of one file."""

    def test_keeps_file_unit_and_place(self) -> None:
        """A finding names file, unit, task and place, so that a clerk finds it."""
        out = Collector("甲.yaml")
        out.add("ZJ004", "坏了")
        out.of_unit("甲").add("ZJ201", "空的", "写上", place=Place(3, 5), task="1.1")
        assert out.findings == [
            Finding("甲.yaml", NOWHERE, None, None, RULES["ZJ004"], "坏了", ""),
            Finding("甲.yaml", Place(3, 5), "甲", "1.1", RULES["ZJ201"], "空的", "写上"),
        ]
        assert [finding.severity for finding in out.findings] == [Severity.ERROR, Severity.ERROR]

    def test_unknown_code(self) -> None:
        """A misspelled code in the program is met at once."""
        with pytest.raises(KeyError):
            Collector("甲.yaml").add("ZJ999", "")

    def test_two_files_do_not_share(self) -> None:
        """Each file has its own findings."""
        first, second = Collector("甲"), Collector("乙")
        first.add("ZJ004", "坏了")
        assert second.findings == []


def report(*codes: str) -> Report:
    """A report with a finding for each code."""
    out = Collector("甲.yaml")
    for code in codes:
        out.add(code, "")
    return Report(3, 2, tuple(out.findings))


class TestReport:
    """Counts and choices."""

    def test_counts(self) -> None:
        """The summary counts by severity."""
        mixed = report("ZJ201", "ZJ007", "ZJ202", "ZJ109", "ZJ111", "ZJ203")
        assert [mixed.count(severity) for severity in Severity] == [3, 2, 1]

    @pytest.mark.parametrize(
        ("codes", "failed"),
        [
            pytest.param([], False, id="nothing"),
            pytest.param(["ZJ109", "ZJ111"], False, id="info-and-warning"),
            pytest.param(["ZJ109", "ZJ201"], True, id="one-error"),
        ],
    )
    def test_failed(self, codes: list[str], failed: bool) -> None:
        """Exit code 1 is for error findings only."""
        assert report(*codes).failed is failed

    @pytest.mark.parametrize(
        ("select", "ignore", "kept"),
        [
            pytest.param([], [], ["ZJ201", "ZJ109", "ZJ203", "ZJ102"], id="all"),
            pytest.param(["ZJ2"], [], ["ZJ201", "ZJ203"], id="family"),
            pytest.param(["ZJ2", "ZJ102"], [], ["ZJ201", "ZJ203", "ZJ102"], id="family-and-code"),
            pytest.param([], ["ZJ2"], ["ZJ109", "ZJ102"], id="ignore-family"),
            pytest.param(["ZJ2"], ["ZJ203"], ["ZJ201"], id="ignore-is-stronger"),
            pytest.param(["ZJ2"], ["ZJ"], [], id="ignore-all"),
            pytest.param(["ZJ5"], [], [], id="nothing-of-that-family"),
        ],
    )
    def test_choose(self, select: list[str], ignore: list[str], kept: list[str]) -> None:
        """--select and --ignore take prefixes of codes; what is left keeps its order."""
        whole = report("ZJ201", "ZJ109", "ZJ203", "ZJ102")
        chosen = Settings(tuple(select), tuple(ignore)).chosen(whole.findings)
        assert [finding.rule.code for finding in chosen] == kept

    def test_a_weight_of_ones_own(self) -> None:
        """A configuration may weigh a rule otherwise."""
        weighed = Settings(severity={"ZJ109": Severity.WARNING}).chosen(report("ZJ109", "ZJ112").findings)
        assert [finding.severity for finding in weighed] == [Severity.WARNING, Severity.INFO]

    def test_exceptions_of_a_unit(self) -> None:
        """What is left out for one unit stays for all others; an unreadable file is always told."""
        whole = report("ZJ204", "ZJ001")
        unit = whole.findings[0].unit or ""
        for excepted, kept in ((unit, ["ZJ001"]), ("别的单位", ["ZJ204", "ZJ001"])):
            chosen = Settings(exceptions={excepted: ("ZJ",)}).chosen(whole.findings)
            assert [finding.rule.code for finding in chosen] == kept


def test_a_collector_takes_so_many_and_no_more() -> None:
    """What a hostile file makes of findings is bounded; what was found before stays."""
    out = Collector("甲.yaml", max_findings=2)
    out.add("ZJ021", "一")
    out.add("ZJ021", "二")
    with pytest.raises(TooManyFindingsError):
        out.add("ZJ021", "三")
    assert [finding.message for finding in out.findings] == ["一", "二"]
