"""What is fuzzed: the whole way from the bytes of a status file to its submissions and its review."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from arrivals import made_ready, unpacked

from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Submission, unit_problem
from zhijiao20.formats.normalize.clean_text import keep_text
from zhijiao20.formats.read import read_content
from zhijiao20.rules.engine import Reviewer
from zhijiao20.system.discovery import load_catalog

FORMATS = ("yaml", "csv", "xlsx", "docx")
KINDS = (*FORMATS, "zip", "old")
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
    if kind == "zip":
        return [submission for name, part in unpacked(data) for submission in read(Path(name).suffix[1:].lower(), part)]
    if kind == "old":
        made_ready(data)
        return []
    submissions, out = read_content(Path(f"甲.{kind}"), data, load_catalog())
    for submission in submissions:
        reviewer().review(submission, out.of_unit(submission.unit))
        check(submission, {finding.rule.code for finding in out.findings})
    for finding in out.findings:
        assert finding.message
        assert finding.place.line is None or finding.place.line > 0
    return submissions


def check(submission: Submission, told: set[str]) -> None:
    """Whatever was read, a document can hold it; characters that were lost before it came (ZJ007) stay, and are told."""
    assert not unit_problem(submission.unit)
    assert list(submission.entries) == [task for task in load_catalog().tasks if task in submission.entries]
    for entry in submission.entries.values():
        unheard = Collector("")
        for text in (entry.status, entry.remark, *entry.evidence):
            assert keep_text(text, unheard, place=entry.place, task=entry.task, field="") == text
        assert {finding.rule.code for finding in unheard.findings} <= {"ZJ007"} & told
