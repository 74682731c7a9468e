"""Prepare text from files for messages: escape control and invisible characters.  No I/O, few imports."""

from __future__ import annotations

import re

from zhijiao20.core.lazy_regex import lazy_regex

QUOTE_LIMIT = 200  # characters; a longer value is truncated in messages

_NUMBERS = lazy_regex(r"(\d+)")
_UNPRINTABLE = lazy_regex(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_LONG_PREFIXES = (("\\\\?\\UNC\\", "\\\\"), ("\\\\?\\", ""))  # before a path longer than Windows allows


def escape_controls(text: str) -> str:
    r"""Return the text on one line, with control and invisible characters escaped (``\x1b``)."""
    return _UNPRINTABLE.sub(_escape, text)


def quote(value: str) -> str:
    """Return a value for a message: escaped, at most 200 characters, in Chinese quotation marks."""
    shown = value if len(value) <= QUOTE_LIMIT else value[:QUOTE_LIMIT] + "……"
    return f"“{escape_controls(shown)}”"


def display_path(path: object) -> str:
    """Return the full path for a message, with control and invisible characters escaped."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return escape_controls(without_prefix(text))


def without_prefix(path: str) -> str:
    r"""Return a path as people write it: ``\\?\`` before a long one is left out."""
    for prefix, short in _LONG_PREFIXES:
        if path.startswith(prefix):
            return short + path[len(prefix) :]
    return path


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def spaced(label: str) -> str:
    """Return a label as it stands behind a Chinese character: a Latin word is set apart."""
    return f" {label}" if label[:1].isascii() else label


def natural_key(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Return a sort key for natural order: 2 before 10.

    The name itself is the last part of the key, so that the order is the same on every system.
    """
    parts = _NUMBERS.split(name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts], name
