"""Serialize the review result of a file: for pipes between processes, the cache, and temporary storage.

The format is JSON, so reading it never executes code. The file name is left out: the same content may be found again
under another name.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, starmap
from typing import Any

from zhijiao20.core.answers import Answers
from zhijiao20.core.findings import Finding, Place, Waived
from zhijiao20.core.merge import UnitText
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import TaskCounts
from zhijiao20.review.file_result import FileFindings, FileResult, PackedResult, UnitTexts
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts
from zhijiao20.rules.shared.unit_summary import Known, ParagraphStart, UnitSummary
from zhijiao20.rules.waivers import Waiver

_CACHE_LEVEL, _TRANSFER_LEVEL = 1, 0  # zlib levels; higher ones take longer than parsing the file


def pack(result: FileResult) -> PackedResult:
    """Serialize a result; compress it only if it is to be kept in the cache."""
    if result.packed is not None:
        return result.packed
    assert not isinstance(result.found, bytes), "a result with serialized findings is packed"
    level = _CACHE_LEVEL if result.key else _TRANSFER_LEVEL
    compared = _pack_texts([unit.texts for unit in result.units], level)  # first, because it needs the most memory
    found, waived = result.found
    counts = Counter((finding.unit, finding.rule.key) for finding in found)
    waived_counts = Counter(item.finding.rule.key for item in waived)
    units = list(map(_unit_row, result.units))
    waivers = [(waiver.unit, waiver.task, waiver.code, waiver.reason, waiver.place) for waiver in result.waivers]
    texts = b"\n".join(map(_to_json, result.texts))
    return PackedResult(
        _to_json((list(counts.items()), waived_counts, units, waivers, result.unit_count)),
        pack_findings(result.found, level),
        zlib.compress(texts, level) if texts else b"",
        compared,
        result.key,
    )


def pack_findings(found: FileFindings, level: int = _TRANSFER_LEVEL) -> bytes:
    """Serialize the findings of a file."""
    findings, waived = found
    if not findings and not waived:
        return b""
    rows = [_finding_row(finding) for finding in findings]
    waived_rows = [(*_finding_row(item.finding), item.reason) for item in waived]
    return zlib.compress(_to_json((rows, waived_rows)), level)


def unpack(packed: PackedResult, file: str) -> FileResult:
    """Return a result from its serialized form; the findings stay serialized."""
    counts, waived, rows, waivers, unit_count = _from_json(packed.header)
    compared = _read_texts(packed.compared) if packed.compared else (None for _ in rows)
    return FileResult(
        packed.findings,
        [_unit_summary(file, index, *unit) for index, unit in enumerate(zip(compared, rows, strict=True))],
        [_waiver(file, *row) for row in waivers],
        _read_unit_texts(packed.texts),
        unit_count,
        ({(unit, code): number for (unit, code), number in counts}, waived),
        packed,
        packed.key,
    )


def _finding_row(finding: Finding) -> tuple[object, ...]:
    return finding.rule.key, finding.place, finding.unit, finding.task, finding.message, finding.hint


def _pack_texts(texts: Sequence[ComparableTexts | None], level: int) -> bytes:
    """Serialize the texts for comparison.

    The first line gives tasks, places and lengths by unit; then follow the records and characters as they are.
    """
    if not any(texts):
        return b""
    descriptions = [
        unit_texts and (unit_texts.tasks, unit_texts.places, len(unit_texts.heads), len(unit_texts.folded))
        for unit_texts in texts
    ]
    parts = (part for unit_texts in texts if unit_texts for part in (unit_texts.heads, unit_texts.folded))
    packer = zlib.compressobj(level)  # part by part: joined they may be 100 MB, and would be held twice
    return b"".join([*map(packer.compress, chain((_to_json(descriptions), b"\n"), parts)), packer.flush()])


def _unit_row(unit: UnitSummary) -> tuple[object, ...]:
    answers = unit.answers and (unit.answers.states, b64encode(unit.answers.digests).decode())
    return (
        *(unit.unit, unit.period, unit.place, unit.heads, unit.labels, unit.counts, unit.known),
        *(unit.from_file_name, answers, unit.superior),
    )


def _unit_summary(file: str, index: int, texts: ComparableTexts | None, row: Sequence[Any]) -> UnitSummary:
    unit, period, place, heads, labels, counts, known, from_file_name, answers, superior = row
    paragraph_starts = tuple(ParagraphStart(task, Place(*start_place), text) for task, start_place, text in heads)
    whose = None if known is None else Known(known[0], known[1], known[2], tuple(known[3]))
    task_counts = counts and TaskCounts(*counts)
    answered = answers and Answers(answers[0], b64decode(answers[1]))
    described = (texts, paragraph_starts, tuple(labels), task_counts, whose, from_file_name, answered, superior, index)
    return UnitSummary(unit, file, period, Place(*place), *described)


def _waiver(file: str, unit: str, task: str, code: str, reason: str, place: Iterable[Any]) -> Waiver:
    return Waiver(file, unit, task, code, reason, Place(*place))


def _read_texts(packed: bytes) -> Iterator[ComparableTexts | None]:
    data = zlib.decompress(packed)
    begin = data.index(b"\n") + 1
    for description in _from_json(data[: begin - 1]):
        if description is None:
            yield None
            continue
        tasks, places, heads_length, folded_length = description
        middle, end = begin + heads_length, begin + heads_length + folded_length
        yield ComparableTexts(
            tuple(tasks), tuple(Place(*place) for place in places), data[begin:middle], data[middle:end]
        )
        begin = end


def read_findings(packed: bytes, file: str, settings: Settings) -> FileFindings:
    """Parse the findings of a file, and its waived findings."""
    found, waived = _from_json(zlib.decompress(packed)) if packed else ((), ())
    return _findings(found, file, settings), [
        Waived(finding, row[-1])
        for finding, row in zip(_findings((row[:-1] for row in waived), file, settings), waived, strict=True)
    ]


def _findings(rows: Iterable[Any], file: str, settings: Settings) -> list[Finding]:
    return [
        Finding(file, Place(*place), unit, task, settings.rule(key), message, hint)
        for key, place, unit, task, message, hint in rows
    ]


def _read_unit_texts(packed: bytes) -> Iterator[UnitTexts]:
    """Yield the units of a file with their texts, for merging."""
    # Line by line: all at once would take many times the memory.
    for line in zlib.decompress(packed).splitlines() if packed else ():
        unit, period, texts, superior = _from_json(line)
        yield unit, period, list(starmap(_unit_text, texts)), superior


def _unit_text(task: str, kind: int, text: str, place: Iterable[Any], progress: str) -> UnitText:
    return UnitText(task, kind, text, Place(*place), progress)


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _from_json(data: bytes) -> Any:  # noqa: ANN401 - JSON has values of any type
    return json.loads(data.decode("utf-8", "surrogatepass"))
