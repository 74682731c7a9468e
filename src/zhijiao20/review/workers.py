"""Review files in several processes at once; return the results in the order of the files.

Each worker has its own pipe, so the program can determine at which file a worker died, and needs no thread: a process
with threads must not be forked. A worker gets its next files only after it has returned all results, so neither side
blocks on a full pipe. A worker exits by itself when the program has ended.
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
from zhijiao20.review.file_result import FileResult, PackedResult
from zhijiao20.review.file_review import FileReviewer, ReviewJob
from zhijiao20.review.serialize import pack

_FILES = 8  # sent to a worker at a time
_AHEAD = 16  # results may be this many batches ahead of the next one to return
_BATCH_BYTES, _AHEAD_BYTES = 4 * 2**20, 32 * 2**20  # the same for large files: results may be as large as these
_TRIES = 2  # per file, if a worker dies at it
_READY = "ready"


class _Worker:
    """A worker process, and the indexes of the files whose results it has not returned yet."""

    def __init__(self, job: ReviewJob) -> None:
        context = get_context()
        self.pipe, child_pipe = context.Pipe()
        process: Any = context.Process(target=_work, args=(self.pipe, child_pipe, job), daemon=True)
        with _no_interrupt():
            process.start()
        child_pipe.close()
        self.process: BaseProcess = process
        self.todo: deque[int] = deque()
        self.started = False

    def stop(self) -> None:
        self.process.kill()  # SIGTERM may be lost: a worker that is just starting still has the program's handler
        self.process.join()
        self.pipe.close()


class Workers:
    """The worker processes of a run, and the files in progress."""

    def __init__(self, files: Sequence[Path], order: ReviewJob, count: int) -> None:
        """Prepare the run; start no process yet.

        Args:
            files: the files in order; at least one.
            order: what to do with each file.
            count: the number of workers.
        """
        self._files, self._job, self._count = files, order, count
        self._local_reviewer = FileReviewer(order)
        self._workers: list[_Worker] = []
        self._done: dict[int, FileResult | PackedResult] = {}
        self._retries: list[int] = []
        self._deaths: Counter[int] = Counter()
        self._next = 1
        self._ends = [0]  # the size of the files before each one, as far as it is known

    def results(self) -> Iterator[FileResult | PackedResult]:
        """Yield the results in the order of the files."""
        try:
            yield self._local_reviewer.review(self._files[0])
            self._start()
            for index in range(1, len(self._files)):
                while index not in self._done:
                    self._step(index)
                yield self._done.pop(index)
        finally:
            for worker in self._workers:
                worker.stop()
            self._local_reviewer.close()

    def _start(self) -> None:
        """Start the missing workers; if the system cannot start one, continue without it.

        The first file is reviewed before this, so that a forked worker has already loaded the modules that it needs.
        """
        self._local_reviewer.close()  # a database connection must not be inherited by another process
        with contextlib.suppress(OSError):
            while len(self._workers) < self._count:
                self._workers.append(_Worker(self._job))

    def _step(self, wanted: int) -> None:
        """Send files to idle workers, and receive finished results."""
        for worker in self._workers:
            if not worker.todo:
                self._send_files(worker, wanted)
        busy = {worker.pipe: worker for worker in self._workers if worker.todo}
        if not busy:
            self._done[wanted] = self._local_reviewer.review(self._files[wanted])
            return
        for pipe in wait(list(busy)):
            self._receive(busy[pipe])  # type: ignore[index]  # wait returns objects of its argument

    def _send_files(self, worker: _Worker, wanted: int) -> None:
        """Send a file of a dead worker alone, or the next files unless they are too far ahead."""
        end = min(self._next + _FILES, len(self._files), wanted + _FILES * _AHEAD)
        end = self._within(self._next, end, _BATCH_BYTES)
        end = min(end, max(self._within(wanted, end, _AHEAD_BYTES), wanted + self._count))
        indexes = [self._retries.pop()] if self._retries else list(range(self._next, end))
        if not indexes:
            return
        self._next = max(self._next, indexes[-1] + 1)
        worker.todo.extend(indexes)
        with contextlib.suppress(OSError):  # a dead worker is detected when its results are received
            worker.pipe.send([os.fspath(self._files[index]) for index in indexes])

    def _within(self, begin: int, end: int, limit: int) -> int:
        """Return up to where files from ``begin`` to before ``end`` are not larger than a limit: one at least."""
        for file in self._files[len(self._ends) - 1 : end]:
            size = 0
            with contextlib.suppress(OSError):
                size = file.stat().st_size
            self._ends.append(self._ends[-1] + size)
        while end > begin + 1 and self._ends[end] - self._ends[begin] > limit:
            end -= 1
        return end

    def _receive(self, worker: _Worker) -> None:
        try:
            message: PackedResult | str | None = worker.pipe.recv()
        except (EOFError, OSError):
            self._handle_death(worker)
            return
        if isinstance(message, str):
            worker.started = True
            return
        index = worker.todo.popleft()
        self._done[index] = self._local_reviewer.review(self._files[index]) if message is None else message

    def _handle_death(self, worker: _Worker) -> None:
        """Requeue the files of a dead worker; report a file that killed two workers as unreadable."""
        worker.stop()
        self._workers.remove(worker)
        if worker.started:  # otherwise no file is the cause, and another worker would not start either
            index = worker.todo[0]
            self._deaths[index] += 1
            if self._deaths[index] == _TRIES:
                worker.todo.popleft()
                self._done[index] = self._local_reviewer.unreadable(self._files[index], _killed_error())
            self._start()
        self._retries.extend(reversed(worker.todo))


def _killed_error() -> UnreadableError:
    return UnreadableError(
        "审核这个文件的进程被系统中止了，多半是内存不够", "关掉别的程序，再单独审核这个文件；仍然不行，请核对文件内容"
    )


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Block SIGINT while a worker starts.

    Ctrl-C reaches every process of a terminal, but only the program should react: it stops its workers.
    """
    if sys.platform == "win32":  # no signal mask there; a process inherits that it ignores Ctrl-C
        import ctypes

        ignore = ctypes.windll.kernel32.SetConsoleCtrlHandler
        ignore(None, 1)
        try:
            yield
        finally:
            ignore(None, 0)
        return
    previous_mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous_mask)


def _work(program_pipe: Connection, pipe: Connection, job: ReviewJob) -> None:
    """Review the files that the program sends, until the program closes its end of the pipe.

    Args:
        program_pipe: the program's end of the pipe. It is closed here: while it is open in any process, the worker does
            not notice that the program has ended.
        pipe: the worker's end.
        job: what to do with each file.
    """
    program_pipe.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    reviewer = FileReviewer(job)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            for file in pipe.recv():
                pipe.send(_reviewed(reviewer, Path(file)))


def _reviewed(reviewer: FileReviewer, file: Path) -> PackedResult | None:
    """Return the result; None after a bug, so that the program reproduces and reports it."""
    try:
        result = reviewer.review(file)
        return result if isinstance(result, PackedResult) else pack(result)
    except Exception:  # noqa: BLE001
        return None
