"""ZJ6: between units and between tasks; warnings at most."""

from zhijiao20.rules.submission import UnitRules

UNIT_RULES: UnitRules = ()
