"""Conversion of many files in one call: what hangs, crashes or grows costs only the file at which it happened."""

from __future__ import annotations

import os
import stat
import sys
import time
import zipfile
from pathlib import Path

import pytest

from zhijiao20.system import batch_conversion
from zhijiao20.system.batch_conversion import BatchLimits, Failure, convert
from zhijiao20.system.bounded_process import BoundedProcess, Bounds, group_memory
from zhijiao20.system.clean_environment import clean_environment
from zhijiao20.system.office_batch import _remove_socket, office_converter
from zhijiao20.system.office_profile import create_profile

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a script")

# A stand-in for LibreOffice that does with each file what the file says.
STAND_IN = """#!{python} -I
import os, shutil, subprocess, sys, time, zipfile
from pathlib import Path
with open({log!r}, "a") as log:
    print(len(sys.argv) - sys.argv.index("--outdir") - 2, file=log)
folder = Path(sys.argv[sys.argv.index("--outdir") + 1])
for name in sys.argv[sys.argv.index("--outdir") + 2:]:
    file = Path(name)
    word, _, rest = file.read_text().partition(" ")
    target = folder / (file.stem + ".docx")
    if word == "hang":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        time.sleep(300)
    if word == "crash":
        target.write_bytes(b"PK half of a file")
        os.abort()
    if word == "end":
        sys.exit(1)
    if word == "memory":
        held = bytearray(120 << 20)
        time.sleep(5)
    if word == "disk":
        (Path.cwd() / "big").write_bytes(bytes(3 << 20))
        time.sleep(5)
    if word == "refuse":
        continue
    if word == "bomb":
        target.write_bytes(bytes(2 << 20))
        continue
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("text", rest)
"""


