"""Inspect the source text of scalars: the character after a scalar, and the first column of a literal block."""

from __future__ import annotations

import re

_LONE_CR = re.compile("\r(?!\n)")

NOTHING_BEHIND = ":\r\n"
"""Characters that directly follow most scalars; after one of these, no comment follows on the same line."""


def source_lines(text: str) -> str:
    """Return the text with every line ended by LF or CRLF; character indexes stay the same."""
    return (_LONE_CR.sub("\n", text) if "\r" in text else text) + "\n"


def block_column(source: str, mark: int, text: str) -> int:
    """Return the column, counted from 1, where the text of a literal block's lines begins.

    Returns 0 for a blank block, and for one with an anchor or a tag, which may be on a line of its own.

    Args:
        source: the whole file, as returned by ``source_lines``.
        mark: the index in ``source`` where the scalar begins.
        text: the text of the block.
    """
    stripped = text.lstrip(" \n")
    if not stripped or source[mark] != "|":
        return 0
    leading = len(text) - len(stripped)  # blank lines, and leading spaces that belong to the text
    begin = source.index("\n", mark) + 1
    if leading:
        for _ in range(text.count("\n", 0, leading)):
            begin = source.index("\n", begin) + 1
        leading -= text.rfind("\n", 0, leading) + 1
    return source.index(stripped[0], begin) - begin - leading + 1
