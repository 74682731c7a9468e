"""How values from files are shown."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.display import QUOTE_LIMIT, display_path, escape_controls, quote

QUICK = settings(deadline=None, derandomize=True)
ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\x00\x1b\x7f\x85\u2028\u2029\ud800"))
)


def hidden(text: str) -> list[str]:
    """The characters of a text that a terminal would act on or that would break its line."""
    return [char for char in text if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]


class TestShown:
    """Values from files in messages."""

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            pytest.param("教育局", "教育局", id="plain"),
            pytest.param("\x1b[31m", "\\x1b[31m", id="terminal-escape"),
            pytest.param("a\r\nb\tc", "a\\x0d\\x0ab\\x09c", id="line-end-and-tab"),
            pytest.param("a\x85b\x9b", "a\\x85b\\x9b", id="c1"),
            pytest.param("a\u2028b\u2029", "a\\u2028b\\u2029", id="line-separators"),
            pytest.param("\u202eabc\u2066", "\\u202eabc\\u2066", id="direction-overrides"),
            pytest.param("\ud83d", "\\ud83d", id="half-a-character"),
            pytest.param("[red]𠀀\u3000", "[red]𠀀\u3000", id="the-rest-as-it-is"),
            pytest.param("\\x1b", "\\x1b", id="a-backslash-stays-one"),
        ],
    )
    def test_visible(self, text: str, shown: str) -> None:
        r"""A control character is shown as \x1b: it can neither hide nor act."""
        assert escape_controls(text) == shown

    @pytest.mark.parametrize(
        "char",
        [
            pytest.param("\u061c", id="U+061C"),
            *[pytest.param(char, id=f"U+{ord(char):04X}") for char in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"],
            *[pytest.param(char, id=f"U+{ord(char):04X}") for char in "\u2066\u2067\u2068\u2069"],
        ],
    )
    def test_no_direction_mark_acts(self, char: str) -> None:
        """A text cannot turn the rest of a message's line around."""
        assert char not in escape_controls(f"甲{char}乙")

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            pytest.param("", "“”", id="empty"),
            pytest.param("进行时", "“进行时”", id="as-it-is"),
            pytest.param("字" * 200, "“" + "字" * 200 + "”", id="200-fit"),
            pytest.param("字" * 201, "“" + "字" * 200 + "……”", id="201-are-cut"),
            pytest.param("\x1b" * 201, "“" + "\\x1b" * 200 + "……”", id="cut-before-escaping"),
        ],
    )
    def test_quote(self, value: str, shown: str) -> None:
        """A wrong value is quoted as it is, cut at 200 characters."""
        assert quote(value) == shown

    @QUICK
    @given(ANY_TEXT)
    def test_visible_has_no_control_character(self, text: str) -> None:
        """Whatever a file holds, a message stays on its line and drives no terminal."""
        assert hidden(escape_controls(text)) == []

    @QUICK
    @given(ANY_TEXT)
    def test_visible_changes_nothing_else(self, text: str) -> None:
        """What can be seen is shown as it came, and showing twice shows the same."""
        assert escape_controls(escape_controls(text)) == escape_controls(text)
        if escape_controls(text) == text:
            assert hidden(text) == []
        assert [char for char in text if "\u4e00" <= char <= "\u9fff"] == [
            char for char in escape_controls(text) if "\u4e00" <= char <= "\u9fff"
        ]

    @QUICK
    @given(ANY_TEXT, st.integers(1, 400))
    def test_quote_is_bounded(self, text: str, times: int) -> None:
        """A hostile value cannot flood the screen: 200 of its characters at most, the ellipsis tells of more."""
        value = text * times
        shown = quote(value)
        assert hidden(shown) == []
        assert shown.startswith("“")
        assert shown.endswith("”")
        longest = max((len(escape_controls(char)) for char in value), default=0)
        assert len(shown) <= QUOTE_LIMIT * longest + len("“……”")
        assert (shown == f"“{escape_controls(value)}”") == (len(value) <= QUOTE_LIMIT)


POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, modes, links or devices of POSIX")


@POSIX
def test_a_path_that_no_screen_can_show() -> None:
    """Names from old archives are GBK bytes on a UTF-8 disk."""
    assert display_path(Path(os.fsdecode(b"a/\xbc\xd7.yaml"))) == "a/\\xbc\\xd7.yaml"
    assert display_path(Path("各单位/甲.yaml")) == "各单位/甲.yaml"
