"""ZJ303 to ZJ306: what a text must say.  Many right texts beside the wrong ones: precision beats number."""

from __future__ import annotations

import pytest
from content import DONE, NONE, NOT_STARTED, ONGOING, codes, review

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Progress

CATALOG: list[Catalog] = []


@pytest.fixture(autouse=True)
def _catalog(catalog: Catalog) -> None:
    CATALOG[:] = [catalog]


class TestProgress:
    """ZJ303."""

    @pytest.mark.parametrize(
        ("progress", "text", "words"),
        [
            (DONE, "方案已报市政府，拟于9月印发。", "拟于9月印发"),
            (DONE, "正在积极推进，计划年底前完成。", "正在积极推进"),
            (DONE, "制度尚未建立，正在起草，待审。", "尚未"),
            (DONE, "学校章程尚在修订中，未报批。", "尚在"),
            (DONE, "职教集团正在筹建中，预计2020年底挂牌。", "正在筹建"),
            (DONE, "力争建成一批示范性实训基地。", "力争建成"),
            (DONE, "计划建成的标准化考点尚未验收。", "尚未"),
            (DONE, "正在实施的标准有待继续修改。", "正在实施"),
            (DONE, "计划印发校企合作管理办法。", "计划印发"),
            (DONE, "持续推进。2019年培训300人。", "持续推进"),
            (DONE, "未启动。等上级文件下达再办。", "未启动"),
            (DONE, "正在推进。\n各校陆续制订方案。", "正在推进"),
            (NOT_STARTED, "已印发通知，9所学校参加试点。", "已印发"),
            (NOT_STARTED, "已建成实训楼2.3万平方米并投入使用。", "已建成"),
            (NOT_STARTED, "已完成。印发指引（澄教〔2020〕6号）。", "已完成"),
            (ONGOING, "已完成。印发指引（澄教〔2020〕6号）。", "已完成"),
            (ONGOING, "该项工作尚未启动。等上级文件下达。", "尚未启动"),
        ],
    )
    def test_contradicted(self, catalog: Catalog, progress: Progress, text: str, words: str) -> None:
        """The words that contradict are quoted, with what 进展 says."""
        (finding,) = review(catalog, {"6.1": text}, progress)
        assert (finding.rule.code, finding.message) == ("ZJ303", f"进展填“{progress}”，文字却写“{words}”")

    @pytest.mark.parametrize(
        ("progress", "text"),
        [
            (DONE, "已完成。印发实施方案（澄教职成〔2019〕12号），下一步将加强督导检查。"),
            (DONE, "已印发实施方案，下一步计划开展培训。"),
            (DONE, "各项指标均已达标，正在组织验收总结。"),
            (DONE, "计划招生300人，实际招生312人。"),
            (DONE, "拟定的3项措施全部落实。"),
            (DONE, "计划内的5项标准全部制定完成。"),
            (DONE, "计划建设的3个县域职教中心已全部建成投入使用。"),
            (DONE, "尚未达标的4所学校已于2020年6月全部通过复核验收。"),
            (DONE, "正在实施的6个市级教学标准已于2020年5月全部发布。"),
            (DONE, "三年行动计划全面实施，12所学校受益。"),
            (DONE, "制度运行至今，尚未发现违规收费。"),
            (DONE, "基本完成。剩余2所学校计划2020年12月底前验收。"),
            (DONE, "长期坚持。每年开展活动周1次。"),
            (DONE, "生均经费标准2019年起执行，落实率100%；督导发现的2项问题正在整改，计划2020年9月底前办结。"),
            (NOT_STARTED, "未启动。等待上级文件下达后组织。"),
            (NOT_STARTED, "已印发通知，暂未启动。"),
            (NOT_STARTED, "上级已启动试点，本市不在试点范围。"),
            (NOT_STARTED, "已对照设置规定完成自评，2项指标尚有差距，拟于2021年提出申请。"),
            (NOT_STARTED, "完成了可行性研究，等候批复。"),
            (ONGOING, "已印发操作指引（澄教职成〔2020〕6号），跨校互认正在论证。"),
            (ONGOING, "基本完成。12所学校验收合格。"),
            (None, "未启动。等待上级文件下达后组织。"),
            (NONE, "不涉及。本市没有研究生培养单位。"),
        ],
    )
    def test_true_texts(self, catalog: Catalog, progress: Progress | None, text: str) -> None:
        """A next step, a rest to be done, somebody else's plan: no contradiction."""
        assert "ZJ303" not in codes(catalog, text, progress)


