"""Several units into one cell: everyone's words, each under its name, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.core.merge import Merged, merge
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Entry, Progress, Submission

QUICK = settings(deadline=None, derandomize=True)
NOT = Progress.NOT_APPLICABLE


def unit(name: str, *entries: Entry, period: str = "") -> Submission:
    """A unit with these entries, from a file of its name."""
    return Submission(name, f"{name}.yaml", period, entries={entry.task: entry for entry in entries})


def says(status: str, progress: Progress | None = None, task: str = "1.1") -> Entry:
    """An entry whose text stands in line 7."""
    return Entry(task, progress, status, text_place=Place(7, 9))


def cell(catalog: Catalog, *submissions: Submission) -> list[str] | None:
    """The paragraphs of the cell 1.1, or None where it stays empty."""
    paragraphs = merge(submissions, catalog).cells.get("1.1")
    return None if paragraphs is None else [*paragraphs]


class TestOneUnit:
    """One unit: always its text, unlabelled."""

    @pytest.mark.parametrize(
        ("entry", "paragraphs"),
        [
            pytest.param(says("印发方案。"), ["印发方案。"], id="text"),
            pytest.param(says("一\n\n二\n"), ["一", "", "二", ""], id="paragraphs-as-they-are"),
            pytest.param(says(" 【甲】\u200b\u00a0x "), [" 【甲】\u200b\u00a0x "], id="nothing-is-trimmed"),
            pytest.param(says("本市没有。", NOT), ["本市没有。"], id="reason"),
            pytest.param(says("", NOT), ["不涉及"], id="no-reason"),
            pytest.param(says("\u200b", NOT), ["不涉及"], id="blank-reason"),
            pytest.param(says("不涉及。"), ["不涉及。"], id="the-word-as-text"),
            pytest.param(says(""), None, id="empty"),
            pytest.param(says(" \n\u200b", Progress.DONE), None, id="blank"),
        ],
    )
    def test_cell(self, catalog: Catalog, entry: Entry, paragraphs: list[str] | None) -> None:
        """The cell has what the unit wrote, and nothing is told."""
        merged = merge([unit("甲", entry)], catalog)
        assert merged.findings == ()
        assert cell(catalog, unit("甲", entry)) == paragraphs


class TestSeveral:
    """Each unit's paragraphs in turn, the first one led by 【单位】."""

    def test_in_turn(self, catalog: Catalog) -> None:
        """Order given is order out, whatever the names."""
        units = [unit("丙", says("一\n二")), unit("甲", says("三")), unit("乙", says("四\n五"))]
        assert cell(catalog, *units) == ["【丙】一", "二", "【甲】三", "【乙】四", "五"]

    def test_label_even_where_one_reports(self, catalog: Catalog) -> None:
        """Of several units it must be clear who says it, also where only one says anything."""
        assert cell(catalog, unit("甲", says("一")), unit("乙"), unit("丙", says(" "))) == ["【甲】一"]

    def test_nobody_reports(self, catalog: Catalog) -> None:
        """A task that nobody reported on is an empty cell."""
        assert cell(catalog, unit("甲"), unit("乙", says(""))) is None

    def test_same_text_is_shared(self, catalog: Catalog) -> None:
        """Units with the same text share it, at the first one's place."""
        units = [unit("甲", says("一\n二")), unit("乙", says("三")), unit("丙", says("一\n二"))]
        assert cell(catalog, *units) == ["【甲、丙】一", "二", "【乙】三"]

    def test_almost_the_same_is_not_shared(self, catalog: Catalog) -> None:
        """Text is never altered: another space is another text."""
        assert cell(catalog, unit("甲", says("一")), unit("乙", says("一 "))) == ["【甲】一", "【乙】一 "]

    def test_tasks_do_not_mix(self, catalog: Catalog) -> None:
        """Cells come in official order, each with its own task's texts."""
        units = [unit("甲", says("一", task="2.1"), says("二", task="10.1")), unit("乙", says("三", task="1.2"))]
        assert {task: [*lines] for task, lines in merge(units, catalog).cells.items()} == {
            "1.2": ["【乙】三"],
            "2.1": ["【甲】一"],
            "10.1": ["【甲】二"],
        }
        assert [*merge(units, catalog).cells] == ["1.2", "2.1", "10.1"]

    def test_units_and_periods(self, catalog: Catalog) -> None:
        """The units in order; each 报告期 once."""
        merged = merge([unit("乙", period="2020"), unit("甲", period=""), unit("丙", period="2019"), unit("丁", period="2020")], catalog)  # fmt: skip
        assert merged.units == ("乙", "甲", "丙", "丁")
        assert merged.periods == ("2020", "2019")

    @pytest.mark.parametrize("other", ["2020 年上半年", "２０２０年上半年", " "])
    def test_one_period_spelled_otherwise(self, catalog: Catalog, other: str) -> None:
        """What the review calls the same period is one period in the form."""
        assert merge([unit("甲", period="2020年上半年"), unit("乙", period=other)], catalog).periods == (
            "2020年上半年",
        )

    def test_nothing_at_all(self, catalog: Catalog) -> None:
        """No submissions: no cells, no crash."""
        assert merge([], catalog) == Merged((), (), {}, ())

    def test_any_iterable(self, catalog: Catalog) -> None:
        """Submissions may come one by one."""
        assert merge((item for item in [unit("甲", says("一"))]), catalog).cells == {"1.1": ("一",)}


