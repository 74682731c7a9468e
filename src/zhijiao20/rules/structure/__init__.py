"""ZJ1: structure of the status files.

Two rules compare all units of a run; ``review`` runs ZJ119.  ``formats`` reports the other codes, whose pages are in
``reading_rules.txt``.
"""

from collections.abc import Callable, Iterable

from zhijiao20.rules.shared.passage import CrossUnitRules
from zhijiao20.rules.structure import duplicate_unit, period_differs


def cross_unit_rules(tasks: Callable[[], Iterable[str]]) -> CrossUnitRules:
    """Return the rules that compare all units; ``tasks`` returns the ids of all tasks."""
    return (("ZJ107", duplicate_unit.check_with(tasks)), ("ZJ111", period_differs.check))
