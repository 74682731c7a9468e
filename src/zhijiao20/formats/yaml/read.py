"""Read YAML status files from libyaml's events, so that every scalar stays text and keeps its place.

A loader would turn ``是``, ``010`` or ``2020-01-01`` into something else and lose duplicate keys; events do neither.
Entries are read straight into ``Entry`` objects; one that is not plain is read again from its events as nodes.
"""

from __future__ import annotations

from typing import TypeAlias

import yaml
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from zhijiao20.core.display import quote
from zhijiao20.core.fields import EVIDENCE, PROGRESS, REMARK, STATUS, TASKS
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.submission import PROGRESS_WORDS, Entry
from zhijiao20.formats.decode import BOMS, decode, report_lost_characters
from zhijiao20.formats.format_error import FormatError, refuse_garbled
from zhijiao20.formats.normalize.clean_text import is_kept
from zhijiao20.formats.raw import Items, Node, OddEntry, Pairs, RawUnit, Scalar
from zhijiao20.formats.yaml.hidden_breaks import BREAKS, HiddenBreaks
from zhijiao20.formats.yaml.nodes import Event, NodeReader, error_at, merge_key, place_of
from zhijiao20.formats.yaml.syntax_errors import DIRECTIVE, explain, first_control, refuse_directives

_STRAIGHT = {MappingStartEvent, ScalarEvent}  # kinds of values that are read without nodes
_PLAIN_FIELDS = frozenset({PROGRESS, STATUS, EVIDENCE, REMARK})
_Texts: TypeAlias = "list[tuple[str, Event]]"
_Value: TypeAlias = "str | _Texts | Node"
_Field: TypeAlias = "tuple[str, Event, Event, _Value]"
"""A field of an entry: its name, the events of name and value, and its text or texts; nodes where it has none."""

_NO_FIELD: _Field = ("", None, None, "")


def read(data: bytes, out: Collector, limits: Limits = DEFAULT) -> RawUnit | Scalar | Items:
    """Read a YAML status file.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), the text is not one plain YAML document (ZJ004), or it is too
            large (ZJ001).
    """
    text, guessed = decode(data, out, limits)
    if guessed:
        for number, line in enumerate(text.split("\n"), start=1):
            report_lost_characters(line, out, Place(number))
    hidden = HiddenBreaks(text) if any(char in text for char in BREAKS) else None
    as_bytes = not (guessed or hidden or data.startswith(BOMS))
    reported = Collector(out.file, max_findings=out.max_findings)
    try:
        if "G" in text and DIRECTIVE in text:  # to look for one letter first takes a tenth of the time
            refuse_directives(text)
        source = hidden.text if hidden else text
        raw = _Reader(data if as_bytes else source, source, hidden, reported, limits).file()
    except (yaml.YAMLError, FormatError) as error:
        refuse_garbled(text)
        if control := first_control(text):  # the parser reads to the end: a text that it accepts has none
            raise control from None
        if isinstance(error, FormatError):
            raise
        raise explain(error, text) from None
    if hidden:
        hidden.check()
    out.findings.extend(reported.findings)  # only where the file can be read
    return raw


