"""What a unit that is not in the roster left out or empty is one line: nothing says that these tasks are its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from status_files import put

from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Finding
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.review.runner import RunOptions
from zhijiao20.system.discovery import load_catalog

pytestmark = pytest.mark.usefixtures("work_folder")
TASKS = tuple(load_catalog().tasks)
ROSTER = Roster((RosterUnit("澄州市教育局", tasks=TASKS), RosterUnit("澄州市财政局", tasks=("1.1", "1.2"))))


def found(path: str, roster: Roster | None = ROSTER) -> list[Finding]:
    """What is said of a file, of completeness and by the roster."""
    findings = validate([Path(path)], options=RunOptions(roster=roster)).findings
    return [finding for finding in findings if finding.rule.code[:3] in {"ZJ2", "ZJ7"}]


def gaps(path: str, roster: Roster | None = ROSTER) -> list[Finding]:
    """What is missing or empty."""
    return [finding for finding in found(path, roster) if finding.rule.code in {"ZJ201", "ZJ202"}]


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx", "docx"])
def test_in_every_format(kind: str, catalog: Catalog) -> None:
    """Anything else that is wrong is told as usual, and everything where there is no roster."""
    filled = {"1.1": Entry("1.1", None, "印发12个文件。"), "1.2": Entry("1.2", None, "同上")}
    put(f"甲.{kind}", write_status_file(kind, [Submission("丙局", entries=filled)], catalog))
    codes = [finding.rule.code for finding in found(f"甲.{kind}") if finding.rule.code not in {"ZJ201", "ZJ202"}]
    assert sorted(codes) == ["ZJ203", "ZJ711"]
    (gap,) = gaps(f"甲.{kind}")
    assert (gap.unit, gap.task) == ("丙局", None)
    assert gap.message == "85 项缺少或没有填，不逐项列出：认不出是哪个单位，不知道归它填的是哪些"
    assert len(gaps(f"甲.{kind}", None)) == 85


def test_missing_and_empty_together_and_in_a_bundle() -> None:
    """Those of a known unit are listed one by one."""
    put("甲.csv", "单位,编号,落实情况\n丙局,1.1,印发12个文件。\n丙局,1.2,\n澄州市财政局,1.3,印发12个文件。\n")
    told = [(gap.unit, gap.task, gap.message[:5]) for gap in gaps("甲.csv")]
    assert told == [
        ("丙局", None, "86 项缺"),
        ("澄州市财政局", "1.1", "缺少任务 "),
        ("澄州市财政局", "1.2", "缺少任务 "),
    ]


@pytest.mark.parametrize("filled", [TASKS, TASKS[:-1]])
def test_nothing_or_one(filled: tuple[str, ...]) -> None:
    """A single one is named; where everything is filled in, there is nothing to say."""
    put("甲.csv", "单位,编号,落实情况\n" + "".join(f"丙局,{task},印发12个文件。\n" for task in filled))
    assert [gap.task for gap in gaps("甲.csv")] == [task for task in TASKS if task not in filled]
