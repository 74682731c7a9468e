"""Read any part of a YAML file as nodes, from libyaml's events, and report what YAML drops or folds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import yaml
from yaml.events import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.garbled import LOST_MARKS
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.limits import Limits
from zhijiao20.formats.format_error import Budget, FormatError
from zhijiao20.formats.raw import Items, Node, Pairs, Scalar
from zhijiao20.formats.yaml.hidden_breaks import HiddenBreaks

Event: TypeAlias = Any  # PyYAML types the marks of an event as optional; a parsed event always has them

_tuple: Any = tuple.__new__  # makes a named tuple in half the time of its own constructor
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONE_CR = lazy_regex("\r(?!\n)")
_DEPTH = 16  # a status file has five levels
_NUMBER = lazy_regex(r"[-+]?[0-9][0-9_]*\.[0-9_]*")
_COMMENT = lazy_regex(r"[ \t]*(#.*)")
_WIDE_BAR = lazy_regex("[｜丨︱│∣][-－+]? ")
_TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_NOTHING_BEHIND = ":\r\n"  # directly follow most scalars: no comment follows on the same line
_SPECIAL = "&*!?"  # without these there is no anchor, alias or tag, and no key but on one line with its colon
_UNCLEAN = "\\" + LOST_MARKS


class NodeReader:
    """Reads the parser's events one by one, and builds nodes of them.

    Attributes:
        next: returns the next event.
        out: receives what is dropped or folded.
        source: the text, every line closed.
        special: whether there may be anchors, aliases, tags or keys marked with “?”.
        clean: whether no text can hold a lost character, or one that Word cannot: only an escape could bring that in.
        budget: what is left of the limits; None for a file too small to reach any.
        careful: whether a key needs more than a look at its value.
    """

    def __init__(
        self, stream: bytes | str, source: str, hidden: HiddenBreaks | None, out: Collector, limits: Limits
    ) -> None:
        self.next: Callable[[], Event] = _LOADER(stream).get_event
        self.out, self.hidden = out, hidden
        self.source = source_lines(source) if "\r" in source else source + "\n"
        self.special = any(char in source for char in _SPECIAL)
        self.clean = not any(char in source for char in _UNCLEAN)
        self.anchors: dict[str, Node] = {}
        self.unused: dict[str, Event] = {}
        self.budget = (
            None if len(source) <= min(limits.nodes, limits.characters, limits.text) else Budget.of_nodes(limits)
        )
        self.careful = self.special or self.budget is not None or hidden is not None

    def node(self, event: Event, depth: int) -> Node:
        """Read any node: one with a tag or an anchor, an alias, one that lies deep."""
        if isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                raise error_at(event, f"{quote(f'*{event.anchor}')}引用的内容不存在", "文字以 * 开头时请用引号括起来")
            if not isinstance(node := self.anchors[event.anchor], Scalar):
                raise error_at(event, "不支持引用整段内容", "把要引用的内容直接写出来")
            self.unused.pop(event.anchor, None)
            self.count(node.text, event)  # a short file could repeat a long text any number of times
            return node
        if event.tag not in _TEXT_TAGS:
            raise error_at(event, f"不支持标签{quote(str(event.tag))}", "文字以 ! 开头时请用引号括起来")
        if depth > _DEPTH:
            raise error_at(event, f"嵌套超过 {_DEPTH} 层", "填报文件最多五层；检查缩进是否写错")
        if isinstance(event, ScalarEvent):
            node = self.scalar(event, self.text(event))
        elif isinstance(event, SequenceStartEvent):
            node = self.items(event, depth + 1)
        else:
            self.count("", event)
            node = Pairs(tuple(self.pairs_from(self.next(), depth + 1)), place_of(event))
        if event.anchor is not None:
            self.anchors[event.anchor] = node
            if isinstance(event, ScalarEvent) and not event.style:
                self.unused[event.anchor] = event
        return node

    def items(self, start: Event, depth: int) -> Items:
        """Read a list."""
        if self.budget:
            self.count("", start)
        return Items(self.rest(self.next(), depth), place_of(start))

    def rest(self, event: Event, depth: int) -> tuple[Node, ...]:
        """Read the rest of a list, from the event of an item on."""
        items: list[Node] = []
        while type(event) is not SequenceEndEvent:
            items.append(self.node(event, depth))
            event = self.next()
        return tuple(items)

    def pairs_from(self, event: Event, depth: int) -> list[tuple[Scalar, Node]]:
        """Read the rest of a mapping, from the event of a key on."""
        pairs: list[tuple[Scalar, Node]] = []
        while type(event) is not MappingEndEvent:
            key = self.key(event, depth)
            pairs.append((key, self.node(self.next(), depth)))
            event = self.next()
        return pairs

    def key(self, event: Event, depth: int) -> Scalar:
        """Read the key of a mapping."""
        node = self.node(event, depth)
        if not isinstance(node, Scalar):
            raise error_at(event, "字段名不是文字", "检查这一行开头的 [ { 或 ? ，是文字就用引号括起来")
        if node.text == "<<":
            raise merge_key(event)
        return node

    def scalar(self, event: Event, text: str) -> Scalar:
        """Return a scalar with its text."""
        bare = (
            not event.style and text < ":" and _NUMBER.fullmatch(text) is not None
        )  # signs and digits sort before “:”
        return Scalar(text, place_of(event), bare, self.block(event, text))

    def text(self, event: Event) -> str:
        """Return the text of a scalar, and report what of it was lost or folded."""
        text: str = event.value
        style = event.style
        if self.budget:
            self.budget.take(text, place_of(event))
        if style == "|":  # the line end that closes a block belongs to the notation (“|” without “-”), not to the text
            text = text.removesuffix("\n")
        elif style == ">":
            text = text.removesuffix("\n")
            if event.end_mark.line - event.start_mark.line > 2:
                self.report_folded(event)
        else:
            end = event.end_mark
            if end.line > event.start_mark.line or self.source[end.index] not in _NOTHING_BEHIND:
                self.report_lost(event)
        return self.hidden.restore(text, event) if self.hidden else text

    def block(self, event: Event, text: str) -> int:
        """Return the column, counted from 1, where the text of a literal block's lines begins.

        Return 0 for any other scalar, for a blank block, and for one with an anchor or a tag, which may be on a line of
        its own.
        """
        source, mark = self.source, event.start_mark.index
        stripped = text.lstrip(" \n")
        if event.style != "|" or not stripped or source[mark] != "|":
            return 0
        leading = len(text) - len(stripped)  # blank lines, and leading spaces that belong to the text
        begin = source.index("\n", mark) + 1
        if leading:
            for _ in range(text.count("\n", 0, leading)):
                begin = source.index("\n", begin) + 1
            leading -= text.rfind("\n", 0, leading) + 1
        return source.index(stripped[0], begin) - begin - leading + 1

    def count(self, text: str, event: Event) -> None:
        """Subtract a node from the limits."""
        if self.budget:
            self.budget.take(text, place_of(event))

    def report_lost(self, event: Event) -> None:
        """YAML cuts a text at “ #” and folds several lines into one paragraph, which few writers intend."""
        if event.end_mark.line > event.start_mark.line:
            self.report_folded(event)
        if comment := _COMMENT.match(self.source, event.end_mark.index):
            message = f"“#”后面的文字被当作注释，没有读入：{quote(comment[1].strip())}"
            hint = "是正文的，把整段文字写在“落实情况: |-”下面另起一行，或用引号括起来"
            self.out.add("ZJ021", message, hint, place=place_of(event))

    def report_folded(self, event: Event) -> None:
        """Report a text of several lines that YAML makes one paragraph."""
        if bar := _WIDE_BAR.match(event.value):
            hint = "改成半角的“|-”，它是键盘上回车键旁边的竖线；文字从下一行写起"
            raise error_at(event, f"“{bar[0].strip()}”里的竖线不是半角，没有认成多行文字的记号", hint)
        message = "这段文字写成了几行，已按 YAML 的规则并成一段"
        self.out.add("ZJ022", message, "要分段的，在“落实情况: |-”下面另起一行写，每段一行", place=place_of(event))


def place_of(event: Event) -> Place:
    """Return where an event begins."""
    mark = event.start_mark
    place: Place = _tuple(Place, (mark.line + 1, mark.column + 1, None))
    return place


def merge_key(event: Event) -> FormatError:
    """Return the error for a merge key."""
    return error_at(event, "不支持合并键“<<”", "把要合并的内容直接写出来")


def error_at(event: Event, message: str, hint: str) -> FormatError:
    """Return a syntax error at the place of an event."""
    return FormatError("ZJ004", message, hint, place_of(event))


def source_lines(text: str) -> str:
    """Return the text with every line ended by LF or CRLF; character indexes stay the same."""
    return (_LONE_CR.sub("\n", text) if "\r" in text else text) + "\n"
