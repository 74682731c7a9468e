"""From the content of a file to its submissions: what the program writes is read back, and plain files need no pydantic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from status_files import read_file

from zhijiao20.core.findings import NOWHERE, Finding
from zhijiao20.core.submission import Entry, Progress, Submission, is_blank
from zhijiao20.formats.normalize import submission as normalize
from zhijiao20.formats.read import read_content
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
TEXTS = st.text(
    st.sampled_from([*"甲乙，。 ab1.-_#:'\"\\{}[]|>&*!?%@=+\n\t\u00a0\u200b\u3000\ufeff\U00020000；x×"]), max_size=12
)
ITEMS = TEXTS.map(lambda text: text.strip().replace("\n", "")).filter(
    lambda text: not is_blank(text)
)  # a line of a cell each
ENTRIES = st.builds(
    Entry,
    st.sampled_from(["1.1", "1.2", "2.1", "20.1"]),
    st.sampled_from([None, *Progress]),
    TEXTS,
    st.lists(ITEMS, max_size=2).map(tuple),
    TEXTS,
)
UNITS = st.builds(
    Submission,
    st.sampled_from(["甲", "澄州市教育局", "no", "a: b", "'引'", "=1"]),
    period=st.sampled_from(["", "2020年上半年", "1.10"]),
    entries=st.lists(ENTRIES, unique_by=lambda entry: entry.task).map(lambda all_: {one.task: one for one in all_}),
)


def content(kind: str, data: bytes) -> tuple[list[Submission], list[Finding]]:
    submissions, out = read_content(Path(f"甲.{kind}"), data, CATALOG)
    return submissions, out.findings


def without_places(entry: Entry) -> Entry:
    return replace(entry, place=NOWHERE, text_place=NOWHERE, block=0)


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx"])
@given(UNITS)
@settings(deadline=None, derandomize=True, max_examples=100)
def test_what_we_write_is_read_back(kind: str, unit: Submission) -> None:
    """Whatever was filled in, reading gives just that."""
    (found,), findings = content(kind, write_status_file(kind, [unit], CATALOG))
    assert findings == []
    assert (found.unit, found.period) == (unit.unit, unit.period)
    assert list(found.entries) == list(CATALOG.tasks)
    for task, entry in found.entries.items():
        assert without_places(entry) == unit.entries.get(task, Entry(task))


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx"])
def test_an_ordinary_file_needs_no_explanation(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filled in, half filled in and empty: pydantic is not loaded for it."""
    monkeypatch.setattr(normalize, "_explainer", None)
    entry = Entry("1.1", Progress.DONE, "印发方案。\n培训100人。", ("澄教〔2019〕1号", "澄教〔2019〕2号"), "备注")
    for entries in ({}, {"1.1": entry}, {task: replace(entry, task=task) for task in CATALOG.tasks}):
        unit = Submission("澄州市教育局", period="2020年上半年", entries=entries)
        (found,), findings = content(kind, write_status_file(kind, [unit], CATALOG))
        assert findings == []
        filled = {task: without_places(one) for task, one in found.entries.items() if one.status}
        assert filled == entries


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_several_units_in_a_table(kind: str) -> None:
    """Each is a submission of its own, in order."""
    units = [Submission(name, entries={"1.1": Entry("1.1", status="做了")}) for name in ("乙", "甲")]
    found, findings = content(kind, write_status_file(kind, units, CATALOG))
    assert [(unit.unit, unit.entries["1.1"].status) for unit in found] == [("乙", "做了"), ("甲", "做了")]
    assert findings == []


def test_reading_a_file(tmp_path: Path) -> None:
    """The same from a file on disk."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(write_status_file("yaml", [Submission("甲")], CATALOG))
    submissions, out = read_file(path, CATALOG)
    assert ([one.unit for one in submissions], out.findings) == (["甲"], [])


@pytest.mark.parametrize(
    ("kind", "text"), [("yaml", "单位: 甲\n任务: {}\n"), ("csv", "单位,编号,落实情况\n甲,1.1,做了\n")]
)
def test_what_is_no_utf8_is_told(kind: str, text: str) -> None:
    """Its encoding is a guess, and the file is read."""
    (found,), findings = content(kind, text.encode("gb18030"))
    assert found.unit == "甲"
    assert [finding.rule.code for finding in findings] == ["ZJ005"]
