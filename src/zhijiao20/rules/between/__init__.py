"""ZJ6: between units and between tasks; warnings at most."""

from zhijiao20.rules.between import figure_differs
from zhijiao20.rules.submission import UnitRules

UNIT_RULES: UnitRules = (("ZJ603", figure_differs.check),)
