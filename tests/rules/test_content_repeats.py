"""ZJ301 and ZJ302: the official wording, or one text for several tasks, is no answer."""

from __future__ import annotations

import random

import corpus
import pytest
from content import ALL, DONE, NONE, NOT_STARTED, ONGOING, codes, review
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Progress
from zhijiao20.rules.content.repeats_task import repeats

QUICK = settings(deadline=None, derandomize=True)


class TestOfficialWording:
    """The official wording is an answer to nothing, and wrong in no other way."""

    @pytest.mark.parametrize("progress", [None, DONE, ONGOING, NOT_STARTED])
    def test_own(self, catalog: Catalog, progress: Progress | None) -> None:
        """Each task's own wording is told as repeated, and as nothing else."""
        findings = review(catalog, {task.id: task.text for task in catalog.tasks.values()}, progress)
        assert [(finding.rule.code, finding.task) for finding in findings] == [
            ("ZJ301", task) for task in catalog.tasks
        ]

    @pytest.mark.parametrize("progress", ALL)
    @pytest.mark.parametrize("shift", [1, 2, 17, 43, 86])
    def test_of_another_task(self, catalog: Catalog, progress: Progress | None, shift: int) -> None:
        """As the answer to another task it is a quotation: nothing is said."""
        tasks = list(catalog.tasks.values())
        texts = {task.id: tasks[(number + shift) % len(tasks)].text for number, task in enumerate(tasks)}
        assert review(catalog, texts, progress) == []

    @pytest.mark.parametrize(
        "frame",
        [
            "我市将继续{}",
            "按照要求，{}",
            "下一步将{}",
            "我校认真贯彻落实上级要求，{}扎实推进各项工作。",
            "{}\n下一步，我局将继续抓好落实。",
            "  {} ",
            "已{}",
        ],
    )
    def test_framed(self, catalog: Catalog, frame: str) -> None:
        """Behind the usual words it is still repeated."""
        findings = review(catalog, {task.id: frame.format(task.text) for task in catalog.tasks.values()})
        assert [finding.task for finding in findings if finding.rule.code == "ZJ301"] == list(catalog.tasks)

    @pytest.mark.parametrize(
        "frame",
        [
            "按照“{}”的要求，印发实施方案（澄教职成〔2019〕12号），培训1260人次。",
            "{}全市23所学校全部建立制度，毕业前统一抽测。",
            "{}出台产教融合实施办法，明确支持措施，组建职教集团并挂牌运行。",
        ],
    )
    def test_quoted_before_facts(self, catalog: Catalog, frame: str) -> None:
        """Who quotes the task and then reports has answered."""
        assert review(catalog, {task.id: frame.format(task.text) for task in catalog.tasks.values()}) == []


class TestRepeats:
    """ZJ301."""

    def test_message(self, catalog: Catalog) -> None:
        """A warning at the text that says what is missing."""
        (finding,) = review(catalog, {"2.1": "做了12件事，印发文件。", "1.1": catalog.tasks["1.1"].text})
        assert (finding.rule.code, finding.severity, finding.place) == ("ZJ301", Severity.WARNING, Place(2, 5))
        assert finding.message == "任务 1.1 的落实情况照抄任务原文，没有写自己做了什么"
        assert finding.hint == "写明本单位的做法、数字和文号；引用原文可以，后面要写事实"

    @pytest.mark.parametrize(
        ("task", "text", "wrong"),
        [
            pytest.param("2.4", "已落实职业教育东西协作行动计划，办好内地少数民族中职班。", True, id="a-word-before"),
            pytest.param("2.4", "落实职业教育 东西协作行动计划,办好内地少数民族中职班", True, id="spelled-otherwise"),
            pytest.param(
                "16.2", "在保障教育合理投入的同时，优化教育支出结构，教育经费向职业教育倾斜。", True, id="most-of-it"
            ),
            pytest.param("16.2", "优化教育支出结构。", False, id="a-part"),
            pytest.param(
                "1.1", "严把教学标准和毕业学生质量标准两个关口，2020届抽测2640人。", False, id="a-figure-follows"
            ),
            pytest.param(
                "1.1", "严把教学标准和毕业学生质量标准两个关口，执行《教学诊断办法》。", False, id="a-title-follows"
            ),
            pytest.param("1.1", "毕业学生统一抽测，合格率96.3%。", False, id="own-words"),
            pytest.param("1.1", "好", False, id="one-character"),
        ],
    )
    def test_how_much(self, catalog: Catalog, task: str, text: str, wrong: bool) -> None:
        """Four fifths of the wording with little besides."""
        assert repeats(catalog.tasks[task].text, text) is wrong

    def test_not_applicable(self, catalog: Catalog) -> None:
        """Who is not concerned may say of what."""
        assert codes(catalog, catalog.tasks["4.4"].text, NONE, "4.4") == []


