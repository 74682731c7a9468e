"""The short way through a file: where it is open it ends where the long way ends, and the long way has nothing to tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_ways import CATALOG, agree, short_way

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.read import read_file
from zhijiao20.formats.write import write_status_file

TEXTS = st.text(
    st.sampled_from([*"甲乙，。 ab1.-_#:'\"\\{}[]|>&*!?%@=+\n\t\u00a0\u200b\u3000\ufeff\U00020000；x×"]), max_size=12
)
ENTRIES = st.builds(
    Entry,
    st.sampled_from(["1.1", "1.2", "2.1", "20.1"]),
    st.sampled_from([None, *Progress]),
    TEXTS,
    st.lists(TEXTS.map(str.strip).filter(bool), max_size=2).map(tuple),
    TEXTS,
)
UNITS = st.builds(
    Submission,
    st.sampled_from(["甲", "澄州市教育局", "no", "a: b", "'引'", "=1"]),
    period=st.sampled_from(["", "2020年上半年", "1.10"]),
    entries=st.lists(ENTRIES, unique_by=lambda entry: entry.task).map(lambda all_: {one.task: one for one in all_}),
)


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx"])
@given(UNITS)
@settings(deadline=None, derandomize=True, max_examples=100)
def test_what_we_write_is_read_alike_both_ways(kind: str, unit: Submission) -> None:
    """Whatever was filled in, the short way either gives just that, with its places, or leaves it to the long one."""
    agree(f".{kind}", write_status_file(kind, [unit], CATALOG))


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx"])
def test_an_ordinary_file_goes_the_short_way(kind: str) -> None:
    """Else there would be no use in it: filled in, half filled in and empty."""
    entry = Entry("1.1", Progress.DONE, "印发方案。\n培训100人。", ("澄教〔2019〕1号", "澄教〔2019〕2号"), "备注")
    for entries in ({}, {"1.1": entry}, {task: replace(entry, task=task) for task in CATALOG.tasks}):
        unit = Submission("澄州市教育局", period="2020年上半年", entries=entries)
        assert agree(f".{kind}", write_status_file(kind, [unit], CATALOG))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_several_units_in_a_table_go_the_short_way(kind: str) -> None:
    """Each is a submission of its own, in order."""
    units = [Submission(name, entries={"1.1": Entry("1.1", status="做了")}) for name in ("乙", "甲")]
    data = write_status_file(kind, units, CATALOG)
    assert agree(f".{kind}", data)
    assert [unit.unit for unit in short_way(f".{kind}", data) or ()] == ["乙", "甲"]


def test_reading_a_file_takes_the_short_way(tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The long way is not even begun where the short one is open."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(write_status_file("yaml", [Submission("甲")], CATALOG))
    monkeypatch.setattr("zhijiao20.formats.normalize.tree.submission_from_tree", None)
    submissions, out = read_file(path, catalog)
    assert ([one.unit for one in submissions], out.findings) == (["甲"], [])


def test_what_is_no_utf8_goes_the_long_way() -> None:
    """Its encoding is a guess, and that is told."""
    assert not agree(".yaml", "单位: 甲\n任务: {}\n".encode("gb18030"))
    assert not agree(".csv", "单位,编号,落实情况\n甲,1.1,做了\n".encode("gb18030"))
