"""The source behind the parser's events: what stands behind a scalar, and where the lines of a literal block begin."""

from __future__ import annotations

import re

_LONE_CR = re.compile("\r(?!\n)")

NOTHING_BEHIND = ":\r\n"
"""What stands right behind most scalars: then no comment does."""


def source_lines(text: str) -> str:
    """The text character for character, every line of it closed by LF (or CRLF)."""
    return (_LONE_CR.sub("\n", text) if "\r" in text else text) + "\n"


def block_column(source: str, mark: int, text: str) -> int:
    """The column from which the lines of a literal block are text, counted from 1; 0 where the block is blank.

    It is 0, too, where the block has an anchor or a tag, which may stand on a line of its own.

    Args:
        source: the whole file, as ``source_lines`` gives it.
        mark: where the scalar begins in it.
        text: the text of the block.
    """
    shown = text.lstrip(" \n")
    if not shown or source[mark] != "|":
        return 0
    before = len(text) - len(shown)  # blank lines, and spaces that belong to the text
    begin = source.index("\n", mark) + 1
    if before:
        for _ in range(text.count("\n", 0, before)):
            begin = source.index("\n", begin) + 1
        before -= text.rfind("\n", 0, before) + 1
    return source.index(shown[0], begin) - begin - before + 1
