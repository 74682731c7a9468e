"""Choose how many processes review the files of a run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

WORKERS = "ZHIJIAO20_WORKERS"
"""Name of the environment variable that sets how many processes review files."""

_MIN_BYTES_FORKED, _MIN_BYTES_SPAWNED = 2 * 2**20, 12 * 2**20
"""Bytes of files above which a second process saves time; a process that is not forked loads all modules again."""

_MAX_FORKED, _MAX_SPAWNED = 4, 2  # a process that is not forked has its own copy of the libraries in memory


_MAX_BYTES_OF_A_FILE = 16 * 2**20  # a larger one takes some 200 MiB while it is read, which only one process may take


def worker_count(files: Sequence[Path]) -> int:
    """Choose the number of processes: one per processor, but only if there is enough data and no file is very large."""
    size = largest = 0
    for file in files:
        with contextlib.suppress(OSError):
            own = file.stat().st_size
            size, largest = size + own, max(largest, own)
    if size <= _MIN_BYTES_FORKED:
        return 1
    from multiprocessing import get_context

    requested = os.environ.get(WORKERS, "")
    if requested.isdecimal() and int(requested) > 0:
        return min(int(requested), len(files))
    if largest > _MAX_BYTES_OF_A_FILE:
        return 1
    forked = get_context().get_start_method() == "fork"
    if not forked and size <= _MIN_BYTES_SPAWNED:
        return 1
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MAX_FORKED if forked else _MAX_SPAWNED)
