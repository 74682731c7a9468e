"""Errors that every layer can raise: wrong usage of the program, and a file that cannot be read."""

from __future__ import annotations


class UsageError(Exception):
    """The command as given cannot be carried out: exit code 2.  Carries the message in Chinese."""


class UnreadableError(Exception):
    """A file that exists cannot be read: a finding, the other files go on.  Carries message and hint in Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
