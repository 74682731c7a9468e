"""The lines of a text that its edits change, as a unified diff.

The edits are known, so that nothing is searched for: difflib takes minutes for a table of ten thousand changed lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from zhijiao20.review.fixer import Edit

_BREAKS = re.compile(r"\r\n|\r|\n")
_CONTEXT = 1  # lines shown before and behind those that differ
_Opcode: TypeAlias = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class _Known(SequenceMatcher[str]):
    """What is known already, to be put into groups."""

    def __init__(self, opcodes: list[_Opcode]) -> None:
        super().__init__(None, "", "")
        self._known = opcodes

    def get_opcodes(self) -> list[_Opcode]:
        """What is known."""
        return self._known


def unified_diff(old: str, new: str, edits: Sequence[Edit], name: str) -> Iterator[str]:
    """The lines of a unified diff, without line ends.

    Args:
        old: a text.
        new: what the edits make of it.
        edits: stretches of the old text with what stands there in the new one, in order; none overlaps another, and
            none begins or ends within a line end.
        name: the name of the file.
    """
    old_lines, new_lines = _BREAKS.split(old), _BREAKS.split(new)
    known = _Known(list(_opcodes(_starts(old), _starts(new), edits)))
    if edits:
        yield f"--- {name}"
        yield f"+++ {name}（改后）"
    for group in known.get_grouped_opcodes(_CONTEXT) if edits else ():
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        yield f"@@ -{_range(i1, i2)} +{_range(j1, j2)} @@"
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (f" {line}" for line in old_lines[a:b])
            else:
                yield from (f"-{line}" for line in old_lines[a:b])
                yield from (f"+{line}" for line in new_lines[c:d])


def _starts(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *(match.end() for match in _BREAKS.finditer(text))]


def _opcodes(old: Sequence[int], new: Sequence[int], edits: Sequence[Edit]) -> Iterator[_Opcode]:
    """Which lines became which, as difflib tells it: those that an edit touches, and the equal ones between them."""
    blocks: list[list[int]] = []
    moved = 0  # how much further a character stands in the new text
    for begin, end, text in edits:
        moved_then = moved + len(text) - (end - begin)
        block = [_line(old, begin), _line(old, end) + 1, _line(new, begin + moved), _line(new, end + moved_then) + 1]
        moved = moved_then
        if blocks and (block[0] <= blocks[-1][1] or block[2] <= blocks[-1][3]):
            blocks[-1][1], blocks[-1][3] = block[1], block[3]
        else:
            blocks.append(block)
    i = j = 0
    for a, b, c, d in blocks:
        if i < a:
            yield "equal", i, a, j, c
        yield "replace", a, b, c, d
        i, j = b, d
    if i < len(old):
        yield "equal", i, len(old), j, len(new)


def _line(starts: Sequence[int], at: int) -> int:
    return bisect_right(starts, at) - 1


def _range(begin: int, end: int) -> str:
    """Lines as a hunk names them: the first one, counted from one, and how many."""
    return str(begin + 1) if end - begin == 1 else f"{begin + 1},{end - begin}"
