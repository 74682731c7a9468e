"""A pattern that is compiled when it is first used does what a compiled one does."""

from __future__ import annotations

import re

import pytest

from zhijiao20.core.lazy_regex import LazyPattern, lazy_regex

SOURCE = r"(?P<count>[0-9]+)(个)"
TEXT = "12个基地、3个专业"


def test_every_method_is_that_of_a_compiled_pattern() -> None:
    lazy, compiled = lazy_regex(SOURCE), re.compile(SOURCE)
    for pattern in (lazy, compiled):
        assert pattern.pattern == SOURCE
        assert pattern.groups == 2
        assert dict(pattern.groupindex) == {"count": 1}
        for method in (pattern.search, pattern.match, pattern.fullmatch):
            assert [found and found["count"] for found in (method("12个"), method("个"))] == ["12", None]
        assert [found.start() for found in pattern.finditer(TEXT)] == [0, 6]
        assert pattern.findall(TEXT) == [("12", "个"), ("3", "个")]
        assert pattern.split("1个、2个") == ["", "1", "个", "、", "2", "个", ""]
        assert pattern.sub("×", TEXT) == "×基地、×专业"
        assert pattern.subn("×", TEXT, 1) == ("×基地、3个专业", 1)


def test_flags_are_kept() -> None:
    assert lazy_regex("A", re.IGNORECASE).search("a")
    assert not lazy_regex("A").search("a")


def test_bytes_are_searched_too() -> None:
    assert lazy_regex(b"[0-9]+").findall(b"1 22") == [b"1", b"22"]


def test_it_is_compiled_when_first_used_and_once() -> None:
    pattern = lazy_regex("(")
    assert isinstance(pattern, LazyPattern)
    with pytest.raises(re.error):
        pattern.search("")
    pattern = lazy_regex("甲")
    assert isinstance(pattern, LazyPattern)
    assert "regex" not in vars(pattern)
    assert pattern.search("乙甲")
    assert pattern.search is pattern.search
    assert vars(pattern)["regex"] is pattern.regex
