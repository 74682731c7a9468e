"""Check whether an entry is 不涉及 (not applicable) and whether it gives a reason; used by review and merging."""

from __future__ import annotations

import re

from zhijiao20.core.submission import Entry, Progress, without_invisible

_NOT_APPLICABLE_PREFIX = re.compile(r"\W*(?:不涉及|不适用|无此项)")
_PUNCTUATION = "。．.，,；;！! \t\n\u3000\u00a0"


def is_not_applicable(entry: Entry) -> bool:
    """Check whether the entry is 不涉及: by its 进展, or by its whole text if 进展 is missing."""
    if entry.progress is None:
        return _is_bare_word(entry)
    return entry.progress is Progress.NOT_APPLICABLE


def gives_no_reason(entry: Entry) -> bool:
    """Check whether the text of a 不涉及 entry is empty or only the word 不涉及."""
    return entry.blank or _is_bare_word(entry)


def says_not_applicable(text: str) -> bool:
    """Check whether a text begins with 不涉及, 不适用 or 无此项."""
    return _NOT_APPLICABLE_PREFIX.match(text) is not None


def _is_bare_word(entry: Entry) -> bool:
    if "涉" not in entry.status:  # prefilter: most texts do not contain this character
        return False
    return without_invisible(entry.status).strip(_PUNCTUATION) == Progress.NOT_APPLICABLE
