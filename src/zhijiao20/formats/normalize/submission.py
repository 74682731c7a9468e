"""Build the submission of a unit from its raw content; whatever is not plain goes to ``explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.fields import PERIOD, PHONE, REPORTER, UNIT
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.submission import Entry, Submission, unit_problem
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.raw import Items, RawUnit, Scalar

if TYPE_CHECKING:
    from zhijiao20.formats.normalize.explain import Explainer

_TOP = (UNIT, PERIOD, REPORTER, PHONE)


def build_submission(
    raw: RawUnit | Scalar | Items, catalog: Catalog, out: Collector, stem: str = ""
) -> Submission | None:
    """Build the submission of one unit.

    Args:
        raw: the unit as a reader returned it; a text or a list where the file holds no mapping.
        catalog: the official list that ids are compared with.
        out: receives a finding for everything that is wrong or was corrected.
        stem: the unit where the file names none (a Word form: the file's name); empty where it must name one.

    Returns:
        The submission with all that could be understood, or None where no unit is named or there is no mapping.
    """
    if not isinstance(raw, RawUnit):
        from zhijiao20.formats.normalize.explain import report_no_mapping

        report_no_mapping(raw, out)
        return None
    if stem and all(key.text != UNIT for key, _ in raw.fields):
        report_unit_from_file_name(stem, out)
        raw.fields.insert(0, (Scalar(UNIT), Scalar(stem)))
    named = next((node.text for key, node in raw.fields if key.text == UNIT and isinstance(node, Scalar)), "")
    unit_out = out.of_unit(None if unit_problem(named) else named)
    explainer: Explainer | None = None
    entries: dict[str, Entry | None] = {}  # in the order of the file; None for one that had nothing to keep
    tasks = catalog.tasks
    for entry in raw.entries:
        if type(entry) is Entry and entry.task in tasks and entry.task not in entries:
            entries[entry.task] = entry
        else:
            explainer = explainer or _explainer(catalog, unit_out)
            explainer.add_entry(entry, entries)
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
        texts[UNIT],
        out.file,
        texts.get(PERIOD, ""),
        texts.get(REPORTER, ""),
        texts.get(PHONE, ""),
        {task: kept for task in tasks if (kept := entries.get(task)) is not None},
        place,
        raw.place if raw.tasks_place is None else raw.tasks_place,
    )


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


def report_unit_from_file_name(stem: str, out: Collector) -> None:
    """Warn that the file's name serves as the unit."""
    from zhijiao20.core.display import quote

    out.add("ZJ113", f"没有写单位，单位取自文件名：{quote(stem)}", "在文件里写上单位全称")


def _explainer(catalog: Catalog, out: Collector) -> Explainer:
    """Load the code that explains what is wrong: it needs pydantic, which plain files do without."""
    from zhijiao20.formats.normalize.explain import Explainer

    return Explainer(catalog, out)
