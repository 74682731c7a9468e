"""ZJ3: does a text say what it must, and do its figures agree with one another?"""

from zhijiao20.rules.content import change_wrong, impossible_date, percentage_wrong, ratio_wrong, sum_wrong
from zhijiao20.rules.passage import TextRules
from zhijiao20.rules.submission import UnitRules

UNIT_RULES: UnitRules = ()
TEXT_RULES: TextRules = (
    ("ZJ307", percentage_wrong.check),
    ("ZJ308", sum_wrong.check),
    ("ZJ309", ratio_wrong.check),
    ("ZJ310", impossible_date.check),
    ("ZJ311", change_wrong.check),
)
