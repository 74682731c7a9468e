"""A long review shows how far it is: on a terminal, after a while, and leaves no trace."""

from __future__ import annotations

import io
import sys

import pytest

from zhijiao20.cli import progress


class Screen(io.StringIO):
    """A terminal as far as Rich asks."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, as a test sets it."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return now


def shown(stream: io.StringIO, clock: list[float], seconds: list[float], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What stands on the stream after each file, done after so many seconds; last what is there in the end."""
    monkeypatch.setattr(sys, "stderr", stream)
    parts: list[str] = []
    with progress.progress_bar("正在审核") as show:
        for number, second in enumerate(seconds, start=1):
            clock[0] = 100.0 + second
            before = len(stream.getvalue())
            show(number, 100)
            parts.append(stream.getvalue()[before:])
        before = len(stream.getvalue())
    return [*parts, stream.getvalue()[before:]]


def test_a_quick_review_shows_nothing(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Something that comes and goes only disturbs."""
    assert shown(Screen(), clock, [0, 1, 1.99], monkeypatch) == [""] * 4


def test_a_long_one_shows_how_far_it_is(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """From the third second on, not more often than an eye can follow, and in the end it is gone."""
    first, second, third, fourth, end = shown(Screen(), clock, [1, 2.5, 2.55, 2.7], monkeypatch)
    assert (first, third) == ("", "")
    assert "正在审核" in second
    assert "2/100" in second
    assert "4/100" in fourth
    assert "\x1b[2K" in end, "the line is wiped"
    assert "\x1b[?25h" in end, "the cursor is back"


def test_a_pipe_gets_nothing(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file is no screen."""
    assert shown(io.StringIO(), clock, [1, 50, 99], monkeypatch) == [""] * 4


def test_an_error_leaves_no_bar(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does Ctrl-C."""
    stream = Screen()
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(KeyboardInterrupt), progress.progress_bar("正在审核") as show:  # noqa: PT012
        clock[0] += 3
        show(1, 2)
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\x1b[2K") or "\x1b[?25h" in stream.getvalue()[-40:]
