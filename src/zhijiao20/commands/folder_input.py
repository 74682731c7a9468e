"""Find the files that are reviewed before a folder is written: none of them lies in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review.runner import RunOptions
from zhijiao20.system.discovery import find_files, path_text
from zhijiao20.system.found_files import FoundFiles
from zhijiao20.system.windows import real_path


def find_input(paths: Sequence[Path], output: Path, options: RunOptions, usual: str) -> FoundFiles:
    """Find the status files; with a roster there need not be any.

    Args:
        paths: the files and folders as the user gave them.
        output: the folder to write to; what is in it is no input.
        options: the run options.
        usual: what the folder is usually called.

    Raises:
        UsageError: a path does not exist, there is no status file, or a path lies in the output folder.
    """
    refuse_inside(paths, output, usual)
    folder = _folder(output)
    found = find_files(paths, KNOWN_SUFFIXES, None, options.exclude, may_be_none=options.roster is not None)
    found.files = [file for file in found.files if not _folder(file).startswith(folder)]
    found.unread = [file for file in found.unread if not _folder(file).startswith(folder)]
    return found


def refuse_inside(paths: Sequence[Path], output: Path, usual: str) -> None:
    """Refuse a folder in which a path lies.

    Args:
        paths: the files and folders as the user gave them.
        output: the folder to write to.
        usual: what it is usually called.

    Raises:
        UsageError: a path lies in it.
    """
    folder = _folder(output)
    if inside := next((path for path in paths if _folder(path).startswith(folder)), None):
        message = f"-o 不能是收到的文件所在的文件夹：{display_path(inside)} 在 {display_path(output)} 里"
        raise UsageError(f"{message}。请换一个文件夹，如 -o {usual}")


def _folder(path: Path) -> str:
    """Return the real path with a separator at its end."""
    return os.path.join(path_text(real_path(path)), "")  # noqa: PTH118
