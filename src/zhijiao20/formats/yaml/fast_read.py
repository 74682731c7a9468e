"""The usual YAML status file, read straight into an outline: thousands of them are nothing out of the way.

Whatever is not usual (a field that is unknown or doubled, a tag, an anchor, a text on several lines or with a comment
behind it, a key in need of a note) makes no outline; ``formats.yaml`` reads such a file and tells of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from zhijiao20.core.fields import EVIDENCE, PERIOD, PHONE, PROGRESS, REMARK, REPORTER, STATUS, TASKS, UNIT
from zhijiao20.core.findings import Place
from zhijiao20.formats.decode import BOMS
from zhijiao20.formats.raw import RawEntry, RawUnit, Scalar
from zhijiao20.formats.yaml.block import NOTHING_BEHIND, block_column, source_lines
from zhijiao20.formats.yaml.syntax_errors import DIRECTIVE

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Event: TypeAlias = Any
_TOP = {UNIT, PERIOD, REPORTER, PHONE}
_REFUSED = ("\0", "\x85", "\u2028", "\u2029", DIRECTIVE)  # what no text has, line ends that nobody sees
_SPECIAL = "&*!?"  # without these there is no anchor, alias or tag, and no key but on one line with its colon
_tuple: Any = tuple.__new__  # a named tuple without the call of its own constructor


class _NeedsFullParse(Exception):  # noqa: N818 - no error: the file goes the long way
    """The file needs more than an outline."""


def read_fast(data: bytes) -> RawUnit | None:
    """The outline of a file, or None where anything about it is not usual: that it is broken, too."""
    try:
        text = data.decode("utf-8")
        if data.startswith(BOMS) or any(mark in text for mark in _REFUSED):
            return None
        return _EventReader(data, text).file()
    except (_NeedsFullParse, UnicodeDecodeError, yaml.YAMLError):
        return None


class _EventReader:
    """Takes the parser's events one by one; its loops are plain, as a thousand files are a million events."""

    def __init__(self, data: bytes, text: str) -> None:
        self.next: Callable[[], _Event] = _LOADER(data).get_event
        self.special = any(char in text for char in _SPECIAL)
        self.clean = "\\" not in text  # only an escape could bring in what the parser refuses
        self.text = source_lines(text)

    def file(self) -> RawUnit:
        self._expect(StreamStartEvent)
        self._expect(DocumentStartEvent)
        self._block_mapping(self.next())
        top: dict[str, Scalar] = {}
        answers: list[RawEntry] | None = None
        tasks_place = Place()
        while (key := self._key()) is not None:
            event = self.next()
            if key.value == TASKS and answers is None:
                self._block_mapping(event)
                tasks_place, answers = _place(event), self._answers()
            elif key.value in _TOP and key.value not in top:
                top[key.value] = Scalar(self._text(event), _place(event))
            else:
                raise _NeedsFullParse
        self._expect(DocumentEndEvent)
        self._expect(StreamEndEvent)
        if UNIT not in top or answers is None:
            raise _NeedsFullParse
        period, reporter, phone = (top[name].text if name in top else "" for name in (PERIOD, REPORTER, PHONE))
        return RawUnit(top[UNIT], answers, tasks_place, period, reporter, phone, self.clean)

    def _expect(self, kind: type) -> None:
        if not isinstance(self.next(), kind):
            raise _NeedsFullParse

    def _block_mapping(self, event: _Event) -> None:
        if not isinstance(event, MappingStartEvent) or event.flow_style or event.tag or event.anchor:
            raise _NeedsFullParse

    def _key(self) -> _Event | None:
        """The next key of a mapping, None at its end."""
        event = self.next()
        if type(event) is ScalarEvent:
            if self.special and not self._is_plain(event):
                raise _NeedsFullParse
            return event
        if type(event) is not MappingEndEvent:
            raise _NeedsFullParse
        return None

    def _is_plain(self, key: _Event) -> bool:
        """Whether a key stands on one line with its colon, and is nothing but itself."""
        return not key.tag and not key.anchor and self.text[key.end_mark.index] == ":"

    def _answers(self) -> list[RawEntry]:
        answers: list[RawEntry] = []
        while (key := self._key()) is not None:
            if not key.style:  # 1.1 without quotation marks is worth a note
                raise _NeedsFullParse
            event = self.next()
            if type(event) is MappingStartEvent:
                answers.append(self._answer(key, event))
            else:
                status = self._text(event)
                place = _place(key)
                if status and event.start_mark.line != key.start_mark.line:  # perhaps a field whose colon is none
                    raise _NeedsFullParse
                where, block = (_place(event), self._block(event, status)) if status else (place, 0)
                answers.append(RawEntry(key.value, "", status, (), "", place, where, block))
        return answers

    def _answer(self, task: _Event, start: _Event) -> RawEntry:
        """An entry with its fields."""
        if start.flow_style or start.tag or start.anchor:
            raise _NeedsFullParse
        progress = status = remark = ""
        evidence: tuple[str, ...] = ()
        place = where = _place(task)
        block = 0
        seen: list[str] = []
        next_event, special = self.next, self.special
        while type(key := next_event()) is ScalarEvent:
            name: str = key.value
            if name in seen or (special and not self._is_plain(key)):
                raise _NeedsFullParse
            seen.append(name)
            event = next_event()
            if name == STATUS:
                status = self._text(event)
                block = self._block(event, status)
                where = _place(event if status else key)
            elif name == EVIDENCE:
                evidence = self._evidence(event)
            elif name == PROGRESS:
                progress = self._text(event)
            elif name == REMARK:
                remark = self._text(event)
            else:
                raise _NeedsFullParse
        if type(key) is not MappingEndEvent:
            raise _NeedsFullParse
        answer: RawEntry = _tuple(RawEntry, (task.value, progress, status, evidence, remark, place, where, block))
        return answer

    def _evidence(self, start: _Event) -> tuple[str, ...]:
        if not isinstance(start, SequenceStartEvent):
            return () if not self._text(start) else self._refuse()
        if start.tag or start.anchor:
            raise _NeedsFullParse
        items: list[str] = []
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self._text(event))
        return tuple(items)

    def _refuse(self) -> NoReturn:
        raise _NeedsFullParse

    def _text(self, event: _Event) -> str:
        """A text that needs no note: a block, or one on a single line with nothing behind it."""
        if type(event) is not ScalarEvent or (self.special and (event.tag or event.anchor)):
            raise _NeedsFullParse
        text: str = event.value
        style = event.style
        if style == "|":
            return text.removesuffix("\n")
        if text or style == ">":
            begin: Any = event.start_mark
            end: Any = event.end_mark
            if end.line != begin.line or self.text[end.index] not in NOTHING_BEHIND:
                raise _NeedsFullParse
        return text

    def _block(self, event: _Event, text: str) -> int:
        return block_column(self.text, event.start_mark.index, text) if event.style == "|" else 0


def _place(event: _Event) -> Place:
    mark = event.start_mark
    place: Place = _tuple(Place, (mark.line + 1, mark.column + 1, None))
    return place
