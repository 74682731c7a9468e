"""ZJ1: structure of the status files.

Two rules compare all units of a run; ``review`` runs ZJ119.  ``formats`` reports the other codes, whose pages are in
``reading_rules.txt``.
"""

from zhijiao20.rules.shared.passage import CrossUnitRules
from zhijiao20.rules.shared.unit_summary import Differ
from zhijiao20.rules.structure import duplicate_unit, period_differs


def cross_unit_rules(differ: Differ) -> CrossUnitRules:
    """Return the rules that compare all units; ``differ`` says in which tasks several files of a unit differ."""
    return (("ZJ107", duplicate_unit.check_with(differ)), ("ZJ111", period_differs.check))
