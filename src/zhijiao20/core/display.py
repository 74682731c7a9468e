"""Texts from outside as a message shows them: nothing in them hides, and nothing acts on a screen.  Pure, and light."""

from __future__ import annotations

import re

QUOTE_LIMIT = 200  # a wrong value is quoted as it is, cut here

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def escape_controls(text: str) -> str:
    r"""The text on one line with control characters shown as ``\x1b``, so that it can neither hide nor act."""
    return _UNSEEN.sub(_escape, text)


def quote(value: str) -> str:
    """A value from a file as a message shows it: visible, cut at 200 characters, in Chinese quotation marks."""
    cut = value if len(value) <= QUOTE_LIMIT else value[:QUOTE_LIMIT] + "……"
    return f"“{escape_controls(cut)}”"


def path_text(path: object) -> str:
    """A path as text, bytes that are none escaped."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def display_path(path: object) -> str:
    """A path as a message shows it: in full, never with anything that acts on a screen."""
    return escape_controls(path_text(path))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
