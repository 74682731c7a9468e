"""From the raw content of one unit to its submission: 进展, unknown fields, wrong types."""

from __future__ import annotations

from typing import Any

import pytest
from units import ENTRY_FIELDS, WORDS, entry, one, read, said

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Progress


class TestProgress:
    """进展."""

    @pytest.mark.parametrize("word", [word.value for word in Progress])
    def test_four_words(self, catalog: Catalog, word: str) -> None:
        """The four words are read without a finding."""
        submission, findings = read(entry({"进展": word, "落实情况": "a"}), catalog)
        assert findings == []
        assert submission is not None
        assert submission.entries["1.1"].progress == word

    @pytest.mark.parametrize("word", ["", " ", "\u3000"])
    def test_none(self, catalog: Catalog, word: str) -> None:
        """进展 is optional."""
        submission, findings = read(entry({"进展": word, "落实情况": "a"}), catalog)
        assert findings == []
        assert submission is not None
        assert submission.entries["1.1"].progress is None

    @pytest.mark.parametrize(
        ("word", "meant"), [("完成", "已完成"), (" 基本完成 ", "推进中"), ("尚未启动", "未启动"), ("不适用", "不涉及")]
    )
    def test_synonym(self, catalog: Catalog, word: str, meant: str) -> None:
        """An office's own word is understood, with an info."""
        submission, finding = one(entry({"进展": word, "落实情况": "a"}), catalog)
        assert said(finding) == ("ZJ112", 4, "1.1", f"进展“{word}”按“{meant}”理解")
        assert (finding.severity, finding.hint) == (Severity.INFO, f"建议写成四种之一：{WORDS}")
        assert submission is not None
        assert submission.entries["1.1"].progress == meant

    def test_unknown(self, catalog: Catalog) -> None:
        """Anything else is an error that lists the four; the text is still read."""
        submission, finding = one(entry({"进展": "差\x1b不多", "落实情况": "a"}), catalog)
        assert said(finding) == ("ZJ105", 4, "1.1", "进展不能是“差\\x1b不多”，只能是：已完成、推进中、未启动、不涉及")
        assert finding.hint == "改成这四种之一；也可以不填"
        assert submission is not None
        assert (submission.entries["1.1"].progress, submission.entries["1.1"].status) == (None, "a")

    @pytest.mark.parametrize("word", ["已完成\u200b", "\ufeff已完成", "已\u00ad完成"])
    def test_invisible_characters(self, catalog: Catalog, word: str) -> None:
        """A word copied from a web page looks right and is meant right."""
        submission, findings = read(entry({"进展": word, "落实情况": "a"}), catalog)
        assert [finding.rule.code for finding in findings if finding.severity is Severity.ERROR] == []
        assert submission is not None
        assert submission.entries["1.1"].progress is Progress.DONE

    def test_list(self, catalog: Catalog) -> None:
        """A value of another type is told like everywhere else, not in the program's own language."""
        _, finding = one(entry({"进展": ["已完成"]}), catalog)
        assert "['已完成']" not in finding.message


