"""Which of many sketches may belong to near-identical texts.  Pure; loads numpy.

Sketches that agree in a whole band are candidates; the work grows with their number, not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhijiao20.rules.sketch import VALUES

if TYPE_CHECKING:
    from zhijiao20.rules.sketch import Codes, Numbers

ROWS = 3
"""Values in a band: fewer find more, and more of what they find is nothing."""

CROWD = 40  # a band that so many share is met only through its first text and through neighbours
_AGREEING = 0.3  # part of the values that two near-identical texts share at the very least
_CHUNK = 20_000


def candidates(sketches: Codes, lengths: Codes, alike: float) -> Numbers:
    """Pairs of rows, the later one first, in order, of texts that may be as alike as that.

    Args:
        sketches: a row for each text.
        lengths: how many characters each text has.
        alike: the part of their characters that they must share.
    """
    import numpy as np

    total = len(sketches)
    found: list[Numbers] = [np.empty(0, np.int64)]
    for band in range(0, VALUES, ROWS):
        for later, earlier in _bucket_pairs(sketches[:, band : band + ROWS]):
            one, other = lengths[later].astype(np.int64), lengths[earlier].astype(np.int64)
            possible = 2 * np.minimum(one, other) >= alike * (one + other)
            found.append(_agreeing(sketches, later[possible], earlier[possible]))
        found = [np.unique(np.concatenate(found))]
    return np.stack(np.divmod(found[0], max(total, 1)), axis=1)


def _agreeing(sketches: Codes, later: Numbers, earlier: Numbers) -> Numbers:
    """The pairs, as numbers, whose sketches share so much that it is worth looking at the texts."""
    import numpy as np

    kept = []
    for begin in range(0, len(later), _CHUNK):
        one, other = later[begin : begin + _CHUNK], earlier[begin : begin + _CHUNK]
        enough = (sketches[one] == sketches[other]).sum(axis=1) >= _AGREEING * VALUES
        kept.append(one[enough] * len(sketches) + other[enough])
    return np.concatenate(kept) if kept else np.empty(0, np.int64)


def _bucket_pairs(band: Codes) -> Iterator[tuple[Numbers, Numbers]]:
    """The pairs of rows that agree in the whole band: later ones and earlier ones."""
    import numpy as np

    keys = np.zeros(len(band), np.uint64)
    for column in range(band.shape[1]):
        keys = (keys << np.uint64(16)) | band[:, column]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(keys)])))
    first = np.repeat(starts, sizes)
    place = np.arange(len(keys))
    for back in range(1, min(int(sizes.max(initial=0)), CROWD)):
        at = place[(place - first >= back)]
        at = at[(np.repeat(sizes, sizes)[at] <= CROWD) | (back == 1)]
        yield order[at], order[at - back]
    crowded = place[(np.repeat(sizes, sizes) > CROWD) & (place > first)]
    yield order[crowded], order[first[crowded]]
