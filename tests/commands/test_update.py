"""A file brought up to date: what was filled in stays, what would be lost is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from program import run
from status_files import read_file

from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

EXAMPLES = ROOT / "examples" / "澄州市"
KINDS = ["yaml", "csv", "xlsx", "docx"]


def texts(submission: Submission) -> dict[str, str]:
    """The statuses that say something."""
    return {task: entry.status for task, entry in submission.entries.items() if entry.status}


@pytest.mark.parametrize("kind", KINDS)
def test_update_keeps_what_was_filled_in(tmp_path: Path, kind: str) -> None:
    """A partly filled file of any format gets the tasks it lacks; the old one stays beside it."""
    made = Submission(
        "甲", period="2020年", entries={"1.1": Entry("1.1", None, "一\n二"), "5.2": Entry("5.2", None, "三")}
    )
    path = tmp_path / f"甲.{kind}"
    path.write_bytes(write_status_file(kind, [made], load_catalog()))
    if kind == "yaml":
        path.write_text('单位: 甲\n报告期: 2020年\n任务:\n  "5.2": 三\n  "1.1": "一\\n二"\n', encoding="utf-8")
    if kind == "csv":
        path.write_text('落实情况,编号,单位,报告期\n三,5.2,甲,2020年\n"一\n二",1.1,甲,2020年\n', encoding="gb18030")
    old = path.read_bytes()
    result = run("init", "--update", str(path))
    assert (result.exit_code, result.stdout) == (0, f"已更新 {path}，原文件存为 {path}.bak\n")
    assert (tmp_path / f"甲.{kind}.bak").read_bytes() == old
    (after,), out = read_file(path, load_catalog())
    assert (after.unit, after.period, texts(after)) == ("甲", "2020年", {"1.1": "一\n二", "5.2": "三"})
    assert list(after.entries) == list(load_catalog().tasks)
    assert out.findings == []


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["# 局长已阅", "  # 待核", "    #另起"], 3),
        (["# 1.1  旧的表述", "  # ━━ 旧的部分", "  # ── 旧的条目"], 0),
        ([], 0),
    ],
    ids=["the-clerks", "ours", "none"],
)
def test_update_says_that_comments_stay_behind(tmp_path: Path, lines: list[str], number: int) -> None:
    """What a clerk noted beside the entries is kept in the .bak only."""
    path = tmp_path / "甲.yaml"
    text = write_status_file(
        "yaml", [Submission("甲", entries={"1.1": Entry("1.1", status="一\n# 二")})], load_catalog()
    ).decode()
    path.write_text("\r\n".join([*text.split("\n"), *lines, ""]), encoding="gb18030", newline="")
    result = run("init", "--update", str(path))
    assert result.exit_code == 0
    told = f"原文件里自己加的 {number} 行注释没有带过来，要用的请从 {path}.bak 里抄\n"
    assert result.stderr.endswith(told) if number else "注释没有" not in result.stderr


def test_update_refuses_what_it_would_lose(tmp_path: Path) -> None:
    """An entry that the list does not have, a .bak in the way, a folder, a file that is not there, other options."""
    path = tmp_path / "甲.yaml"
    path.write_text("单位: 甲\n任务:\n  '99.1': 丢不得\n", encoding="utf-8")
    result = run("init", "--update", str(path))
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "有错误，没有更新。")
    assert "丢不得" in path.read_text(encoding="utf-8")
    path.write_text("单位: 甲\n任务:\n  '1.1': 文\n", encoding="utf-8")
    (tmp_path / "甲.yaml.bak").write_text("更旧", encoding="utf-8")
    assert run("init", "--update", str(path)).exit_code == 2
    assert (tmp_path / "甲.yaml.bak").read_text(encoding="utf-8") == "更旧"
    assert "一次更新一个文件" in run("init", "--update", str(tmp_path)).stderr
    assert run("init", "--update", str(tmp_path / "无.yaml")).exit_code == 2
    assert "--update 只要文件名" in run("init", "乙", "--update", str(path)).stderr


def test_update_of_another_suffix_is_told(tmp_path: Path) -> None:
    """Read it can, as any file that is named; written it would be something else."""
    path = tmp_path / "甲.txt"
    shutil.copy(EXAMPLES / "3澄州理工学校.yaml", path)
    assert run("init", "--update", str(path)).exit_code == 1
