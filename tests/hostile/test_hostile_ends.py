"""Whole or not at all: a run that is killed or stopped at any moment leaves the old file or the new one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack import POSIX
from desks import COMMANDS, OLD, make_desk
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.errors import UsageError
from zhijiao20.system import atomic_write
from zhijiao20.system.atomic_write import write_whole

resource = pytest.importorskip("resource", reason="no kills and limits of POSIX")
pytestmark = POSIX
BREAKER, TIMER = (Path(__file__).with_name(name) for name in ("breaker.py", "timer.py"))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two status files and old outputs."""
    return make_desk(tmp_path)


def hidden(names: Iterator[str] | dict[str, str]) -> list[str]:
    return [name for name in names if Path(name).name.startswith(".")]


def broken(desk: Path, number: str, command: str) -> list[tuple[int, dict[str, str], int, dict[str, str]]]:
    done = subprocess.run(
        [sys.executable, str(BREAKER), number, str(desk), *command.split()],
        capture_output=True, check=True, timeout=600, env=os.environ | {"XDG_STATE_HOME": str(desk.parent)},
    )  # fmt: skip
    return json.loads(done.stdout)  # type: ignore[no-any-return]


STOPS = [("SIGKILL", name) for name in COMMANDS] + [
    (number, name) for number in ("SIGINT", "SIGTERM") for name in ("render-pdf", "update")
]


@pytest.mark.minutes
@pytest.mark.parametrize(("number", "name"), STOPS)
def test_a_run_that_ends_at_any_step_leaves_whole_files(desk: Path, number: str, name: str) -> None:
    """The old file or the new one, never half; the next run goes on, and nothing hidden stays behind it.

    After kill -9 there is one hidden file at most; where two files are written or none, one of each and the old one.
    """
    command, outputs = COMMANDS[name]
    told = broken(desk, number, command)
    code, new, _, _ = told[-1]
    assert code in {0, 1}
    assert len(told) > 8, "there are steps to break at"
    before = told[0][1]
    for code, then, again, behind in told:
        assert code in ({-9, 0, 1} if number == "SIGKILL" else {130, 143, 0, 1})
        assert len(hidden(then)) <= (number == "SIGKILL") * (3 if name == "render-pdf" else 1)
        assert all(
            Path(left).name.startswith(f".{Path(output).name}.")
            for left in hidden(then)
            for output in outputs
            if Path(output).parent == Path(left).parent and Path(output).name in left
        )
        for path, content in then.items():
            if path not in hidden(then):
                whole = {before.get(path), new.get(path)} | (
                    {before.get(path.removesuffix(".bak"))} if name == "update" else set()
                )
                assert content in whole, path
        assert set(before) - set(hidden(before)) <= set(then), "nothing is lost"
        assert again in ({0, 1} if name not in {"init", "update"} else {0, 1, 2})
        assert {path: content for path, content in behind.items() if path in outputs} == {
            path: new[path] for path in outputs
        }
        assert len(hidden(behind)) <= (name == "init" and again == 2), "a finished new file is not written again"


MOMENTS = [
    (signal.SIGKILL, "render", 12),
    (signal.SIGKILL, "convert-folder", 12),
    (signal.SIGINT, "render", 6),
    (signal.SIGTERM, "render", 6),
]


@pytest.mark.minutes
@pytest.mark.parametrize(("number", "name", "times"), MOMENTS, ids=lambda one: getattr(one, "name", str(one)))
def test_a_run_that_ends_at_any_time_leaves_whole_files(
    desk: Path, number: signal.Signals, name: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At moments spread evenly over its computing time, from the first import to the last line."""
    monkeypatch.chdir(desk)
    command, outputs = COMMANDS[name]
    before = {path.name for path in desk.iterdir()}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, str(TIMER), "0", "0", *command.split()], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    new = {output: (desk / output).read_bytes() for output in outputs}
    ends = set()
    for moment in range(1, times + 1):
        for output in outputs:
            if (desk / output).exists():
                (desk / output).write_bytes(OLD)
        seconds = f"{whole * moment / times:.4f}"
        done = subprocess.run(
            [sys.executable, str(TIMER), str(int(number)), seconds, *command.split()], capture_output=True, check=False
        )
        ends.add(done.returncode)
        found = [path for path in desk.rglob("*") if path.is_file()]
        left = [path for path in found if path.name.startswith(".")]
        assert len(left) <= (number == signal.SIGKILL)
        assert {str(path.relative_to(desk)) for path in found if path not in left} <= before | set(outputs)
        assert all((desk / output).read_bytes() in {OLD, new[output]} for output in outputs)
    assert ends <= {0, -number, 128 + number, -signal.SIGPROF}  # the timer itself, where Python is about to end
    assert ends - {0}, "some were ended"
    assert CliRunner().invoke(app, command.split()).exit_code == 0
    assert {output: (desk / output).read_bytes() for output in outputs} == new
    assert not [path for path in desk.rglob(".*") if path.is_file()]


def test_what_a_killed_run_left_gives_way(tmp_path: Path) -> None:
    """One hidden file, however often a run is killed."""
    (tmp_path / ".表.docx.zhijiao20.tmp").write_bytes(b"half")
    write_whole(tmp_path / "表.docx", b"new")
    assert [other.name for other in tmp_path.iterdir()] == ["表.docx"]


def test_signals_are_heard_again_after_a_write(tmp_path: Path) -> None:
    """Else Ctrl-C would do nothing for the rest of the run."""
    with pytest.raises(UsageError):
        write_whole(tmp_path, b"x")
    write_whole(tmp_path / "表.docx", b"x")
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, set()) & {signal.SIGINT, signal.SIGTERM}


def test_without_signal_masks_a_file_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none."""
    monkeypatch.setattr(atomic_write.sys, "platform", "win32")
    monkeypatch.delattr(atomic_write.signal, "pthread_sigmask", raising=False)
    write_whole(tmp_path / "表.docx", b"x")
    assert (tmp_path / "表.docx").read_bytes() == b"x"
