"""Texts made ready for comparing those of thousands of units: folded, and a sketch of each.  Pure; loads numpy.

A sketch is a one-permutation MinHash of the pairs of neighbouring characters: the part of its values that two sketches
share estimates the part of the pairs that the texts share.  All texts of a unit go through numpy together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from zhijiao20.core.findings import Place
from zhijiao20.core.wording import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes: TypeAlias = NDArray[np.uint16]
    MinHashes: TypeAlias = NDArray[np.uint8]
    Numbers: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]

PERMUTATIONS, BINS = 4, 32
VALUES = PERMUTATIONS * BINS
"""How many values a sketch has, each of 8 bits."""

LONGEST = 2000
"""Characters of a text that are compared; nobody copies the first 2,000 and writes the rest himself."""

_MULTIPLIERS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)
_NOTHING = 0xFFFF
_EMPTY = 0xFFFFFFFF
_FOLDED = ((0, 0x100), (0x2000, 0x2070), (0x3000, 0x3040), (0xFE00, 0xFE70), (0xFEFF, 0x10000))  # where fold does much
_GAP, _ZERO, _NINE, _COMMA, _STOP = 0, 48, 57, 44, 46


class HashedTexts(NamedTuple):
    """The texts of a unit that are long enough to be compared.

    Attributes:
        kept: which of the given texts these are.
        heads: a record of the type ``head_type()`` for each.
        texts: their folded characters one after the other, in UTF-16.
    """

    kept: tuple[int, ...]
    heads: bytes
    texts: bytes


class ComparableTexts(NamedTuple):
    """The texts of a unit that are compared with those of other units, as ``compute_minhashes`` makes them ready.

    Attributes:
        tasks: the task of each.
        places: the place of each.
        heads: the records of all of them.
        folded: their folded characters.
    """

    tasks: tuple[str, ...]
    places: tuple[Place, ...]
    heads: bytes
    folded: bytes

    def each(self) -> list[str]:
        """The folded texts, one by one."""
        return divide(self.heads, self.folded)


def record_type() -> np.dtype[np.void]:
    """The record that stands for a text: unit, number, where it is kept, length in characters, digest, sketch."""
    import numpy as np

    plain = [("unit", "<u4"), ("number", "<u2"), ("length", "<u2"), ("at", "<u8"), ("digest", "<u8")]
    return np.dtype([*plain, ("sketch", "u1", (VALUES,))])


def compute_minhashes(texts: Sequence[str], own: str, shortest: int) -> HashedTexts:
    """Fold and sketch the texts of one unit.

    Width, style of punctuation, white space and the unit's own name make no difference; a number is one 0.  A text
    that has too few characters then is compared with its figures, or not at all where it has too few with them too.

    Args:
        texts: the texts.
        own: the name of their unit.
        shortest: how many characters a text needs.
    """
    import numpy as np

    joined = "".join([text.replace("\0", "").replace(own, "") + "\0" for text in texts])
    codes = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)
    codes, owner = _compared(codes, len(texts), shortest)
    lengths = _lengths(owner, len(texts))
    heads = np.zeros(len(texts), record_type())
    heads["length"], heads["sketch"] = lengths, _minhashes(codes, owner, len(texts))
    data, digests, begin = codes.tobytes(), [], 0
    for length in lengths.tolist():
        end = begin + 2 * length
        digests.append(int.from_bytes(hashlib.blake2b(data[begin:end], digest_size=8).digest(), "little"))
        begin = end
    heads["digest"] = digests
    kept = np.flatnonzero(lengths)
    return HashedTexts(tuple(kept.tolist()), heads[kept].tobytes(), data)


def divide(heads: bytes, folded: bytes) -> list[str]:
    """The texts that stand one after the other behind the records."""
    import numpy as np

    ends = 2 * np.cumsum(np.frombuffer(heads, record_type())["length"], dtype=np.int64)
    bounds = [0, *ends.tolist()]
    return [folded[begin:end].decode("utf-16-le", "surrogatepass") for begin, end in pairwise(bounds)]


def _compared(codes: Codes, texts: int, shortest: int) -> tuple[Codes, Numbers]:
    """The characters that are compared, and for each the number of its text."""
    import numpy as np

    codes = _table().take(codes)
    owner = np.repeat(np.arange(texts), np.diff(np.flatnonzero(codes == _GAP), prepend=-1))
    keep = (codes != _NOTHING) & (codes != _GAP)
    codes, owner = codes[keep], owner[keep]
    quantities = _figures(codes)
    again = np.zeros_like(quantities)
    again[1:] = quantities[1:] & quantities[:-1] & (owner[1:] == owner[:-1])
    lengths = _lengths(owner, texts)
    bare = np.repeat(_lengths(owner[~again], texts) >= shortest, lengths)  # long enough without its figures
    long = np.repeat(lengths >= shortest, lengths)
    codes = np.where(quantities & bare, np.uint16(_ZERO), codes)
    keep = (bare & ~again) | (~bare & long)
    codes, owner = codes[keep], owner[keep]
    lengths = _lengths(owner, texts)
    if lengths.max(initial=0) > LONGEST:
        keep = np.arange(len(codes)) - (np.cumsum(lengths) - lengths)[owner] < LONGEST
        codes, owner = codes[keep], owner[keep]
    return codes, owner


def _lengths(owner: Numbers, texts: int) -> Numbers:
    """How many characters each text has: the owners are in order, so that a search is less work than a count."""
    import numpy as np

    return np.diff(np.searchsorted(owner, np.arange(texts + 1)))


def _figures(codes: Codes) -> Flags:
    """Which characters are digits, or a point or comma between digits."""
    import numpy as np

    digits = (codes >= _ZERO) & (codes <= _NINE)
    marks = (codes == _STOP) | (codes == _COMMA)
    marks[1:] &= digits[:-1]
    marks[:-1] &= digits[1:]
    marks[:1] &= False
    marks[-1:] &= False
    return np.asarray(digits | marks)


def _minhashes(codes: Codes, owner: Numbers, texts: int) -> MinHashes:
    """A row of minima for each text, of each minimum 8 bits."""
    import numpy as np

    wide = codes.astype(np.uint32)
    inside = owner[1:] == owner[:-1]
    pairs = (wide[:-1] * np.uint32(0x01000193) ^ wide[1:] * np.uint32(0x5BD1E995))[inside]
    pairs ^= pairs >> np.uint32(15)
    rows = owner[1:][inside] * VALUES
    found = np.full(texts * VALUES, _EMPTY, np.uint32)
    for permutation, multiplier in enumerate(_MULTIPLIERS):
        mixed = pairs * np.uint32(multiplier)
        mixed ^= mixed >> np.uint32(13)
        place = mixed & np.uint32(BINS - 1)  # the low bits, which hardly move the order of the values
        np.minimum.at(found, rows + (place + np.uint32(permutation * BINS)), mixed)
    filled = _filled(found.reshape(texts * PERMUTATIONS, BINS)).reshape(texts, VALUES)
    return ((filled * np.uint32(0x9E3779B1)) >> np.uint32(24)).astype(np.uint8)


def _filled(found: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Bins that nothing fell into take from their neighbour: a short text has hardly more pairs than there are bins."""
    import numpy as np

    for _ in range(BINS):
        empty = found == _EMPTY
        if not empty.any():
            break
        found = np.where(empty, np.roll(found, 1, axis=1), found)
    return found


@lru_cache(maxsize=1)
def _table() -> Codes:
    """For each code unit the one that is compared, or the mark of nothing."""
    import numpy as np

    table = np.arange(0x10000, dtype=np.uint16)
    for code in (code for begin, end in _FOLDED for code in range(begin, end)):
        folded = fold(chr(code))
        if len(folded) < 2:
            table[code] = ord(folded) if folded else _NOTHING
    table[_GAP] = _GAP
    return table
