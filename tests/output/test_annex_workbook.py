"""The annex in Excel: a row for each unit and task, as openpyxl reads it; texts stay texts."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from digests import units
from office import soffice
from openpyxl.workbook import Workbook
from test_annex_document import digest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.output import annex_workbook as module
from zhijiao20.output.annex_workbook import annex_workbook
from zhijiao20.system.atomic_write import as_bytes

HEAD = ("编号", "任务", "单位", "上级", "类别", "进展", "各单位情况")


def made(catalog: Catalog, found: list[Submission]) -> bytes:
    """The workbook."""
    return as_bytes(partial(annex_workbook, digest(catalog, found), catalog))


def opened(catalog: Catalog, found: list[Submission]) -> Workbook:
    """The workbook, opened."""
    return openpyxl.load_workbook(io.BytesIO(made(catalog, found)))


def says(text: str, unit: str = "甲学校", progress: Progress | None = None) -> list[Submission]:
    """A unit with a text on 2.1."""
    return [Submission(unit, entries={"2.1": Entry("2.1", progress, text)})]


def test_rows(catalog: Catalog) -> None:
    """In the order of the tasks, then of the units, those that are not concerned last."""
    book = opened(catalog, units(4, catalog))
    title, head, *rows = book["各单位填报情况"].values
    assert title[0] == f"{catalog.title}附件：各单位填报情况"
    assert head == HEAD
    assert [row[0] for row in rows] == [task for task in catalog.tasks for row in rows if row[0] == task]
    assert [row[2] for row in rows if row[0] == "1.1"] == ["第1学校", "第2学校", "第3学校"]
    row = next(row for row in rows if row[:3:2] == ("1.1", "第1学校"))
    assert row[1] == catalog.tasks["1.1"].text
    assert row[3:] == ("甲市教育局", "学校", "已完成", "第1学校印发第1.1项工作方案，建立3项制度，\n安排经费101万元。")
    assert {row[5] for row in rows} == {"已完成", "推进中", "未启动", "不涉及", None}


def test_sheet_is_fit_for_reading(catalog: Catalog) -> None:
    """Filter, frozen head, the head on every page, heights by the texts."""
    sheet = opened(catalog, units(3, catalog)).worksheets[0]
    last = int(sheet.auto_filter.ref.partition(":G")[2])
    assert (sheet.freeze_panes, sheet.print_title_rows, last >= sheet.max_row) == ("C3", "$2:$2", True)
    assert sheet.row_dimensions[3].height > 30


def test_columns_that_nobody_fills(catalog: Catalog) -> None:
    """Without a roster there is neither 上级 nor 类别, and no statistics of them."""
    from zhijiao20.core.digest_merge import Digesting
    from zhijiao20.core.merge import unit_texts

    digesting = Digesting(catalog)
    for item in says("文字"):
        digesting.take(item.unit, "", "", unit_texts(item))
    book = openpyxl.load_workbook(io.BytesIO(as_bytes(partial(annex_workbook, digesting.finish(), catalog))))
    assert book.sheetnames == ["各单位填报情况", "按任务"]
    assert list(book.worksheets[0].values)[1:] == [
        ("编号", "任务", "单位", "进展", "各单位情况"), ("2.1", catalog.tasks["2.1"].text, "甲学校", None, "文字"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("http://x", "http://x", id="link"),
        pytest.param("<t>&\"'</t>", "<t>&\"'</t>", id="markup"),
        pytest.param("<r>甲</r>", "<r>甲</r>", id="rich"),
        pytest.param("_x000D_ _x0041_x0042_", "_x000D_ _x0041_x0042_", id="escapes"),
        pytest.param(" 甲\t\U00020000\u200b\n\n乙 ", " 甲\t\U00020000\u200b\n\n乙 ", id="white-space"),
    ],
)
def test_texts_stay_texts(text: str, shown: str, catalog: Catalog) -> None:
    """Nothing is a formula, a link or markup, and Excel's own escapes are read as they were written."""
    sheet = opened(catalog, says(text)).worksheets[0]
    cell = sheet["G3"]
    assert (openpyxl.utils.escape.unescape(cell.value), cell.data_type, cell.hyperlink) == (shown, "s", None)


def test_what_does_not_fit(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text longer than a cell, and more rows than a sheet has: said, with the way out."""
    assert len(opened(catalog, says("长" * 32767)).worksheets[0]["G3"].value) == 32767
    with pytest.raises(UsageError, match=r"甲学校：任务 2\.1 的文字太长，.*请把附件写成 \.docx"):
        made(catalog, says("长" * 32768))
    assert opened(catalog, says("长" * 20000)).worksheets[0]["G3"].value == "长" * 20000
    monkeypatch.setattr(module, "_ROWS_LIMIT", 10)
    with pytest.raises(UsageError, match="附件有 174 行，Excel 一张表最多 10 行"):
        made(catalog, units(2, catalog))


def test_always_the_same(catalog: Catalog) -> None:
    """Nothing of the clock."""
    assert made(catalog, units(2, catalog)) == made(catalog, units(2, catalog))


@pytest.mark.minutes
def test_libreoffice_opens_it(catalog: Catalog, tmp_path: Path) -> None:
    """And finds the same texts."""
    source = tmp_path / "a" / "附件.xlsx"
    source.parent.mkdir()
    source.write_bytes(made(catalog, units(4, catalog)))
    again = openpyxl.load_workbook(soffice(source, "xlsx", tmp_path))
    assert list(again.worksheets[0].values)[1:] == list(openpyxl.load_workbook(source).worksheets[0].values)[1:]
