"""ZJ6: comparisons between units, between tasks and between rounds; warnings at most.

ZJ601 needs the texts of all units, so ``cross_unit_review`` runs it; ``core.merge`` reports ZJ604.
"""

from zhijiao20.rules.between import (
    figure_differs,
    other_unit_named,
    progress_gone_back,
    same_as_last_round,
    total_smaller,
)
from zhijiao20.rules.shared.passage import AllTextsRules, CrossUnitRules
from zhijiao20.rules.shared.round_match import RoundRules

ALL_TEXTS_RULES: AllTextsRules = (("ZJ603", figure_differs.check),)
CROSS_UNIT_RULES: CrossUnitRules = (("ZJ602", other_unit_named.check),)
ROUND_RULES: RoundRules = (
    ("ZJ605", same_as_last_round.check),
    ("ZJ606", progress_gone_back.check),
    ("ZJ607", total_smaller.check),
)
