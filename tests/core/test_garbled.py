"""Text that was decoded in the wrong encoding."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.garbled import find_lost, garbled_cause


@settings(deadline=None, derandomize=True)
@given(st.text(st.one_of(st.characters(), st.sampled_from("\ufffd锟斤拷烫屯锛銆ï¿½¼ã€"))))
def test_what_is_found_stands_there(text: str) -> None:
    """The stretch that is told is a part of the text, and a replacement character is always found."""
    found = find_lost(text)
    assert found is not None or "\ufffd" not in text
    if found is not None:
        assert text[found[1] : found[2]] == found[0] != ""


def test_plain_texts_are_not_garbled() -> None:
    """A table without a known word, in any script, is another table."""
    assert garbled_cause("name,phone\n甲,1") == ""
    assert garbled_cause("abc") == ""
    assert garbled_cause("甲\ufffd\ufffd") == ""


def test_one_garbled_word_is_not_enough() -> None:
    """Two characters may stand side by side by chance."""
    assert garbled_cause("鍗曚綅") == ""
    assert garbled_cause("鍗曚綅,缂栧彿") != ""


def test_a_known_word_beside_lost_ones_is_no_garbled_file() -> None:
    """Where the words of the table stand, single lost characters are told in their place."""
    assert garbled_cause("单位,\ufffd\ufffd,\ufffd\ufffd,\ufffd") == ""
    assert garbled_cause("锟斤拷位,锟斤拷锟斤拷") != ""
