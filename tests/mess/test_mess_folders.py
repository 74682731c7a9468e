"""Folders as offices collect them: several versions of one unit's file, locks, system files, other formats."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mess_base import CATALOG, COMPLETE, KINDS, PERIOD, UNIT, written

from zhijiao20.commands.render import render
from zhijiao20.commands.validate import validate
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.review.runner import RunOptions

READ = Settings(("ZJ0", "ZJ1", "ZJ2"))
COPIES = ["(1)", "（1）", " (2)", "副本", " - 副本", " - 副本 (2)", "终稿2", "_最终版", "-修改稿", "_v2"]


def found(folder: Path) -> list[tuple[str, str, str]]:
    """Code, name of the file and message, paths without the folder."""
    report = validate([folder], settings=READ)
    return [
        (item.rule.code, Path(item.file).name, item.message.replace(f"{folder}{os.sep}", ""))
        for item in report.findings
    ]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("kind", KINDS)
def test_copies_of_one_units_file(tmp_path: Path, kind: str, copy: str) -> None:
    """An error that lists the versions; none is chosen."""
    names = [f"{UNIT}.{kind}", f"{UNIT}{copy}.{kind}"]
    for name in names:
        (tmp_path / name).write_bytes(written(kind))
    ((code, _, message),) = found(tmp_path)
    assert (code, message) in {
        ("ZJ107", f"单位“{UNIT}”有两份文件：{first} 和 {second}（内容相同，留一份即可）")
        for first, second in (names, names[::-1])
    }


@pytest.mark.parametrize("copy", COPIES)
def test_copies_that_do_not_name_their_unit(tmp_path: Path, copy: str) -> None:
    """The unit is the file's name then, and a copy's name is no unit."""
    table = written("csv").decode("utf-8-sig").replace(f"{UNIT},", "").replace("单位,", "", 1)
    for name in (f"{UNIT}.csv", f"{UNIT}{copy}.csv"):
        (tmp_path / name).write_text(table, encoding="utf-8-sig", newline="")
    said = [item for item in found(tmp_path) if item[0] != "ZJ113"]
    assert [code for code, _, _ in said] == ["ZJ107"]
    assert "单位“澄州市教育局”有两份文件" in said[0][2]


def test_versions_in_every_format(tmp_path: Path) -> None:
    """The same unit as YAML, CSV, Excel and Word: one error with all four."""
    for kind in KINDS:
        (tmp_path / f"{UNIT}.{kind}").write_bytes(written(kind))
    ((code, _, message),) = found(tmp_path)
    assert code == "ZJ107"
    assert message.startswith(
        f"单位“{UNIT}”有 4 份文件：{UNIT}.csv、{UNIT}.docx、{UNIT}.xlsx 和 {UNIT}.yaml（不同的任务："
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_beside_the_files(tmp_path: Path, kind: str) -> None:
    """Locks, hidden and system files are passed over and counted; what could be a status file is an error."""
    (tmp_path / f"{UNIT}.{kind}").write_bytes(written(kind))
    for name in (f"~${UNIT[2:]}.{kind}", ".DS_Store", "Thumbs.db", "desktop.ini", f"._{UNIT}.{kind}"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / f"{UNIT}.{kind}").write_bytes(b"x")
    others = ["青溪县教育局.doc", "石桥县教育局.wps", "各校.zip"]
    for name in (*others, "说明.pdf"):
        (tmp_path / name).write_bytes(b"x")
    report = validate([tmp_path], settings=READ)
    assert (report.files, report.units, report.passed_over, report.skippable) == (4, 1, 5, 3)
    assert sorted((Path(item.file).name, item.rule.code) for item in report.findings) == sorted(
        (name, "ZJ002") for name in others
    )
    assert [Path(item.file).name for item in report.unread] == ["说明.pdf"]
    report = validate([tmp_path], settings=READ, options=RunOptions(skip_unread=True))
    assert (report.files, report.units, report.findings, report.skippable) == (1, 1, (), 0)
    assert sorted(Path(item.file).name for item in report.unread) == sorted([*others, "说明.pdf"])


@pytest.mark.parametrize("kind", KINDS)
def test_merged_form_among_its_parts(tmp_path: Path, kind: str) -> None:
    """An earlier result in the folder would count every text twice."""
    other = Submission("青溪县教育局", period=PERIOD, entries=COMPLETE.entries)
    different = {task: entry for task, entry in COMPLETE.entries.items() if task != "1.1"}
    for unit in (Submission(UNIT, period=PERIOD, entries=different), other):
        (tmp_path / f"{unit.unit}.{kind}").write_bytes(write_status_file(kind, [unit], CATALOG))
    render([tmp_path], tmp_path / "汇总.docx", unit="澄州市", allow_incomplete=True)
    said = [item for item in found(tmp_path) if item[0] == "ZJ107"]
    for unit, (_, file, message) in zip((UNIT, other.unit), said, strict=True):
        assert file == f"{unit}.{kind}"
        assert message.startswith(f"单位“{unit}”有两份文件：汇总.docx 和 {unit}.{kind}（")
