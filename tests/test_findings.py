"""The table of rules, a report's counts and choices, and how values from files are shown."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.display import QUOTE_LIMIT, escape_controls, quote
from zhijiao20.core.findings import NOWHERE, Collector, Finding, Place, Report, TooManyFindingsError
from zhijiao20.core.rule_table import INCOMPLETE, RULES, Severity
from zhijiao20.core.settings import Settings

QUICK = settings(deadline=None, derandomize=True)
ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\x00\x1b\x7f\x85\u2028\u2029\ud800"))
)

# Codes are stable for ever: users write them into 豁免, configurations and CI scripts.
CODES = {
    "ZJ001": ("unreadable-file", "error"),
    "ZJ002": ("wrong-format", "error"),
    "ZJ003": ("encoding-error", "error"),
    "ZJ004": ("syntax-error", "error"),
    "ZJ005": ("encoding-guessed", "info"),
    "ZJ006": ("illegal-character", "info"),
    "ZJ007": ("lost-character", "warning"),
    "ZJ008": ("unusable-form", "error"),
    "ZJ101": ("unknown-task", "error"),
    "ZJ102": ("duplicate-task", "error"),
    "ZJ103": ("unknown-field", "error"),
    "ZJ104": ("wrong-type", "error"),
    "ZJ105": ("unknown-progress", "error"),
    "ZJ106": ("bad-unit", "error"),
    "ZJ107": ("duplicate-unit", "error"),
    "ZJ108": ("wording-changed", "error"),
    "ZJ109": ("id-normalised", "info"),
    "ZJ110": ("unknown-column", "info"),
    "ZJ111": ("period-differs", "warning"),
    "ZJ112": ("progress-synonym", "info"),
    "ZJ113": ("unit-from-file-name", "warning"),
    "ZJ114": ("duplicate-key", "error"),
    "ZJ115": ("missing-column", "error"),
    "ZJ116": ("row-too-long", "error"),
    "ZJ117": ("id-became-date", "error"),
    "ZJ201": ("empty-status", "error"),
    "ZJ202": ("missing-task", "error"),
    "ZJ203": ("placeholder", "error"),
    "ZJ204": ("reason-missing", "info"),
    "ZJ604": ("not-applicable-left-out", "info"),
}


def hidden(text: str) -> list[str]:
    """The characters of a text that a terminal would act on or that would break its line."""
    return [char for char in text if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]


class TestRules:
    """The catalogue of rules."""

    @pytest.mark.parametrize("code", CODES)
    def test_codes_never_change(self, code: str) -> None:
        """A code keeps its name and its weight for ever."""
        rule = RULES[code]
        assert (rule.code, rule.name, rule.severity.value) == (code, *CODES[code])

    def test_codes_are_of_the_contract(self) -> None:
        """Every code is ZJ and three digits of a family that the contract names."""
        assert [code for code in RULES if not re.fullmatch(r"ZJ[0-6]\d\d", code)] == []

    def test_names_are_unique_words(self) -> None:
        """A name stands for one code in JSON and SARIF."""
        names = [rule.name for rule in RULES.values()]
        assert len(set(names)) == len(names)
        assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []

    def test_between_units_warnings_at_most(self) -> None:
        """No clerk is stopped by another unit's text: ZJ6 is never an error."""
        assert [
            code for code, rule in RULES.items() if code.startswith("ZJ6") and rule.severity is Severity.ERROR
        ] == []

    def test_incomplete(self) -> None:
        """--allow-incomplete lets missing and empty tasks through, and nothing else."""
        assert {RULES[code].name for code in INCOMPLETE} == {"missing-task", "empty-status"}


class TestCollector:
    """Gathering the findings of one file."""

    def test_keeps_file_unit_and_place(self) -> None:
        """A finding names file, unit, task and place, so that a clerk finds it."""
        out = Collector("甲.yaml")
        out.add("ZJ004", "坏了")
        out.unit = "甲"
        out.add("ZJ201", "空的", "写上", place=Place(3, 5), task="1.1")
        assert out.findings == [
            Finding("甲.yaml", NOWHERE, None, None, RULES["ZJ004"], "坏了", ""),
            Finding("甲.yaml", Place(3, 5), "甲", "1.1", RULES["ZJ201"], "空的", "写上"),
        ]
        assert [finding.severity for finding in out.findings] == [Severity.ERROR, Severity.ERROR]

    def test_unknown_code(self) -> None:
        """A misspelled code in the program is met at once."""
        with pytest.raises(KeyError):
            Collector("甲.yaml").add("ZJ999", "")

    def test_two_files_do_not_share(self) -> None:
        """Each file has its own findings."""
        first, second = Collector("甲"), Collector("乙")
        first.add("ZJ004", "坏了")
        assert second.findings == []


