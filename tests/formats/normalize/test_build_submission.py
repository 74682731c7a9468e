"""From the raw content of one unit to its submission: what is read, what is told, and where."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from units import entry, one, read, said, tree, unit

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.raw import Items, Node, Pairs, Scalar

QUICK = settings(deadline=None, derandomize=True)


class TestRead:
    """What is right is read as it stands."""

    def test_all_fields(self, catalog: Catalog) -> None:
        """Every field of the contract arrives, with its place."""
        submission, findings = read(
            {
                "单位": "澄州市教育局",
                "报告期": "2020年上半年",
                "填报人": "张三",
                "联系电话": "010",
                "任务": {
                    "1.1": {
                        "进展": "已完成",
                        "落实情况": "印发\n实施",
                        "佐证": ["澄教职成〔2019〕12号", "https://a.cn"],
                        "说明": "内部",
                        "豁免": {"ZJ301": "引用原文"},
                    }
                },
            },
            catalog,
        )
        assert findings == []
        assert submission == Submission(
            unit="澄州市教育局",
            file="甲.yaml",
            period="2020年上半年",
            reporter="张三",
            phone="010",
            entries={
                "1.1": Entry(
                    task="1.1",
                    progress=Progress.DONE,
                    status="印发\n实施",
                    evidence=("澄教职成〔2019〕12号", "https://a.cn"),
                    remark="内部",
                    waivers={"ZJ301": "引用原文"},
                    place=Place(6, 1),
                    text_place=Place(8, 9),
                )
            },
            place=Place(1, 9),
            tasks_place=Place(5, 9),
        )

    def test_text_alone(self, catalog: Catalog) -> None:
        """Where there is only 落实情况 the text may stand right behind the id."""
        submission, findings = read(entry("印发方案"), catalog)
        assert findings == []
        assert submission is not None
        assert submission.entries["1.1"] == Entry("1.1", status="印发方案", place=Place(3, 1), text_place=Place(3, 9))

    def test_official_order(self, catalog: Catalog) -> None:
        """Rows sorted otherwise come out in the official order: 2.1 before 10.1."""
        submission, _ = read({"单位": "甲", "任务": {"10.1": "c", "2.1": "b", "1.2": "a"}}, catalog)
        assert submission is not None
        assert list(submission.entries) == ["1.2", "2.1", "10.1"]

    @pytest.mark.parametrize("unit", ["no", "a: b", "1.10", '"引号"', " 两边有空格 ", "甲\u00a0局", "=1+1", "[red]"])
    def test_unit_exactly_as_given(self, catalog: Catalog, unit: str) -> None:
        """单位 reads back exactly as given."""
        submission, findings = read({"单位": unit, "任务": {}}, catalog)
        assert findings == []
        assert submission is not None
        assert submission.unit == unit

    @pytest.mark.parametrize("unfilled", ["", " ", "\u3000"])
    def test_no_tasks_yet(self, catalog: Catalog, unfilled: str) -> None:
        """``任务:`` with nothing behind it is an empty list of tasks, not a wrong type."""
        submission, findings = read({"单位": "甲", "任务": unfilled}, catalog)
        assert findings == []
        assert submission is not None
        assert submission.entries == {}

    def test_unfilled_entry(self, catalog: Catalog) -> None:
        """A fresh file has ``佐证:`` and ``豁免:`` with nothing behind them; an empty text has its key's place."""
        submission, findings = read(entry(dict.fromkeys(["进展", "落实情况", "佐证", "说明", "豁免"], "")), catalog)
        assert findings == []
        assert submission is not None
        assert submission.entries["1.1"] == Entry("1.1", place=Place(3, 1), text_place=Place(5, 1))

    def test_unfilled_text(self, catalog: Catalog) -> None:
        """``"1.1":`` with nothing behind it: the place is that of the id."""
        submission, findings = read(entry(""), catalog)
        assert findings == []
        assert submission is not None
        assert submission.entries["1.1"].text_place == Place(3, 1)

    def test_entry_without_status(self, catalog: Catalog) -> None:
        """Where 落实情况 is not there at all a later finding points at the entry."""
        submission, _ = read(entry({"进展": "推进中"}), catalog)
        assert submission is not None
        assert submission.entries["1.1"].text_place == submission.entries["1.1"].place == Place(3, 1)

    def test_texts_that_concern_nobody_are_told_once(self, catalog: Catalog) -> None:
        """Without 进展, a text that only says so is 不涉及; the plain word needs no remark."""
        texts = {
            "1.1": "不涉及。",
            "1.2": "我单位不涉及此项工作。",
            "1.3": "不涉及，由市教育局统筹。",
            "1.4": "修订标准3项。",
        }
        _, (finding,) = read(
            {"单位": "甲局", "任务": {task: {"落实情况": text} for task, text in texts.items()}}, catalog
        )
        assert (finding.rule.code, finding.unit, finding.task) == ("ZJ112", "甲局", None)
        assert finding.message == "2 项的文字只说与本单位无关，已按“不涉及”理解：1.2、1.3"

    def test_every_text_is_kept_by_the_same_rule(self, catalog: Catalog) -> None:
        """Line ends and illegal characters are dealt with in every field, each finding naming its field."""
        submission, findings = read(
            {
                "单位": "甲",
                "报告期": "2020\x01",
                "任务": {"1.1": {"落实情况": "a\r\nb\x02", "佐证": ["c\x03"], "说明": "d\x04"}},
            },
            catalog,
        )
        assert submission is not None
        got = submission.entries["1.1"]
        assert (submission.period, got.status, got.evidence, got.remark) == ("2020", "a\nb", ("c",), "d")
        assert sorted(said(finding) for finding in findings) == sorted(
            ("ZJ006", line, task, f"“{name}”里有 1 个 Word 不能容纳的字符（{shown}），已去掉，其余文字未动")
            for line, task, name, shown in [
                (2, None, "报告期", "\\x01"),
                (5, "1.1", "落实情况", "\\x02"),
                (7, "1.1", "佐证", "\\x03"),
                (8, "1.1", "说明", "\\x04"),
            ]
        )


