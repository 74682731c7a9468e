"""A worker process that no longer hears signals."""

from __future__ import annotations

import signal
import sys

import pytest

from zhijiao20.core.settings import DEFAULT
from zhijiao20.review import workers
from zhijiao20.review.file_review import ReviewJob


def _deaf(programs: object, pipe: object, order: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pipe.send("ready")  # type: ignore[attr-defined]
    pipe.recv()  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_worker_that_does_not_hear_is_stopped_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that had not come to its own way with signals lost the one that was to end it, and the program waited for ever."""
    monkeypatch.setattr(workers, "_work", _deaf)
    worker = workers._Worker(ReviewJob(DEFAULT))
    assert worker.pipe.recv() == "ready"
    worker.stop()
    assert worker.process.exitcode == -signal.SIGKILL
