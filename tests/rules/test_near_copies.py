"""ZJ601: near-copies between units, from the folded text to the finding."""

from __future__ import annotations

import io
import pickle
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

import corpus
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Finding, Place
from zhijiao20.core.settings import Settings, Thresholds
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.between import near_copy
from zhijiao20.rules.engine import CrossUnitReview, Reviewer
from zhijiao20.rules.near_duplicates.compare import NearDuplicate, find_near_duplicates
from zhijiao20.rules.near_duplicates.minhash import LONGEST, compute_minhashes, record_type
from zhijiao20.rules.near_duplicates.text_store import _PENDING_LIMIT, ComparedTexts

QUICK = settings(deadline=None, derandomize=True, max_examples=60)
ONLY = Settings(("ZJ601",))
TEXT = "投入480万元建成智能制造实训中心，购置数控机床32台，与9家企业共同开发实训项目24个，2019年接待学生实训5200人次。"
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
    open_file: Callable[[], IO[bytes]] = io.BytesIO,
) -> list[Finding]:
    """What is found between units; each is carried over from another process, as it may be."""
    reviewer, review = Reviewer(catalog, choice), CrossUnitReview(choice, open_file)
    for submission in units:
        review.take(pickle.loads(pickle.dumps(reviewer.summarize(submission))))
    return review.finish()


def told(catalog: Catalog, one: str, other: str) -> bool:
    """Whether two units that write this are told."""
    return bool(found(catalog, [unit("甲校", one), unit("乙校", other)]))


def folded(texts: list[str], own: str = "", shortest: int = 40) -> list[str]:
    """What is compared of the texts that are long enough."""
    done = compute_minhashes(texts, own, shortest)
    lengths = np.frombuffer(done.heads, record_type())["length"].tolist()
    text = done.texts.decode("utf-16-le", "surrogatepass")
    return [text[sum(lengths[:at]) : sum(lengths[: at + 1])] for at in range(len(lengths))]


def compare(texts: list[str], alike: float = 0.85) -> tuple[list[NearDuplicate], int]:
    """The near-copies among texts, and how many texts were looked at for them."""
    ready = folded(texts)
    assert len(ready) == len(texts)
    looks = [0]

    def text(row: int) -> str:
        looks[0] += 1
        return ready[row]

    return list(
        find_near_duplicates(np.frombuffer(compute_minhashes(texts, "", 40).heads, record_type()), text, alike)
    ), looks[0]


class TestFolding:
    """What makes no difference, and what does."""

    @pytest.mark.parametrize(
        ("text", "same"),
        [
            pytest.param("培训１２人，合格。", "培训12人,合格.", id="width-and-punctuation"),
            pytest.param(" 培 训\n12人\u200b\u3000", "培训12人", id="white-space-and-invisible"),
            pytest.param("甲校培训12人", "培训12人", id="own-name"),
            pytest.param("培训12人𠮷𠮷", "培训12人𠮷𠮷", id="extension-B-stays"),
            pytest.param("培训12人\0", "培训12人", id="zero-byte"),
            pytest.param("\ud800培训12人", "\ud800培训12人", id="half-a-surrogate"),
        ],
    )
    def test_folded(self, text: str, same: str) -> None:
        """A text is compared as it reads."""
        assert folded([text], "甲校", 1) == folded([same], "", 1) == [same.replace("12", "0")]

    def test_figures(self) -> None:
        """A number is one 0, with its points and commas; a text too short without its figures keeps them."""
        text = "2019年投入12,000.5元，占85.1%。3，4.一样"
        assert folded([text], "", 10) == ["0年投入0元,占0%.0.一样"]
        assert folded([text], "", 20) == ["2019年投入12,000.5元,占85.1%.3,4.一样"]
        assert folded([".5,", ","], "", 1) == [".0,", ","]

    def test_short_and_long(self) -> None:
        """What is too short is left out; of what is very long the beginning is compared."""
        assert folded(["短", "长" * (LONGEST + 5), "", "中" * 40]) == ["长" * LONGEST, "中" * 40]
        assert compute_minhashes(["短", "长" * 50], "", 40).kept == (1,)
        assert compute_minhashes([], "", 40) == ((), b"", b"")

    def test_texts_do_not_mix(self) -> None:
        """All texts go through numpy together; a number at an end does not run into the next text's."""
        texts = ["甲" * 40 + "12", "34" + "乙" * 40]
        assert folded(texts) == [folded([text])[0] for text in texts] == ["甲" * 40 + "0", "0" + "乙" * 40]
        heads = np.frombuffer(compute_minhashes(texts, "", 40).heads, record_type())
        alone = [np.frombuffer(compute_minhashes([text], "", 40).heads, record_type())[0] for text in texts]
        assert [head.tobytes() for head in heads] == [head.tobytes() for head in alone]


