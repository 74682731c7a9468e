"""The use case ``validate --fix``: which files are read and reviewed, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from status_files import put

from zhijiao20.commands.fix import review_and_fix
from zhijiao20.core.findings import Report
from zhijiao20.formats import read as reading
from zhijiao20.review.file_review import FileReviewer
from zhijiao20.review.runner import RunOptions
from zhijiao20.system import discovery

WRONG, RIGHT = "截止2020年06月30日,完成。", "截至2020年6月30日，完成。"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The files for which each of these functions was called, in order."""
    names: dict[str, list[str]] = {name: [] for name in ("read_bytes", "read_content", "review", "result")}

    def counted(name: str, function: Callable[..., object], file: Callable[..., str]) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            names[name].append(file(*args))
            return function(*args, **more)

        return call

    def first(path: Path, *_rest: object) -> str:
        return path.name

    for module in ("file_review", "fix", "patch"):
        monkeypatch.setattr(
            f"zhijiao20.review.{module}.read_content", counted("read_content", reading.read_content, first)
        )
    for module in ("file_review", "fix"):
        monkeypatch.setattr(f"zhijiao20.review.{module}.read_bytes", counted("read_bytes", discovery.read_bytes, first))
    review = counted("review", FileReviewer.review, lambda _self, path: path.name)
    result = counted("result", FileReviewer.result, lambda _self, _submissions, out, *_: out.file)
    monkeypatch.setattr(FileReviewer, "review", review)
    monkeypatch.setattr(FileReviewer, "result", result)
    return names


def write(name: str, status: str) -> Path:
    """Write a status file with one text."""
    return put(name, f"单位: {name[0]}\n任务:\n  '1.1':\n    落实情况: {status}\n")


def three_files() -> list[Path]:
    """A file to be fixed, one without anything to fix, and one in which the place to fix is not certain."""
    return [write("甲.yaml", WRONG), write("乙.yaml", RIGHT), write("丙.yaml", f">-\n      {WRONG}\n      {WRONG}")]


def test_a_file_without_slips_is_read_once(calls: dict[str, list[str]]) -> None:
    """Looking for something to fix costs nothing beyond the review."""
    _, fixes = review_and_fix([write("甲.yaml", RIGHT)], write=True)
    assert fixes == []
    assert calls == {name: ["甲.yaml"] for name in calls}


@pytest.mark.parametrize("write_files", [True, False])
def test_only_changed_files_are_reviewed_again(calls: dict[str, list[str]], write_files: bool) -> None:
    """A changed file is opened for its review and its fixes; what is written is parsed once, and reviewed from that."""
    files = three_files()
    _, fixes = review_and_fix(files, write=write_files)
    assert [(fix.file.name, fix.counts.total(), fix.left) for fix in fixes] == [("甲.yaml", 3, 0), ("丙.yaml", 0, 6)]
    assert calls["review"] == [file.name for file in files]
    changed = {"甲.yaml": 1} if write_files else {}
    assert Counter(calls["result"]) == Counter(calls["review"]) + Counter(changed)
    assert Counter(calls["read_bytes"]) == {"甲.yaml": 2, "乙.yaml": 1, "丙.yaml": 2}
    assert Counter(calls["read_content"]) == {"甲.yaml": 3, "乙.yaml": 1, "丙.yaml": 3}


def test_the_report_is_of_the_files_as_they_are_now() -> None:
    """Findings that were fixed are gone, the others are as a new review finds them, also between units."""
    files = three_files()
    before, _ = review_and_fix(files, write=False)
    report, _ = review_and_fix(files, write=True)
    after, fixes = review_and_fix(files, write=True)
    assert report == after != before
    assert [fix.file.name for fix in fixes] == ["丙.yaml"]


def test_with_a_cache(calls: dict[str, list[str]], tmp_path: Path) -> None:
    """Results of unchanged files come from the cache; no result of a file before it was fixed is used for it."""
    files = three_files()
    options = RunOptions(cache=lambda: tmp_path / "cache")

    def fix() -> Report:
        for names in calls.values():
            names.clear()
        return review_and_fix(files, options=options, write=True)[0]

    report = fix()
    assert Counter(calls["result"]) == {"甲.yaml": 2, "乙.yaml": 1, "丙.yaml": 1}
    assert fix() == report == review_and_fix(files, write=False)[0]
    fix()
    assert calls["result"] == []
