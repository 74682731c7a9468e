"""Parse YAML status files from libyaml's events, so that every scalar stays text and keeps its place.

A loader would convert ``010`` or ``2020-01-01`` to other types and drop duplicate keys; events do neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.decode import BOMS, decode, report_lost_characters
from zhijiao20.formats.format_error import Budget, FormatError
from zhijiao20.formats.raw import Items, Node, Pairs, Scalar
from zhijiao20.formats.yaml.block import NOTHING_BEHIND, block_column, source_lines
from zhijiao20.formats.yaml.syntax_errors import explain, first_control, refuse_directives

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Event: TypeAlias = Any  # PyYAML types the marks of an event as optional; a parsed event always has them
_DEPTH = 16  # a status file has five levels
_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9_]*")
_COMMENT = re.compile(r"[ \t]*(#.*)")
_BREAKS = "\x85\u2028\u2029"  # line breaks in YAML 1.1, invisible to users
_TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_tuple: Any = tuple.__new__  # creates a named tuple without calling its constructor, for speed


def read(data: bytes, out: Collector, limits: Limits = DEFAULT) -> Node:
    """Parse a YAML status file into a tree.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), the text is not one plain YAML document (ZJ004), or the
            file is too large (ZJ001).
    """
    text, guessed = decode(data, out, limits)
    if guessed:
        for number, line in enumerate(text.split("\n"), start=1):
            report_lost_characters(line, out, Place(number))
    hidden_breaks = _HiddenBreaks(text)
    utf8 = not (
        guessed or hidden_breaks.char_by_placeholder or data.startswith(BOMS)
    )  # the parser can read the bytes directly
    buffered = Collector(out.file, max_findings=out.max_findings)
    try:
        refuse_directives(text)
        node = _Builder(data if utf8 else hidden_breaks.text, hidden_breaks, buffered, limits).build()
    except (yaml.YAMLError, FormatError) as error:
        if control := first_control(text):  # checked only after an error: the parser accepts no control character
            raise control from None
        if isinstance(error, FormatError):
            raise
        raise explain(error, text) from None
    hidden_breaks.check()
    out.findings.extend(buffered.findings)  # reported only if the file can be read
    return node


class _HiddenBreaks:
    """Placeholders for U+0085, U+2028 and U+2029, at which YAML would break or fold a line.

    The parser gets private-use characters that do not occur in the text.  Inside quotes, the original characters are
    restored; anywhere else they are an error, because any other YAML parser would break the line there.
    """

    def __init__(self, text: str) -> None:
        self.source = text
        self.quoted_ranges: list[tuple[int, int]] = []
        self.char_by_placeholder: dict[int, str] = {}
        self.text = text
        if any(char in text for char in _BREAKS):
            unused_chars = (chr(code) for code in range(0x10FF00, 0x10FFFE) if chr(code) not in text)
            self.char_by_placeholder = {
                ord(placeholder): char for placeholder, char in zip(unused_chars, _BREAKS, strict=False)
            }
            self.text = text.translate({ord(char): code for code, char in self.char_by_placeholder.items()})

    def restore(self, text: str, event: _Event) -> str:
        """Return a scalar's text with the original characters restored."""
        if self.char_by_placeholder and event.style in {"'", '"'}:
            self.quoted_ranges.append((event.start_mark.index, event.end_mark.index))
            return text.translate(self.char_by_placeholder)
        return text

    def check(self) -> None:
        """Refuse a hidden line break outside quotes."""
        ranges = iter(self.quoted_ranges)  # in text order, like the matches
        begin = end = 0
        for match in re.finditer(f"[{_BREAKS}]", self.source) if self.char_by_placeholder else ():
            at = match.start()
            while end <= at and (next_range := next(ranges, None)) is not None:
                begin, end = next_range
            if not begin <= at < end:
                start = self.source.rfind("\n", 0, at) + 1
                raise FormatError(
                    "ZJ004",
                    f"这里有看不见的换行符 U+{ord(match[0]):04X}，YAML 会在此断行",
                    "删去它，或把整段文字用半角双引号括起来",
                    Place(self.source.count("\n", 0, at) + 1, at - start + 1),
                )


