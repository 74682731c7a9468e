"""What the rules on texts share: views of a text, places in it, quotations of the official wording."""

from __future__ import annotations

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.settings import DEFAULT, Settings, Thresholds
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.rules.engine import Reviewer, review
from zhijiao20.rules.shared.excerpt import excerpt, shortened
from zhijiao20.rules.shared.official_quotes import OfficialQuotes
from zhijiao20.rules.shared.passage import MASK, Passage, TextMatch, passages_of


def passage(text: str, catalog: Catalog, block: int = 0) -> Passage:
    """A text as the answer to 16.4."""
    entry = Entry("16.4", status=text, text_place=Place(7, 11), block=block)
    return Passage(catalog.tasks["16.4"], entry, Thresholds())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("印发《关于2019年(第3号)的通知》。", "《关于2019年(第3号)的通知》"),
        ("评为“双高”学校", "“双高”"),
        ("见https://a.cn/x?y=1，已公开", "https://a.cn/x?y=1"),
        ("邮箱a.b@c-d.com。", "a.b@c-d.com"),
        ("没有要遮的", ""),
        ("《没有右书名号", ""),
    ],
)
def test_prose_masks_what_is_not_the_units_own(text: str, masked: str, catalog: Catalog) -> None:
    """Titles, quotations and addresses keep their length and lose their words."""
    assert passage(text, catalog).prose == text.replace(masked, MASK * len(masked)) if masked else text


@pytest.mark.parametrize(
    ("begin", "shown"),
    [
        (0, "“印发办法”"),
        (5, "“安排二十六所学校承担任务”"),
        (12, "“安排二十六所学校承担任务”"),
        (18, "“在全市各类职业院校里…”"),
        (33, "“…院校里逐一组织开展督导检查和考核评估”"),
        (40, "“…开展督导检查和考核评估”"),
        (44, "“尾”"),
    ],
)
def test_around_a_hit(begin: int, shown: str) -> None:
    """The whole clause if it is short, else eight characters to each side; never beyond the paragraph."""
    text = "印发办法，安排二十六所学校承担任务。在全市各类职业院校里逐一组织开展督导检查和考核评估\n尾"
    assert excerpt(text, begin, begin + 2 if begin < 44 else begin + 1) == shown


def test_a_text_is_shortened_on_one_line() -> None:
    """What is cut is shown as cut."""
    assert shortened("甲\n乙", 3) == "甲 乙"
    assert shortened("甲乙丙丁", 3) == "甲乙…"


def test_place_in_a_block(catalog: Catalog) -> None:
    """A block's first line stands below its mark; everything else has the place of the text."""
    block = passage("甲乙\n丙丁", catalog, block=7)
    assert [block.place(begin) for begin in (0, 1, 3, 4)] == [Place(8, 7), Place(8, 8), Place(9, 7), Place(9, 8)]
    assert passage("甲乙\n丙丁", catalog).place(3) == Place(7, 11)


def test_official_wording_is_known(catalog: Catalog) -> None:
    """A clause of the official wording is one in any width and spacing; a word of it is none."""
    official = OfficialQuotes(catalog)
    text = "按照“高等职业教育生均财政拨款水平达到 12000元”的要求，达到12000元。"
    assert official.quoted(text, text.index("12000"), text.index("12000") + 5)
    assert not official.quoted(text, len(text) - 6, len(text) - 1)
    assert not official.quoted("水平", 0, 2)


