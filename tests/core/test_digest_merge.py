"""A digest: counts that add up, the leading units' texts in the table, all others in the annex, each exactly once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_merge import NOT, QUICK, says, unit

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.digest import By
from zhijiao20.core.digest_merge import Digesting
from zhijiao20.core.digest_result import Digest, UnitAnswer
from zhijiao20.core.merge import UnitText, unit_texts
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.submission import Entry, Progress, Submission

DONE, ONGOING, LATER = Progress.DONE, Progress.ONGOING, Progress.NOT_STARTED


def digesting(catalog: Catalog, units: Sequence[Submission], roster: Roster | None = None) -> Digesting:
    """All units added, nothing finished."""
    found = Digesting(catalog, roster=roster)
    for item in units:
        found.take(item.unit, item.file, item.period, unit_texts(item))
    return found


def digest(catalog: Catalog, *units: Submission, roster: Roster | None = None, by: By | None = None) -> Digest:
    """The digest of units, with an annex."""
    known = roster.by_label if roster else {}
    superiors = {number: known[one.unit].superior for number, one in enumerate(units) if one.unit in known}
    return digesting(catalog, units, roster).finish(superiors=superiors, by=by, annex=True)


def annex(found: Digest, task: str) -> list[tuple[list[str], str]]:
    """The texts on a task that are not in the table, with the units that gave them."""
    holders: dict[str, list[str]] = {}
    for own in found.annex_texts(task):
        holders.setdefault(own.text, []).append(own.unit)
    return [(names, text) for text, names in holders.items()]


def roster(catalog: Catalog, *units: RosterUnit) -> Roster:
    """A roster whose units answer for every task, unless they say for which."""
    every = tuple(catalog.tasks)
    return Roster(
        tuple(RosterUnit(one.name, (), one.superior, one.category, one.tasks or every, one.leads) for one in units)
    )


def leads(name: str, *tasks: str, **more: str) -> RosterUnit:
    """A unit that leads tasks."""
    return RosterUnit(name, leads=tasks, **more)  # type: ignore[arg-type]


class TestCells:
    """What stands in a cell."""

    def test_counts_and_the_annex(self, catalog: Catalog) -> None:
        """Without leading units no text is in the table; an empty task counts as no answer."""
        found = digest(
            catalog,
            unit("甲", says("一", DONE), says("", DONE, "1.2")),
            unit("乙", says("二", LATER)),
            unit("丙", says("", NOT)),
        )
        assert found.cells["1.1"] == ("3个单位：已完成1个，未启动1个（乙），不涉及1个。", "各单位情况见附件。")
        assert annex(found, "1.1") == [(["甲"], "一"), (["乙"], "二"), (["丙"], "不涉及")]
        assert found.cells["1.2"] == ("",)
        with pytest.raises(KeyError):
            found.cells["99.1"]
        assert list(found.cells) == list(catalog.tasks)
        assert (found.units, len(found.cells), "1.2" in found.cells, "99.1" in found.cells) == (
            ("甲", "乙", "丙"), len(catalog.tasks), True, False,
        )  # fmt: skip

    def test_text_of_the_leading_unit(self, catalog: Catalog) -> None:
        """In full, with its paragraphs; the others are in the annex."""
        units = [unit("甲", says("一", DONE)), unit("乙", says("二\n\n三", DONE))]
        found = digest(catalog, *units, roster=roster(catalog, leads("甲"), leads("乙", "1.1")))
        assert found.cells["1.1"] == ("2个单位：已完成2个。", "【乙】二", "", "三", "其余单位见附件。")
        assert annex(found, "1.1") == [(["甲"], "一")]

    def test_several_lead(self, catalog: Catalog) -> None:
        """In their order; nothing is left for the annex, so nothing is said of it."""
        units = [unit("甲", says("一", DONE)), unit("乙", says("二", DONE))]
        found = digest(catalog, *units, roster=roster(catalog, leads("甲", "1.1"), leads("乙", "1.1")))
        assert found.cells["1.1"] == ("2个单位：已完成2个。", "【甲】一", "【乙】二")
        assert annex(found, "1.1") == []
        assert not found.leaves_texts

    def test_who_shares_the_leading_text(self, catalog: Catalog) -> None:
        """The text is not repeated in the annex, and nobody's name is lost."""
        units = [unit("甲", says("同", DONE)), unit("乙", says("同", DONE)), unit("丙", says("同", DONE, "1.2"))]
        found = digest(catalog, *units, roster=roster(catalog, leads("甲"), leads("乙", "1.1"), leads("丙")))
        assert found.cells["1.1"] == ("2个单位：已完成2个。", "【甲、乙】同")
        assert annex(found, "1.2") == [(["丙"], "同")]

    def test_leading_unit_is_not_concerned(self, catalog: Catalog) -> None:
        """A reason is a text; the bare word is counted and stands in the annex."""
        units = [unit("甲", says("由乙局统筹。", NOT)), unit("乙", says("", NOT))]
        for leading, cell in (
            ("甲", ("2个单位：不涉及2个。", "【甲】由乙局统筹。", "其余单位见附件。")),
            ("乙", ("2个单位：不涉及2个。", "各单位情况见附件。")),
        ):
            two = [leads(name, *(["1.1"] if name == leading else [])) for name in ("甲", "乙")]
            assert digest(catalog, *units, roster=roster(catalog, *two)).cells["1.1"] == cell

    def test_outside_their_duties(self, catalog: Catalog) -> None:
        """Not counted, neither with a text nor without; the text is kept."""
        units = [unit("甲", says("一", DONE)), unit("乙", says("二", DONE)), unit("丙")]
        own = [RosterUnit("甲", tasks=("1.1",)), RosterUnit("乙", tasks=("1.2",)), RosterUnit("丙", tasks=("1.2",))]
        found = digest(catalog, *units, roster=roster(catalog, *own))
        assert found.cells["1.1"] == ("1个单位：已完成1个。", "各单位情况见附件。")
        assert annex(found, "1.1") == [(["甲"], "一"), (["乙"], "二")]
        only = digest(catalog, *units[1:], roster=roster(catalog, *own))
        assert only.cells["1.1"] == ("各单位情况见附件。",)

    def test_without_an_annex(self, catalog: Catalog) -> None:
        """Nothing refers to it."""
        found = digesting(catalog, [unit("甲", says("一"))]).finish()
        assert found.cells["1.1"] == ("1个单位填报。",)
        assert found.leaves_texts

    def test_groups(self, catalog: Catalog) -> None:
        """A sentence for all, then one for each group that answers, in the order of the units."""
        units = [unit("甲", says("一", DONE)), unit("乙", says("二", LATER)), unit("丙", says("三", LATER))]
        groups = [
            leads("甲", category="学校", superior="东湖市"),
            leads("乙", superior="西岭市"),
            leads("丙", category="学校", superior="西岭市"),
        ]
        found = digest(catalog, *units, roster=roster(catalog, *groups), by=By.CATEGORY)
        assert found.cells["1.1"] == (
            "3个单位：已完成1个，未启动2个（乙、丙）。",
            "其中，学校2个单位：已完成1个，未启动1个（丙）。",
            "其中，未注明类别1个单位：未启动1个（乙）。",
            "各单位情况见附件。",
        )
        found = digest(catalog, *units, roster=roster(catalog, *groups), by=By.SUPERIOR)
        assert found.cells["1.1"][1:3] == (
            "其中，东湖市1个单位：已完成1个。",
            "其中，西岭市2个单位：未启动2个（乙、丙）。",
        )

    def test_order_and_units_of_the_result(self, catalog: Catalog) -> None:
        """As if only these had been added, in this order."""
        units = [unit("甲", says("一", LATER)), unit("乙", says("二", LATER)), unit("丙", says("三", LATER))]
        adding = digesting(catalog, units, roster(catalog, leads("甲"), leads("乙", "1.1"), leads("丙")))
        assert adding.units == ["甲", "乙", "丙"]
        found = adding.finish([2, 0], annex=True)
        assert found.units == ("丙", "甲")
        assert found.cells["1.1"] == ("2个单位：未启动2个（丙、甲）。", "各单位情况见附件。")
        assert annex(found, "1.1") == [(["丙"], "三"), (["甲"], "一")]