class TestNotApplicable:
    """不涉及 among several units."""

    def test_left_out_with_an_info(self, catalog: Catalog) -> None:
        """Where another unit reports, 不涉及 is left out, and the unit is told: once, with all its tasks (ZJ604)."""
        units = [
            unit("甲", says("一"), says("二", task="1.2"), says("三", task="1.3")),
            unit("乙", says("本局无此职能。", NOT), says("", NOT, "1.2"), says("四", task="1.3")),
        ]
        merged = merge(units, catalog)
        assert {task: [*lines] for task, lines in merged.cells.items()} == {
            "1.1": ["【甲】一"],
            "1.2": ["【甲】二"],
            "1.3": ["【甲】三", "【乙】四"],
        }
        (finding,) = merged.findings
        assert (finding.rule.code, finding.severity) == ("ZJ604", Severity.INFO)
        assert (finding.file, finding.unit, finding.task, finding.place) == ("乙.yaml", "乙", None, Place(7, 9))
        assert finding.message == "2 项“不涉及”未并入汇总，用的是别的单位的文字：1.1、1.2"
        assert finding.hint == "如要保留其中某项的说明，写明做了什么；有“进展”的，改成其他三种之一"

    def test_every_unit_is_told(self, catalog: Catalog) -> None:
        """An info for each unit of which one was left out, in its own file."""
        units = [unit("甲", says("不涉及")), unit("乙", says("一")), unit("丙", says("无职能。", NOT))]
        assert [(finding.unit, finding.file) for finding in merge(units, catalog).findings] == [
            ("甲", "甲.yaml"),
            ("丙", "丙.yaml"),
        ]

    @pytest.mark.parametrize(
        ("entries", "paragraphs"),
        [
            pytest.param([says("", NOT), says("", NOT)], ["不涉及"], id="no-reason"),
            pytest.param([says("不涉及"), says("不涉及。", NOT)], ["不涉及"], id="the-word"),
            pytest.param([says("一", NOT), says("二", NOT)], ["【甲】一", "【乙】二"], id="reasons"),
            pytest.param([says("一", NOT), says("一", NOT)], ["【甲、乙】一"], id="same-reason"),
            pytest.param([says("", NOT), says("二\n三", NOT)], ["【乙】二", "三"], id="one-reason"),
        ],
    )
    def test_all(self, catalog: Catalog, entries: list[Entry], paragraphs: list[str]) -> None:
        """Where all are 不涉及 their reasons merge like other texts; without any the cell reads 不涉及."""
        assert cell(catalog, unit("甲", entries[0]), unit("乙", entries[1])) == paragraphs

    def test_one_is_silent(self, catalog: Catalog) -> None:
        """A unit that left the task out does not say 不涉及: the cell tells who does."""
        assert cell(catalog, unit("甲", says("", NOT)), unit("乙")) == ["【甲】不涉及"]
        assert cell(catalog, unit("甲"), unit("乙", says("无职能。", NOT))) == ["【乙】无职能。"]

    def test_same_without_a_reason_beside_a_silent_one(self, catalog: Catalog) -> None:
        """Two say 不涉及, the third nothing."""
        assert cell(catalog, unit("甲", says("", NOT)), unit("乙"), unit("丙", says("不涉及"))) == ["【甲、丙】不涉及"]

    def test_nobody_is_told_that_another_reported(self, catalog: Catalog) -> None:
        """Precision beats number: no unit reported on this task."""
        merged = merge([unit("甲", says("", NOT)), unit("乙", says("无职能。", NOT))], catalog)
        assert not any("已有别的单位填报" in finding.message for finding in merged.findings)