class _Builder:
    """Builder of the tree from the parser's events.

    A thousand files are a million events, so a scalar in a mapping is handled directly; ``_node`` handles one with a
    tag or an anchor or nested too deep, and every other event.
    """

    def __init__(self, stream: bytes | str, hidden_breaks: _HiddenBreaks, out: Collector, limits: Limits) -> None:
        self.next: Callable[[], _Event] = _LOADER(stream).get_event
        self.out = out
        self.text = source_lines(hidden_breaks.text)
        self.anchors: dict[str, Node] = {}
        self.unused_anchors: dict[str, _Event] = {}
        self.hidden_breaks = hidden_breaks
        self.budget = Budget.of_nodes(limits)

    def build(self) -> Node:
        root: Node = Scalar("", Place(1, 1))
        documents = 0
        while not isinstance(event := self.next(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _error(
                        event,
                        "文件里有第二个“---”，成了两份文档",
                        "一个文件只写一个单位；把第二份另存为一个文件",
                    )
            elif isinstance(event, NodeEvent):
                root = self._node(event, 0)
        for anchor, event in self.unused_anchors.items():  # a text such as “&ABC 项目”: YAML drops “&ABC”
            raise _error(event, f"开头的{quote('&' + anchor)}没有读入", "文字以 & 开头时请用引号括起来")
        return root

    def _node(self, event: _Event, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                raise _error(event, f"{quote(f'*{event.anchor}')}引用的内容不存在", "文字以 * 开头时请用引号括起来")
            if not isinstance(node := self.anchors[event.anchor], Scalar):
                raise _error(event, "不支持引用整段内容", "把要引用的内容直接写出来")
            self.unused_anchors.pop(event.anchor, None)
            self.budget.take(node.text, _place(event))  # a short file could repeat a long text very often
            return node
        if event.tag not in _TEXT_TAGS:
            raise _error(event, f"不支持标签{quote(str(event.tag))}", "文字以 ! 开头时请用引号括起来")
        if depth > _DEPTH:
            raise _error(event, f"嵌套超过 {_DEPTH} 层", "填报文件最多五层；检查缩进是否写错")
        if isinstance(event, ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, SequenceStartEvent):
            node = self._items(event, depth + 1)
        else:
            node = self._pairs(event, depth + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
            if isinstance(event, ScalarEvent) and not event.style:
                self.unused_anchors[event.anchor] = event
        return node

    def _items(self, start: _Event, depth: int) -> Items:
        self.budget.take("", _place(start))
        items: list[Node] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            items.append(self._node(event, depth))
        return Items(tuple(items), _place(start))

    def _pairs(self, start: _Event, depth: int) -> Pairs:
        self.budget.take("", _place(start))
        next_event, scalar, shallow = self.next, self._scalar, depth <= _DEPTH
        pairs: list[tuple[Scalar, Node]] = []
        while type(event := next_event()) is not MappingEndEvent:
            if type(event) is ScalarEvent and event.tag is None and event.anchor is None and shallow:
                key = scalar(event)
            else:
                key = self._key(event, depth)
            if key.text == "<<":
                raise _error(event, "不支持合并键“<<”", "把要合并的内容直接写出来")
            event = next_event()
            if type(event) is ScalarEvent and event.tag is None and event.anchor is None and shallow:
                pairs.append((key, scalar(event)))
            else:
                pairs.append((key, self._node(event, depth)))
        return Pairs(tuple(pairs), _place(start))

    def _key(self, event: _Event, depth: int) -> Scalar:
        key = self._node(event, depth)
        if not isinstance(key, Scalar):
            raise _error(event, "字段名不是文字", "检查这一行开头的 [ { 或 ? ，是文字就用引号括起来")
        return key

    def _scalar(self, event: _Event) -> Scalar:
        text: str = event.value
        style, mark = event.style, event.start_mark
        line: int = mark.line + 1
        place = _tuple(Place, (line, mark.column + 1, None))
        self.budget.take(text, place)
        bare, block = False, 0
        if style == "|" or style == ">":  # noqa: PLR1714 - twice as fast
            # The line end after a block is part of the syntax (“|” without “-”), not of the text.
            text = text.removesuffix("\n")
            if style == "|":
                block = block_column(self.text, mark.index, text)
            elif event.end_mark.line - line > 1:
                self._report_folded(place)
        elif text:
            end = event.end_mark
            if end.line >= line or self.text[end.index] not in NOTHING_BEHIND:
                self._report_lost_text(end, place)
            bare = not style and text < ":" and _NUMBER.fullmatch(text) is not None  # signs and digits sort before “:”
        if self.hidden_breaks.char_by_placeholder:
            text = self.hidden_breaks.restore(text, event)
        scalar: Scalar = _tuple(Scalar, (text, place, bare, block))
        return scalar

    def _report_lost_text(self, end: Any, place: Place) -> None:  # noqa: ANN401 - PyYAML's mark
        """Report text cut off at “ #” and folded lines: valid YAML, but rarely intended."""
        if end.line >= (place.line or 0):  # marks count from 0: the text ends on a later line
            self._report_folded(place)
        if comment := _COMMENT.match(self.text, end.index):
            message = f"“#”后面的文字被当作注释，没有读入：{quote(comment[1].strip())}"
            self.out.add(
                "ZJ021", message, "是正文的，把整段文字写在“落实情况: |-”下面另起一行，或用引号括起来", place=place
            )

    def _report_folded(self, place: Place) -> None:
        message = "这段文字写成了几行，已按 YAML 的规则并成一段"
        self.out.add("ZJ022", message, "要分段的，在“落实情况: |-”下面另起一行写，每段一行", place=place)


def _place(event: _Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _error(event: _Event, message: str, hint: str) -> FormatError:
    return FormatError("ZJ004", message, hint, _place(event))
