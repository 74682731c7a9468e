"""Putting a text right: which fixes are carried out, which not, and what is told of it."""

from __future__ import annotations

import re

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.review.fixer import Edit, FixedText, TextFixer
from zhijiao20.rules.shared.passage import Passage, TextMatch


def correct(catalog: Catalog, entry: Entry, settings: Settings = DEFAULT) -> list[FixedText]:
    """What is put right in the one entry of a unit."""
    return list(TextFixer(catalog, settings).correct(Submission("甲", entries={entry.task: entry})))


def test_edits_and_counts(catalog: Catalog) -> None:
    """Each place is told by where it stood, and each rule with how many it put right."""
    (found,) = correct(catalog, Entry("1.1", status="\u200b截止2020年06月,印发(含草案)"))
    assert found.text == "截至2020年6月，印发（含草案）"
    assert found.edits == (Edit(0, 12, "截至2020年6月，"), Edit(14, 15, "（"), Edit(18, 19, "）"))
    assert found.counts == {"ZJ411": 1, "ZJ402": 1, "ZJ403": 1, "ZJ404": 3}


def test_what_is_not_mechanical_stays(catalog: Catalog) -> None:
    """A rule without a fix changes nothing."""
    assert correct(catalog, Entry("1.1", status="今年我校投资3-5亿元，效果挺好。")) == []
    assert correct(catalog, Entry("1.1", status="")) == []


@pytest.mark.parametrize(
    ("entry", "settings"),
    [
        (Entry("1.1", status="1、甲", waivers={"ZJ405": "照原件"}), Settings()),
        (Entry("1.1", status="1、甲"), Settings(ignore=("ZJ4",))),
        (Entry("1.1", status="1、甲"), Settings(select=("ZJ404",))),
        (Entry("1.1", status="1、甲"), Settings(exceptions={"甲": ("ZJ405",)})),
    ],
)
def test_what_is_not_wanted_stays(entry: Entry, settings: Settings, catalog: Catalog) -> None:
    """A waiver, a choice of rules and an exception for a unit hold for fixing as for finding."""
    assert correct(catalog, entry, settings) == []


def test_a_waiver_without_a_reason_waives_nothing(catalog: Catalog) -> None:
    """As in review."""
    assert correct(catalog, Entry("1.1", status="1、甲", waivers={"ZJ405": " "}))[0].text == "1.甲"


def test_official_wording_is_left_alone(catalog: Catalog) -> None:
    """A quoted clause keeps its marks, whatever they are."""
    quoted = catalog.tasks["1.1"].text.replace("两个", "两\u200b个")
    assert correct(catalog, Entry("1.1", status=quoted)) == []


def test_of_overlapping_fixes_the_first_wins(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one has its turn on what is left, however the rules are registered."""

    def rule(old: str, new: str) -> object:
        def check(passage: Passage) -> list[TextMatch]:
            return [TextMatch(*match.span(), "", "", new) for match in re.finditer(old, passage.text)]

        return check

    rules = (("ZJ401", rule("乙丙", "丁")), ("ZJ403", rule("甲乙", "乙")))
    for order in (rules, rules[::-1]):
        monkeypatch.setattr("zhijiao20.review.fixer.text_rules", lambda _, rules=order: rules)
        (found,) = correct(catalog, Entry("1.1", status="甲乙丙"))
        assert (found.text, found.counts) == ("丁", {"ZJ401": 1, "ZJ403": 1})


def test_rules_that_never_agree_end(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """No pair of rules can keep the program from coming to an end."""

    def swap(passage: Passage) -> list[TextMatch]:
        return [TextMatch(0, 1, "", "", "乙" if passage.text == "甲" else "甲")]

    monkeypatch.setattr("zhijiao20.review.fixer.text_rules", lambda _: (("ZJ401", swap),))
    assert correct(catalog, Entry("1.1", status="甲")) == []
