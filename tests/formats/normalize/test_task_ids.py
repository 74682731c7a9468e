"""Task ids as offices write them: read where that is certain, named where it is not, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.formats.normalize.task_ids import TaskId, read_id

QUICK = settings(deadline=None, derandomize=True)
NUMERALS = ["", *"一二三四五六七八九十"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def full_width(text: str) -> str:
    """The text in full-width digits and dots."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def numeral(number: int) -> str:
    """A number up to 20 in Chinese."""
    if number <= 10:
        return NUMERALS[number]
    return "二十" if number == 20 else f"十{NUMERALS[number - 10]}"


def spelled(template: str) -> Callable[[str], str]:
    """A spelling by template: ``{0}`` is the article, ``{1}`` the number."""
    return lambda task: template.format(*task.split("."))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as-it-is": str,
    "full-width-dot": lambda task: task.replace(".", "．"),
    "full-width": full_width,
    "full-width-digits": lambda task: full_width(task).replace("．", "."),
    "chinese-stop": lambda task: task.replace(".", "。"),
    "pause-mark": lambda task: task.replace(".", "、"),
    "middle-dot": lambda task: task.replace(".", "·"),
    "comma": lambda task: task.replace(".", ","),
    "full-width-comma": lambda task: task.replace(".", "，"),
    "hyphen": lambda task: task.replace(".", "-"),
    "brackets": "({})".format,
    "full-width-brackets": "（{}）".format,
    "trailing-stop": "{}.".format,
    "trailing-pause": "{}、".format,
    "任务": "任务{}".format,
    "条项": spelled("第{0}条第{1}项"),
    "条项-spaced": spelled("第 {0} 条 第 {1} 项"),
    "条-only": spelled("第{0}条{1}"),
    "chinese-numerals": lambda task: "第{}条第{}项".format(*(numeral(int(part)) for part in task.split("."))),
    "float-17-digits": lambda task: f"{float(task):.17g}",
    "float-padded": lambda task: f"{float(task):.10f}",
    "spaces": lambda task: f" {task.replace('.', ' . ')}\u3000",
    "zero-width": lambda task: "\ufeff" + task.replace(".", ".\u200b"),
    "nbsp": "{}\u00a0".format,
    "line-end": "{}\n".format,
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_every_id_reads_back(catalog: Catalog, spelling: Callable[[str], str]) -> None:
    """All 87 ids in every spelling that offices use: 2.2999999999999998 is 2.3, １.１ is 1.1."""
    assert {task: read_id(spelling(task), catalog.tasks) for task in catalog.tasks} == {
        task: TaskId(task) for task in catalog.tasks
    }


@pytest.mark.parametrize(
    ("text", "task"),
    [
        pytest.param("1．1", "1.1", id="1．1"),
        pytest.param("１.１", "1.1", id="１.１"),
        pytest.param("1、1", "1.1", id="1、1"),
        pytest.param("(1.1)", "1.1", id="(1.1)"),
        pytest.param("第1条第1项", "1.1", id="第1条第1项"),
        pytest.param("第十五条第五款", "15.5", id="第十五条第五款"),
        pytest.param("第二十条第1项", "20.1", id="第二十条第1项"),
        pytest.param("2.2999999999999998", "2.3", id="2.2999999999999998"),
        pytest.param("1.1000000000000001", "1.1", id="1.1000000000000001"),
        pytest.param("编号：1.1", "1.1", id="编号-with-colon"),
        pytest.param("任务 1.1：", "1.1", id="任务-with-colon"),
    ],
)
def test_spec_spellings(catalog: Catalog, text: str, task: str | None) -> None:
    """The examples of the specification, word for word; what is not on the list is no id."""
    assert read_id(text, catalog.tasks).id == task


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        pytest.param("1.10", "1.1", id="1.10-is-not-1.1"),
        pytest.param("01.1", "1.1", id="leading-zero"),
        pytest.param("1.01", "1.1", id="inner-zero"),
        pytest.param("1.6", "", id="beyond-the-article"),
        pytest.param("21.1", "", id="beyond-the-table"),
        pytest.param("0.1", "", id="article-0"),
        pytest.param("1.0", "", id="task-0"),
        pytest.param("1", "", id="article-only"),
        pytest.param("11", "", id="no-dot"),
        pytest.param("1.1.1", "1.1", id="three-levels"),
        pytest.param("1.15", "1.1", id="a-digit-too-many"),
        pytest.param("2.34567891", "2.3", id="a-real-fraction"),
        pytest.param("第三十条第一项", "", id="article-30"),
        pytest.param("第1条", "", id="article-in-words"),
        pytest.param("", "", id="empty"),
        pytest.param(".", "", id="dot"),
        pytest.param("严把教学标准", "", id="words"),
        pytest.param("-1.1", "", id="minus"),
    ],
)
def test_unknown(catalog: Catalog, text: str, likely: str) -> None:
    """An id that is none stays none; the likely one is only named."""
    assert read_id(text, catalog.tasks) == TaskId(None, likely=likely)


