"""ZJ4: conventions of official documents.  Mechanical errors have a fix (``TextMatch.fix``)."""

from zhijiao20.rules.conventions import (
    colloquial,
    date_style,
    deadline_word,
    document_number,
    doubled_word,
    first_person,
    full_width,
    half_quotation_marks,
    half_width_punctuation,
    invisible_character,
    look_alike_character,
    misspelling,
    no_final_mark,
    numbering_gap,
    numbering_punctuation,
    range_style,
    relative_time,
    stacked_punctuation,
    unpaired_marks,
)
from zhijiao20.rules.shared.passage import COMMON, TextRules
from zhijiao20.rules.shared.signs import MARKS_TOGETHER, Pattern, Sign, any_of, each

TEXT_RULES: TextRules = (
    ("ZJ401", document_number.check),
    ("ZJ402", deadline_word.check),
    ("ZJ403", date_style.check),
    ("ZJ404", half_width_punctuation.check),
    ("ZJ405", numbering_punctuation.check),
    ("ZJ406", numbering_gap.check),
    ("ZJ407", range_style.check),
    ("ZJ408", relative_time.check),
    ("ZJ409", first_person.check),
    ("ZJ410", colloquial.check),
    ("ZJ411", invisible_character.check),
    ("ZJ412", look_alike_character.check),
    ("ZJ413", unpaired_marks.check),
    ("ZJ414", full_width.check),
    ("ZJ415", stacked_punctuation.check),
    ("ZJ416", half_quotation_marks.check),
    ("ZJ417", doubled_word.check),
    ("ZJ418", misspelling.check),
    ("ZJ419", no_final_mark.check),
)
_UNCOMMON = Pattern(f"[^{COMMON}\0]")
_RARE = Pattern(any_of(colloquial.SIGN, misspelling.SIGN, relative_time.SIGN), prose=True)
SIGNS: dict[str, Sign] = {
    "ZJ401": document_number.sign,
    "ZJ402": Pattern("截(?=止)", prose=True),
    "ZJ403": date_style.sign,
    "ZJ404": half_width_punctuation.sign,
    "ZJ405": numbering_punctuation.sign,
    "ZJ406": Pattern(
        "\n", "二(?=[是要])", "三(?=[是要]|）)", "四(?=）)", "\\.(?<=[；。：:][3-9]\\.)", "．(?<=[；。：:][3-9]．)"
    ),
    "ZJ407": Pattern(*each("-–—－～~", "(?<=[0-9%％‰万亿百千成].)[0-9]"), "至(?<=[0-9]至)(?=[0-9]+0000元)", prose=True),
    "ZJ408": _RARE,
    "ZJ409": Pattern("我", prose=True),
    "ZJ410": _RARE,
    "ZJ411": _UNCOMMON,
    "ZJ412": _UNCOMMON,
    "ZJ413": unpaired_marks.sign,
    "ZJ414": _UNCOMMON,
    "ZJ415": MARKS_TOGETHER,
    "ZJ416": Pattern('"', "＂"),
    "ZJ417": doubled_word.sign,
    "ZJ418": _RARE,
    "ZJ419": no_final_mark.sign,
}
"""Signs without which these rules find nothing."""
