"""roster as a clerk uses it: an empty one to fill in, a filled one to check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import POSIX, run
from status_files import names_in, put

pytestmark = pytest.mark.usefixtures("work_folder")
GOOD = "单位,上级,类别,任务,牵头,截止\n甲局,,部门,1-3条,1.1,\n乙校,甲局,学校,除1-4条、除20.1,,2020-07-10\n"


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.csv", "名册.XLSX"])
def test_an_empty_roster_is_written_and_never_over_another(name: str) -> None:
    """A filled roster is a day of work."""
    result = run("roster", "-o", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"已生成 {name}\n", "")
    before = Path(name).read_bytes()
    result = run("roster", "-o", name)
    assert result.exit_code == 2
    assert "没有覆盖" in result.stderr
    assert run("roster", "-o", name, "--force").exit_code == 0
    assert Path(name).read_bytes() == before
    result = run("roster", name)
    assert result.exit_code == 1
    assert "名册还不能用：1 个错误。改好以后再查一遍。" in result.stdout


def test_units_duties_and_what_nobody_answers_for_are_printed() -> None:
    """One line a unit; duties in the shortest notation."""
    put("名册.csv", GOOD)
    result = run("roster", "名册.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    header, first, second, blank, last = result.stdout.splitlines()
    assert header.split() == ["单位", "上级", "类别", "任务", "牵头"]
    assert first.split() == ["甲局", "部门", "第1条、第2条、第3条（17", "项）", "1.1"]
    assert second.split()[:3] == ["乙校", "甲局", "学校"]
    assert second.strip().endswith("第19条（61 项）")
    assert blank == ""
    assert last == "名册可以用：2 个单位，其中 1 个有自己的截止日期。没有单位负责的任务有 9 项：第4条、第20条。"
    put("名册.csv", "单位\n甲局\n")
    assert run("roster", "名册.csv").stdout.splitlines()[-1] == "名册可以用：1 个单位。每项任务都有单位负责。"


def test_the_project_names_the_roster() -> None:
    """Nothing has to be written that the project answers."""
    put("名册.csv", GOOD)
    put("zhijiao20.toml", "roster = '名册.csv'")
    result = run("roster")
    assert (result.exit_code, result.stderr) == (0, "用了 zhijiao20.toml 里的设置：roster\n")
    assert "名册可以用：2 个单位" in result.stdout


def test_json() -> None:
    """For other programs: every unit with its tasks."""
    put("名册.csv", GOOD)
    result = run("roster", "名册.csv", "--output-format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["summary"] == {"units": 2, "errors": 0, "warnings": 0, "infos": 0}
    assert (found["roster"], found["unassigned"][0], found["findings"]) == ("名册.csv", "4.1", [])
    first, second = found["units"]
    assert first == {
        "unit": "甲局", "aliases": [], "superior": "", "category": "部门", "tasks": first["tasks"], "leads": ["1.1"],
        "format": "", "deadline": None, "contact": "", "phone": "",
    }  # fmt: skip
    assert (len(first["tasks"]), second["deadline"], second["superior"]) == (17, "2020-07-10", "甲局")


def test_wrong_rows_are_told_and_the_exit_code_says_so() -> None:
    """By cell, all in one run; the units are not listed, because some are missing."""
    put("名册.csv", "单位,任务\n甲局,1.9\n乙局（盖章）,x\n")
    result = run("roster", "名册.csv")
    assert result.exit_code == 1
    assert [line.strip() for line in result.stdout.splitlines() if "ZJ7" in line] == [
        "第 2 行 第 2 列  错误 ZJ706  甲局",
        "第 3 行 第 1 列  错误 ZJ705  乙局（盖章）",
        "第 3 行 第 2 列  错误 ZJ706  乙局（盖章）",
    ]
    assert json.loads(run("roster", "名册.csv", "--output-format", "json").stdout)["summary"]["errors"] == 3


def test_a_long_roster_is_cut_and_counted() -> None:
    """12,000 units do not flood the screen; JSON has them all."""
    put("名册.csv", "单位\n" + "".join(f"澄州市第{number}中学\n" for number in range(3000)))
    result = run("roster", "名册.csv")
    assert "……还有 2000 个单位没有显示；用 zhijiao20 roster --output-format json 查看全部" in result.stdout
    assert len(result.stdout.encode()) < 200_000
    put("名册.csv", "单位,类别\n" + "".join(f"{number}{'甲' * 90},{'乙' * 90}\n" for number in range(900)))
    assert len(run("roster", "名册.csv").stdout.encode()) < 200_000
    put("名册.csv", "单位,任务\n" + "".join(f"{number}{'甲' * 90},x\n" for number in range(2000)))
    result = run("roster", "名册.csv")
    assert "用 zhijiao20 roster --output-format json 查看全部" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "没有写名册。检查：zhijiao20 roster 名册.xlsx；生成空的：zhijiao20 roster -o 名册.xlsx"),
        (["没有.xlsx"], "名册不存在：没有.xlsx。请核对文件名；空的一份：zhijiao20 roster -o 名册.xlsx"),
        (["."], "这是文件夹，不是名册：.。请写名册的文件名，如 名册.xlsx"),
        (["a.csv", "-o", "b.csv"], "-o 生成空的名册，不和要检查的名册一起写"),
        (["-o", "名册.docx"], "文件名应以 .xlsx、.csv 结尾：名册.docx"),
    ],
)
def test_wrong_use(args: list[str], message: str) -> None:
    """Each message says what to write."""
    result = run("roster", *args)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"错误：{message}\n")
    assert names_in() == []


@POSIX
def test_a_roster_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    """As any other file."""
    Path("名册.csv").symlink_to("/dev/null")
    result = run("roster", "名册.csv")
    assert result.exit_code == 1
    assert "ZJ001" in result.stdout
    assert "名册请存成 .xlsx 或 .csv" in result.stdout
