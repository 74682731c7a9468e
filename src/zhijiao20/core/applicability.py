"""When an entry says 不涉及, and whether it says why: shared by review and merging."""

from __future__ import annotations

import re

from zhijiao20.core.submission import Entry, Progress, without_invisible

_BEGINS = re.compile(r"\W*(?:不涉及|不适用|无此项)")
_PUNCTUATION = "。．.，,；;！! \t\n\u3000\u00a0"


def is_not_applicable(entry: Entry) -> bool:
    """Whether the entry says 不涉及: as its 进展, or as its whole text where no 进展 is given."""
    if entry.progress is None:
        return _only_the_word(entry)
    return entry.progress is Progress.NOT_APPLICABLE


def gives_no_reason(entry: Entry) -> bool:
    """Whether the text of a 不涉及 entry is empty or the word itself."""
    return entry.blank or _only_the_word(entry)


def says_not_applicable(text: str) -> bool:
    """Whether a text begins by saying that the task is none of the unit's."""
    return _BEGINS.match(text) is not None


def _only_the_word(entry: Entry) -> bool:
    if "涉" not in entry.status:  # most texts do not speak of it at all
        return False
    return without_invisible(entry.status).strip(_PUNCTUATION) == Progress.NOT_APPLICABLE
