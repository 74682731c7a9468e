"""ZJ1: the structure of status files.  Two rules look at all units; the others are found by intake."""

from zhijiao20.rules.structure import duplicate_unit, period_differs

CROSS_UNIT_RULES = (("ZJ107", duplicate_unit.check), ("ZJ111", period_differs.check))
