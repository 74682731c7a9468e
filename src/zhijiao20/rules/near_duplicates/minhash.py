"""Normalize texts and compute their MinHashes, to compare those of thousands of units.

Pure: no I/O; imports numpy on first use.  The hashed features are the pairs of neighbouring characters.  The part of
the values in which two MinHashes agree is an estimate of the part of the pairs that the texts have in common.  It is a
one-permutation MinHash: each permutation gives one value per bin.  All texts of a unit are processed together in numpy.
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
    Owners: TypeAlias = NDArray[np.int32]
    Flags: TypeAlias = NDArray[np.bool_]

PERMUTATIONS, BINS = 4, 32
VALUES = PERMUTATIONS * BINS
"""Number of values of a MinHash, 8 bits each."""

COMPARED_LIMIT = 2000
"""Maximum characters of a text that are compared: a text that is copied up to there is copied as a whole."""

_MULTIPLIERS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)
_DROPPED = 0xFFFF
_EMPTY = 0xFFFFFFFF
# Code points to which fold is applied; others are compared unchanged.
_FOLDED_RANGES = ((0, 0x100), (0x2000, 0x2070), (0x3000, 0x3040), (0xFE00, 0xFE70), (0xFEFF, 0x10000))
_SEPARATOR, _ZERO, _NINE, _COMMA, _POINT = 0, 48, 57, 44, 46


class HashedTexts(NamedTuple):
    """Hashed texts of a unit that are long enough to be compared.

    Attributes:
        kept: the indices of these texts among the given ones.
        heads: a record of the type ``record_type()`` for each text.
        texts: the normalized texts without separators, in UTF-16.
    """

    kept: tuple[int, ...]
    heads: bytes
    texts: bytes


class ComparableTexts(NamedTuple):
    """Texts of a unit that are compared with those of other units, made from the result of ``compute_minhashes``.

    Attributes:
        tasks: the task id of each text.
        places: the place of each text in the file.
        heads: the records of all texts.
        folded: the normalized texts without separators, in UTF-16.
    """

    tasks: tuple[str, ...]
    places: tuple[Place, ...]
    heads: bytes
    folded: bytes

    def each(self) -> list[str]:
        """Return the normalized texts as a list."""
        return split_texts(self.heads, self.folded)


def record_type() -> np.dtype[np.void]:
    """Return the numpy type of the record of a text.

    The fields are: number of the unit, number of the text in the unit, length in characters, offset of the text in the
    temporary file, digest of the text, MinHash.  Both numbers and the offset are set by ``text_store``.
    """
    import numpy as np

    fields = [("unit", "<u4"), ("number", "<u2"), ("length", "<u2"), ("at", "<u8"), ("digest", "<u8")]
    return np.dtype([*fields, ("sketch", "u1", (VALUES,))])


def compute_minhashes(texts: Sequence[str], own: str, shortest: int) -> HashedTexts:
    """Normalize the texts of one unit and compute their MinHashes.

    Character width, punctuation style, white space and the unit's own name are ignored; each number becomes a single 0.
    A text that is too short after that keeps its digits; if it is too short with its digits as well, it is left out.

    Args:
        texts: the texts.
        own: the name of the unit.
        shortest: the minimum number of characters of a text.
    """
    import numpy as np

    joined = "".join([text.replace("\0", "").replace(own, "") + "\0" for text in texts])
    codes = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)
    codes, owner = _comparable_codes(codes, len(texts), shortest)
    lengths = _lengths(owner, len(texts))
    records = np.zeros(len(texts), record_type())
    records["length"], records["sketch"] = lengths, _minhashes(codes, owner, len(texts))
    data = codes.tobytes()
    bounds = [0, *np.cumsum(2 * lengths).tolist()]
    digests = [hashlib.blake2b(data[begin:end], digest_size=8).digest() for begin, end in pairwise(bounds)]
    records["digest"] = np.frombuffer(b"".join(digests), "<u8")
    kept = np.flatnonzero(lengths)
    return HashedTexts(tuple(kept.tolist()), records[kept].tobytes(), data)


def split_texts(heads: bytes, folded: bytes) -> list[str]:
    """Split concatenated texts by the lengths in their records."""
    import numpy as np

    ends = 2 * np.cumsum(np.frombuffer(heads, record_type())["length"], dtype=np.int64)
    bounds = [0, *ends.tolist()]
    return [folded[begin:end].decode("utf-16-le", "surrogatepass") for begin, end in pairwise(bounds)]


def _comparable_codes(codes: Codes, texts: int, shortest: int) -> tuple[Codes, Owners]:
    """Return the character codes to compare, and for each code the number of its text."""
    import numpy as np

    codes = _fold_table().take(codes)
    # 32 bits: the numbers are copied for each character, several times
    owner = np.repeat(np.arange(texts, dtype=np.int32), np.diff(np.flatnonzero(codes == _SEPARATOR), prepend=-1))
    keep = (codes != _DROPPED) & (codes != _SEPARATOR)
    codes, owner = codes[keep], owner[keep]
    in_number = _number_flags(codes)
    repeated = np.zeros_like(in_number)
    repeated[1:] = in_number[1:] & in_number[:-1] & (owner[1:] == owner[:-1])
    lengths = _lengths(owner, texts)
    collapse = np.repeat(_lengths(owner[~repeated], texts) >= shortest, lengths)  # long enough with a 0 for each number
    long_enough = np.repeat(lengths >= shortest, lengths)
    codes = np.where(in_number & collapse, np.uint16(_ZERO), codes)
    keep = (collapse & ~repeated) | (~collapse & long_enough)
    codes, owner = codes[keep], owner[keep]
    lengths = _lengths(owner, texts)
    if lengths.max(initial=0) > COMPARED_LIMIT:
        keep = np.arange(len(codes)) - (np.cumsum(lengths) - lengths)[owner] < COMPARED_LIMIT
        codes, owner = codes[keep], owner[keep]
    return codes, owner


def _lengths(owner: Owners, texts: int) -> Numbers:
    """Return the length of each text.

    The owners are sorted, so a binary search is faster than counting.
    """
    import numpy as np

    return np.diff(np.searchsorted(owner, np.arange(texts + 1, dtype=np.int32)))


def _number_flags(codes: Codes) -> Flags:
    """Return flags of the characters that are digits, or a point or comma between digits."""
    import numpy as np

    digits = (codes >= _ZERO) & (codes <= _NINE)
    marks = (codes == _POINT) | (codes == _COMMA)
    marks[1:] &= digits[:-1]
    marks[:-1] &= digits[1:]
    marks[:1] &= False
    marks[-1:] &= False
    return np.asarray(digits | marks)


def _minhashes(codes: Codes, owner: Owners, texts: int) -> MinHashes:
    """Return the MinHash of each text: the minimum of each bin, reduced to 8 bits."""
    import numpy as np

    codes32 = codes.astype(np.uint32)
    same_text = owner[1:] == owner[:-1]
    pairs = (codes32[:-1] * np.uint32(0x01000193) ^ codes32[1:] * np.uint32(0x5BD1E995))[same_text]
    pairs ^= pairs >> np.uint32(15)
    # all of 32 bits: numpy takes several times as long for signed and unsigned numbers together
    firsts = owner[1:][same_text].astype(np.uint32) * np.uint32(VALUES)
    minima = np.full(texts * VALUES, _EMPTY, np.uint32)
    for multiplier in _MULTIPLIERS:
        hashes = pairs * np.uint32(multiplier)
        hashes ^= hashes >> np.uint32(13)
        bins = hashes & np.uint32(BINS - 1)  # the low bits, which hardly affect the order of the values
        bins += firsts
        np.minimum.at(minima, bins.astype(np.intp), hashes)
        firsts += np.uint32(BINS)
    filled = _fill_empty_bins(minima.reshape(texts * PERMUTATIONS, BINS)).reshape(texts, VALUES)
    return ((filled * np.uint32(0x9E3779B1)) >> np.uint32(24)).astype(np.uint8)


def _fill_empty_bins(minima: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Fill each empty bin with the value of a neighbouring bin.

    A short text has hardly more character pairs than there are bins.
    """
    import numpy as np

    some = np.flatnonzero((minima == _EMPTY).any(axis=1))
    filled = minima[some]
    for _ in range(BINS):
        empty = filled == _EMPTY
        if not empty.any():
            break
        filled = np.where(empty, np.roll(filled, 1, axis=1), filled)
    minima[some] = filled
    return minima


@lru_cache(maxsize=1)
def _fold_table() -> Codes:
    """Return a table that maps each UTF-16 code unit to its normalized one, or to ``_DROPPED``."""
    import numpy as np

    table = np.arange(0x10000, dtype=np.uint16)
    for code in (code for begin, end in _FOLDED_RANGES for code in range(begin, end)):
        folded = fold(chr(code))
        if len(folded) < 2:
            table[code] = ord(folded) if folded else _DROPPED
    table[_SEPARATOR] = _SEPARATOR
    return table
