"""The rules on figures: what they say, what they leave alone, and that sums that are right are never doubted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.figure_pages import found
from status_files import read_file

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.documentation import Example, page_of
from zhijiao20.rules.engine import Reviewer, text_rules
from zhijiao20.system.discovery import load_catalog

ROOT = Path(__file__).resolve().parents[2]
QUICK = settings(deadline=None, derandomize=True, max_examples=200)
OURS = ("ZJ307", "ZJ308", "ZJ309", "ZJ310", "ZJ311", "ZJ5", "ZJ603")
WITH_PAGE = [code for code, _ in text_rules() if code.startswith(OURS)]


def cases() -> Iterator[tuple[str, Example, bool]]:
    """The examples of every page, each with whether it is wrong."""
    for code in WITH_PAGE:
        page = page_of(code)
        yield from ((code, example, True) for example in page.wrong)
        yield from ((code, example, False) for example in page.right)


@pytest.mark.parametrize("code", WITH_PAGE)
def test_pages_have_examples(code: str) -> None:
    """Three of each at least: one shows the rule, the others its edges."""
    marks = [wrong for of, _, wrong in cases() if of == code]
    assert min(marks.count(True), marks.count(False)) >= 3


@pytest.mark.parametrize(
    ("code", "example", "wrong"), [pytest.param(*case, id=f"{case[0]}-{case[1].text[:20]}") for case in cases()]
)
def test_pages(catalog: Catalog, code: str, example: Example, wrong: bool) -> None:
    """What a page calls wrong is found, what it calls right is not, by this rule or any other on figures."""
    (task,), progress = example.tasks, Progress(example.progress) if example.progress else None
    told = {finding.rule.code for finding in found(catalog, example.text, task, *OURS, progress=progress)}
    assert (code in told) is wrong
    assert wrong or not told


@pytest.mark.parametrize("file", sorted((ROOT / "examples").rglob("*.yaml")), ids=lambda file: file.stem)
def test_complete_units_are_clean(catalog: Catalog, file: Path) -> None:
    """Hundreds of figures that add up: not one is doubted."""
    reviewer = Reviewer(catalog, Settings(OURS))
    (submission,), _ = read_file(file, catalog)
    out = Collector(str(file))
    reviewer.review(submission, out)
    assert [(finding.task, finding.message) for finding in out.findings] == []


def test_official_wording_is_never_doubted(catalog: Catalog) -> None:
    """The official text is no answer, but none of its numbers is the unit's: to its own task or to any other."""
    reviewer = Reviewer(catalog, Settings(OURS))
    texts = [task.text for task in catalog.tasks.values()]
    for text in texts:
        assert [finding.message for task in catalog.tasks for finding in _one(reviewer, task, text)] == []


def _one(reviewer: Reviewer, task: str, text: str) -> list:
    out = Collector("甲.yaml")
    reviewer.review(Submission("甲", entries={task: Entry(task, status=text)}), out)
    return out.findings


SILENT = (Path(__file__).parent / "data" / "figures-right.txt").read_text("utf-8").splitlines()
TOLD = (Path(__file__).parent / "data" / "figures-wrong.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", SILENT)
def test_silent(catalog: Catalog, line: str) -> None:
    """Texts as offices write them, in which something looks like a relation and is none, or another one."""
    task, _, text = line.rpartition("|")
    assert [finding.message for finding in found(catalog, text.replace("↵", "\n"), task or "1.1", *OURS)] == []


