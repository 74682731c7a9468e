"""Compute automatic numbering as Word shows it; the labels are not stored in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhijiao20.formats.docx.number_formats import format_number
from zhijiao20.formats.docx.ooxml import (
    ALTERNATE,
    DELETED,
    PPR,
    RPR,
    TR,
    TRPR,
    Element,
    P,
    W,
    chosen_version,
    is_on,
    mark_is_deleted,
    property_of,
    styles_after_their_base,
    value_of,
)
from zhijiao20.formats.docx.symbols import SYMBOL_FONTS, shown

_STYLE = f"{W}pStyle"
_LEVELS = 9
# Bullets of Symbol and Wingdings where the level names no font.
_USUAL_BULLETS = {0xB7: "•", 0x6C: "●", 0x6E: "■", 0xA7: "■", 0xD8: "➢", 0xFC: "✓", 0x75: "◆", 0xB2: "★"}
_PATTERN_LIMIT = 60  # characters of a label pattern, such as 第%1条第%2款; those of Word are shorter


@dataclass(slots=True)
class _Level:
    """A level of a list.

    Attributes:
        start: its first number.
        kind: the format of its numbers.
        text: the pattern of its labels, such as ``第%1条``.
        legal: whether its labels show the numbers of all levels as Arabic digits.
        restart: it begins anew after a paragraph of a level below this index; None: after any higher level.
        font: the font of a bullet, in lower case.
        custom: the examples of a custom format.
        style: the paragraph style that stands for this level.
    """

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    font: str = ""
    custom: str = ""
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)

    def level_of_style(self, style: str) -> int:
        """Return the level that a paragraph style stands for, or else the first one."""
        return next((index for index, level in self.levels.items() if style and level.style == style), 0)


class Numbering:
    """The numbered lists of a document, from which the labels of its paragraphs are computed.

    Args:
        numbering: the root of the numbering part, or None where the document has no lists.
        styles: the root of the style part, or None; a style can define the numbering of its paragraphs.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {} if styles is None else _styles(styles)
        self._lists = {} if numbering is None else _lists(numbering, self._styles)
        self._default_style = "" if styles is None else _default_style(styles)

    def labels(self, document: Element) -> Mapping[Element, str]:
        """Return the label of each numbered paragraph, counted in document order.

        A paragraph whose mark is deleted by a tracked change has no number: it is joined to the next one.
        """
        found: dict[Element, str] = {}
        counters: dict[str, list[int | None]] = {}
        started: set[str] = set()
        for paragraph in _counted_paragraphs(document) if self._lists else ():
            number, level = self._list_and_level(paragraph)
            numbered = self._lists.get(number)
            if numbered is None or level not in numbered.levels or mark_is_deleted(paragraph):
                continue
            counts = counters.setdefault(numbered.abstract, [None] * _LEVELS)
            if number not in started:
                started.add(number)
                for restarted, start in numbered.restarts.items():
                    counts[restarted] = start - 1
            _count(numbered.levels, level, counts)
            found[paragraph] = _label(numbered.levels, level, counts)
        return found

    def _list_and_level(self, paragraph: Element) -> tuple[str, int]:
        """Return the list id and level of a paragraph: its own, or those of its style.

        List id 0 means no numbering.
        """
        style = property_of(paragraph, PPR, _STYLE)
        name = style.get(f"{W}val", "") if style is not None else self._default_style
        number, level = _resolve_numbering(next(paragraph.iterchildren(PPR), None), self._styles.get(name, ("", None)))
        if level is None:
            numbered = self._lists.get(number)
            level = 0 if numbered is None else numbered.level_of_style(name)
        return number, level


def _counted_paragraphs(document: Element) -> Iterator[Element]:
    """Yield the paragraphs of a document without those in rows that a tracked change deletes."""
    deleted: set[Element] = set()
    for row in document.iter(TR):
        if property_of(row, TRPR, DELETED) is not None and next(row.iter(P), None) not in deleted:
            deleted.update(row.iter(P))
    return (paragraph for paragraph in document.iter(P) if paragraph not in deleted)


def _count(levels: Mapping[int, _Level], level: int, counts: list[int | None]) -> None:
    """Count one more paragraph of a level; the levels below it begin anew."""
    current = counts[level]
    counts[level] = levels[level].start if current is None else current + 1
    for lower in range(level + 1, _LEVELS):
        restart = levels[lower].restart if lower in levels else None
        if restart is None or level < restart:
            counts[lower] = None