@pytest.mark.parametrize("text", ["第十1条第1项", "第3十条第一项", "第十十条第一项", "第二三十条第一项"])
def test_mixed_numerals_are_never_guessed(catalog: Catalog, text: str) -> None:
    """第十1条第1项 may be 11.1 and is surely not 10.1: nobody's text may land in another task's row."""
    assert read_id(text, catalog.tasks).id is None


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        pytest.param("1月1日", "1.1", id="1月1日"),
        pytest.param("１月１日", "1.1", id="full-width"),
        pytest.param("5月4", "5.4", id="no-日"),
        pytest.param("2020/1/1", "1.1", id="slashes"),
        pytest.param("2020-01-01", "1.1", id="iso"),
        pytest.param("2020-01-01 00:00:00", "1.1", id="iso-with-time"),
        pytest.param("2020-01-01T00:00:00Z", "1.1", id="iso-with-T"),
        pytest.param("2020.1.1", "1.1", id="dots"),
        pytest.param("2020年1月1日", "1.1", id="年月日"),
        pytest.param("1/1", "1.1", id="month-slash-day"),
        pytest.param("1/2/2020", "1.2", id="american"),
        pytest.param("1-Jan", "1.1", id="1-Jan"),
        pytest.param("4-May", "5.4", id="4-May"),
        pytest.param("01-Jan-20", "1.1", id="01-Jan-20"),
        pytest.param("Jan-01", "1.1", id="Jan-01"),
        pytest.param("January 1", "1.1", id="January-1"),
        pytest.param("43831", "1.1", id="serial"),
        pytest.param("43831.0", "1.1", id="serial-as-float"),
        pytest.param("12月31日", "", id="no-such-task"),
        pytest.param("43861", "", id="serial-of-no-task"),
        pytest.param("2020/1/1 0:00", "1.1", id="with-time"),
        pytest.param("2020/3/4 0:00:00", "3.4", id="with-seconds"),
        pytest.param("Jan-20", "20.1", id="Jan-20"),
        pytest.param("2013年1月", "13.1", id="year-and-month"),
    ],
)
def test_dates(catalog: Catalog, text: str, likely: str) -> None:
    """An id that a spreadsheet made a date is never taken for the id, only named with the likely one."""
    assert read_id(text, catalog.tasks) == TaskId(None, is_date=True, likely=likely)


DATE_FORMATS: dict[str, Callable[[date], str]] = {
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
    "iso": date.isoformat,
    "iso-time": "{} 00:00:00".format,
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "month-day": lambda day: f"{day.month}月{day.day}日",
    "month-slash-day": lambda day: f"{day.month}/{day.day}",
    "excel-english": lambda day: f"{day.day}-{MONTHS[day.month - 1]}",
    "excel-english-year": lambda day: f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year % 100:02}",
}


@QUICK
@given(st.integers(0, (date(2048, 12, 31) - date(1998, 8, 1)).days), st.sampled_from([*DATE_FORMATS]))
def test_no_date_is_ever_an_id(catalog: Catalog, days: int, style: str) -> None:
    """Any day in any format a sheet writes: never an id, and the likely one is month.day where there is such a task."""
    day = date(1998, 8, 1) + timedelta(days)
    likely = f"{day.month}.{day.day}"
    assert read_id(DATE_FORMATS[style](day), catalog.tasks) == TaskId(
        None, is_date=True, likely=likely if likely in catalog.tasks else ""
    )


@QUICK
@given(st.text(st.sampled_from("0123456789.．、-/年月日第条项一十二janmy ()（）\u200b\n：")) | st.text())
def test_only_official_ids_come_out(catalog: Catalog, text: str) -> None:
    """Whatever stands in the cell, an id is one of the 87, and what is called likely is one too."""
    found = read_id(text, catalog.tasks)
    assert found.id is None or found.id in catalog.tasks
    assert found.likely == "" or found.likely in catalog.tasks
    if found.id is not None:
        assert (found.is_date, found.likely) == (False, "")
        assert read_id(found.id, catalog.tasks) == found
