"""The answers of the files of a unit are read again where it has several: few units have, and all would pay for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijiao20.core.settings import DEFAULT
from zhijiao20.review.file_result import FileResult
from zhijiao20.review.runner import RunOptions, review_files
from zhijiao20.system.found_files import FoundFiles

FIRST = "单位,编号,落实情况\n甲局,1.1,印发方案。\n乙局,1.1,建立制度。\n乙局,1.2,召开会议。\n"
SECOND = "单位,编号,落实情况\n丙局,1.1,开展培训。\n丁局,1.1,组织比赛。\n乙局,1.1,建立制度。\n乙局,1.2,召开两次会议。\n"


def said(folder: Path, *, change: bool = False, cache: Path | None = None) -> str:
    """The message on the unit with two files; ``change`` empties each file as soon as it is reviewed."""
    files = [folder / "一.csv", folder / "二.csv"]
    for file, content in zip(files, (FIRST, SECOND), strict=True):
        file.write_text(content, encoding="utf-8")

    def changed(file: Path, _: FileResult) -> None:
        if change:
            file.write_text("单位,编号,落实情况\n", encoding="utf-8")

    found = FoundFiles(files=files)
    result = review_files(found, DEFAULT, RunOptions(cache=(lambda: cache) if cache else None), fix=changed)
    (message,) = [finding.message for finding in result.report().findings if finding.rule.code == "ZJ107"]
    return message


@pytest.mark.parametrize("cached", [False, True])
def test_each_version_is_the_one_of_its_unit(tmp_path: Path, *, cached: bool) -> None:
    """Neither the first unit of a file nor one of another name; the same with a cache, which keeps the answers."""
    assert "乙局" in said(tmp_path)
    assert said(tmp_path, cache=tmp_path / "cache" if cached else None).endswith("（不同的任务：1.2）")


def test_a_file_that_has_changed_meanwhile_is_not_compared(tmp_path: Path) -> None:
    assert "不同的任务" not in said(tmp_path, change=True)
    assert "内容相同" not in said(tmp_path, change=True)
