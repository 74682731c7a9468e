"""The one error of the form: a document that cannot be used at all."""

from __future__ import annotations


class FormError(Exception):
    """Carries what is wrong and what to do, in Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
