"""The use case ``init``: create empty status files with every official task in official order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zhijiao20.commands.open_form import check_heading
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls, quote
from zhijiao20.core.errors import UsageError
from zhijiao20.core.submission import UNIT_LIMIT, Submission, unit_problem
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.atomic_write import default_name, write_whole
from zhijiao20.system.discovery import load_catalog


def scaffold(
    unit: str, kind: str, output: Path | None, *, period: str = "", force: bool = False, last: Submission | None = None
) -> Path:
    """Write a status file for a unit and return its path.

    Args:
        unit: the unit name.
        kind: the name of a format.
        output: where to write; None for a file called as the unit, in the current folder.
        period: the 报告期.
        force: whether to overwrite an existing file.
        last: what the unit said in the last round, to be filled in; None for an empty file.

    Raises:
        UsageError: the unit name or the period is not valid, or the file exists or cannot be written.
    """
    if problem := unit_problem(unit):
        raise UsageError(f"{problem}，没有生成文件。请写单位全称，1 至 {UNIT_LIMIT} 个字")
    if (name := plain_unit(unit)) != unit:
        raise UsageError(
            f"单位{quote(unit)}里有盖章、日期、引号之类，不是单位名称，没有生成文件。请只写单位全称，如：{escape_controls(name)}"
        )
    check_heading("", period)
    path = output or Path(default_name(unit, kind))
    if last is None:
        data = scaffold_bytes(unit, kind, load_catalog(), period=period)
    else:
        data = write_status_file(kind, [replace(last, unit=unit, period=period)], load_catalog())
    write_whole(path, data, replace=force)
    return path


def scaffold_bytes(unit: str, kind: str, catalog: Catalog, *, period: str = "") -> bytes:
    """Return the content of an empty status file.

    Args:
        unit: the unit name; reading the file returns it unchanged.
        kind: the name of a format.
        catalog: the official list.
        period: the 报告期; left empty if not given.

    Raises:
        UsageError: the format is Word, and the unit or the period cannot be written unchanged on a line of the form.
    """
    return write_status_file(kind, [Submission(unit, period=period)], catalog)
