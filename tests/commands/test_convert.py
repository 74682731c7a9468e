"""From one format into another: nothing that the new one has room for is lost, and the rest is named."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from conftest import ROOT
from program import run
from status_files import read_file

from zhijiao20.commands import convert
from zhijiao20.core.errors import UsageError
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.csv.write import table
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.columns import evidence_cell
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

EXAMPLES = ROOT / "examples" / "澄州市"
KINDS = ["yaml", "csv", "xlsx", "docx"]


def texts(submission: Submission) -> dict[str, str]:
    """The statuses that say something."""
    return {task: entry.status for task, entry in submission.entries.items() if entry.status}


def test_single_evidence_with_a_semicolon_is_not_divided() -> None:
    """One a line; where there is no line end, ； divides: so one is put behind it."""
    assert evidence_cell(["甲；乙"]) == "甲；乙\n"
    assert evidence_cell(["甲；乙", "丙"]) == "甲；乙\n丙"
    made = Submission("甲", entries={"1.1": Entry("1.1", status="文", evidence=("甲；乙",))})
    assert [row[-1] for row in table([made], load_catalog())[1:2]] == ["甲；乙\n"]


@pytest.mark.parametrize(
    ("kind", "items", "told"),
    [
        ("csv", ("一\n二",), True),
        ("xlsx", ("一", "二\n三"), True),
        ("csv", ("", "一"), True),
        ("csv", (" 一 ", "二；\t"), False),
        ("csv", ("\u3000一；二",), False),
        ("yaml", ("一\n二", ""), False),
        ("docx", ("一\n二",), False),
    ],
    ids=["lines", "lines-of-one", "empty", "spaces", "semicolon", "yaml-holds-all", "word-holds-none"],
)
def test_evidence_that_a_cell_cannot_hold_is_told(
    tmp_path: Path, kind: str, items: tuple[str, ...], told: bool
) -> None:
    """One a line: an item of two lines becomes two.  Spaces at the edges stay."""
    source, target = tmp_path / "甲.yaml", tmp_path / f"乙.{kind}"
    made = Submission(
        "甲", entries={"1.1": Entry("1.1", status="文", evidence=items), "1.2": Entry("1.2", status="文")}
    )
    source.write_bytes(write_status_file("yaml", [made], load_catalog()))
    result = run("convert", str(source), "-o", str(target))
    message = "甲：任务 1.1 的佐证有一条写成几行或是空的，表格里一行就是一条，条数会变；文字没有少\n"
    assert (message in result.stderr) is told
    if kind != "docx" and not told:
        (back,), _ = read_file(target, load_catalog())
        assert back.entries["1.1"].evidence == items


@pytest.mark.parametrize("kind", KINDS)
def test_folder_of_returned_files_into_a_folder(tmp_path: Path, kind: str) -> None:
    """A file a unit, named after it, each text to the character."""
    result = run("convert", str(EXAMPLES), "-o", str(tmp_path / "out"), "-f", kind)
    assert result.exit_code == 0
    names = ["澄州市教育局", "澄州市人力资源和社会保障局", "澄州理工学校"]
    assert result.stdout.splitlines() == [f"已生成 {tmp_path / 'out' / name}.{kind}" for name in names]
    for name, source in zip(names, sorted(EXAMPLES.iterdir()), strict=True):
        (before,), _ = read_file(source, load_catalog())
        (after,), out = read_file(tmp_path / "out" / f"{name}.{kind}", load_catalog())
        assert (after.unit, after.period, texts(after)) == (before.unit, before.period, texts(before))
        assert out.findings == []


def test_many_units_into_one_csv_and_back(tmp_path: Path) -> None:
    """CSV holds any number of units."""
    assert run("convert", str(EXAMPLES), "-o", str(tmp_path / "全部.csv")).exit_code == 0
    assert run("convert", str(tmp_path / "全部.csv"), "-o", str(tmp_path / "分开")).exit_code == 0
    (before,), _ = read_file(EXAMPLES / "2澄州市人力资源和社会保障局.yaml", load_catalog())
    (after,), _ = read_file(tmp_path / "分开" / "澄州市人力资源和社会保障局.yaml", load_catalog())
    for task in before.entries:
        was, now = before.entries[task], after.entries[task]
        assert (now.progress, now.status, now.evidence) == (was.progress, was.status, was.evidence)


def test_what_has_no_room_is_said(tmp_path: Path) -> None:
    """The Word form holds no 进展 and no 佐证."""
    result = run("convert", str(EXAMPLES / "3澄州理工学校.yaml"), "-o", str(tmp_path / "表.docx"))
    assert result.stderr == "澄州理工学校：这种格式放不下进展、佐证，没有写入\n"


def test_faulty_file_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    """Nothing of a file with an error is converted: half a file would be worse than none."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "好.yaml").write_text("单位: 好\n任务:\n  '1.1': 文\n", encoding="utf-8")
    (folder / "坏.yaml").write_text("单位: 坏\n任务:\n  '1.1': 文\n  '99.1': 丢不得\n", encoding="utf-8")
    result = run("convert", str(folder), "-o", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["好.yaml"]
    assert "没有编号为“99.1”的任务" in result.stderr
    assert result.stderr.endswith("有错误的文件没有转换。\n")


def test_two_files_of_one_unit_are_not_chosen_between(tmp_path: Path) -> None:
    """Neither version is written, the others are; one file for all is not written at all."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("甲.yaml", "甲(1).yaml"):
        (folder / name).write_text(f"单位: 甲\n任务:\n  '1.1': {name}\n", encoding="utf-8")
    (folder / "乙.csv").write_text("单位,编号,落实情况\n甲,1.2,文\n乙,1.1,文\n", encoding="utf-8")
    result = run("convert", str(folder), "-o", str(tmp_path / "out.csv"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "单位“甲”有 3 份文件" in result.stderr
    result = run("convert", str(folder), "-o", str(tmp_path / "out"))
    assert (result.exit_code, result.stdout) == (1, f"已生成 {tmp_path / 'out' / '乙.yaml'}\n")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry("4.1", status="方" * 32_768), "落实情况"),
        (Entry("4.1", status="=" + "方" * 32_766), "落实情况"),
        (Entry("4.1", status="𠮷" * 16_384), "落实情况"),
        (Entry("4.1", evidence=("方" * 20_000, "方" * 20_000)), "佐证"),
        (Entry("4.1", remark="方" * 40_000), "说明"),
    ],
    ids=["text", "with-its-apostrophe", "astral", "evidence", "remark"],
)
def test_text_too_long_for_a_cell_is_refused_by_task(kind: str, entry: Entry, field: str) -> None:
    """A sheet holds 32,767 UTF-16 units in a cell and cuts the rest off without a word."""
    with pytest.raises((UsageError, FormatError), match=f"4.1.*{field}|{field}.*4.1"):
        write_status_file(kind, [Submission("甲", entries={"4.1": entry})], load_catalog())


def test_nothing_sound_writes_nothing(tmp_path: Path) -> None:
    """No empty file, no empty folder."""
    (tmp_path / "坏.yaml").write_text("甲\n", encoding="utf-8")
    assert run("convert", str(tmp_path / "坏.yaml"), "-o", str(tmp_path / "out")).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["坏.yaml"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-o", "x.txt"], "文件名应以 .yaml、.yml、.csv、.xlsx、.docx 结尾：x.txt"),
        (["-o", "x.csv", "-f", "yaml"], "-f yaml 与文件名 x.csv 不一致，请改其中一个"),
        (["-o", "x.yaml"], "一个 YAML 文件只能写一个单位，这里有 3 个。请把 -o 写成文件夹，或换成 .csv"),
        (["-o", "没有/out"], f"文件夹建不了：{Path('没有', 'out')}。请先建好上一级文件夹，或换一个位置"),
        ([], "没有说写到哪里。请加 -o，如 -o 全部.csv，或 -o 转换后/"),
    ],
    ids=["suffix", "contradiction", "several-units", "no-parent", "no-output"],
)
def test_wrong_usage_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str) -> None:
    """Code 2, in Chinese, and nothing written."""
    monkeypatch.chdir(tmp_path)
    result = run("convert", str(EXAMPLES), *args)
    assert (result.exit_code, result.stderr) == (2, f"错误：{message}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder above it is missing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").write_text("旧", encoding="utf-8")
    result = run("convert", str(EXAMPLES), "-o", "out")
    assert (result.exit_code, result.stderr) == (2, "错误：文件夹建不了：out（已有同名的文件）。请用 -o 换一个位置\n")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "旧"


def test_existing_file_stays_without_force(tmp_path: Path) -> None:
    """And none of the others is written either."""
    (tmp_path / "澄州理工学校.yaml").write_text("旧", encoding="utf-8")
    result = run("convert", str(EXAMPLES), "-o", str(tmp_path))
    assert result.exit_code == 2
    assert "文件已存在，没有覆盖" in result.stderr
    assert len(list(tmp_path.iterdir())) == 1
    assert run("convert", str(EXAMPLES), "-o", str(tmp_path), "--force").exit_code == 0
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("units", [("a/b", "a:b"), ("A/b", "a:b")], ids=["same", "case"])
def test_units_with_one_file_name_are_told(tmp_path: Path, units: tuple[str, str]) -> None:
    """a/b and a:b are two units, and a_b.yaml is one file; on Windows and macOS A_b.yaml and a_b.yaml are one too."""
    for number, unit in enumerate(units):
        (tmp_path / f"{number}.yaml").write_text(f"单位: {unit}\n任务:\n  '1.1': 文\n", encoding="utf-8")
    with pytest.raises(UsageError, match="的文件名都是"):
        convert.convert([tmp_path], tmp_path / "out")


def test_a_unit_that_cannot_be_written_leaves_no_half_folder(tmp_path: Path) -> None:
    """All are ready before the first is written: a folder that lacks one unit looks like a whole one."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "甲.yaml").write_text("单位: 甲\n任务:\n  '1.1': 文\n", encoding="utf-8")
    (folder / "乙.yaml").write_text(f"单位: 乙\n任务:\n  '1.1': {'方' * 40_000}\n", encoding="utf-8")
    result = run("convert", str(folder), "-o", str(tmp_path / "out"), "-f", "xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "乙" in result.stderr
    assert "1.1" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.minutes
def test_a_folder_is_converted_in_little_memory(tmp_path: Path) -> None:
    """Of a province's units one is in memory at a time: a second hundred of them takes no more than the first."""
    peaks = []
    for number in (20, 200):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        for unit in range(number):
            (folder / f"{unit}.yaml").write_text(
                f"单位: 单位{unit}\n任务:\n  '1.1': {'方' * 30_000}\n", encoding="utf-8"
            )
        tracemalloc.start()
        convert.convert([folder], tmp_path / f"{number}出", "csv")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 5 * 2**20
