"""Several files of a unit: the message says in which tasks they differ."""

from __future__ import annotations

import zipfile
from pathlib import Path

from zhijiao20.commands.validate import validate


def put(path: Path, unit: str, *texts: str) -> None:
    """Write a status file with texts for the tasks 1.1, 1.2 …"""
    rows = [f"{unit},1.{number},{text}" for number, text in enumerate(texts, start=1)]
    path.write_text("\n".join(["单位,编号,落实情况", *rows]), encoding="utf-8")


def messages(*paths: Path) -> list[str]:
    """What is said of units with several files."""
    return [finding.message for finding in validate(paths).findings if finding.rule.code == "ZJ107"]


def test_tasks_that_differ(tmp_path: Path) -> None:
    """Of two versions, and of three; a text that one lacks differs, too."""
    put(tmp_path / "a.csv", "甲校", "招生4390人。", "相同的文字。", "这一份才有。")
    put(tmp_path / "b.csv", "甲校(1)", "招生4510人。", "相同的文字。")
    put(tmp_path / "c.csv", "乙校", "别的单位的文字。")
    (message,) = messages(tmp_path)
    assert message.endswith("（不同的任务：1.1、1.3）")
    put(tmp_path / "d.csv", "甲校", "招生4390人。", "不相同的文字。", "这一份才有。")
    (message,) = messages(tmp_path)
    assert message.endswith("（不同的任务：1.1、1.2、1.3）")


def test_equal_copies(tmp_path: Path) -> None:
    """One of them is enough; also of members of an archive, which are read a second time."""
    put(tmp_path / "a.csv", "甲校", "招生4390人。")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(tmp_path / "a.csv", "副本.csv")
    (message,) = messages(tmp_path)
    assert message.endswith("（内容相同，留一份即可）")


def test_very_many_versions(tmp_path: Path) -> None:
    """Of many files some are named, and how many there are; of many tasks, too."""
    for number in range(12):
        put(tmp_path / f"{number}.csv", "甲校", f"招生439{number}人。")
    (message,) = messages(tmp_path)
    assert "等 12 份（不同的任务：1.1）" in message
