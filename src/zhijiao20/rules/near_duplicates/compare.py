"""Search for near-duplicates among many texts.  Pure: no I/O; imports numpy and rapidfuzz on first use.

Identical texts are grouped first.  Of the other pairs, only those whose MinHashes agree in a whole band are compared
(locality-sensitive hashing), so the work grows with the number of texts, not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from zhijiao20.rules.near_duplicates.minhash import VALUES

if TYPE_CHECKING:
    from zhijiao20.rules.near_duplicates.minhash import Codes, Flags, MinHashes, Numbers
    from zhijiao20.rules.near_duplicates.text_store import Records

LARGE_GROUP = 12
"""In a bucket of more texts, each text is paired only with the first one and the previous one."""

_WIDE_BAND_THRESHOLD = 0.8  # below this threshold a band has two values, otherwise four
_ESTIMATE_FACTOR = 0.7  # factor for the error of the estimate: MinHashes may agree by this much less
_CHUNK = 30_000  # pairs handled at a time

CANDIDATES_LIMIT = 8
"""Maximum number of candidates that a text is compared with to find a near-duplicate; the best MinHashes come first."""


class NearDuplicate(NamedTuple):
    """Text that is a near-duplicate of an earlier one.

    Attributes:
        row: the index of the text.
        other: the index of the earlier text: the first identical one; otherwise the first one of the group if it is
            similar enough, else the first similar one that was found.
        alike: the similarity of the two texts, from 0 to 1.
        together: the number of texts in the group; each is similar to at least one other text of it.
    """

    row: int
    other: int
    alike: float
    together: int


def find_near_duplicates(heads: Records, text: Callable[[int], str], alike: float) -> Iterator[NearDuplicate]:
    """Yield the near-duplicates of earlier texts, in order.

    Args:
        heads: the records of the texts (``minhash.record_type``).
        text: returns the text with an index.
        alike: the similarity threshold: 1 minus the changed part of the longer text.
    """
    import numpy as np
    from rapidfuzz.distance import Levenshtein

    def score(later: int, earlier: int) -> float:
        return float(Levenshtein.normalized_similarity(text(later), text(earlier), score_cutoff=alike))

    _, first, inverse = np.unique(heads["digest"], return_index=True, return_inverse=True)
    rank = np.empty_like(first)
    rank[np.argsort(first)] = np.arange(len(first))
    first.sort()
    rows, numbers, parents = first.tolist(), rank[inverse.reshape(-1)].tolist(), list(range(len(first)))
    settled, first_similar = np.zeros(len(rows), bool), dict[int, int]()
    for pairs in candidates(heads["sketch"][first], heads["length"][first], alike, settled):
        for later, earlier in pairs.tolist():
            root, other = _root(parents, later), _root(parents, earlier)
            if (root != other or later not in first_similar) and score(rows[later], rows[earlier]) >= alike:
                parents[max(root, other)] = min(root, other)
                first_similar.setdefault(later, earlier)
                settled[later] = True
    sizes = Counter(_root(parents, number) for number in numbers)
    for row, number in enumerate(numbers):
        if rows[number] != row:
            yield NearDuplicate(row, rows[number], 1.0, sizes[_root(parents, number)])
        elif number in first_similar:
            root = _root(parents, number)
            other = rows[root] if (similarity := score(row, rows[root])) else rows[first_similar[number]]
            yield NearDuplicate(row, other, similarity or score(row, other), sizes[root])


def _root(parents: list[int], number: int) -> int:
    """Return the root of a group in the union-find forest, shortening the path to it."""
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def candidates(sketches: MinHashes, lengths: Codes, alike: float, settled: Flags) -> Iterator[Numbers]:
    """Yield batches of pairs (later, earlier) of texts that may be similar enough.

    Args:
        sketches: the MinHash of each text.
        lengths: the number of characters of each text.
        alike: the similarity threshold.
        settled: flags of the texts for which no more pairs are wanted; the caller sets them between batches.
    """
    import numpy as np

    bands = np.ascontiguousarray(sketches).view("<u4" if alike >= _WIDE_BAND_THRESHOLD else "<u2")
    total, sizes = max(len(sketches), 1), lengths.astype(np.int64)
    remaining = np.full(len(sketches), CANDIDATES_LIMIT)
    collected = [np.empty(0, np.int64)]
    for band in range(bands.shape[1]):
        later, earlier = _bucket_pairs(np.ascontiguousarray(bands[:, band]))
        size, other_size = sizes[later], sizes[earlier]
        possible = ~settled[later] & (np.minimum(size, other_size) >= alike * np.maximum(size, other_size))
        collected.append((later * total + earlier)[possible])
        if band == bands.shape[1] - 1 or sum(map(len, collected)) > _CHUNK:
            pairs = _best_agreeing(sketches, np.unique(np.concatenate(collected)), alike, remaining)
            collected = [np.empty(0, np.int64)]
            yield np.stack(np.divmod(pairs, total), axis=1)


def _best_agreeing(sketches: MinHashes, pairs: Numbers, alike: float, remaining: Numbers) -> Numbers:
    """Return for each text the best pairs whose MinHashes agree enough to compare the texts.

    A changed character changes two pairs of neighbouring characters.  So texts of n characters that share a part s of
    them have at least n(2s - 1) character pairs in common, which is (2s - 1) / (3 - 2s) of all their different pairs.
    """
    import numpy as np

    min_agreeing = _ESTIMATE_FACTOR * VALUES * (2 * alike - 1) / (3 - 2 * alike)
    kept, shared = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for begin in range(0, len(pairs), _CHUNK):
        chunk = pairs[begin : begin + _CHUNK]
        later, earlier = np.divmod(chunk, len(sketches))
        agreeing = np.count_nonzero(sketches[later] == sketches[earlier], axis=1)
        kept.append(chunk[agreeing >= min_agreeing])
        shared.append(agreeing[agreeing >= min_agreeing])
    return _best_pairs(np.concatenate(kept), np.concatenate(shared), len(sketches), remaining)


def _best_pairs(pairs: Numbers, shared: Numbers, total: int, remaining: Numbers) -> Numbers:
    """Return the pairs that agree best, at most the remaining number for each later text.

    Args:
        pairs: the pairs, encoded as ``later * total + earlier``, sorted.
        shared: the number of MinHash values in which each pair agrees.
        total: the number of texts.
        remaining: how many more pairs each text may have as the later one; decreased in place.
    """
    import numpy as np

    later = pairs // max(total, 1)  # sorted, because the pairs are
    ranked = np.lexsort((-shared, later))
    rank = np.arange(len(pairs)) - np.searchsorted(later, later)
    kept = np.sort(ranked[rank < remaining[later]])
    np.subtract.at(remaining, later[kept], 1)
    return pairs[kept]


def _bucket_pairs(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Return the pairs of rows with the same key: an array of later and one of earlier rows.

    Large buckets give fewer pairs, see ``LARGE_GROUP``.
    """
    import numpy as np

    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    starts, sizes = starts[sizes > 1], sizes[sizes > 1]
    first = np.repeat(starts, sizes)
    crowded = np.repeat(sizes > LARGE_GROUP, sizes)
    positions = first + np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    after_first = crowded & (positions > first)
    later, earlier = [order[positions[after_first]]], [order[first[after_first]]]
    distance = 1
    while len(positions):
        inside = positions - first >= distance
        positions, first, crowded = positions[inside], first[inside], crowded[inside]
        later.append(order[positions])
        earlier.append(order[positions - distance])
        positions, first, crowded, distance = positions[~crowded], first[~crowded], crowded[~crowded], distance + 1
    return np.concatenate(later), np.concatenate(earlier)
