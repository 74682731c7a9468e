"""Write the traceback of an internal error (a bug) to a log file."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from pathlib import Path

from zhijiao20 import __version__


def write_log(error: Exception) -> str:
    """Write the traceback to a new file; return its path, or a message if that fails."""
    text = "".join(traceback.format_exception(error))
    header = f"zhijiao20 {__version__}\nPython {platform.python_version()}  {platform.platform()}\n\n"
    for folder in (_log_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix="zhijiao20-", suffix=".log", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(header + text)
        except OSError:
            continue
        return name
    return "（日志写不了）"


def _log_folder() -> Path:
    """Return the user's log folder, or the temporary folder if there is none."""
    local_app_data, state_home = os.environ.get("LOCALAPPDATA"), os.environ.get("XDG_STATE_HOME")
    if os.name == "nt" and local_app_data:
        return Path(local_app_data, "zhijiao20", "logs")
    try:
        return Path(state_home or Path("~/.local/state").expanduser(), "zhijiao20")
    except RuntimeError:
        return Path(tempfile.gettempdir())
