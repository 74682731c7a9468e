"""ZJ3: content; a text must state facts, and its quantities must agree with one another."""

from zhijiao20.rules.lazy import lazy
from zhijiao20.rules.shared.passage import AllTextsRules, TextRules
from zhijiao20.rules.shared.rule_types import UnitRules

UNIT_RULES: UnitRules = (("ZJ301", lazy("content.repeats_task")),)
ALL_TEXTS_RULES: AllTextsRules = (("ZJ302", lazy("content.same_text")),)
TEXT_RULES: TextRules = (
    ("ZJ303", lazy("content.progress_contradicted")),
    ("ZJ304", lazy("content.empty_phrases")),
    ("ZJ305", lazy("content.too_short")),
    ("ZJ306", lazy("content.too_long")),
    ("ZJ307", lazy("content.percentage_wrong")),
    ("ZJ308", lazy("content.sum_wrong")),
    ("ZJ309", lazy("content.ratio_wrong")),
    ("ZJ310", lazy("content.impossible_date")),
    ("ZJ311", lazy("content.change_wrong")),
)
