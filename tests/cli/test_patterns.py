"""Patterns in arguments, which cmd.exe does not expand."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijiao20.cli.patterns import expand_patterns


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with names that look like patterns."""
    monkeypatch.chdir(tmp_path)
    for name in ("甲[1].docx", "甲1.docx", "乙.yaml", "丙.yaml"):
        Path(name).touch()


@pytest.mark.parametrize(
    ("typed", "passed"),
    [
        pytest.param(["validate", "甲[1].docx"], ["validate", "甲[1].docx"], id="brackets-are-a-name"),
        pytest.param(["validate", "附表[2].docx"], ["validate", "附表[2].docx"], id="brackets-of-no-file"),
        pytest.param(["*.yaml"], ["丙.yaml", "乙.yaml"], id="star"),
        pytest.param(["?.yaml"], ["丙.yaml", "乙.yaml"], id="question-mark"),
        pytest.param(["甲[1]*"], ["甲[1].docx"], id="brackets-in-a-pattern"),
        pytest.param(["*.csv"], ["*.csv"], id="no-match"),
        pytest.param(["--exclude=*.yaml"], ["--exclude=*.yaml"], id="option"),
        pytest.param(["--", "-*.yaml"], ["--", "-*.yaml"], id="behind-two-dashes"),
    ],
)
def test_only_stars_and_question_marks_are_patterns(typed: list[str], passed: list[str]) -> None:
    """A browser names the second download 甲[1].docx: it must not become another file's name."""
    assert expand_patterns(typed) == passed
