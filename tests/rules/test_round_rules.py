"""The rules between rounds beyond the examples of their pages: severities, places, and what merely looks wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.engine import RoundReview
from zhijiao20.rules.shared.explanation import explains

DONE, ONGOING, NOT_STARTED, NONE = Progress.DONE, Progress.ONGOING, Progress.NOT_STARTED, Progress.NOT_APPLICABLE
Said = tuple[Progress | None, str]


def found(catalog: Catalog, old: Said, new: Said, settings: Settings = DEFAULT) -> list[Finding]:
    """What is said of an answer and the one of the last round."""
    last, now = (
        Submission("甲", "甲.yaml", entries={"1.1": Entry("1.1", *said, text_place=Place(5, 7))}) for said in (old, new)
    )
    out = Collector(now.file, now.unit)
    RoundReview(catalog, settings).compare(last, now, out)
    return list(settings.chosen(out.findings))


def codes(catalog: Catalog, old: str, new: str) -> list[str]:
    """The codes found in a text and the one of the last round."""
    return [finding.rule.code for finding in found(catalog, (None, old), (None, new))]


def test_severity_of_an_unchanged_text(catalog: Catalog) -> None:
    """An info; a warning where 进展 changed; what the project says takes precedence."""
    (info,) = found(catalog, (ONGOING, "甲文。"), (ONGOING, "甲文。"))
    assert (info.rule.code, info.severity, info.place, info.file) == ("ZJ605", Severity.INFO, Place(5, 7), "甲.yaml")
    (warning,) = found(catalog, (ONGOING, "甲文。"), (DONE, "甲文。"))
    assert (warning.rule.code, warning.severity) == ("ZJ605", Severity.WARNING)
    assert "“推进中”" in warning.message
    settings = Settings(severity={"ZJ605": Severity.INFO})
    assert [finding.severity for finding in found(catalog, (ONGOING, "甲文。"), (DONE, "甲文。"), settings)] == [
        Severity.INFO
    ]
    assert found(catalog, (ONGOING, "甲文。"), (ONGOING, "甲文。"), Settings(ignore=("ZJ605",))) == []
    assert found(catalog, (ONGOING, "甲文。"), (ONGOING, "甲文。"), Settings(select=("ZJ2",))) == []


def test_many_unchanged_texts(catalog: Catalog) -> None:
    """Five are told one by one; more in one finding that names them, but what is waived or weighs more for itself."""

    def told(number: int) -> list[tuple[str | None, str]]:
        tasks = list(catalog.tasks)[:number]
        last = Submission("甲", "上.yaml", entries={task: Entry(task, ONGOING, f"{task}的文字。") for task in tasks})
        entries = dict(last.entries)
        entries["1.1"] = replace(entries["1.1"], progress=DONE)
        entries["1.2"] = replace(entries["1.2"], waivers={"ZJ605": "没有新情况"})
        out = Collector("甲.yaml", "甲")
        RoundReview(catalog).compare(last, Submission("甲", "甲.yaml", entries=entries), out)
        return [(finding.task, finding.message) for finding in out.findings]

    assert [task for task, _ in told(7)] == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2"]
    assert told(8)[2:] == [(None, "6 项的文字与上期一字不差：1.3、1.4、1.5、2.1、2.2、2.3")]
    (_, message) = told(40)[2]
    assert message.startswith("38 项的文字与上期一字不差：1.3、")
    assert message.endswith(" 等 38 项")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (DONE, ONGOING, ["ZJ606"]),
        (DONE, NOT_STARTED, ["ZJ606"]),
        (ONGOING, NOT_STARTED, ["ZJ606"]),
        (ONGOING, DONE, []),
        (NOT_STARTED, NOT_STARTED, []),
        (DONE, NONE, []),
        (NONE, NOT_STARTED, []),
        (DONE, None, []),
        (None, ONGOING, []),
    ],
)
def test_progress(catalog: Catalog, old: Progress | None, new: Progress | None, expected: list[str]) -> None:
    """Only the three steps have an order; a Word form has no 进展 at all; an answer without a text is told, too."""
    assert [finding.rule.code for finding in found(catalog, (old, "甲文。"), (new, "乙文。"))] == expected
    assert [finding.rule.code for finding in found(catalog, (old, "甲文。"), (new, ""))] == expected


TOTALS = [
    ("累计投入资金1.25亿元。", "累计投入资金1.15亿元。"),
    ("累计发放补贴1,250万元。", "累计发放补贴980万元。"),
    ("截至2019年12月底，累计取证5200人。", "截至2020年6月底，累计取证4800人。"),
    ("自2018年起累计取证5200人。", "自2018年起累计取证4800人。"),
    ("累计有23所学校达标。", "累计有21所学校达标。"),
    ("3.取证。\n历年累计取证5200人。", "历年累计取证4800人。"),
]
TRAPS = [
    ("累计取证5200人。", "累计取证5200人。" * 2),
    ("累计取证5200人。", "累计取证5300人。"),
    ("累计投入资金1.2亿元。", "累计投入资金1.15亿元。"),
    ("累计取证约5200人。", "累计取证约4800人。"),
    ("本年度累计取证5200人。", "本年度累计取证800人。"),
    ("今年以来，累计取证5200人。", "今年以来，累计取证800人。"),
    ("2019年累计取证5200人。", "2020年累计取证800人。"),
    ("2020年上半年累计取证5200人。", "2020年上半年累计取证800人。"),
    ("自2018年起累计取证5200人。", "自2020年起累计取证800人。"),
    ("累计取证5200人。", "取证4800人。"),
    ("取证5200人。", "累计取证4800人。"),
    ("累计取证5200人。", "累计取证4800人次。"),
    ("累计5200人。", "累计4800人。"),
    ("累计取证5200人。", "经核实更正，累计取证4800人。"),
    ("累计取证5200人。", "累计取证4800人。统计口径不再计入短期培训。"),
    ("平均每校累计取证520人。", "平均每校累计取证480人。"),
]


@pytest.mark.parametrize(("old", "new"), TOTALS)
def test_smaller_totals(catalog: Catalog, old: str, new: str) -> None:
    """The same words around it, whatever the unit is called."""
    assert codes(catalog, old, new) == ["ZJ607"]


@pytest.mark.parametrize(("old", "new"), TRAPS)
def test_what_is_no_smaller_total(catalog: Catalog, old: str, new: str) -> None:
    """Rounding, a new year, other words, another unit, a correction that is explained."""
    assert codes(catalog, old, new) == []


def test_an_old_explanation_explains_nothing() -> None:
    """It must be new; of very many only the first are looked at."""
    assert explains("甲。", "经核实，数字有误。甲。")
    assert not explains("经核实，数字有误。", "经核实，数字有误。")
    assert not explains("核实，" * 60, "核实，" * 50 + "\n上期误填为100人。")


def test_very_many_totals(catalog: Catalog) -> None:
    """The work is bounded."""
    old, new = ("".join(f"累计第{number}类取证{number + size}人。" for number in range(400)) for size in (5000, 1000))
    assert 0 < len(codes(catalog, old, new)) <= 200