# Texts of the property tests: no 【】 in them, so that labels can be told from texts.
PARAGRAPHS = st.text(st.sampled_from("印发方案12，。 \u200b\u00a0𠀀"), max_size=4)
STATUS = st.one_of(
    st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n".join),
    st.sampled_from(["", "不涉及", "不涉及。", "同一段\n文字"]),
)
ENTRIES = st.builds(says, STATUS, st.sampled_from([None, *Progress]), st.sampled_from(["1.1", "1.2", "20.1"]))
UNITS = st.lists(
    st.tuples(st.text(st.sampled_from("甲乙丙局x "), min_size=1, max_size=3), st.lists(ENTRIES, max_size=4)),
    max_size=5,
    unique_by=lambda given: given[0],
).map(lambda given: [unit(name, *entries) for name, entries in given])


def is_in_order(part: list[str], whole: list[str]) -> bool:
    """Whether the lines stand in the whole in this order, next to each other."""
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def reports(entry: Entry) -> bool:
    """Whether an entry reports something, by the contract's words rather than the program's."""
    visible = entry.status.replace("\u200b", "").strip(" \u00a0\n")
    if entry.progress is NOT or (entry.progress is None and visible.rstrip("。") == "不涉及"):
        return False
    return bool(visible)


@QUICK
@given(UNITS)
def test_no_paragraph_is_lost(catalog: Catalog, units: list[Submission]) -> None:
    """Every paragraph of every unit that reports is in the cell, in order, the first one led by the unit's name."""
    merged = merge(units, catalog)
    for submission in units:
        for task, entry in submission.entries.items():
            if not reports(entry):
                continue
            first, *rest = entry.status.split("\n")
            lines = [*merged.cells[task]]
            if len(units) == 1:
                assert lines == [first, *rest]
                continue
            sharing = [
                other.unit for other in units if task in other.entries and reports(other.entries[task])
                and other.entries[task].status == entry.status
            ]  # fmt: skip
            assert submission.unit in sharing
            assert is_in_order([f"【{'、'.join(sharing)}】{first}", *rest], lines)


@QUICK
@given(UNITS)
def test_nothing_is_added(catalog: Catalog, units: list[Submission]) -> None:
    """Without the labels the cell has the units' own paragraphs and the word 不涉及, nothing else, in order."""
    for task, lines in merge(units, catalog).cells.items():
        own = {line for item in units if task in item.entries for line in item.entries[task].status.split("\n")}
        assert {line.rpartition("】")[2] for line in lines} <= own | {"不涉及"}


@QUICK
@given(UNITS)
def test_labels_are_in_the_order_given(catalog: Catalog, units: list[Submission]) -> None:
    """Order given is order out: the labels' first names follow the order of the units, none of them twice."""
    names = [item.unit for item in units]
    merged = merge(units, catalog)
    assert [*merged.units] == names
    for lines in merged.cells.values():
        labels = [line[1:].partition("】")[0].split("、") for line in lines if line.startswith("【")]
        firsts = [names.index(label[0]) for label in labels]
        assert firsts == sorted(firsts)
        every = [name for label in labels for name in label]
        assert len(every) == len(set(every))
        assert bool(labels) or len(units) == 1 or [*lines] == ["不涉及"]


@QUICK
@given(UNITS)
def test_same_inputs_same_result(catalog: Catalog, units: list[Submission]) -> None:
    """The same inputs in the same order give the same parts, and the inputs are not changed."""
    before = repr(units)
    assert merge(units, catalog) == merge(units, catalog)
    assert repr(units) == before


@QUICK
@given(UNITS)
def test_who_is_left_out_is_told(catalog: Catalog, units: list[Submission]) -> None:
    """Of several units, each 不涉及 beside a report is named in its unit's info; nothing else is left out unsaid."""
    merged = merge(units, catalog)
    told = {finding.unit: finding.message.rpartition("：")[2].split("、") for finding in merged.findings}
    for submission in units if len(units) > 1 else ():
        for task, entry in submission.entries.items():
            reported = any(task in other.entries and reports(other.entries[task]) for other in units)
            not_applicable = not reports(entry) and (entry.progress is NOT or "不涉及" in entry.status)
            if reported:
                assert (task in told.get(submission.unit, [])) is not_applicable
    assert len(units) > 1 or merged.findings == ()
