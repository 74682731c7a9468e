r"""What Windows does otherwise: names that it reserves, long paths, files open in another program, code pages.

Only the standard library.  Everything here can be called on other systems, where files are never in the way.
"""

from __future__ import annotations

import ntpath
import os
import re
import stat
from pathlib import Path
from typing import Any, TextIO

from zhijiao20.core.display import without_prefix

ON_WINDOWS = os.name == "nt"
_LONGEST = 220  # characters; Windows allows 259, less what the names of a backup and of a temporary file add
_NAME_UNITS = 255  # of UTF-16, in the name of a file
_LONG, _LONG_SHARE = "\\\\?\\", "\\\\?\\UNC\\"  # in front of a path of any length
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *\..*)?")
_IN_USE = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_CHINESE_CODE_PAGES = {936: "gbk", 54936: "gb18030"}


def is_reserved(name: str) -> bool:
    """Check whether a file name is that of a device, with any suffix: nothing can be stored under it."""
    return _RESERVED.fullmatch(name) is not None


def name_problem(name: str) -> str:
    """Return why Windows cannot store a file under a name, or would do so under another one; empty if it can."""
    if is_reserved(name.rstrip(". ")):
        return "它是系统设备的名字"
    if name.endswith((".", " ")):
        return "末尾的点和空格会被去掉"
    if len(name.encode("utf-16-le", "surrogatepass")) > _NAME_UNITS * 2:
        return f"超过 {_NAME_UNITS} 个字"
    if found := _FORBIDDEN.search(name):  # behind a colon is a stream of the file that no window shows
        return f"名字里不能有 {found[0]}" if found[0].isprintable() else "名字里有看不见的字符"
    return ""


def any_length(path: Path, *, whatever_lies_below: bool = False) -> Path:
    """Return a path that can be opened even if it is longer than Windows allows; elsewhere the same path.

    Args:
        path: a file or folder.
        whatever_lies_below: the path is short, but those of files in the folder may be too long.
    """
    return Path(long_form(str(path), 0 if whatever_lies_below else _LONGEST)) if ON_WINDOWS else path


def long_form(path: str, longest: int = _LONGEST) -> str:
    r"""Return a long path with the prefix ``\\?\``, which lifts the limit; a short one unchanged."""
    full = ntpath.abspath(path)
    if len(full) <= longest or path.startswith(_LONG):
        return path
    return _LONG_SHARE + full[2:] if full.startswith("\\\\") else _LONG + full


def real_path(path: Path) -> str:
    """Return the path without links; on Windows the path itself where the system cannot tell (network drives)."""
    try:
        return os.path.realpath(path)
    except OSError:
        if not ON_WINDOWS:
            raise
        return os.path.abspath(path)  # noqa: PTH100


def comparable(path: str | Path) -> str:
    r"""Return the real path in the form in which two are compared: without ``\\?\``, and on Windows without case."""
    return os.path.normcase(without_prefix(real_path(Path(path))))


def is_open_elsewhere(path: Path) -> bool:
    """Check whether another program, such as Word, has a file open so that it can be neither replaced nor read.

    Renaming a file to its own name changes nothing, but fails with another error if it is open than without permission.
    """
    try:
        if ON_WINDOWS:
            os.rename(path, path)  # noqa: PTH104
    except OSError as error:
        return getattr(error, "winerror", None) in _IN_USE
    return False


def pipe_encoding(stream: TextIO) -> str | None:
    """Return the encoding that the reader of a pipe expects, if it is not UTF-8; None for anything else.

    ``findstr`` and Windows PowerShell take what they read to be in the code page of the console.  A file, and a pipe
    where there is no console, get UTF-8.
    """
    if not ON_WINDOWS:
        return None
    try:
        if not stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode):
            return None
    except (OSError, ValueError):  # not a file of the system
        return None
    import ctypes

    system: Any = ctypes
    return _CHINESE_CODE_PAGES.get(system.windll.kernel32.GetConsoleOutputCP())  # 0 where there is no console
