"""Read a merged Word table as the units that it was merged from, and tell how it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.findings import Collector, rename_units
from zhijiao20.core.levels import bare_name, full_label, labels_of
from zhijiao20.core.limits import Limits
from zhijiao20.core.merged_table import MergedTable, begins_with_label, is_digest, names_in_labels, read_merged
from zhijiao20.core.submission import Entry, Submission, gives_no_reason, is_not_applicable
from zhijiao20.core.unit_names import is_plain_unit
from zhijiao20.core.wording import fold
from zhijiao20.formats.format_error import FormatError, too_many_units
from zhijiao20.formats.normalize.submission import report_not_concerned

if TYPE_CHECKING:
    from zhijiao20.core.identify import Directory

_NAMED = 5  # units that a message names


def with_labels(submission: Submission) -> Submission:
    """Return a submission that keeps in mind which names the labels in its texts have."""
    names = dict.fromkeys(map(fold, names_in_labels(entry.status for entry in submission.entries.values())))
    return replace(submission, labels=tuple(names)) if names else submission


def told_apart(
    submission: Submission, catalog: Catalog, out: Collector, limits: Limits, directory: Directory | None
) -> list[Submission]:
    """Return the units of a merged table, else the submission itself; tell how a table with labels was read.

    Args:
        submission: what was read from a Word table.
        catalog: the official list.
        out: the findings of the file.
        limits: the maximum number of units.
        directory: the names of the roster; None without one.

    Raises:
        FormatError: the table is a digest (ZJ002), or has too many units.
    """
    filled = {entry.task: entry for entry in submission.entries.values() if not entry.blank}
    without_text = {task for task, entry in filled.items() if is_not_applicable(entry) and gives_no_reason(entry)}
    cells = {task: entry.status for task, entry in filled.items() if task not in without_text}
    if is_digest(cells.values()):
        message = "这是摘要（各格先写多少个单位、进展如何），不是填报文件，也不是汇总表：各单位的文字不全在里面"
        raise FormatError("ZJ002", message, "请要汇总表，或用 zhijiao20 convert 收件 -o 全市.xlsx 合成的 Excel 文件")
    labelled = sum(map(begins_with_label, cells.values()))
    if not labelled:
        return [submission]
    superior = _superior(submission)
    table = read_merged(cells, superior, directory.has if directory else _nobody)
    if table is None:
        if labelled * 2 > len(cells):
            _report_doubt(submission, cells[next(iter(cells))], out)
        return [with_labels(submission)]
    if len(table.units) > limits.units:
        raise too_many_units(len(table.units), limits)
    units = _submissions(submission, table, without_text, catalog, out)
    _report_units(units, superior, submission.unit, out)
    return units


def _nobody(_: str) -> bool:
    return False


def _superior(submission: Submission) -> str:
    """Return the unit that merged a table; the file's name says it only if it is plainly that of a unit."""
    plain = not submission.from_file_name or is_plain_unit(submission.unit)
    return submission.unit if plain else ""


def _submissions(
    whole: Submission, table: MergedTable, without_text: set[str], catalog: Catalog, out: Collector
) -> list[Submission]:
    """Return the units of a table; what is empty in it is asked of the first one, so that it is told once."""
    shared = {task: whole.entries[task] for task in without_text}
    gaps = {task: entry for task, entry in whole.entries.items() if entry.blank}
    missing = catalog.tasks.keys() - whole.entries.keys()
    units: list[Submission] = []
    for index, unit in enumerate(table.units):
        own = {task: _entry(whole.entries[task], text) for task, text in table.texts[unit].items()}
        label = full_label(unit.name, unit.superior)
        report_not_concerned(own.values(), unit.name, out.of_unit(label))
        found = shared | own | ({} if index else gaps)
        units.append(
            Submission(
                label,
                whole.file,
                whole.period,
                entries={task: found[task] for task in catalog.tasks if task in found},
                place=whole.place,
                tasks_place=whole.tasks_place,
                duties=frozenset(found) if index else frozenset(found) | missing,
                superior=unit.superior,
                from_merged=True,
            )
        )
    return units


def _entry(cell: Entry, text: str) -> Entry:
    return Entry(cell.task, status=text, place=cell.place, text_place=cell.text_place)


def _report_units(units: Sequence[Submission], superior: str, whole: str, out: Collector) -> None:
    """Tell that a table was read as a merged one; what was found in reading it is of no single unit."""
    rename_units(out.findings, {whole: None})
    if not superior:
        out.findings[:] = [finding for finding in out.findings if finding.rule.code != "ZJ113"]
    superiors = [unit.superior for unit in units]
    called = labels_of([bare_name(unit.unit, unit.superior) for unit in units], superiors)
    names = "、".join(called[:_NAMED])
    more = f" 等 {len(units)} 个" if len(units) > _NAMED else ""
    above = f"，上级是{quote(superior)}" if superior else "；表上方没有写填报单位，不知道上级是谁"
    message = f"这是汇总表，已按各格的【单位】分给 {len(units)} 个单位：{names}{more}{above}"
    out.with_limit(None).add("ZJ121", message, "请核对是不是这几个单位；有进展、佐证要一起报的，改用 Excel 汇总文件")


def _report_doubt(submission: Submission, first: str, out: Collector) -> None:
    """Tell that a table whose cells begin with labels was read as the text of one unit."""
    message = f"各格多以【】开头（如{quote(first[:20])}），看不准是几个单位的汇总表，已照一个单位的文字读取"
    hint = "是自己写的小标题，不用改；是汇总表的，请用 zhijiao20 convert 收件 -o 全市.xlsx 合成一份报来"
    out.with_limit(None).of_unit(submission.unit).add("ZJ121", message, hint)
