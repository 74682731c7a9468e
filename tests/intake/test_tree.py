"""From the tree of one unit to its submission: what is read, what is told, and where."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog, build_catalog
from zhijiao20.core.findings import NOWHERE, Collector, Finding, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.normalize.tree import submission_from_tree
from zhijiao20.formats.raw import Items, Node, Pairs, Scalar

QUICK = settings(deadline=None, derandomize=True)
FIRST = "严把教学标准和毕业学生质量标准两个关口。"
WORDS = "已完成、推进中、未启动、不涉及"
ENTRY_FIELDS = "进展、落实情况、佐证、说明、豁免"


def tree(value: Any, lines: Any = None, place: Place = NOWHERE) -> Node:
    """A tree as YAML gives it: every key and every item on a line of its own, values in column 9.

    A mapping is a dict, or a list of pairs where a key stands twice; a key is a text or a Scalar.
    """
    lines = count(1) if lines is None else lines
    if isinstance(value, str):
        return Scalar(value, place)
    if isinstance(value, dict):
        value = [*value.items()]
        if not value:
            return Pairs((), place)
    if not value or not isinstance(value[0], tuple):
        items = []
        for item in value:
            line = next(lines)
            items.append(tree(item, lines, Place(line, 3)))
        return Items(tuple(items), place)
    pairs = []
    for key, inner in value:
        line = next(lines)
        name = Scalar(key.text, Place(line, 1), key.bare) if isinstance(key, Scalar) else Scalar(key, Place(line, 1))
        pairs.append((name, tree(inner, lines, Place(line, 9))))
    return Pairs(tuple(pairs), place)


def read(value: Any, catalog: Catalog) -> tuple[Submission | None, list[Finding]]:
    """What intake makes of a file's tree."""
    out = Collector("甲.yaml")
    return submission_from_tree(tree(value, place=Place(1, 1)), catalog, out), out.findings


def one(value: Any, catalog: Catalog) -> tuple[Submission | None, Finding]:
    """The same where exactly one finding is due."""
    submission, findings = read(value, catalog)
    (finding,) = findings
    return submission, finding


def entry(value: Any) -> dict[str, Any]:
    """A file of unit 甲 with one entry, 1.1; its fields begin in line 4."""
    return {"单位": "甲", "任务": {"1.1": value}}


def said(finding: Finding) -> tuple[str, int | None, str | None, str]:
    """Code, line, task and message of a finding."""
    return finding.rule.code, finding.place.line, finding.task, finding.message


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

    @pytest.mark.parametrize(
        "unit",
        ["no", "a: b", "1.10", '"引号"', " 两边有空格 ", "甲\u00a0局", "=1+1", "[red]"],
    )
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
        submission = submission_from_tree(tree({"任务": {"1.1": "a"}}), catalog, out, "澄州市教育局")
        assert submission is not None
        assert (submission.unit, out.unit) == ("澄州市教育局", "澄州市教育局")
        (finding,) = out.findings
        assert (finding.rule.code, finding.severity) == ("ZJ113", Severity.WARNING)
        assert (finding.message, finding.hint) == ("没有写单位，单位取自文件名：“澄州市教育局”", "在文件里写上单位全称")

    def test_stem_where_there_is_one(self, catalog: Catalog, out: Collector) -> None:
        """What the file says comes before what it is called."""
        submission = submission_from_tree(tree({"单位": "甲", "任务": {}}), catalog, out, "澄州市教育局")
        assert submission is not None
        assert submission.unit == "甲"
        assert out.findings == []

    def test_stem_that_is_no_name(self, catalog: Catalog, out: Collector) -> None:
        """A file's name is held to the same rules as any unit."""
        assert submission_from_tree(tree({"任务": {}}), catalog, out, "局" * 101) is None
        assert [finding.rule.code for finding in out.findings] == ["ZJ113", "ZJ106"]

    def test_the_rest_is_still_checked(self, catalog: Catalog) -> None:
        """Every finding in one run: a bad unit does not hide what is wrong below."""
        _, findings = read({"单位": "", "任务": {"1.1": {"进展": "差不多"}}}, catalog)
        assert [finding.rule.code for finding in findings] == ["ZJ106", "ZJ105"]

    def test_findings_name_the_unit(self, catalog: Catalog) -> None:
        """The unit is known to every finding, even where it stands at the end of the file."""
        _, finding = one({"任务": {"1.6": "a"}, "单位": "甲"}, catalog)
        assert finding.unit == "甲"


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
        [
            pytest.param(Place(cell="C7"), "（前一次在 C7）", id="sheet"),
            pytest.param(NOWHERE, "", id="nowhere"),
        ],
    )
    def test_place_of_the_first(self, catalog: Catalog, out: Collector, place: Place, where: str) -> None:
        """In a sheet the first one is named by its cell."""
        tasks = Pairs(((Scalar("1.1", place), Scalar("a")), (Scalar("1.1", Place(cell="C9")), Scalar("b"))))
        submission_from_tree(Pairs(((Scalar("单位"), Scalar("甲")), (Scalar("任务"), tasks))), catalog, out)
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
        submission_from_tree(root, catalog, out)
        assert [finding.message for finding in out.findings] == ["字段“单位”出现了两次"]


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
        ("word", "meant"),
        [("完成", "已完成"), (" 基本完成 ", "推进中"), ("尚未启动", "未启动"), ("不适用", "不涉及")],
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
            pytest.param(entry({"佐证": "12号"}), "每条另起一行，以“- ”开头", id="list"),
            pytest.param(
                entry({"说明": ["a"]}),
                "直接写文字；文字里有半角冒号加空格、或以 - [ { 等符号开头时，用引号括起来，或用“|-”另起一行写",
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
        submission = submission_from_tree(node, catalog, out)
        if submission is None:
            assert any(finding.severity is Severity.ERROR for finding in out.findings)
        else:
            assert set(submission.entries) <= set(catalog.tasks)
        assert [finding for finding in out.findings if not finding.message or not finding.hint] == []
