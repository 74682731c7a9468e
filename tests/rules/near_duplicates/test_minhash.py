"""What of a text is compared: what makes no difference, and what does."""

from __future__ import annotations

import numpy as np
import pytest
from folding import folded

from zhijiao20.rules.near_duplicates.minhash import COMPARED_LIMIT, compute_minhashes, record_type


class TestFolding:
    """What makes no difference, and what does."""

    @pytest.mark.parametrize(
        ("text", "same"),
        [
            pytest.param("培训１２人，合格。", "培训12人,合格.", id="width-and-punctuation"),
            pytest.param(" 培 训\n12人\u200b\u3000", "培训12人", id="white-space-and-invisible"),
            pytest.param("甲校培训12人", "培训12人", id="own-name"),
            pytest.param("培训12人𠮷𠮷", "培训12人𠮷𠮷", id="extension-B-stays"),
            pytest.param("培训12人\0", "培训12人", id="zero-byte"),
            pytest.param("\ud800培训12人", "\ud800培训12人", id="half-a-surrogate"),
        ],
    )
    def test_folded(self, text: str, same: str) -> None:
        """A text is compared as it reads."""
        assert folded([text], "甲校", 1) == folded([same], "", 1) == [same.replace("12", "0")]

    def test_figures(self) -> None:
        """A number is one 0, with its points and commas; a text too short without its figures keeps them."""
        text = "2019年投入12,000.5元，占85.1%。3，4.一样"
        assert folded([text], "", 10) == ["0年投入0元,占0%.0.一样"]
        assert folded([text], "", 20) == ["2019年投入12,000.5元,占85.1%.3,4.一样"]
        assert folded([".5,", ","], "", 1) == [".0,", ","]

    def test_short_and_long(self) -> None:
        """What is too short is left out; of what is very long the beginning is compared."""
        assert folded(["短", "长" * (COMPARED_LIMIT + 5), "", "中" * 40]) == ["长" * COMPARED_LIMIT, "中" * 40]
        assert compute_minhashes(["短", "长" * 50], "", 40).kept == (1,)
        assert compute_minhashes([], "", 40) == ((), b"", b"")

    def test_texts_do_not_mix(self) -> None:
        """All texts go through numpy together; a number at an end does not run into the next text's."""
        texts = ["甲" * 40 + "12", "34" + "乙" * 40]
        assert folded(texts) == [folded([text])[0] for text in texts] == ["甲" * 40 + "0", "0" + "乙" * 40]
        heads = np.frombuffer(compute_minhashes(texts, "", 40).heads, record_type())
        alone = [np.frombuffer(compute_minhashes([text], "", 40).heads, record_type())[0] for text in texts]
        assert [head.tobytes() for head in heads] == [head.tobytes() for head in alone]
