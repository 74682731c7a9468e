"""Align two sequences: the ranges of items that both have in the same order.

The work grows linearly with the length of the sequences, the memory too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

_AREA = 16_000_000  # largest product of two lengths that are compared item by item: 0.1 s and 2 MB of memory

Block: TypeAlias = tuple[bool, int, int, int, int]
"""Whether a range is the same in both; its begin and end in the old and in the new sequence."""


def align(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of two sequences of which the same items stand in the same order."""
    begin, limit = 0, min(len(old), len(new))
    while begin < limit and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < limit - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    if begin:
        yield True, 0, begin, 0, begin
    i, j = begin, begin
    for i1, i2, j1, j2 in _common(old, new, begin, len(old) - end, begin, len(new) - end):
        if i < i1 or j < j1:
            yield False, i, i1, j, j1
        yield True, i1, i2, j1, j2
        i, j = i2, j2
    if i < len(old) - end or j < len(new) - end:
        yield False, i, len(old) - end, j, len(new) - end
    if end:
        yield True, len(old) - end, len(old), len(new) - end, len(new)


def _common(
    old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ranges that two ranges have in common, in order.

    Where they are too long to be compared item by item, the items that each has once divide them first; what is still
    too long between two of these has nothing in common.
    """
    if (i_end - i) * (j_end - j) <= _AREA:
        yield from _common_of_short(old, new, i, i_end, j, j_end)
        return
    for i_anchor, j_anchor in [*_anchors(old, new, i, i_end, j, j_end), (i_end, j_end)]:
        if (i_anchor - i) * (j_anchor - j) <= _AREA:
            yield from _common_of_short(old, new, i, i_anchor, j, j_anchor)
        if i_anchor < i_end:
            yield i_anchor, i_anchor + 1, j_anchor, j_anchor + 1
        i, j = i_anchor + 1, j_anchor + 1


def _common_of_short(
    old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int
) -> Iterator[tuple[int, int, int, int]]:
    if i == i_end or j == j_end:
        return
    from rapidfuzz.distance import LCSseq

    numbers: dict[str, int] = {}
    left = [numbers.setdefault(item, len(numbers)) for item in old[i:i_end]]
    known = len(numbers)
    right = [numbers.get(item, known) for item in new[j:j_end]]  # items that only the new one has need no number
    for block in LCSseq.opcodes(left, right).as_matching_blocks():
        if block.size:
            yield i + block.a, i + block.a + block.size, j + block.b, j + block.b + block.size


def _anchors(old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int) -> list[tuple[int, int]]:
    """Return the places of items that each range has once: the most of them that stand in the same order in both."""
    in_old, in_new = Counter(old[i:i_end]), Counter(new[j:j_end])
    places = {item: index for index, item in enumerate(new[j:j_end], start=j) if in_new[item] == 1}
    pairs = [
        (index, places[item])
        for index, item in enumerate(old[i:i_end], start=i)
        if in_old[item] == 1 and item in places
    ]
    ends: list[int] = []  # the smallest last place of a rising sequence of each length
    last: list[int] = []  # the pair with this last place
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [place], [number]
    chosen: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]
