"""The last day of a reporting period, read from its name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijiao20.core.period import last_day


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2020年上半年", "2020-06-30"),
        ("2020年下半年", "2020-12-31"),
        ("2020年", "2020-12-31"),
        ("2020年度", "2020-12-31"),
        ("2020", "2020-12-31"),
        ("2019年全年", "2019-12-31"),
        ("二〇二〇年上半年", "2020-06-30"),
        ("２０２０年上半年", "2020-06-30"),
        ("2020年第一季度", "2020-03-31"),
        ("2020年3季度", "2020-09-30"),
        ("2020年2月", "2020-02-29"),
        ("2020年1—6月", "2020-06-30"),
        ("2019年7月至2020年6月", "2020-06-30"),
        ("2020年十一月", "2020-11-30"),
        ("2020年十月", "2020-10-31"),
        ("截至2020年6月30日", "2020-06-30"),
        ("2020.1.1-2020.6.30", "2020-06-30"),
        ("2020-06-30", "2020-06-30"),
    ],
)
def test_last_day(period: str, day: str) -> None:
    """What offices write."""
    assert last_day(period) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "period", ["", "上半年", "2019—2020学年", "2020年春季学期", "第一期", "2020年2月30日", "2020.2.31", "12020年"]
)
def test_no_day(period: str) -> None:
    """What names no day has none, and no day is invented."""
    assert last_day(period) is None


@given(st.text(st.sampled_from("2019上下半年第一季度月至截日.-—十 ")))
def test_any_text(period: str) -> None:
    """Nothing breaks it."""
    assert last_day(period) is None or last_day(period)
