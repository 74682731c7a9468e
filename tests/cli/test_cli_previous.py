"""The last round beside this one: what ``validate`` and ``collect`` say of both, with and without a roster."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from program import run

COLUMNS = "单位,编号,进展,落实情况\n"
SAME = "全市23所中职学校全部实施教学诊断与改进。"
OLD = {
    "甲局": f"甲局,1.1,推进中,{SAME}\n甲局,1.2,推进中,生均经费标准正在制定。\n甲局,2.1,已完成,普职比大体相当。\n",
    "乙局": "乙局,1.1,推进中,累计培训5200人次。\n",
    "丙局": f"丙局,1.1,推进中,{SAME}\n",
}
NEW = {
    "甲局": f"甲局,1.1,推进中,{SAME}\n甲局,1.2,已完成,生均经费标准正在制定。\n甲局,2.1,推进中,普职比降到了4比6。\n",
    "乙局": "乙局,1.1,推进中,累计培训4800人次。\n",
    "丁局": f"丁局,1.1,推进中,{SAME}\n",
}


@pytest.fixture
def rounds(work_folder: Path) -> Path:
    """Two rounds in two folders."""
    for folder, units in (("上期", OLD), ("收件", NEW)):
        (work_folder / folder).mkdir()
        for name, rows in units.items():
            (work_folder / folder / f"{name}.csv").write_text(COLUMNS + rows, encoding="utf-8")
    return work_folder


def told(*args: str) -> list[tuple[str, str, str, str]]:
    """Rule, severity, unit and task of what is said about both rounds."""
    found = json.loads(run(*args, "--output-format", "json").stdout)["findings"]
    return [(one["rule"], one["severity"], one["unit"], one["task"]) for one in found if one["rule"] >= "ZJ605"]


EXPECTED = [
    ("ZJ607", "warning", "乙局", "1.1"),
    ("ZJ605", "info", "甲局", "1.1"),
    ("ZJ605", "warning", "甲局", "1.2"),
    ("ZJ606", "warning", "甲局", "2.1"),
]


@pytest.mark.parametrize("cache", [["--no-cache"], []])
def test_the_three_rules(rounds: Path, cache: list[str]) -> None:
    """Each with its severity, which stays the same when the result comes from the cache."""
    assert told("validate", "收件") == []
    for _ in range(2):
        assert sorted(told("validate", "收件", "--previous", "上期", *cache)) == sorted(EXPECTED)
    result = run("validate", "收件", "--previous", "上期", "--select", "ZJ6", "--ignore", "ZJ601", *cache)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "进展从“推进中”改成了“已完成”，文字却与上期一字不差" in result.stdout
    assert "上期的进展是“已完成”，本期退成了“推进中”" in result.stdout


def test_several_processes(rounds: Path) -> None:
    """Each process reads the last round for itself; a severity is not lost on the way."""
    from zhijiao20.commands.last_round import last_round
    from zhijiao20.commands.validate import validate
    from zhijiao20.review.runner import RunOptions

    with last_round(Path("上期")) as (_, answers):
        reports = [validate([Path("收件")], options=RunOptions(number, previous=answers)) for number in (1, 2)]
    first, second = ([(found.rule, found.unit, found.task) for found in report.findings] for report in reports)
    assert first == second
    assert len(first) == len({*first}) > len(EXPECTED)


def test_counts(rounds: Path) -> None:
    """A rule with findings of two severities is counted as one rule."""
    found = json.loads(run("validate", "收件", "--previous", "上期", "--statistics", "--output-format", "json").stdout)
    assert found["statistics"]["rules"]["ZJ605"] == 2
    log = json.loads(run("validate", "收件", "--previous", "上期", "--output-format", "sarif").stdout)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules if rule["id"] == "ZJ605"] == ["note"]
    levels = [one["level"] for one in log["runs"][0]["results"] if one["ruleId"] == "ZJ605"]
    assert sorted(levels) == ["note", "warning"]


def test_collect(rounds: Path) -> None:
    """The counts of each unit hold them."""
    before, after = (
        {unit["unit"]: unit for unit in json.loads(run("collect", "收件", *more, "--output-format", "json").stdout)["units"]}
        for more in ([], ["--previous", "上期"])
    )  # fmt: skip
    assert after["甲局"]["warnings"] == before["甲局"]["warnings"] + 2
    assert after["甲局"]["infos"] == before["甲局"]["infos"] + 1
    assert after["乙局"]["warnings"] == before["乙局"]["warnings"] + 1
    assert after["丁局"] == before["丁局"]


def test_the_project_names_it(rounds: Path) -> None:
    """It is told; and it is no file of this round, where that is read as a whole."""
    (rounds / "zhijiao20.toml").write_text('previous = "上期"\npaths = ["."]', encoding="utf-8")
    result = run("validate", "--output-format", "json")
    assert "用了 zhijiao20.toml 里的设置：previous" in result.stderr
    assert json.loads(result.stdout)["summary"]["files"] == len(NEW)
    assert sorted(told("validate")) == sorted(EXPECTED)
    report = json.loads(run("collect", "--output-format", "json").stdout)
    assert [unit["unit"] for unit in report["units"]] == sorted(NEW)


def test_with_a_roster(rounds: Path) -> None:
    """The roster says whose the files of both rounds are."""
    (rounds / "名册.csv").write_text("单位,简称\n澄州市甲局,甲局\n澄州市乙局,乙局\n丁局,\n戊局,\n", encoding="utf-8")
    found = told("validate", "收件", "--roster", "名册.csv", "--previous", "上期")
    labels = {"甲局": "澄州市甲局", "乙局": "澄州市乙局"}
    assert sorted(one for one in found if one[0] < "ZJ7") == sorted(
        (rule, severity, labels[unit], task) for rule, severity, unit, task in EXPECTED
    )


def test_fix(rounds: Path) -> None:
    """Mending files does not forget the last round."""
    result = run("validate", "收件", "--previous", "上期", "--fix", "--select", "ZJ606")
    assert "本期退成了“推进中”" in result.stdout


def test_what_of_the_last_round_is_not_compared(rounds: Path) -> None:
    """A file that cannot be read, and versions that differ, are told; the rest is compared, the exit code is the same."""
    (rounds / "上期" / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (rounds / "上期" / "乙局(1).csv").write_text(COLUMNS + "乙局,1.1,推进中,累计培训5300人次。\n", encoding="utf-8")
    result = run("validate", "收件", "--previous", "上期", "--select", "ZJ605,ZJ606,ZJ607")
    assert result.exit_code == 0
    assert "上期没有读 上期/坏.docx：" in result.stderr.replace("\\", "/")
    assert "上期的“乙局”有 2 份，没有比较：" in result.stderr
    assert "不同的任务：1.1" in result.stderr
    assert "ZJ607" not in result.stdout
    assert "ZJ606" in result.stdout
    (rounds / "zhijiao20.toml").write_text('use = ["上期/乙局.csv"]', encoding="utf-8")
    assert "ZJ607" in run("validate", "收件", "--previous", "上期", "--select", "ZJ607").stdout


def test_versions_in_either_round(rounds: Path) -> None:
    """--use says which counts, of this round and of the last one; one that is in neither is wrong."""
    for folder, number in (("上期", 4700), ("收件", 4600)):
        rows = f"乙局,1.1,推进中,累计培训{number}人次。\n"
        (rounds / folder / "乙局(1).csv").write_text(COLUMNS + rows, encoding="utf-8")
    args = ["--previous", "上期", "--use", "上期/乙局(1).csv", "--use", "收件/乙局(1).csv"]
    result = run("validate", "收件", *args, "--select", "ZJ107,ZJ607")
    assert "累计培训4600人次”，比上期的“累计培训4700人次”小" in result.stdout
    assert "ZJ107" not in result.stdout
    (rounds / "名册.csv").write_text("单位,任务\n甲局,1.1、1.2、2.1\n乙局,1.1\n丁局,1.1\n", encoding="utf-8")
    result = run("collect", "收件", "--roster", "名册.csv", *args)
    assert result.exit_code == 0
    old, new = Path("上期", "乙局(1).csv"), Path("收件", "乙局(1).csv")
    command = f"收件 --roster 名册.csv --use {new}"
    assert f"zhijiao20 validate {command} --previous 上期 --use {old}）" in result.stdout
    assert f"zhijiao20 render {command} -o" in result.stdout
    for line in ("validate", "render"):
        (words,) = re.findall(f"zhijiao20 ({line} .*?)(?:）|$)", result.stdout.splitlines()[-1])
        assert run(*words.split()).exit_code == 0, words
    result = run("validate", "收件", "--previous", "上期", "--use", "别处.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "算数的文件（use）不在要读的文件里：别处.csv" in result.stderr


def test_it_is_not_read_for_nothing(rounds: Path) -> None:
    """Where none of the three rules is wanted."""
    (rounds / "上期" / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    assert run("validate", "收件", "--previous", "上期", "--ignore", "ZJ6").stderr == ""


def test_a_waiver(rounds: Path) -> None:
    """It holds; and without a last round, or where the unit is not in it, nobody says that it is of no use."""
    waiver = "单位: {0}\n任务:\n  '2.1':\n    进展: 推进中\n    落实情况: 普职比降到了4比6。\n    豁免: {{ZJ606: 生源减少}}\n"
    for name in ("甲局", "丁局"):
        (rounds / "收件" / f"{name}.csv").unlink()
        (rounds / "收件" / f"{name}.yaml").write_text(waiver.format(name), encoding="utf-8")
    for more in ([], ["--previous", "上期"]):
        found = json.loads(run("validate", "收件", *more, "--output-format", "json").stdout)
        assert {one["rule"] for one in found["findings"]}.isdisjoint({"ZJ119", "ZJ606"})
    (rounds / "收件" / "甲局.yaml").write_text(waiver.format("甲局").replace("推进中", "已完成"), encoding="utf-8")
    found = json.loads(run("validate", "收件", "--previous", "上期", "--output-format", "json").stdout)
    assert [one["unit"] for one in found["findings"] if one["rule"] == "ZJ119"] == ["甲局"]


def test_a_path_that_does_not_exist(rounds: Path) -> None:
    """It is told before anything is reviewed."""
    result = run("validate", "收件", "--previous", "没有")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "路径不存在：没有" in result.stderr