def _lists(root: Element, styles: Mapping[str, tuple[str, int | None]]) -> dict[str, _List]:
    abstracts = {abstract.get(f"{W}abstractNumId", ""): abstract for abstract in root.findall(f"{W}abstractNum")}
    levels = {key: dict(map(_level, abstract.findall(f"{W}lvl"))) for key, abstract in abstracts.items()}
    defined = {value_of(abstract.find(f"{W}styleLink")): key for key, abstract in abstracts.items()}
    of_number = {
        number.get(f"{W}numId", ""): value_of(number.find(f"{W}abstractNumId")) for number in root.findall(f"{W}num")
    }
    found: dict[str, _List] = {}
    for number in root.findall(f"{W}num"):
        key = of_number[number.get(f"{W}numId", "")]
        if not levels.get(key) and key in abstracts:  # the list style has the levels
            link = value_of(abstracts[key].find(f"{W}numStyleLink"))
            key = defined.get(link) or of_number.get(styles.get(link, ("", None))[0], key)
        numbered_list = _List(key, dict(levels.get(key, {})))
        for override in number.findall(f"{W}lvlOverride"):
            index = _integer(override.get(f"{W}ilvl", ""), 0)
            if (level := override.find(f"{W}lvl")) is not None:
                numbered_list.levels[index] = _level(level)[1]
            if (start := override.find(f"{W}startOverride")) is not None and index < _LEVELS:
                numbered_list.restarts[index] = _integer(value_of(start), 1)
        found[number.get(f"{W}numId", "")] = numbered_list
    return found


def _level(element: Element) -> tuple[int, _Level]:
    index = min(_integer(element.get(f"{W}ilvl", ""), 0), _LEVELS - 1)
    number_format = element.find(f"{W}numFmt")
    if number_format is None and (alternate := element.find(ALTERNATE)) is not None:
        version = chosen_version(alternate)
        number_format = None if version is None else version.find(f"{W}numFmt")
    fonts = element.find(f"{RPR}/{W}rFonts")
    restart = element.find(f"{W}lvlRestart")
    return index, _Level(
        _integer(value_of(element.find(f"{W}start")), 1),
        value_of(number_format) or "decimal",
        value_of(element.find(f"{W}lvlText"))[:_PATTERN_LIMIT],
        is_on(element.find(f"{W}isLgl")),
        None if restart is None else _integer(value_of(restart), _LEVELS),
        "" if fonts is None else (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "").lower(),
        "" if number_format is None else number_format.get(f"{W}format", ""),
        value_of(element.find(f"{W}pStyle")),
    )


def _default_style(root: Element) -> str:
    """Return the style of the paragraphs that name none."""
    styles = root.findall(f"{W}style[@{W}default='1'][@{W}type='paragraph']")
    return styles[-1].get(f"{W}styleId", "") if styles else ""


def _styles(root: Element) -> dict[str, tuple[str, int | None]]:
    found: dict[str, tuple[str, int | None]] = {}
    for name, base, style in styles_after_their_base(root):
        found[name] = _resolve_numbering(style.find(PPR), found.get(base, ("", None)))
    return found


def _resolve_numbering(properties: Element | None, inherited: tuple[str, int | None]) -> tuple[str, int | None]:
    own = properties.find(f"{W}numPr") if properties is not None else None
    if own is None:
        return inherited
    number, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
    return (
        inherited[0] if number is None else value_of(number),
        inherited[1] if level is None else min(_integer(value_of(level), 0), _LEVELS - 1),
    )


def _label(levels: Mapping[int, _Level], level: int, counts: list[int | None]) -> str:
    legal = levels[level].legal

    def format_count(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        counted_level = levels.get(index, _Level())
        current = counts[index]
        number = counted_level.start if current is None else current
        return str(number) if legal else format_number(number, counted_level.kind, counted_level.custom)

    own = levels[level]
    if own.kind == "bullet":
        return "".join(_bullet(char, own.font) for char in own.text)
    return "" if own.kind == "none" else re.sub("%([1-9])", format_count, own.text)


def _bullet(char: str, font: str) -> str:
    """Return a bullet as its font shows it; one that is not known is a round one."""
    if font in SYMBOL_FONTS:
        return shown(font, ord(char)) or "•"
    return _USUAL_BULLETS.get(ord(char) - 0xF000, "•") if "\uf000" <= char <= "\uf0ff" else char


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else default
