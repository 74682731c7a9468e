"""Decide the state of each unit of a round from what was read, and which files belong to nobody.  No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from zhijiao20.core.answers import EMPTY, NOT_APPLICABLE, NOT_SENT, OUTSIDE, combined, differing
from zhijiao20.core.identify import Directory, KnownBy
from zhijiao20.core.roster import RosterUnit
from zhijiao20.core.round import NOT_SENT_STATES, Kind, OtherFile, Part, ReadFile, Round, SentFile, State, UnitState
from zhijiao20.core.rule_table import BLANK_FORM, Rule, Severity
from zhijiao20.core.submission import TaskCounts
from zhijiao20.core.unit_names import file_stems, unit_from_file_name, unit_key
from zhijiao20.core.wording import fold


class Findings(NamedTuple):
    """The findings of a unit: their number by severity, and of errors and warnings by rule."""

    counts: Mapping[Severity, int]
    rules: Mapping[Rule, int]


def state_of_round(
    files: Iterable[ReadFile],
    findings: Callable[[str], Findings],
    tasks: Sequence[str],
    directory: Directory | None = None,
    *,
    deadline: date | None = None,
    today: date | None = None,
) -> Round:
    """Return the state of a round.

    Args:
        files: what was read, in the order of the files.
        findings: returns the findings of a unit that was read, by its label.
        tasks: the ids of all tasks in official order.
        directory: the names of the roster; None without one, then there is an entry for each unit that was found.
        deadline: the date by which the units have to send.
        today: the day that decides whether a deadline is past; None for no decision.
    """
    sorting = _Sorting(directory)
    waiting = [file for file in files if not sorting.take_parts(file)]
    for file in waiting:  # after all units are known that name themselves
        sorting.take_unknown(file)
    roster = directory.roster if directory else None
    views = _Views(findings, tuple(tasks), deadline, today)
    if roster is None:
        units = [
            views.of(RosterUnit(name, superior=found.superior, tasks=views.tasks), name, found)
            for name, found in sorting.by_name()
        ]
    else:
        empty = _Sent()
        units = [views.of(unit, label, sorting.sent.get(label, empty)) for label, unit in roster.by_label.items()]
    return Round(units, sorting.others, roster.file if roster else "", deadline, today)


@dataclass(slots=True)
class _Sent:
    """What was sent by a unit: its files in order, and its parts in those that were read."""

    labels: list[str] = field(default_factory=list)
    files: list[tuple[ReadFile, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def superior(self) -> str:
        """The 上级 that the first file which says one gives."""
        return next((part.superior for part in self.parts if part.superior), "")


class _Sorting:
    """Sorts files by their units."""

    def __init__(self, directory: Directory | None) -> None:
        self._directory = directory
        self.sent: dict[str, _Sent] = {}
        self.others: list[OtherFile] = []

    def take_parts(self, file: ReadFile) -> bool:
        """Take the parts of a file; return whether it has any."""
        for part in file.parts:
            if not part.unit:
                self._take_nobody(file, part)
                continue
            sent = self._of(part.unit)
            sent.parts.append(part)
            if not sent.files or sent.files[-1][0] is not file:
                sent.files.append((file, part.known_by))
        return bool(file.parts)

    def take_unknown(self, file: ReadFile) -> None:
        """Take a file from which no unit was taken: its name may say whose it is."""
        if self._directory is None:
            keys = (unit_key(unit_from_file_name(stem)) for stem in file_stems(file.path))
            sent = next((self.sent[key] for key in keys if key in self.sent), None)
            if sent is not None:
                sent.files.append((file, KnownBy.FILE_NAME))
            else:
                self.others.append(OtherFile(file.path, file.problem, file.hint, (), file.kind is not Kind.OTHER))
            return
        identity = self._directory.by_file(file.path)
        if identity.unit is not None:
            label = self._directory.roster.label(identity.unit)
            self._of(label).files.append((file, KnownBy.FILE_NAME))
            return
        fitting = tuple(map(self._directory.roster.label, identity.fitting))
        nearest = fitting or self._directory.nearest(unit_from_file_name(file_stems(file.path)[0]))
        self.others.append(OtherFile(file.path, file.problem, file.hint, nearest, file.kind is not Kind.OTHER))

    def _take_nobody(self, file: ReadFile, part: Part) -> None:
        if part.known_by:
            what = "填报文件，里面没有写单位，看文件名也认不出是哪一个"
        else:
            unknown = "名册里认不出是哪一个" if part.nearest else "名册里没有"
            what = f"填报文件，单位写的是“{part.written}”，{unknown}"
        hint = NAMESAKES_HINT if self._are_namesakes(part.nearest) else NOBODY_HINT
        self.others.append(OtherFile(file.path, what, hint, part.nearest))

    def _are_namesakes(self, labels: Sequence[str]) -> bool:
        """Check whether several units of one name were offered."""
        by_label = self._directory.roster.by_label if self._directory else {}
        return len(labels) > 1 and len({by_label[label].name for label in labels if label in by_label}) == 1

    def _of(self, unit: str) -> _Sent:
        key = unit if self._directory else unit_key(unit)
        sent = self.sent.setdefault(key, _Sent())
        if unit not in sent.labels:
            sent.labels.append(unit)
        return sent

    def by_name(self) -> Iterable[tuple[str, _Sent]]:
        """Yield what was sent under the first name that each unit was called."""
        return ((sent.labels[0], sent) for sent in self.sent.values())


NAMESAKES_HINT = "在文件夹或文件名里写上它的上级"
NOBODY_HINT = "在文件里写上名册里的全称；是名册漏了的，补进名册"


@dataclass(frozen=True, slots=True)
class _Views:
    """Makes the state of each unit."""

    findings: Callable[[str], Findings]
    tasks: tuple[str, ...]
    deadline: date | None
    today: date | None
    _not_sent: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(self, unit: RosterUnit, label: str, sent: _Sent) -> UnitState:
        """Return the state of a unit."""
        counts, rules = self._findings(sent)
        state = _state(sent, counts, rules)
        versions = [part.answers for part in sent.parts]
        states = combined([version.states for version in versions]) if versions else self._states_not_sent(unit)
        several = state is State.SEVERAL
        differ = differing(versions, self.tasks) if several else ()
        deadline = unit.deadline or self.deadline
        past = deadline is not None and self.today is not None and self.today > deadline
        return UnitState(
            unit.name,
            label,
            state,
            past and state in NOT_SENT_STATES,
            deadline,
            unit.category,
            unit.superior,
            tuple(SentFile(file.path, known_by, file.problem, file.hint, file.kind) for file, known_by in sent.files),
            _task_counts(states),
            states,
            differ,
            several and not differ and all(file.kind in {Kind.READ, Kind.OTHER} for file, _ in sent.files),
            counts,
            rules,
        )

    def _findings(self, sent: _Sent) -> Findings:
        """Return the findings of a unit: those of the submissions, and those of files without one."""
        counts: Counter[Severity] = Counter()
        rules: Counter[Rule] = Counter()
        for found in map(self.findings, {fold(label): label for label in sent.labels}.values()):
            counts.update(found.counts)
            rules.update(found.rules)
        for file, _ in sent.files:
            counts.update(file.counts)
        return Findings(counts, rules)

    def _states_not_sent(self, unit: RosterUnit) -> str:
        """Return the states of the tasks of a unit of which nothing was read; few sets of duties are different."""
        if unit.tasks not in self._not_sent:
            own = frozenset(unit.tasks)
            self._not_sent[unit.tasks] = "".join(NOT_SENT if task in own else OUTSIDE for task in self.tasks)
        return self._not_sent[unit.tasks]


def _state(sent: _Sent, counts: Mapping[Severity, int], rules: Mapping[Rule, int]) -> State:
    """Return the state of a unit; a picture or a PDF beside a status file is no second version of it."""
    read = len(sent.parts) + sum(file.kind is Kind.FAULTY for file, _ in sent.files)
    unread = sum(file.kind is Kind.UNREAD for file, _ in sent.files)
    if not sent.files:
        return State.MISSING
    if not read:
        return State.UNREAD
    if read + unread > 1:
        return State.SEVERAL
    if any(rule.code == BLANK_FORM for rule in rules):
        return State.BLANK
    if counts.get(Severity.ERROR):
        return State.ERRORS
    return State.WARNINGS if counts.get(Severity.WARNING) else State.CLEAN


def _task_counts(states: str) -> TaskCounts:
    """Count the tasks by their states."""
    counted = Counter(states)
    assigned = len(states) - counted[OUTSIDE]
    empty, not_applicable = counted[EMPTY] + counted[NOT_SENT], counted[NOT_APPLICABLE]
    return TaskCounts(assigned, assigned - empty - not_applicable, not_applicable, empty)