@pytest.mark.parametrize("line", TOLD)
def test_told(catalog: Catalog, line: str) -> None:
    """One figure was changed: exactly one finding, of the rule that is meant."""
    code, task, text = line.split("|")
    findings = found(catalog, text.replace("↵", "\n"), task or "1.1", *OURS)
    assert [finding.rule.code for finding in findings] == [code]
    assert findings[0].hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "累计参加考核5218人，通过4390人，通过率94.1%。",
            "“累计参加考核5218人，通过4390人，通过率94.1%”：通过率写的是94.1%，按4390÷5218应为84.1%",
        ),
        (
            "总投资3.42亿元，其中财政1.9亿元，占65.6%。",
            "“总投资3.42亿元，其中财政1.9亿元，占65.6%”：占比写的是65.6%，按1.9亿元÷3.42亿元应为55.6%",
        ),
        ("合格率116.8%。", "“合格率116.8%”超过了100%"),
        (
            "录取862人，其中退役军人138人、农民工428人、其他396人。",
            "“录取862人，其中退役军人138人、农民工428人、其他396人”：各项138＋428＋396＝962，总数写的是862人",
        ),
        (
            "配套310万元，其中培训96万元、考核240万元。",
            "“配套310万元，其中培训96万元、考核240万元”：其中各项96万元＋240万元＝336万，总数写的是310万元",
        ),
        (
            "投资3.42亿元（政府1.9亿元、企业1.87亿元）。",
            "“投资3.42亿元（政府1.9亿元、企业1.87亿元”：其中各项1.9亿元＋1.87亿元＝3.77亿，总数写的是3.42亿元",
        ),
        (
            "中职17234人、普通高中19266人，职普比42.7∶57.3。",
            "“中职17234人、普通高中19266人，职普比42.7∶57.3”：比值写的是42.7∶57.3，按17234∶19266应为47.2∶52.8",
        ),
        (
            "普通高中19266人、中职17234人，职普比42.7∶57.3。",
            "“普通高中19266人、中职17234人，职普比42.7∶57.3”：比值写的是42.7∶57.3，按17234∶19266应为47.2∶52.8",
        ),
        (
            "教师562人、学生11286人，生师比18∶1。",
            "“教师562人、学生11286人，生师比18∶1”：比值写的是18∶1，按11286∶562应为20∶1",
        ),
        ("职普比47.2∶53.8。", "“职普比47.2∶53.8”两项相加是101.0，应为100"),
        ("截至2019年2月29日。", "“2019年2月29日”：2019年2月只有28天"),
        ("2020年6月28日至31日。", "“6月28日至31日”：6月只有30天".replace("“6月", "“2020年6月")),
        ("7月15日25时30分截止。", "“25时30分”：没有这个时刻"),
        (
            "学校由28所降至23所，减少19.7%。",
            "“学校由28所降至23所，减少19.7%”：减少写的是19.7%，按（28－23）÷28应为17.9%",
        ),
        (
            "入学率由93.8%提高到94.6%，提高1.8个百分点。",
            "“入学率由93.8%提高到94.6%，提高1.8个百分点”：相差写的是1.8个百分点，按94.6%－93.8%应为0.8个百分点",
        ),
        (
            "投入由1.2亿元增加到1.5亿元，增加0.5亿元。",
            "“投入由1.2亿元增加到1.5亿元，增加0.5亿元”：相差写的是0.5亿元，按1.5亿元－1.2亿元应为0.3亿元",
        ),
        ("就业率由95.2%下降到96.4%。", "“就业率由95.2%下降到96.4%”：说的是下降，数字是增加的"),
        ("费用下降120%。", "“下降120%”：减少的不会超过100%"),
    ],
)
def test_messages(catalog: Catalog, text: str, message: str) -> None:
    """A message quotes the place and shows the sum, so that a clerk can check it with a pocket calculator."""
    (finding,) = found(catalog, text, "1.1", *OURS)
    assert finding.message == message


