"""What the registry of Windows says of other programs; nothing on other systems."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Iterable, Iterator
from pathlib import PureWindowsPath
from typing import Any

_APP_PATHS = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\"
_LIBREOFFICE = "SOFTWARE\\LibreOffice\\UNO\\InstallPath"
_VIEWS = ("KEY_WOW64_64KEY", "KEY_WOW64_32KEY")
_PROGRAM_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")


def default_values(key: str) -> Iterator[str]:
    """Yield the default value of a key, of this user and of the machine, as 64 and as 32 bit programs see it.

    Args:
        key: its path below the root.
    """
    try:
        winreg: Any = importlib.import_module("winreg")
    except ImportError:  # another system
        return
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        for view in _VIEWS:
            with (
                contextlib.suppress(OSError),
                winreg.OpenKey(root, key, 0, winreg.KEY_READ | getattr(winreg, view)) as opened,
            ):
                value = winreg.QueryValueEx(opened, "")[0]
                if isinstance(value, str) and PureWindowsPath(value).is_absolute():
                    yield value


def is_registered(programs: Iterable[str]) -> bool:
    """Check whether one of these programs, such as ``winword.exe``, is installed for Windows to start."""
    return any(True for program in programs for _ in default_values(_APP_PATHS + program))


def libreoffice_paths() -> list[str]:
    """Return where LibreOffice may be on Windows: what its installer left in the registry, then the usual folders."""
    roots = [os.environ[name] for name in _PROGRAM_FOLDERS if os.environ.get(name)]
    usual = [f"{root}\\LibreOffice\\program" for root in (*roots, "C:\\Program Files", "C:\\Program Files (x86)")]
    return list(dict.fromkeys(f"{folder}\\soffice.exe" for folder in (*default_values(_LIBREOFFICE), *usual)))
