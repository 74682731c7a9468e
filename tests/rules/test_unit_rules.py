"""The rules that look at one submission: missing, empty, placeholder, no reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding, Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import PROGRESS_SYNONYMS, Entry, Progress, Submission
from zhijiao20.rules.completeness import empty_status, missing_task, placeholder, reason_missing
from zhijiao20.rules.completeness.placeholder import find_gap, is_placeholder
from zhijiao20.rules.engine import review

QUICK = settings(deadline=None, derandomize=True)
GOOD = "印发实施方案（澄教职成〔2019〕12号），培训1260人次。"
FIRST = "严把教学标准和毕业学生质量标准两个关口。"


def submission(*entries: Entry) -> Submission:
    """A unit with these entries; its list of tasks begins in line 3."""
    return Submission("甲", entries={entry.task: entry for entry in entries}, tasks_place=Place(3, 3))


def entry(status: str, progress: Progress | None = None, task: str = "1.1") -> Entry:
    """An entry whose text stands in line 6."""
    return Entry(task, progress, status, place=Place(4, 3), text_place=Place(6, 9))


def review_one(catalog: Catalog, answer: Entry) -> list[Finding]:
    """What the rules of ZJ2 say of one entry, the other 86 tasks being in order."""
    out = Collector("甲.yaml", "甲")
    others = [entry(GOOD, task=task) for task in catalog.tasks if task != answer.task]
    review(submission(answer, *others), catalog, out)
    return [finding for finding in out.findings if finding.rule.code.startswith("ZJ2")]


class TestBlankForm:
    """ZJ205."""

    @pytest.mark.parametrize(
        "entries",
        [[], [entry("")], [entry(" \u3000\u200b"), entry("", task="1.2")]],
        ids=["no-task", "one-task", "white-space"],
    )
    def test_is_one_finding(self, catalog: Catalog, entries: list[Entry]) -> None:
        """A form sent back as it came is not 87 problems."""
        out = Collector("甲.yaml")
        review(submission(*entries), catalog, out)
        (finding,) = out.findings
        assert (finding.rule.code, finding.task, finding.place) == ("ZJ205", None, Place(3, 3))
        assert (finding.message, finding.hint) == ("这是一份空表，一项也没有填", "请向填报单位要填好的文件")

    @pytest.mark.parametrize(
        "filled",
        [
            entry("印发方案。"),
            entry("", Progress.NOT_APPLICABLE),
            replace(entry(""), evidence=("澄教〔2019〕1号",)),
            replace(entry(""), remark="问过"),
            replace(entry(""), waivers={"ZJ201": "不想填"}),
        ],
        ids=["text", "progress", "evidence", "remark", "waiver"],
    )
    def test_anything_filled_in_is_no_blank_form(self, catalog: Catalog, filled: Entry) -> None:
        """What is left out of it is told task by task."""
        assert not submission(filled).blank
        out = Collector("甲.yaml")
        review(submission(filled), catalog, out)
        codes = [finding.rule.code for finding in out.findings]
        assert "ZJ205" not in codes
        assert codes.count("ZJ202") == len(catalog.tasks) - 1

    @pytest.mark.parametrize("settings", [Settings(select=("ZJ202",)), Settings(ignore=("ZJ205",))])
    def test_without_the_rule_the_tasks_are_told(self, catalog: Catalog, settings: Settings) -> None:
        """Who asks for missing tasks only gets them."""
        out = Collector("甲.yaml")
        review(submission(), catalog, out, settings)
        assert [finding.rule.code for finding in out.findings] == ["ZJ202"] * len(catalog.tasks)


class TestMissing:
    """ZJ202."""

    def test_message(self, catalog: Catalog, out: Collector) -> None:
        """Every task that is not in the file is told with its wording, where the list begins."""
        missing_task.check(
            submission(*(entry("a", task=task) for task in catalog.tasks if task != "1.1")), catalog, out
        )
        (finding,) = out.findings
        assert (finding.rule.code, finding.task, finding.place) == ("ZJ202", "1.1", Place(3, 3))
        assert finding.message == f"缺少任务 1.1：{FIRST}"
        assert finding.hint == "补上这一项的落实情况；与本单位无关的，进展填“不涉及”并写明理由"

    def test_all(self, catalog: Catalog, out: Collector) -> None:
        """An empty file misses every task, in official order."""
        missing_task.check(submission(), catalog, out)
        assert [finding.task for finding in out.findings] == list(catalog.tasks)

    def test_empty_is_not_missing(self, catalog: Catalog) -> None:
        """A task that stands there without a text is told once, as empty."""
        assert [finding.rule.code for finding in review_one(catalog, entry(""))] == ["ZJ201"]

    def test_merged_table(self, catalog: Catalog, out: Collector) -> None:
        """A row that is missing in a merged table is missing in the table, not for the unit that is asked for it."""
        asked = replace(submission(), duties=frozenset({"1.1"}), from_merged=True)
        missing_task.check(asked, catalog, out.of_unit("甲"))
        assert [(finding.unit, finding.task) for finding in out.findings] == [(None, "1.1")]


class TestEmpty:
    """ZJ201."""

    @pytest.mark.parametrize("progress", [None, Progress.DONE, Progress.ONGOING, Progress.NOT_STARTED])
    @pytest.mark.parametrize("status", ["", " \n", "\u200b\u00a0", "\ufeff\u3000"])
    def test_empty(self, catalog: Catalog, status: str, progress: Progress | None) -> None:
        """White space and invisible characters are no text, whatever 进展 says."""
        (finding,) = review_one(catalog, entry(status, progress))
        assert (finding.rule.code, finding.task, finding.place) == ("ZJ201", "1.1", Place(6, 9))
        assert finding.message == f"任务 1.1 的落实情况是空的：{FIRST}"
        assert finding.hint == "写明落实情况；与本单位无关的，进展填“不涉及”并写明理由"

    def test_not_applicable_may_be_empty(self, catalog: Catalog, out: Collector) -> None:
        """进展 不涉及 without a text is not an empty task."""
        empty_status.check(submission(entry("", Progress.NOT_APPLICABLE)), catalog, out)
        assert out.findings == []


class TestPlaceholder:
    """ZJ203."""

    @pytest.mark.parametrize(
        "text",
        [
            "无", "略", "同上", "/", "—", "——", "暂无", "见附件", "待补充", "XX", "xx", "ＸＸ", "××", "已落实",
            "无。", "（略）", " 同 上 ", "无\n", "\u200b无", "－", "-", "……", "。", "√", "???", "N/A", "n/a", "None", "TBD",
            "详见附件", "见附件1", "见附件一。", "参见附表2", "XXX", "xx人", "______", "待定", "正在落实", "未落实",
        ],
    )  # fmt: skip
    def test_words(self, catalog: Catalog, text: str) -> None:
        """What only fills the space is refused, quoted as it stands."""
        (finding,) = review_one(catalog, entry(text))
        assert (finding.rule.code, finding.task, finding.place) == ("ZJ203", "1.1", Place(6, 9))
        assert finding.message.startswith("任务 1.1 的落实情况只是占位文字“")
        assert finding.hint == f"写明做了什么、到什么程度、依据哪个文件。任务原文：{FIRST}"

    def test_message(self, catalog: Catalog) -> None:
        """The message shows the text without the white space around it."""
        (finding,) = review_one(catalog, entry(" 同上。\n"))
        assert finding.message == "任务 1.1 的落实情况只是占位文字“同上。”"

    @pytest.mark.parametrize(
        "word", sorted({*(word.value for word in Progress), *PROGRESS_SYNONYMS} - {"不涉及", "不适用"})
    )
    @pytest.mark.parametrize("end", ["", "。"])
    def test_progress_word_alone(self, catalog: Catalog, word: str, end: str) -> None:
        """A 进展 word alone does not say what was done."""
        (finding,) = review_one(catalog, entry(word + end))
        assert finding.message == f"任务 1.1 的落实情况只是占位文字“{word}{end}”"

    @pytest.mark.parametrize("text", ["不涉及", "不涉及。", "不适用", "不适用。", "“不适用”"])
    def test_not_concerned_is_no_placeholder(self, catalog: Catalog, text: str) -> None:
        """It says that the task is not the unit's business; only a reason is wanted."""
        (finding,) = review_one(catalog, entry(text))
        assert (finding.rule.code, finding.message) == ("ZJ204", "任务 1.1 填“不涉及”，没有写理由")

    @pytest.mark.parametrize(
        ("text", "around"),
        [
            pytest.param("培训××人次。", "培训××人次。", id="crosses"),
            pytest.param("××人", "××人", id="crosses-at-the-start"),
            pytest.param("已建成XX个实训基地并投入使用", "已建成XX个实训基地并", id="XX"),
            pytest.param("投入ｘｘ万元", "投入ｘｘ万元", id="full-width"),
            pytest.param("分管领导：王×××，培训120人", "分管领导：王×××，培训120", id="more-than-a-name"),
            pytest.param("聘请企业导师李××人", "请企业导师李××人", id="a-number-behind-a-surname"),
            pytest.param("由○○学校承办", "由○○学校承办", id="circles"),
            pytest.param("培训____人", "培训____人", id="underscores"),
            pytest.param("第一段。\n培训＿＿人", "一段。 培训＿＿人", id="full-width-underscores"),
            pytest.param(
                "一二三四五六七八××一二三四五六七八", "三四五六七八××一二三四五六", id="six-characters-around"
            ),
        ],
    )
    def test_gap(self, catalog: Catalog, text: str, around: str) -> None:
        """A gap left in a template is found in the middle of a text and shown with its surroundings."""
        (finding,) = review_one(catalog, entry(text))
        assert finding.rule.code == "ZJ203"
        assert finding.message == f"任务 1.1 的落实情况里还有没填的空：“{around}”"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(GOOD, id="a-good-answer"),
            pytest.param("无此项职能，由人社部门负责。", id="begins-with-无"),
            pytest.param("已完成12项任务。", id="begins-with-已完成"),
            pytest.param("2020年初步建成3个示范性职业教育集团，7月15日前后挂牌。", id="traps-of-dates"),
            pytest.param("启动1+X证书制度试点，6个专业参加。", id="1+X"),
            pytest.param("印发澄教〔2019〕4号，详见附件1第3条，培训300人。", id="mentions-an-attachment"),
            pytest.param("购置X光机1台、MAXX软件1套、20x30米场地。", id="letters"),
            pytest.param("课程平台 course_2019 上线。", id="one-underscore"),
            pytest.param("网址 https://a.cn/x__y___z", id="underscores-in-an-address"),
            pytest.param("实训室面积20×30米。", id="one-cross"),
            pytest.param("学生李××获省赛一等奖，指导教师张XX、王xx。", id="persons-who-are-not-named"),
            pytest.param("100%", id="a-figure"),
            pytest.param("𠮷林镇完小已挂牌", id="extension-B"),
            pytest.param("[red]已挂牌[/]", id="markup"),
        ],
    )
    def test_precision(self, catalog: Catalog, text: str) -> None:
        """Precision beats number: a clerk who is told one wrong thing stops reading."""
        assert review_one(catalog, entry(text)) == []

    @pytest.mark.parametrize(
        "text",
        ["二〇〇九年起建立生均拨款制度。", "自二○○五年开办中职班。", "建成一〇〇个实训室。", "国发〔二〇〇五〕35号"],
    )
    def test_zeros_in_chinese_numbers(self, text: str) -> None:
        """二〇〇九年 is a year."""
        assert find_gap(text) == ""

    def test_address(self) -> None:
        """A web address is no gap: www.xx.gov.cn is the site of a real county."""
        assert find_gap("年度报告在 http://www.xx.gov.cn/jyj/ 公开。") == ""

    @pytest.mark.parametrize("text", ["无" + " " * 60, "—" * 61, "\n" * 60 + "同上"])
    def test_padded(self, catalog: Catalog, text: str) -> None:
        """无 and sixty spaces (a cell of a fixed-width export) say no more than 无; a line of dashes says nothing."""
        assert [finding.rule.code for finding in review_one(catalog, entry(text))] == ["ZJ203"]

    @pytest.mark.parametrize("text", ["见附件（1）", "详见附件（一）。"])
    def test_numbered_attachment(self, text: str) -> None:
        """见附件（1） is as empty as 见附件1."""
        assert is_placeholder(text)

    def test_not_applicable_is_none(self, catalog: Catalog) -> None:
        """不涉及 is a word of the form, not a placeholder: an info at most."""
        assert [finding.rule.code for finding in review_one(catalog, entry("不涉及"))] == ["ZJ204"]

    def test_official_wording_is_never_linted(self, catalog: Catalog) -> None:
        """Quoting any task of the official table trips no rule."""
        assert [task.id for task in catalog.tasks.values() if is_placeholder(task.text) or find_gap(task.text)] == []

    @QUICK
    @given(st.text(st.sampled_from("印发方案培训人次，。、0123456789〔〕（）\n")), st.sampled_from(["", " ", "\n"]))
    def test_a_figure_and_a_sentence_are_no_placeholder(self, text: str, end: str) -> None:
        """Whatever is written around it, an answer that says something passes."""
        answer = f"印发方案{text}，培训1260人次。{end}"
        assert not is_placeholder(answer)
        assert find_gap(answer) == ""

    @QUICK
    @given(st.sampled_from(sorted(placeholder.WORDS)), st.text(st.sampled_from(" 。，（）“”…—\n\u3000"), max_size=8))
    def test_dressing_up_does_not_help(self, word: str, around: str) -> None:
        """A placeholder stays one behind brackets, stops and spaces."""
        assert is_placeholder(around + word + around)


