"""ZJ5: the quantities and dates that the official wording itself sets."""

from zhijiao20.rules.passage import TextRules

TEXT_RULES: TextRules = ()
