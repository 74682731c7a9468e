"""ZJ4: the conventions of official documents.  Mechanical slips carry their remedy (``Hit.fix``)."""

from zhijiao20.rules.lazy import late
from zhijiao20.rules.shared.passage import TextRules

TEXT_RULES: TextRules = (
    ("ZJ401", late("conventions.document_number")),
    ("ZJ402", late("conventions.deadline_word")),
    ("ZJ403", late("conventions.date_style")),
    ("ZJ404", late("conventions.half_width_punctuation")),
    ("ZJ405", late("conventions.numbering_punctuation")),
    ("ZJ406", late("conventions.numbering_gap")),
    ("ZJ407", late("conventions.range_style")),
    ("ZJ408", late("conventions.relative_time")),
    ("ZJ409", late("conventions.first_person")),
    ("ZJ410", late("conventions.colloquial")),
    ("ZJ411", late("conventions.invisible_character")),
    ("ZJ412", late("conventions.look_alike_character")),
)
