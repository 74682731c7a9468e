"""One table with many units takes time by its length: how long one may be is what keeps it within bounds."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from attack import PEAK, POSIX, run

from zhijiao20.core.limits import DEFAULT, counted
from zhijiao20.system.discovery import load_catalog

pytestmark = [POSIX, pytest.mark.minutes]

TASKS = list(load_catalog().tasks)
HAN = [chr(0x4E00 + number) for number in range(3000)]
SLIPS = "2月30日,完成率达到120%;截止2020年6月,我校"
HONEST = (
    "印发《关于深化产教融合的实施方案》（澄教〔2019〕{}号），安排专项资金{}万元，建成实训基地{}个，培训教师{}人次，"
)


def table(folder: Path, number: int, text: Callable[[int, str], str], tasks: Iterable[str] = TASKS) -> None:
    """A table of so many units with a text on each task."""
    with (folder / "甲.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["单位", "编号", "落实情况"])
        writer.writerows((f"第{unit}局", task, text(unit, task)) for unit in range(number) for task in tasks)


def test_as_many_units_as_there_may_be(tmp_path: Path) -> None:
    """An honest table is read to its end."""
    chance = random.Random(1)
    sentence = HONEST * 3
    table(tmp_path, DEFAULT.units, lambda *_: sentence.format(*(chance.randrange(1, 900) for _ in range(12))))
    done = run("validate", "甲.csv", cwd=tmp_path)
    assert f"检查了 1 个文件、{DEFAULT.units} 个单位" in done.out
    assert (done.in_time, done.peak < PEAK) == (True, True), (done.seconds, done.peak)


def test_as_many_units_that_filled_in_next_to_nothing(tmp_path: Path) -> None:
    """Every gap of every unit is told."""
    table(tmp_path, DEFAULT.units, lambda _, task: "完成论证12项。" if task == "1.1" else "")
    done = run("validate", "甲.csv", "--output-format", "json", cwd=tmp_path)
    assert done.out.count('"ZJ201"') == DEFAULT.units * (len(TASKS) - 1)
    assert (done.in_time, done.peak < PEAK) == (True, True), (done.seconds, done.peak)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_very_many_findings_are_written_in_bounds(form: str, tmp_path: Path) -> None:
    """More than anybody reads: the file is refused, with what was found until then."""
    table(tmp_path, 40, lambda *_: "2月30日" * 100)
    done = run("validate", "甲.csv", "--output-format", form, cwd=tmp_path)
    most = DEFAULT.findings + 40 * len(TASKS)
    assert f"问题超过 {counted(most, '条')}，后面的没有再查" in done.out
    assert form == "text" or done.out.count("ZJ310") >= DEFAULT.findings
    assert (done.code, done.in_time, done.peak < PEAK) == (1, True, True), (done.seconds, done.peak)


def test_every_rule_speaks_of_every_text(tmp_path: Path) -> None:
    """As many units as there may be, and a slip of several kinds in each text."""
    table(tmp_path, DEFAULT.units, lambda unit, task: f"{SLIPS}，第{unit}号文件落实{task}项任务，成效明显。")
    done = run("validate", "甲.csv", "--output-format", "sarif", cwd=tmp_path)
    assert "后面的没有再查" in done.out
    assert (done.code, done.in_time, done.peak < PEAK) == (1, True, True), (done.seconds, done.peak)


@pytest.mark.parametrize(("units", "length"), [(240, 3000), (500, 115)], ids=["long", "short"])
def test_texts_that_are_all_but_near_copies(units: int, length: int, tmp_path: Path) -> None:
    """A tenth of each is changed, so that each is looked at beside many others: half of what a file may have."""
    chance = random.Random(1)
    base = chance.choices(HAN, k=length)

    def changed(*_: object) -> str:
        text = base.copy()
        for _ in range(length // 10):
            text[chance.randrange(length)] = chance.choice(HAN)
        return "".join(text)

    table(tmp_path, units, changed, TASKS[: DEFAULT.statuses // 2 // length // units])
    done = run("validate", "甲.csv", cwd=tmp_path)
    assert "ZJ001" not in done.out
    assert (done.in_time, done.peak < PEAK) == (True, True), (done.seconds, done.peak)


def test_more_text_than_there_may_be(tmp_path: Path) -> None:
    """Said with the number, before the rules look at it."""
    table(tmp_path, 100, lambda *_: "印发方案。" * 240)
    done = run("validate", "甲.csv", cwd=tmp_path)
    assert "各单位的落实情况合起来有 10440000 个字，超过 1000 万字的上限" in done.out
    assert (done.code, done.in_time, done.peak < PEAK) == (1, True, True), (done.seconds, done.peak)


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_more_slips_than_are_put_right(option: str, tmp_path: Path) -> None:
    """Each takes its room: the file stays as it is, and that is said."""
    table(tmp_path, 1, lambda *_: "2020年06月03日，" * 36_000, TASKS[:6])
    before = (tmp_path / "甲.csv").read_bytes()
    done = run("validate", "甲.csv", option, cwd=tmp_path)
    assert "可改的地方超过 10 万处：请核对文件来源" in done.err
    assert (tmp_path / "甲.csv").read_bytes() == before
    assert (done.code, done.in_time, done.peak < PEAK) == (1, True, True), (done.seconds, done.peak)


def test_more_units_than_one_file_may_have_are_not_put_into_one(tmp_path: Path) -> None:
    """What convert writes, validate reads; into a folder they go all the same."""
    for number in range(DEFAULT.units + 1):
        path = tmp_path / "各单位" / f"第{number}局.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"单位: 第{number}局\n任务:\n  '1.1': 印发方案。\n", encoding="utf-8")
    done = run("convert", "各单位", "-o", "全部.csv", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "一份文件最多 500 个单位，全部.csv 放不下。请写到文件夹里，一个单位一个文件，如 -o 转换后/" in done.err
    assert not (tmp_path / "全部.csv").exists()
    assert run("convert", "各单位", "-o", "转换后", cwd=tmp_path).code == 0
    (tmp_path / "各单位" / "第7局.yaml").unlink()
    assert run("convert", "各单位", "-o", "全部.csv", cwd=tmp_path).code == 0
    assert f"、{DEFAULT.units} 个单位" in run("validate", "全部.csv", "--select", "ZJ0", cwd=tmp_path).out
