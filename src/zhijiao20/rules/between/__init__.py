"""ZJ6: comparisons between units and between tasks; warnings at most.

ZJ601 needs the texts of all units, so ``engine.CrossUnitReview`` runs it; ``core.merge`` reports ZJ604.
"""

from zhijiao20.rules.between import figure_differs, other_unit_named
from zhijiao20.rules.shared.passage import AllTextsRules, CrossUnitRules

ALL_TEXTS_RULES: AllTextsRules = (("ZJ603", figure_differs.check),)
CROSS_UNIT_RULES: CrossUnitRules = (("ZJ602", other_unit_named.check),)
