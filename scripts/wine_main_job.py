"""Hold the main job on Windows against the same here: exit codes, messages, and the files written."""

from __future__ import annotations

import difflib
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from wine import ROOT, Wine

JOB = (
    "init 澄州市财政局 --period 2020年上半年",
    "init 澄州理工学校 -f csv",
    "init 澄州卫生学校 -f xlsx",
    "init 澄州市人社局 -f docx",
    "init 澄州理工学校 -f csv",
    "validate 澄州市财政局.yaml",
    "validate 澄州理工学校.csv 澄州卫生学校.xlsx 澄州市人社局.docx",
    "validate examples/澄州市",
    "validate examples/澄州市 --output-format json",
    "validate examples/不完整",
    "validate examples/待修改 --output-format sarif",
    "validate 无.yaml",
    "render examples/不完整 --unit 澄州市教育局 -o 附表2.docx",
    "render examples/澄州市 --unit 澄州市教育局 -o 附表2.docx",
    "render examples/澄州市 --unit 澄州市教育局 --landscape -o 横表.docx",
    "render --blank -o 空表.docx",
    "render 附表2.docx --unit 澄州市教育局 -o 又一份.docx",
    "render examples/澄州市 --unit 澄州市教育局 -o 无/附表2.docx",
    "convert examples/澄州市 -o 全部.csv",
    "convert examples/澄州市 -o 全部.xlsx",
    "convert examples/澄州市 -o 各单位 -f docx",
    "validate 全部.csv 全部.xlsx 各单位",
)
"""The commands of the main job, and the slips that are made in it."""


class Outcome(NamedTuple):
    """What a command left: its exit code, and its output on both streams."""

    code: int
    out: str
    err: str


def compare(wine: Wine) -> list[str]:
    """Run the main job on both systems; return what differs, nothing if all is the same."""
    with tempfile.TemporaryDirectory() as name:
        folders = Path(name, "windows"), Path(name, "here")
        for folder in folders:
            folder.mkdir()
            (folder / "examples").symlink_to(ROOT / "examples")
        differences = []
        with ThreadPoolExecutor() as both:
            theirs = both.submit(lambda: [_program(wine, command.split(), folders[0]) for command in JOB])
            ours = [run_here(["-m", "zhijiao20", *command.split()], folders[1]) for command in JOB]
        for command, outcome, ours_outcome in zip(JOB, theirs.result(), ours, strict=True):
            differences += [f"{command}：{line}" for line in outcome_differences(outcome, ours_outcome)]
        return differences + file_differences(*folders)


def _program(wine: Wine, args: list[str], folder: Path) -> Outcome:
    return run_on_windows(wine, [str(wine.python.parent / "Scripts" / "zhijiao20.exe"), *args], folder)


def run_on_windows(wine: Wine, command: list[str], folder: Path) -> Outcome:
    """Run a program on Windows and return what it left."""
    process = wine.start(*command, cwd=folder)
    out, err = process.communicate(timeout=120)
    return _outcome(process.returncode, out.replace(b"\r\n", b"\n"), err.replace(b"\r\n", b"\n"))


def run_here(args: list[str], folder: Path) -> Outcome:
    """Run Python here, with the program as it stands in the sources, and return what it left."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, *args]
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120
    )
    return _outcome(done.returncode, done.stdout, done.stderr)


def _outcome(code: int, out: bytes, err: bytes) -> Outcome:
    """Return what a command left, with ``/`` in paths on both systems (in JSON Windows has two backslashes)."""
    return Outcome(code, *(re.sub(r"\\\\?", "/", text.decode()) for text in (out, err)))


def outcome_differences(theirs: Outcome, ours: Outcome) -> list[str]:
    """Return the lines in which two outcomes differ."""
    if theirs == ours:
        return []
    here, there = ([f"退出码 {item.code}", *item.out.splitlines(), *item.err.splitlines()] for item in (ours, theirs))
    return list(difflib.unified_diff(here, there, "这里", "Windows", lineterm="", n=0))[2:] or ["换行不同"]


def file_differences(there: Path, here: Path, plain: Callable[[bytes], bytes] = bytes) -> list[str]:
    """Compare all files written, by their names and the bytes of each (of each part of a package).

    Args:
        there: the folder of Windows.
        here: the folder of this system.
        plain: takes away what differs by its nature.
    """
    theirs, ours = ({name: plain(data) for name, data in _files(folder).items()} for folder in (there, here))
    names = sorted(theirs.keys() ^ ours.keys())
    parts = sorted(name for name in theirs.keys() & ours.keys() if theirs[name] != ours[name])
    return [f"只有一边有 {name}" for name in names] + [f"两边不同：{name}" for name in parts]


def _files(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):  # does not follow the link to the examples
        if not path.is_file() or path.is_symlink():
            continue
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                found |= {f"{name} 里的 {part}": package.read(part) for part in package.namelist()}
        else:
            found[name] = data
    return found
