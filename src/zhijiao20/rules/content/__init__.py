"""ZJ3: content; a text must state facts, and its quantities must agree with one another."""

from zhijiao20.rules.content import (
    change_wrong,
    empty_phrases,
    fractional_count,
    impossible_date,
    name_variants,
    order_of_magnitude,
    percentage_points,
    percentage_wrong,
    progress_contradicted,
    ratio_wrong,
    repeated_sentence,
    repeats_task,
    reversed_period,
    same_text,
    sum_wrong,
    too_long,
    too_short,
    two_values,
    unit_missing,
)
from zhijiao20.rules.shared.passage import AllTextsRules, TextRules, UnitRules
from zhijiao20.rules.shared.signs import MARKS_TOGETHER, Pattern, Sign, each

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
    ("ZJ312", percentage_points.check),
    ("ZJ313", fractional_count.check),
    ("ZJ314", unit_missing.check),
    ("ZJ315", order_of_magnitude.check),
    ("ZJ316", two_values.check),
    ("ZJ317", reversed_period.check),
    ("ZJ318", repeated_sentence.check),
    ("ZJ319", name_variants.check),
)
SIGNS: dict[str, Sign] = {
    "ZJ303": progress_contradicted.sign,
    "ZJ306": too_long.sign,
    "ZJ307": percentage_wrong.sign,
    "ZJ308": sum_wrong.sign,
    "ZJ309": Pattern(*each("∶:：比", "(?<=[0-9０-９ ].)[ ]?[0-9０-９]"), prose=True),
    "ZJ310": impossible_date.sign,
    "ZJ311": change_wrong.sign,
    "ZJ312": percentage_points.sign,
    "ZJ313": fractional_count.sign,
    "ZJ314": MARKS_TOGETHER,
    "ZJ315": order_of_magnitude.sign,
    "ZJ316": two_values.sign,
    "ZJ317": reversed_period.sign,
    "ZJ318": repeated_sentence.sign,
    "ZJ319": name_variants.sign,
}
"""Signs without which these rules find nothing."""
