"""Near-identical texts among many.  Pure; loads numpy and rapidfuzz.

Identical texts are grouped first.  Of the others only those are compared whose sketches agree in a whole band, so that
the work grows with the number of texts, not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from zhijiao20.rules.near_duplicates.minhash import VALUES

if TYPE_CHECKING:
    from zhijiao20.rules.near_duplicates.minhash import Codes, Flags, MinHashes, Numbers
    from zhijiao20.rules.near_duplicates.text_store import Records

CROWD = 12
"""A band that more texts share is met only through its first text and through neighbours."""

_CLOSE = 0.8  # texts that need be less alike are looked for in bands of two values, else of four
_LUCK = 0.7  # a sketch may agree so much less than the pairs of characters do
_CHUNK = 30_000

MOST = 8
"""Texts that one is compared with before it passes for nobody's copy: those whose sketches agree best."""


class NearDuplicate(NamedTuple):
    """A text that is like an earlier one.

    Attributes:
        row: which text.
        other: the first earlier text that it was found to be like.
        alike: the part of their characters that they share.
        together: how many texts are like one another, one by one, these two among them.
    """

    row: int
    other: int
    alike: float
    together: int


def find_near_duplicates(heads: Records, text: Callable[[int], str], alike: float) -> Iterator[NearDuplicate]:
    """The texts that are like an earlier one, in order; the first ones of their kind are not told.

    Args:
        heads: the records of the texts.
        text: gives the text of a row.
        alike: from where on texts are alike: 1 less the changed part of the longer one.
    """
    import numpy as np
    from rapidfuzz.distance import Levenshtein

    def score(later: int, earlier: int) -> float:
        return float(Levenshtein.normalized_similarity(text(later), text(earlier), score_cutoff=alike))

    _, first, group = np.unique(heads["digest"], return_index=True, return_inverse=True)
    rank = np.empty_like(first)
    rank[np.argsort(first)] = np.arange(len(first))
    first.sort()
    rows, groups, parents = first.tolist(), rank[group.reshape(-1)].tolist(), list(range(len(first)))
    settled, nearest = np.zeros(len(rows), bool), dict[int, int]()
    for pairs in candidates(heads["sketch"][first], heads["length"][first], alike, settled):
        for later, earlier in pairs.tolist():
            one, other = _root(parents, later), _root(parents, earlier)
            if (one != other or later not in nearest) and score(rows[later], rows[earlier]) >= alike:
                parents[max(one, other)] = min(one, other)
                nearest.setdefault(later, earlier)
                settled[later] = True
    sizes = Counter(_root(parents, number) for number in groups)
    for row, number in enumerate(groups):
        if rows[number] != row:
            yield NearDuplicate(row, rows[number], 1.0, sizes[_root(parents, number)])
        elif number in nearest:
            root = _root(parents, number)
            other = rows[root] if (like := score(row, rows[root])) else rows[nearest[number]]
            yield NearDuplicate(row, other, like or score(row, other), sizes[root])


def _root(parents: list[int], number: int) -> int:
    """The first of those that are alike, one by one."""
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def candidates(sketches: MinHashes, lengths: Codes, alike: float, settled: Flags) -> Iterator[Numbers]:
    """Pairs of rows, the later one first, in order, of texts that may be as alike as that; a few lots of them.

    Args:
        sketches: a row for each text.
        lengths: how many characters each text has.
        alike: the part of their characters that they must share.
        settled: rows of which no more is asked, as the caller finds it out.
    """
    import numpy as np

    bands = np.ascontiguousarray(sketches).view("<u4" if alike >= _CLOSE else "<u2")
    total, long = max(len(sketches), 1), lengths.astype(np.int64)
    left = np.full(len(sketches), MOST)
    fresh = [np.empty(0, np.int64)]
    for band in range(bands.shape[1]):
        later, earlier = _bucket_pairs(np.ascontiguousarray(bands[:, band]))
        one, other = long[later], long[earlier]
        possible = ~settled[later] & (np.minimum(one, other) >= alike * np.maximum(one, other))
        fresh.append((later * total + earlier)[possible])
        if band == bands.shape[1] - 1 or sum(map(len, fresh)) > _CHUNK:
            pairs = _agreeing(sketches, np.unique(np.concatenate(fresh)), alike, left)
            fresh = [np.empty(0, np.int64)]
            yield np.stack(np.divmod(pairs, total), axis=1)


def _agreeing(sketches: MinHashes, pairs: Numbers, alike: float, left: Numbers) -> Numbers:
    """The pairs whose sketches share so much that it is worth looking at the texts, and of each text the best ones.

    Each changed character spoils two pairs of neighbours: texts of n characters that share a part s of them have at
    least n(2s - 1) pairs in common, which is (2s - 1) / (3 - 2s) of all their different ones.
    """
    import numpy as np

    least = _LUCK * VALUES * (2 * alike - 1) / (3 - 2 * alike)
    kept, shared = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for begin in range(0, len(pairs), _CHUNK):
        chunk = pairs[begin : begin + _CHUNK]
        later, earlier = np.divmod(chunk, len(sketches))
        agreeing = np.count_nonzero(sketches[later] == sketches[earlier], axis=1)
        kept.append(chunk[agreeing >= least])
        shared.append(agreeing[agreeing >= least])
    return _best_pairs(np.concatenate(kept), np.concatenate(shared), len(sketches), left)


def _best_pairs(pairs: Numbers, shared: Numbers, total: int, left: Numbers) -> Numbers:
    """The pairs that agree best, as many of each later text as are left to it, which are then fewer."""
    import numpy as np

    later = pairs // max(total, 1)  # in order, as the pairs are
    ranked = np.lexsort((-shared, later))
    rank = np.arange(len(pairs)) - np.searchsorted(later, later)
    kept = np.sort(ranked[rank < left[later]])
    np.subtract.at(left, later[kept], 1)
    return pairs[kept]


def _bucket_pairs(keys: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs of rows that have the same key: later ones and earlier ones."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    starts, sizes = starts[sizes > 1], sizes[sizes > 1]
    first = np.repeat(starts, sizes)
    crowded = np.repeat(sizes > CROWD, sizes)
    at = first + np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    crowd = crowded & (at > first)
    later, earlier = [order[at[crowd]]], [order[first[crowd]]]
    back = 1
    while len(at):
        inside = at - first >= back
        at, first, crowded = at[inside], first[inside], crowded[inside]
        later.append(order[at])
        earlier.append(order[at - back])
        at, first, crowded, back = at[~crowded], first[~crowded], crowded[~crowded], back + 1
    return np.concatenate(later), np.concatenate(earlier)
