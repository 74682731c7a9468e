"""YAML status files: read from libyaml's events, so that every scalar stays text and keeps its place; written by hand.

A loader would turn ``是``, ``010`` or ``2020-01-01`` into something else and lose doubled keys; events do neither.
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
_BREAKS = "\x85\u2028\u2029"  # YAML 1.1 takes these for line ends, people do not see them
_TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_tuple: Any = tuple.__new__  # a named tuple without the call of its own constructor


def read(data: bytes, out: Collector, limits: Limits = DEFAULT) -> Node:
    """The tree of a YAML status file.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), the text is not one plain YAML document (ZJ004), or it is too
            large (ZJ001).
    """
    text, guessed = decode(data, out, limits)
    if guessed:
        for number, line in enumerate(text.split("\n"), start=1):
            report_lost_characters(line, out, Place(number))
    disguise = _Disguise(text)
    utf8 = not (guessed or disguise.back or data.startswith(BOMS))  # then the parser can have the bytes as they are
    told = Collector(out.file, max_findings=out.max_findings)
    try:
        refuse_directives(text)
        node = _Builder(data if utf8 else disguise.text, disguise, told, limits).build()
    except (yaml.YAMLError, FormatError) as error:
        if control := first_control(text):  # the parser reads to the end: a text that it takes has none
            raise control from None
        if isinstance(error, FormatError):
            raise
        raise explain(error, text) from None
    disguise.check()
    out.findings.extend(told.findings)  # only of a file that can be read: what else is lost there is no news
    return node


class _Disguise:
    """Keeps U+0085, U+2028 and U+2029 from YAML, which would break or fold a line at each.

    They pass the parser as private characters that the text does not use.  Inside quotes they come back as they were;
    anywhere else they are an error, as for any other reader of YAML they would break the line there.
    """

    def __init__(self, text: str) -> None:
        self.original = text
        self.kept: list[tuple[int, int]] = []
        self.back: dict[int, str] = {}
        self.text = text
        if any(char in text for char in _BREAKS):
            free = (chr(code) for code in range(0x10FF00, 0x10FFFE) if chr(code) not in text)
            self.back = {ord(stand_in): char for stand_in, char in zip(free, _BREAKS, strict=False)}
            self.text = text.translate({ord(char): code for code, char in self.back.items()})

    def restore(self, text: str, event: _Event) -> str:
        """The scalar's own text again."""
        if self.back and event.style in {"'", '"'}:
            self.kept.append((event.start_mark.index, event.end_mark.index))
            return text.translate(self.back)
        return text

    def check(self) -> None:
        """Refuse a hidden line break outside quotes."""
        kept = iter(self.kept)  # in the order of the text, as the breaks are
        begin = end = 0
        for match in re.finditer(f"[{_BREAKS}]", self.original) if self.back else ():
            at = match.start()
            while end <= at and (stretch := next(kept, None)) is not None:
                begin, end = stretch
            if not begin <= at < end:
                start = self.original.rfind("\n", 0, at) + 1
                raise FormatError(
                    "ZJ004",
                    f"这里有看不见的换行符 U+{ord(match[0]):04X}，YAML 会在此断行",
                    "删去它，或把整段文字用半角双引号括起来",
                    Place(self.original.count("\n", 0, at) + 1, at - start + 1),
                )


class _Builder:
    """Builds the tree from the parser's events.

    A thousand files are a million events, so the scalars of a mapping take the short way, and only what has a tag or an
    anchor, is an alias, or lies too deep goes through ``_node``.
    """

    def __init__(self, stream: bytes | str, disguise: _Disguise, out: Collector, limits: Limits) -> None:
        self.next: Callable[[], _Event] = _LOADER(stream).get_event
        self.out = out
        self.text = source_lines(disguise.text)
        self.anchors: dict[str, Node] = {}
        self.unused: dict[str, _Event] = {}
        self.disguise = disguise
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
        for anchor, event in self.unused.items():  # a text that begins with &, as &ABC 项目: cut off in silence
            raise _error(event, f"开头的{quote('&' + anchor)}没有读入", "文字以 & 开头时请用引号括起来")
        return root

    def _node(self, event: _Event, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                raise _error(event, f"{quote(f'*{event.anchor}')}引用的内容不存在", "文字以 * 开头时请用引号括起来")
            if not isinstance(node := self.anchors[event.anchor], Scalar):
                raise _error(event, "不支持引用整段内容", "把要引用的内容直接写出来")
            self.unused.pop(event.anchor, None)
            self.budget.take(node.text, _place(event))  # a short file could repeat a long text any number of times
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
                self.unused[event.anchor] = event
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
            # The line end that closes a block belongs to the notation (“|” without “-”), not to the text.
            text = text.removesuffix("\n")
            if style == "|":
                block = block_column(self.text, mark.index, text)
            elif event.end_mark.line - line > 1:
                self._tell_folded(place)
        elif text:
            end = event.end_mark
            if end.line >= line or self.text[end.index] not in NOTHING_BEHIND:
                self._tell_lost(end, place)
            bare = not style and text < ":" and _NUMBER.fullmatch(text) is not None  # signs and digits stand before “:”
        if self.disguise.back:
            text = self.disguise.restore(text, event)
        scalar: Scalar = _tuple(Scalar, (text, place, bare, block))
        return scalar

    def _tell_lost(self, end: Any, place: Place) -> None:  # noqa: ANN401 - PyYAML's mark
        """YAML cuts a text at “ #” and makes one paragraph of several lines: right, and not what a clerk means."""
        if end.line >= (place.line or 0):  # marks count from 0: it ends on a later line than it begins
            self._tell_folded(place)
        if comment := _COMMENT.match(self.text, end.index):
            message = f"“#”后面的文字被当作注释，没有读入：{quote(comment[1].strip())}"
            self.out.add(
                "ZJ021", message, "是正文的，把整段文字写在“落实情况: |-”下面另起一行，或用引号括起来", place=place
            )

    def _tell_folded(self, place: Place) -> None:
        message = "这段文字写成了几行，已按 YAML 的规则并成一段"
        self.out.add("ZJ022", message, "要分段的，在“落实情况: |-”下面另起一行写，每段一行", place=place)


def _place(event: _Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _error(event: _Event, message: str, hint: str) -> FormatError:
    return FormatError("ZJ004", message, hint, _place(event))
