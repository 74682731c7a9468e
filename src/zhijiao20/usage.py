"""What every command needs to speak of its own line: the error, and paths as a message shows them.  Light."""

from __future__ import annotations

from pathlib import Path

from zhijiao20.showing import visible


class UsageError(Exception):
    """The command as given cannot be carried out: exit code 2.  Carries the message in Chinese."""


def as_text(path: Path) -> str:
    """A path as text, bytes that are none escaped."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def shown(path: Path) -> str:
    """A path as a message shows it: in full, never with anything that acts on a screen."""
    return visible(as_text(path))
