"""Recognize a table that was merged from several units, and tell their texts apart by their labels.  No I/O.

A merged cell holds the text of each unit, led by 【单位】, by 【甲、乙】 where units share it, or by 【上级：单位】;
a line of its own, 【上级】, may lead the units of one superior.  A unit may write 【做法】【成效】 in its own text: in
doubt no units are told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from heapq import heapify, heappop, heappush
from itertools import groupby, pairwise
from typing import NamedTuple

from zhijiao20.core.digest import is_digest_cell
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.levels import BETWEEN

_LABEL = lazy_regex(r"[ \t\u3000]{0,9}【([^【】\n]+)】")
_LINE_LABEL = lazy_regex(f"^{_LABEL.pattern}", re.MULTILINE)
_NAME = '[一-鿿0-9A-Za-z〇“”"《》（）()·]'
_UNIT = lazy_regex(
    f"{_NAME}{{1,98}}(?:[局委厅院校馆省市县区州旗盟乡镇]|大学|中学|小学|公司|集团|政府|街道|幼儿园|职专|职高|中专"
    "|高职|高专|电大|工商联|残联|文联|科协|协会|学会|总工会)"
)
_OF_A_PLACE = lazy_regex(f"{_NAME}{{0,20}}[省市县区州旗盟乡镇]{_NAME}{{1,60}}(?:[部办处科所站园会社行]|中心|基地|联社)")
_FEW_UNITS = 2  # a single name may be a heading that the author wrote


class UnitName(NamedTuple):
    """A unit as the labels of a table call it: 上级, which may be empty, and the name."""

    superior: str
    name: str


class Segment(NamedTuple):
    """A text in a cell, the units that share it, and the superior on the line that leads them, which may be empty."""

    units: tuple[UnitName, ...]
    text: str
    group: str = ""


class MergedTable(NamedTuple):
    """What a merged table holds.

    Attributes:
        units: the units in an order that agrees with every cell.
        texts: unit → task → its text.
    """

    units: Sequence[UnitName]
    texts: Mapping[UnitName, Mapping[str, str]]


def is_digest(cells: Iterable[str]) -> bool:
    """Check whether most of the cells that are filled begin by counting units, as those of a digest."""
    found = [is_digest_cell(cell.lstrip().split("\n", 1)) for cell in cells if cell]
    return sum(found) * 2 > len(found)


def begins_with_label(text: str) -> bool:
    """Check whether a text begins with 【…】."""
    return "【" in text[:10] and _LABEL.match(text) is not None


def names_in_labels(texts: Iterable[str]) -> Iterator[str]:
    """Yield the names in the labels that lead the paragraphs of texts which begin with one."""
    for text in filter(begins_with_label, texts):
        for line in text.split("\n"):
            if match := _LABEL.match(line):
                yield from match[1].split("、")


class LabelledPart(NamedTuple):
    """A part of a text, and its label; ``begin`` and ``end`` are offsets in the text, without the label."""

    label: str
    begin: int
    end: int


def labelled_parts(text: str) -> list[LabelledPart]:
    """Return the part of each unit in a text that begins with the label of units; empty if it does not.

    A label that names no unit, such as 【做法】, is part of the text that it stands in.
    """
    if not begins_with_label(text):
        return []
    reader = _CellReader("", lambda _: False)
    labels = [match for match in _LINE_LABEL.finditer(text) if reader.units(match[1]) is not None]
    if not labels or labels[0].start():
        return []
    ends = [*(label.start() - 1 for label in labels[1:]), len(text)]
    parts = (LabelledPart(label[1], label.end(), end) for label, end in zip(labels, ends, strict=True))
    return [part for part in parts if part.begin < part.end]


def read_merged(
    cells: Mapping[str, str], superior: str = "", known: Callable[[str], bool] = lambda _: False
) -> MergedTable | None:
    """Return what a merged table holds; None where it is not plainly one.

    Args:
        cells: task → the text of its cell, in order; cells that are empty or only read 不涉及 are left out.
        superior: the unit that merged the table, which is 上级 of the units for which no label says another.
        known: whether a name is one of the roster.
    """
    if not cells or not all(map(begins_with_label, cells.values())):
        return None
    reader = _CellReader(superior, known)
    segments = {task: reader.segments(text) for task, text in cells.items()}
    if not all(found and found[0].units for found in segments.values()):
        return None
    if not (
        _recur(segments.values()) or all(known(unit.name) for found in segments.values() for unit in found[0].units)
    ):
        return None
    return _table(segments)


def _recur(cells: Iterable[Sequence[Segment]]) -> bool:
    """Check whether several names lead texts in more than one cell, and such names stand in most cells."""
    standing = [{unit for segment in found for unit in segment.units} for found in cells]
    counts = Counter(unit for units in standing for unit in units)
    often = {unit for unit, number in counts.items() if number > 1 or len(standing) == 1}
    return len(often) >= _FEW_UNITS and sum(not often.isdisjoint(units) for units in standing) * 2 > len(standing)


def _table(segments: Mapping[str, Sequence[Segment]]) -> MergedTable:
    """Put the texts of each unit together; a text that is divided in a cell is joined."""
    units = _ordered(segments.values())
    parts: dict[UnitName, dict[str, list[str]]] = {unit: {} for unit in units}
    for task, found in segments.items():
        for segment in found:
            for unit in segment.units:
                parts[unit].setdefault(task, []).append(segment.text)
    texts = {unit: {task: "\n".join(said) for task, said in own.items()} for unit, own in parts.items()}
    return MergedTable(units, texts)


class _CellReader:
    """Reads the labels in cells.

    Args:
        superior: the unit that merged the table.
        known: whether a name is one of the roster.
    """

    def __init__(self, superior: str, known: Callable[[str], bool]) -> None:
        self._superior = superior
        self._is_unit = cache(lambda name: known(name) or _may_be_unit(name))

    def segments(self, cell: str) -> list[Segment]:
        """Return the texts in a cell; the first one has no units if the cell does not begin with a label of units."""
        lines = cell.split("\n")
        labels = [self._label(line) for line in lines]
        found: list[tuple[tuple[UnitName, ...], list[str], str]] = []
        group = ""
        for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
            following = labels[index + 1] if index + 1 < len(lines) else None
            if label is None:
                if not found:
                    return [Segment((), cell)]
                found[-1][1].append(line)
            elif not label[1] and following is not None and len(label[0]) == 1 and not label[0][0].superior:
                group = label[0][0].name
            else:
                superior = group or self._superior
                units = tuple(unit if unit.superior else UnitName(superior, unit.name) for unit in label[0])
                found.append((units, [label[1]], group))
        return [Segment(units, "\n".join(texts), superior) for units, texts, superior in found]

    def _label(self, line: str) -> tuple[list[UnitName], str] | None:
        """Return the units that a label at the beginning of a line names, and the rest of the line."""
        match = _LABEL.match(line)
        if match is None:
            return None
        units = self.units(match[1])
        return None if units is None else (units, line[match.end() :])

    def units(self, label: str) -> list[UnitName] | None:
        """Return the units in a label; None if any of its names is not that of a unit."""
        if self._is_unit(label):
            return [UnitName("", label)]
        units = [self._unit(name) for name in label.split("、")]
        return None if any(unit is None for unit in units) else [unit for unit in units if unit is not None]

    def _unit(self, name: str) -> UnitName | None:
        superior, between, own = name.partition(BETWEEN)
        if between and superior and self._is_unit(own):
            return UnitName(superior, own)
        return UnitName("", name) if self._is_unit(name) else None


def _may_be_unit(name: str) -> bool:
    """Check whether a name is plainly that of a unit; 实训中心 or 教务处 without a place may be a heading."""
    return _UNIT.fullmatch(name) is not None or _OF_A_PLACE.fullmatch(name) is not None


def _ordered(cells: Iterable[Sequence[Segment]]) -> list[UnitName]:
    """Return the units in an order that agrees with each cell; the cells they came from followed this order.

    The units that share a text stand at the place of the first one, so not all pairs are in order.  Where the cells do
    not agree, the unit that stands first in the table comes first.
    """
    after: dict[UnitName, set[UnitName]] = {}
    for found in cells:
        for unit in (unit for segment in found for unit in segment.units):
            after.setdefault(unit, set())
        for before, behind in _followers(found):
            if before != behind:
                after[before].add(behind)
    rank = {unit: number for number, unit in enumerate(after)}
    return _sorted_by(after, rank)


def _followers(found: Sequence[Segment]) -> Iterator[tuple[UnitName, UnitName]]:
    """Yield pairs of units in a cell of which the second one follows the first one."""
    yield from pairwise(segment.units[0] for segment in found)
    for segment in found:
        yield from pairwise(segment.units)
    groups = [list(segments) for _, segments in groupby(found, key=lambda segment: segment.group)]
    for before, behind in pairwise(groups):  # all of a superior stand before those of the next one
        yield from ((unit, behind[0].units[0]) for segment in before for unit in segment.units)


def _sorted_by(after: Mapping[UnitName, set[UnitName]], rank: Mapping[UnitName, int]) -> list[UnitName]:
    """Sort units so that each stands before those after it, by their rank where several may come next."""
    waiting = Counter(behind for units in after.values() for behind in units)
    ready = [rank[unit] for unit in after if not waiting[unit]]
    heapify(ready)
    by_rank = list(after)
    left = iter(by_rank)
    done: dict[UnitName, None] = {}
    while len(done) < len(by_rank):
        unit = by_rank[heappop(ready)] if ready else next(unit for unit in left if unit not in done)
        if unit in done:
            continue
        done[unit] = None
        for behind in after[unit]:
            waiting[behind] -= 1
            if not waiting[behind]:
                heappush(ready, rank[behind])
    return list(done)