def test_answers_unit_by_unit(catalog: Catalog) -> None:
    """For a sheet: 进展, 上级 and 类别 with each text; what is shared is repeated."""
    units = [
        unit("甲", says("同", DONE)),
        unit("乙", says("同")),
        unit("丙", says("", NOT)),
        unit("外", says("五", DONE)),
    ]
    two = [leads("甲", superior="市", category="局"), leads("乙"), leads("丙")]
    assert list(digest(catalog, *units, roster=roster(catalog, *two)).annex_answers("1.1")) == [
        UnitAnswer("甲", "市", "局", "已完成", "同"),
        UnitAnswer("乙", "", "", "", "同"),
        UnitAnswer("外", "", "", "已完成", "五"),
        UnitAnswer("丙", "", "", "不涉及", "不涉及"),
    ]


def test_statistics(catalog: Catalog) -> None:
    """By group and by task; no groups, no statistics of them."""
    units = [unit("甲", says("一", DONE)), unit("乙", says("二", LATER)), unit("丙", says("三", DONE))]
    found = digest(
        catalog, *units, roster=roster(catalog, leads("甲", category="局"), leads("乙"), leads("丙", category="局"))
    )
    rest = len(catalog.tasks) - 1
    assert found.by_group(By.CATEGORY) == [("局", 2, {"d": 2, "e": 2 * rest}), ("未注明类别", 1, {"n": 1, "e": rest})]
    assert found.by_group(By.SUPERIOR) == []
    assert found.by_task()[:2] == [{"d": 2, "n": 1}, {"e": 3}]


