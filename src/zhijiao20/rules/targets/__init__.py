"""ZJ5: the quantities and dates that the official wording itself sets."""

from zhijiao20.rules.lazy import late
from zhijiao20.rules.shared.passage import TextRules

TEXT_RULES: TextRules = (
    ("ZJ501", late("targets.below_target")),
    ("ZJ502", late("targets.late_start")),
    ("ZJ503", late("targets.cycle_too_long")),
    ("ZJ504", late("targets.after_deadline")),
    ("ZJ505", late("targets.evidence_missing")),
    ("ZJ506", late("targets.against_direction")),
)
