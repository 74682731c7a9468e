"""ZJ602: paragraphs that speak of another unit."""

from __future__ import annotations

import io

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Finding, Place
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.between.other_unit_named import _MAX_STARTS, kind
from zhijiao20.rules.cross_unit_review import CrossUnitReview
from zhijiao20.rules.engine import Reviewer

ONLY = Settings(("ZJ602",))
FACT = "2019年新增专任教师46人，其中专业课教师29人。"


def found(catalog: Catalog, own: str, text: str, *others: str, progress: Progress | None = None) -> list[Finding]:
    """What is found where a unit writes this and the others take part in the run."""
    reviewer, review = Reviewer(catalog, ONLY), CrossUnitReview(ONLY, io.BytesIO)
    for name in (*others, own):
        entry = Entry("5.2", progress, text if name == own else "2019年招聘教师12人。", text_place=Place(7, 5))
        review.take(reviewer.summarize(Submission(name, f"{name}.yaml", entries={"5.2": entry})))
    return review.finish()


def test_message(catalog: Catalog) -> None:
    """The text, the unit it speaks of with its file, and the unit it should speak of."""
    (finding,) = found(catalog, "青溪县教育局", f"建立制度。\n石桥县教育局{FACT}", "石桥县教育局")
    assert (finding.rule.code, finding.unit, finding.task, finding.place) == (
        "ZJ602",
        "青溪县教育局",
        "5.2",
        Place(7, 5),
    )
    assert finding.message == "任务 5.2 有一段写的是“石桥县教育局”（石桥县教育局.yaml），没有提到“青溪县教育局”"
    assert finding.hint == "是抄来的，改写本单位的情况；确实要写别的单位的，写明与本单位的关系"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("青溪县教育局", "石桥县教育局"),
        ("青溪县教育局", "澄北区教育局"),
        ("澄州理工学校", "澄州卫生学校"),
        ("澄州理工学校", "澄州职业技术学院"),
        ("石桥县职教中心", "青溪县职教中心"),
        ("澄州市教育局", "平川市教育局"),
        ("澄州教育局", "平州财政局"),
    ],
)
def test_same_kind(catalog: Catalog, own: str, other: str) -> None:
    """A unit of the same kind and level may have been meant."""
    assert bool(found(catalog, own, other + FACT, other)) is (kind(own) == kind(other))


@pytest.mark.parametrize(
    ("own", "text", "other"),
    [
        pytest.param("澄州市财政局", "澄州市教育局" + FACT, "澄州市教育局", id="another-kind"),
        pytest.param("澄州市教育局", "澄州理工学校" + FACT, "澄州理工学校", id="a-school-of-the-bureau"),
        pytest.param("青溪县教育局", "澄州市教育局" + FACT, "澄州市教育局", id="the-level-above"),
        pytest.param("澄州市教育局", "青溪县教育局" + FACT, "青溪县教育局", id="the-level-below"),
        pytest.param("青溪县教育局", "石桥县教育局印发方案，培训12人。", "石桥县教育局", id="issues-a-document"),
        pytest.param("澄州理工学校", "澄州卫生学校与我校共建实训室2间。", "澄州卫生学校", id="together"),
        pytest.param("澄州理工学校", "澄州卫生学校" + FACT + "我校选派12人。", "澄州卫生学校", id="speaks-of-itself"),
        pytest.param("澄州理工学校", "澄州卫生学校" + FACT + "澄州理工学校12人。", "澄州卫生学校", id="names-itself"),
        pytest.param("澄州理工学校", "澄州卫生学校的经验在全校推广。", "澄州卫生学校", id="of-it"),
        pytest.param("澄州理工学校", "会同澄州卫生学校培训12人。", "澄州卫生学校", id="not-at-the-beginning"),
        pytest.param("澄州理工学校", "澄州体育学校" + FACT, "澄州卫生学校", id="not-in-this-run"),
        pytest.param("澄州理工学校", "2019年招聘12人，全市学校第一。", "澄州卫生学校", id="no-name"),
        pytest.param("澄州理工学校", "全市中等职业学校办学条件全部达标", "澄州卫生学校", id="schools-in-general"),
    ],
)
def test_rightly_of_others(catalog: Catalog, own: str, text: str, other: str) -> None:
    """An office reports on others all day long."""
    assert found(catalog, own, text, other) == []


def test_two_cities(catalog: Catalog) -> None:
    """Where counties report too, one of two 市 may be over the other."""
    text = "平川市教育局" + FACT
    assert len(found(catalog, "澄州市教育局", text, "平川市教育局")) == 1
    assert found(catalog, "澄州市教育局", text, "平川市教育局", "青溪县教育局") == []


def test_not_applicable_and_not_wanted(catalog: Catalog) -> None:
    """不涉及 names who is concerned; a rule that is not wanted keeps nothing."""
    text = "石桥县教育局" + FACT
    assert found(catalog, "青溪县教育局", text, "石桥县教育局", progress=Progress.NOT_APPLICABLE) == []
    submission = Submission("青溪县教育局", entries={"1.1": Entry("1.1", None, text)})
    assert Reviewer(catalog, Settings(("ZJ1",))).summarize(submission).heads == ()
    assert Reviewer(catalog, ONLY).summarize(Submission("甲", entries={"1.1": Entry("1.1")})).heads == ()


def test_little_is_kept(catalog: Catalog) -> None:
    """Of a unit at most twenty paragraphs are kept, cut."""
    text = "\n".join(f"石桥县教育局第{'一' * 80}条" for _ in range(50))
    seen = Reviewer(catalog, ONLY).summarize(Submission("青溪县教育局", entries={"1.1": Entry("1.1", None, text)}))
    assert len(seen.heads) == _MAX_STARTS
    assert {len(head.text) for head in seen.heads} == {60}
