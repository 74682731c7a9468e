"""上级 in a table of several units: which rows are of one unit, and what units and findings are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from rows import read
from status_files import put, read_file

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.levels import bare_name
from zhijiao20.core.submission import Submission

HEADER = "单位|上级|编号|落实情况"


def named(submissions: list[Submission]) -> list[tuple[str, str, list[str]]]:
    """Each unit with its superior and its tasks."""
    return [(item.unit, item.superior, list(item.entries)) for item in submissions]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("甲校|东市|1.1|a", "甲校|东市|1.2|b"), [("甲校", "东市", ["1.1", "1.2"])]),
        (("甲校|东市|1.1|a", "甲校||1.2|b"), [("甲校", "东市", ["1.1", "1.2"])]),
        (("甲校|东市|1.1|a", "||1.2|b"), [("甲校", "东市", ["1.1", "1.2"])]),
        (("甲校||1.1|a", "甲校|东市|1.2|b"), [("甲校", "东市", ["1.1", "1.2"])]),
        (("甲校|东 市|1.1|a", "甲校|东市|1.2|b"), [("甲校", "东 市", ["1.1", "1.2"])]),
        (("东市|东市|1.1|a", "甲校|东市|1.1|b"), [("东市", "东市", ["1.1"]), ("甲校", "东市", ["1.1"])]),
        (("甲校|东市|1.1|a", "乙校||1.1|b"), [("甲校", "东市", ["1.1"]), ("乙校", "", ["1.1"])]),
    ],
    ids=["every row", "first row", "merged", "later row", "spelling", "own", "none"],
)
def test_rows_of_a_unit(catalog: Catalog, rows: tuple[str, ...], expected: list[tuple[str, str, list[str]]]) -> None:
    """A row that leaves out the superior is of the unit with its name."""
    submissions, findings = read(catalog, HEADER, *rows)
    assert findings == []
    assert [(bare_name(unit, superior), superior, tasks) for unit, superior, tasks in named(submissions)] == expected


def test_namesakes_in_a_file(catalog: Catalog, tmp_path: Path) -> None:
    """They are two units, and what is found in their rows says of which; other units keep their names."""
    file = put(
        str(tmp_path / "全省.csv"),
        "单位,上级,编号,进展,落实情况\n一校,东市,1.1,搞完,a\n一校,西市,1.1,搞完,b\n乙校,西市,1.1,搞完,c\n",
    )
    submissions, out = read_file(file, catalog)
    assert named(submissions) == [
        ("东市：一校", "东市", ["1.1"]),
        ("西市：一校", "西市", ["1.1"]),
        ("乙校", "西市", ["1.1"]),
    ]
    assert [(finding.unit, finding.rule.code) for finding in out.findings] == [
        ("东市：一校", "ZJ105"),
        ("西市：一校", "ZJ105"),
        ("乙校", "ZJ105"),
    ]


def test_a_wrong_superior(catalog: Catalog) -> None:
    """It is an error of its cell; the unit keeps its name."""
    (submission,), (finding,) = read(catalog, HEADER, f"甲校|{'长' * 101}|1.1|a")
    assert (submission.unit, submission.superior) == ("甲校", "")
    assert (finding.rule.code, finding.place.column, finding.unit) == ("ZJ106", 2, "甲校")
    assert finding.message == "“上级”不能这样写：上级有 101 个字，最多 100 个"
