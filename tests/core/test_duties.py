"""Which tasks a unit answers for, as clerks write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.duties import DutyReader, show_tasks
from zhijiao20.core.numerals import chinese_number, small_number
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
READER = DutyReader(CATALOG)
TASKS = tuple(CATALOG.tasks)
QUICK = settings(deadline=None, derandomize=True)


def of_article(*numbers: int) -> list[str]:
    return [task for task in TASKS if int(task.partition(".")[0]) in numbers]


def of_chapter(*numbers: int) -> list[str]:
    return [
        task.id for number in numbers for article in CATALOG.chapters[number - 1].articles for task in article.tasks
    ]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("", TASKS),
        ("　\n", TASKS),
        ("全部", TASKS),
        ("全部任务", TASKS),
        ("1.5", ["1.5"]),
        ("１．５", ["1.5"]),
        ("任务1.5", ["1.5"]),
        ("第1条第5项", ["1.5"]),
        ("第十六条第一项", ["16.1"]),
        ("16.1-16.4", ["16.1", "16.2", "16.3", "16.4"]),
        ("16.1~16.4", ["16.1", "16.2", "16.3", "16.4"]),
        ("16.1～16.4", ["16.1", "16.2", "16.3", "16.4"]),
        ("16.1至16.4", ["16.1", "16.2", "16.3", "16.4"]),
        ("16.1—16.4", ["16.1", "16.2", "16.3", "16.4"]),
        ("16.1——16.4", ["16.1", "16.2", "16.3", "16.4"]),
        ("16.1 － 16.4", ["16.1", "16.2", "16.3", "16.4"]),
        ("1.5-2.2", ["1.5", "2.1", "2.2"]),
        ("16", of_article(16)),
        ("第16条", of_article(16)),
        ("16条", of_article(16)),
        ("第十六条", of_article(16)),
        ("十六条", of_article(16)),
        ("1-3条", of_article(1, 2, 3)),
        ("第1-3条", of_article(1, 2, 3)),
        ("第1条至第3条", of_article(1, 2, 3)),
        ("第一至三条", of_article(1, 2, 3)),
        ("一", of_chapter(1)),
        ("第五部分", of_chapter(5)),
        ("第5部分", of_chapter(5)),
        ("五部分", of_chapter(5)),
        ("一至三", of_chapter(1, 2, 3)),
        ("第一至第三部分", of_chapter(1, 2, 3)),
        ("第一部分—第二部分", of_chapter(1, 2)),
        (CATALOG.chapters[0].title, of_chapter(1)),
        (CATALOG.chapters[0].articles[1].title, of_article(2)),
        ("1.5、16；第五部分\n1.5", ["1.5", *of_chapter(5)]),
        ("2.1，1.5", ["1.5", "2.1"]),
        ("2.1, 1.5;、", ["1.5", "2.1"]),
        ("除1.5", [task for task in TASKS if task != "1.5"]),
        ("除1.5、除16、除第五部分", [task for task in TASKS if task not in {"1.5", *of_article(16), *of_chapter(5)}]),
        ("除 1.5 外", [task for task in TASKS if task != "1.5"]),
        ("除了1.5以外的全部任务", [task for task in TASKS if task != "1.5"]),
        ("全部，除1.5", [task for task in TASKS if task != "1.5"]),
        ("1-3条、除2.1-2.3", [task for task in of_article(1, 2, 3) if task not in {"2.1", "2.2", "2.3"}]),
        ("除2.1、1-3条", [task for task in of_article(1, 2, 3) if task != "2.1"]),
    ],
)
def test_duties_are_read_in_every_notation(text: str, tasks: list[str]) -> None:
    """Tasks, ranges, articles and chapters; items behind 除 are taken out; only such items mean all but these."""
    duties = READER.read(text)
    assert (list(duties.tasks), duties.faults, duties.idle) == (
        sorted(set(tasks), key=TASKS.index), (), ()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("1.9", "“1.9”里没有任务 1.9", "第 1 条有 1.1 至 1.5，请改对"),
        ("20.2", "“20.2”里没有任务 20.2", "第 20 条只有 20.1，请改对"),
        ("21.1", "“21.1”里没有任务 21.1", "条从 1 到 20，用 zhijiao20 tasks 查全部编号"),
        ("1.1-1.9", "“1.1-1.9”里没有任务 1.9", "第 1 条有 1.1 至 1.5，请改对"),
        ("16.4-16.1", "“16.4-16.1”的前后颠倒了", "把小的编号写在前面，如 16.1-16.4"),
        ("3-1条", "“3-1条”的前后颠倒了", "把小的编号写在前面，如 16.1-16.4"),
        ("21", "“21”里没有第 21 条", "条从 1 到 20，请改对"),
        ("第八部分", "“第八部分”里没有第 8 部分", "部分从 一 到 七，请改对"),
        ("十十条", "看不懂“十十条”", "条从 1 到 20，请改对"),
        ("1-3", "看不懂“1-3”", "要写几条，请写 1-3条；要写一项任务，请写 1.3"),
        ("16.1-4", "看不懂“16.1-4”", "要写几项任务，请写全：16.1-16.4"),
        ("2020-01-05", "看不懂“2020-01-05”", None),
        ("德育", "看不懂“德育”", None),
        ("除", "看不懂“除”", None),
        ("除1.9", "“除1.9”里没有任务 1.9", "第 1 条有 1.1 至 1.5，请改对"),
        ("第五", "看不懂“第五”", None),
        ("1.5" + " " * 100 + "x", "看不懂“1.5" + " " * 100 + "x”", None),
    ],
)
def test_what_is_no_duty_is_told_and_never_guessed(text: str, message: str, hint: str | None) -> None:
    """A wrong item names nothing, and says what there is instead; the other items hold."""
    duties = READER.read(f"2.1、{text}")
    assert duties.tasks == ("2.1",)
    (fault,) = duties.faults
    assert (fault.item, fault.message) == (text, message)
    assert fault.hint == hint if hint else "16.1-16.4" in fault.hint


def test_what_is_taken_out_of_nothing_is_told() -> None:
    """除1.5、2.1 means 2.1 only, which is hardly what was meant."""
    duties = READER.read("除1.5、2.1")
    assert (duties.tasks, duties.idle) == (("2.1",), ("除1.5",))


def test_a_cell_of_very_many_items_is_refused() -> None:
    """Nobody writes it, and each item takes time."""
    assert READER.read("1.5、" * 500).tasks == ("1.5",)
    (fault,) = READER.read("1.5、" * 501).faults
    assert fault.message == "这一格有 501 项，最多 500 项"


def test_an_empty_cell_may_mean_none() -> None:
    """Who leads no task leads none; who answers for none in particular answers for all."""
    assert READER.read(" ", blank_means_all=False).tasks == ()
    assert READER.read("除20.1", blank_means_all=False).tasks == TASKS[:-1]


def test_equal_duties_are_one_object() -> None:
    """12,000 units with the same duties in any notation take no more memory than one."""
    assert READER.read("1.1-1.5").tasks is READER.read("第1条").tasks
    assert READER.read("第1条") is READER.read("第1条 ")
    assert READER.read("一至七").tasks is READER.all


@given(st.frozensets(st.sampled_from(TASKS), min_size=1))
@QUICK
def test_shown_tasks_read_back(tasks: frozenset[str]) -> None:
    """What is printed can be pasted into a roster."""
    ordered = READER.in_order(tasks)
    assert READER.read(show_tasks(ordered, CATALOG)).tasks == ordered


@pytest.mark.parametrize(("text", "shown"), [("", "全部"), ("一、5.1、5.2、5.4、16", "第一部分、5.1-5.2、5.4、第16条")])
def test_tasks_are_shown_in_the_shortest_notation(text: str, shown: str) -> None:
    """Chapters and articles go before ranges."""
    assert show_tasks(READER.read(text).tasks, CATALOG) == shown


ITEM = st.one_of(
    st.sampled_from(TASKS).map(lambda task: (task, {task})),
    st.integers(1, 20).map(lambda number: (f"第{number}条", set(of_article(number)))),
    st.integers(1, 7).map(lambda number: (f"第{chinese_number(number)}部分", set(of_chapter(number)))),
    st.tuples(st.sampled_from(TASKS), st.sampled_from(TASKS)).map(
        lambda ends: (
            "至".join(sorted(ends, key=TASKS.index)),
            set(TASKS[min(map(TASKS.index, ends)) : max(map(TASKS.index, ends)) + 1]),
        )
    ),
)


@given(st.lists(st.tuples(st.booleans(), ITEM), min_size=1, max_size=6), st.sampled_from("、，,；;\n"))
@QUICK
def test_items_add_and_exceptions_take_away(items: list[tuple[bool, tuple[str, set[str]]]], mark: str) -> None:
    """Whatever the order, the result is what the items name less what stands behind 除."""
    text = mark.join(f"{'除' if out else ''}{written}" for out, (written, _) in items)
    named = set().union(*(tasks for out, (_, tasks) in items if not out))
    taken = set().union(*(tasks for out, (_, tasks) in items if out))
    start = set(TASKS) if all(out for out, _ in items) else named
    duties = READER.read(text)
    assert (set(duties.tasks), duties.faults) == (start - taken, ())


@given(st.text())
@QUICK
def test_any_text_is_read_or_told(text: str) -> None:
    """Each item names tasks or is a fault; nothing stops the reader."""
    duties = READER.read(text)
    assert set(duties.tasks) <= set(TASKS)
    assert duties.tasks or duties.faults or "除" in text


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_read_back(number: int) -> None:
    """Chapters are counted in Chinese numerals."""
    assert small_number(chinese_number(number)) == number == small_number(str(number))
