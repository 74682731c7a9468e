"""YAML status files: read from libyaml's events, so that every scalar stays text and keeps its place; written by hand.

A loader would turn ``是``, ``010`` or ``2020-01-01`` into something else and lose doubled keys; events do neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from zhijiao20.findings import Collector, Place, quote
from zhijiao20.formats.errors import Budget, FormatError
from zhijiao20.formats.text import decode, tell_losses
from zhijiao20.formats.yaml_errors import explain, first_control
from zhijiao20.limits import DEFAULT, Limits
from zhijiao20.model import Items, Node, Pairs, Scalar

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Event: TypeAlias = Any  # PyYAML types the marks of an event as optional; a parsed event always has them
_DEPTH = 16  # a status file has five levels
_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9_]*")
_BREAKS = "\x85\u2028\u2029"  # YAML 1.1 takes these for line ends, people do not see them
_TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


def read(data: bytes, out: Collector, limits: Limits = DEFAULT) -> Node:
    """The tree of a YAML status file.

    Raises:
        FormatError: the bytes cannot be decoded (ZJ003), the text is not one plain YAML document (ZJ004), or it is too
            large (ZJ001).
    """
    text, guessed = decode(data, out, limits)
    if guessed:
        for number, line in enumerate(text.split("\n"), start=1):
            tell_losses(line, out, Place(number))
    if control := first_control(text):
        raise control
    disguise = _Disguise(text)
    try:
        events = yaml.parse(disguise.text, Loader=_LOADER)
        told = Collector(out.file, most=out.most)
        node = _Builder(events, disguise, told, limits).build()
    except yaml.YAMLError as error:
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
    """Builds the tree from the parser's events."""

    def __init__(self, events: Iterator[_Event], disguise: _Disguise, out: Collector, limits: Limits) -> None:
        self.events = events
        self.out = out
        self.lines = disguise.text.split("\n")
        self.anchors: dict[str, Node] = {}
        self.disguise = disguise
        self.budget = Budget.of_nodes(limits)

    def build(self) -> Node:
        root: Node = Scalar("", Place(1, 1))
        documents = 0
        for event in self.events:
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
        return root

    def _node(self, event: _Event, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                raise _error(event, f"{quote(f'*{event.anchor}')}引用的内容不存在", "文字以 * 开头时请用引号括起来")
            if not isinstance(node := self.anchors[event.anchor], Scalar):
                raise _error(event, "不支持引用整段内容", "把要引用的内容直接写出来")
            self.budget.take(node.text, _place(event))  # a short file could repeat a long text any number of times
            return node
        if event.tag not in _TEXT_TAGS:
            raise _error(event, f"不支持标签{quote(str(event.tag))}", "文字以 ! 开头时请用引号括起来")
        if depth > _DEPTH:
            raise _error(event, f"嵌套超过 {_DEPTH} 层", "填报文件最多五层；检查缩进是否写错")
        node = self._content(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _content(self, event: _Event, depth: int) -> Node:
        place = _place(event)
        if isinstance(event, ScalarEvent):
            self.budget.take(event.value, place)
            return self._scalar(event, place)
        self.budget.take("", place)
        if isinstance(event, SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(inner := next(self.events), SequenceEndEvent):
                items.append(self._node(inner, depth + 1))
            return Items(tuple(items), place)
        pairs: list[tuple[Scalar, Node]] = []
        while isinstance(inner := next(self.events), NodeEvent):
            key = self._node(inner, depth + 1)
            if not isinstance(key, Scalar):
                raise _error(inner, "字段名不是文字", "检查这一行开头的 [ { 或 ? ，是文字就用引号括起来")
            if key.text == "<<":
                raise _error(inner, "不支持合并键“<<”", "把要合并的内容直接写出来")
            pairs.append((key, self._node(next(self.events), depth + 1)))
        return Pairs(tuple(pairs), place)

    def _scalar(self, event: _Event, place: Place) -> Scalar:
        text: str = event.value
        if event.style in {"|", ">"}:
            # The line end that closes a block belongs to the notation (“|” without “-”), not to the text.
            text = text.removesuffix("\n")
        elif text:
            self._tell_lost(event, place)
        text = self.disguise.restore(text, event)
        return Scalar(text, place, bare=not event.style and bool(_NUMBER.fullmatch(text)))

    def _tell_lost(self, event: _Event, place: Place) -> None:
        """YAML cuts a text at “ #” and makes one paragraph of several lines: right, and not what a clerk means."""
        end = event.end_mark
        if end.line >= place.line:  # marks count from 0: it ends on a later line than it begins
            message = "这段文字写成了几行，已按 YAML 的规则并成一段"
            self.out.add("ZJ022", message, "要分段的，在“落实情况: |-”下面另起一行写，每段一行", place=place)
        rest = self.lines[end.line][end.column :].strip() if end.line < len(self.lines) else ""
        if rest.startswith("#"):
            message = f"“#”后面的文字被当作注释，没有读入：{quote(rest)}"
            self.out.add(
                "ZJ021", message, "是正文的，把整段文字写在“落实情况: |-”下面另起一行，或用引号括起来", place=place
            )


def _place(event: _Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _error(event: _Event, message: str, hint: str) -> FormatError:
    return FormatError("ZJ004", message, hint, _place(event))
