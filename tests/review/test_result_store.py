"""Findings and texts that lie on disk are the ones that would lie in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from county import county
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.commands.render import render
from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place, Report, StoredFindings
from zhijiao20.core.merge import InMemoryTextStore, Merging, UnitText
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.settings import Settings
from zhijiao20.output import github, json, junit, sarif, terminal
from zhijiao20.review import result_store
from zhijiao20.review.result_store import TemporaryTextStore
from zhijiao20.system.discovery import load_catalog
from zhijiao20.system.temp_store import TempStore

QUICK = settings(deadline=None, derandomize=True)


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Report, Report]:
    """The same review with its findings in memory, and with all of them on disk."""
    folder = county(tmp_path / "各单位")
    held = validate([folder])
    monkeypatch.setattr(result_store, "HELD_LIMIT", -1)
    return held, validate([folder])


def test_the_same_findings(both: tuple[Report, Report]) -> None:
    """Finding for finding, walk after walk, also those of rules between units, in their places."""
    held, many = both
    assert isinstance(held.findings, tuple)
    assert isinstance(many.findings, StoredFindings)
    assert isinstance(many.waived, StoredFindings)
    for _ in range(2):
        assert (tuple(many.findings), tuple(many.waived)) == (held.findings, held.waived)
    assert {"ZJ107", "ZJ201", "ZJ601"} <= {finding.rule.code for finding in held.findings}
    assert len(held.waived) == 1


@pytest.mark.parametrize("held", [result_store.HELD_LIMIT, -1], ids=["in-memory", "on-disk"])
def test_what_is_found_between_units_stands_in_its_place(
    tmp_path: Path, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one file line by line: a near-copy between the gaps before and behind it."""
    monkeypatch.setattr(result_store, "HELD_LIMIT", held)
    text = "成立由分管副县长任组长的领导小组，建立季度调度制度，把职业教育纳入对乡镇的年度考核，全年召开调度会四次。"
    for unit in "甲乙":
        content = f"单位: {unit}\n任务:\n  '1.1': ''\n  '1.2': {text}\n  '2.1': ''\n"
        (tmp_path / f"{unit}.yaml").write_text(content, encoding="utf-8")
    report = validate([tmp_path / "甲.yaml", tmp_path / "乙.yaml"], settings=Settings(("ZJ201", "ZJ601")))
    assert [(finding.unit, finding.place.line, finding.rule.code) for finding in report.findings] == [
        ("甲", 3, "ZJ201"), ("甲", 5, "ZJ201"), ("乙", 3, "ZJ201"), ("乙", 4, "ZJ601"), ("乙", 5, "ZJ201"),
    ]  # fmt: skip


def test_the_same_counts(both: tuple[Report, Report]) -> None:
    """Known without a walk."""
    held, many = both
    assert dict(many.by_rule()) == dict(held.by_rule())
    assert len(many.findings) == len(held.findings)
    assert [many.count(severity) for severity in Severity] == [held.count(severity) for severity in Severity]
    errors = many.only(lambda rule: rule.severity is Severity.ERROR)
    assert tuple(errors) == held.only(lambda rule: rule.severity is Severity.ERROR)
    assert len(errors) == held.count(Severity.ERROR)


def test_membership(both: tuple[Report, Report]) -> None:
    """A collection like any other."""
    held, many = both
    assert list(held.findings)[-1] in many.findings
    assert "话" not in many.findings


@pytest.mark.parametrize(
    "write", [terminal.write, json.write, github.write, junit.write], ids=["text", "json", "github", "junit"]
)
def test_the_same_report(both: tuple[Report, Report], write: Callable[..., None]) -> None:
    """To the character."""
    import io

    shown = [io.StringIO(), io.StringIO()]
    for report, stream in zip(both, shown, strict=True):
        write(report, stream)
    assert shown[0].getvalue() == shown[1].getvalue()
    assert shown[0].getvalue()


def test_the_same_log(both: tuple[Report, Report]) -> None:
    """SARIF too, but for the order of its table of rules."""
    import io
    import json as plain

    logs = []
    for report in both:
        stream = io.StringIO()
        sarif.write(report, stream)
        run = plain.loads(stream.getvalue())["runs"][0]
        logs.append([{**result, "ruleIndex": None} for result in run["results"]])
        rules = run["tool"]["driver"]["rules"]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert logs[0] == logs[1]


def test_a_render_that_is_stopped_tells_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors stop it, however many there are."""
    folder = county(tmp_path / "各单位")
    held = render([folder], tmp_path / "表.docx")
    monkeypatch.setattr(result_store, "HELD_LIMIT", -1)
    many = render([folder], tmp_path / "表.docx", allow_incomplete=True)
    told = [finding.rule.code for finding in held.stopped]
    assert [finding.rule.code for finding in many.stopped] == [code for code in told if code not in {"ZJ201", "ZJ202"}]
    assert many.gaps == len(told) - len(many.stopped)
    assert not (tmp_path / "表.docx").exists()


SAID = st.lists(
    st.tuples(
        st.sampled_from(["1.1", "1.2"]),
        st.integers(0, 2),
        st.text("一二\n\u2028\ud800", max_size=5),
        st.builds(Place, st.none() | st.integers(1, 9)),
    ).map(lambda row: UnitText(*row)),
    max_size=2,
    unique_by=lambda voice: voice.task,
)


@QUICK
@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), SAID), max_size=6), st.sampled_from([0, 40, 10_000]))
def test_merging_by_way_of_the_disk(catalog: Catalog, units: list[tuple[str, list[UnitText]]], size: int) -> None:
    """Whatever part of the texts lies there, the cells and findings are those of texts in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(result_store, "_PENDING_LIMIT", size)
        merged = []
        for texts in (InMemoryTextStore(), TemporaryTextStore(TempStore())):
            merging = Merging(load_catalog(), texts)
            for name, said in units:
                merging.take(name, f"{name}.yaml", "", said)
            merged.append(merging.finish())
        assert merged[0] == merged[1]
        assert dict(merged[1].cells) == dict(merged[0].cells)


def test_many_findings_are_counted_by_rule() -> None:
    """The number of a rule's findings is the number of times it was found."""
    many = StoredFindings(lambda: iter(()), {RULES["ZJ201"]: 3, RULES["ZJ112"]: 4})
    assert len(many) == 7
    assert Report(1, 1, many).failed
