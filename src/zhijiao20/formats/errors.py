"""The one error of all readers."""

from __future__ import annotations

from zhijiao20.findings import NOWHERE, Place


class FormatError(Exception):
    """A file cannot be read; carries what its finding will say.

    Attributes:
        code: the rule code (ZJ0xx, or ZJ114 for doubled keys that leave nothing to go on with).
        message: what is wrong, in Chinese.
        hint: what to do.
        place: where.
    """

    def __init__(self, code: str, message: str, hint: str, place: Place = NOWHERE) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.place = code, message, hint, place
