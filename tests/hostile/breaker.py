"""Runs a command again and again in copies of a folder, and ends it each time one step later; tells what it found.

A step is every moment at which the run touches the file system: just before and just after it makes, writes, flushes,
renames, links or removes something in its folder.  ``breaker.py SIGNAL FOLDER COMMAND…`` prints a JSON list, an item a
moment: the exit status, what then lay in the folder, the status of the next run and what lies there behind that.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import pkgutil
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import zhijiao20
from zhijiao20 import __main__
from zhijiao20.system import atomic_write, discovery, libreoffice

for _module in pkgutil.walk_packages(zhijiao20.__path__, "zhijiao20."):
    importlib.import_module(_module.name)  # once, before the forks
discovery.load_catalog()


class Steps:
    """Counts the steps of a run, and at one of them sends it a signal."""

    def __init__(self, folder: Path, last: int, number: int) -> None:
        self.folder, self.left, self.number = str(folder), last, number
        sys.addaudithook(self.audit)
        for name in ("fsync", "replace", "link", "unlink", "chmod", "chown"):
            setattr(os, name, self.around(getattr(os, name)))
        opened = os.fdopen
        atomic_write.os.fdopen = lambda handle, mode: Halves(opened(handle, mode), self)  # type: ignore[assignment]

    def audit(self, event: str, args: tuple[object, ...]) -> None:
        writes = event == "os.mkdir" or (event == "open" and isinstance(args[2], int) and args[2] & os.O_CREAT)
        if writes and self.folder in str(Path.cwd() / str(args[0])):
            self.step()

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: object, **options: object) -> object:
            self.step()
            done = call(*args, **options)
            self.step()
            return done

        return run

    def step(self) -> None:
        if self.left == 0:
            self.left -= 1
            os.kill(os.getpid(), self.number)
        self.left -= 1


class Halves:
    """A file that is written in two halves, with a step between them."""

    def __init__(self, stream: Any, steps: Steps) -> None:
        self.stream, self.steps = stream, steps

    def write(self, data: bytes) -> None:
        self.stream.write(data[: len(data) // 2])
        self.stream.flush()
        self.steps.step()
        self.stream.write(data[len(data) // 2 :])

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def snapshot(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def run(folder: Path, command: list[str], last: int | None, number: int) -> int:
    """The exit code of a run, negative for the signal that ended it."""
    child = os.fork()
    if not child:
        os.chdir(folder)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        libreoffice.to_pdf = lambda data: b"%PDF-1.4 " + data  # type: ignore[assignment]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = ["zhijiao20", *command]
        if last is not None:
            Steps(folder, last, number)
        try:
            __main__.main()
        except SystemExit as done:
            os._exit(done.code if isinstance(done.code, int) else 99)
        os._exit(98)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(name: str, source: str, *command: str) -> None:
    number = getattr(signal, name)
    told = []
    behind: dict[str, tuple[int, dict[str, str]]] = {}  # what the next run makes of a folder depends on its files alone
    for last in range(500):
        folder = Path(f"{source}-{last}").resolve()
        shutil.copytree(source, folder, symlinks=True)
        code = run(folder, [*command], last, number)
        then = snapshot(folder)
        found = json.dumps(then, sort_keys=True)
        if found not in behind:
            behind[found] = run(folder, [*command], None, number), snapshot(folder)
        told.append([code, then, *behind[found]])
        shutil.rmtree(folder)
        if code in {0, 1}:  # it was over before the step came
            break
    sys.stdout.write(json.dumps(told))


main(*sys.argv[1:])
