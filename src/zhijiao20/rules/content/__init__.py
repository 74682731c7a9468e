"""ZJ3: does a text say what it must, and do its figures agree with one another?"""

from zhijiao20.rules.lazy import late
from zhijiao20.rules.shared.passage import TextRules, WholeRules
from zhijiao20.rules.shared.rule_types import UnitRules

UNIT_RULES: UnitRules = (("ZJ301", late("content.repeats_task")),)
WHOLE_RULES: WholeRules = (("ZJ302", late("content.same_text")),)
TEXT_RULES: TextRules = (
    ("ZJ303", late("content.progress_contradicted")),
    ("ZJ304", late("content.empty_phrases")),
    ("ZJ305", late("content.too_short")),
    ("ZJ306", late("content.too_long")),
    ("ZJ307", late("content.percentage_wrong")),
    ("ZJ308", late("content.sum_wrong")),
    ("ZJ309", late("content.ratio_wrong")),
    ("ZJ310", late("content.impossible_date")),
    ("ZJ311", late("content.change_wrong")),
)
