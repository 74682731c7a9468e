"""ZJ4: the conventions of official documents.  Mechanical slips carry their remedy (``Hit.fix``)."""

from zhijiao20.rules.passage import TextRules

TEXT_RULES: TextRules = ()