class TestSameText:
    """ZJ302."""

    LONG = "成立由分管副市长任组长的职业教育工作领导小组，每季度召开一次调度会，2019年以来研究解决用地、编制、经费等问题11项。"

    def test_message(self, catalog: Catalog) -> None:
        """One finding for the group, where the text stands for the second time, in official order."""
        (finding,) = review(
            catalog, {"1.1": self.LONG, "2.1": "印发方案，培训12人次。", "1.2": self.LONG, "7.1": f" {self.LONG}"}
        )
        assert (finding.rule.code, finding.severity) == ("ZJ302", Severity.WARNING)
        assert (finding.task, finding.place) == ("1.2", Place(3, 5))
        assert finding.message == "任务 1.1、1.2、7.1 写的是几乎相同的文字"

    def test_identical(self, catalog: Catalog) -> None:
        """The same text twice."""
        (finding,) = review(catalog, {"1.1": self.LONG, "1.2": self.LONG})
        assert finding.message == "任务 1.1、1.2 写的是同一段文字"

    def test_two_groups(self, catalog: Catalog) -> None:
        """Each group for itself, near-identical texts with them."""
        chance = random.Random(3)
        one, other = corpus.status_text(chance), corpus.status_text(chance)
        texts = {"1.1": one, "1.2": other, "2.1": corpus.near_copy(one, chance, 0.03), "2.2": other, "3.1": self.LONG}
        findings = review(catalog, texts, ONGOING)
        assert [finding.message for finding in findings] == [
            "任务 1.1、2.1 写的是几乎相同的文字",
            "任务 1.2、2.2 写的是同一段文字",
        ]

    def test_chain(self, catalog: Catalog) -> None:
        """Three texts of which each is like the one before are one group."""
        chance = random.Random(4)
        one = corpus.status_text(chance)
        two = corpus.near_copy(one, chance, 0.02)
        texts = {"1.1": one, "1.2": two, "1.3": corpus.near_copy(two, chance, 0.02)}
        assert [finding.message for finding in review(catalog, texts, ONGOING)] == [
            "任务 1.1、1.2、1.3 写的是几乎相同的文字"
        ]

    @pytest.mark.parametrize(
        ("text", "progress"),
        [
            pytest.param("由国家组织实施，本市没有承担任务。", None, id="short"),
            pytest.param("短 " * 20, DONE, id="short-but-for-spaces"),
            pytest.param(LONG, NONE, id="不涉及"),
            pytest.param("不涉及。" + LONG, None, id="says-不涉及"),
        ],
    )
    def test_left_out(self, catalog: Catalog, text: str, progress: Progress | None) -> None:
        """What any two tasks may share."""
        found = {finding.rule.code for finding in review(catalog, {"1.1": text, "1.2": text}, progress)}
        assert "ZJ302" not in found

    def test_a_clause_in_common(self, catalog: Catalog) -> None:
        """Texts that share a sentence are two texts."""
        shared = "2019年以来研究解决用地、编制、经费等问题11项"
        texts = {
            "1.1": f"{shared}，其余由县政府督办，每月通报。",
            "1.2": f"编制周转池方案印发，教师公开招聘到岗；{shared}。",
        }
        assert review(catalog, texts) == []

    def test_threshold(self, catalog: Catalog) -> None:
        """From how many characters on is for the user to choose."""
        assert review(catalog, {"1.1": self.LONG, "1.2": self.LONG}, limits=Thresholds(alike_from=200)) == []

    @QUICK
    @given(st.lists(st.sampled_from("ABCD"), max_size=8))
    def test_groups(self, letters: list[str]) -> None:
        """As many findings as texts that stand twice."""
        catalog = CATALOG[0]
        texts = {
            task: self.LONG.translate(dict.fromkeys(map(ord, "，"), letter * 9))
            for task, letter in zip(catalog.tasks, letters, strict=False)
        }
        found = [finding for finding in review(catalog, texts) if finding.rule.code == "ZJ302"]
        assert len(found) == sum(letters.count(letter) > 1 for letter in set(letters))


CATALOG: list[Catalog] = []


@pytest.fixture(autouse=True)
def _catalog(catalog: Catalog) -> None:
    CATALOG[:] = [catalog]
