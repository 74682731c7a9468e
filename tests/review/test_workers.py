"""Several processes find what one finds, in the same order, and none outlives the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import Pipe, connection, get_context, get_start_method
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

import pytest
from county import county

from zhijiao20.commands.render import for_render, render
from zhijiao20.commands.validate import validate
from zhijiao20.core.settings import DEFAULT
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review import runner, workers
from zhijiao20.review.file_result import FileResult, PackedResult
from zhijiao20.review.file_review import FileReviewer, ReviewJob
from zhijiao20.review.runner import SERIAL, RunOptions
from zhijiao20.review.serialize import pack
from zhijiao20.system.discovery import find_files

FORKED = pytest.mark.skipif(get_start_method() != "fork", reason="a fork takes the test's own functions along")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
TWO = RunOptions(workers=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return county(tmp_path / "各单位")


def sound(folder: Path, count: int) -> list[Path]:
    """Small files of as many units."""
    folder.mkdir()
    for index in range(count):
        text = f"单位: 第{index}局\n任务:\n  '1.1': 安排资金{index + 1}万元。\n"
        (folder / f"{index}.yaml").write_text(text, encoding="utf-8")
    return find_files([folder], KNOWN_SUFFIXES).files


def packed(result: FileResult | PackedResult) -> PackedResult:
    return result if isinstance(result, PackedResult) else pack(result)


def results(files: list[Path], count: int = 2) -> list[PackedResult]:
    return [packed(result) for result in workers.Workers(files, ReviewJob(DEFAULT), count).results()]


def alone(files: list[Path]) -> list[PackedResult]:
    reviewer = FileReviewer(ReviewJob(DEFAULT))
    return [packed(reviewer.review(file)) for file in files]


@pytest.mark.parametrize("count", [2, 3])
def test_the_same_report(folder: Path, count: int) -> None:
    """Finding for finding, files that cannot be read among them."""
    assert validate([folder], options=RunOptions(workers=count)) == validate([folder])


def test_the_same_document(tmp_path: Path) -> None:
    """The texts come back whole, in the order of the files."""
    sound(tmp_path / "各单位", 30)
    documents = []
    for means in (SERIAL, TWO):
        outcome = render([tmp_path / "各单位"], tmp_path / "表.docx", allow_incomplete=True, options=means)
        assert outcome.units == tuple(f"第{index}局" for index in range(30))
        documents.append((tmp_path / "表.docx").read_bytes())
    assert documents[0] == documents[1]


@pytest.mark.parametrize("count", [1, 2, 9, 60])
def test_any_number_of_files(tmp_path: Path, count: int) -> None:
    """Fewer than there are workers, more than are given out at a time."""
    files = sound(tmp_path / "各单位", count)
    assert results(files) == alone(files)


@FORKED
@pytest.mark.parametrize("large", [False, True])
def test_no_file_is_handed_out_too_far_ahead_of_a_slow_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    """Memory holds a few results and not those of all files: the other workers wait for the slow one."""
    files = sound(tmp_path / "各单位", 60)
    monkeypatch.setattr(workers, "_AHEAD", 3)
    if large:  # then each worker has one at a time
        monkeypatch.setattr(workers, "_BATCH_BYTES", 1)
        monkeypatch.setattr(workers, "_AHEAD_BYTES", 1)
    slow, release = os.pipe()
    opened: list[set[str]] = []

    def reviewed(reviewer: FileReviewer, file: Path) -> PackedResult | None:
        (tmp_path / f"{file.name}.opened").touch()
        if file == files[1]:
            os.read(slow, 1)
        return packed(reviewer.review(file))

    def wait(pipes: list[Connection]) -> list[object]:
        if len(pipes) == 1 and not opened:  # the other worker has nothing left to do
            opened.append({path.stem for path in tmp_path.glob("*.opened")})
            os.write(release, b"1")
        return connection.wait(pipes)  # type: ignore[return-value]

    monkeypatch.setattr(workers, "_reviewed", reviewed)
    monkeypatch.setattr(workers, "wait", wait)
    assert results(files) == alone(files)
    behind = 1 + (1 if large else workers._FILES)  # the slow one, and those that its worker has not come to
    ahead = 3 if large else 1 + 3 * workers._FILES
    assert opened == [{files[1].name, *(file.name for file in files[behind:ahead])}]


def dying(name: str, times: int, folder: Path) -> Callable[[FileReviewer, Path], PackedResult | None]:
    """A worker's way through a file that dies at one of them, so many times."""

    def reviewed(reviewer: FileReviewer, file: Path) -> PackedResult | None:
        if file.name == name and len(list(folder.glob("*.died"))) < times:
            (folder / f"{os.getpid()}.died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return packed(reviewer.review(file))

    return reviewed


@FORKED
@pytest.mark.parametrize("name", ["1.yaml", "5.yaml", "29.yaml"], ids=["first", "middle", "last"])
def test_a_worker_that_dies_is_replaced(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost, and nothing told twice."""
    files = sound(tmp_path / "各单位", 30)
    monkeypatch.setattr(workers, "_reviewed", dying(name, 1, tmp_path))
    assert results(files) == alone(files)
    assert len(list(tmp_path.glob("*.died"))) == 1


@FORKED
def test_a_file_that_kills_every_worker_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program itself does not open it; all other files are reviewed."""
    files = sound(tmp_path / "各单位", 30)
    monkeypatch.setattr(workers, "_reviewed", dying("5.yaml", 99, tmp_path))
    report = validate(files, options=TWO)
    (told,) = [finding for finding in report.findings if finding.rule.code == "ZJ001"]
    assert (Path(told.file).name, report.units) == ("5.yaml", 29)
    assert told.message == "审核这个文件的进程被系统中止了，多半是内存不够"
    assert len(list(tmp_path.glob("*.died"))) == 2


@FORKED
def test_workers_that_never_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program does the work itself."""
    files = sound(tmp_path / "各单位", 20)
    monkeypatch.setattr(workers, "_work", lambda *_: os._exit(1))
    assert results(files) == alone(files)


def test_a_system_without_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a bug, only slow."""
    files = sound(tmp_path / "各单位", 20)

    def refuse(_order: ReviewJob) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr(workers, "_Worker", refuse)
    assert results(files) == alone(files)


@FORKED
def test_a_bug_comes_to_light(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program comes across it itself, so that its traceback gets into the log."""
    files = sound(tmp_path / "各单位", 20)
    review = FileReviewer.review

    def broken(self: FileReviewer, file: Path) -> FileResult | PackedResult:
        if file.name == "7.yaml":
            raise ZeroDivisionError
        return review(self, file)

    monkeypatch.setattr(FileReviewer, "review", broken)
    with pytest.raises(ZeroDivisionError):
        validate(files, options=TWO)


def test_what_a_worker_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that it is there, hands in each file's result, and ends when nobody is left to give it more."""
    set_to: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", set_to.__setitem__)
    files = sound(tmp_path / "各单位", 2)
    given = Given([str(file) for file in files])
    other, _ = Pipe()
    workers._work(other, given, ReviewJob(DEFAULT))  # type: ignore[arg-type]
    assert other.closed
    assert given.sent == ["ready", *alone(files)]
    assert set_to == {signal.SIGINT: signal.SIG_IGN, signal.SIGTERM: signal.SIG_DFL}


class Given:
    """A pipe that brings some messages and is closed then; it holds what is sent, however much that is."""

    def __init__(self, *messages: object) -> None:
        self.messages, self.sent = list(messages), list[object]()

    def recv(self) -> object:
        if not self.messages:
            raise EOFError
        return self.messages.pop(0)

    def send(self, message: object) -> None:
        self.sent.append(message)


def test_a_worker_meets_a_bug(tmp_path: Path) -> None:
    """It hands in nothing, and goes on."""

    class Broken(FileReviewer):
        def review(self, file: Path) -> FileResult | PackedResult:
            raise ZeroDivisionError

    assert workers._reviewed(Broken(ReviewJob(DEFAULT)), tmp_path) is None


DRIVER = """
import contextlib, os, select, signal, sys
from pathlib import Path
from zhijiao20 import __main__
from zhijiao20.commands import validate
from zhijiao20.review.runner import RunOptions
signal.signal(signal.SIGINT, signal.default_int_handler)
def wait(done, files):
    if done == 20:
        print("ready", flush=True)
        select.select([sys.stdin], [], [])
check = validate.validate
validate.validate = lambda paths, annotated, settings, options: check(
    paths, annotated, settings, RunOptions(2, None, lambda title: contextlib.nullcontext(wait))
)
sys.argv = ["zhijiao20", "validate", "."]
__main__.main()
"""


@POSIX
@pytest.mark.parametrize(
    ("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGKILL", -9)], ids=["INT", "TERM", "KILL"]
)
def test_no_process_stays_behind(tmp_path: Path, name: str, code: int) -> None:
    """The pipe of standard output ends when the last process that has it is gone."""
    sound(tmp_path / "各单位", 200)
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER], cwd=tmp_path / "各单位", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.Signals[name])
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err


