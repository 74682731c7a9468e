"""A form that was filled and read back, by way of other programs too, is what it was."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from conftest import ROOT
from forms import filled, submission
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import soffice

from zhijiao20.commands.render import render
from zhijiao20.system.discovery import load_catalog

texts = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30),
    min_size=1,
    max_size=3,
).map("\n".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(list(load_catalog().tasks)), texts, min_size=1, max_size=8))
def test_render_and_read_back_is_the_identity(entries: dict[str, str]) -> None:
    """On every text that a paragraph can hold."""
    made, _ = submission(filled(entries))
    assert {task: made.entries[task].status for task in entries} == entries


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, rendered."""
    output = tmp_path_factory.mktemp("trip") / "附表.docx"
    render([ROOT / "examples" / "澄州市"], output, unit="澄州市教育局")
    return output


@pytest.mark.minutes
@pytest.mark.parametrize("way", [("docx",), ("odt", "docx")], ids=["saved", "by-way-of-odt"])
def test_trip_through_libreoffice_loses_nothing(rendered: Path, way: tuple[str, ...]) -> None:
    """Opened and saved by another program, as .docx and by way of .odt: every text to the character."""
    before, _ = submission(rendered.read_bytes())
    folder = rendered.parent / "-".join(way)
    folder.mkdir()
    file = rendered
    for kind in way:
        file = soffice(file, kind, folder)
    after, found = submission(file.read_bytes())
    assert found == []
    assert after.unit == before.unit
    assert {task: entry.status for task, entry in after.entries.items()} == {
        task: entry.status for task, entry in before.entries.items()
    }


ODD = {
    "1.1": "  首尾空格  ",
    "1.2": "a\tb\t\tc",
    "1.3": "甲\u00a0乙\u200b丙\u2060丁",
    "1.4": "\U00020000𠮷é\u0301",
    "1.5": "一\n\n二\n",
    "2.1": "\n开头空段",
    "2.2": "a\u2011b\u00ad软",
    "2.3": "\ue000\ufe0f葛\U000e0100",
    "2.4": "\u202eRTL אב\u200f",
    "2.5": "😀👨\u200d👩",
    "2.6": "“引”—…～∶〔〕①",
    "2.7": "=1+1",
    "3.1": "行\u2028分\u2029隔",
    "3.2": "多  个   空格",
    "3.3": "\u3000\u3000缩进",
    "3.4": "x\u0085y\u007fz",
    "3.5": "ﬁ＂！１Ａ⼯",
}


@pytest.mark.minutes
@pytest.mark.parametrize("way", [("docx",), ("odt", "docx")], ids=["saved", "by-way-of-odt"])
def test_odd_texts_survive_libreoffice(tmp_path: Path, way: tuple[str, ...]) -> None:
    """White space at every place, hidden breaks, marks, private use, compatibility characters: to the character."""
    file = tmp_path / "odd" / "form.docx"
    file.parent.mkdir()
    file.write_bytes(filled(ODD))
    for number, kind in enumerate(way):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = soffice(file, kind, folder)
    made, _ = submission(file.read_bytes())
    assert {task: made.entries[task].status for task in ODD} == ODD


def test_readers_agree(rendered: Path) -> None:
    """python-docx reads the same texts out of the file as the program does."""
    made, _ = submission(rendered.read_bytes())
    rows = docx.Document(str(rendered)).tables[0].rows[1:]
    assert [row.cells[3].text for row in rows] == [entry.status for entry in made.entries.values()]
