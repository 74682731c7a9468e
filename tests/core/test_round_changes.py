"""Two rounds of submissions compared: a round with itself, and the changes applied to the old one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijiao20.core.merge import unit_texts
from zhijiao20.core.round_changes import (
    Presence,
    RoundCounts,
    TaskChange,
    TaskState,
    UnitChange,
    compare_submissions,
    compare_unit,
)
from zhijiao20.core.submission import Entry, Progress, Submission

TASKS = ("1.1", "1.2", "2.1", "16.4")
entries = st.builds(
    Entry,
    st.just(""),
    st.sampled_from([None, *Progress]),
    st.sampled_from(["", " ", "甲。", "乙。\n丙。", "不涉及", "不涉及。"]),
)


def submission(unit: str, found: dict[str, Entry]) -> Submission:
    """A submission of these entries."""
    return Submission(unit, entries={task: Entry(task, one.progress, one.status) for task, one in found.items()})


rounds = st.dictionaries(
    st.sampled_from(["甲", "乙", "丙"]), st.dictionaries(st.sampled_from(TASKS), entries)
).map(lambda units: {unit: submission(unit, found) for unit, found in units.items()})  # fmt: skip
Said = dict[str, tuple[str, str]]


def said(one: Submission | None) -> Said:
    """What a unit says: text and 进展 by task."""
    return {} if one is None else {answer.task: (answer.text, answer.progress) for answer in unit_texts(one)}


def both_give_progress(one: Said, other: Said) -> bool:
    """Whether 进展 is compared: a form may hold none."""
    return not (one and other) or all(any(progress for _, progress in side.values()) for side in (one, other))


def alike(one: Said, other: Said, *, with_progress: bool) -> bool:
    """Whether two units say the same: 不涉及 may be written in two ways."""

    def plain(said: Said, with_progress: bool) -> Said:
        found = {
            task: (text.rstrip("。"), progress if with_progress else "") for task, (text, progress) in said.items()
        }
        return {task: answer for task, answer in found.items() if any(answer)}

    return plain(one, with_progress) == plain(other, with_progress)


@given(rounds)
def test_a_round_with_itself(units: dict[str, Submission]) -> None:
    """Nothing has changed, and every answer is counted."""
    for change in compare_submissions(units, units, TASKS):
        assert (change.state, change.tasks) == (Presence.BOTH, ())
        assert change.unchanged == len(said(units[change.unit]))


@given(rounds, rounds)
def test_the_changes_make_of_the_old_round_the_new_one(old: dict[str, Submission], new: dict[str, Submission]) -> None:
    """Each change holds what was there and what is there now; what is in no change is the same."""
    found = list(compare_submissions(old, new, TASKS))
    assert [change.unit for change in found] == [*new, *(unit for unit in old if unit not in new)]
    for change in found:
        before, after = said(old.get(change.unit)), said(new.get(change.unit))
        assert change.state == (
            "both" if change.unit in old and change.unit in new else "new" if change.unit in new else "gone"
        )
        with_progress = both_give_progress(before, after)
        for task in change.tasks:
            assert before.get(task.task, ("", "")) == (task.old, task.old_progress)
            before[task.task] = (task.new, task.new_progress)
        assert alike(before, after, with_progress=with_progress)
        assert [task.task for task in change.tasks] == [
            task for task in TASKS if task in {item.task for item in change.tasks}
        ]


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        (Entry("1.1", None, "甲"), Entry("1.1", None, "乙"), TaskState.CHANGED),
        (Entry("1.1", None, ""), Entry("1.1", None, "乙"), TaskState.NEW),
        (Entry("1.1", None, "甲"), Entry("1.1", None, " "), TaskState.EMPTIED),
        (Entry("1.1", Progress.ONGOING, "甲"), Entry("1.1", Progress.DONE, "甲"), TaskState.PROGRESS),
        (Entry("1.1", Progress.ONGOING, "甲"), Entry("1.1", Progress.DONE, "乙"), TaskState.CHANGED),
        (Entry("1.1", Progress.ONGOING, "甲"), Entry("1.1", None, "甲"), None),
        (Entry("1.1", Progress.NOT_APPLICABLE, ""), Entry("1.1", None, "不涉及。"), None),
        (Entry("1.1", Progress.NOT_STARTED, ""), Entry("1.1", Progress.ONGOING, ""), TaskState.PROGRESS),
        (Entry("1.1", Progress.ONGOING, "甲"), Entry("1.1", Progress.NOT_APPLICABLE, ""), TaskState.CHANGED),
    ],
)  # fmt: skip
def test_states(old: Entry, new: Entry, state: TaskState | None) -> None:
    """What happened to an answer; a Word form, which holds no 进展, does not take it away."""
    before, after = (unit_texts(Submission("甲", entries={"1.1": entry})) for entry in (old, new))
    change = compare_unit("甲", before, after, TASKS)
    assert [task.state for task in change.tasks] == ([] if state is None else [state])
    assert change.unchanged == (state is None)


def test_units_that_come_and_go() -> None:
    """All that a new unit says is new, all that one said that is gone is taken out, its 进展 too."""
    one = submission("甲", {"1.1": Entry("", Progress.NOT_STARTED), "2.1": Entry("", Progress.DONE, "建成。")})
    progress, text = (
        TaskChange("1.1", TaskState.PROGRESS, "", "", "", "未启动"),
        TaskChange("2.1", TaskState.NEW, "", "建成。", "", "已完成"),
    )
    assert list(compare_submissions({}, {"甲": one}, TASKS)) == [UnitChange("甲", Presence.NEW, 0, (progress, text))]
    (gone,) = compare_submissions({"甲": one}, {}, TASKS)
    assert gone.state is Presence.GONE
    assert [task.state for task in gone.tasks] == ["progress", "emptied"]
    both = compare_submissions({"甲": one, "乙": one}, {"甲": one}, TASKS)
    assert [(unit.state, len(unit.tasks)) for unit in both] == [(Presence.BOTH, 0), (Presence.GONE, 2)]


@given(rounds, rounds)
def test_counts(old: dict[str, Submission], new: dict[str, Submission]) -> None:
    """Every answer of either round is counted once."""
    counts = RoundCounts()
    for change in compare_submissions(old, new, TASKS):
        counts.add(change)
    assert sum(counts.units.values()) == len({*old, *new})
    assert counts.changed_units <= sum(counts.units.values())
    both = {(unit, task) for units in (old, new) for unit in units for task in said(units[unit])}
    assert counts.unchanged + sum(counts.tasks.values()) == len(both)
