"""ZJ6: between units and between tasks; warnings at most.  ZJ601 needs all texts and is wired by ``AcrossReview``."""

from zhijiao20.rules.lazy import late
from zhijiao20.rules.shared.passage import WholeRules

WHOLE_RULES: WholeRules = (("ZJ603", late("between.figure_differs")),)
ACROSS_RULES = (("ZJ602", late("between.other_unit_named")),)
