"""Any submission, written in any format and read back, is what it was in all that the format holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Finding
from zhijiao20.core.garbled import LOST_MARKS
from zhijiao20.core.submission import Entry, Progress, Submission, is_blank, unit_problem
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.core.wording import fold
from zhijiao20.formats.read import read_content
from zhijiao20.formats.write import divided, left_out, write_status_file
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
KINDS = ["yaml", "csv", "xlsx", "docx"]
SEVERAL = ["csv", "xlsx"]

# All of Unicode that XML can hold, but for what a lost character leaves, of which something is said; a CR is a line end
# like LF, which the texts below put in themselves.
XML = st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(9)), *map(chr, range(10, 32)), "\ufffe", "\uffff", *LOST_MARKS])  # fmt: skip
ODD = [
    *("=1+1", "+8", "-a", "@b", "'引", "''", "\t=x", "\t", " 首", "尾 ", "\u3000\u3000缩进", "\u00a0", "\u200b", "\ufeff"),
    *("“中”\n\n尾", "\n首空行", "尾空行\n", "a\n\tb\n  c", "𠮷䶮㛃", "e\u0301", "שלום", "👨\u200d👩", "葛\U000e0100", "\x7f\x85"),
    *("\u2028\u2029", "_x000D_", "<r>粗</r>", "]]>&amp;", "# 号", "- 项", "键: 值", "|-", "~", "null", "1.10", "二；三", "；"),
]  # fmt: skip
line = st.text(XML, max_size=25)
text = st.lists(line, max_size=4).map("\n".join) | st.sampled_from(ODD)
item = line.filter(lambda value: not is_blank(value)) | st.sampled_from(
    [one for one in ODD if not is_blank(one) and "\n" not in one]
)
name = st.text(XML, min_size=1, max_size=30).filter(
    lambda value: not unit_problem(value) and plain_unit(value) == value
) | st.sampled_from(["澄州市教育局", "=1+1", "'引", "no", "1.10", "a: b", '"引"', "-1", "𠮷", "局、处"])
entry = st.builds(
    lambda progress, status, evidence, remark: Entry("", progress, status, tuple(evidence), remark),
    st.none() | st.sampled_from(Progress),
    text,
    st.lists(item, max_size=3),
    text,
)


def of(unit: str, period: str, entries: dict[str, Entry]) -> Submission:
    """A submission with these entries."""
    named = {task: replace(one, task=task) for task, one in entries.items()}
    return Submission(unit, period=period, entries=named)


submission = st.builds(
    of,
    name,
    st.sampled_from(["", "2020年上半年", "=2020", "2020-01", "'二"]),
    st.dictionaries(st.sampled_from(list(CATALOG.tasks)), entry, max_size=6),
)
many = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)  # fmt: skip


def read_back(data: bytes, kind: str) -> tuple[list[Submission], list[Finding]]:
    """The submissions in a file that was just written, and what is said of it."""
    made, out = read_content(Path(f"甲.{kind}"), data, CATALOG)
    return made, out.findings


def held(made: Submission, kind: str) -> dict[str, tuple[object, ...]]:
    """What a format holds of each task; in Word, 不涉及 without a text is that word, and a blank is nothing."""
    found: dict[str, tuple[object, ...]] = {}
    for task in CATALOG.tasks:
        one = made.entries.get(task, Entry(task))
        if kind == "docx":
            blank = "不涉及" if one.progress is Progress.NOT_APPLICABLE else ""
            found[task] = (blank if one.blank else one.status,)
        else:
            found[task] = (one.progress, one.status, one.evidence, one.remark)
    return found


def writable(made: Submission, kind: str) -> bool:
    """A line of a Word document holds no unit with blanks at its edges or wide gaps in it: such a one is refused."""
    from zhijiao20.core.header_labels import UNIT_LINE, value_after

    return kind != "docx" or value_after(UNIT_LINE, f"{UNIT_LINE}：{made.unit}") == made.unit


@pytest.mark.parametrize("kind", KINDS)
@many
@given(made=submission)
@example(
    made=of("甲", "", {"1.1": Entry("", evidence=(" 首", "尾\t"), status="\t"), "1.2": Entry("", evidence=("；",))})
)
@example(made=of("甲", "", {str(task): Entry("", status=odd) for task, odd in zip(CATALOG.tasks, ODD, strict=False)}))
def test_what_is_written_is_what_is_read(kind: str, made: Submission) -> None:
    """The identity on every field that the format holds, on all of Unicode; not a word is said of it."""
    if not writable(made, kind):
        return
    (back,), said = read_back(write_status_file(kind, [made], CATALOG), kind)
    assert said == []
    assert (back.unit, back.period) == (made.unit, made.period)
    assert held(back, kind) == held(made, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_lost_characters_stay_and_are_told(kind: str) -> None:
    """What stands in place of a lost character is read as it is, and that is all that is said."""
    made = of("甲校", "", {"1.1": Entry("", status="培训\ufffd人。"), "1.2": Entry("", status="锟斤拷，完成。")})
    (back,), said = read_back(write_status_file(kind, [made], CATALOG), kind)
    assert {finding.rule.code for finding in said} == {"ZJ007"}
    assert held(back, kind) == held(made, kind)


@pytest.mark.parametrize("kind", SEVERAL)
@many
@given(made=st.lists(submission, min_size=2, max_size=3, unique_by=lambda one: fold(one.unit)))
def test_several_units_in_one_file(kind: str, made: list[Submission]) -> None:
    """Several units are several submissions, in their order, each with its own period."""
    back, said = read_back(write_status_file(kind, made, CATALOG), kind)
    assert said == []
    assert [(one.unit, one.period) for one in back] == [(one.unit, one.period) for one in made]
    assert [held(one, kind) for one in back] == [held(one, kind) for one in made]


@pytest.mark.parametrize(("first", "second"), [*permutations(KINDS, 2)])
@settings(many, max_examples=8)
@given(made=submission)
def test_there_and_back(first: str, second: str, made: Submission) -> None:
    """From one format into another and back: what both hold is what it was."""
    if not (writable(made, first) and writable(made, second)):
        return
    (one,), _ = read_back(write_status_file(first, [made], CATALOG), first)
    (two,), _ = read_back(write_status_file(second, [one], CATALOG), second)
    (three,), _ = read_back(write_status_file(first, [two], CATALOG), first)
    assert (three.unit, three.period) == (made.unit, made.period)
    least = "docx" if "docx" in {first, second} else first
    assert held(three, least) == held(made, least)


@many
@given(reporter=line, phone=line, reason=item, status=text)
def test_yaml_keeps_what_only_yaml_has(reporter: str, phone: str, reason: str, status: str) -> None:
    """填报人, 联系电话 and 豁免 have room there and nowhere else."""
    entries = {"1.1": Entry("1.1", status=status, waivers={"ZJ301": reason})}
    made = Submission("甲", reporter=reporter, phone=phone, entries=entries)
    (back,), _ = read_back(write_status_file("yaml", [made], CATALOG), "yaml")
    assert (back.reporter, back.phone, dict(back.entries["1.1"].waivers)) == (reporter, phone, {"ZJ301": reason})
    assert left_out(made, "yaml") == []
    assert left_out(made, "csv") == [*(["填报人"] if reporter else []), *(["联系电话"] if phone else []), "豁免"]


@pytest.mark.parametrize("kind", SEVERAL)
@many
@given(evidence=st.lists(text, max_size=3))
def test_evidence_is_held_or_told(kind: str, evidence: list[str]) -> None:
    """Items of several lines and blank ones: nothing changes in silence, and no text is lost."""
    made = of("甲", "", {"1.1": Entry("", status="文", evidence=tuple(evidence))})
    (back,), _ = read_back(write_status_file(kind, [made], CATALOG), kind)
    found = back.entries["1.1"].evidence
    assert (found == tuple(evidence)) is (divided(made, kind) == [])
    lines = [part for one in evidence for part in one.split("\n") if not is_blank(part)]
    assert [part for one in found for part in one.split("\n")] == lines
