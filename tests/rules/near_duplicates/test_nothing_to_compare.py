"""Units whose only texts are in a second file of the same unit: nothing is compared."""

from __future__ import annotations

from zhijiao20.core.settings import Thresholds
from zhijiao20.rules.between.near_copy import NearCopies
from zhijiao20.rules.near_duplicates.text_store import BlockStore


def test_without_texts_nothing_is_opened_and_nothing_found() -> None:
    """The temporary storage is for texts."""

    def opened() -> BlockStore:
        raise AssertionError("there is nothing to store")

    assert list(NearCopies(Thresholds(), opened).finish(())) == []
