"""What is blank, what can name a unit, and the words for 进展."""

from __future__ import annotations

import pytest

from zhijiao20.core.submission import (
    PROGRESS_SYNONYMS,
    UNIT_LIMIT,
    Entry,
    Progress,
    Submission,
    is_blank,
    unit_problem,
    without_invisible,
)


class TestProgress:
    """进展."""

    def test_four_words(self) -> None:
        """The four words are the contract's, in its order: messages list them so."""
        assert [word.value for word in Progress] == ["已完成", "推进中", "未启动", "不涉及"]

    def test_synonyms(self) -> None:
        """Exactly the words that the contract names are understood, each as it says."""
        assert {word: meant.value for word, meant in PROGRESS_SYNONYMS.items()} == {
            "完成": "已完成",
            "正在推进": "推进中",
            "持续推进": "推进中",
            "基本完成": "推进中",
            "阶段性完成": "推进中",
            "长期坚持": "推进中",
            "尚未启动": "未启动",
            "无此项": "不涉及",
            "不适用": "不涉及",
        }


class TestBlank:
    """White space and invisible characters are nothing on paper."""

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param(" \t\n", id="ascii-space"),
            pytest.param("\u3000\u00a0\u2003", id="wide-spaces"),
            pytest.param("\u200b\u200c\u200d\u2060", id="zero-width"),
            pytest.param("\ufeff", id="bom"),
            pytest.param("\u00ad", id="soft-hyphen"),
            pytest.param("\u200e\u202e", id="direction-marks"),
            pytest.param("\u3164\u115f\u1160\uffa0", id="hangul-fillers"),
            pytest.param("\u200b \u00a0\n\ufeff", id="mixed"),
            pytest.param("\u2028", id="line-separator"),
        ],
    )
    def test_nothing(self, text: str) -> None:
        """A status of these would print as an empty cell."""
        assert is_blank(text)
        assert Entry("1.1", status=text).blank

    @pytest.mark.parametrize("text", ["。", "无", " 甲 ", "\u200b一", "0", "\ue000", "𠀀"])
    def test_something(self, text: str) -> None:
        """One visible character is a text."""
        assert not is_blank(text)
        assert not Entry("1.1", status=text).blank

    def test_without_invisible(self) -> None:
        """For comparing only: visible characters and white space stay."""
        assert without_invisible("严\u200b把\u00ad 教\ufeff学\u3000") == "严把 教学\u3000"


class TestUnit:
    """1 to 100 characters on one line."""

    @pytest.mark.parametrize(
        "unit",
        [
            pytest.param("甲", id="one-character"),
            pytest.param("局" * UNIT_LIMIT, id="100-characters"),
            pytest.param("𠀀" * UNIT_LIMIT, id="100-outside-the-plane"),
            pytest.param("no", id="no"),
            pytest.param("a: b", id="colon"),
            pytest.param("1.10", id="number"),
            pytest.param('“甲”"乙"', id="quotes"),
            pytest.param(" 甲 局 ", id="spaces"),
            pytest.param("甲\u00a0局\u200b", id="nbsp-and-zero-width"),
        ],
    )
    def test_good(self, unit: str) -> None:
        """Any name on one line can be a unit's."""
        assert unit_problem(unit) == ""

    @pytest.mark.parametrize(
        ("unit", "problem"),
        [
            pytest.param("", "单位是空的", id="empty"),
            pytest.param(" \u3000\u200b", "单位是空的", id="blank"),
            pytest.param("局" * 101, "单位有 101 个字，最多 100 个", id="too-long"),
            pytest.param("甲\n乙", "单位里有换行或控制字符", id="line-end"),
            pytest.param("甲\t乙", "单位里有换行或控制字符", id="tab"),
            pytest.param("甲\x1b[0m", "单位里有换行或控制字符", id="escape"),
            pytest.param("甲\x85", "单位里有换行或控制字符", id="c1"),
            pytest.param("甲\u2028乙", "单位里有换行或控制字符", id="line-separator"),
            pytest.param("甲\ud800", "单位里有换行或控制字符", id="half-a-character"),
            pytest.param("甲\uffff", "单位里有换行或控制字符", id="not-in-xml"),
        ],
    )
    def test_bad(self, unit: str, problem: str) -> None:
        """What Word, a file name or a message's line cannot hold is refused with the reason."""
        assert unit_problem(unit) == problem


def test_defaults_are_not_shared() -> None:
    """Two submissions made without entries do not write into one mapping."""
    assert Submission("甲").entries is not Submission("乙").entries
    assert Entry("1.1").waivers is not Entry("1.1").waivers
