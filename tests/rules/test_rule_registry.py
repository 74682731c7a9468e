"""The registry of rules."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import zhijiao20.rules
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.rule_table import FAMILIES
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.engine import ALL_TEXTS_RULES, CROSS_UNIT_RULES, TEXT_RULES, UNIT_RULES, review

MODULES = [
    import_module(f"zhijiao20.rules.{family}.{module.name}")
    for family in FAMILIES
    for module in pkgutil.iter_modules([f"{zhijiao20.rules.__path__[0]}/{family}"])
]


def test_every_rule_runs() -> None:
    """A rule that nobody registered would never find anything."""
    registered = {rule.__module__ for _, rule in (*UNIT_RULES, *TEXT_RULES)}
    registered |= {rule.__module__ for _, rule in (*ALL_TEXTS_RULES, *CROSS_UNIT_RULES)}
    assert registered == {module.__name__ for module in MODULES if hasattr(module, "check")}


def test_a_complete_file_is_clean(catalog: Catalog, out: Collector) -> None:
    """A file as it should be gets no finding at all."""
    text = "印发实施方案（澄教职成〔2019〕12号），培训1260人次。"
    entries = {task: Entry(task, Progress.DONE, text) for task in catalog.tasks}
    review(Submission("甲", entries=entries), catalog, out)
    assert out.findings == []


def test_all_rules_look_at_a_submission(catalog: Catalog, out: Collector) -> None:
    """Every finding in one run: missing, empty, placeholder and reason side by side, with the unit's name."""
    out.unit = "甲"
    entries = [Entry("1.1"), Entry("1.2", status="略"), Entry("1.3", Progress.NOT_APPLICABLE)]
    review(Submission("甲", entries={entry.task: entry for entry in entries}), catalog, out)
    found = {(finding.rule.code, finding.task) for finding in out.findings if finding.rule.code != "ZJ202"}
    assert found == {("ZJ201", "1.1"), ("ZJ203", "1.2"), ("ZJ204", "1.3")}
    assert [finding.rule.code for finding in out.findings].count("ZJ202") == 84
    assert {finding.unit for finding in out.findings} == {"甲"}


def test_many_places_of_a_text_are_told_with_how_many_there_are(catalog: Catalog, out: Collector) -> None:
    """A hundred of a rule at most, the last one saying that there are more; of an info the first one."""
    entries = {
        "1.1": Entry("1.1", status="2020年06月03日，" * 101),
        "1.2": Entry("1.2", status="2020年06月03日，" * 100),
        "1.3": Entry("1.3", status="印发,实施,"),
    }
    review(Submission("甲", entries=entries), catalog, out)
    of_task = {task: [found.message for found in out.findings if found.task == task] for task in entries}
    dates = [message for message in of_task["1.1"] if "日期" in message]
    assert len(dates) == 100
    assert [message.endswith("（这段文字里超过 100 处）") for message in dates] == [False] * 99 + [True]
    assert len([message for message in of_task["1.2"] if "日期" in message]) == 100
    assert not any("处）" in message for message in of_task["1.2"])
    assert [message.endswith("（这段文字里共 2 处）") for message in of_task["1.3"] if "半角" in message] == [True]


def test_many_wrong_figures_are_told_with_that_not_all_were_looked_at(catalog: Catalog, out: Collector) -> None:
    """Twenty of a rule that works out figures; whoever has put these right looks again."""
    wrong = "完成扩招862人，其中退役军人138人、下岗职工97人、其他396人。"
    low = "专业课教师每年到企业实践半个月。"
    entries = {
        "1.1": Entry("1.1", status=wrong * 21),
        "1.2": Entry("1.2", status=wrong * 20),
        "12.2": Entry("12.2", status=low * 21),
    }
    review(Submission("甲", entries=entries), catalog, out)
    messages = [
        [found.message.endswith("（这段文字里要核对的太多，后面的没有再看）") for found in out.findings if found.rule.code == code and found.task == task]
        for code, task in (("ZJ308", "1.1"), ("ZJ308", "1.2"), ("ZJ501", "12.2"))
    ]  # fmt: skip
    assert messages == [[False] * 19 + [True], [False] * 20, [False] * 19 + [True]]
