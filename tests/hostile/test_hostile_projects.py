"""A folder of a stranger with a zhijiao20.toml and a cache: neither hides a finding without notice."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attack import PEAK, POSIX, run

from zhijiao20.review.cache import DATABASE_NAME

pytestmark = [POSIX, pytest.mark.minutes]
PROGRAM = [sys.executable, "-m", "zhijiao20"]
DOCTORED = """
import sys
from zhijiao20.__main__ import main
from zhijiao20.review.file_review import FileReviewer
FileReviewer._found = lambda *_: ([], [])
sys.argv = ["zhijiao20", *sys.argv[1:]]
main()
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("甲.yaml").write_text("单位: 甲\n任务:\n  '1.1': 做了\n", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


SETTINGS = {
    "brackets": "a = " + "[\n" * 20_000,
    "braces": "a = " + "[\n{a=" * 5_000,
    "digits": "[thresholds]\nshortest = " + "9" * 5_000,
    "sixteens": "[thresholds]\nshortest = 0x" + "f" * 1_900,
    "nan": "[thresholds]\nalike = nan",
    "dotted-key": "a." * 20_000 + "a = 1",
    "dotted-keys": "\n".join(f"b{number}." + "a." * 990 + "a = 1" for number in range(49)),
    "large-key": "a" * 20_000_000 + " = 1",
    "large-code": "[severity]\n" + "Z" * 10_000_000 + " = 'info'",
}


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS)
def test_settings_of_a_stranger(text: str) -> None:
    """A zhijiao20.toml that came with a folder: wrong usage that names the file, within bounds."""
    Path("zhijiao20.toml").write_text(text, encoding="utf-8")
    done = run("validate", "甲.yaml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("错误：zhijiao20.toml：")
    assert done.err.count("\n") == 1
    assert (done.peak < PEAK, done.in_time) == (True, True), (done.peak, done.seconds)


def test_settings_of_a_stranger_are_told() -> None:
    """What may be let through is, with a word of who wants it so; errors of structure and gaps are not."""
    Path("zhijiao20.toml").write_text(
        "select = ['ZJ6']\nignore = ['ZJ3', 'ZJ4', 'ZJ5', 'ZJ6']\n[limits]\nfile-mib = 99999\n"
        "[severity]\nZJ305 = 'info'\n[thresholds]\nshortest = 0\n[units.'甲']\nignore = ['ZJ204']\n",
        encoding="utf-8",
    )
    done = run("validate", "甲.yaml", "--statistics")
    assert done.err == "用了 zhijiao20.toml 里的设置：select、ignore、severity、thresholds、units、limits\n"
    assert done.code == 1
    assert "ZJ202" in done.out


def review(home: Path, program: list[str] = PROGRAM) -> tuple[int, bytes, bytes]:
    """Review the folder by a user with this cache folder: exit code and output."""
    done = subprocess.run(
        [*program, "validate", "."], capture_output=True, check=False, timeout=60,
        env=os.environ | {"XDG_CACHE_HOME": str(home)},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything in a folder: type and permissions, time of the last change, content."""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        regular = stat.S_ISREG(status.st_mode)
        content = path.read_bytes() if regular else os.fsencode(path.readlink()) if path.is_symlink() else b""
        found[str(path)] = status.st_mode, status.st_mtime_ns, content
    return found


ENDLESS = (
    "CREATE VIEW entry AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
    " SELECT x AS age, x AS key, x AS header, x AS findings, x AS texts, x AS compared, x AS checksum FROM c"
)
NAMES = ("reviews-1.sqlite", DATABASE_NAME)


def _nothing_wrong(folder: Path, elsewhere: Path) -> None:
    """Results in the present layout, which say of every file that nothing is wrong with it."""
    assert review(elsewhere, [sys.executable, "-c", DOCTORED])[0] == 0
    assert review(elsewhere)[0] == 0, "the results work in the cache of the one who made them"
    for name in NAMES:
        shutil.copy(elsewhere / "zhijiao20" / DATABASE_NAME, folder / name)


def _endless(folder: Path, _elsewhere: Path) -> None:
    """A database that never ends."""
    for name in NAMES:
        connection = sqlite3.connect(folder / name)
        connection.execute(ENDLESS)
        connection.close()


def _pipes(folder: Path, _elsewhere: Path) -> None:
    """Whoever opens them waits for ever."""
    for name in (*NAMES, *(f"{name}-journal" for name in NAMES), ".gitignore", "secret"):
        os.mkfifo(folder / name)


def _links(folder: Path, elsewhere: Path) -> None:
    """Links to a file of the user, and to a file that does not exist yet."""
    (elsewhere / "要紧.sqlite").write_bytes(b"PK")
    (folder / NAMES[0]).symlink_to(elsewhere / "要紧.sqlite")
    (folder / NAMES[1]).symlink_to(elsewhere / "要紧.sqlite")
    (folder / ".gitignore").symlink_to(elsewhere / "新")


def _link_to_a_folder(folder: Path, elsewhere: Path) -> None:
    """The folder itself is a folder of another program."""
    (elsewhere / NAMES[1]).write_bytes(b"PK")
    folder.rmdir()
    folder.symlink_to(elsewhere)


def _status_files(folder: Path, _elsewhere: Path) -> None:
    """Files that would be read anywhere else."""
    (folder / "丙.yaml").write_text("单位: 丙\n任务: {}\n", encoding="utf-8")
    (folder / "坏.csv").write_bytes(b"\0")


def _empty(_folder: Path, _elsewhere: Path) -> None:
    """Nothing is put into it."""


CONTENTS: dict[str, Callable[[Path, Path], None]] = {
    "empty": _empty,
    "nothing-wrong": _nothing_wrong,
    "endless": _endless,
    "pipes": _pipes,
    "links": _links,
    "link-to-a-folder": _link_to_a_folder,
    "status-files": _status_files,
}


@pytest.mark.parametrize("put", CONTENTS.values(), ids=CONTENTS)
def test_a_cache_beside_the_files_is_not_used(
    put: Callable[[Path, Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A .zhijiao20 beside zhijiao20.toml, whatever is in it, is neither read nor changed; the findings are the same."""
    here = tmp_path / "项目"
    here.mkdir()
    monkeypatch.chdir(here)
    Path("zhijiao20.toml").write_text("", encoding="utf-8")
    for unit in "甲乙":
        Path(f"{unit}.yaml").write_text(f"单位: {unit}\n任务:\n  '1.1': 做了\n", encoding="utf-8")
    expected = review(tmp_path / "without")
    assert (expected[0], expected[2]) == (1, "用了 zhijiao20.toml\n".encode())
    assert not Path(".zhijiao20").exists()
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    Path(".zhijiao20").mkdir()
    put(Path(".zhijiao20"), elsewhere)
    before = state(here), state(elsewhere)
    assert [review(tmp_path / "home") for _ in range(2)] == [expected] * 2
    assert (state(here), state(elsewhere)) == before
    assert (tmp_path / "home" / "zhijiao20" / DATABASE_NAME).is_file()
