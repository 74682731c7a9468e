"""Fast path for YAML: read a status file without findings directly from parser events into a raw unit.

Anything else (an unknown or duplicate field, a tag, an anchor, a text on several lines or followed by a comment, a key
to be reported) needs a full parse: ``formats.yaml.read`` reads such a file and reports the findings.
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
_REFUSED = ("\0", "\x85", "\u2028", "\u2029", DIRECTIVE)  # NUL, invisible line breaks, tag directive
_SPECIAL = "&*!?"  # without these: no anchor, alias or tag, and every key is on one line with its colon
_tuple: Any = tuple.__new__  # creates a named tuple without calling its constructor, for speed


class _NeedsFullParse(Exception):  # noqa: N818 - not an error, but control flow
    """The file needs a full parse."""


def read_fast(data: bytes) -> RawUnit | None:
    """Read a file into a raw unit; return None if it needs a full parse or is broken."""
    try:
        text = data.decode("utf-8")
        if data.startswith(BOMS) or any(mark in text for mark in _REFUSED):
            return None
        return _EventReader(data, text).file()
    except (_NeedsFullParse, UnicodeDecodeError, yaml.YAMLError):
        return None


class _EventReader:
    """Reader of the parser's events, with simple loops for speed: a thousand files are a million events."""

    def __init__(self, data: bytes, text: str) -> None:
        self.next: Callable[[], _Event] = _LOADER(data).get_event
        self.has_special = any(char in text for char in _SPECIAL)
        self.clean = "\\" not in text  # only an escape can produce a character that the parser refuses
        self.text = source_lines(text)

    def file(self) -> RawUnit:
        self._expect(StreamStartEvent)
        self._expect(DocumentStartEvent)
        self._block_mapping(self.next())
        top: dict[str, Scalar] = {}
        entries: list[RawEntry] | None = None
        tasks_place = Place()
        while (key := self._key()) is not None:
            event = self.next()
            if key.value == TASKS and entries is None:
                self._block_mapping(event)
                tasks_place, entries = _place(event), self._read_entries()
            elif key.value in _TOP and key.value not in top:
                top[key.value] = Scalar(self._text(event), _place(event))
            else:
                raise _NeedsFullParse
        self._expect(DocumentEndEvent)
        self._expect(StreamEndEvent)
        if UNIT not in top or entries is None:
            raise _NeedsFullParse
        period, reporter, phone = (top[name].text if name in top else "" for name in (PERIOD, REPORTER, PHONE))
        return RawUnit(top[UNIT], entries, tasks_place, period, reporter, phone, self.clean)

    def _expect(self, kind: type) -> None:
        if not isinstance(self.next(), kind):
            raise _NeedsFullParse

    def _block_mapping(self, event: _Event) -> None:
        if not isinstance(event, MappingStartEvent) or event.flow_style or event.tag or event.anchor:
            raise _NeedsFullParse

    def _key(self) -> _Event | None:
        """Return the next key of a mapping, or None at its end."""
        event = self.next()
        if type(event) is ScalarEvent:
            if self.has_special and not self._is_plain(event):
                raise _NeedsFullParse
            return event
        if type(event) is not MappingEndEvent:
            raise _NeedsFullParse
        return None

    def _is_plain(self, key: _Event) -> bool:
        """Check whether a key is on one line with its colon, and has no tag or anchor."""
        return not key.tag and not key.anchor and self.text[key.end_mark.index] == ":"

    def _read_entries(self) -> list[RawEntry]:
        entries: list[RawEntry] = []
        while (key := self._key()) is not None:
            if not key.style:  # an unquoted 1.1 is reported
                raise _NeedsFullParse
            event = self.next()
            if type(event) is MappingStartEvent:
                entries.append(self._read_entry(key, event))
            else:
                status = self._text(event)
                place = _place(key)
                if status and event.start_mark.line != key.start_mark.line:  # possibly a field with a wrong colon
                    raise _NeedsFullParse
                text_place, block = (_place(event), self._block(event, status)) if status else (place, 0)
                entries.append(RawEntry(key.value, "", status, (), "", place, text_place, block))
        return entries

    def _read_entry(self, task: _Event, start: _Event) -> RawEntry:
        """Read an entry that is a mapping of fields."""
        if start.flow_style or start.tag or start.anchor:
            raise _NeedsFullParse
        progress = status = remark = ""
        evidence: tuple[str, ...] = ()
        place = text_place = _place(task)
        block = 0
        seen: list[str] = []
        next_event, has_special = self.next, self.has_special
        while type(key := next_event()) is ScalarEvent:
            name: str = key.value
            if name in seen or (has_special and not self._is_plain(key)):
                raise _NeedsFullParse
            seen.append(name)
            event = next_event()
            if name == STATUS:
                status = self._text(event)
                block = self._block(event, status)
                text_place = _place(event if status else key)
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
        entry: RawEntry = _tuple(RawEntry, (task.value, progress, status, evidence, remark, place, text_place, block))
        return entry

    def _evidence(self, start: _Event) -> tuple[str, ...]:
        if not isinstance(start, SequenceStartEvent):
            return () if not self._text(start) else self._require_full_parse()
        if start.tag or start.anchor:
            raise _NeedsFullParse
        items: list[str] = []
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self._text(event))
        return tuple(items)

    def _require_full_parse(self) -> NoReturn:
        raise _NeedsFullParse

    def _text(self, event: _Event) -> str:
        """Return a text without findings: a literal block, or one line without a comment."""
        if type(event) is not ScalarEvent or (self.has_special and (event.tag or event.anchor)):
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
