"""Files reviewed in several processes at once, their results in the order of the files.

Each worker has a pipe of its own, so the program knows at which file a worker died, and no thread is needed: a process
with threads must not be forked.  A worker gets its next files when it has handed in all results, so that neither side
ever waits with a full pipe; it ends by itself when the program is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from zhijiao20.core.errors import UnreadableError
from zhijiao20.review.file_review import FileReviewer, ReviewJob
from zhijiao20.review.serialize import PackedResult

_FILES = 8  # that a worker gets at a time
_AHEAD = 16  # times as many may be finished before their turn
_TRIES = 2  # of a file at which a worker died
_READY = "ready"


class _Worker:
    """A process with the files that it has to hand in."""

    def __init__(self, order: ReviewJob) -> None:
        context = get_context()
        self.pipe, other = context.Pipe()
        process: Any = context.Process(target=_work, args=(self.pipe, other, order), daemon=True)
        with _no_interrupt():
            process.start()
        other.close()
        self.process: BaseProcess = process
        self.todo: deque[int] = deque()
        self.started = False

    def stop(self) -> None:
        self.process.kill()  # one that is just being born would take SIGTERM for the program's, and lose it
        self.process.join()
        self.pipe.close()


class Workers:
    """Some workers and the files that are on their way."""

    def __init__(self, files: Sequence[Path], order: ReviewJob, count: int) -> None:
        """The files in order, of which there is one at least, what to do with each, and how many workers."""
        self._files, self._order, self._count = files, order, count
        self._own = FileReviewer(order)
        self._workers: list[_Worker] = []
        self._done: dict[int, PackedResult] = {}
        self._again: list[int] = []
        self._deaths: Counter[int] = Counter()
        self._given = 1

    def results(self) -> Iterator[PackedResult]:
        """The results in the order of the files."""
        try:
            yield self._own.review(self._files[0])
            self._start()
            for index in range(1, len(self._files)):
                while index not in self._done:
                    self._step(index)
                yield self._done.pop(index)
        finally:
            for worker in self._workers:
                worker.stop()
            self._own.close()

    def _start(self) -> None:
        """Bring the workers to their number; where the system gives none, the program does the work itself.

        The first file is done before, so that a worker that is forked has loaded what it needs.
        """
        self._own.close()  # no link to a database goes into another process
        with contextlib.suppress(OSError):
            while len(self._workers) < self._count:
                self._workers.append(_Worker(self._order))

    def _step(self, wanted: int) -> None:
        """Hand out files, and take in what is finished."""
        for worker in self._workers:
            if not worker.todo:
                self._give(worker, wanted)
        busy = {worker.pipe: worker for worker in self._workers if worker.todo}
        if not busy:
            self._done[wanted] = self._own.review(self._files[wanted])
            return
        for pipe in wait(list(busy)):
            self._take(busy[pipe])  # type: ignore[index]  # what goes in comes out

    def _give(self, worker: _Worker, wanted: int) -> None:
        """The files at which a worker died one by one, then the next ones unless the results lie too far ahead."""
        end = min(self._given + _FILES, len(self._files), wanted + _FILES * _AHEAD)
        indexes = [self._again.pop()] if self._again else list(range(self._given, end))
        if not indexes:
            return
        self._given = max(self._given, indexes[-1] + 1)
        worker.todo.extend(indexes)
        with contextlib.suppress(OSError):  # a dead one is noticed when it is listened to
            worker.pipe.send([os.fspath(self._files[index]) for index in indexes])

    def _take(self, worker: _Worker) -> None:
        try:
            reviewed: PackedResult | str | None = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        if isinstance(reviewed, str):
            worker.started = True
            return
        index = worker.todo.popleft()
        self._done[index] = self._own.review(self._files[index]) if reviewed is None else reviewed

    def _died(self, worker: _Worker) -> None:
        """Another worker does the rest; of a file that killed two of them it is said that it cannot be read."""
        worker.stop()
        self._workers.remove(worker)
        if worker.started:  # else no file is to blame, and another one would not start either
            index = worker.todo[0]
            self._deaths[index] += 1
            if self._deaths[index] == _TRIES:
                worker.todo.popleft()
                self._done[index] = self._own.refused(self._files[index], _killed())
            self._start()
        self._again.extend(reversed(worker.todo))


def _killed() -> UnreadableError:
    return UnreadableError(
        "审核这个文件的进程被系统中止了，多半是内存不够", "关掉别的程序，再单独审核这个文件；仍然不行，请核对文件内容"
    )


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """A worker is started deaf to Ctrl-C, which goes to every process of a terminal: the program stops its workers."""
    if sys.platform == "win32":  # tells each worker, which then no longer listens
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(programs: Connection, pipe: Connection, order: ReviewJob) -> None:
    """What a worker does: reviews the files it is given until there is nobody any more to give it some.

    Args:
        programs: the program's end of the pipe, which must not live on here: it is the sign that the program is there.
        pipe: the worker's end.
        order: what to do with each file.
    """
    programs.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    reviewer = FileReviewer(order)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            for file in pipe.recv():
                pipe.send(_reviewed(reviewer, Path(file)))


def _reviewed(reviewer: FileReviewer, file: Path) -> PackedResult | None:
    """The result; None where the program itself is to come across the error, and to report it."""
    try:
        return reviewer.review(file)
    except Exception:  # noqa: BLE001
        return None
