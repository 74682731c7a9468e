"""Find the rows that close a table in a sheet: who signs it, when, and notes; they are no entries.  No I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from zhijiao20.core.display import quote
from zhijiao20.core.fields import STATUS
from zhijiao20.core.findings import Collector
from zhijiao20.core.header_labels import OTHER_LABELS, begins_with_unit, is_label
from zhijiao20.core.submission import is_blank
from zhijiao20.formats.normalize.lead_lines import line_of
from zhijiao20.formats.raw import BELOW_LIMIT, Row, Scalar

_LONGEST = 300  # characters of a cell that may close a table
_VALUE = 50  # characters of a value beside its label
_DATE = r"(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月(?:[0-9]{1,2}日)?|([./-])[0-9]{1,2}\1[0-9]{1,2})"
_NOTE = r"(?:备?注|说明|填表说明)\s{0,3}[:：]"


class ClosingRows:
    """The rows that may close a table, as long as no entry follows."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def take(self, row: Row) -> bool:
        """Keep a row if it may close the table; return whether it may."""
        texts = [text.strip() for text in row.cells if not is_blank(text)]
        closes = bool(texts) and len(self.rows) < BELOW_LIMIT and _close(texts)
        if closes:
            self.rows.append(row)
        return closes

    def given_back(self) -> list[Row]:
        """Return the rows, which close nothing: an entry follows."""
        rows, self.rows = self.rows, []
        return rows

    def lines(self) -> list[Scalar]:
        """Return the rows as lines, each at the place of its row."""
        return [Scalar(line_of(row).strip(), row.place(0)) for row in self.rows]


def report_closing(lines: Sequence[Scalar], out: Collector) -> None:
    """Report the lines below a table that are neither a date nor the unit, once."""
    others = [line for line in lines if not _is_date(line.text) and not begins_with_unit(line.text)]
    if others:
        hint = f"是填报内容就写在“{STATUS}”里"
        out.add("ZJ110", f"表格下面的文字未采用，如{quote(others[0].text)}", hint, place=others[0].place)


def _close(texts: Sequence[str]) -> bool:
    """Check whether all texts of a row may close a table; behind a label alone, any short text is its value."""
    is_value = False
    for text in texts:
        if not (_closes(text) or (is_value and len(text) <= _VALUE)):
            return False
        is_value = len(text) <= _VALUE and (text.endswith(("：", ":")) or is_label(text) or _is_label(text))
    return True


def _is_label(text: str) -> bool:
    return _closing().fullmatch(text) is not None


def _closes(text: str) -> bool:
    return len(text) <= _LONGEST and (begins_with_unit(text) or _closing().match(text) is not None)


def _is_date(text: str) -> bool:
    return len(text) <= _LONGEST and re.fullmatch(_DATE, "".join(text.split())) is not None


@cache
def _closing() -> re.Pattern[str]:
    labels = "|".join(sorted(OTHER_LABELS, key=len, reverse=True))
    return re.compile(
        rf"{_DATE}\s{{0,9}}\Z|{_NOTE}|(?:{labels})\s{{0,9}}(?:[（(][^）)]{{0,40}}[）)])?\s{{0,9}}(?:[:：]|\Z)"
    )
