"""Standard output and standard error: their encoding, for people and for programs."""

from __future__ import annotations

import io
import sys

import pytest

from zhijiao20.cli import error_handler
from zhijiao20.cli.error_handler import for_programs, set_up_streams
from zhijiao20.system import windows


def narrow(monkeypatch: pytest.MonkeyPatch) -> list[io.TextIOWrapper]:
    """Put both streams in place, in an encoding that holds no Chinese."""
    made = [io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", made[0])
    monkeypatch.setattr(sys, "stderr", made[1])
    return made


def test_both_are_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the locale is; what cannot be encoded is shown as its number."""
    pair = narrow(monkeypatch)
    set_up_streams()
    assert [(stream.encoding, stream.errors) for stream in pair] == [("utf-8", "backslashreplace")] * 2


@pytest.mark.parametrize(("found", "encoding"), [("gbk", "gbk"), (None, "utf-8")])
def test_on_windows_a_pipe_may_want_another_encoding(
    found: str | None, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People get that, programs UTF-8 all the same."""
    pair = narrow(monkeypatch)
    monkeypatch.setattr(error_handler, "ON_WINDOWS", True)
    monkeypatch.setattr(windows, "pipe_encoding", lambda _stream: found)
    set_up_streams()
    assert [stream.encoding for stream in pair] == [encoding] * 2
    assert for_programs() is pair[0]
    assert (pair[0].encoding, pair[0].errors, pair[1].encoding) == ("utf-8", "backslashreplace", encoding)


def test_streams_that_are_closed_or_foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is closed swallows the output; the stream of a calling program stays as it is."""
    foreign = io.StringIO()
    monkeypatch.setattr(sys, "stdout", foreign)
    monkeypatch.setattr(sys, "stderr", None)
    set_up_streams()
    assert for_programs() is foreign
    assert sys.stderr.write("话") == 1
    sys.stderr.close()
