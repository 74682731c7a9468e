"""ZJ6: between units and between tasks; warnings at most.  ZJ601 needs all texts and is wired by ``AcrossReview``."""

from zhijiao20.rules.between import figure_differs, other_unit_named
from zhijiao20.rules.passage import WholeRules

WHOLE_RULES: WholeRules = (("ZJ603", figure_differs.check),)
ACROSS_RULES = (("ZJ602", other_unit_named.check),)
