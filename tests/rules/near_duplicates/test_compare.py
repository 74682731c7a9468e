"""Near-copies among many texts: all are found, and the work grows with their number."""

from __future__ import annotations

import random
from collections.abc import Sequence

import corpus
import numpy as np
import pytest
from folding import TEXT, folded
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from zhijiao20.rules.near_duplicates.compare import NearDuplicate, find_near_duplicates
from zhijiao20.rules.near_duplicates.minhash import compute_minhashes, record_type

QUICK = settings(deadline=None, derandomize=True, max_examples=60)


def compare(texts: list[str], alike: float = 0.85) -> tuple[list[NearDuplicate], int]:
    """The near-copies among texts, and how many texts were looked at for them."""
    ready = folded(texts)
    assert len(ready) == len(texts)
    looks = [0]

    def text(row: int) -> str:
        looks[0] += 1
        return ready[row]

    return list(
        find_near_duplicates(np.frombuffer(compute_minhashes(texts, "", 40).heads, record_type()), text, alike)
    ), looks[0]


class TestAlgorithm:
    """near_copies against every pair."""

    @QUICK
    @given(
        st.integers(0, 10**6),
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0, 0.04, 0.08, 0.4])), max_size=14),
    )
    def test_like_every_pair(self, seed: int, wanted: list[tuple[int, float]]) -> None:
        """Told is who is like an earlier one, with one that it is really like; just at the threshold one may be missed."""
        chance = random.Random(seed)
        originals = [corpus.status_text(chance) for _ in range(4)]
        texts = [corpus.near_copy(originals[which], chance, share) for which, share in wanted]
        ready = folded(texts)
        alike = [
            [Levenshtein.normalized_similarity(ready[at], text) for at in range(row)] for row, text in enumerate(ready)
        ]
        near, _ = compare(texts)
        assert {row for row, others in enumerate(alike) if max(others, default=0) >= 0.88} <= {one.row for one in near}
        for one in near:
            assert one.alike == alike[one.row][one.other] >= 0.85
            assert one.together >= 1 + sum(other >= 0.88 for other in alike[one.row])

    @pytest.mark.minutes
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_recall(self, seed: int) -> None:
        """Of 3,000 texts in which 5 to 10 % of the characters were changed at least 98 % are found."""
        chance = random.Random(seed)
        originals = [corpus.status_text(chance) for _ in range(3000)]
        copies = [corpus.near_copy(text, chance, chance.uniform(0.05, 0.1)) for text in originals]
        near, _ = compare(originals + copies)
        right = sum(one.other == one.row - 3000 for one in near)
        assert right >= 0.98 * 3000
        assert len(near) == right

    def test_a_lower_threshold(self) -> None:
        """Texts that need be less alike are looked for more closely."""
        chance = random.Random(7)
        originals = [corpus.status_text(chance) for _ in range(300)]
        copies = [corpus.near_copy(text, chance, 0.2) for text in originals]
        near, _ = compare(originals + copies, 0.75)
        assert sum(one.other == one.row - 300 for one in near) >= 0.95 * 300
        assert compare(originals + copies)[0] == []

    def test_identical_texts_are_not_compared(self) -> None:
        """A thousand identical texts are one group: nobody looks at a text."""
        near, looks = compare([TEXT] * 1000)
        assert near == [NearDuplicate(row, 0, 1.0, 1000) for row in range(1, 1000)]
        assert looks == 0

    def test_the_work_grows_with_the_number(self) -> None:
        """Near-copies of one text in any number: each is compared with a few, not with all."""
        chance = random.Random(5)
        original = corpus.status_text(chance)
        for number in (400, 1600):
            near, looks = compare([corpus.near_copy(original, chance, 0.05) for _ in range(number)])
            assert len(near) == number - 1
            assert near[-1].together == number
            assert looks <= 2 * 8 * number

    def test_texts_that_are_all_but_alike(self) -> None:
        """Each is compared with the few that look most like it, among them the one that it is a copy of."""
        chance = random.Random(6)
        han = [chr(0x4E00 + number) for number in range(3000)]
        base = chance.choices(han, k=600)

        def changed(text: Sequence[str], share: float) -> str:
            new = list(text)
            for _ in range(int(share * len(new))):
                new[chance.randrange(len(new))] = chance.choice(han)
            return "".join(new)

        texts = [changed(base, 0.1) for _ in range(400)]
        copies = [changed(texts[row], 0.05) for row in range(50, 350, 3)]
        near, looks = compare(texts + copies)
        assert [one.other for one in near if one.row >= 400] == list(range(50, 350, 3))
        assert looks <= 2 * 9 * len(texts + copies)

    @pytest.mark.parametrize(("others", "copied"), [(0, True), (1, True), (7, True), (8, False)])
    def test_the_copy_is_looked_for_among_the_eight_that_look_most_like_it(self, others: int, copied: bool) -> None:
        """Texts with its pieces in another order look more like it than the one of which it is a copy, and are not."""
        chance = random.Random(8)
        original = "".join(corpus.status_text(chance) for _ in range(3))
        copy = corpus.near_copy(original, chance, 0.08)
        pieces = [copy[at : at + 30] for at in range(0, len(copy), 30)]
        turned = ["".join(chance.sample(pieces, len(pieces))) for _ in range(others)]
        near, _ = compare([original, *turned, copy])
        assert [(one.row, one.other) for one in near] == ([(others + 1, 0)] if copied else [])

    def test_nothing_to_compare(self) -> None:
        """No text, one text."""
        assert compare([])[0] == compare([TEXT])[0] == []