class TestReason:
    """ZJ204."""

    @pytest.mark.parametrize(
        ("progress", "status"),
        [
            pytest.param(Progress.NOT_APPLICABLE, "", id="no-text"),
            pytest.param(Progress.NOT_APPLICABLE, " \u200b", id="blank"),
            pytest.param(Progress.NOT_APPLICABLE, "不涉及", id="the-word"),
            pytest.param(Progress.NOT_APPLICABLE, " 不涉及。\n", id="the-word-and-a-stop"),
            pytest.param(None, "不涉及", id="the-word-without-进展"),
            pytest.param(None, "不\u200b涉及！", id="with-zero-width"),
        ],
    )
    def test_no_reason(self, catalog: Catalog, progress: Progress | None, status: str) -> None:
        """不涉及 without a reason is an info, and the only finding."""
        (finding,) = review_one(catalog, entry(status, progress))
        assert (finding.rule.code, finding.severity, finding.place) == ("ZJ204", Severity.INFO, Place(6, 9))
        assert finding.message == "任务 1.1 填“不涉及”，没有写理由"
        assert finding.hint == "在落实情况里写一句理由，如“本市没有研究生培养单位”"

    @pytest.mark.parametrize(
        ("progress", "status"),
        [
            pytest.param(Progress.NOT_APPLICABLE, "本市没有研究生培养单位。", id="reason"),
            pytest.param(None, "不涉及，本市没有研究生培养单位。", id="reason-in-the-text"),
            pytest.param(Progress.DONE, "不涉及部分已移交，其余12项办结。", id="another-进展"),
        ],
    )
    def test_with_reason(self, catalog: Catalog, out: Collector, progress: Progress | None, status: str) -> None:
        """Nothing to say where there is a reason, or no 不涉及."""
        reason_missing.check(submission(entry(status, progress)), catalog, out)
        assert out.findings == []
