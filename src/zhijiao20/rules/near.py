"""Which of many sketches may belong to near-identical texts.  Pure; loads numpy.

Sketches that agree in a whole band are candidates; the work grows with their number, not with its square.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhijiao20.rules.sketch import VALUES

if TYPE_CHECKING:
    from zhijiao20.rules.sketch import Codes, Numbers, Sketches

CROWD = 40
"""A band that more texts share is met only through its first text and through neighbours."""

_CLOSE = 0.8  # texts that need be less alike are looked for in bands of two values, else of four
_LUCK = 0.7  # a sketch may agree so much less than the pairs of characters do
_CHUNK = 100_000


def candidates(sketches: Sketches, lengths: Codes, alike: float) -> Numbers:
    """Pairs of rows, the later one first, in order, of texts that may be as alike as that.

    Args:
        sketches: a row for each text.
        lengths: how many characters each text has.
        alike: the part of their characters that they must share.
    """
    import numpy as np

    bands = np.ascontiguousarray(sketches).view("<u4" if alike >= _CLOSE else "<u2")
    total, long = max(len(sketches), 1), lengths.astype(np.int64)
    found, fresh = np.empty(0, np.int64), [np.empty(0, np.int64)]
    for band in range(bands.shape[1]):
        later, earlier = _bucket_pairs(np.ascontiguousarray(bands[:, band]))
        one, other = long[later], long[earlier]
        fresh.append((later * total + earlier)[np.minimum(one, other) >= alike * np.maximum(one, other)])
        if band == bands.shape[1] - 1 or sum(map(len, fresh)) > _CHUNK:
            pairs = np.setdiff1d(np.concatenate(fresh), found)
            found, fresh = np.union1d(found, _agreeing(sketches, pairs, alike)), []
    return np.stack(np.divmod(found, total), axis=1)


def _agreeing(sketches: Sketches, pairs: Numbers, alike: float) -> Numbers:
    """The pairs whose sketches share so much that it is worth looking at the texts.

    Each changed character spoils two pairs of neighbours: texts of n characters that share a part s of them have at
    least n(2s - 1) pairs in common, which is (2s - 1) / (3 - 2s) of all their different ones.
    """
    import numpy as np

    least = _LUCK * VALUES * (2 * alike - 1) / (3 - 2 * alike)
    kept = [np.empty(0, np.int64)]
    for begin in range(0, len(pairs), _CHUNK):
        chunk = pairs[begin : begin + _CHUNK]
        later, earlier = np.divmod(chunk, len(sketches))
        kept.append(chunk[np.count_nonzero(sketches[later] == sketches[earlier], axis=1) >= least])
    return np.concatenate(kept)


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
