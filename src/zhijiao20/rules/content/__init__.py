"""ZJ3: content; a text must state facts, and its quantities must agree with one another."""

from zhijiao20.rules.content import (
    change_wrong,
    empty_phrases,
    impossible_date,
    percentage_wrong,
    progress_contradicted,
    ratio_wrong,
    repeats_task,
    same_text,
    sum_wrong,
    too_long,
    too_short,
)
from zhijiao20.rules.shared.passage import AllTextsRules, TextRules, UnitRules

UNIT_RULES: UnitRules = (("ZJ301", repeats_task.check),)
ALL_TEXTS_RULES: AllTextsRules = (("ZJ302", same_text.check),)
TEXT_RULES: TextRules = (
    ("ZJ303", progress_contradicted.check),
    ("ZJ304", empty_phrases.check),
    ("ZJ305", too_short.check),
    ("ZJ306", too_long.check),
    ("ZJ307", percentage_wrong.check),
    ("ZJ308", sum_wrong.check),
    ("ZJ309", ratio_wrong.check),
    ("ZJ310", impossible_date.check),
    ("ZJ311", change_wrong.check),
)
