"""All rules together on texts as offices write them: what is wrong in one is found, and nothing in those that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.documentation import page_of
from zhijiao20.rules.engine import Reviewer, text_rules
from zhijiao20.rules.shared.passage import MASK

DATA = Path(__file__).parent / "data"
WRONG, RIGHT = ((DATA / f"texts-{kind}.txt").read_text("utf-8").splitlines() for kind in ("wrong", "right"))
NOT_ASKED = {"ZJ202", "ZJ304", "ZJ305"}
"""What short texts are told whatever they say."""


def findings(catalog: Catalog, task: str, progress: str, text: str) -> list[Finding]:
    """What all rules say of one text."""
    out = Collector("甲.yaml", "甲")
    entry = Entry(task, Progress(progress) if progress else None, text.replace("↵", "\n"))
    Reviewer(catalog).review(Submission("甲", entries={task: entry}), out)
    return [found for found in out.findings if found.task == task and found.rule.code not in NOT_ASKED]


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_found(catalog: Catalog, line: str) -> None:
    """The rule that is meant tells it, and says what to do."""
    code, task, progress, text = line.split("|")
    (found, *_) = [found for found in findings(catalog, task, progress, text) if found.rule.code == code]
    assert found.hint


@pytest.mark.parametrize("line", RIGHT)
def test_what_is_right_is_left_alone(catalog: Catalog, line: str) -> None:
    """Figures that agree, marks that stand where they should, and what merely looks like a mistake."""
    assert [(found.rule.code, found.message) for found in findings(catalog, *line.split("|"))] == []


@pytest.mark.parametrize("code", dict(text_rules()))
def test_messages_show_the_units_own_words(catalog: Catalog, code: str) -> None:
    """A title or quotation beside a mistake is shown as it stands, not as what masks it."""
    for example in page_of(code).wrong:
        for quoted in ("按照《管理办法》的“双主体”要求，{}", "{}，见“一校一策”《台账》。"):
            text = quoted.format(example.text.rstrip("。"))
            for found in findings(catalog, example.tasks[0], example.progress, text):
                assert MASK not in found.message + (found.hint or "")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("今年是“一校一策”实施的第2年。", "“今年是“一校一策”实施的第2年”"),
        ("截至今年8月底，办结问题46条。", "“今年”"),
        ("招生5.26万人，比上年增加1260人，增长12.5%。", "按1260人÷（5.26万人－1260人）应为2.5%"),
        ("比普通高中的12600元多1260元，高20%。", "按1260元÷12600元应为10%"),
        ("按照《实施办法》,开展培训6期。", "“按照《实施办法》,开展培训6期”"),
        ("学校师资队伍中高级职称教师所占比重达到108%。", "“学校师资队伍中高级职称教师所占比重达到108%”超过了100%"),
    ],
)
def test_messages(catalog: Catalog, text: str, part: str) -> None:
    """The words of a clause are not cut, and the formula shows the numbers that give the result."""
    assert any(part in found.message for found in findings(catalog, "1.1", "", text))


@pytest.mark.parametrize("number", ["〔2019）15号", "（2019〕15号"])
def test_half_a_bracket_of_a_document_number_is_told_once(catalog: Catalog, number: str) -> None:
    """The rule on document numbers tells it, the one on pairs does not."""
    found = findings(catalog, "1.2", "", f"印发实施方案（澄教职成{number}），开展培训12期。")
    assert [finding.rule.code for finding in found] == ["ZJ401"]


MERGED = "【澄州理工学校】投入375万元，年度预算1530万元。\n【澄州卫生学校】其中企业赞助265万元、社会捐资148万元，支出1020万元。"


def test_each_unit_of_a_merged_text_is_looked_at_alone(catalog: Catalog) -> None:
    """What one unit says is no total of what another one says; without labels it is one text."""
    assert findings(catalog, "16.3", "", MERGED) == []
    assert findings(catalog, "16.3", "", MERGED.replace("。\n【澄州卫生学校】", "，").replace("年度预算1530万元，", ""))


@pytest.mark.parametrize(("label", "told"), [("【澄州卫生学校】", False), ("【主要做法】", True)])
def test_a_label_is_nobodys_words(catalog: Catalog, label: str, told: bool) -> None:
    """A heading in the same brackets is: only labels that may be names of units are."""
    text = f"【澄州理工学校】印发方案2个，开展培训12期。\n{label}其其中，培训286人。\n{label}其其中，培训286人。"
    codes = {found.rule.code for found in findings(catalog, "16.3", "", text)}
    assert ("ZJ318" in codes) is told
