"""The progress bar of a review."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


_DELAY = 2.0  # seconds before the bar is shown
_INTERVAL = 0.1  # minimum seconds between two updates of the bar


@contextlib.contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a progress callback: on a terminal it shows a bar after two seconds.

    Args:
        title: what is being done.

    The callback takes the number of finished files and of all files; the bar is removed at the end.
    """
    bar = _Bar(title)
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    def __init__(self, title: str) -> None:
        self._title = title
        self._next = time.monotonic() + _DELAY
        self._terminal = sys.stderr.isatty()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def show(self, done: int, files: int) -> None:
        """Update the bar, at most once in each interval."""
        if not self._terminal or (now := time.monotonic()) < self._next:
            return
        self._next = now + _INTERVAL
        if self._progress is None:
            self._progress = _new_progress()
            self._task = self._progress.add_task(self._title, total=files)
            self._progress.start()
        assert self._task is not None, "it was made with the bar"
        self._progress.update(self._task, completed=done)
        self._progress.refresh()

    def close(self) -> None:
        """Remove the bar from the screen."""
        if self._progress is not None:
            self._progress.stop()


def _new_progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # No automatic refresh: it needs a thread, and a process with threads must not be forked for workers.
    return Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
