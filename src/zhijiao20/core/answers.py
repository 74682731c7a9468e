"""What a unit has answered, task by task: small enough to be held for 12,000 units.  No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from zhijiao20.core.submission import Entry, Progress, Submission, is_not_applicable

DONE, ONGOING, NOT_STARTED, NOT_APPLICABLE, UNMARKED, EMPTY, OUTSIDE, NOT_SENT = "donxfe-m"
"""The states of a task: the four 进展, a text without 进展, no text, not the unit's task, and no file of the unit."""

_BY_PROGRESS = {Progress.DONE: DONE, Progress.ONGOING: ONGOING, Progress.NOT_STARTED: NOT_STARTED, None: UNMARKED}
_SIZE = 8  # bytes of a digest
_NO_DIGEST = bytes(_SIZE)


class Answers(NamedTuple):
    """The answers of a unit to all tasks.

    Attributes:
        states: one letter for each task in official order.
        digests: a digest of what is filled in, of the same length for each task; zeros where nothing is.
    """

    states: str
    digests: bytes


def answers_of(submission: Submission, tasks: Iterable[str]) -> Answers:
    """Return the answers of a submission to the given tasks."""
    states: list[str] = []
    digests: list[bytes] = []
    entries, duties = submission.entries, submission.duties
    for task in tasks:
        entry = entries.get(task)
        outside = duties is not None and task not in duties
        if entry is None:
            states.append(OUTSIDE if outside else EMPTY)
            digests.append(_NO_DIGEST)
            continue
        states.append(OUTSIDE if outside else _state(entry))
        status, progress, remark, items = entry.status, entry.progress or "", entry.remark, entry.evidence
        if status or progress or remark or any(items):
            said = "\0".join((status, progress, remark, *items)).encode("utf-8", "surrogatepass")
            digests.append(blake2b(said, digest_size=_SIZE).digest())
        else:
            digests.append(_NO_DIGEST)
    return Answers("".join(states), b"".join(digests))


def _state(entry: Entry) -> str:
    progress = entry.progress
    if progress is Progress.NOT_APPLICABLE or (progress is None and is_not_applicable(entry)):
        return NOT_APPLICABLE
    return EMPTY if entry.blank else _BY_PROGRESS[progress]


def differing(versions: Sequence[Answers], tasks: Iterable[str]) -> tuple[str, ...]:
    """Return the tasks in which several versions of one unit's answers differ."""
    return tuple(
        task
        for index, task in enumerate(tasks)
        if len({version.digests[index * _SIZE : (index + 1) * _SIZE] for version in versions}) > 1
    )


def combined(versions: Sequence[str]) -> str:
    """Return the states of several versions as one: what any of them has filled in, the first one first."""
    if len(versions) == 1:
        return versions[0]
    return "".join(next((state for state in states if state != EMPTY), EMPTY) for states in zip(*versions, strict=True))
