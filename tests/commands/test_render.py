"""Files in, a document out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from outcomes import cells, told
from status_files import put, sound

from zhijiao20.commands.render import Outcome, render, render_blank
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Report, UnitCounts
from zhijiao20.system.discovery import official_form

pytestmark = pytest.mark.usefixtures("work_folder")


def test_render_one_unit(catalog: Catalog) -> None:
    """The text of one unit goes in unlabelled, under its own name and period."""
    put("甲.yaml", sound("甲", catalog, period="2020年上半年"))
    outcome = render([Path("甲.yaml")], Path("表.docx"))
    assert outcome == Outcome(Report(1, 1, (), by_unit=(UnitCounts("甲", ["甲.yaml"], Counter()),)), (), 0, ("甲",))
    assert cells(Path("表.docx")) == [f"甲开展第{task}项工作，印发12个文件。" for task in catalog.tasks]
    above = "\n".join(paragraph.text for paragraph in Document("表.docx").paragraphs)
    assert "填报单位：甲" in above
    assert "2020年上半年" in above


def test_render_several_units_in_the_order_given(catalog: Catalog) -> None:
    """The order of the paths is the order in the cell."""
    paths = [put(f"{unit}.yaml", sound(unit, catalog, period="2020年")) for unit in ("乙", "甲")]
    outcome = render(paths, Path("表.docx"), unit="澄州市", period="2021年")
    assert outcome.units == ("乙", "甲")
    assert (
        cells(Path("表.docx"))[0] == "【乙】乙开展第1.1项工作，印发12个文件。\n【甲】甲开展第1.1项工作，印发12个文件。"
    )
    above = "\n".join(paragraph.text for paragraph in Document("表.docx").paragraphs)
    assert "填报单位：澄州市" in above
    assert "2021年" in above


def test_different_periods_are_warned_of_and_none_is_chosen(catalog: Catalog) -> None:
    """The program does not decide which period the form is for."""
    paths = [put(f"{unit}.yaml", sound(unit, catalog, period=f"202{n}年")) for n, unit in enumerate("甲乙")]
    outcome = render(paths, Path("表.docx"))
    assert told(outcome.report) == [("乙.yaml", "ZJ111")]
    assert not outcome.stopped
    above = "\n".join(paragraph.text for paragraph in Document("表.docx").paragraphs)
    assert "2020年" not in above
    assert "2021年" not in above


def test_an_error_stops_the_render(catalog: Catalog) -> None:
    """Nothing is written, and an existing document stays."""
    put("表.docx", b"old")
    put("甲.yaml", sound("甲", catalog, {"1.1": "", "1.2": "已完成"}))
    outcome = render([Path("甲.yaml")], Path("表.docx"), allow_incomplete=True)
    assert [finding.rule.code for finding in outcome.stopped] == ["ZJ203"]
    assert outcome.gaps == 1
    assert Path("表.docx").read_bytes() == b"old"


def test_gaps_stop_unless_they_are_allowed(catalog: Catalog) -> None:
    """Missing and empty tasks, and nothing else, may be let through."""
    text = sound("甲", catalog, {"1.1": ""}).replace('  "1.2": "甲开展第1.2项工作，印发12个文件。"\n', "")
    put("甲.yaml", text)
    outcome = render([Path("甲.yaml")], Path("表.docx"))
    assert sorted(finding.rule.code for finding in outcome.stopped) == ["ZJ201", "ZJ202"]
    assert not Path("表.docx").exists()
    outcome = render([Path("甲.yaml")], Path("表.docx"), allow_incomplete=True)
    assert (outcome.stopped, outcome.gaps) == ((), 2)
    assert cells(Path("表.docx"))[:3] == ["", "", "甲开展第1.3项工作，印发12个文件。"]


def test_a_blank_form_is_one_gap_to_allow(catalog: Catalog) -> None:
    """It stops as one error; let through, its unit is named and every cell counted."""
    paths = [put("甲.yaml", sound("甲", catalog, {"1.1": ""})), put("乙.yaml", "单位: 乙\n任务:\n  '1.1': ''\n")]
    outcome = render(paths, Path("表.docx"))
    assert [(item.unit, item.rule.code) for item in outcome.stopped] == [("甲", "ZJ201"), ("乙", "ZJ205")]
    assert (outcome.gaps, outcome.blank) == (0, ())
    outcome = render(paths, Path("表.docx"), allow_incomplete=True)
    assert (outcome.stopped, outcome.gaps, outcome.blank) == ((), 88, ("乙",))
    assert outcome.units == ("甲", "乙")


def test_findings_of_merging_stand_with_their_file(catalog: Catalog) -> None:
    """What is left out of the form is told at the file it came from."""
    paths = [put("甲.yaml", sound("甲", catalog, {"1.1": "不涉及"})), put("乙.yaml", sound("乙", catalog, {"2.1": ""}))]
    outcome = render(paths, Path("表.docx"), allow_incomplete=True)
    assert told(outcome.report) == [("甲.yaml", "ZJ204"), ("甲.yaml", "ZJ604"), ("乙.yaml", "ZJ201")]


def test_the_same_inputs_give_the_same_bytes(catalog: Catalog) -> None:
    """Two colleagues compare their documents."""
    put("甲.yaml", sound("甲", catalog))
    for name in ("一.docx", "二.docx"):
        render([Path("甲.yaml")], Path(name))
    assert Path("一.docx").read_bytes() == Path("二.docx").read_bytes()


def test_inputs_are_never_changed(catalog: Catalog) -> None:
    """An input named as output is refused before anything is read."""
    path = put("甲.docx", official_form())
    with pytest.raises(UsageError, match="输出文件同时是输入文件"):
        render([path], path)
    assert path.read_bytes() == official_form()


@pytest.mark.parametrize(
    ("output", "pdf", "expected"),
    [
        pytest.param("表.docx", True, {"表.docx": b"PK", "表.pdf": b"%PDF"}, id="both"),
        pytest.param("表.pdf", False, {"表.pdf": b"%PDF"}, id="pdf"),
        pytest.param("表.PDF", False, {"表.PDF": b"%PDF"}, id="capitals"),
    ],
)
def test_pdf_beside_or_instead(
    output: str, pdf: bool, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content is what the name says."""
    monkeypatch.setattr("zhijiao20.system.libreoffice.to_pdf", lambda _document: b"%PDF-1.7")
    render_blank(Path(output), pdf=pdf)
    assert {
        path.name: path.read_bytes()[: len(expected.get(path.name, b"PK"))] for path in Path().iterdir()
    } == expected


def test_without_libreoffice_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the Word file alone, either: the command did not do what it was asked to."""

    def missing(_document: bytes) -> bytes:
        raise UsageError("没有 LibreOffice")

    monkeypatch.setattr("zhijiao20.system.libreoffice.to_pdf", missing)
    with pytest.raises(UsageError):
        render_blank(Path("表.docx"), pdf=True)
    assert not list(Path().iterdir())


def test_the_blank_form(catalog: Catalog) -> None:
    """Some offices fill it in by hand."""
    render_blank(Path("空.docx"))
    assert cells(Path("空.docx")) == [""] * len(catalog.tasks)
