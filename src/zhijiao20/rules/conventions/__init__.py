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
from zhijiao20.rules.shared.passage import TextRules
from zhijiao20.rules.shared.signs import Sign, sign_of

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
SIGNS: dict[str, Sign] = {
    "ZJ401": sign_of("[号〕〔﹞]"),
    "ZJ402": sign_of("截止"),
    "ZJ406": sign_of("[\n二三](?:(?<=\n)|[是要])"),
    "ZJ407": sign_of("[-–—－～~](?<=[0-9%％‰万亿百千成].)[0-9]"),
    "ZJ408": relative_time.sign,
    "ZJ409": sign_of("我"),
    "ZJ410": colloquial.sign,
    "ZJ415": stacked_punctuation.sign,
    "ZJ416": sign_of('["＂]'),
    "ZJ417": doubled_word.sign,
    "ZJ418": misspelling.sign,
}
"""Signs without which these rules find nothing."""