class _Reader(NodeReader):
    """Reads the usual parts straight; a thousand files are a million events, so the loops are plain."""

    def file(self) -> RawUnit | Scalar | Items:
        """Read the whole file."""
        root: RawUnit | Node = Scalar("", Place(1, 1))
        documents = 0
        while not isinstance(event := self.next(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise error_at(
                        event, "文件里有第二个“---”，成了两份文档", "一个文件只写一个单位；把第二份另存为一个文件"
                    )
            elif isinstance(event, NodeEvent):
                plain = type(event) is MappingStartEvent and not (event.tag or event.anchor)
                root = self._unit(event) if plain else self.node(event, 0)
        for anchor, event in self.unused.items():  # a text that begins with &, as &ABC 项目, loses its beginning
            raise error_at(event, f"开头的{quote('&' + anchor)}没有读入", "文字以 & 开头时请用引号括起来")
        return _as_unit(root) if isinstance(root, Pairs) else root

    def _unit(self, start: Event) -> RawUnit:
        """Read the mapping at the top."""
        if self.budget:
            self.count("", start)
        unit = RawUnit([], place=place_of(start))
        while not isinstance(event := self.next(), MappingEndEvent):
            straight = type(event) is ScalarEvent and not self.careful and event.value != "<<"
            key = self.scalar(event, self.text(event)) if straight else self.key(event, 1)
            event = self.next()
            plain = type(event) is MappingStartEvent and not (event.tag or event.anchor)
            if plain and key.text == TASKS and unit.tasks_place is None:
                unit.tasks_place = place_of(event)
                self._entries(event, unit)
            else:
                straight = type(event) is ScalarEvent and not self.special
                unit.fields.append((key, self.scalar(event, self.text(event)) if straight else self.node(event, 1)))
        return unit

    def _entries(self, start: Event, unit: RawUnit) -> None:
        """Read the mapping of task ids."""
        if self.budget:
            self.count("", start)
        entries, next_event, careful = unit.entries, self.next, self.careful
        while type(event := next_event()) is not MappingEndEvent:
            if careful or type(event) is not ScalarEvent or not event.style:
                key = self.key(event, 2)
                if key.bare:
                    unit.bare.append(key)
            else:
                key = Scalar(event.value, place_of(event))
            event = next_event()
            kind = type(event)
            if kind not in _STRAIGHT or event.tag or event.anchor:
                entries.append(OddEntry(key, self.node(event, 2)))
            elif kind is MappingStartEvent:
                entries.append(self._entry(key, event))
            else:
                entries.append(self._short_entry(key, event))

    def _short_entry(self, key: Scalar, event: Event) -> Entry | OddEntry:
        """Read an entry that is its 落实情况 alone."""
        text = self.text(event)
        place = place_of(event) if text else key.place
        below = text and place.line != key.place.line  # perhaps a field with a wrong colon
        if below or not (self.clean or is_kept(text)):
            return OddEntry(key, self.scalar(event, text))
        return Entry(key.text, status=text, place=key.place, text_place=place, block=self.block(event, text))

    def _entry(self, key: Scalar, start: Event) -> Entry | OddEntry:
        """Read an entry with its fields: straight where it is plain, else as nodes."""
        if self.budget:
            self.count("", start)
        fields: list[_Field] = []
        by_name: dict[str, _Field] = {}
        next_event, special, careful, text_of = self.next, self.special, self.careful, self.text
        while type(name_event := next_event()) is ScalarEvent:
            if special and (name_event.tag or name_event.anchor):
                break
            name: str = text_of(name_event) if careful else name_event.value
            event = next_event()
            value: _Value
            if special and (event.anchor or event.tag):  # an alias has an anchor and no tag
                value = self.node(event, 3)
            elif type(event) is ScalarEvent:
                value = text_of(event)
            elif type(event) is SequenceStartEvent:
                value = self.items(event, 4) if special else self._texts(event)
            else:
                value = self.node(event, 3)
            by_name[name] = field = (name, name_event, event, value)
            fields.append(field)
        if type(name_event) is not MappingEndEvent:
            rest = self.pairs_from(name_event, 3)
        elif (entry := self._plain_entry(key, fields, by_name)) is not None:
            return entry
        else:
            rest = []
        return OddEntry(key, Pairs((*map(self._pair, fields), *rest), place_of(start)))

    def _texts(self, start: Event) -> _Texts | Items:
        """Read a list of texts, each with its event; as nodes where one is no text."""
        if self.budget:
            self.count("", start)
        texts: _Texts = []
        next_event, text_of = self.next, self.text
        while type(event := next_event()) is ScalarEvent:
            texts.append((text_of(event), event))
        return texts if type(event) is SequenceEndEvent else Items(_nodes(texts) + self.rest(event, 4), place_of(start))

    def _plain_entry(self, key: Scalar, fields: list[_Field], by_name: dict[str, _Field]) -> Entry | None:
        """Return an entry of these fields, or None where any of them is not plain."""
        if len(by_name) < len(fields) or not by_name.keys() <= _PLAIN_FIELDS:
            return None
        progress, evidence = by_name.get(PROGRESS, _NO_FIELD)[3], by_name.get(EVIDENCE, _NO_FIELD)[3]
        _, status_name, status_event, status = by_name.get(STATUS, _NO_FIELD)
        remark = by_name.get(REMARK, _NO_FIELD)[3]
        items: tuple[str, ...] = ()
        if evidence:
            if type(evidence) is Items and all(type(item) is Scalar for item in evidence.nodes):
                items = tuple([item[0] for item in evidence.nodes])  # type: ignore[misc]  # each is a scalar
            elif type(evidence) is list:
                items = tuple([text for text, _ in evidence])
            else:
                return None
        if type(status) is not str or type(remark) is not str or progress not in PROGRESS_WORDS:
            return None
        if not self.clean and not is_kept("\n".join((status, remark, *items))):
            return None
        text_place, block = key.place, 0
        if status_event is not None:
            text_place = place_of(status_event if status else status_name)
            block = self.block(status_event, status)
        word = PROGRESS_WORDS[progress]  # type: ignore[index]  # one of its keys
        return Entry(key.text, word, status, items, remark, {}, key.place, text_place, block)

    def _pair(self, field: _Field) -> tuple[Scalar, Node]:
        """Return a field as nodes."""
        name, name_event, event, value = field
        if name == "<<":
            raise merge_key(name_event)
        if isinstance(value, str):
            value = self.scalar(event, value)
        elif isinstance(value, list):
            value = Items(_nodes(value), place_of(event))
        return Scalar(name, place_of(name_event)), value


def _nodes(texts: _Texts) -> tuple[Scalar, ...]:
    """Return the items of a list as nodes."""
    return tuple([Scalar(text, place_of(event)) for text, event in texts])


def _as_unit(root: Pairs) -> RawUnit:
    """Return a mapping that was read as nodes as a unit."""
    unit = RawUnit([], place=root.place)
    for key, node in root.pairs:
        if key.text == TASKS and unit.tasks_place is None and isinstance(node, Pairs):
            unit.tasks_place = node.place
            unit.entries = [OddEntry(*pair) for pair in node.pairs]
            unit.bare = [task for task, _ in node.pairs if task.bare]
        else:
            unit.fields.append((key, node))
    return unit
