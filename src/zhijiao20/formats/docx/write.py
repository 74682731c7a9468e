"""Write a Word status file: the official form, or the rows of some tasks, with column 4 filled in."""

from __future__ import annotations

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import PERIOD
from zhijiao20.core.merge import merge
from zhijiao20.core.submission import Submission
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.formats.docx.fill import fill, open_form
from zhijiao20.formats.docx.header_lines import UNIT_LINE, value_after
from zhijiao20.formats.docx.own_rows import form_for


def write(submission: Submission, catalog: Catalog) -> bytes:
    """Return the form with the texts of a unit in column 4 and its name above the table.

    Raises:
        UsageError: 单位 or 报告期 would be read back differently.
    """
    for label, value in ((UNIT_LINE, submission.unit), (PERIOD, submission.period)):
        if value_after(label, f"{label}：{value}") != value or (label == UNIT_LINE and plain_unit(value) != value):
            raise UsageError(
                f"“{escape_controls(value)}”写进 Word 表的“{label}：”后面读不回原样。"
                "请去掉首尾和中间的连续空格，或改用 -f yaml"
            )
    form = open_form(form_for(catalog), catalog, own=True)
    return fill(form, merge([submission], catalog).cells, unit=submission.unit, period=submission.period)
