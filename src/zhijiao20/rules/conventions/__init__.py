"""ZJ4: conventions of official documents.  Mechanical errors have a fix (``TextMatch.fix``)."""

from collections.abc import Iterable

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
from zhijiao20.rules.shared.passage import COMMON, Passage, TextRules
from zhijiao20.rules.shared.signs import MARKS_TOGETHER, SEPARATOR, JoinedTexts, Pattern, Sign, any_of, each

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
_FULL_WIDTH = Pattern("％")
_RARE = Pattern(any_of(colloquial.SIGN, relative_time.SIGN), prose=True)


def _full_width(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages with uncommon characters, and those with a full-width percent sign, which is a common one."""
    uncommon = joined.having(_UNCOMMON)
    if "％" not in joined.text:
        return uncommon
    found = {*map(id, uncommon), *map(id, joined.having(_FULL_WIDTH))}
    return [passage for passage in joined.passages if id(passage) in found]


_ITEM_OF_SENTENCE = (
    f"(?:(?<![^，。；：、？！（）,;:\n\u3000 {SEPARATOR}].)(?:[是要抓]|个是)|(?<=[第其].)[，,、：]|(?<=（.)）)"
)
SIGNS: dict[str, Sign] = {
    "ZJ401": document_number.sign,
    "ZJ402": Pattern("截(?=止)", prose=True),
    "ZJ403": date_style.sign,
    "ZJ404": half_width_punctuation.sign,
    "ZJ405": numbering_punctuation.sign,
    "ZJ406": Pattern(
        "\n",
        *each("二三", _ITEM_OF_SENTENCE),
        "四(?=）)",
        *each("②③④"),
        "）(?:(?<=[；。：，（][2-4]）))",
        *each(".．", "(?<=[；。：:，][2-9].)"),
    ),
    "ZJ407": Pattern(
        *each("-–—－～~", "(?<=[0-9%％‰万亿百千成].)[-–—－~～]?[0-9]"), "至(?<=[0-9%]至)[0-9]", prose=True
    ),
    "ZJ408": _RARE,
    "ZJ409": Pattern("我", prose=True),
    "ZJ410": _RARE,
    "ZJ411": _UNCOMMON,
    "ZJ412": _UNCOMMON,
    "ZJ413": unpaired_marks.sign,
    "ZJ414": _full_width,
    "ZJ415": MARKS_TOGETHER,
    "ZJ416": Pattern('"', "＂", "'"),
    "ZJ417": doubled_word.sign,
    "ZJ418": misspelling.sign,
    "ZJ419": no_final_mark.sign,
}
"""Signs without which these rules find nothing."""