class TestRoot:
    """A file that is no mapping."""

    @pytest.mark.parametrize(
        ("root", "found"),
        [pytest.param("单位：甲", "一段文字", id="text"), pytest.param(["单位"], "一个列表", id="list")],
    )
    def test_no_mapping(self, catalog: Catalog, root: Any, found: str) -> None:
        """A full-width colon makes a whole file one text: say how it should begin."""
        submission, finding = one(root, catalog)
        assert submission is None
        assert said(finding) == ("ZJ104", 1, None, f"整个文件是{found}，而不是“字段: 值”")
        assert finding.hint.startswith("文件应以“单位: 某某单位”开头，冒号用半角，后面空一格")

    def test_empty_file(self, catalog: Catalog) -> None:
        """Of an empty file nobody says that it is a text."""
        _, finding = one("", catalog)
        assert "一段文字" not in finding.message


class TestUnit:
    """单位 missing or bad."""

    def test_missing(self, catalog: Catalog) -> None:
        """Without a unit there is no submission; the message says what to write."""
        submission, finding = one({"任务": {"1.1": "a"}}, catalog)
        assert submission is None
        assert said(finding)[0::2] == ("ZJ106", None)
        assert (finding.message, finding.hint) == ("没有“单位”", "在文件开头写一行“单位: 某某单位”")

    @pytest.mark.parametrize(
        ("unit", "message"),
        [
            pytest.param("", "单位是空的：“”", id="empty"),
            pytest.param(" \u200b", "单位是空的：“ \\u200b”", id="blank"),
            pytest.param("局" * 101, f"单位有 101 个字，最多 100 个：“{'局' * 101}”", id="long"),
            pytest.param("甲\n乙", "单位里有换行或控制字符：“甲\\x0a乙”", id="two-lines"),
            pytest.param(["甲"], "“单位”应是文字，这里是列表", id="list"),
            pytest.param({"甲": "乙"}, "“单位”应是文字，这里是“字段: 值”", id="mapping"),
        ],
    )
    def test_bad(self, catalog: Catalog, unit: Any, message: str) -> None:
        """A bad name is told once, in its line, and no submission is built on it."""
        submission, finding = one({"单位": unit, "任务": {}}, catalog)
        assert submission is None
        assert said(finding) == ("ZJ106", 1, None, message)
        assert finding.unit is None

    def test_stem_where_there_is_none(self, catalog: Catalog, out: Collector) -> None:
        """A Word form without 填报单位 is the unit that its file is named after, with a warning."""
        submission = build_submission(unit(tree({"任务": {"1.1": "a"}})), catalog, out, "澄州市教育局")
        assert submission is not None
        assert submission.unit == "澄州市教育局"
        (finding,) = out.findings
        assert (finding.rule.code, finding.severity) == ("ZJ113", Severity.WARNING)
        assert (finding.message, finding.hint) == ("没有写单位，单位取自文件名：“澄州市教育局”", "在文件里写上单位全称")

    def test_stem_where_there_is_one(self, catalog: Catalog, out: Collector) -> None:
        """What the file says comes before what it is called."""
        submission = build_submission(unit(tree({"单位": "甲", "任务": {}})), catalog, out, "澄州市教育局")
        assert submission is not None
        assert submission.unit == "甲"
        assert out.findings == []

    def test_stem_that_is_no_name(self, catalog: Catalog, out: Collector) -> None:
        """A file's name is held to the same rules as any unit."""
        assert build_submission(unit(tree({"任务": {}})), catalog, out, "局" * 101) is None
        assert [finding.rule.code for finding in out.findings] == ["ZJ113", "ZJ106"]

    def test_the_rest_is_still_checked(self, catalog: Catalog) -> None:
        """Every finding in one run: a bad unit does not hide what is wrong below."""
        _, findings = read({"单位": "", "任务": {"1.1": {"进展": "差不多"}}}, catalog)
        assert [finding.rule.code for finding in findings] == ["ZJ106", "ZJ105"]

    def test_findings_name_the_unit(self, catalog: Catalog) -> None:
        """The unit is known to every finding, even where it stands at the end of the file."""
        _, finding = one({"任务": {"1.6": "a"}, "单位": "甲"}, catalog)
        assert finding.unit == "甲"


