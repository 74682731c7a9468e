"""Take the unit from the line that closes a form, where nothing else names one; report other text below the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from zhijiao20.core.display import quote
from zhijiao20.core.fields import STATUS, UNIT
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.header_labels import unit_in_lines
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.core.wording import fold
from zhijiao20.formats.raw import OddEntry, RawUnit, Scalar


def take_closing_line(raw: RawUnit, out: Collector, closing: Callable[[Iterable[str]], str | None] | None) -> None:
    """Name a unit that only its file names after a line below its table: one with a label, or a unit of the roster.

    Args:
        raw: the unit; its field 单位 is changed.
        out: loses the findings that no longer hold; those of the unit get its name.
        closing: returns the line that is the name of a unit; None without a roster.
    """
    named = [node.text for key, node in raw.fields if key.text == UNIT and isinstance(node, Scalar)]
    found = None if named and not raw.from_file_name else _closing(raw.below, closing)
    if found is None:
        return
    raw.fields[:] = [(key, node) for key, node in raw.fields if key.text != UNIT]
    raw.fields.insert(0, (Scalar(UNIT, found.place), found))
    raw.from_file_name = False
    out.findings[:] = [
        replace(finding, unit=found.text) if named and finding.unit == named[0] else finding
        for finding in out.findings
        if finding.rule.code != "ZJ113"
        and not (finding.rule.code in _OF_A_NOTE and _same_row(finding.place, found.place))
    ]
    raw.entries[:] = [
        entry for entry in raw.entries if not (isinstance(entry, OddEntry) and _same_row(entry.key.place, found.place))
    ]


def _closing(below: Sequence[Scalar], closing: Callable[[Iterable[str]], str | None] | None) -> Scalar | None:
    """Return the unit that one of the lines names, at the place of the line."""
    lines = [scalar.text for scalar in below]
    if (labelled := unit_in_lines(lines)) is not None:
        number, _, name = labelled
        return below[number]._replace(text=plain_unit(name))
    line = closing(lines) if closing is not None else None
    return None if line is None else below[lines.index(line)]._replace(text=plain_unit(line))


_OF_A_NOTE = frozenset({"ZJ101", "ZJ110"})  # what is told of a row that is no entry
_ROW = lazy_regex(r"[A-Z]{1,3}(?=[0-9]+$)")


def _same_row(one: Place, other: Place) -> bool:
    """Check whether two places in a table are in the same row; a document has no places."""
    if one.cell and other.cell:
        return _ROW.sub("", one.cell) == _ROW.sub("", other.cell)
    return one.line is not None and one.line == other.line


def report_below(below: Sequence[Scalar], unit: str, out: Collector) -> None:
    """Report text below a table of a document; a line that repeats the unit is none, and that of a sheet was reported.

    Args:
        below: the first texts below the table.
        unit: the unit of the file.
        out: receives the finding.
    """
    key = fold(unit)
    others = (scalar.text for scalar in below if scalar.place == NOWHERE and fold(plain_unit(scalar.text)) != key)
    if (text := next(others, None)) is not None:
        out.add("ZJ110", f"表格下面的文字未采用，如{quote(text)}", f"是填报内容就写在“{STATUS}”里")
