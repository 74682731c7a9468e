"""Programs are found by full path, never in the current folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from zhijiao20.system.programs import find_program


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with a program."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    _install(folder)
    return folder


def _install(folder: Path) -> Path:
    program = folder / ("thing.exe" if sys.platform == "win32" else "thing")
    program.write_bytes(b"")
    program.chmod(0o700)
    return program


def test_the_search_path_is_searched(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(elsewhere))
    assert find_program(["none", "thing"]) == str(next(elsewhere.iterdir()))
    assert find_program(["none"]) is None


def test_usual_places_come_last(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    program = str(next(elsewhere.iterdir()))
    assert find_program(["thing"], [f"{program}-missing", program]) == program


def test_the_current_folder_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as an empty or relative entry of the search path nor by its full path."""
    _install(tmp_path)
    monkeypatch.chdir(tmp_path)
    for entry in ("", ".", str(tmp_path), os.pathsep):
        monkeypatch.setenv("PATH", entry)
        assert find_program(["thing"]) is None


def test_a_current_folder_that_is_gone(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise FileNotFoundError

    monkeypatch.setenv("PATH", str(elsewhere))
    monkeypatch.setattr(Path, "cwd", fail)
    assert find_program(["thing"]) is not None
