"""Several units into one text a task: everyone's words, each under its name.  Pure.

Order given is order out, so the same submissions in the same order always give the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhijiao20.catalog import Catalog
from zhijiao20.findings import RULES, Finding
from zhijiao20.intake.wording import fold
from zhijiao20.model import Entry, Progress, Submission
from zhijiao20.rules.applicability import gives_no_reason, is_not_applicable


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged submission.

    Attributes:
        units: the units in order.
        periods: the different 报告期 that were given, in order; white space and width make no other one.
        cells: task id → the paragraphs of its cell; a task that nobody reported on is not there.
        findings: an info for each unit of which a 不涉及 was left out.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one unit says on one task; all that is kept of its entry."""

    unit: str
    file: str
    entry: Entry


def merge(submissions: Iterable[Submission], catalog: Catalog) -> Merged:
    """Merge submissions task by task.

    One unit: its own text.  Several: each unit's paragraphs in turn, the first one led by 【单位】; units with the
    same text share it; 不涉及 is left out, with an info, where another unit reports on the task.
    """
    units: list[str] = []
    periods: dict[str, str] = {}
    voices: dict[str, list[_Voice]] = {task: [] for task in catalog.tasks}
    for submission in submissions:
        units.append(submission.unit)
        if period := fold(submission.period):
            periods.setdefault(period, submission.period)
        for task, entry in submission.entries.items():
            if is_not_applicable(entry) or not entry.blank:
                voices[task].append(_Voice(submission.unit, submission.file, entry))
    cells: dict[str, tuple[str, ...]] = {}
    left_out: dict[str, list[_Voice]] = {}
    for task, said in voices.items():
        kept, others = _choose(said, len(units))
        if kept:
            cells[task] = tuple(kept)
        for voice in others:
            left_out.setdefault(voice.unit, []).append(voice)
    return Merged(tuple(units), tuple(periods.values()), cells, tuple(_tell(voices) for voices in left_out.values()))


def _choose(said: list[_Voice], units: int) -> tuple[list[str], list[_Voice]]:
    """The paragraphs of a cell, and the voices that it leaves out."""
    reports = [voice for voice in said if not is_not_applicable(voice.entry)]
    others = [voice for voice in said if is_not_applicable(voice.entry)]
    reasons = [voice for voice in others if not gives_no_reason(voice.entry)]
    if units == 1:
        return [line for voice in said for line in _paragraphs(voice)], []
    if reports:
        return _labelled(reports), others
    if reasons:
        return _labelled(reasons), [voice for voice in others if gives_no_reason(voice.entry)]
    if others and len(others) == units:
        return [Progress.NOT_APPLICABLE.value], []
    return _labelled(others), []


def _paragraphs(voice: _Voice) -> list[str]:
    return [Progress.NOT_APPLICABLE.value] if voice.entry.blank else voice.entry.status.split("\n")


def _labelled(voices: list[_Voice]) -> list[str]:
    """Each text once, led by the names of all units that gave it."""
    together: dict[tuple[str, ...], list[str]] = {}
    for voice in voices:
        together.setdefault(tuple(_paragraphs(voice)), []).append(voice.unit)
    lines: list[str] = []
    for paragraphs, units in together.items():
        lines.append(f"【{'、'.join(units)}】{paragraphs[0]}")
        lines.extend(paragraphs[1:])
    return lines


def _tell(left_out: list[_Voice]) -> Finding:
    """The info for one unit: which of its 不涉及 the merged form does not show."""
    first = left_out[0]
    tasks = "、".join(voice.entry.task for voice in left_out)
    return Finding(
        first.file,
        first.entry.text_place,
        first.unit,
        None,
        RULES["ZJ604"],
        f"{len(left_out)} 项“不涉及”未并入汇总，用的是别的单位的文字：{tasks}",
        "如要保留其中某项的说明，把它的进展改成其他三种",
    )
