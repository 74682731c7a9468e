"""ZJ6: between units and between tasks; warnings at most.  ZJ601 needs all texts and is wired by ``AcrossReview``."""

from zhijiao20.rules.between import other_unit_named
from zhijiao20.rules.submission import UnitRules

UNIT_RULES: UnitRules = ()
ACROSS_RULES = (("ZJ602", other_unit_named.check),)
