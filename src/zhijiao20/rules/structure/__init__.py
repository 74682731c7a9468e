"""ZJ1: structure of the status files.

Two rules compare all units of a run; ``review`` runs ZJ119.  ``formats`` reports the other codes, whose pages are in
``reading_rules.txt``.
"""

from zhijiao20.rules.shared.passage import CrossUnitRules
from zhijiao20.rules.structure import duplicate_unit, period_differs

CROSS_UNIT_RULES: CrossUnitRules = (("ZJ107", duplicate_unit.check), ("ZJ111", period_differs.check))
