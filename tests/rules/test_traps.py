"""What merely looks like a mistake: the known traps, each silent in all rules together; beside it, what is one."""

from __future__ import annotations

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.rules.engine import Reviewer


def codes(catalog: Catalog, task: str, text: str) -> set[str]:
    """The rules that have something to say of a text."""
    out = Collector("甲.yaml", "澄州市教育局")
    entries = {task: Entry(task, status=text)}
    Reviewer(catalog).review(Submission("澄州市教育局", entries=entries), out)
    return {finding.rule.code for finding in out.findings if finding.task == task and finding.rule.code != "ZJ202"}


TRAPS = [
    ("2.3", "每年7月15日前后集中录取，2019年招收返乡农民工、退役军人等1260人，录取名单在市政府网站公开。", "日前，"),
    ("13.4", "按照2020年初步建成示范性职业教育集团的要求，组建现代物流、智能制造等3个集团，成员单位86家。", "年初，"),
    ("6.1", "1+X证书制度试点院校5所，覆盖电子商务、汽车维修等9个专业，2019年6月印发实施方案，参加学生2480人。", "今年"),
    (
        "15.5",
        "办好“职业教育活动周”和“世界青年技能日”，2019年5月举办开放日、技能展示等活动42场，参加3.6万人次。",
        "我局",
    ),
    ("16.4", "截至2020年6月30日，高职生均财政拨款12860元，中职生均财政拨款9650元，均按月拨付到校。", "截止2020年5月，"),
]


@pytest.mark.parametrize(("task", "text", "mistake"), TRAPS, ids=["about", "first", "plus-x", "quotes", "up-to"])
def test_a_trap(catalog: Catalog, task: str, text: str, mistake: str) -> None:
    """7月15日前后 is not 日前, 2020年初步建成 is not 年初, 1+X is no number; the real word beside it is told."""
    assert codes(catalog, task, text) == set()
    assert len(codes(catalog, task, mistake + text)) == 1


def test_the_official_wording_with_its_own_quotation_marks(catalog: Catalog) -> None:
    """15.5 quotes titles itself; said again under another task it is nobody's mistake."""
    for task in ("15.5", "1.1"):
        assert codes(catalog, task, catalog.tasks["15.5"].text) == ({"ZJ301"} if task == "15.5" else set())
