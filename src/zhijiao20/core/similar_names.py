"""Find the units of a roster with the names most similar to one that is none of them.  No I/O."""

from __future__ import annotations

from collections.abc import Iterable

_MIN_SIMILARITY = 0.5  # share of the characters that a similar name has in common
_COMPARED = 200  # names that a name is compared with: those that share its rarest pairs of characters


class SimilarNames:
    """Names by the pairs of characters in them, so that few of 12,000 are compared.

    Args:
        names: the folded names, each with the label that is offered for it.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names = list(names)
        self._by_pair: dict[str, list[int]] = {}
        for number, (key, _) in enumerate(self._names):
            for pair in _pairs(key):
                self._by_pair.setdefault(pair, []).append(number)

    def find(self, key: str, limit: int) -> tuple[str, ...]:
        """Return the labels of the most similar names."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        compared: dict[int, str] = {}
        for numbers in sorted((self._by_pair.get(pair, []) for pair in _pairs(key)), key=len):
            for number in numbers[: _COMPARED - len(compared)]:
                compared[number] = self._names[number][0]
        found = process.extract(
            key, compared, scorer=Indel.normalized_similarity, score_cutoff=_MIN_SIMILARITY, limit=4 * limit
        )
        return tuple(dict.fromkeys(self._names[number][1] for _, _, number in found))[:limit]


def _pairs(key: str) -> list[str]:
    return list(dict.fromkeys(key[index : index + 2] for index in range(max(1, len(key) - 1))))
