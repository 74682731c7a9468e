"""Find which sentence of a text became which of another, by the words that they share."""

from __future__ import annotations

from collections.abc import Sequence

_MAX_PAIRS = 900  # pairs of sentences that are compared
_MAX_AREA = 4_000_000  # product of the words of both sides
_MIN_ALIKE = 0.4  # of the words of two sentences that one became the other
_PLAIN = 0.8  # of the words of two sentences of which one plainly became the other

Words = Sequence[str]


def is_word(word: str) -> bool:
    """Check whether a word is more than a mark."""
    return word[0].isalnum()


def too_many(left: Sequence[Words], right: Sequence[Words]) -> bool:
    """Check whether there are so many sentences, or words in them, that not each can be compared with each."""
    return len(left) * len(right) > _MAX_PAIRS or sum(map(len, left)) * sum(map(len, right)) > _MAX_AREA


def similar_pairs(left: Sequence[Words], right: Sequence[Words]) -> list[tuple[int, int]]:
    """Return the pairs of sentences of which one became the other, in order: those that share most words in all.

    Two single sentences always are a pair.
    """
    if len(left) == len(right) == 1:
        return [(0, 0)]
    if not left or not right:
        return []
    from rapidfuzz.distance import LCSseq

    olds, news = _numbered(left, right)
    shares = map(LCSseq.normalized_similarity, olds, news)
    if len(olds) == len(news) and all(share >= _PLAIN for share in shares):  # only words in them were changed
        return [(index, index) for index in range(len(olds))]
    shared = [[_shared_words(LCSseq.similarity(old, new), old, new) for new in news] for old in olds]
    best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]  # from these sentences on to the end
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], shared[i][j] and shared[i][j] + best[i + 1][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if shared[i][j] and best[i][j] == shared[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _numbered(left: Sequence[Words], right: Sequence[Words]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the words of each sentence, without marks, as numbers: the same word is the same number."""
    numbers: dict[str, int] = {}
    number = numbers.setdefault
    olds, news = (
        [[number(word, len(numbers)) for word in words if word[0].isalnum()] for words in side]
        for side in (left, right)
    )
    return olds, news


def _shared_words(count: int, old: Sequence[int], new: Sequence[int]) -> int:
    """Return how many words two sentences share in the same order; 0 if they are not alike."""
    return count if 2 * count >= _MIN_ALIKE * (len(old) + len(new)) else 0
