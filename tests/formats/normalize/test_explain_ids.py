"""From the raw content of one unit to its submission: ids, and what stands twice."""

from __future__ import annotations

from typing import Any

import pytest
from units import FIRST, entry, one, read, said, unit

from zhijiao20.core.catalog import Catalog, build_catalog
from zhijiao20.core.findings import NOWHERE, Collector, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.raw import Pairs, Scalar


class TestIds:
    """Ids under 任务."""

    def test_unknown(self, catalog: Catalog) -> None:
        """1.10 is not 1.1: the likely task is named with its wording, and nothing is taken."""
        submission, finding = one({"单位": "甲", "任务": {"1.10": "a"}}, catalog)
        assert said(finding) == ("ZJ101", 3, None, f"没有编号为“1.10”的任务，很可能是 1.1：{FIRST}")
        assert finding.hint == "编号写成“条.序”，从 1.1 到 20.1；用 zhijiao20 tasks 查全部编号"
        assert submission is not None
        assert submission.entries == {}

    @pytest.mark.parametrize(
        ("key", "message"),
        [
            pytest.param("21.1", "没有编号为“21.1”的任务", id="no-likely-one"),
            pytest.param("", "任务编号是空的", id="empty"),
            pytest.param(" ", "任务编号是空的", id="blank"),
            pytest.param("备\x1b注", "没有编号为“备\\x1b注”的任务", id="control-character"),
            pytest.param("长" * 201, f"没有编号为“{'长' * 200}……”的任务", id="cut"),
        ],
    )
    def test_no_id(self, catalog: Catalog, key: str, message: str) -> None:
        """What is no id is quoted as it is, cut and made visible."""
        assert said(one({"单位": "甲", "任务": {key: "a"}}, catalog)[1]) == ("ZJ101", 3, None, message)

    @pytest.mark.parametrize(
        ("key", "message"),
        [
            pytest.param("1月1日", f"任务编号“1月1日”像是被表格软件改成了日期，很可能是 1.1：{FIRST}", id="likely"),
            pytest.param("12月31日", "任务编号“12月31日”像是被表格软件改成了日期", id="no-likely-one"),
        ],
    )
    def test_date(self, catalog: Catalog, key: str, message: str) -> None:
        """A date is never guessed back into an id; the clerk is told what happened and what to do."""
        submission, finding = one({"单位": "甲", "任务": {key: "a"}}, catalog)
        assert said(finding) == ("ZJ117", 3, None, message)
        assert finding.hint == "把编号一列设成文本格式，重新填写原来的编号（如 1.1）"
        assert submission is not None
        assert submission.entries == {}

    def test_normalised(self, catalog: Catalog) -> None:
        """Another spelling is read, with a note."""
        submission, finding = one({"单位": "甲", "任务": {"１．１": "a"}}, catalog)
        assert said(finding) == ("ZJ109", 3, "1.1", "任务编号“１．１”已按 1.1 读取")
        assert (finding.severity, finding.hint) == (Severity.INFO, "建议改成 1.1")
        assert submission is not None
        assert submission.entries["1.1"].status == "a"

    def test_normalised_note_shows_the_difference(self, catalog: Catalog) -> None:
        """The clerk has to see what is wrong with an id that looks right."""
        _, finding = one({"单位": "甲", "任务": {"1.1\u200b": "a"}}, catalog)
        assert "\u200b" not in finding.message

    def test_without_quotes(self, catalog: Catalog) -> None:
        """Ids that another YAML reader takes for numbers: one note for the whole file, not 87."""
        submission, finding = one(
            {"单位": "甲", "任务": [(Scalar("1.1", bare=True), "a"), (Scalar("1.2", bare=True), "b"), ("1.3", "c")]},
            catalog,
        )
        assert said(finding) == ("ZJ109", 3, None, "2 个任务编号没有加引号（第一个是 1.1），已按文字读取")
        assert finding.hint == '编号请加引号，如 "1.1"，以免别的程序把它当成小数'
        assert submission is not None
        assert list(submission.entries) == ["1.1", "1.2", "1.3"]

    def test_a_list_of_one_task(self) -> None:
        """No size of the table is known to the code."""
        article = {"title": "1.甲", "tasks": [{"id": "1.1", "text": "甲一。"}]}
        data = {"label": "附", "title": "表", "header": ["任务"]} | {
            "chapters": [{"title": "一", "articles": [article]}]
        }
        submission, findings = read(entry("a"), build_catalog(data))
        assert findings == []
        assert submission is not None

    def test_unknown_id_with_a_list_of_one_task(self) -> None:
        """An unknown id is a finding, never a crash, however long the official list is."""
        article = {"title": "1.甲", "tasks": [{"id": "1.1", "text": "甲一。"}]}
        data = {"label": "附", "title": "表", "header": ["任务"]} | {
            "chapters": [{"title": "一", "articles": [article]}]
        }
        assert one({"单位": "甲", "任务": {"9.9": "a"}}, build_catalog(data))[1].rule.code == "ZJ101"


