"""Build the submission of a unit from its raw content; whatever is not plain goes to ``explain``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import PERIOD, PHONE, REPORTER, SUPERIOR, UNIT
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.levels import full_label
from zhijiao20.core.not_concerned import HINT, LONGEST, own_name
from zhijiao20.core.submission import Entry, Progress, Submission, is_not_applicable, unit_problem
from zhijiao20.core.unit_names import plain_unit, unit_from_file_name
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.normalize.closing_line import report_below, take_closing_line
from zhijiao20.formats.raw import Items, RawUnit, Scalar

if TYPE_CHECKING:
    from zhijiao20.formats.normalize.explain import Explainer

_TOP = (UNIT, PERIOD, REPORTER, PHONE)


def build_submission(
    raw: RawUnit | Scalar | Items,
    catalog: Catalog,
    out: Collector,
    stem: str = "",
    closing: Callable[[Iterable[str]], str | None] | None = None,
) -> Submission | None:
    """Build the submission of one unit.

    Args:
        raw: the unit as a reader returned it; a text or a list where the file holds no mapping.
        catalog: the official list that ids are compared with.
        out: receives a finding for everything that is wrong or was corrected.
        stem: the unit where the file names none (a Word form: the file's name); empty where it must name one.
        closing: finds the line below a table that is the name of a unit; None without a roster.

    Returns:
        The submission with all that could be understood, or None where no unit is named or there is no mapping.
    """
    if not isinstance(raw, RawUnit):
        from zhijiao20.formats.normalize.explain import report_no_mapping

        report_no_mapping(raw, out)
        return None
    named = _named(raw, out, stem, closing)
    unit_out = out.of_unit(None if unit_problem(named) else named)
    superior = "" if raw.superior is None else _superior(raw.superior, unit_out)
    if superior and unit_out.unit is not None:
        unit_out = out.of_unit(full_label(named, superior))
    if raw.below:
        report_below(raw.below, named, unit_out)
    explainer: Explainer | None = None
    entries: dict[str, Entry | None] = {}  # in the order of the file; None for one that had nothing to keep
    tasks = catalog.tasks
    for entry in raw.entries:
        if type(entry) is Entry and entry.task in tasks and entry.task not in entries:
            entries[entry.task] = entry
        else:
            explainer = explainer or _explainer(catalog, unit_out)
            explainer.add_entry(entry, entries)
    without_progress = [entry for entry in entries.values() if entry is not None and entry.progress is None]
    if without_progress:
        report_not_concerned(without_progress, named, unit_out)
    fields = _plain_fields(raw, unit_out)
    if raw.bare or fields is None:
        explainer = explainer or _explainer(catalog, unit_out)
        if raw.bare:
            explainer.report_bare(raw.bare)
        fields = fields or explainer.fields(raw)
    if fields is None:
        return None
    texts, place = fields
    return Submission(
        full_label(texts[UNIT], superior) if superior else texts[UNIT],
        out.file,
        texts.get(PERIOD, ""),
        texts.get(REPORTER, ""),
        texts.get(PHONE, ""),
        {task: kept for task in tasks if (kept := entries.get(task)) is not None},
        place,
        raw.place if raw.tasks_place is None else raw.tasks_place,
        raw.from_file_name,
        superior=superior,
    )


def _named(raw: RawUnit, out: Collector, stem: str, closing: Callable[[Iterable[str]], str | None] | None) -> str:
    """Return the unit of a file: as the file says it, by the line that closes the form, else by the file's name.

    What is no part of the name is taken off; the name is empty where none is found.
    """
    if raw.below:
        take_closing_line(raw, out, closing)
    if stem and all(key.text != UNIT for key, _ in raw.fields):
        raw.fields.insert(0, (Scalar(UNIT), Scalar(name_from_file(stem, out))))
        raw.from_file_name = True
    for index, (key, node) in enumerate(raw.fields):
        if key.text == UNIT and isinstance(node, Scalar):
            unit = node.text if node.text.isalpha() else plain_unit(node.text)
            if unit != node.text and not unit_problem(unit):
                report_unit_normalized(node, unit, out)
                raw.fields[index] = (key, node._replace(text=unit))
                return unit
            return node.text
    return ""


def _superior(written: Scalar, out: Collector) -> str:
    """Return 上级 as it is written; empty, with an error, where it can be no unit's name."""
    superior = written.text.strip()
    if problem := unit_problem(superior):
        message = f"“{SUPERIOR}”不能这样写：{problem.replace(UNIT, SUPERIOR)}"
        out.add("ZJ106", message, "写它直接报送给的单位，写全称；没有的空着", place=written.place)
        return ""
    return superior


def _plain_fields(raw: RawUnit, out: Collector) -> tuple[dict[str, str], Place] | None:
    """Return the texts at the top by name, and where 单位 stands; None where any of them is not plain."""
    texts: dict[str, str] = {}
    place = raw.place
    for key, node in raw.fields:
        if key.text not in _TOP or key.text in texts or not isinstance(node, Scalar) or not is_kept(node.text):
            return None
        texts[key.text] = node.text
        if key.text == UNIT:
            place = node.place
    plain = raw.tasks_place is not None and out.unit is not None and "\n" not in texts.get(PERIOD, "")
    return (texts, place) if plain else None


def name_from_file(stem: str, out: Collector) -> str:
    """Return the unit that the file's name names, with a warning that it serves as the unit."""
    from zhijiao20.core.display import quote

    unit = unit_from_file_name(stem)
    out.add("ZJ113", f"没有写单位，单位取自文件名：{quote(unit)}", "在文件里写上单位全称")
    return unit


def report_unit_normalized(written: Scalar, unit: str, out: Collector) -> None:
    """Tell that the name of a unit was written with a seal, a date or quotation marks, which are no part of it."""
    from zhijiao20.core.display import quote

    message = f"单位{quote(written.text)}已按{quote(unit)}读取：盖章、日期、引号等不是单位名称"
    out.of_unit(unit).add("ZJ120", message, f"建议只写单位全称：{unit}", place=written.place)


def report_not_concerned(entries: Iterable[Entry], unit: str, out: Collector) -> None:
    """Tell once for the unit which texts are understood as 不涉及, beyond those that are the word itself."""
    found: list[Entry] = []
    for entry in entries:
        if len(entry.status) <= LONGEST and HINT.search(entry.status) is not None:
            entry.own_name = own_name(entry.status, unit)
            if is_not_applicable(entry) and entry.status.strip(" 。.\n\u3000") != Progress.NOT_APPLICABLE:
                found.append(entry)
    if found:
        listed = "、".join(entry.task for entry in found)
        message = f"{len(found)} 项的文字只说与本单位无关，已按“不涉及”理解：{listed}"
        hint = "其中确有工作要报的，请写明做了什么；其余不用改"
        out.add("ZJ112", message, hint, place=found[0].text_place)


def _explainer(catalog: Catalog, out: Collector) -> Explainer:
    """Load the code that explains what is wrong: it needs pydantic, which plain files do without."""
    from zhijiao20.formats.normalize.explain import Explainer

    return Explainer(catalog, out)
