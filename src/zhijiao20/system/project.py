"""Find the project of a folder.  Few imports: commands call it before they load the code for the configuration."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "zhijiao20.toml"
"""The name of the configuration file; a folder that contains one is a project."""


def find(start: Path) -> Path | None:
    """Return the configuration file of a folder or of its nearest parent folder that has one."""
    try:
        start_folder = Path(os.path.abspath(start))  # noqa: PTH100 - Path.absolute() keeps “..”, so parents are wrong
    except OSError:  # the current folder has been deleted
        return None
    paths = (folder / NAME for folder in (start_folder, *start_folder.parents))
    return next((path for path in paths if os.path.isfile(path)), None)  # noqa: PTH113 - no error without access