NODES = st.recursive(
    st.builds(
        Scalar, st.sampled_from(["", "甲", "已完成", "1.1", "1.2", "a\x01\r\nb", "差不多", "单位\n", "局" * 101])
    ),
    lambda inner: st.one_of(
        st.builds(Items, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            Pairs,
            st.lists(
                st.tuples(
                    st.builds(
                        Scalar,
                        st.sampled_from(
                            [
                                "单位",
                                "任务",
                                "1.1",
                                "１.1",
                                "1.10",
                                "1月1日",
                                "进展",
                                "落实情况",
                                "佐证",
                                "豁免",
                                "报告期",
                                "x",
                                "",
                            ]
                        ),
                        st.just(NOWHERE),
                        st.booleans(),
                    ),
                    inner,
                ),
                max_size=4,
            ).map(tuple),
        ),
    ),
    max_leaves=25,
)


@QUICK
@given(NODES, NODES)
def test_any_tree_is_read_or_refused(catalog: Catalog, root: Node, tasks: Node) -> None:
    """A file is read right, or with a note, or refused with a finding; never a crash, never silence."""
    for node in (root, Pairs(((Scalar("单位"), Scalar("甲")), (Scalar("任务"), tasks)))):
        out = Collector("甲.yaml")
        submission = build_submission(unit(node), catalog, out)
        if submission is None:
            assert any(finding.severity is Severity.ERROR for finding in out.findings)
        else:
            assert set(submission.entries) <= set(catalog.tasks)
        assert [finding for finding in out.findings if not finding.message or not finding.hint] == []