class TestAlgorithm:
    """near_copies against every pair."""

    @QUICK
    @given(
        st.integers(0, 10**6),
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0, 0.04, 0.08, 0.4])), max_size=14),
    )
    def test_like_every_pair(self, seed: int, wanted: list[tuple[int, float]]) -> None:
        """Told is whoever is like an earlier one, with one that it is really like, the first where that can be."""
        chance = random.Random(seed)
        originals = [corpus.status_text(chance) for _ in range(4)]
        texts = [corpus.near_copy(originals[which], chance, share) for which, share in wanted]
        ready = folded(texts)
        earlier = {
            row: [at for at in range(row) if Levenshtein.normalized_similarity(ready[at], ready[row]) >= 0.85]
            for row in range(len(texts))
        }
        near, _ = compare(texts)
        assert [one.row for one in near] == [row for row, others in earlier.items() if others]
        for one in near:
            assert one.other in earlier[one.row]
            assert one.alike == Levenshtein.normalized_similarity(ready[one.other], ready[one.row])
            assert one.together >= 1 + len(earlier[one.row])

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_recall(self, seed: int) -> None:
        """Of 3,000 texts in which 5 to 10 % of the characters were changed at least 98 % are found."""
        chance = random.Random(seed)
        originals = [corpus.status_text(chance) for _ in range(3000)]
        copies = [corpus.near_copy(text, chance, chance.uniform(0.05, 0.1)) for text in originals]
        near, _ = compare(originals + copies)
        right = sum(one.other == one.row - 3000 for one in near)
        assert right >= 0.98 * 3000
        assert len(near) == right

    def test_a_lower_threshold(self) -> None:
        """Texts that need be less alike are looked for more closely."""
        chance = random.Random(7)
        originals = [corpus.status_text(chance) for _ in range(300)]
        copies = [corpus.near_copy(text, chance, 0.2) for text in originals]
        near, _ = compare(originals + copies, 0.75)
        assert sum(one.other == one.row - 300 for one in near) >= 0.95 * 300
        assert compare(originals + copies)[0] == []

    def test_identical_texts_are_not_compared(self) -> None:
        """A thousand identical texts are one group: nobody looks at a text."""
        near, looks = compare([TEXT] * 1000)
        assert near == [NearDuplicate(row, 0, 1.0, 1000) for row in range(1, 1000)]
        assert looks == 0

    def test_the_work_grows_with_the_number(self) -> None:
        """Near-copies of one text in any number: each is compared with a few, not with all."""
        chance = random.Random(5)
        original = corpus.status_text(chance)
        for number in (400, 1600):
            near, looks = compare([corpus.near_copy(original, chance, 0.05) for _ in range(number)])
            assert len(near) == number - 1
            assert near[-1].together == number
            assert looks <= 2 * 8 * number

    def test_texts_that_are_all_but_alike(self) -> None:
        """Each is compared with the few that look most like it, among them the one that it is a copy of."""
        chance = random.Random(6)
        han = [chr(0x4E00 + number) for number in range(3000)]
        base = chance.choices(han, k=600)

        def changed(text: Sequence[str], share: float) -> str:
            new = list(text)
            for _ in range(int(share * len(new))):
                new[chance.randrange(len(new))] = chance.choice(han)
            return "".join(new)

        texts = [changed(base, 0.1) for _ in range(400)]
        copies = [changed(texts[row], 0.05) for row in range(50, 350, 3)]
        near, looks = compare(texts + copies)
        assert [one.other for one in near if one.row >= 400] == list(range(50, 350, 3))
        assert looks <= 2 * 9 * len(texts + copies)

    def test_nothing_to_compare(self) -> None:
        """No text, one text."""
        assert compare([])[0] == compare([TEXT])[0] == []


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
        ten, eleven = (dict(zip(tasks[:count], texts, strict=False)) for count in (near_copy.MANY, near_copy.MANY + 1))
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
        """Nothing is made ready and no file opened."""
        reviewer = Reviewer(catalog, Settings(ignore=("ZJ6",)))
        assert reviewer.summarize(unit("甲", TEXT)).texts is None
        assert Reviewer(catalog).summarize(unit("甲", TEXT), alone=True).texts is None

    def test_the_file_is_closed(self, catalog: Catalog) -> None:
        """One file, opened once, closed at the end, also where nothing was found."""
        files: list[io.BytesIO] = []

        def open_file() -> io.BytesIO:
            files.append(io.BytesIO())
            return files[-1]

        assert found(catalog, [unit("甲", TEXT), unit("乙", OTHER)], open_file=open_file) == []
        assert [file.closed for file in files] == [True]

    def test_texts_are_put_aside(self, catalog: Catalog) -> None:
        """However many units come, only one buffer a task stays in memory; the rest is in the file."""
        reviewer, file = Reviewer(catalog, ONLY), io.BytesIO()
        shelves = ComparedTexts(file)
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
        reviewer, review = Reviewer(catalog, ONLY), CrossUnitReview(ONLY, io.BytesIO)
        seen = reviewer.summarize(unit("甲", TEXT))
        assert seen.texts is not None
        assert seen.texts.each() == folded([TEXT])
        review.take(seen)
        assert [kept.texts for kept in review._units] == [None]

    def test_places_in_a_sheet(self, catalog: Catalog) -> None:
        """The place of a cell comes back from the file as it was."""
        submission = Submission(
            "乙", "乙.xlsx", entries={"1.1": Entry("1.1", None, TEXT, text_place=Place(None, None, "第12行"))}
        )
        (finding,) = found(catalog, [unit("甲", TEXT), submission])
        assert finding.place == Place(None, None, "第12行")
