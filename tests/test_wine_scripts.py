"""scripts/wine*.py: what they judge by, and what they say where there is no Wine."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

import wine
import wine_main_job
import wine_suite

pytestmark = pytest.mark.skipif(os.name == "nt", reason="they start Wine, which is no program of Windows")


def test_without_wine_the_script_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never a success that ran nothing."""
    monkeypatch.setattr(wine, "_LOADER", tmp_path / "wine64")
    monkeypatch.setattr(sys, "argv", ["wine_suite.py", "--cache", str(tmp_path / "cache")])
    assert wine_suite.main() == 2
    told = capsys.readouterr().err
    assert "wine64" in told
    assert "apt-get install wine wine64" in told
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("closing", "code"),
    [
        ("100 passed, 10 skipped in 3s", 0),
        ("88 passed, 12 skipped in 3s", 1),
        ("100 passed in 3s", 0),
        ("no tests ran in 0.1s", 1),
    ],
)
def test_no_more_than_a_tenth_may_be_skipped(closing: str, code: int) -> None:
    """And some test must have run."""
    assert wine_suite._too_many_skipped(closing) == code


def test_what_differs_is_found(tmp_path: Path) -> None:
    """An exit code, a line, a file, a part of a package."""
    one, other = wine_main_job.Outcome(0, "a\nb\n", ""), wine_main_job.Outcome(1, "a\nc\n", "")
    assert wine_main_job.outcome_differences(one, one) == []
    assert {"+退出码 1", "-退出码 0", "-b", "+c"} <= set(wine_main_job.outcome_differences(other, one))
    for name in ("there", "here"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "甲.csv").write_bytes(b"x")
        with zipfile.ZipFile(tmp_path / name / "表.docx", "w") as package:
            package.writestr("word/document.xml", name)
            package.writestr("word/styles.xml", "x")
    (tmp_path / "here" / "乙.csv").write_bytes(b"x")
    assert wine_main_job.file_differences(tmp_path / "there", tmp_path / "here") == [
        "只有一边有 乙.csv",
        "两边不同：表.docx 里的 word/document.xml",
    ]
