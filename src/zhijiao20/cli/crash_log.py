"""The log of a bug: the traceback goes into a file, never onto the screen."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from pathlib import Path

from zhijiao20 import __version__


def write_log(error: Exception) -> str:
    """Write the traceback of a bug into a new file and return its path, or say that there is none."""
    text = "".join(traceback.format_exception(error))
    head = f"zhijiao20 {__version__}\nPython {platform.python_version()}  {platform.platform()}\n\n"
    for folder in (_log_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix="zhijiao20-", suffix=".log", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(head + text)
        except OSError:
            continue
        return name
    return "（日志写不了）"


def _log_folder() -> Path:
    """The user's own folder for such files; where there is none, the temporary one."""
    local, home = os.environ.get("LOCALAPPDATA"), os.environ.get("XDG_STATE_HOME")
    if os.name == "nt" and local:
        return Path(local, "zhijiao20", "logs")
    try:
        return Path(home or Path("~/.local/state").expanduser(), "zhijiao20")
    except RuntimeError:
        return Path(tempfile.gettempdir())