class TestFields:
    """Unknown fields and wrong types."""

    @pytest.mark.parametrize(
        ("field", "near"),
        [
            pytest.param("报告其", "报告期", id="报告其"),
            pytest.param("填报单位", "单位", id="填报单位"),
            pytest.param("电话", "联系电话", id="电话"),
        ],
    )
    def test_unknown_top(self, catalog: Catalog, field: str, near: str) -> None:
        """An unknown field is an error that names the nearest known one and all of them."""
        submission, finding = one({"单位": "甲", field: "a", "任务": {}}, catalog)
        assert said(finding) == ("ZJ103", 2, None, f"没有“{field}”这个字段，最接近的是“{near}”")
        assert finding.hint == f"是不是“{near}”？可用的字段：单位、报告期、填报人、联系电话、任务"
        assert submission is not None

    @pytest.mark.parametrize(
        ("field", "near"),
        [
            pytest.param("落实", "落实情况", id="落实"),
            pytest.param("进度", "进展", id="进度"),
            pytest.param("佐证材料", "佐证", id="佐证材料"),
        ],
    )
    def test_unknown_in_entry(self, catalog: Catalog, field: str, near: str) -> None:
        """In an entry the fields of an entry are offered."""
        submission, finding = one(entry({field: "a", "落实情况": "b"}), catalog)
        assert said(finding) == ("ZJ103", 4, "1.1", f"没有“{field}”这个字段，最接近的是“{near}”")
        assert finding.hint == f"是不是“{near}”？可用的字段：{ENTRY_FIELDS}"
        assert submission is not None
        assert submission.entries["1.1"].status == "b"

    def test_nothing_near(self, catalog: Catalog) -> None:
        """Where nothing is near nothing is guessed."""
        _, finding = one(entry({"abc\x1b": "a", "落实情况": "b"}), catalog)
        assert (finding.message, finding.hint) == ("没有“abc\\x1b”这个字段", f"可用的字段：{ENTRY_FIELDS}")

    def test_no_tasks(self, catalog: Catalog) -> None:
        """A file without 任务 is told once; the unit is still known."""
        submission, finding = one({"单位": "甲"}, catalog)
        assert (finding.rule.code, finding.message) == ("ZJ104", "没有“任务”")
        assert finding.hint == "写上“任务:”，下面逐项列出各任务编号"
        assert submission is not None
        assert (submission.entries, submission.tasks_place) == ({}, Place(1, 1))

    @pytest.mark.parametrize(
        ("value", "line", "task", "message"),
        [
            pytest.param(
                {"单位": "甲", "任务": "略"}, 2, None, "“任务”应是“字段: 值”，这里是文字“略”", id="tasks-text"
            ),
            pytest.param({"单位": "甲", "任务": ["1.1"]}, 2, None, "“任务”应是“字段: 值”，这里是列表", id="tasks-list"),
            pytest.param(
                {"单位": "甲", "报告期": ["2020"], "任务": {}},
                2,
                None,
                "“报告期”应是文字，这里是列表",
                id="period-list",
            ),
            pytest.param(entry(["a"]), 3, "1.1", "“1.1”应是“字段: 值”，这里是列表", id="entry-list"),
            pytest.param(entry({"落实情况": ["a"]}), 4, "1.1", "“1.1 落实情况”应是文字，这里是列表", id="status-list"),
            pytest.param(
                entry({"说明": {"注": "a"}}), 4, "1.1", "“1.1 说明”应是文字，这里是“字段: 值”", id="remark-mapping"
            ),
            pytest.param(entry({"佐证": "12号"}), 4, "1.1", "“1.1 佐证”应是列表，这里是文字“12号”", id="evidence-text"),
            pytest.param(
                entry({"佐证": ["a", {"文号": "b"}]}),
                6,
                "1.1",
                "“1.1 佐证 第 2 项”应是文字，这里是“字段: 值”",
                id="evidence-item",
            ),
            pytest.param(
                entry({"豁免": "ZJ301"}), 4, "1.1", "“1.1 豁免”应是“字段: 值”，这里是文字“ZJ301”", id="waivers-text"
            ),
            pytest.param(
                entry({"豁免": {"ZJ301": ["a"]}}), 5, "1.1", "“1.1 豁免 ZJ301”应是文字，这里是列表", id="waiver-list"
            ),
        ],
    )
    def test_wrong_type(self, catalog: Catalog, value: Any, line: int, task: str | None, message: str) -> None:
        """A wrong type is told in words, in its line, and the file is still read."""
        submission, finding = one(value, catalog)
        assert said(finding) == ("ZJ104", line, task, message)
        assert submission is not None

    @pytest.mark.parametrize(
        ("value", "remedy"),
        [
            pytest.param(entry({"佐证": "12号"}), "每条另起一行，以“- ”开头，横线后面是半角空格", id="list"),
            pytest.param(
                entry({"说明": ["a"]}),
                "直接写文字；文字里有半角冒号加空格、以半角冒号结尾、或以 - [ { 等符号开头时，用引号括起来，或用“|-”另起一行写",
                id="text",
            ),
            pytest.param(entry({"豁免": "a"}), "写成“字段: 值”，每个字段一行，冒号用半角，后面空一格", id="mapping"),
        ],
    )
    def test_remedy(self, catalog: Catalog, value: Any, remedy: str) -> None:
        """Every wrong type comes with what to write instead."""
        assert one(value, catalog)[1].hint == remedy

    def test_the_rest_goes_on(self, catalog: Catalog) -> None:
        """All faults of a file in one run, in the order of their lines; what is right is read."""
        submission, findings = read(
            {
                "单位": "甲",
                "备考": "x",
                "任务": {
                    "1.1": {"落实情况": "a", "佐证": ["b", ["c"], {"d": "e"}]},
                    "1.2": ["x"],
                    "1.3": {"进展": "差不多", "落实情况": "f"},
                },
            },
            catalog,
        )
        assert [finding.rule.code for finding in findings] == ["ZJ103", "ZJ104", "ZJ104", "ZJ104", "ZJ105"]
        lines = [finding.place.line or 0 for finding in findings]
        assert lines == sorted(lines)
        assert submission is not None
        assert {task: item.status for task, item in submission.entries.items()} == {"1.1": "a", "1.3": "f"}
