"""Started and interrupted: the exit codes that shells expect, and never a traceback."""

from __future__ import annotations

import io
import runpy
import signal
import subprocess
import sys

import pytest
import typer
from program import POSIX, run
from status_files import names_in

import zhijiao20
from zhijiao20 import __main__, cli

pytestmark = pytest.mark.usefixtures("work_folder")


def driver(patch: str, *args: str) -> subprocess.Popen[str]:
    """The program in a process of its own, one of its functions replaced by one that waits."""
    code = f"""
import os, select, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from zhijiao20.__main__ import main
from zhijiao20.commands import validate
def wait(*args, **options):
    print("ready", flush=True)
    for _ in range(1200):
        select.select([], [], [], 0.05)
    sys.exit(99)
{patch} = wait
sys.argv = ["zhijiao20", *sys.argv[1:]]
main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_an_interruption_while_results_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at the last moment is no traceback either."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    stream = io.StringIO()
    stream.flush = interrupt  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit) as caught:
        cli.app(["--version"])
    assert (caught.value.code, sys.stderr.getvalue()) == (130, "已中断，没有写完的文件不会留下。\n")  # type: ignore[attr-defined]


@pytest.mark.parametrize("error", [pytest.param(KeyboardInterrupt), typer.Abort])
def test_ctrl_c_is_130_and_told(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    """A script must be able to tell an interruption from a finding, and a person that nothing was left half done."""

    def interrupt(*_args: object) -> None:
        raise error

    monkeypatch.setattr("zhijiao20.commands.validate.validate", interrupt)
    result = run("validate", "甲")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr.strip() == "已中断，没有写完的文件不会留下。"


@pytest.mark.parametrize(("end", "code"), [(KeyboardInterrupt(), 130), (SystemExit(143), 143)], ids=["INT", "TERM"])
def test_an_interruption_that_comes_wrapped(monkeypatch: pytest.MonkeyPatch, end: BaseException, code: int) -> None:
    """Python makes another error of it where a class is being made while a module loads."""

    def interrupt(*_args: object) -> None:
        raise RuntimeError("Error calling __set_name__") from end

    monkeypatch.setattr("zhijiao20.commands.validate.validate", interrupt)
    result = run("validate", "甲")
    assert (result.exit_code, "程序内部出错" in result.stderr) == (code, False)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
def test_a_signal_while_reading(number: signal.Signals, code: int) -> None:
    """The codes that shells and service managers expect; never a traceback."""
    process = driver("validate.validate", "validate", "甲")
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
def test_a_signal_while_writing_leaves_no_file(number: signal.Signals, code: int) -> None:
    """Neither half a file nor a hidden one."""
    process = driver("os.fsync", "init", "甲")
    assert [name.endswith(".tmp") for name in names_in()] == [True]
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == code
    assert names_in() == []


def test_the_console_script_listens_to_the_request_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM leaves by way of the `finally` blocks."""
    handlers: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    cli.error_handler.prepare_process()
    with pytest.raises(SystemExit) as caught:
        handlers[signal.SIGTERM](signal.SIGTERM, None)  # type: ignore[operator]
    assert caught.value.code == 143


def test_python_m_is_the_same_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the console script is not on the PATH."""
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    monkeypatch.setattr(sys, "argv", ["x", "--version"])
    monkeypatch.delitem(sys.modules, "zhijiao20.__main__")  # as in a new process
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("zhijiao20", run_name="__main__")
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"zhijiao20 {zhijiao20.__version__}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(KeyboardInterrupt(), 130, id="plain"),
        pytest.param(RuntimeError("Error calling __set_name__"), 130, id="wrapped"),
    ],
)
def test_ctrl_c_while_the_program_loads(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    """The first half second is spent there."""
    if not isinstance(error, KeyboardInterrupt):
        error.__cause__ = KeyboardInterrupt()

    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "app", fail)
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == code


def test_what_keeps_the_program_from_loading_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is the maintainer's business."""

    def fail() -> None:
        raise ImportError("lxml")

    monkeypatch.setattr(cli, "app", fail)
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    with pytest.raises(ImportError):
        __main__.main()
