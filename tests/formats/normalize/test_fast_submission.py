"""What the short way makes of a file's outline, and when it leaves it to the long way."""

from __future__ import annotations

import pytest
from two_ways import CATALOG

from zhijiao20.core.findings import Place
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.normalize.fast_submission import build_submission
from zhijiao20.formats.normalize.fast_table import plain_columns, raw_units
from zhijiao20.formats.raw import RawEntry, RawUnit, Scalar


def outline(**changes: object) -> RawUnit:
    answer = RawEntry("1.1", "已完成", "做了", ("一号",), "", Place(3, 3), Place(4, 11), 7)
    return RawUnit(Scalar("甲", Place(1, 5)), [answer], Place(3, 3))._replace(**changes)


def test_an_outline_becomes_a_submission() -> None:
    """Every field arrives, the column of a block too."""
    found = build_submission(outline(period="2020年", reporter="某", phone="1"), CATALOG, "甲.yaml")
    entry = Entry("1.1", Progress.DONE, "做了", ("一号",), "", {}, Place(3, 3), Place(4, 11), 7)
    assert found == Submission("甲", "甲.yaml", "2020年", "某", "1", {"1.1": entry}, Place(1, 5), Place(3, 3))


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": Scalar(" ")},
        {"period": "甲\n乙"},
        {"reporter": "\x07"},
        {"entries": [outline().entries[0]] * 2},
        {"entries": [outline().entries[0]._replace(task="9.9")]},
        {"entries": [outline().entries[0]._replace(progress="完成")]},
        {"entries": [outline().entries[0]._replace(status="甲\r乙")]},
        {"entries": [outline().entries[0]._replace(evidence=("\x0b",))]},
        {"entries": [outline().entries[0]._replace(remark="\ufffe")]},
    ],
    ids=str,
)
def test_what_is_to_be_told_makes_no_submission(changes: dict[str, object]) -> None:
    """Telling is for the long way."""
    assert build_submission(outline(**changes), CATALOG, "甲") is None


@pytest.mark.parametrize(
    ("header", "usual"),
    [
        (["单位", "编号", "落实情况"], True),
        (["编号", "落实情况"], False),
        (["单位", "编号", "落实情况", "备注"], False),
        (["单位", "编号", "落实情况", "编号"], False),
        (["单位", "编号 ", "落实情况"], False),
        ([], False),
    ],
)
def test_usual_columns(header: list[str], usual: bool) -> None:
    """A header that needs a note is not usual."""
    assert (plain_columns(header) is not None) is usual


def test_a_table_without_a_row_is_not_usual() -> None:
    """That nothing was filled in is told."""
    assert raw_units({"单位": 0, "编号": 1, "落实情况": 2}, [(2, ["", "", ""])], Place, CATALOG) is None
