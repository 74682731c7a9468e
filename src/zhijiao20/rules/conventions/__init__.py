"""ZJ4: conventions of official documents.  Mechanical errors have a fix (``TextMatch.fix``)."""

from zhijiao20.rules.lazy import lazy
from zhijiao20.rules.shared.passage import TextRules

TEXT_RULES: TextRules = (
    ("ZJ401", lazy("conventions.document_number")),
    ("ZJ402", lazy("conventions.deadline_word")),
    ("ZJ403", lazy("conventions.date_style")),
    ("ZJ404", lazy("conventions.half_width_punctuation")),
    ("ZJ405", lazy("conventions.numbering_punctuation")),
    ("ZJ406", lazy("conventions.numbering_gap")),
    ("ZJ407", lazy("conventions.range_style")),
    ("ZJ408", lazy("conventions.relative_time")),
    ("ZJ409", lazy("conventions.first_person")),
    ("ZJ410", lazy("conventions.colloquial")),
    ("ZJ411", lazy("conventions.invisible_character")),
    ("ZJ412", lazy("conventions.look_alike_character")),
)
