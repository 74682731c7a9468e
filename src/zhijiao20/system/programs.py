"""Find other programs by full path; the current folder, which may hold files of strangers, is never searched."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path


def find_program(names: Iterable[str], usual_paths: Iterable[str] = ()) -> str | None:
    """Return the full path of a program, None where it is not installed.

    Unlike ``shutil.which`` it passes over the current folder and relative entries of the search path.

    Args:
        names: its names, without ``.exe``.
        usual_paths: where it is installed if the search path does not say so.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    folders = [Path(entry) for entry in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(entry)]  # noqa: PTH117
    folders = [folder for folder in folders if not _is_current(folder)]
    candidates = [folder / f"{name}{suffix}" for name in names for folder in folders]
    for path in (*candidates, *map(Path, usual_paths)):
        if os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113 - no error for a folder without access
            return str(path)
    return None


def _is_current(folder: Path) -> bool:
    """Check whether a folder is the current one."""
    try:
        return folder.samefile(Path.cwd())
    except OSError:
        return False
