"""From the content of a file to a roster; whatever is wrong with it becomes findings."""

from __future__ import annotations

from pathlib import Path

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, TooManyFindingsError
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.core.roster import Roster
from zhijiao20.formats.format_error import FormatError, too_many_findings
from zhijiao20.formats.read import refuse, split_name
from zhijiao20.formats.sniff import format_of
from zhijiao20.system.discovery import path_text

_SAVE = "名册请存成 .xlsx 或 .csv；空的一份：zhijiao20 roster -o 名册.xlsx"
_OF_STATUS_FILES = lazy_regex(r"填报|报送|Word|\.docx|\.ya?ml|init|原件")
_OF_SIZE = lazy_regex("分成几个文件|这么大")


def roster_hint(hint: str, limits: Limits = DEFAULT) -> str:
    """Return the remedy for a roster that cannot be read: that of the readers, unless it is for files of units.

    Args:
        hint: the remedy of the reader.
        limits: how large a roster may be.
    """
    if _OF_STATUS_FILES.search(hint) is None:
        return hint
    if _OF_SIZE.search(hint):
        most = counted(limits.roster_units, "个")
        return f"名册最多 {most}单位：请删去空行、无关的行和列；单位更多的，分成几份名册"
    first = "先去掉密码；" if "密码" in hint else "请核对文件来源；" if "来源" in hint else ""
    return first + _SAVE


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
        refused = FormatError(error.code, error.message, roster_hint(error.hint, limits), error.place)
    except TooManyFindingsError:
        refused = too_many_findings(out.max_findings)
    except MemoryError:
        refused = FormatError("ZJ001", "这台电脑的内存不够读这份名册", "请删去无关的工作表和列")
    refuse(out, refused)
    return Roster((), out.file), out


def _read(file: Path, data: bytes, catalog: Catalog, limits: Limits, out: Collector) -> Roster:
    from zhijiao20.formats.normalize.roster import ROSTER_TABLE, roster_from_table

    suffix = split_name(file)[1]
    kind = format_of(suffix, data)
    if kind.name == "xlsx":
        from zhijiao20.formats.xlsx.read import read as read_sheets

        table = read_sheets(data, out, catalog, limits, ROSTER_TABLE)
    elif kind.name == "csv":
        from zhijiao20.formats.csv.read import read as read_csv

        table = read_csv(data, out, limits, ROSTER_TABLE)
    else:
        raise FormatError("ZJ002", f"名册不能是{kind.label}文件", _SAVE)
    if suffix not in kind.suffixes:
        from zhijiao20.formats.wrong_suffix import report_suffix

        report_suffix(suffix, kind, data, out)
    return roster_from_table(table, catalog, out, limits)
