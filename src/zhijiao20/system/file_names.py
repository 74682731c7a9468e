"""Create file names that are valid on every operating system."""

from __future__ import annotations

import re

from zhijiao20.core.errors import UsageError

_FORBIDDEN_CHARS = re.compile(r'[\\/:*?"<>|]')
_RESERVED_NAME = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
_NAME_BYTES = 240  # file systems allow 255 bytes of UTF-8; the name of the hidden temporary file is longer


def default_name(unit: str, kind: str) -> str:
    """Return a file name for a unit that is valid on every system and is never a path.

    Raises:
        UsageError: the unit name cannot be used as a file name.
    """
    name = _FORBIDDEN_CHARS.sub("_", unit).strip().lstrip(".~").rstrip(". ")
    if not name or _RESERVED_NAME.fullmatch(name) or len(name.encode("utf-8", "replace")) > _NAME_BYTES:
        raise UsageError(f"单位“{unit[:40]}”不能直接用作文件名。请用 -o 指定文件名，如 -o 填报.{kind}")
    return f"{name}.{kind}"
