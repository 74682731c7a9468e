"""ZJ6: comparisons between units and between tasks; warnings at most.

ZJ601 needs the texts of all units, so ``engine.CrossUnitReview`` runs it; ``core.merge`` reports ZJ604.
"""

from zhijiao20.rules.lazy import lazy
from zhijiao20.rules.shared.passage import AllTextsRules

ALL_TEXTS_RULES: AllTextsRules = (("ZJ603", lazy("between.figure_differs")),)
CROSS_UNIT_RULES = (("ZJ602", lazy("between.other_unit_named")),)
