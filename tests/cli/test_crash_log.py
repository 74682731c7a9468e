"""A bug is one line on the screen, and a log for the maintainer."""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from program import run

import zhijiao20
from zhijiao20.cli import crash_log

pytestmark = pytest.mark.usefixtures("work_folder")


def test_a_bug_is_one_line_and_a_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The traceback helps the maintainer, not the clerk."""

    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("秘密 \ud800")

    monkeypatch.setattr("zhijiao20.commands.validate.validate", fail)
    result = run("validate", "甲.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    found = re.fullmatch(
        r"程序内部出错（ZeroDivisionError），这不是您的操作问题。详情已记入：(.+\.log)，请发给维护者。\n", result.stderr
    )
    assert found
    log = Path(found[1])
    assert log.is_relative_to(tmp_path / "state" / "zhijiao20")
    text = log.read_text(encoding="utf-8")
    assert text.startswith(f"zhijiao20 {zhijiao20.__version__}\nPython 3.")
    assert "Traceback (most recent call last)" in text
    assert "ZeroDivisionError: 秘密 \\ud800" in text


def test_debug_shows_the_traceback_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """For those who help from afar; the next run in the same process is quiet again."""
    monkeypatch.setattr("zhijiao20.commands.validate.validate", lambda *_args: 1 / 0)
    shown = run("--debug", "validate", "甲").stderr.splitlines()
    assert shown[0].startswith("程序内部出错（ZeroDivisionError）")
    assert shown[1] == "Traceback (most recent call last):"
    assert "Traceback" not in run("validate", "甲").stderr


def test_two_bugs_are_two_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one must not overwrite the first."""
    monkeypatch.setattr("zhijiao20.commands.validate.validate", lambda *_args: 1 / 0)
    assert run("validate", "甲").stderr != run("validate", "甲").stderr


def test_the_log_goes_elsewhere_where_its_folder_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A home that is read-only is common on office machines."""
    (tmp_path / "file").write_text("")
    (tmp_path / "temp").mkdir()
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "file"))
    monkeypatch.setattr(crash_log.tempfile, "tempdir", str(tmp_path / "temp"))
    log = Path(crash_log.write_log(ValueError("x")))
    assert log.parent == tmp_path / "temp"
    assert "ValueError: x" in log.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program still ends in order."""

    def refuse(**_where: object) -> tuple[int, str]:
        raise OSError(28, "full")

    monkeypatch.setattr(crash_log.tempfile, "mkstemp", refuse)
    assert crash_log.write_log(ValueError("x")) == "（日志写不了）"


def test_where_the_logs_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's own folder, as each system has it."""
    logs = tmp_path / "state" / "zhijiao20"
    assert crash_log._log_folder() == (logs / "logs" if os.name == "nt" else logs)
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    if os.name != "nt":
        assert crash_log._log_folder() == tmp_path / ".local" / "state" / "zhijiao20"

    def homeless(_self: Path) -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(crash_log.Path, "expanduser", homeless)
    monkeypatch.delenv("LOCALAPPDATA")
    assert crash_log._log_folder() == Path(crash_log.tempfile.gettempdir())


def test_where_the_logs_go_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """LOCALAPPDATA, not the roaming profile."""
    monkeypatch.setattr(crash_log, "os", SimpleNamespace(name="nt", environ={"LOCALAPPDATA": str(tmp_path)}))
    assert crash_log._log_folder() == tmp_path / "zhijiao20" / "logs"
