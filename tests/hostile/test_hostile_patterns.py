"""No pattern of the program takes time in the square of a text's length: a text of half a million characters would take hours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from attack import PEAK, POSIX, run

from zhijiao20.system.discovery import load_catalog

pytestmark = pytest.mark.minutes

TEXTS = {
    "digits": "1",
    "letters": "a",
    "brackets": "（",
    "half-brackets": "(",
    "colons": "：",
    "commas": "，",
    "spaces": " ",
    "titles": "《",
    "quotes": "“",
    "addresses": "a@",
    "hosts": "www.",
    "years": "2019年",
    "numbers": "〔2019〕",
    "percents": "1%",
    "levels": "（一）",
    "lists": "1、",
    "ranges": "10-",
    "invisible": "\u200b",
    "half-width": "字,",
    "recently": "今年",
    "we": "我们",
    "brackets-number": "(2019)1号",
    "leads": "(一)",
    "impossible": "2020年6月31日，",
    "parts": "参加1人、通过2人，",
    "teachers": "双师型教师占比40%，",
}

BY_TASK = {
    "low": ("16.4", "高职生均财政拨款1元，"),
    "low-by-year": ("16.4", "2019年高职生均财政拨款1元。"),
    "low-explained": ("16.4", "因故高职生均财政拨款1元，"),
    "low-until-later": ("16.4", "2019年高职生均财政拨款1元，2018年提高到99999元，"),
    "days": ("12.2", "每年企业实践1天，"),
    "days-added": ("12.2", "每年企业实践1天，合计1个月，"),
    "cycles": ("9.4", "每9年修订1次教材，"),
    "starts": ("8.1", "2021年启动学习账号，"),
    "ratios": ("2.1", "职普比10:90，"),
    "ratios-explained": ("2.1", "中职招生10人、普通高中招生90人，职普比50∶50，另招1人、1人，"),
    "rates-explained": ("1.1", "另有20人、13人、17人、19人、23人、29人，参加40人，通过10人，通过率50%，"),
    "rates-without-a-part": ("2.1", "毛入学率由2018年的93.8%提高到94.6%，"),
    "changes-explained": ("1.1", "另有12人，由10人增至15人，增长20%，"),
    "sums-explained": ("1.1", "1人、2人、3人、4人、5人、6人、7人、8人、9人、10人、11人，合计21人，"),
    "sums-that-cross": ("1.1", "9人，其中7人、3人，同时1人，"),
    "sums-within-sums": ("19.4", "其中党员118人、"),
    "dates": ("1.1", "2019年02月09日，"),
    "things-again": ("1.1", "共25家企业，这26家企业，"),
}
"""Task → a clause that a rule looks into, or that others clear, again and again."""


def test_no_pattern_goes_over_a_text_again_and_again() -> None:
    """Each on 10,000 characters of one kind; a new pattern is tried without being named here.

    A pattern that fails begins at the first place where it can match and not at each one: ``(?<![0-9])[0-9]+年``, or a
    bound: ``[0-9]{1,20}年``.
    """
    script = Path(__file__).with_name("patterns.py")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, encoding="utf-8", timeout=3600, check=False
    )
    assert done.returncode == 0, f"never came to an end: {done.stderr.splitlines()[-1]}"
    assert done.stdout == "all tried\n"


@POSIX
@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_of_one_character_is_judged_in_bounds(piece: str, tmp_path: Path) -> None:
    """All rules together on the longest text there may be; its end is what rules look for before they begin."""
    text = piece * (490_000 // len(piece)) + "\u00a0年轮训"
    (tmp_path / "甲.yaml").write_text(f'单位: 甲\n任务:\n  "12.2": "{text}"\n', encoding="utf-8")
    done = run("validate", "甲.yaml", "--output-format", "json", cwd=tmp_path)
    assert (done.code, done.err, done.in_time) == (1, "", True), done.seconds


@POSIX
@pytest.mark.parametrize(("task", "piece"), BY_TASK.values(), ids=BY_TASK.keys())
def test_a_text_of_one_clause_is_judged_in_bounds(task: str, piece: str, tmp_path: Path) -> None:
    """What a rule doubts, and what clears its doubts, over and over."""
    (tmp_path / "甲.yaml").write_text(
        f'单位: 甲\n任务:\n  "{task}": "{piece * (490_000 // len(piece))}"\n', encoding="utf-8"
    )
    done = run("validate", "甲.yaml", "--output-format", "json", cwd=tmp_path)
    assert (done.code, done.err, done.in_time) == (1, "", True), done.seconds


PROSE = "成立由分管副市长任组长的职业教育工作领导小组，每季度召开一次调度会。"
ROUND = {
    "circles": ("1.1", PROSE, "●", ""),
    "digits-in-a-bracket": ("1.1", "（", "1", ""),
    "blanks-in-a-number": ("1.1", "印发澄教〔2019〕", " ", "号"),
    "brackets-in-brackets": ("1.1", "(" * 240_000 + "中", ")", ""),
    "figures-with-a-reason": ("12.2", "因教师每年到企业实践", "1天", ""),
}
"""Task → what stands before, over and over, and behind."""


@POSIX
@pytest.mark.parametrize(("task", "before", "piece", "behind"), ROUND.values(), ids=ROUND.keys())
def test_a_text_with_a_beginning_and_an_end_is_judged_in_bounds(
    task: str, before: str, piece: str, behind: str, tmp_path: Path
) -> None:
    """What a rule begins with once, and looks for over and over."""
    text = before + piece * ((490_000 - len(before)) // len(piece)) + behind
    (tmp_path / "甲.yaml").write_text(f'单位: 甲\n任务:\n  "{task}": "{text}"\n', encoding="utf-8")
    done = run("validate", "甲.yaml", "--output-format", "json", cwd=tmp_path)
    assert (done.code, done.err, done.in_time) == (1, "", True), done.seconds


@POSIX
def test_a_unit_of_long_texts_is_judged_in_bounds(tmp_path: Path) -> None:
    """Of four texts as long as there may be, what was worked out for one is let go of before the next."""
    text = "在校生1人。" + "少1人。" * 124_000
    tasks = "".join(f'  "{task}": "{text}"\n' for task in ("1.1", "1.2", "2.1", "2.2"))
    (tmp_path / "甲.yaml").write_text(f"单位: 甲\n任务:\n{tasks}", encoding="utf-8")
    done = run("validate", "甲.yaml", "--output-format", "json", cwd=tmp_path)
    assert (done.code, done.err, done.peak < PEAK) == (1, "", True), done.peak


SLIPS = [
    ("2020年06月03日，", ["--fix"]),
    ("2020年06月03日，", ["--diff"]),
    ("2020年06月03日，", ["--annotate", "意见.docx"]),
    ("字,", ["--fix"]),
    ("字\u200b", ["--fix"]),
    ("⻓效", ["--diff"]),
    ("己经", ["--fix"]),
]


@POSIX
@pytest.mark.parametrize(("piece", "options"), SLIPS, ids=[f"{piece}{options[0]}" for piece, options in SLIPS])
def test_a_text_of_slips_is_put_right_in_bounds(piece: str, options: list[str], tmp_path: Path) -> None:
    """A hundred thousand slips in one text: put right, shown, or noted beside it."""
    text = piece * (490_000 // len(piece))
    (tmp_path / "甲.csv").write_text(f'单位,编号,落实情况\n甲,1.1,"{text}"\n', encoding="utf-8")
    done = run("validate", "甲.csv", *options, cwd=tmp_path)
    assert (done.code, done.in_time, done.peak < PEAK) == (1, True, True), (done.seconds, done.peak)


@POSIX
def test_a_table_of_slips_is_put_right_in_bounds(tmp_path: Path) -> None:
    """A slip in every second of twenty thousand rows, as a table of 250 units may have it: what would differ is shown."""
    dates = ("2020年06月03日", "2020年6月3日")
    tasks = list(load_catalog().tasks)
    rows = [
        f"单位{unit},{task},{dates[number % 2]}印发第{unit}－{task}号办法，全部院校执行。\n"
        for unit in range(250)
        for number, task in enumerate(tasks)
    ]
    (tmp_path / "甲.csv").write_text("单位,编号,落实情况\n" + "".join(rows), encoding="utf-8")
    done = run("validate", "甲.csv", "--diff", "--select", "ZJ4", cwd=tmp_path)
    assert (done.code, done.in_time) == (0, True), (done.seconds, done.err[:300])


@POSIX
@pytest.mark.parametrize("suffix", ["yaml", "csv"])
def test_long_texts_with_one_slip_each_are_put_right_in_bounds(suffix: str, tmp_path: Path) -> None:
    """Where each character stands is kept of one text at a time."""
    texts = dict.fromkeys(list(load_catalog().tasks)[:6], f"印发方案,培训人员，{'一次调度会上研究了职教工作' * 37000}")
    rows = "".join(f'甲,{task},"{text}"\n' for task, text in texts.items())
    lines = "".join(f'  "{task}": "{text}"\n' for task, text in texts.items())
    content = f"单位,编号,落实情况\n{rows}" if suffix == "csv" else f"单位: 甲\n任务:\n{lines}"
    (tmp_path / f"甲.{suffix}").write_text(content, encoding="utf-8")
    done = run("validate", f"甲.{suffix}", "--fix", cwd=tmp_path)
    assert (done.code, done.peak < PEAK) == (1, True), done.peak
    assert (tmp_path / f"甲.{suffix}").read_text(encoding="utf-8") == content.replace("方案,", "方案，")
