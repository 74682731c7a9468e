"""Have the answers of the last round at hand while the units of this one are reviewed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from zhijiao20.commands.read_round import Side, read_round
from zhijiao20.core.errors import UsageError
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.review.previous_answers import PreviousAnswers, write_previous
from zhijiao20.review.runner import SERIAL, RunOptions
from zhijiao20.system.os_errors import reason


@contextmanager
def last_round(
    path: Path, *, limits: Limits = DEFAULT, options: RunOptions = SERIAL
) -> Iterator[tuple[Side, PreviousAnswers]]:
    """Read the last round; its answers are there until the context ends.

    Args:
        path: its file or folder.
        limits: the size limits of a file.
        options: how the files of this round are found and read; files of the last one may be among those that count.

    Raises:
        UsageError: the path does not exist, a folder has no status file, or the temporary folder cannot be written.
    """
    means = replace(options, use=(), usual=options.use or options.usual, skip_unread=False)
    side = read_round([path], limits=limits, options=means)
    with tempfile.TemporaryDirectory(prefix="zhijiao20-") as folder:
        try:
            answers = write_previous(side.round, Path(folder, "answers"))
        except OSError as error:
            message = f"临时文件写不了（{reason(error)}）。请给系统的临时文件夹腾出空间"
            raise UsageError(message) from error
        yield side, answers
