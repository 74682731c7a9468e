"""What a review keeps of a file, as bytes: for the way between processes, for the cache, and while others are read.

JSON within, never anything that could be executed.  The file's name is left out: the same content may come back under
another one.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from zhijiao20.core.findings import Finding, Place, Waived
from zhijiao20.core.merge import UnitText
from zhijiao20.core.settings import Settings
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts
from zhijiao20.rules.shared.unit_summary import ParagraphStart, UnitSummary
from zhijiao20.rules.waivers import Waiver

UnitTexts: TypeAlias = "tuple[str, str, list[UnitText]]"
"""A unit for merging: 单位, 报告期, and what it says."""

FileFindings: TypeAlias = "tuple[list[Finding], list[Waived]]"
"""What was found in a file, and what its entries took back."""

_KEPT, _PASSING = 1, 0  # levels of zlib: the better ones take longer than reading the file


class PackedResult(NamedTuple):
    """A reviewed file, packed.

    Attributes:
        head: how many findings there are of each rule, the units, and their waivers of rules between units.
        findings: the findings.
        said: the texts for merging, where they are wanted.
        compared: the texts for comparing, where they are wanted.
        key: what it is kept under in the cache; empty where it is not to be kept, or is there already.
    """

    head: bytes
    findings: bytes = b""
    said: bytes = b""
    compared: bytes = b""
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class FileResult:
    """A reviewed file, before it is packed.

    Attributes:
        found: the findings.
        units: what the rules between units need.
        waivers: the waivers of these rules.
        said: the texts for merging.
    """

    found: FileFindings
    units: Sequence[UnitSummary] = ()
    waivers: Sequence[Waiver] = ()
    said: Sequence[UnitTexts] = field(default=())


class ResultHeader(NamedTuple):
    """The head of a reviewed file: how many findings and waived ones of each rule, the units, the waivers."""

    counts: dict[str, int]
    waived: dict[str, int]
    units: list[UnitSummary]
    waivers: list[Waiver]


def pack(content: FileResult, key: bytes = b"") -> PackedResult:
    """Pack a reviewed file."""
    level = _KEPT if key else _PASSING
    compared = _pack_texts([unit.texts for unit in content.units], level)  # what is largest, before there is more
    found, waived = content.found
    counts = Counter(one.rule.code for one in found), Counter(item.finding.rule.code for item in waived)
    units = [(unit.unit, unit.period, unit.place, unit.heads, unit.labels) for unit in content.units]
    waivers = [(one.unit, one.task, one.code, one.reason, one.place) for one in content.waivers]
    rows = [_row(one) for one in found], [(*_row(item.finding), item.reason) for item in waived]
    return PackedResult(
        _bytes((*counts, units, waivers)),
        zlib.compress(_bytes(rows), level) if found or waived else b"",
        zlib.compress(b"\n".join(map(_bytes, content.said)), level) if content.said else b"",
        compared,
        key,
    )


def _row(one: Finding) -> tuple[object, ...]:
    return one.rule.code, one.place, one.unit, one.task, one.message, one.hint


def _pack_texts(texts: Sequence[ComparableTexts | None], level: int) -> bytes:
    """The records and characters as they are, behind a line that says what is whose."""
    if not any(texts):
        return b""
    line = [one and (one.tasks, one.places, len(one.heads), len(one.folded)) for one in texts]
    parts = (part for one in texts if one for part in (one.heads, one.folded))
    packer = zlib.compressobj(level)  # part by part: together they may be a hundred MB, and would be there twice
    return b"".join([*map(packer.compress, chain((_bytes(line), b"\n"), parts)), packer.flush()])


def read_header(reviewed: PackedResult, file: str) -> ResultHeader:
    """The head, with the texts for comparing."""
    counts, waived, rows, waivers = _plain(reviewed.head)
    texts = _open_texts(reviewed.compared) if reviewed.compared else (None for _ in rows)
    units = [_unit_summary(file, own, row) for row, own in zip(rows, texts, strict=True)]
    return ResultHeader(counts, waived, units, [_waiver(file, *row) for row in waivers])


def _unit_summary(file: str, texts: ComparableTexts | None, row: Sequence[Any]) -> UnitSummary:
    unit, period, place, heads, labels = row
    speaking = tuple(ParagraphStart(task, Place(*at), text) for task, at, text in heads)
    return UnitSummary(unit, file, period, Place(*place), texts, speaking, tuple(labels))


def _waiver(file: str, unit: str, task: str, code: str, reason: str, place: Iterable[Any]) -> Waiver:
    return Waiver(file, unit, task, code, reason, Place(*place))


def _open_texts(packed: bytes) -> Iterator[ComparableTexts | None]:
    data = zlib.decompress(packed)
    begin = data.index(b"\n") + 1
    for one in _plain(data[: begin - 1]):
        if one is None:
            yield None
            continue
        tasks, places, heads, folded = one
        middle, end = begin + heads, begin + heads + folded
        yield ComparableTexts(tuple(tasks), tuple(Place(*at) for at in places), data[begin:middle], data[middle:end])
        begin = end


def read_findings(packed: bytes, file: str, settings: Settings) -> FileFindings:
    """The findings of a file, and what its entries took back."""
    found, waived = _plain(zlib.decompress(packed)) if packed else ((), ())
    return _findings(found, file, settings), [
        Waived(finding, row[-1])
        for finding, row in zip(_findings((row[:-1] for row in waived), file, settings), waived, strict=True)
    ]


def _findings(rows: Iterable[Any], file: str, settings: Settings) -> list[Finding]:
    return [
        Finding(file, Place(*place), unit, task, settings.rule(code), message, hint)
        for code, place, unit, task, message, hint in rows
    ]


def read_unit_texts(packed: bytes) -> Iterator[UnitTexts]:
    """What the units of a file say, for merging."""
    for line in zlib.decompress(packed).splitlines() if packed else ():  # all at once would take many times the room
        unit, period, said = _plain(line)
        yield unit, period, [UnitText(task, kind, text, Place(*place)) for task, kind, text, place in said]


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(data: bytes) -> Any:  # noqa: ANN401 - JSON may be anything
    return json.loads(data.decode("utf-8", "surrogatepass"))