def percent(part: int, whole: int, places: int) -> Decimal:
    """A share as a clerk rounds it."""
    return (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


SHARES = st.tuples(st.integers(1000, 90_000), st.integers(800, 950))
FORMS = ["参加{0}人，通过{1}人，通过率{2}%", "招生{0}人，其中平台录取{1}人，占{2}%", "培训{1}人次，占总量{0}人次的{2}%"]


@QUICK
@given(SHARES, st.integers(0, 2), st.sampled_from(FORMS))
def test_shares(numbers: tuple[int, int], places: int, form: str) -> None:
    """Whatever is written in agreement is left alone; eleven points less are told, once."""
    whole, part = numbers[0], numbers[0] * numbers[1] // 1000
    right = percent(part, whole, places)
    for share, codes in ((right, []), (right - 11, ["ZJ307"])):
        findings = found(load_catalog(), form.format(whole, part, share) + "。", "1.1", *OURS)
        assert [finding.rule.code for finding in findings] == codes


@QUICK
@given(st.lists(st.integers(1, 9000), min_size=2, max_size=5), st.integers(1, 500))
def test_sums(parts: list[int], off: int) -> None:
    """Parts that make up the whole are left alone; a whole that is greater or smaller is told, once."""
    names = "甲乙丙丁其"
    told = (
        "、".join(f"{name}类{part}人" for name, part in zip(names, parts[:-1], strict=False)) + f"、其他{parts[-1]}人"
    )
    for total, codes in ((sum(parts), []), (sum(parts) + off, ["ZJ308"])):
        findings = found(load_catalog(), f"录取{total}人，其中{told}。", "1.1", *OURS)
        assert [finding.rule.code for finding in findings] == codes
    listed = told.replace("其他", "戊类")
    for total, codes in ((sum(parts), []), (sum(parts) + 10**9, ["ZJ308"])):
        findings = found(load_catalog(), f"录取{listed}，合计{total}人。", "1.1", *OURS)
        assert [finding.rule.code for finding in findings] == codes


@QUICK
@given(st.integers(1000, 50_000), st.integers(10, 200), st.integers(0, 2))
def test_changes(since: int, more: int, places: int) -> None:
    """Growth that agrees with the figures is left alone; seven points more are told, once."""
    now = since + since * more // 1000
    right = percent(now - since, since, places)
    for grown, codes in ((right, []), (right + 7, ["ZJ311"])):
        for form in (
            f"由{since}人增加到{now}人，增长{grown}%",
            f"招生{now}人，比上年的{since}人增加{now - since}人，增长{grown}%",
            f"招生{now}人，较上年增加{now - since}人，增长{grown}%",
            f"2018年{since}人、2019年{now}人，增长{grown}%",
        ):
            findings = found(load_catalog(), form + "。", "1.1", *OURS)
            assert [finding.rule.code for finding in findings] == codes


@QUICK
@given(st.dates())
def test_dates_of_the_calendar(day) -> None:
    """No day that there is is doubted."""
    text = f"{day.year:04d}年{day.month}月{day.day}日印发，{day.month}月{day.day}日24时截止。"
    assert found(load_catalog(), text, "1.1", "ZJ310") == []


PIECES = st.sampled_from(
    ["其中", "99999999999999999999万亿元", "0.000000000000000001元", "99999999999999999999万亿人", "，", "、", "。", "（", "）", "占", "合计", "其余", "由", "增加到", "比", "增长", "减少", "前者高", "职普比", "中", "的", "分别占", "5人", "12人", "100人", "3.2万元", "96.3%", "50%", "0人", "47.2∶52.8", "2018年", "2019年", "2个百分点", "3人次", "合格", "合格率", "每年", "教师实践", "2月30日", "生均财政拨款", "高职", "\n", "教材每5年修订", "计划2022年建成集团", "自2021年起", "账号", "质量报告"]
)  # fmt: skip


@QUICK
@given(
    st.lists(PIECES, max_size=25).map("".join),
    st.sampled_from(["1.1", "2.1", "8.1", "9.4", "12.2", "13.4", "16.1", "16.4"]),
)
def test_any_text(text: str, task: str) -> None:
    """Whatever stands in a text, review ends, and a finding quotes no more than it should."""
    for finding in found(load_catalog(), text, task, *OURS):
        assert len(finding.message) < 300


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        ("参加100人，通过50人，通过率90%，", "ZJ307"),
        ("共100人（甲60人、乙60人），", "ZJ308"),
        ("共100人，其中甲60人、乙60人，", "ZJ308"),
        ("由28所降至23所，减少19.7%，", "ZJ311"),
        ("职普比40.1∶57.8，", "ZJ309"),
    ],
)
def test_one_endless_sentence(catalog: Catalog, piece: str, code: str) -> None:
    """A text without a stop is read as fast as others, and a rule names twenty places, not a thousand."""
    assert 0 < [finding.rule.code for finding in found(catalog, piece * 800, "1.1", code)].count(code) <= 20


@pytest.mark.parametrize(
    ("task", "text", "codes"),
    [
        ("1.1", "另有12人，由10人增至15人，增长20%。", []),
        ("1.1", "培训1860人次，占2019年培训总量5860人次的37.1%。", ["ZJ307"]),
        ("1.1", "培训1860人次，占2019年培训总量5860人次的31.7%。", []),
        ("1.1", "占2019年培训总量5860人次的37.1%。", []),
        ("1.1", "培训1860人次，是2019年总量5860人次的37.1%。", []),
        ("13.4", "计划2021年建成示范性职业教育集团1个。", ["ZJ504"]),
        ("13.4", "2021年示范性职业教育集团1个已经建成。", []),
        ("16.4", "因建校，高职生均财政拨款1.1万元。\n高职生均财政拨款1.1万元。", ["ZJ501"]),
        ("16.4", "高职生均财政拨款1.1万元。\n因建校，高职生均财政拨款1.1万元。", ["ZJ501"]),
    ],
)
def test_what_other_words_and_figures_clear(catalog: Catalog, task: str, text: str, codes: list[str]) -> None:
    """Another pair gives the change, a year is no part, what is done is no plan; a reason holds for its paragraph."""
    assert [finding.rule.code for finding in found(catalog, text, task, *OURS)] == codes