Answers = dict[str, tuple[str, Progress | None]]
Duties = tuple[tuple[str, ...], tuple[str, ...]]
TEXTS = st.sampled_from(["", "\u200b", "一", "二\n三", "不涉及。", "不涉及，此项由市教育局统筹。", "【甲】四"])
ENTRIES = st.dictionaries(
    st.sampled_from(["1.1", "1.2", "20.1"]), st.tuples(TEXTS, st.sampled_from([None, *Progress])), max_size=3
)
UNITS = st.lists(ENTRIES, min_size=1, max_size=6)
TASKS = st.lists(st.sampled_from(["1.1", "1.2", "20.1"]), unique=True).map(tuple)


@QUICK
@given(UNITS, st.lists(st.tuples(TASKS, TASKS), min_size=6, max_size=6))
def test_every_text_once_and_counts_that_add_up(catalog: Catalog, said: list[Answers], duties: list[Duties]) -> None:
    """Whatever is said, whoever leads and whoever answers for what: compared with a separate count."""
    names = "甲乙丙丁戊己"
    units = [
        unit(name, *(Entry(task, progress, text) for task, (text, progress) in entries.items()))
        for name, entries in zip(names, said, strict=False)
    ]
    known = {
        name: RosterUnit(name, tasks=tuple({*own, *leading}), leads=leading)
        for name, (own, leading) in zip(names, duties, strict=True)
    }
    found = digest(catalog, *units, roster=Roster(tuple(known.values())))
    for task in ("1.1", "1.2", "20.1"):
        given_texts = [(item.unit, one) for item in units for one in unit_texts(item) if one.task == task and one.text]
        ordered = sorted(given_texts, key=lambda one: one[1].kind != 0)
        leading = {one.text for name, one in ordered if task in known[name].leads and one.kind != 2}
        holders: dict[str, list[str]] = {}
        for name, one in ordered:
            holders.setdefault(one.text, []).append(name)
        table = [f"【{'、'.join(holders[text])}】{text}" for text in holders if text in leading]
        others = [(holders[text], text) for text in holders if text not in leading]
        assert annex(found, task) == others
        counted = Counter(word_of(one) for name, one in given_texts if task in known[name].tasks)
        lines = list(found.cells[task])
        if counted:
            assert count_again(lines.pop(0)) == counted
        end = ["其余单位见附件。" if table else "各单位情况见附件。"] if others else []
        expected = [line for text in table + end for line in text.split("\n")]
        assert lines == (expected if counted or expected else [""])


def word_of(one: UnitText) -> str:
    """What a text counts as."""
    return "不涉及" if one.kind else one.progress or "未注明进展"


def count_again(sentence: str) -> Counter[str]:
    """The numbers that a sentence gives, which must add up to the number that it begins with."""
    found = Counter(
        {
            word: int(number)
            for word, number in re.findall("(已完成|推进中|未启动|未注明进展|不涉及)([0-9]+)个", sentence)
        }
    )
    total, word = re.match("([0-9]+)个单位(填报)?", sentence).groups()
    if behind := re.search("[；，]([0-9]+)个不涉及", sentence):
        found["不涉及"] = int(behind[1])
    reports = found.total() - (found["不涉及"] if word else 0)
    if word and not reports:
        found["未注明进展"] = reports = int(total)
    assert int(total) == reports
    return +found
