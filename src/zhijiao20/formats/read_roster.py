"""From the content of a file to a roster; whatever is wrong with it becomes findings."""

from __future__ import annotations

from pathlib import Path

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, TooManyFindingsError
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.roster import Roster
from zhijiao20.formats.format_error import FormatError, too_many_findings
from zhijiao20.formats.read import refuse
from zhijiao20.formats.sniff import format_of
from zhijiao20.system.discovery import path_text

_SAVE = "名册请存成 .xlsx 或 .csv；空的一份：zhijiao20 roster -o 名册.xlsx"


def read_roster(file: Path, data: bytes, catalog: Catalog, limits: Limits = DEFAULT) -> tuple[Roster, Collector]:
    """Return the roster in the content of a file, and what was found in reading.

    A roster with an error among the findings must not be used: it lacks the units of the wrong rows.

    Args:
        file: the path it was read from; only the suffix counts.
        data: its bytes.
        catalog: the official list.
        limits: how large it may be.
    """
    out = Collector(path_text(file), max_findings=limits.findings)
    try:
        return _read(file, data, catalog, limits, out), out
    except FormatError as error:
        refused = error
    except TooManyFindingsError:
        refused = too_many_findings(out.max_findings)
    except MemoryError:
        refused = FormatError("ZJ001", "这台电脑的内存不够读这份名册", "请删去无关的工作表和列")
    refuse(out, refused)
    return Roster((), out.file), out


def _read(file: Path, data: bytes, catalog: Catalog, limits: Limits, out: Collector) -> Roster:
    from zhijiao20.formats.normalize.roster import ROSTER_TABLE, roster_from_table

    kind = format_of(file.suffix.lower(), data)
    if kind.name == "xlsx":
        from zhijiao20.formats.xlsx.read import read as read_sheets

        table = read_sheets(data, out, catalog, limits, ROSTER_TABLE)
    elif kind.name == "csv":
        from zhijiao20.formats.csv.read import read as read_csv

        table = read_csv(data, out, limits, ROSTER_TABLE)
    else:
        raise FormatError("ZJ002", f"名册不能是{kind.label}文件", _SAVE)
    return roster_from_table(table, catalog, out, limits)
