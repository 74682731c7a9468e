"""Read 单位 and 报告期 from the lines above a table, for a table without these columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhijiao20.core.fields import PERIOD
from zhijiao20.core.header_labels import is_label, unit_in_lines, value_after, without_label
from zhijiao20.core.submission import is_blank
from zhijiao20.formats.raw import Row, Scalar

_GAP = "　　"  # between the cells of a row, so that a label in one is not taken for a value of the one before


@dataclass(frozen=True, slots=True)
class Lead:
    """What the lines above a table say.

    Attributes:
        unit: the unit that a line names, at the place of its row.
        period: the 报告期 that a line names, at the place of its row.
        unit_label: the label in front of the unit.
    """

    unit: Scalar | None = None
    period: Scalar | None = None
    unit_label: str = ""

    def rest(self, above: Sequence[Row], *, unit: bool, period: bool) -> list[Row]:
        """Return the rows above with anything besides the values that are taken.

        Args:
            above: the rows above the header.
            unit: whether the unit is taken from a line.
            period: whether the 报告期 is.
        """
        rows: list[Row] = []
        for row in above:
            full = line = line_of(row)
            for scalar, label, is_taken in ((self.unit, self.unit_label, unit), (self.period, PERIOD, period)):
                if is_taken and scalar and scalar.place == row.place(0):
                    line = without_label(label, line)
            if line == full or not is_blank(line):
                rows.append(row)
        return rows


def read_lead(above: Sequence[Row]) -> Lead:
    """Return the unit and the 报告期 that the rows above the header name."""
    if not above:
        return Lead()
    lines = [line_of(row) for row in above]
    named = unit_in_lines(lines)
    periods = ((number, value) for number, line in enumerate(lines) if (value := value_after(PERIOD, line)))
    period = next(periods, None)
    return Lead(
        None if named is None else Scalar(named[2], above[named[0]].place(0)),
        None if period is None else Scalar(period[1], above[period[0]].place(0)),
        "" if named is None else named[1],
    )


def line_of(row: Row) -> str:
    """Return the texts of a row as one line; see ``in_one_line``."""
    return in_one_line([" ".join(cell.split()) for cell in row.cells if not is_blank(cell)])


def in_one_line(texts: Iterable[str]) -> str:
    """Return the texts of cells as one line: behind a label stands its value, else there is a gap between two."""
    parts: list[str] = []
    for text in texts:
        if parts and is_label(parts[-1]):
            parts[-1] += "："
        is_value = bool(parts) and parts[-1].endswith(("：", ":"))
        parts.append(text if is_value or not parts else _GAP + text)
    return "".join(parts)
