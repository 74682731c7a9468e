"""The data of the overview page: a round as JSON has it, and what else is shown of each unit and each task.

What is needed for the first look is plain JSON; texts, findings and changes of the units are packed unit after unit,
compressed, and unpacked by the page when they are wanted.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from zhijiao20.core import answers
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Finding
from zhijiao20.core.identify import KnownBy
from zhijiao20.core.merge import UnitText
from zhijiao20.core.round import STATE_NAMES, Kind, Round, SentFile, State, UnitState
from zhijiao20.core.round_changes import UnitChange
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.text_changes import changes
from zhijiao20.output.change_words import STATES as CHANGES
from zhijiao20.output.change_words import progress_words, unit_words
from zhijiao20.output.round_data import place_words, round_data, unit_data
from zhijiao20.output.unit_notes import KNOWN_BY, dates_words, note
from zhijiao20.system.temp_store import TempStore

SIGNS = (
    (answers.DONE, "●", "已完成"),
    (answers.ONGOING, "◎", "推进中"),
    (answers.NOT_STARTED, "○", "未启动"),
    (answers.NOT_APPLICABLE, "×", "不涉及"),
    (answers.UNMARKED, "■", "未注明进展"),
    (answers.EMPTY, "△", "没有填"),
    (answers.NOT_SENT, "□", "没有收到"),
    (answers.OUTSIDE, "·", "不归它填"),
)
"""The states of a task: their letter, their sign and their name."""

_MARKS = {None: ".", Severity.INFO: "i", Severity.WARNING: "w", Severity.ERROR: "e"}
_WEIGHTS = [*_MARKS.values()]
_PACK = 400_000  # characters of a pack before it is compressed
_LEVEL = 6  # zlib level


class UnitDetails(NamedTuple):
    """What is shown of a unit.

    Attributes:
        unit: its state.
        versions: what it answers: each of its files, with the answers in it.
        findings: what was found in them.
        change: what changed since the last round; None where it was not compared.
    """

    unit: UnitState
    versions: Sequence[tuple[str, Sequence[UnitText]]] = ()
    findings: Sequence[Finding] = ()
    change: UnitChange | None = None


class PageData(NamedTuple):
    """The data of a page: what the first look needs, as JSON, and the packs of the units."""

    head: str
    packs: Iterator[str]


def page_data(
    state: Round, details: Iterable[UnitDetails], catalog: Catalog, *, gone: Sequence[str] | None = None
) -> PageData:
    """Return the data of a page.

    Args:
        state: the round, with the units of the page.
        details: what is shown of each unit, in the same order.
        catalog: the official list.
        gone: the units that were in the last round only; None where there is no last round.
    """
    tasks = tuple(catalog.tasks)
    packs = _Packs()
    units = [_unit(one, state, tasks, packs) for one in details]
    whole = round_data(state)
    data = {
        **whole,
        "units": units,
        "others": [*whole["others"]],
        "dates": dates_words(state),
        "states": [[one.value, STATE_NAMES[one]] for one in State],
        "signs": SIGNS,
        "changes": {what.value: name for what, name in CHANGES.items()},
        "rules": {rule.code: rule.title for rule in RULES.values()},
        "chapters": [chapter.title for chapter in catalog.chapters],
        "tasks": [[task.id, task.text, task.chapter, task.article] for task in catalog.tasks.values()],
        "compared": gone is not None,
        "gone": list(gone or ()),
    }
    return PageData(script_json(data), packs.finish())


def script_json(data: object) -> str:
    """Return data as JSON that may stand in a script element: it can end none, and has nothing invisible."""
    text = json.dumps(_shown(data), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _shown(data: object) -> object:
    """Return data whose texts show their control and invisible characters; their lines stay."""
    if isinstance(data, str):
        return shown_lines(data)
    if isinstance(data, Mapping):
        return {escape_controls(key): _shown(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_shown(value) for value in data]
    return data


def shown_lines(text: str) -> str:
    """Return a text with its control and invisible characters escaped; its lines stay."""
    return escape_controls(text) if "\n" not in text else "\n".join(map(escape_controls, text.split("\n")))


def _unit(one: UnitDetails, state: Round, tasks: Sequence[str], packs: _Packs) -> dict[str, Any]:
    """Return what the first look needs of a unit, and put the rest into the packs."""
    unit = one.unit
    data = unit_data(unit)
    for file, sent in zip(data["files"], unit.files, strict=True):
        file["how"] = _how(sent)
    return {
        **data,
        "label": unit.label,
        "deadline": unit.deadline.isoformat() if unit.deadline and unit.deadline != state.deadline else None,
        "states": unit.states,
        "marks": _marks(one.findings, tasks),
        "note": note(unit, state.deadline),
        "change": unit_words(one.change) if one.change else "",
        "changed": _changed(one.change, tasks),
        "pack": packs.add(_details(one)),
    }


def _how(file: SentFile) -> str:
    return KNOWN_BY.get(KnownBy(file.known_by), "") if file.kind is Kind.READ else ""


def _marks(findings: Iterable[Finding], tasks: Sequence[str]) -> str:
    """Return a letter for each task: the weight of its worst finding."""
    worst = dict.fromkeys(tasks, ".")
    for finding in findings:
        mark = _MARKS[finding.severity]
        if finding.task in worst and _WEIGHTS.index(mark) > _WEIGHTS.index(worst[finding.task]):
            worst[finding.task] = mark
    return "".join(worst.values())


def _changed(change: UnitChange | None, tasks: Sequence[str]) -> str:
    """Return a letter for each task: what happened to its answer; empty where nothing did."""
    if change is None or not change.tasks:
        return ""
    letters = {task.task: task.state.value[0] for task in change.tasks}
    return "".join(letters.get(task, ".") for task in tasks)


def _details(one: UnitDetails) -> dict[str, object]:
    return {
        "versions": [[file, {said.task: [said.progress, said.text] for said in texts}] for file, texts in one.versions],
        "findings": [
            (
                *(found.task or "", found.severity.value, found.rule.code),
                *(found.message, found.hint, place_words(found), found.file),
            )
            for found in one.findings
        ],
        "changes": [
            [task.task, task.state.value, progress_words(task), changes(task.old, task.new)]
            for task in (one.change.tasks if one.change else ())
        ],
    }


class _Packs:
    """Packs data of one unit after another, several units to a pack; the packs are in temporary storage."""

    def __init__(self) -> None:
        self._store = TempStore()
        self._packs: list[tuple[int, int]] = []
        self._open: list[str] = []
        self._size = 0

    def add(self, details: object) -> tuple[int, int]:
        """Add the data of a unit; return its pack and its place in it."""
        if self._size > _PACK:
            self._close()
        text = json.dumps(_shown(details), ensure_ascii=False, separators=(",", ":"))
        self._open.append(text)
        self._size += len(text)
        return len(self._packs), len(self._open) - 1

    def finish(self) -> Iterator[str]:
        """Yield all packs, each as base64 of what zlib made of its JSON."""
        if self._open:
            self._close()
        for offset, size in self._packs:
            yield base64.b64encode(self._store.read(offset, size)).decode()

    def _close(self) -> None:
        packed = zlib.compress(f"[{','.join(self._open)}]".encode("utf-8", "backslashreplace"), _LEVEL)
        self._packs.append((self._store.append(packed), len(packed)))
        self._open, self._size = [], 0
