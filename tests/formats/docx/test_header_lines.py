"""The unit and the 报告期 in the lines above the table."""

from __future__ import annotations

import pytest
from forms import filled, submission

from zhijiao20.core.header_labels import value_after


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("填报单位：澄州市教育局", "澄州市教育局"),
        ("填报单位: 澄州市教育局 ", "澄州市教育局"),
        ("填报单位（盖章）：澄州市教育局　　填报时间：2020年7月", "澄州市教育局"),
        ("填报时间：7月\t填报单位：澄州市教育局\t联系人：", "澄州市教育局"),
        ("填报单位：", ""),
        ("填报单位：　　　　填报时间：", ""),
        ("各填报单位：请注意", None),
        ("单位：甲", None),
        ("填 报 单 位：丙校", "丙校"),
        ("填报单位：＿＿＿＿（盖章）", ""),
        ("填报单位：________", ""),
    ],
)
def test_unit_line_is_read_as_people_write_it(line: str, value: str | None) -> None:
    """Empty counts as absent; other labels on the line are not part of the unit."""
    assert value_after("填报单位", line) == value


def test_unit_and_period_come_from_the_lines_above_the_table() -> None:
    """Else the file's name, with a warning."""
    made, found = submission(filled({"1.1": "甲"}, unit="澄州市教育局", period="2020年上半年"))
    assert (made.unit, made.period, found) == ("澄州市教育局", "2020年上半年", [])
    made, found = submission(filled({"1.1": "甲"}), "澄州理工学校")
    assert (made.unit, made.period, found) == ("澄州理工学校", "", [("ZJ113", None, None)])