class Desk:
    """A folder with a stand-in for LibreOffice."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"
        self.told: list[int] = []
        self.office = folder / "soffice"
        self.office.write_text(STAND_IN.format(python=sys.executable, log=str(self.log)))
        self.office.chmod(0o700)

    def convert(self, *contents: str, limits: BatchLimits | None = None) -> list[str]:
        """The result of each file: its text, or the failure."""
        files = []
        for number, content in enumerate(contents):
            files.append(self.folder / f"{number:04}.doc")
            files[-1].write_text(content)
        work = self.folder / "work"
        work.mkdir()
        found = convert(office_converter(str(self.office), ".docx", limits), files, work, self.told.append)
        assert set(found) == set(files)
        return [self._text(found[file]) for file in files]

    @staticmethod
    def _text(result: Path | Failure) -> str:
        if isinstance(result, Failure):
            return result.value
        with zipfile.ZipFile(result) as archive:
            return archive.read("text").decode()

    def calls(self) -> list[int]:
        """The number of files of each call."""
        return [int(line) for line in self.log.read_text().split()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


FAST = BatchLimits(start=2, seconds=2)


def test_all_files_go_into_one_call(desk: Desk) -> None:
    assert desk.convert(*(f"good {number}" for number in range(30))) == [str(number) for number in range(30)]
    assert desk.calls() == [30]


def test_the_progress_counts_the_files_of_all_calls(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_conversion, "_BATCH", 1)
    desk.convert("good a", "good b", "good c")
    assert set(desk.told) >= {0, 1, 2}
    assert desk.told == sorted(desk.told)


def test_many_files_are_divided(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_conversion, "_BATCH", 2)
    assert desk.convert("good a", "good b", "good c") == ["a", "b", "c"]
    assert desk.calls() == [2, 1]


def test_large_files_are_divided(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_conversion, "_BATCH_BYTES", 12)
    assert desk.convert("good a", "good b", "good c") == ["a", "b", "c"]
    assert desk.calls() == [2, 1]


def test_a_file_that_hangs_costs_only_itself(desk: Desk) -> None:
    started = time.monotonic()
    assert desk.convert("good a", "hang", "good c", limits=FAST) == ["a", "time", "c"]
    assert desk.calls() == [3, 1]
    assert time.monotonic() - started < 60
    assert not [path for path in Path("/proc").iterdir() if _belongs(path, desk.folder)]


def _belongs(process: Path, folder: Path) -> bool:
    """Whether a process still runs in the folder."""
    try:
        return (process / "cwd").readlink().is_relative_to(folder)
    except OSError:
        return False


def test_a_file_that_crashes_it_is_tried_alone(desk: Desk) -> None:
    """The half of a result that it had written is no result."""
    assert desk.convert("good a", "crash", "good c", "crash", "good e") == ["a", "crash", "c", "crash", "e"]
    assert desk.calls() == [5, 1, 3, 1, 1]


def test_a_file_without_a_result_costs_no_second_call(desk: Desk) -> None:
    assert desk.convert("refuse", "good b", "refuse") == ["refused", "b", "refused"]
    assert desk.calls() == [3]


def test_a_refused_file_before_a_crash(desk: Desk) -> None:
    assert desk.convert("refuse", "good b", "crash", "good d") == ["refused", "b", "crash", "d"]


def test_a_broken_program_is_not_started_for_each_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """After three calls in vain it is tried with a file that has nothing wrong with it, and then left alone."""
    monkeypatch.setattr(batch_conversion, "_BATCH", 3)
    desk.office.write_text(desk.office.read_text().replace("folder =", "sys.exit(1)\nfolder ="))
    assert desk.convert(*["good"] * 12) == ["crash", *["broken"] * 11]
    assert desk.calls() == [3, 1, 2, 1]


def test_files_that_all_crash_it_do_not_cost_the_good_one_behind_them(desk: Desk) -> None:
    assert desk.convert(*["end"] * 5, "good z") == [*["crash"] * 5, "z"]


def test_a_program_that_cannot_be_started(desk: Desk) -> None:
    desk.office.write_text("#!/nowhere\n")
    assert desk.convert("good a") == ["broken"]


def test_memory_is_limited(desk: Desk) -> None:
    limits = BatchLimits(start=20, seconds=20, memory=100 * 2**20)
    assert desk.convert("good a", "memory", "good c", limits=limits) == ["a", "memory", "c"]


def test_disk_is_limited(desk: Desk) -> None:
    limits = BatchLimits(start=20, seconds=20, disk=2**20)
    assert desk.convert("disk", "good b", limits=limits) == ["disk", "b"]


def test_a_result_that_is_too_large_or_no_archive_is_none(desk: Desk) -> None:
    assert desk.convert("bomb", "good b", limits=BatchLimits(output=2**20)) == ["refused", "b"]


def test_no_files_need_no_call(desk: Desk) -> None:
    assert convert(office_converter(str(desk.office), ".docx"), [], desk.folder) == {}
    assert not desk.log.exists()


def test_the_socket_of_a_killed_program_is_removed(tmp_path: Path) -> None:
    path = Path(
        f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_1b217e96c91b2560b439e972d4b3fca"
    )  # as LibreOffice 7.4 named it
    path.touch()
    _remove_socket(Path("/tmp/lo/run"))
    assert not path.exists()
    _remove_socket(tmp_path)


def test_the_profile_and_the_environment_are_private(tmp_path: Path) -> None:
    create_profile(tmp_path / "profile")
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    assert "DisableMacrosExecution" in settings.read_text()
    assert stat.S_IMODE(settings.parent.stat().st_mode) == 0o700
    environment = clean_environment(tmp_path, {"SystemRoot": "C:\\Windows", "SECRET": "x", "PATH": "."})
    assert environment["HOME"] == environment["TMPDIR"] == str(tmp_path)
    assert environment["PATH"] == "C:\\Windows\\System32;C:\\Windows"
    assert "SECRET" not in environment
    assert clean_environment(tmp_path, {"PATH": "."})["PATH"] == "/usr/local/bin:/usr/bin:/bin"


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_memory_of_a_group(tmp_path: Path) -> None:
    assert group_memory(os.getpgrp()) > 2**20
    assert group_memory(os.getpgrp(), tmp_path / "missing") == 0


def test_a_program_has_no_more_than_its_limits(tmp_path: Path) -> None:
    """Address space, processor time and network are taken from it, and its standard input is closed."""
    bounds = Bounds(2**30, 2**30, 7, 2**20)
    code = (
        "import resource, socket, sys\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[1], resource.getrlimit(resource.RLIMIT_AS)[1], sys.stdin.read())"
    )
    output = tmp_path / "output"
    with (
        output.open("wb") as stream,
        BoundedProcess([sys.executable, "-c", code], tmp_path, {}, bounds, stream) as running,
    ):
        running.process.wait(30)
    assert output.read_text().split() == ["7", str(2**30)]
