"""ZJ601: near-copies between units, from the text to the finding."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import corpus
import pytest
from folding import TEXT, folded

from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Finding, Place
from zhijiao20.core.settings import Settings, Thresholds
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.between import near_copy
from zhijiao20.rules.cross_unit_review import CrossUnitReview
from zhijiao20.rules.engine import Reviewer
from zhijiao20.rules.near_duplicates.text_store import _PENDING_LIMIT, ComparedTexts
from zhijiao20.system.temp_store import TempStore

ONLY = Settings(("ZJ601",))
OTHER = (
    "汽修实训楼2019年9月启用，设工位160个；与汽车销售公司轮流安排师傅驻校，全年带训学生1340人次，收回耗材成本11万元。"
)


def unit(name: str, texts: dict[str, str] | str, progress: Progress | None = None) -> Submission:
    """A unit with these texts, the n-th of them in line n of its file."""
    texts = {"1.1": texts} if isinstance(texts, str) else texts
    entries = {
        task: Entry(task, progress, text, text_place=Place(number, 5))
        for number, (task, text) in enumerate(texts.items(), start=1)
    }
    return Submission(name, f"{name}.yaml", entries=entries, place=Place(1, 1))


def found(
    catalog: Catalog,
    units: Iterable[Submission],
    choice: Settings = ONLY,
    new_store: Callable[[], TempStore] = TempStore,
) -> list[Finding]:
    """What is found between units; each is carried over from another process, as it may be."""
    reviewer, review = Reviewer(catalog, choice), CrossUnitReview(choice, new_store)
    for submission in units:
        review.take(pickle.loads(pickle.dumps(reviewer.summarize(submission))))
    return review.finish()


def told(catalog: Catalog, one: str, other: str) -> bool:
    """Whether two units that write this are told."""
    return bool(found(catalog, [unit("甲校", one), unit("乙校", other)]))


class TestFinding:
    """What a clerk reads."""

    def test_near(self, catalog: Catalog) -> None:
        """One finding, at the later unit's text, that names the other unit, its file, the task and what they share."""
        (finding,) = found(
            catalog, [unit("甲校", {"1.2": TEXT}), unit("乙校", {"1.1": OTHER, "1.2": TEXT.replace("购置", "购买")})]
        )
        assert (finding.rule.code, finding.file, finding.unit, finding.task) == ("ZJ601", "乙校.yaml", "乙校", "1.2")
        assert finding.place == Place(2, 5)
        assert finding.message == (
            "任务 1.2 的落实情况与“甲校”（甲校.yaml）雷同，98% 的文字相同，如“万元建成智能制造实训中心”"
        )
        assert finding.hint == "写本单位自己的做法、数字和文号；确是几个单位共同做的，写明各自承担的部分"

    def test_identical_but_for_name_and_figures(self, catalog: Catalog) -> None:
        """Who only put in his own name and figures copied; a third one learns how many there are."""
        texts = ["{}投入480万元" + TEXT[7:], "{}投入91.5万元" + TEXT[7:].replace("32", "8"), "{}投入480万元" + TEXT[7:]]
        findings = found(catalog, [unit(name, text.format(name)) for name, text in zip("甲乙丙", texts, strict=True)])
        same = "任务 1.1 的落实情况与“甲”（甲.yaml）雷同，除单位名称和数字外完全相同，如“万元建成智能制造实训中心”"
        assert [finding.message for finding in findings] == [f"{same}；这样的文字共有 3 个单位写"] * 2

    def test_nothing_in_common_to_show(self, catalog: Catalog) -> None:
        """Texts without Chinese characters are told without an example."""
        (finding,) = found(
            catalog,
            [
                unit("甲", "training centre opened, machines bought, 9 firms"),
                unit("乙", "training centre opened, machines bought, 8 firms"),
            ],
        )
        assert finding.message.endswith("除单位名称和数字外完全相同")

    def test_many(self, catalog: Catalog) -> None:
        """A file copied as a whole is one finding, not eighty; up to ten tasks are told one by one."""
        tasks = list(catalog.tasks)
        chance = random.Random(1)
        texts = [corpus.status_text(chance) for _ in tasks]
        ten, eleven = (
            dict(zip(tasks[:count], texts, strict=False))
            for count in (near_copy.COMBINED_FROM, near_copy.COMBINED_FROM + 1)
        )
        findings = found(catalog, [unit("甲", eleven), unit("乙", ten), unit("丙", eleven)])
        assert [(finding.unit, finding.task) for finding in findings] == [*(("乙", task) for task in ten), ("丙", None)]
        listed = "、".join(eleven)
        assert findings[-1].message == f"11 项任务的落实情况与别的单位雷同，都与“甲”（甲.yaml）：{listed}"
        assert findings[-1].place == Place(1, 1)
        mixed = eleven | {tasks[0]: OTHER}
        (finding,) = found(catalog, [unit("甲", eleven), unit("丁", {tasks[0]: OTHER}), unit("丙", mixed)])
        assert finding.message == f"11 项任务的落实情况与别的单位雷同，其中 10 项与“甲”（甲.yaml）：{listed}"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("按照市教育局统一部署开展自查。", id="short"),
            pytest.param(
                "2019年招生1860人，比2018年的1445人增加415人，增长28.7%；2020年计划招生2200人。",
                id="figures-that-differ",
            ),
            pytest.param(
                "不涉及。本校为中等职业学校，没有研究生培养资格，也不承担专业学位研究生的实践教学和导师聘任工作。",
                id="says-不涉及",
            ),
            pytest.param("", id="empty"),
        ],
    )
    def test_left_out(self, catalog: Catalog, text: str) -> None:
        """Stock phrases, 不涉及, and short texts that are all figures may be alike."""
        assert not told(catalog, text, text.translate(str.maketrans("0123456789", "5678901234")))

    def test_not_applicable_and_official_wording(self, catalog: Catalog) -> None:
        """What is marked 不涉及 is not compared, and the official wording is nobody's own."""
        assert found(catalog, [unit(name, TEXT, Progress.NOT_APPLICABLE) for name in "甲乙"]) == []
        official = catalog.tasks["10.1"].text
        assert found(catalog, [unit(name, {"10.1": official}) for name in "甲乙"]) == []

    def test_figures_that_are_the_same(self, catalog: Catalog) -> None:
        """A short text with the same figures is the same text."""
        text = "2019年招生1860人，比2018年的1445人增加415人，增长28.7%；2020年计划招生2200人。"
        assert told(catalog, text, text.replace("计划", "拟"))

    def test_other_tasks_and_other_texts(self, catalog: Catalog) -> None:
        """Only texts on one task are compared."""
        assert found(catalog, [unit("甲", {"1.1": TEXT}), unit("乙", {"1.2": TEXT}), unit("丙", {"1.1": OTHER})]) == []

    def test_two_files_of_one_unit(self, catalog: Catalog) -> None:
        """Two versions of a file are ZJ107, not a copy."""
        assert found(catalog, [unit("甲 校", TEXT), unit("甲校", TEXT)]) == []

    def test_waived(self, tmp_path: Path) -> None:
        """A unit that gives a reason is not told; it still counts for whoever copied from it."""
        waiver = '    豁免: {ZJ601: "两校合办"}\n'
        for name, reason in (("甲", waiver), ("乙", waiver), ("丙", "")):
            text = f'单位: {name}\n任务:\n  "1.1":\n    落实情况: {TEXT}\n{reason}'
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        report = validate([tmp_path / f"{name}.yaml" for name in "甲乙丙"], settings=ONLY)
        assert [(finding.unit, "“甲”" in finding.message) for finding in report.findings] == [("丙", True)]

    def test_thresholds(self, catalog: Catalog) -> None:
        """How alike and from how many characters on is for the user to choose."""
        units = [unit("甲", TEXT), unit("乙", TEXT.replace("购置", "购买"))]
        assert found(catalog, units, Settings(("ZJ601",), thresholds=Thresholds(alike=0.99))) == []
        assert found(catalog, units, Settings(("ZJ601",), thresholds=Thresholds(alike_from=100))) == []


