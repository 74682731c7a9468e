"""The date by which units have to send."""

from __future__ import annotations

from datetime import date

import pytest

from zhijiao20.core.deadline import read_date, show_date

DAY = date(2020, 7, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2020-07-10", "2020-7-10", "2020/7/10", "2020.07.10", "2020年7月10日", "2020年 7月 10日", "２０２０年７月１０日",
        "20200710", "2020年7月10日前", "2020年7月10日之前", "2020-07-10 17:00", "2020-07-10T00:00:00", "2020年7月10日 17时",
    ],
)  # fmt: skip
def test_a_date_in_full(text: str) -> None:
    """As people and spreadsheets write it."""
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "7月10日", "2020年7月", "2020-02-30", "2020-7", "1999-07-10", "44022", "下周五", "2020-07-10" + " " * 40, "2020/7.10.1"]
)  # fmt: skip
def test_what_is_no_date_in_full(text: str) -> None:
    """A year is never guessed."""
    assert read_date(text) is None


def test_shown_dates_read_back() -> None:
    """What a letter says can stand in a roster."""
    assert show_date(DAY) == "2020年7月10日"
    assert read_date(show_date(DAY)) == DAY
