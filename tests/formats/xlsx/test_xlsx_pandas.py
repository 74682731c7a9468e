"""Status files through data frames, which scripts of an office use: ours read by them, theirs read by us.

pandas is a large part of what the tests would install, and these are few: they need the development environment.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from sheets import submissions
from test_xlsx_programs import CATALOG, UNIT, answers

from zhijiao20.formats.read import read_content
from zhijiao20.formats.xlsx.write import write

pytestmark = pytest.mark.minutes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_pandas_to_csv(encoding: str) -> None:
    """A data frame with floats as ids, in the encodings that a script may be told to use."""
    import pandas as pd

    frame = pd.DataFrame(
        {"单位": ["甲", "甲"], "编号": [1.1, 15.5], "落实情况": ["做了——“一”", None], "佐证": [None, "一\n二"]}
    )
    (unit,), out = read_content(Path("甲.csv"), frame.to_csv(index=False).encode(encoding), CATALOG)
    assert answers(unit) == {"1.1": (None, "做了——“一”", ()), "15.5": (None, "", ("一", "二"))}
    assert [finding.rule.code for finding in out.findings] == ([] if encoding.startswith("utf-8") else ["ZJ005"])


@pytest.mark.parametrize("engine", ["openpyxl", "xlsxwriter"])
def test_pandas_to_excel(engine: str) -> None:
    """A data frame with floats as ids and gaps as NaN."""
    import pandas as pd

    stream = io.BytesIO()
    frame = pd.DataFrame(
        {"单位": ["甲", "甲"], "编号": [1.1, 15.5], "落实情况": ["做了", None], "佐证": [None, "一\n二"]}
    )
    frame.to_excel(stream, engine=engine)  # with its index: a column without a name
    (unit,), findings = submissions(stream.getvalue())
    assert answers(unit) == {"1.1": (None, "做了", ()), "15.5": (None, "", ("一", "二"))}
    assert [finding.message for finding in findings] == ["有一列没有列名，未采用；里面有文字，如“0”"]


def test_pandas_reads_ours_and_writes_csv() -> None:
    """The way through a data frame and back as CSV."""
    import pandas as pd

    frame = pd.read_excel(
        io.BytesIO(write([UNIT], CATALOG)), engine="openpyxl", header=2, dtype=str, keep_default_na=False
    )
    (unit,), out = read_content(Path("甲.csv"), frame.to_csv(index=False).encode(), CATALOG)
    assert out.findings == []
    assert answers(unit) == answers(UNIT)
