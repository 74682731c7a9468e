"""Define the error for a Word document that cannot be used as a form."""

from __future__ import annotations


class FormError(Exception):
    """The document cannot be used as a form.

    Attributes:
        message: what is wrong, in Chinese.
        hint: what to do, in Chinese.
        unit: the unit of the form, if it was read before.
    """

    unit: str | None = None

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
