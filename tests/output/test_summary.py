"""The summary line alone: what Rich would write, without Rich."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pytest

from zhijiao20.core.findings import NOWHERE, Finding, Report, Waived
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.unread import Unread
from zhijiao20.output import summary, terminal

FOUND = (Finding("甲.yaml", NOWHERE, "甲", None, RULES["ZJ201"], "空的", ""),)


class Screen(io.StringIO):
    """A terminal as far as Rich asks."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("quiet", [True, False])
@pytest.mark.parametrize(
    "report",
    [
        Report(3, 2, ()),
        Report(3, 2, FOUND),
        Report(4, 4, ()),
        Report(2, 1, (), passed_over=3, excluded=4),
        Report(2, 1, (), waived=(Waived(FOUND[0], "已说明"),)),
        Report(2, 1, (), unread=(Unread("图.png", "图片", "请对方发表格"),)),
        Report(2, 1, FOUND, skippable=1),
        Report(2, 1, (), own=("进度.xlsx",)),
        Report(2, 1, (), set_aside=("乙.yaml",)),
        Report(2, 1, (), advice="请装 LibreOffice"),
    ],
)
def test_it_is_what_rich_writes_or_nothing(report: Report, *, quiet: bool) -> None:
    """What has more to tell is left to the report in full."""
    alone, full = io.StringIO(), io.StringIO()
    terminal.write(report, full, quiet=quiet, units=True)
    if summary.write_alone(report, alone, quiet=quiet):
        assert alone.getvalue() == full.getvalue()
    else:
        assert not alone.getvalue()
        assert full.getvalue().count("\n") > 1 or report.skippable or report.files > summary.FEW_FILES


@pytest.mark.parametrize(("report", "quiet"), [(Report(3, 2, ()), False), (Report(1000, 1000, FOUND), True)])
def test_what_has_no_more_to_tell_is_written(report: Report, *, quiet: bool) -> None:
    """A run without findings, and one of which only the summary is wanted."""
    stream = io.StringIO()
    assert summary.write_alone(report, stream, quiet=quiet)
    assert stream.getvalue().startswith(f"检查了 {report.files} 个文件、{report.units} 个单位：")


@pytest.mark.parametrize("variable", ["COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"])
def test_rich_colours_and_wraps(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """On a terminal, and where the environment says that a pipe is one."""
    report = replace(Report(1, 1, ()), by_unit=())
    assert not summary.write_alone(report, Screen(), quiet=True)
    monkeypatch.setenv(variable, "1")
    assert not summary.write_alone(report, io.StringIO(), quiet=True)


def test_severities_are_counted_in_order() -> None:
    """All of them, also those without a finding."""
    counted = summary.by_severity(Counter({RULES["ZJ201"]: 2, RULES["ZJ109"]: 1}))
    assert list(counted.values()) == [2, 0, 1]
