"""File names that are safe on every system."""

from __future__ import annotations

import re

from zhijiao20.core.errors import UsageError

_UNSAFE = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
_NAME_BYTES = 240  # file systems allow 255 bytes of UTF-8; the hidden file beside it needs a few more


def default_name(unit: str, kind: str) -> str:
    """A file name for a unit that is safe on every system, and never a path.

    Raises:
        UsageError: the unit cannot be a file name.
    """
    name = _UNSAFE.sub("_", unit).strip().lstrip(".~").rstrip(". ")
    if not name or _RESERVED.fullmatch(name) or len(name.encode("utf-8", "replace")) > _NAME_BYTES:
        raise UsageError(f"单位“{unit[:40]}”不能直接用作文件名。请用 -o 指定文件名，如 -o 填报.{kind}")
    return f"{name}.{kind}"