class TestMemory:
    """Little is kept, and nothing of a rule that is not wanted."""

    def test_not_wanted(self, catalog: Catalog) -> None:
        """Nothing is made ready and no storage opened."""
        reviewer = Reviewer(catalog, Settings(ignore=("ZJ6",)))
        assert reviewer.summarize(unit("甲", TEXT)).texts is None
        assert Reviewer(catalog).summarize(unit("甲", TEXT), alone=True).texts is None

    def test_the_storage_is_closed(self, catalog: Catalog) -> None:
        """One storage, opened once, closed at the end, also where nothing was found."""
        stores: list[TempStore] = []

        def new_store() -> TempStore:
            stores.append(TempStore())
            return stores[-1]

        assert found(catalog, [unit("甲", TEXT), unit("乙", OTHER)], new_store=new_store) == []
        (store,) = stores
        with pytest.raises(ValueError, match="closed"):
            store.read(0, 1)

    def test_texts_are_put_aside(self, catalog: Catalog) -> None:
        """However many units come, only one buffer a task stays in memory; the rest is stored."""
        reviewer, shelves = Reviewer(catalog, ONLY), ComparedTexts(TempStore())
        for number in range(400):
            seen = reviewer.summarize(
                unit(f"单位{number}", {"1.1": TEXT + f"第{'甲乙丙丁'[number % 4]}批", "1.2": OTHER})
            )
            assert seen.texts
            shelves.put(number, seen.texts)
            assert all(len(waiting) <= _PENDING_LIMIT for waiting in shelves._waiting.values())
        assert shelves.tasks == ("1.1", "1.2")
        assert shelves.heads("1.1")["unit"].tolist() == list(range(400))
        head = shelves.heads("1.2")[399]
        assert shelves.text(int(head["at"]), int(head["length"])) == folded([OTHER])[0]
        assert shelves.place(399, 1) == Place(2, 5)

    def test_review_drops_texts(self, catalog: Catalog) -> None:
        """What the review itself keeps of a unit has no text."""
        reviewer, review = Reviewer(catalog, ONLY), CrossUnitReview(ONLY, TempStore)
        seen = reviewer.summarize(unit("甲", TEXT))
        assert seen.texts is not None
        assert seen.texts.each() == folded([TEXT])
        review.take(seen)
        assert [kept.texts for kept in review._units] == [None]

    def test_places_in_a_sheet(self, catalog: Catalog) -> None:
        """The place of a cell comes back from the storage as it was."""
        submission = Submission(
            "乙", "乙.xlsx", entries={"1.1": Entry("1.1", None, TEXT, text_place=Place(None, None, "第12行"))}
        )
        (finding,) = found(catalog, [unit("甲", TEXT), submission])
        assert finding.place == Place(None, None, "第12行")
