"""ZJ3: does a text say what it must, and do its figures agree with one another?"""

from zhijiao20.rules.passage import TextRules
from zhijiao20.rules.submission import UnitRules

UNIT_RULES: UnitRules = ()
TEXT_RULES: TextRules = ()