class TestDoubles:
    """Never last-wins."""

    def test_same_id(self, catalog: Catalog) -> None:
        """A doubled id is an error that shows both texts; the first one counts."""
        submission, finding = one({"单位": "甲", "任务": [("1.1", "甲文"), ("1.1", {"落实情况": "乙文"})]}, catalog)
        assert said(finding) == (
            "ZJ102", 4, "1.1", "任务 1.1 出现了两次（前一次在第 3 行）。前一次：“甲文”；这一次：“乙文”",
        )  # fmt: skip
        assert finding.hint == "只留一处，把两段文字合到一起"
        assert submission is not None
        assert submission.entries["1.1"].status == "甲文"

    def test_two_spellings(self, catalog: Catalog) -> None:
        """3.2 beside ３．２ is one id; the message says why, as they do not look the same."""
        _, findings = read({"单位": "甲", "任务": [("3.2", "甲文"), ("３．２", "乙文")]}, catalog)
        assert [finding.rule.code for finding in findings] == ["ZJ109", "ZJ102"]
        assert findings[1].message == (
            "任务 3.2 出现了两次（前一次在第 3 行），写成“3.2”和“３．２”是同一个编号。前一次：“甲文”；这一次：“乙文”"
        )

    def test_spelling_stays_on_its_line(self, catalog: Catalog) -> None:
        """An id with a line end in it cannot start a new line of the report (a forged ::error in a CI log, say)."""
        _, findings = read({"单位": "甲", "任务": [("1.1", "a"), ("1.1\n", "b")]}, catalog)
        assert [finding.message for finding in findings if "\n" in finding.message] == []

    @pytest.mark.parametrize(
        ("first", "second", "shown"),
        [
            pytest.param(["x"], "乙文", "前一次：“（不是文字）”；这一次：“乙文”", id="list"),
            pytest.param({"落实情况": ["x"]}, {"进展": "已完成"}, "前一次：“（不是文字）”；这一次：“”", id="no-text"),
        ],
    )
    def test_texts_of_another_type(self, catalog: Catalog, first: Any, second: Any, shown: str) -> None:
        """A double is told even where one of the two has no text to show."""
        _, findings = read({"单位": "甲", "任务": [("1.1", first), ("1.1", second)]}, catalog)
        (double,) = [finding for finding in findings if finding.rule.code == "ZJ102"]
        assert double.message.endswith(shown)

    @pytest.mark.parametrize(
        ("place", "where"),
        [pytest.param(Place(cell="C7"), "（前一次在 C7）", id="sheet"), pytest.param(NOWHERE, "", id="nowhere")],
    )
    def test_place_of_the_first(self, catalog: Catalog, out: Collector, place: Place, where: str) -> None:
        """In a sheet the first one is named by its cell."""
        tasks = Pairs(((Scalar("1.1", place), Scalar("a")), (Scalar("1.1", Place(cell="C9")), Scalar("b"))))
        build_submission(unit(Pairs(((Scalar("单位"), Scalar("甲")), (Scalar("任务"), tasks)))), catalog, out)
        (finding,) = out.findings
        assert finding.message == f"任务 1.1 出现了两次{where}。前一次：“a”；这一次：“b”"
        assert finding.place.cell == "C9"

    def test_the_first_keeps_its_place(self, catalog: Catalog) -> None:
        """A later finding about the first entry points at the first entry."""
        submission, _ = read(
            {"单位": "甲", "任务": [("1.1", {"落实情况": "无"}), ("1.1", {"落实情况": "乙文"})]}, catalog
        )
        assert submission is not None
        assert submission.entries["1.1"].text_place == Place(4, 9)

    def test_same_top_field(self, catalog: Catalog) -> None:
        """A doubled key is an error; the first one counts."""
        submission, finding = one([("单位", "甲"), ("单位", "乙"), ("任务", {})], catalog)
        assert said(finding) == ("ZJ114", 2, None, "字段“单位”出现了两次，前一次在第 1 行")
        assert finding.hint == "只留一个，把两处内容合到一起"
        assert submission is not None
        assert submission.unit == "甲"

    def test_same_entry_field(self, catalog: Catalog) -> None:
        """Inside an entry the finding names the task."""
        submission, finding = one(entry([("落实情况", "甲文"), ("落实情况", "乙文")]), catalog)
        assert said(finding) == ("ZJ114", 5, "1.1", "字段“落实情况”出现了两次，前一次在第 4 行")
        assert submission is not None
        assert submission.entries["1.1"].status == "甲文"

    def test_no_line_to_name(self, catalog: Catalog, out: Collector) -> None:
        """A format without lines names none."""
        root = Pairs(
            tuple((Scalar(name), Scalar(text)) for name, text in [("单位", "甲"), ("单位", "乙"), ("任务", "")])
        )
        build_submission(unit(root), catalog, out)
        assert [finding.message for finding in out.findings] == ["字段“单位”出现了两次"]
