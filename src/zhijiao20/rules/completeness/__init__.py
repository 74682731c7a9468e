"""ZJ2: completeness; every task of the catalog must have a status text."""

from zhijiao20.rules.completeness import blank_form, empty_status, missing_task, placeholder, reason_missing
from zhijiao20.rules.shared.passage import UnitRules

UNIT_RULES: UnitRules = (
    ("ZJ205", blank_form.check),
    ("ZJ202", missing_task.check),
    ("ZJ201", empty_status.check),
    ("ZJ203", placeholder.check),
    ("ZJ204", reason_missing.check),
)
