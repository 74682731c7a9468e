"""Every rule's page: its parts, and its examples, which are run through the real workflow."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import findings_of, mended
from reading_examples import EXAMPLES

from zhijiao20.core.rule_table import RULES
from zhijiao20.rules.completeness import placeholder
from zhijiao20.rules.documentation import Example, Page, page_of, parse_page

PAGES = {code: page_of(code) for code in RULES}
CASES = [
    (code, kind, index)
    for code, page in PAGES.items()
    for kind, examples in (("错", page.wrong), ("对", page.right))
    for index in range(len(examples))
]
DOC = "ZJ203 落实情况只是占位文字。\n\n为什么。\n\n错：甲\n对：乙\n\n依据：表（规定）。\n"


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_page(code: str) -> None:
    """A code on the screen leads to the page with its title."""
    assert PAGES[code].rule is RULES[code]


def test_no_such_rule() -> None:
    """A code that is in no table has no page."""
    with pytest.raises(KeyError):
        page_of("ZJ299")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_page_is_whole(page: Page) -> None:
    """Three wrong and three right examples at least; where a rule has a remedy, each wrong one has its right one."""
    assert min(len(page.wrong), len(page.right)) >= 3
    assert not page.rule.fixable or len(page.right) >= len(page.wrong)
    prose = [sum(bool(x.kind) and not x.files for x in examples) for examples in (page.wrong, page.right)]
    assert prose == [len(built) for built in EXAMPLES.get(page.rule.code, ([], []))]


@pytest.mark.parametrize(("code", "kind", "index"), CASES, ids=str)
def test_example(code: str, kind: str, index: int, tmp_path: Path) -> None:
    """What the page calls wrong is found, what it calls right is not, in a whole run over real files."""
    page = PAGES[code]
    examples = page.wrong if kind == "错" else page.right
    example = examples[index]
    if example.kind and not example.files:
        number = sum(bool(before.kind) and not before.files for before in examples[:index])
        found = EXAMPLES[code][kind == "对"][number](tmp_path)
    else:
        found = findings_of(code, example, tmp_path)
    codes = [finding.rule.code for finding in found]
    assert (code in codes) is (kind == "错"), [finding.message for finding in found if finding.rule.code != "ZJ202"]


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        pytest.param(code, wrong, right, id=f"{code}-{index}")
        for code, page in PAGES.items()
        if page.rule.fixable
        for index, (wrong, right) in enumerate(zip(page.wrong, page.right, strict=False))
    ],
)
def test_remedy(code: str, wrong: Example, right: Example) -> None:
    """The remedies of a rule make of the wrong text exactly the right one."""
    assert mended(code, wrong) == right.text


def test_parts_of_a_page() -> None:
    """Marks, tasks, 进展, paragraphs, files with their names, and what is told in words."""
    page = parse_page(
        "ZJ203 落实情况只是占位文字。\n\n一段，\n又一行。\n\n再一段。\n\n"
        "错：甲↵乙\n错〔16.4 已完成〕：丙\n错〔1.1、1.2〕：同文\n错（yaml）：\n    a:\n\n      b\n"
        "对（csv）：\n    〔甲.csv〕\n    1\n    〔乙.csv〕\n    2\n对（xlsx）：工作簿\n\n依据：附表2（规定）。\n又一句。\n"
    )
    assert page.why == "一段，\n又一行。\n\n再一段。"
    assert page.wrong == (
        Example("甲\n乙"),
        Example("丙", ("16.4",), "已完成"),
        Example("同文", ("1.1", "1.2")),
        Example("", kind="yaml", files={"澄州市教育局.yaml": "a:\n\n  b\n"}),
    )
    assert page.right == (
        Example("", kind="csv", files={"甲.csv": "1\n", "乙.csv": "2\n"}),
        Example("工作簿", kind="xlsx"),
    )
    assert (page.source, page.strength) == ("附表2（规定）。又一句。", "规定")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ZJ203", "ZJ299"),
        ("占位", "占"),
        ("为什么。", ""),
        ("错：甲\n", ""),
        ("对：乙\n", ""),
        ("（规定）", "（大概）"),
        ("依据", "根据"),
        ("对：乙", "顺便说一句\n对：乙"),
        ("错：甲", "错（yaml）："),
        ("错：甲", "错：甲\n    多余"),
    ],
    ids=["code", "title", "why", "wrong", "right", "strength", "source", "between", "no-file", "text-and-file"],
)
def test_a_page_that_is_none(old: str, new: str) -> None:
    """A slip in a page is met in the tests, not on a clerk's screen."""
    parse_page(DOC)
    with pytest.raises(ValueError):
        parse_page(DOC.replace(old, new))


def test_page_of_another_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page in the wrong module would be shown under the wrong code."""
    monkeypatch.setattr(placeholder, "PAGE", DOC.replace("ZJ203 落实情况只是占位文字", "ZJ202 缺少任务"))
    with pytest.raises(ValueError, match="ZJ202"):
        page_of("ZJ203")
