"""Which project the current folder belongs to.  Light: a command looks before it loads what a project can say."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "zhijiao20.toml"
"""The name of the configuration; a folder that has one is a project."""


def find(start: Path) -> Path | None:
    """The configuration of the project that a folder belongs to: its own, or the nearest one above."""
    try:
        here = Path(os.path.abspath(start))  # noqa: PTH100 - Path.absolute() keeps “..”, whose parent is no parent
    except OSError:  # the current folder is gone
        return None
    paths = (folder / NAME for folder in (here, *here.parents))
    return next((path for path in paths if os.path.isfile(path)), None)  # noqa: PTH113 - a locked folder is no error
