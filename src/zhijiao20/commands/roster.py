"""The use case ``roster``: write an empty roster, or read and check one."""

from __future__ import annotations

from pathlib import Path

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.findings import Report, sort_by_place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.roster import Roster
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.discovery import load_catalog, read_bytes


def write_empty(output: Path, *, force: bool = False) -> None:
    """Write an empty roster, as a workbook or as CSV by the suffix of its name.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    if output.suffix.lower() == ".csv":
        from zhijiao20.core.roster import ROSTER_COLUMNS
        from zhijiao20.formats.csv.write import write
        from zhijiao20.formats.normalize.roster import EXAMPLE

        data = write([list(ROSTER_COLUMNS), [EXAMPLE[name] for name in ROSTER_COLUMNS]])
    else:
        from zhijiao20.formats.xlsx.roster_write import write_empty_roster

        data = write_empty_roster(load_catalog())
    write_whole(output, data, replace=force)


def check_roster(path: Path, limits: Limits = DEFAULT) -> tuple[Roster, Report]:
    """Read a roster and report everything that is wrong with it.

    Returns:
        The roster, without the units of wrong rows, and the findings.

    Raises:
        UsageError: the path does not exist or is a folder.
    """
    from zhijiao20.formats.read import unread
    from zhijiao20.formats.read_roster import read_roster, roster_hint

    if not path.exists():
        raise UsageError(f"名册不存在：{display_path(path)}。请核对文件名；空的一份：zhijiao20 roster -o 名册.xlsx")
    if path.is_dir():
        raise UsageError(f"这是文件夹，不是名册：{display_path(path)}。请写名册的文件名，如 名册.xlsx")
    try:
        roster, out = read_roster(path, read_bytes(path, limits), load_catalog(), limits)
    except UnreadableError as error:
        out = unread(path, UnreadableError(error.message, roster_hint(error.hint, limits)))
        roster = Roster((), out.file)
    return roster, Report(1, len(roster.units), tuple(sort_by_place(out.findings)))
