"""Exceptions that every layer can raise: wrong use of the program, and an unreadable file."""

from __future__ import annotations


class UsageError(Exception):
    """A command that cannot be carried out as given (exit code 2); its message is in Chinese."""


class UnreadableError(Exception):
    """An existing file that cannot be read; reported as a finding, processing continues with the other files.

    Attributes:
        message: the reason, in Chinese.
        hint: how to fix it, in Chinese.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
