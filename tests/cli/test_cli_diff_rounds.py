"""The command ``diff``: files that cannot be read, versions, rosters, and wrong use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest
from compared import OLD, ONGOING, Said, put, put_rounds
from golden import same_as_golden
from program import run
from revisions import status_cells

from zhijiao20.system.discovery import load_catalog


@pytest.fixture
def rounds(work_folder: Path) -> Path:
    """Two rounds in two folders."""
    return put_rounds(work_folder)


def test_a_file_that_cannot_be_read(rounds: Path) -> None:
    """It is told, the rest is compared, and the exit code says so; a picture is told in one line."""
    (rounds / "本期" / "坏了.docx").write_bytes(b"PK\x03\x04 broken")
    (rounds / "本期" / "图.jpg").write_bytes(b"\xff\xd8")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 1
    assert f"本期没有读 {Path('本期', '坏了.docx')}：" in result.stderr
    assert f"本期没有读 {Path('本期', '图.jpg')}：图片" in result.stderr
    assert "青溪县教育局：本期新有" in result.stdout
    found = json.loads(run("diff", "上期", "本期", "--output-format", "json").stdout)
    assert [one["file"] for one in found["unread"]] == [str(Path("本期", "坏了.docx"))]


def test_an_error_in_the_content_does_not_stop_it(rounds: Path) -> None:
    """What was read is compared."""
    path = rounds / "本期" / "澄州理工学校.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("进展: 推进中", "进展: 进行到一半", 1), encoding="utf-8")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 0
    assert "本期的文件里有 1 处错误，读到的照常比较" in result.stderr


def test_several_versions(rounds: Path) -> None:
    """None is chosen for the user; --use chooses."""
    put(rounds / "本期" / "澄州理工学校(1).yaml", "澄州理工学校", {"1.1": (ONGOING, "另一份的文字。")}, "2020年上半年")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 1
    assert "本期的“澄州理工学校”有 2 份，没有比较：" in result.stderr
    assert "不同的任务：1.1、1.2" in result.stderr
    assert "澄州理工学校" not in result.stdout
    assert run("diff", "上期", "本期", "-o", "对照.docx").exit_code == 1
    assert "澄州理工学校" not in docx.Document(str(rounds / "对照.docx")).element.xml
    found = json.loads(run("diff", "上期", "本期", "--output-format", "json").stdout)
    assert found["several"][0]["differ"] == ["1.1", "1.2"]
    chosen = run("diff", "上期", "本期", "--use", "本期/澄州理工学校(1).yaml")
    assert chosen.exit_code == 0
    assert "澄州理工学校：改动 1 项、清空 1 项" in chosen.stdout


def test_equal_copies(rounds: Path) -> None:
    """They are told; either of them is compared."""
    put(rounds / "上期" / "副本.yaml", "澄州理工学校", OLD["澄州理工学校"], "2019年")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 0
    assert "上期的“澄州理工学校”有 2 份，内容相同，留一份即可：" in result.stderr
    assert "澄州理工学校：没有变化（2 项）" in result.stdout


def test_one_round_in_the_folder_of_the_other(rounds: Path) -> None:
    """The files of the last round are none of this one."""
    (rounds / "本期").rename(rounds / "上期" / "本期")
    result = run("diff", "上期", "上期/本期")
    same_as_golden("diff/rounds.txt", result.stdout)
    (rounds / "上期" / "本期").rename(rounds / "本期")
    (rounds / "上期").rename(rounds / "本期" / "上期")
    result = run("diff", "本期/上期", "本期")
    same_as_golden("diff/rounds.txt", result.stdout)


def test_the_project_names_both(rounds: Path) -> None:
    """Without a path: its last round, and its files."""
    (rounds / "zhijiao20.toml").write_text('previous = "上期"\npaths = ["本期"]\nunit = "汇总单位"', encoding="utf-8")
    result = run("diff")
    assert result.stderr == "用了 zhijiao20.toml 里的设置：previous\n"
    same_as_golden("diff/rounds.txt", result.stdout)
    assert run("diff", "-o", "对照.docx").exit_code == 0
    assert 'w:author="汇总单位"' in docx.Document(str(rounds / "对照.docx")).element.xml


def test_with_a_roster(rounds: Path) -> None:
    """Its names and its order; a unit that changed its name is the same one; others are compared by their names."""
    (rounds / "名册.csv").write_text("单位,简称\n青溪县教育局,石桥县教育局\n澄州理工学校,\n", encoding="utf-8")
    result = run("diff", "上期", "本期", "--roster", "名册.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    units = [line for line in result.stdout.splitlines()[3:] if line[:1].strip()]
    assert [line.partition("：")[0] for line in units] == ["青溪县教育局", "澄州理工学校", "澄州市教育局"]
    assert "改动 1 项" in units[0]
    assert run("diff", "上期", "本期", "--roster", "名册.csv", "-o", "对照.docx").exit_code == 0
    cells = status_cells((rounds / "对照.docx").read_bytes(), "ins")
    assert cells[1].startswith("【青溪县教育局】新来的单位。\n")


def test_a_wrong_roster(rounds: Path) -> None:
    """Nothing is compared by it."""
    (rounds / "名册.csv").write_text("单位\n甲局\n甲局\n", encoding="utf-8")
    result = run("diff", "上期", "本期", "--roster", "名册.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "名册有错误，没有比较。" in result.stderr


def test_two_versions_of_a_file(work_folder: Path) -> None:
    """Files that do not name their unit are versions of one unit."""
    for name, text in (
        ("初稿.csv", "编号,落实情况\n1.1,招生4390人。\n"),
        ("终稿2.csv", "编号,落实情况\n1.1,招生4510人。\n"),
    ):
        (work_folder / name).write_text(text, encoding="utf-8")
    result = run("diff", "初稿.csv", "终稿2.csv")
    assert "招生〖4390人→4510人〗。" in result.stdout
    assert "只在" not in result.stdout
    (work_folder / "甲校.csv").write_text("编号,落实情况\n1.1,招生4390人。\n", encoding="utf-8")
    (work_folder / "乙校.csv").write_text("编号,落实情况\n1.1,招生4510人。\n", encoding="utf-8")
    result = run("diff", "甲校.csv", "乙校.csv")
    assert result.stderr == "两份文件没有都写单位，看作同一单位的两个版本\n"
    assert "招生〖4390人→4510人〗。" in result.stdout
    (work_folder / "名册.csv").write_text("单位\n甲校\n乙校\n", encoding="utf-8")
    result = run("diff", "甲校.csv", "乙校.csv", "--roster", "名册.csv")
    assert "只在上期的 1 个，只在本期的 1 个" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "要写两个路径：先上期，后本期"),
        (["上期"], "要写两个路径：先上期，后本期"),
        (["上期", "没有"], "路径不存在：没有"),
        (["上期", "本期", "-o", "对照.pdf"], "文件名应以 .docx、.xlsx、.html 结尾"),
        (["上期", "本期", "--use", "别处.yaml"], "算数的文件（use）不在要读的文件里：别处.yaml"),
        (["上期", "本期", "--unit", "甲\n乙", "-o", "对照.docx"], "单位里有换行或控制字符"),
    ],
)
def test_usage(rounds: Path, args: list[str], message: str) -> None:
    """Wrong usage is told in Chinese, with exit code 2."""
    result = run("diff", *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_nothing_to_compare(rounds: Path) -> None:
    """A side without any unit is no round in which everything is new."""
    (rounds / "坏").mkdir()
    (rounds / "坏" / "坏.yaml").write_text("a: [", encoding="utf-8")
    result = run("diff", "坏", "本期")
    assert result.exit_code == 2
    assert "没有读到任何单位，没有比较：坏" in result.stderr


def test_very_many_changes(work_folder: Path) -> None:
    """The text stays under 200 KB and counts what it leaves out; one passage is not without end either."""
    tasks = list(load_catalog().tasks)
    for folder, word in (("上期", "甲"), ("本期", "乙")):
        for number in range(8):
            said: Said = {task: (None, f"{word}{task}" * 150) for task in tasks}
            put(work_folder / folder / f"{number}.yaml", f"第{number}学校", said)
    put(work_folder / "上期" / "长.yaml", "长校", {"1.1": (None, "甲" * 30_000)})
    put(work_folder / "本期" / "长.yaml", "长校", {"1.1": (None, "乙" * 30_000)})
    result = run("diff", "上期", "本期")
    assert len(result.stdout.encode()) < 200_000
    assert "项变化没有显示；全部的变化见 -o 对照.docx" in result.stdout
    left = re.search(r"……还有 (\d+) 个单位、(\d+) 项变化没有显示", result.stdout)
    assert left is not None
    shown = len(re.findall(r"^第\d学校：|^长校：", result.stdout, re.MULTILINE)), result.stdout.count("　改动\n")
    assert (shown[0] + int(left[1]), shown[1] + int(left[2])) == (9, 8 * len(tasks) + 1)
    long = run("diff", "上期/长.yaml", "本期/长.yaml")
    assert "……（后面太长，没有显示）" in long.stdout
