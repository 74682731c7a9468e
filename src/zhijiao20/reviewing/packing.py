"""What a review keeps of a file, as bytes: for the way between processes, for the cache, and while others are read.

JSON within, never anything that could be executed.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from zhijiao20.findings import Finding, Place
from zhijiao20.merge import Voice, voices
from zhijiao20.model import Submission
from zhijiao20.rules.across import Seen, as_row, from_row
from zhijiao20.rules.settings import Settings

_FASTEST = 1

Said: TypeAlias = "tuple[str, str, list[Voice]]"
"""A unit for merging: 单位, 报告期, and what it says."""


class Reviewed(NamedTuple):
    """What a review keeps of one file.

    Attributes:
        head: how many findings there are of each rule, and what the rules between units need of each unit.
        findings: the findings.
        texts: the texts for merging, where they are wanted.
        key: what it is kept under in the cache; empty where it is not to be kept, or is there already.
    """

    head: bytes
    findings: bytes
    texts: bytes = b""
    key: bytes = b""


def pack(
    findings: Sequence[Finding], units: Iterable[Seen], texts: Iterable[Submission] = (), key: bytes = b""
) -> Reviewed:
    """Pack what was found in a file; its name is left out, for the same content may come back under another one."""
    counts = Counter(finding.rule.code for finding in findings)
    rows = [(one.rule.code, one.place, one.unit, one.task, one.message, one.hint) for one in findings]
    said = [(submission.unit, submission.period, list(voices(submission))) for submission in texts]
    return Reviewed(
        _bytes([counts, [as_row(unit) for unit in units]]),
        zlib.compress(_bytes(rows), _FASTEST) if rows else b"",
        zlib.compress(_bytes(said), _FASTEST) if said else b"",
        key,
    )


def open_head(head: bytes, file: str) -> tuple[dict[str, int], list[Seen]]:
    """How many findings there are of each rule, and the units.

    Raises:
        ValueError: it is damaged.
    """
    try:
        counts, rows = _plain(head)
        return {str(code): int(number) for code, number in counts.items()}, [from_row(row, file) for row in rows]
    except (TypeError, AttributeError) as error:
        raise ValueError from error


def open_findings(packed: bytes, file: str, settings: Settings) -> Iterator[Finding]:
    """The findings of a file."""
    for code, place, unit, task, message, hint in _plain(zlib.decompress(packed)) if packed else ():
        yield Finding(file, Place(*place), unit, task, settings.rule(code), message, hint)


def open_texts(packed: bytes) -> Iterator[Said]:
    """What the units of a file say, for merging."""
    for unit, period, said in _plain(zlib.decompress(packed)) if packed else ():
        yield unit, period, [Voice(task, kind, text, Place(*place)) for task, kind, text, place in said]


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(data: bytes) -> Any:  # noqa: ANN401 - JSON may be anything
    return json.loads(data.decode("utf-8", "surrogatepass"))