@pytest.mark.parametrize("clause", ["印发" * 200, "印发" * 200 + "{}", "{}" + "印发" * 200])
def test_a_clause_without_end_is_no_quotation(clause: str, catalog: Catalog) -> None:
    """It is longer than any of the official wording: nobody need look for where it begins."""
    official, wording = OfficialQuotes(catalog), "严把教学标准和毕业学生质量标准两个关口"
    text = clause.format(wording)
    assert official.quoted(f"，{wording}。", 3, 5)
    assert not official.quoted(text, len(text) // 2, len(text) // 2 + 2)
    assert not official.quoted(text, 3, 5)


def test_hits_become_findings(catalog: Catalog, out: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hit of a warning is told, of an info the first with their number; official wording is left alone."""

    def rule(passage: Passage) -> list[TextMatch]:
        return [TextMatch(at, at + 1, "这里有元", "改") for at in range(len(passage.text)) if passage.text[at] == "元"]

    texts = {"1.1": "3元和5元", "16.4": catalog.tasks["16.4"].text}
    submission = Submission("甲", entries={task: Entry(task, status=text) for task, text in texts.items()})
    for code, told in (("ZJ307", ["这里有元"] * 2), ("ZJ404", ["这里有元（这段文字里共 2 处）"])):
        monkeypatch.setattr("zhijiao20.rules.content.TEXT_RULES", ((code, rule),))
        monkeypatch.setattr("zhijiao20.rules.conventions.TEXT_RULES", ((code, rule),))
        monkeypatch.setattr("zhijiao20.rules.content.SIGNS", {})
        monkeypatch.setattr("zhijiao20.rules.conventions.SIGNS", {})
        out.findings.clear()
        Reviewer(catalog, Settings((code,))).review(submission, out)
        assert [(finding.task, finding.message) for finding in out.findings] == [("1.1", message) for message in told]


def test_a_rule_that_is_not_wanted_does_not_run(
    catalog: Catalog, out: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaving a rule out saves its time."""
    monkeypatch.setattr("zhijiao20.rules.content.TEXT_RULES", (("ZJ307", lambda _: 1 / 0),))
    Reviewer(catalog, Settings(ignore=("ZJ3",))).review(
        Submission("甲", entries={"1.1": Entry("1.1", status="做了")}), out
    )
    assert {finding.rule.code for finding in out.findings} == {"ZJ202"}
    assert DEFAULT.wants("ZJ307")


def test_figures_of_its_own_prose(catalog: Catalog) -> None:
    """What stands in a title or a quotation is no figure of the unit."""
    text = "印发《关于培训3000人的通知》，“12000元”的标准，培训2640人"
    assert [text[quantity.begin : quantity.end] for quantity in passage(text, catalog).quantities] == ["2640人"]


def test_what_was_worked_out_of_a_long_text_is_let_go_of(catalog: Catalog) -> None:
    """Of an ordinary one it is kept; what comes of both is the same when it is asked for again."""
    for text, kept in (("培训12人，占3%。", True), ("培训12人，占3%。" * 2500, False)):
        one = Passage(catalog.tasks["1.1"], Entry("1.1", status=text), Thresholds())
        quantities = one.quantities
        one.forget()
        assert (one.quantities is quantities) is kept
        assert one.quantities == quantities


def test_a_measure_told_endlessly_is_looked_at_two_hundred_times(catalog: Catalog) -> None:
    """What stands behind them is not looked at; nobody tells a measure so often."""
    for before, number in ((150, 1), (250, 0)):
        text = "教师每年到企业实践40天，" * before + "教师每年到企业实践10天。"
        found = Collector("甲.yaml")
        review(Submission("甲", entries={"12.2": Entry("12.2", status=text)}), catalog, found)
        assert [finding.rule.code for finding in found.findings].count("ZJ501") == number


def test_the_lines_of_a_labelled_part(catalog: Catalog) -> None:
    """A part of a merged text is placed by the lines of the whole text, behind its label on its first line."""
    text = "【澄州理工学校】印发方案。\n开展培训。\n【澄州卫生学校】今年招生。\n去年招生。"
    entry = Entry("16.4", status=text, text_place=Place(7, 11), block=3)
    places = [
        (part.text, part.place(0), part.place(len(part.text) - 1))
        for part in passages_of(catalog.tasks["16.4"], entry, Thresholds())
    ]
    assert places == [
        ("印发方案。\n开展培训。", Place(8, 11), Place(9, 7)),
        ("今年招生。\n去年招生。", Place(10, 11), Place(11, 7)),
    ]


def test_clauses_of_a_text_alone(catalog: Catalog) -> None:
    """They are split where no rule has split those of all texts at once."""
    assert passage("印发方案，开展培训。招生286人", catalog).clauses == ["印发方案", "开展培训", "招生286人"]
