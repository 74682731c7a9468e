"""What is fuzzed: the whole way from the bytes of a status file to its submissions and its review."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zhijiao20.findings import Collector
from zhijiao20.formats import read_raw
from zhijiao20.formats.errors import FormatError
from zhijiao20.intake.table import trees_from_table
from zhijiao20.intake.text import keep_text
from zhijiao20.intake.tree import submission_from_tree
from zhijiao20.model import Submission, Table, unit_problem
from zhijiao20.resources import load_catalog
from zhijiao20.rules import Reviewer

FORMATS = ("yaml", "csv", "xlsx", "docx")
CORPUS = Path(__file__).parent / "corpus"


@cache
def reviewer() -> Reviewer:
    """The rules, made ready once."""
    return Reviewer(load_catalog())


def read(kind: str, data: bytes) -> list[Submission]:
    """Read and review the bytes of a status file; nothing but a submission or a finding may come of them.

    Raises:
        AssertionError: what was read cannot be what the rest of the program relies on.
    """
    out = Collector(f"甲.{kind}")
    try:
        raw = read_raw(f".{kind}", data, out, load_catalog())
    except FormatError as error:
        out.add(error.code, error.message, error.hint, place=error.place)
        raw = None
    if raw is None:
        assert out.findings[-1].message
        assert out.findings[-1].rule.code in {"ZJ002", "ZJ003", "ZJ004"}
        return []
    trees = trees_from_table(raw, load_catalog(), out, "甲") if isinstance(raw, Table) else [raw]
    found = [submission_from_tree(tree, load_catalog(), out, "甲" if kind == "docx" else "") for tree in trees]
    submissions = [submission for submission in found if submission]
    for submission in submissions:
        reviewer().review(submission, out)
        check(submission)
    for finding in out.findings:
        assert finding.message
        assert finding.place.line is None or finding.place.line > 0
    return submissions


def check(submission: Submission) -> None:
    """Whatever was read, a document can hold it."""
    assert not unit_problem(submission.unit)
    assert list(submission.entries) == [task for task in load_catalog().tasks if task in submission.entries]
    for entry in submission.entries.values():
        unheard = Collector("")
        for text in (entry.status, entry.remark, *entry.evidence):
            assert keep_text(text, unheard, place=entry.place, task=entry.task, field="") == text
        assert not unheard.findings
