"""ZJ5: targets; quantities and dates that the official wording of a task sets."""

from zhijiao20.rules.lazy import lazy
from zhijiao20.rules.shared.passage import TextRules

TEXT_RULES: TextRules = (
    ("ZJ501", lazy("targets.below_target")),
    ("ZJ502", lazy("targets.late_start")),
    ("ZJ503", lazy("targets.cycle_too_long")),
    ("ZJ504", lazy("targets.after_deadline")),
    ("ZJ505", lazy("targets.evidence_missing")),
    ("ZJ506", lazy("targets.against_direction")),
)
