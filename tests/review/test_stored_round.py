"""The answers of a round in temporary storage."""

from __future__ import annotations

from zhijiao20.core.findings import Place
from zhijiao20.core.merge import GIVES_REASON, REPORTS, UnitText
from zhijiao20.review.stored_round import StoredRound


def test_answers_are_read_as_they_were_added() -> None:
    """Line ends, characters outside the usual plane, halves of a surrogate side by side, empty texts and places."""
    said = [
        UnitText("1.1", REPORTS, "第一段\n“第二段”\\", progress="已完成"),
        UnitText("1.2", REPORTS, "", progress="推进中"),
        UnitText("1.3", GIVES_REASON, "不涉及：𠮷\ud842", Place(3, 4)),
        UnitText("1.4", GIVES_REASON, "\udfb7不涉及", Place(cell="第5行"), "不涉及"),
    ]
    units = StoredRound()
    units.take("甲校", "甲.csv", "", [])
    units.take("乙校", "乙.csv", "", iter(said))
    assert [units.answers(version) for _, version in units.units()] == [[], said]
