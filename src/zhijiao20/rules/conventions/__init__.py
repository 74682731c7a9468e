"""ZJ4: conventions of official documents.  Mechanical errors have a fix (``TextMatch.fix``)."""

from zhijiao20.rules.conventions import (
    colloquial,
    date_style,
    deadline_word,
    document_number,
    first_person,
    half_width_punctuation,
    invisible_character,
    look_alike_character,
    numbering_gap,
    numbering_punctuation,
    range_style,
    relative_time,
)
from zhijiao20.rules.shared.passage import TextRules

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
)
