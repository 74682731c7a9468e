"""The user's desktop: the dialog that asks for a folder, the program that opens a file, who sits at the window."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

from zhijiao20.system.windows import long_form

_DIALOG = "{DC1C5A9C-E88A-4DDE-A5A1-60F82A20AEF7}"  # the class of the dialog
_INTERFACE = "{D57C7288-D4AD-4768-BE02-9D969532D960}"  # IFileOpenDialog
_IN_PROCESS = 1
_APARTMENT = 2
_RELEASE, _SHOW, _SET_OPTIONS, _SET_TITLE, _GET_RESULT = 2, 3, 9, 17, 20  # numbers of the functions of the dialog
_GET_NAME = 5  # of the item that was chosen
_FOLDERS_ON_DISK = 0x20 | 0x40 | 0x8 | 0x0200_0000  # and the current folder stays, no list of recent ones
_PATH = 0x8005_8000


def choose_folder(title: str) -> Path | None:
    """Let the user choose a folder.

    Args:
        title: what stands above the dialog.

    Returns:
        The folder; None if the dialog was closed without a choice.

    Raises:
        OSError: this system has no such dialog, or nobody sits at it.
    """
    system: Any = ctypes
    if not hasattr(system, "windll"):
        raise OSError("no dialog")
    ole = system.windll.ole32
    ole.CoInitializeEx(None, _APARTMENT)
    dialog = ctypes.c_void_p()
    created = ole.CoCreateInstance(
        _identifier(_DIALOG), None, _IN_PROCESS, _identifier(_INTERFACE), ctypes.byref(dialog)
    )
    if created != 0 or not dialog:
        raise OSError("no dialog")
    try:
        _call(dialog, _SET_OPTIONS, ctypes.c_uint32(_FOLDERS_ON_DISK))
        _call(dialog, _SET_TITLE, ctypes.c_wchar_p(title))
        item = ctypes.c_void_p()
        if _call(dialog, _SHOW, ctypes.c_void_p()) != 0 or _call(dialog, _GET_RESULT, ctypes.byref(item)) != 0:
            return None
        name = ctypes.c_void_p()
        done = _call(item, _GET_NAME, ctypes.c_uint32(_PATH), ctypes.byref(name))
        _call(item, _RELEASE)
        if done != 0 or not name.value:
            return None
        chosen = Path(ctypes.wstring_at(name.value))
        ole.CoTaskMemFree(name)
        return chosen
    finally:
        _call(dialog, _RELEASE)


def _identifier(text: str) -> ctypes.Array[ctypes.c_char]:
    """Return the sixteen bytes of an identifier of COM."""
    from uuid import UUID

    return ctypes.create_string_buffer(UUID(text).bytes_le, 16)


def _call(item: ctypes.c_void_p, number: int, *arguments: object) -> int:
    """Call the function of an object of COM with this number in its table."""
    assert item.value is not None
    table = ctypes.cast(item, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
    kinds: list[Any] = [ctypes.c_void_p if hasattr(argument, "_obj") else type(argument) for argument in arguments]
    function = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, *kinds)(table[number])
    return int(function(item, *arguments))  # on 64 bits there is one convention of calls


def has_console() -> bool:
    """Check whether somebody can read what is shown and type an answer; NUL passes for a terminal on Windows."""
    try:
        os.get_terminal_size(sys.stdout.fileno())
        return sys.stdin.isatty()
    except (OSError, ValueError, AttributeError):  # a pipe, a file, a stream of a test, none
        return False


def open_file(path: Path) -> bool:
    """Open a file in the program that the user has for it; return whether there is one."""
    start = getattr(os, "startfile", None)
    if start is None:
        return False
    try:
        start(long_form(str(path)))
    except OSError:
        return False
    return True


def leave_current_folder() -> None:
    """Go to a folder in which no stranger can put anything, and load no library from the current one."""
    os.chdir(os.environ.get("SYSTEMROOT") or Path(sys.executable).anchor)
    system: Any = ctypes
    if hasattr(system, "windll"):
        system.windll.kernel32.SetDllDirectoryW("")
