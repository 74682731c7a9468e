"""ZJ4: every page's own examples, what must not be found, and that fixing comes to rest whatever the order."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from status_files import read_file

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.rule_table import FIXABLE
from zhijiao20.core.settings import Settings, Thresholds
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.review.fixer import TextFixer
from zhijiao20.rules.conventions import TEXT_RULES
from zhijiao20.rules.documentation import page_of
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
CHECKS = dict(TEXT_RULES)
ALL = TextFixer(CATALOG)
with patch("zhijiao20.review.fixer.text_rules", return_value=TEXT_RULES[::-1]):
    BACKWARDS = TextFixer(CATALOG)
EXAMPLES = ROOT / "examples"
QUICK = settings(deadline=None, derandomize=True, max_examples=200)


def hits(code: str, text: str, task: str = "1.1") -> list[TextMatch]:
    """What one rule says of a text."""
    entry = Entry(task, status=text)
    return list(CHECKS[code](Passage(CATALOG.tasks[task], entry, Thresholds())))


def fixed(text: str, corrector: TextFixer = ALL) -> str:
    """The text after fixing."""
    found = list(corrector.correct(Submission("甲", entries={"1.1": Entry("1.1", status=text)})))
    return found[0].text if found else text


def examples(code: str, sign: str) -> list[str]:
    """The texts that a rule's page shows as wrong or right."""
    page = page_of(code)
    return [example.text for example in (page.wrong if sign == "错" else page.right)]


PAGES = [
    (code, wrong, right)
    for code in CHECKS
    for wrong, right in zip(examples(code, "错"), examples(code, "对"), strict=True)
]


def test_each_page_has_three_of_both() -> None:
    """One example is a guess, three show where the line is drawn."""
    assert {code for code in CHECKS if len(examples(code, "错")) >= 3} == {f"ZJ{number}" for number in range(401, 420)}


@pytest.mark.parametrize(("code", "wrong", "right"), PAGES)
def test_examples_of_the_pages(code: str, wrong: str, right: str) -> None:
    """The wrong text is found by its rule alone, the right one by none; a fix makes the one of the other."""
    assert [other for other in CHECKS if hits(other, wrong)] == [code]
    assert [other for other in CHECKS if hits(other, right)] == []
    if code in FIXABLE:
        assert fixed(wrong) == right
        assert fixed(wrong, TextFixer(CATALOG, Settings((code,)))) == right
    else:
        assert [hit.fix for hit in hits(code, wrong) if hit.fix is not None] == []


@pytest.mark.parametrize("task", CATALOG.tasks.values(), ids=lambda task: task.id)
def test_official_wording_is_clean(task: object, catalog: Catalog) -> None:
    """Whoever repeats a task word for word is not corrected."""
    for each in catalog.tasks.values():
        if each is task:
            assert [code for code in CHECKS if hits(code, each.text, each.id)] == []


@pytest.mark.parametrize("file", [*EXAMPLES.glob("澄州市/*"), *EXAMPLES.glob("不完整/*")], ids=lambda file: file.stem)
def test_examples_of_the_project_are_clean(file: Path, catalog: Catalog) -> None:
    """Filled in by careful people: whatever a rule said of them would be wrong."""
    submissions, _ = read_file(file, catalog)
    for submission in submissions:
        for entry in submission.entries.values():
            passage = Passage(catalog.tasks[entry.task], entry, Thresholds())
            assert [(code, hit) for code, check in TEXT_RULES for hit in check(passage)] == [], entry.task


FRAGMENTS = sorted(
    {part for _, wrong, right in PAGES for text in (wrong, right) for part in re.split("(?<=[，。\n])", text) if part}
)


@QUICK
@given(
    st.lists(
        st.sampled_from(FRAGMENTS)
        | st.text("截至止到2019年06月3号日、.1()（）[]〔〕,;:\u200b\u00a0⼯中文 ", max_size=6),
        max_size=8,
    )
)
def test_fixing_comes_to_rest(parts: list[str]) -> None:
    """However fragments meet: fixing twice is fixing once, nothing fixable is left, rules may stand in any order."""
    text = "教学\n" + "".join(parts)  # a text of nothing but white space is no text
    once = fixed(text)
    assert fixed(once) == once
    assert [(code, hit) for code in FIXABLE for hit in hits(code, once) if hit.fix is not None] == []
    assert fixed(text, BACKWARDS) == once


@QUICK
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=6))
def test_edits_make_the_fixed_text(parts: list[str]) -> None:
    """What is written to the file is told as edits of the first text; applied there they give the fixed text."""
    text = "".join(parts)
    for correction in ALL.correct(Submission("甲", entries={"1.1": Entry("1.1", status=text)})):
        rebuilt = text
        for begin, end, new in reversed(correction.edits):
            rebuilt = rebuilt[:begin] + new + rebuilt[end:]
        assert rebuilt == correction.text
        assert correction.counts.total() > 0


def test_a_character_twice_behind_a_number_is_quoted_alone() -> None:
    """8号号公寓: 号 stands twice, not the number before it."""
    (found,) = hits("ZJ417", "学生住8号号公寓，共860人。")
    assert (found.begin, found.end, "里“号”写了两遍" in found.message) == (4, 6, True)