def test_a_render_looks_for_what_it_needs_in_workers_too(folder: Path, tmp_path: Path) -> None:
    """Its own choice of rules travels along."""
    files = find_files([folder], KNOWN_SUFFIXES)
    reports = [runner.review_files(files, for_render(), means).report() for means in (SERIAL, TWO)]
    assert reports[0] == reports[1]
    assert not {"ZJ601", "ZJ305"} & {finding.rule.code for finding in reports[0].findings}


def test_where_signals_cannot_wait_workers_are_started_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no masks of signals: a process that starts then ignores Ctrl-C from its first moment."""
    with monkeypatch.context() as windows:
        ignored: list[int] = []
        handler = SimpleNamespace(SetConsoleCtrlHandler=lambda _function, ignore: ignored.append(ignore))
        windows.setattr(workers.sys, "platform", "win32")
        windows.delattr(workers.signal, "pthread_sigmask", raising=False)
        windows.setattr("ctypes.windll", SimpleNamespace(kernel32=handler), raising=False)
        with workers._no_interrupt():
            assert ignored == [1]
    assert ignored == [1, 0]


def test_workers_that_start_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS have no other kind: such a worker takes nothing along but what is sent to it."""
    monkeypatch.setattr(workers, "get_context", lambda: get_context("spawn"))
    files = sound(tmp_path / "各单位", 24)
    assert results(files) == alone(files)
