"""A wrong roster, and other files of a round that are wrong or must not be replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from program import run, slashes
from status_files import put, sound

from zhijiao20.core.catalog import Catalog

pytestmark = pytest.mark.usefixtures("work_folder")


def test_a_wrong_roster_stops(catalog: Catalog) -> None:
    """Its units would be missing from the list."""
    put("名册.csv", "单位,任务\n甲局,99.9\n")
    put("甲局.yaml", sound("甲局", catalog))
    result = run("collect", "甲局.yaml", "--roster", "名册.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("名册有错误，没有汇集。先改好名册，再运行一次。\n")


def test_a_wrong_roster_in_other_commands(catalog: Catalog) -> None:
    """Nothing was reviewed, and so nothing is counted; -q says it in one line."""
    put("名册.csv", "单位,任务\n甲局,99.9\n")
    put("甲局.yaml", sound("甲局", catalog))
    wrong = ("甲局.yaml", "--roster", "名册.csv")
    assert run("validate", *wrong).stderr.endswith("名册有错误，没有审核。先改好名册，再运行一次。\n")
    assert run("convert", *wrong, "-o", "甲.csv").stderr.endswith("名册有错误，没有转换。先改好名册，再运行一次。\n")
    result = run("render", *wrong, "-o", "附表2.docx", "-q")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "名册 名册.csv 有 1 处问题，没有生成文件。用 zhijiao20 roster 加这个文件名看是哪些\n"


@pytest.mark.parametrize(
    "command",
    [
        ("collect", "收件", "-o", "名册.xlsx"),
        ("render", "收件", "-o", "表样.docx"),
        ("validate", "收件", "--annotate", "表样.docx"),
    ],
)
def test_the_files_of_the_round_are_no_output(command: tuple[str, ...], catalog: Catalog) -> None:
    """A slip of the hand would cost the roster."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    run("render", "--blank", "-o", "表样.docx")
    put("zhijiao20.toml", 'roster = "名册.xlsx"\ntemplate = "表样.docx"\n')
    book = Workbook()
    for cell in ("单位", "甲局"):
        book.active.append([cell])
    book.save("名册.xlsx")
    before = Path(command[-1]).read_bytes()
    result = run(*command)
    assert (result.exit_code, Path(command[-1]).read_bytes()) == (2, before)
    assert f"结果不能写到 {command[-1]}：这是" in result.stderr


def test_a_chosen_file_that_is_gone_is_told(catalog: Catalog) -> None:
    """It decides nothing any more."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("zhijiao20.toml", 'use = ["收件/没有.docx", "收件/甲局.yaml"]\n')
    assert "；use 里的文件没有找到，不起作用：收件/没有.docx" in slashes(run("collect", "收件").stderr)
