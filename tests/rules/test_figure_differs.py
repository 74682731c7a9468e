"""ZJ603: one measure told with two values in one submission."""

from __future__ import annotations

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.rules.engine import review


def told(catalog: Catalog, out: Collector, *texts: str) -> list[str]:
    """What is said of a submission with these texts, one a task."""
    entries = [Entry(task, status=text) for task, text in zip(catalog.tasks, texts, strict=False)]
    review(Submission("甲", entries={entry.task: entry for entry in entries}), catalog, out, Settings(("ZJ603",)))
    return [finding.message for finding in out.findings]


def test_message(catalog: Catalog, out: Collector) -> None:
    """Both places are named, the later one is where the finding stands."""
    entries = [
        Entry("1.4", status="中职在校生48622人。"),
        Entry("16.1", status="标准已印发。\n中职在校生46822人，按此核拨。", text_place=Place(9, 11), block=7),
        Entry("17.1"),
    ]
    review(Submission("甲", entries={entry.task: entry for entry in entries}), catalog, out, Settings(("ZJ603",)))
    (finding,) = out.findings
    assert (finding.rule.code, finding.task, finding.place) == ("ZJ603", "16.1", Place(11, 12))
    assert finding.message == "任务 16.1 写的是“中职在校生46822人”，任务 1.4 写的是“中职在校生48622人”"
    assert finding.hint == "核对这两处，改成同一个数；口径不同的，请写明口径"


@pytest.mark.parametrize(
    "texts",
    [
        ("中职在校生48622人。", "中职在校生46822人。"),
        ("2019年中职招生17234人，增长3%。", "2019年中职招生17324人。"),
        ("区域共享型实训基地总投资3.42亿元，已支付。", "区域共享型实训基地总投资3.24亿元。"),
        ("中职在校生共48622人。", "中职在校生有46822人。", "中职在校生48622人。"),
        ("1.基地。获批1个。\n4.结构。专业课教师1604人，已轮训。", "（二）队伍。专业课教师1640人。"),
        ("先进制造业公共实训基地面积4200平方米。", "先进制造业公共实训基地面积2400平方米。"),
    ],
)
def test_differs(catalog: Catalog, out: Collector, texts: tuple[str, ...]) -> None:
    """The same words, unit and time with another value are told."""
    assert len(told(catalog, out, *texts)) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("中职在校生48622人。", "中职在校生48622人。"),
        ("中职在校生4.86万人。", "中职在校生48622人。"),
        ("2018年中职招生17234人。", "2019年中职招生17324人。"),
        ("2019年上半年中职招生17234人。", "2019年中职招生17324人。"),
        ("中职在校生48622人。", "中职在校生46822名学生。"),
        ("中职在校生约48622人。", "中职在校生46822人。"),
        ("全市中职在校生48622人。", "市属中职在校生46822人。"),
        ("其中中职在校生48622人。", "其中中职在校生46822人。"),
        ("累计中职招生17234人。", "累计中职招生17324人。"),
        ("在校生48622人。", "在校生46822人。"),
        ("合格2542人，合格率96%。", "合格2524人。"),
        ("高职院校4所，中职在校生48622人。", "高职院校4所，中职在校生46822人。"),
        ("青溪县。中职在校生48622人。", "石桥县。中职在校生46822人。"),
        ("1.结构合理。教师多。专业课教师1604人。", "专业课教师1640人。"),
        ("1.青溪县。中职在校生8622人。", "2.石桥县。中职在校生6822人。"),
        ("中职在校生48622人。\n中职在校生46822人。",),
        ("中职在校生48622人。", "中职在校生46822人。", "中职在校生42622人。"),
        ("中职招生比例45%。", "中职招生比例54%。"),
        ("中职在校生48622人。", "2019年。"),
    ],
)
def test_in_doubt(catalog: Catalog, out: Collector, texts: tuple[str, ...]) -> None:
    """Another year, scope, unit or subject, rounding, a list of places: nothing is said."""
    assert told(catalog, out, *texts) == []
