"""Files in, a report out."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from outcomes import told
from status_files import put, sound

from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Report, UnitCounts
from zhijiao20.core.settings import Settings

pytestmark = pytest.mark.usefixtures("work_folder")


def test_check_without_a_fault(catalog: Catalog) -> None:
    """A sound file passes."""
    assert validate([put("甲.yaml", sound("甲", catalog))]) == Report(
        1, 1, (), by_unit=(UnitCounts("甲", ["甲.yaml"], Counter()),)
    )


def test_every_broken_file_is_told_in_one_run_and_the_others_go_on(catalog: Catalog) -> None:
    """Thirty units send their files once; nobody wants thirty runs."""
    put("单位/1.yaml", "单位: [")
    put("单位/2.csv", b"\xff\xfe\x00")
    put("单位/3.docx", b"%PDF")
    put("单位/4.yaml", sound("丁", catalog, {"2.1": ""}))
    put("单位/5.csv", "编号,落实情况\n1.1,印发12个实施方案文件\n")
    if os.name != "nt":  # a link needs rights there
        Path("单位/6.yaml").symlink_to("无")
    put("单位/7.docx", b"")
    report = validate([Path("单位")])
    assert (report.files, report.units) == (6 + (os.name != "nt"), 2)
    assert report.failed
    found = [(Path(file).as_posix(), code) for file, code in dict.fromkeys(told(report)) if code != "ZJ202"]
    assert [pair for pair in found if "6" not in pair[0]] == [
        ("单位/1.yaml", "ZJ004"),
        ("单位/2.csv", "ZJ003"),
        ("单位/3.docx", "ZJ002"),
        ("单位/4.yaml", "ZJ201"),
        ("单位/5.csv", "ZJ113"),
        ("单位/7.docx", "ZJ002"),
    ]
    assert (("单位/6.yaml", "ZJ001") in found) is (os.name != "nt")


def test_findings_are_by_file_then_by_place(catalog: Catalog) -> None:
    """Top to bottom, as one mends them."""
    text = sound("甲", catalog, {"20.1": "", "1.1": ""}).replace('"2.1":', "2.1:")
    report = validate([put("乙.yaml", sound("乙", catalog, {"3.1": ""})), put("甲.yaml", text)])
    assert [finding.file for finding in report.findings] == ["乙.yaml"] + ["甲.yaml"] * 3
    lines = [finding.place.line for finding in report.findings[1:]]
    assert lines == sorted(lines)


def test_several_units_in_one_table(catalog: Catalog) -> None:
    """One CSV of the whole county: each unit is one submission, each finding names its unit."""
    rows = [f"{unit},{task},{unit}就第{task}项印发12个文件" for unit in ("甲", "乙") for task in catalog.tasks]
    rows[-1] = "乙,20.1,"
    report = validate([put("全县.csv", "单位,编号,落实情况\n" + "\n".join(rows) + "\n")])
    assert (report.files, report.units) == (1, 2)
    assert [(finding.unit, finding.task, finding.place.line) for finding in report.findings] == [("乙", "20.1", 175)]


def test_a_file_without_a_unit_is_no_unit(catalog: Catalog) -> None:
    """What cannot be attributed is not merged, and not counted."""
    report = validate([put("甲.yaml", sound("甲", catalog).replace('单位: "甲"\n', ""))])
    assert (report.units, told(report)) == (0, [("甲.yaml", "ZJ106")])


def test_two_files_for_one_unit_name_both(catalog: Catalog) -> None:
    """Never last-wins."""
    put("甲.yaml", sound("甲", catalog))
    put("甲(1).yaml", sound("甲", catalog))
    report = validate([Path()])
    (finding,) = report.findings
    assert finding.rule.code == "ZJ107"
    assert "甲.yaml" in finding.message
    assert "甲(1).yaml" in finding.message


def test_findings_as_comments_in_a_word_file(catalog: Catalog) -> None:
    """Leaders read Word: each chosen finding stands at its cell; an input is never the output."""
    put("甲.yaml", sound("甲", catalog, {"1.1": "", "2.1": "已完成"}))
    report = validate([Path("甲.yaml")], Path("意见.docx"), Settings(("ZJ203",)))
    assert told(report) == [("甲.yaml", "ZJ203")]
    with zipfile.ZipFile("意见.docx") as parts:
        comments = parts.read("word/comments.xml").decode()
    assert "ZJ203" in comments
    assert "ZJ201" not in comments
    with pytest.raises(UsageError, match="输出文件同时是输入文件"):
        validate([Path("甲.yaml")], Path("甲.yaml"))
