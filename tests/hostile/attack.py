"""What the hostile tests share: cases, the archives they are made of, and runs of the program that are measured."""

from __future__ import annotations

import io
import json
import math
import os
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pace import first_slowness, slowness
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.submission import Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

MIB = 2**20
PEAK = 500
"""MiB of memory that no file may cost."""

SECONDS = 10
_SHARED = (
    1.5  # times: others that use its caches slow down a program with much memory more than the loop that is measured
)
_TRIES = 3
"""Seconds of processor time that no file may cost, where pace.py was measured; more on a slower or busier machine."""

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, modes, links or devices of POSIX")
LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True)
class Case:
    """A hostile file.

    Attributes:
        key: the id of its test.
        what: what it is, as docs/safety.md says it.
        data: its content.
        code: the rule of the finding that answers it; empty where it is read like any other.
        answer: a piece of the message.
        big: whether size is the point; such a file is read in a process of its own, which is measured.
    """

    key: str
    what: str
    data: Callable[[], bytes | str]
    code: str
    answer: str = ""
    big: bool = False

    def bytes(self) -> bytes:
        data = self.data()
        return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data


def ids(case: Case) -> str:
    return case.key


@dataclass(frozen=True)
class Done:
    """A finished run of the program, with the MiB and the seconds of processor time that it took."""

    code: int
    out: str
    err: str
    peak: float
    seconds: float

    @property
    def in_time(self) -> bool:
        """Whether it took no longer than a file may; if in doubt, how fast the machine is at the moment is measured anew."""
        most = SECONDS * _SHARED
        return self.seconds < most * first_slowness() or self.seconds < most * slowness()


def run(*args: str, cwd: Path | None = None, **extra: object) -> Done:
    """Run the program in a process of its own; one that would take the machine with it is stopped by the system."""
    here = cwd or Path.cwd()
    result = here / ".measured.json"
    stopped = math.ceil(6 * SECONDS * first_slowness())
    command = [sys.executable, "-I", str(LAUNCHER), str(result), str(4 * 1024 * MIB), str(stopped)]
    done = subprocess.run(
        [*command, sys.executable, "-m", "zhijiao20", *args], cwd=here, capture_output=True, check=False, **extra
    )  # type: ignore[call-overload]
    code, peak, seconds = json.loads(result.read_text(encoding="utf-8"))
    result.unlink()
    return Done(code, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), peak, seconds)


def findings(text: str) -> list[dict[str, str]]:
    return json.loads(text)["findings"]  # type: ignore[no-any-return]


def judge(case: Case, code: int, out: str, err: str) -> None:
    """Hold an answer against the case: told with a rule and a remedy, or read; the file beside it is always read."""
    assert (code, err) == (1, ""), f"{code} {err[:500]}"
    found = findings(out)
    assert any(finding["unit"] == "乙" for finding in found), "the other file goes on"
    bad = [finding for finding in found if not finding["file"].endswith("乙.yaml")]
    assert len(out) < 40_000_000
    if not case.code:
        assert not [
            finding for finding in bad if finding["rule"].startswith(("ZJ0", "ZJ1")) and finding["rule"] != "ZJ023"
        ], bad[:3]
        return
    answers = [finding for finding in bad if finding["rule"] == case.code and case.answer in finding["message"]]
    assert answers, [(finding["rule"], finding["message"][:100]) for finding in bad][:5]
    assert answers[0]["hint"]
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in answers[0]["message"] + answers[0]["hint"])


@cache
def parts(kind: str) -> dict[str, bytes]:
    """The parts of a sound file of ours: xlsx or docx."""
    with zipfile.ZipFile(io.BytesIO(write_status_file(kind, [Submission("甲")], load_catalog()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(
    found: dict[str, bytes | str] | Iterable[tuple[str, bytes | str]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """An archive of these parts, two of one name too."""
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "w", method, compresslevel=1) as archive:
            for name, content in found.items() if isinstance(found, dict) else found:
                archive.writestr(name, content)
    return stream.getvalue()


def lying(data: bytes, name: str, size: int) -> bytes:
    """An archive in which a part claims to be of another size than it is."""
    raw = bytearray(data)
    for signature, at, length, start in ((b"PK\x03\x04", 22, 26, 30), (b"PK\x01\x02", 24, 28, 46)):
        place = raw.find(signature)
        while place >= 0:
            end = place + start + int.from_bytes(raw[place + length : place + length + 2], "little")
            if raw[place + start : end].decode("latin-1") == name:
                raw[place + at : place + at + 4] = size.to_bytes(4, "little")
            place = raw.find(signature, place + 4)
    return bytes(raw)


def answered_in_bounds(case: Case, suffix: str, folder: Path) -> None:
    """Read the file in a process of its own, beside a sound one: less than 500 MB and ten seconds."""
    _put(case, suffix, folder)
    for _ in range(_TRIES):  # others that use the machine only make it slower
        done = run("validate", f"甲.{suffix}", "乙.yaml", "--output-format", "json", cwd=folder)
        if done.in_time:
            break
    judge(case, done.code, done.out, done.err)
    assert (done.peak < PEAK, done.in_time) == (True, True), (done.peak, done.seconds)
    assert sorted(path.name for path in folder.iterdir()) == ["乙.yaml", f"甲.{suffix}"]


def answered(case: Case, suffix: str, folder: Path) -> None:
    """Read the file beside a sound one; nothing else comes into being in the folder."""
    _put(case, suffix, folder)
    paths = [str(folder / name) for name in (f"甲.{suffix}", "乙.yaml")]
    result = CliRunner().invoke(app, ["validate", *paths, "--output-format", "json"])
    judge(case, result.exit_code, result.stdout, result.stderr)
    assert sorted(path.name for path in folder.iterdir()) == ["乙.yaml", f"甲.{suffix}"]


def _put(case: Case, suffix: str, folder: Path) -> None:
    (folder / f"甲.{suffix}").write_bytes(case.bytes())
    (folder / "乙.yaml").write_text("单位: 乙\n任务: {}\n", encoding="utf-8")
