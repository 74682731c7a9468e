"""Unified diff of a text before and after its edits.

The edits are known, so the texts are not compared: difflib takes minutes for a table of ten thousand changed lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.review.fixer import Edit

_LINE_BREAK = lazy_regex(r"\r\n|\r|\n")
_CONTEXT = 1  # unchanged lines shown before and after each change
_Opcode: TypeAlias = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class _GivenOpcodes(SequenceMatcher[str]):
    """A matcher with given opcodes; only its grouping of opcodes into hunks is used."""

    def __init__(self, opcodes: list[_Opcode]) -> None:
        super().__init__(None, "", "")
        self._given = opcodes

    def get_opcodes(self) -> list[_Opcode]:
        """Return the given opcodes."""
        return self._given


def unified_diff(old: str, new: str, edits: Sequence[Edit], name: str) -> Iterator[str]:
    """Yield the lines of a unified diff, without line breaks.

    Args:
        old: the text before the edits.
        new: the text after the edits.
        edits: ranges of the old text with their replacements, in order; no two overlap, and none begins or ends
            inside a line break.
        name: the name of the file.
    """
    old_lines, new_lines = _LINE_BREAK.split(old), _LINE_BREAK.split(new)
    matcher = _GivenOpcodes(list(_opcodes(_line_starts(old), _line_starts(new), edits)))
    if edits:
        yield f"--- {name}"
        yield f"+++ {name}（改后）"
    for group in matcher.get_grouped_opcodes(_CONTEXT) if edits else ():
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        yield f"@@ -{_range(i1, i2)} +{_range(j1, j2)} @@"
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (f" {line}" for line in old_lines[a:b])
            else:
                yield from (f"-{line}" for line in old_lines[a:b])
                yield from (f"+{line}" for line in new_lines[c:d])


def _line_starts(text: str) -> list[int]:
    """Return the offset of the beginning of each line."""
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


def _opcodes(old: Sequence[int], new: Sequence[int], edits: Sequence[Edit]) -> Iterator[_Opcode]:
    """Yield difflib opcodes: the lines that edits touch, and the equal lines between them."""
    blocks: list[list[int]] = []
    shift = 0  # offset in the new text minus offset in the old text
    for begin, end, text in edits:
        next_shift = shift + len(text) - (end - begin)
        block = [
            _line_index(old, begin),
            _line_index(old, end) + 1,
            _line_index(new, begin + shift),
            _line_index(new, end + next_shift) + 1,
        ]
        shift = next_shift
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


def _line_index(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _range(begin: int, end: int) -> str:
    """Format a line range for a hunk header: first line, counted from 1, and length."""
    return str(begin + 1) if end - begin == 1 else f"{begin + 1},{end - begin}"
