"""Empty status files: every task of the official list in official order, ready to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.submission import UNIT_LIMIT, Submission, unit_problem
from zhijiao20.formats.write import WRITERS
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.resources import load_catalog

KINDS = ("yaml", "csv", "xlsx", "docx")

_UNSAFE = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
_NAME_BYTES = 240  # file systems allow 255 bytes of UTF-8; the hidden file beside it needs a few more


def scaffold(unit: str, kind: str, output: Path | None, *, period: str = "", force: bool = False) -> Path:
    """Write an empty status file for a unit and return its path.

    Raises:
        UsageError: the unit cannot be a unit's name, or the file exists or cannot be written.
    """
    if problem := unit_problem(unit):
        raise UsageError(f"{problem}，没有生成文件。请写单位全称，1 至 {UNIT_LIMIT} 个字")
    check_heading("", period)
    path = output or Path(default_name(unit, kind))
    write_whole(path, scaffold_bytes(unit, kind, load_catalog(), period=period), replace=force)
    return path


def check_heading(unit: str, period: str) -> None:
    """Refuse what no line of a document can hold.

    Raises:
        UsageError: 单位 or 报告期 is given and cannot stand in a line.
    """
    for name, value in (("单位", unit), ("报告期", period)):
        if value and (problem := unit_problem(value)):
            raise UsageError(f"{problem.replace('单位', name, 1)}，没有生成文件。请写在一行里，1 至 {UNIT_LIMIT} 个字")


def default_name(unit: str, kind: str) -> str:
    """A file name for a unit that is safe on every system, and never a path.

    Raises:
        UsageError: the unit cannot be a file name.
    """
    name = _UNSAFE.sub("_", unit).strip().lstrip(".~").rstrip(". ")
    if not name or _RESERVED.fullmatch(name) or len(name.encode("utf-8", "replace")) > _NAME_BYTES:
        raise UsageError(f"单位“{unit[:40]}”不能直接用作文件名。请用 -o 指定文件名，如 -o 填报.{kind}")
    return f"{name}.{kind}"


def scaffold_bytes(unit: str, kind: str, catalog: Catalog, *, period: str = "") -> bytes:
    """The content of an empty status file.

    Args:
        unit: the unit; it reads back exactly as given.
        kind: one of ``KINDS``.
        catalog: the official list.
        period: 报告期, written when given.

    Raises:
        UsageError: the unit or the period cannot stand in a line of the Word form as it is.
    """
    return WRITERS[kind]([Submission(unit, period=period)], catalog)
