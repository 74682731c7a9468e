"""How a long review is carried out: in several processes, with the cache, under a progress bar."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from zhijiao20.review.runner import RunOptions

NoCache = Annotated[bool, typer.Option("--no-cache", help="全部重新审核，不用也不留上次审核的结果")]

_PATIENCE = 2.0  # seconds before anything is shown
_RATE = 0.1  # seconds between two pictures


def run_options(progress: Callable[[int, int], None], project: Path | None, *, no_cache: bool) -> RunOptions:
    """As many processes as pay, and the cache unless it is not wanted: in the project where there is one."""
    from zhijiao20.review.cache import cache_folder
    from zhijiao20.review.runner import RunOptions

    return RunOptions(workers=0, cache=None if no_cache else cache_folder(project), progress=progress)


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Takes how many of how many files are done; shows a bar on a terminal when it takes long, and removes it."""
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    def __init__(self) -> None:
        self._next = time.monotonic() + _PATIENCE
        self._terminal = sys.stderr.isatty()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def show(self, done: int, files: int) -> None:
        """Show how far it is, not too often."""
        if not self._terminal or (now := time.monotonic()) < self._next:
            return
        self._next = now + _RATE
        if self._progress is None:
            self._progress = _new()
            self._task = self._progress.add_task("正在审核", total=files)
            self._progress.start()
        assert self._task is not None, "it was made with the bar"
        self._progress.update(self._task, completed=done)
        self._progress.refresh()

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._progress is not None:
            self._progress.stop()


def _new() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # It draws when it is told to: a thread of its own would stand in the way of worker processes.
    return Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
