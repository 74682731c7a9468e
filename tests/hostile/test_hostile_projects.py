"""A folder of a stranger with a zhijiao20.toml and results of an earlier review: neither hides anything in silence."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attack import PEAK, POSIX, run

pytestmark = [POSIX, pytest.mark.minutes]
PROGRAM = [sys.executable, "-m", "zhijiao20"]
DOCTORED = """
import sys
from zhijiao20.cli import main
from zhijiao20.reviewing.file import FileReviewer
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


CACHE = Path(".zhijiao20/reviews-1.sqlite")


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


def results(home: str, program: list[str]) -> tuple[int, bytes, bytes]:
    """What someone's program says of the folder, with what is kept in it."""
    done = subprocess.run(
        [*program, "validate", "甲.yaml", "乙.yaml"], capture_output=True, check=False, timeout=60,
        env=os.environ | {"XDG_CACHE_HOME": str(Path(home).absolute())},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_results_of_a_stranger() -> None:
    """That nothing is wrong with any file: he is not believed, and his own program goes on believing him."""
    Path("zhijiao20.toml").write_text("", encoding="utf-8")
    Path("乙.yaml").write_text("单位: 乙\n任务:\n  '1.1': 没做\n", encoding="utf-8")
    doctored = [sys.executable, "-c", DOCTORED]
    assert results("stranger", doctored)[0] == 0
    assert results("stranger", PROGRAM)[0] == 0
    assert CACHE.stat().st_size > 0
    for _ in range(2):
        code, out, err = results("user", PROGRAM)
        assert (code, err) == (1, b"")
        assert out.count(b"ZJ202") > 10
    assert results("stranger", PROGRAM)[0] == 0


BESIDE = Path("别处")
COLUMNS = ("age", "key", "seal", "head", "findings", "said", "compared")
ENDLESS = (
    "CREATE VIEW entry AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
    f" SELECT {', '.join(f'x AS {name}' for name in COLUMNS)} FROM c"
)
TRIGGER = (
    "CREATE TRIGGER more AFTER INSERT ON entry BEGIN INSERT INTO other WITH RECURSIVE c(x) AS"
    " (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c; END"
)


def _database(path: Path, *more: str) -> None:
    link = sqlite3.connect(path)
    for line in more:
        link.execute(line)
    link.commit()
    link.close()


def _link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target.absolute())


def _elsewhere() -> None:
    """The folder is one that another program has something in."""
    for path in CACHE.parent.iterdir():
        path.unlink()
    CACHE.parent.rmdir()
    CACHE.parent.symlink_to(BESIDE)


def _pipe(end: str) -> None:
    path = CACHE.with_name(CACHE.name + end)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _journal_of_many() -> None:
    """What a run leaves that wrote several databases at once: when it is rolled back the list of them is removed."""
    name = os.fsencode((BESIDE / "要紧.docx").absolute())
    head = bytes.fromhex("d9d505f920a163d7") + struct.pack(">5I", 0, 0, 0, 512, 4096)
    tail = (
        struct.pack(">I", 2**30 // 4096 + 1)
        + name
        + struct.pack(">2I", len(name), sum(struct.unpack(f"{len(name)}b", name)) % 2**32)
    )
    CACHE.with_name(f"{CACHE.name}-journal").write_bytes(head.ljust(512, b"\0") + tail + head[:8])


def _ignore(make: Callable[[Path], None]) -> None:
    ignore = CACHE.with_name(".gitignore")
    ignore.unlink()
    make(ignore)


TRAPS: dict[str, Callable[[], object]] = {
    "view-without-end": lambda: _database(CACHE, "DROP TABLE entry", ENDLESS),
    "trigger-without-end": lambda: _database(CACHE, "DELETE FROM entry", "CREATE TABLE other (x)", TRIGGER),
    "index": lambda: _database(CACHE, "CREATE INDEX other ON entry (head)"),
    "database-link": lambda: _link(CACHE, BESIDE / "要紧.sqlite"),
    "database-link-to-nothing": lambda: _link(CACHE, BESIDE / "新"),
    "database-pipe": lambda: _pipe(""),
    "folder-link": _elsewhere,
    "journal-pipe": lambda: _pipe("-journal"),
    "journal-of-many": _journal_of_many,
    "wal-pipe": lambda: _pipe("-wal"),
    "ignore-link": lambda: _ignore(lambda path: _link(path, BESIDE / "新")),
    "ignore-pipe": lambda: _ignore(os.mkfifo),
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_cache_of_a_stranger(trap: Callable[[], object]) -> None:
    """A .zhijiao20 that came with a folder: the answer is as without, nothing is waited for, nothing else is touched."""
    Path("zhijiao20.toml").write_text("", encoding="utf-8")
    Path("乙.yaml").write_text("单位: 乙\n任务:\n  '1.1': 没做\n", encoding="utf-8")
    BESIDE.mkdir()
    (BESIDE / "要紧.docx").write_bytes(b"PK")
    _database(BESIDE / "要紧.sqlite", "CREATE TABLE own (x)")
    before = {path.name: path.read_bytes() for path in BESIDE.iterdir()}
    line = [*PROGRAM, "validate", "甲.yaml", "乙.yaml"]
    without = subprocess.run([*line, "--no-cache"], capture_output=True, check=False, timeout=60)
    subprocess.run(line, capture_output=True, check=False, timeout=60)
    assert CACHE.stat().st_size > 0
    trap()
    Path("甲.yaml").write_text(Path("甲.yaml").read_text("utf-8") + "# 改了\n", encoding="utf-8")  # to be kept anew
    for _ in range(2):
        done = subprocess.run(line, capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (without.returncode, without.stdout, without.stderr)
        assert {path.name: path.read_bytes() for path in BESIDE.iterdir()} == before
