"""The answers of a unit, task by task."""

from __future__ import annotations

from zhijiao20.core.answers import Answers, answers_of, combined, differing
from zhijiao20.core.submission import Entry, Progress, Submission

TASKS = ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2")


def answers(*entries: Entry, duties: frozenset[str] | None = None) -> Answers:
    return answers_of(Submission("甲", entries={entry.task: entry for entry in entries}, duties=duties), TASKS)


def test_a_letter_for_each_task() -> None:
    """Done, ongoing, not started, not concerned, unmarked; empty where nothing is said, whatever the 进展."""
    found = answers(
        Entry("1.1", Progress.DONE, "办了"),
        Entry("1.2", Progress.ONGOING, "在办"),
        Entry("1.3", Progress.NOT_STARTED, "没办"),
        Entry("1.4", status="我单位不涉及此项工作"),
        Entry("1.5", status="办了"),
        Entry("2.1", Progress.DONE, " \n"),
    )
    assert found.states == "donxfee"
    assert len(found.digests) == 8 * len(TASKS)


def test_tasks_of_others_are_outside() -> None:
    """A text there changes nothing in the counts."""
    assert answers(Entry("1.1", status="办了"), duties=frozenset({"1.2"})).states == "-e-----"


def test_versions_differ_where_anything_is_different() -> None:
    """Text, 进展, 佐证 and 说明 each; an entry with nothing in it is like none."""
    one = [Entry(task, Progress.DONE, "办了", ("甲号",), "注") for task in TASKS[:5]]
    other = [
        Entry("1.1", Progress.ONGOING, "办了", ("甲号",), "注"),
        Entry("1.2", Progress.DONE, "办了。", ("甲号",), "注"),
        Entry("1.3", Progress.DONE, "办了", ("甲号", "乙号"), "注"),
        Entry("1.4", Progress.DONE, "办了", ("甲号",), ""),
        one[4],
        Entry("2.1"),
        Entry("2.2", Progress.DONE),
    ]
    assert differing([answers(*one), answers(*other)], TASKS) == ("1.1", "1.2", "1.3", "1.4", "2.2")
    assert differing([answers(*one), answers(*one)], TASKS) == ()
    assert differing([answers()], TASKS) == ()


def test_several_versions_as_one() -> None:
    """What any of them has filled in."""
    assert combined(["do-e"]) == "do-e"
    assert combined(["ee-e", "do-e", "nn-e"]) == "do-e"


def test_lone_surrogates_have_a_digest() -> None:
    """No text stops the count."""
    assert answers(Entry("1.1", status="\ud800")).states == "feeeeee"