class TestEmptyPhrases:
    """ZJ304."""

    @pytest.mark.parametrize(
        "text",
        [
            "高度重视，狠抓落实，扎实推进。",
            "我局高度重视职业教育工作，认真贯彻落实党中央、国务院决策部署，扎实推进各项改革任务，取得显著成效。",
            "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻全国教育大会精神，狠抓落实，成效显著。",
            "强化组织领导，层层压实责任，形成工作合力，营造良好氛围。",
            "一是高度重视，二是加强领导，三是狠抓落实。",
            "严格按照上级统一部署，认真做好相关工作。",
        ],
    )
    def test_empty(self, catalog: Catalog, text: str) -> None:
        """Words that fit every task."""
        (finding,) = review(catalog, {"6.1": text})
        assert (finding.rule.code, finding.severity) == ("ZJ304", Severity.INFO)
        assert finding.message == "只有套话，没有数字、文号，也没有做了什么"

    @pytest.mark.parametrize(
        "text",
        [
            "高度重视，狠抓落实，培训1260人次。",
            "高度重视，召开了三次调度会，狠抓落实。",
            "高度重视，印发《实施方案》，狠抓落实。",
            "学校高度重视安全教育，每周班会讲安全，实训前检查防护用品。",
            "积极推进校企合作，与澄州机床厂共建实训车间，取得明显成效。",
            "校长和教师全部参加培训，考核结果记入档案。",
            "按照省统一部署执行，由省里安排。",
        ],
    )
    def test_something_said(self, catalog: Catalog, text: str) -> None:
        """One thing done is enough."""
        assert codes(catalog, text) == []

    def test_not_applicable(self, catalog: Catalog) -> None:
        """A reason for 不涉及 need not say what was done."""
        assert codes(catalog, "高度重视，按照上级部署。", NONE) == []


class TestLength:
    """ZJ305 and ZJ306."""

    @pytest.mark.parametrize(
        ("text", "length"), [("已建立制度。", 6), ("按要求 落实\n。", 6), ("九个字的一段文字。", 9), ("100%", 4)]
    )
    def test_short(self, catalog: Catalog, text: str, length: int) -> None:
        """White space does not count."""
        (finding,) = review(catalog, {"6.1": text})
        assert (finding.rule.code, finding.severity) == ("ZJ305", Severity.INFO)
        assert (finding.message, finding.hint) == (
            f"落实情况只有 {length} 个字",
            "写明做了什么、到什么程度、依据哪个文件",
        )

    @pytest.mark.parametrize(
        ("text", "progress"),
        [
            ("十个字的一段文字够了", None),
            ("无此职能。", None),
            ("不涉及。", None),
            ("本市没有。", None),
            ("无此职能。", NONE),
            ("等文件。", NOT_STARTED),
            ("同上。", None),
            ("培训××人。", None),
        ],
    )
    def test_not_too_short(self, catalog: Catalog, text: str, progress: Progress | None) -> None:
        """不涉及 and 未启动 may be short; a placeholder is told as one."""
        assert codes(catalog, text, progress) == []

    def test_long(self, catalog: Catalog) -> None:
        """White space does not count here either; the limit itself is allowed."""
        text = "做了一件事，\n" * 250
        assert codes(catalog, text) == []
        (finding,) = review(catalog, {"6.1": text + "完"})
        assert (finding.rule.code, finding.severity) == ("ZJ306", Severity.INFO)
        assert finding.message == "落实情况有 1501 个字，超过 1500 个"

    def test_thresholds(self, catalog: Catalog) -> None:
        """Both limits are for the user to choose."""
        found = review(
            catalog, {"1.1": "印发方案十二个字的文字。", "1.2": "短文"}, limits=Thresholds(shortest=2, longest=5)
        )
        assert [(finding.rule.code, finding.task) for finding in found] == [("ZJ306", "1.1")]