def report(*codes: str) -> Report:
    """A report with a finding for each code."""
    out = Collector("甲.yaml")
    for code in codes:
        out.add(code, "")
    return Report(3, 2, tuple(out.findings))


def codes_of(chosen: Report) -> list[str]:
    """The codes in a report, in order."""
    return [finding.rule.code for finding in chosen.findings]


class TestReport:
    """Counts and choices."""

    def test_counts(self) -> None:
        """The summary counts by severity."""
        mixed = report("ZJ201", "ZJ007", "ZJ202", "ZJ109", "ZJ111", "ZJ203")
        assert [mixed.count(severity) for severity in Severity] == [3, 2, 1]

    @pytest.mark.parametrize(
        ("codes", "failed"),
        [
            pytest.param([], False, id="nothing"),
            pytest.param(["ZJ109", "ZJ111"], False, id="info-and-warning"),
            pytest.param(["ZJ109", "ZJ201"], True, id="one-error"),
        ],
    )
    def test_failed(self, codes: list[str], failed: bool) -> None:
        """Exit code 1 is for error findings only."""
        assert report(*codes).failed is failed

    @pytest.mark.parametrize(
        ("select", "ignore", "kept"),
        [
            pytest.param([], [], ["ZJ201", "ZJ109", "ZJ203", "ZJ102"], id="all"),
            pytest.param(["ZJ2"], [], ["ZJ201", "ZJ203"], id="family"),
            pytest.param(["ZJ2", "ZJ102"], [], ["ZJ201", "ZJ203", "ZJ102"], id="family-and-code"),
            pytest.param([], ["ZJ2"], ["ZJ109", "ZJ102"], id="ignore-family"),
            pytest.param(["ZJ2"], ["ZJ203"], ["ZJ201"], id="ignore-is-stronger"),
            pytest.param(["ZJ2"], ["ZJ"], [], id="ignore-all"),
            pytest.param(["ZJ5"], [], [], id="nothing-of-that-family"),
        ],
    )
    def test_choose(self, select: list[str], ignore: list[str], kept: list[str]) -> None:
        """--select and --ignore take prefixes of codes; what is left keeps its order."""
        whole = report("ZJ201", "ZJ109", "ZJ203", "ZJ102")
        chosen = Settings(tuple(select), tuple(ignore)).chosen(whole.findings)
        assert [finding.rule.code for finding in chosen] == kept

    def test_a_weight_of_ones_own(self) -> None:
        """A configuration may weigh a rule otherwise."""
        weighed = Settings(severity={"ZJ109": Severity.WARNING}).chosen(report("ZJ109", "ZJ112").findings)
        assert [finding.severity for finding in weighed] == [Severity.WARNING, Severity.INFO]

    def test_exceptions_of_a_unit(self) -> None:
        """What is left out for one unit stays for all others; an unreadable file is always told."""
        whole = report("ZJ204", "ZJ001")
        unit = whole.findings[0].unit or ""
        for excepted, kept in ((unit, ["ZJ001"]), ("别的单位", ["ZJ204", "ZJ001"])):
            chosen = Settings(exceptions={excepted: ("ZJ",)}).chosen(whole.findings)
            assert [finding.rule.code for finding in chosen] == kept


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
            pytest.param(
                "\u061c",
                id="U+061C",
            ),
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


def test_a_collector_takes_so_many_and_no_more() -> None:
    """What a hostile file makes of findings is bounded; what was found before stays."""
    out = Collector("甲.yaml", max_findings=2)
    out.add("ZJ021", "一")
    out.add("ZJ021", "二")
    with pytest.raises(TooManyFindingsError):
        out.add("ZJ021", "三")
    assert [finding.message for finding in out.findings] == ["一", "二"]
