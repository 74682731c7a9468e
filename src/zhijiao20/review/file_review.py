"""One file reviewed: a path in, its findings and what others need of it out."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from zhijiao20 import __version__
from zhijiao20.core.errors import UnreadableError
from zhijiao20.core.findings import Collector, Finding, TooManyFindingsError, sort_by_place
from zhijiao20.core.merge import unit_texts
from zhijiao20.core.settings import Settings
from zhijiao20.core.submission import Submission
from zhijiao20.formats.format_error import too_many_findings
from zhijiao20.formats.read import read_content, refuse, unread
from zhijiao20.formats.registry import BY_SUFFIX
from zhijiao20.review.cache import Cache
from zhijiao20.review.serialize import FileFindings, FileResult, PackedResult, UnitTexts, pack
from zhijiao20.rules.engine import CROSS_UNIT_CODES, Reviewer
from zhijiao20.rules.shared.unit_summary import UnitSummary
from zhijiao20.rules.structure.unused_waiver import unused
from zhijiao20.rules.waivers import Waiver, waive, waivers_of
from zhijiao20.system.read_file import read_bytes
from zhijiao20.system.resources import load_catalog, resource


@dataclass(frozen=True)
class ReviewJob:
    """What is to be done with each file of a run; the same for all, and it travels to worker processes.

    Attributes:
        settings: the chosen rules.
        merging: whether the texts are wanted for merging.
        alone: whether it is the only file.
        cache: the folder of the cache, or None.
    """

    settings: Settings
    merging: bool = False
    alone: bool = False
    cache: Path | None = None

    def key(self, kind: str, data: bytes) -> bytes:
        """What something is kept under that depends on this data, and on program, list and choice."""
        digest = hashlib.blake2b(f"{kind}\0".encode("utf-8", "surrogatepass"), digest_size=20, key=self._common)
        digest.update(data)
        return digest.digest()

    @cached_property
    def _common(self) -> bytes:
        parts = [__version__, sys.version, plain(self.settings), str(self.merging), *_sources()]
        return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=32).digest()


class FileReviewer:
    """Reviews files, one at a time; rules and catalog are made ready when the first one is really read."""

    def __init__(self, order: ReviewJob) -> None:
        self._order = order
        self._cache = Cache(order.cache) if order.cache else None

    def review(self, file: Path) -> PackedResult:
        """Review a file: read whole in any case, judged anew only when its content is not known."""
        try:
            data = read_bytes(file, self._order.settings.limits)
        except UnreadableError as error:
            return self.refused(file, error)
        key = self._key(file, data) if self._cache else b""
        if self._cache and (known := self._cache.get(key)):
            return known
        submissions, out = read_content(file, data, load_catalog(), self._order.settings.limits)
        del data  # a large file's bytes are as much as its texts
        return self._packed(submissions, out, key)

    def refused(self, file: Path, error: UnreadableError) -> PackedResult:
        """The result for a file that cannot be read."""
        return self._packed([], unread(file, error))

    def close(self) -> None:
        """Let go of the cache."""
        if self._cache is not None:
            self._cache.close()

    def _packed(self, submissions: list[Submission], out: Collector, key: bytes = b"") -> PackedResult:
        try:
            content = self._content(submissions, out)
        except TooManyFindingsError:
            refuse(out, too_many_findings(out.max_findings))
            content = FileResult(self._found(out.findings, ()))
        return pack(content, key)

    def _content(self, submissions: list[Submission], out: Collector) -> FileResult:
        alone = self._order.alone and len(submissions) == 1
        units: list[UnitSummary] = []
        said: list[UnitTexts] = []
        waivers: list[Waiver] = []
        for submission in _emptied(submissions):
            out.unit = submission.unit
            self._rules.review(submission, out)
            units.append(self._rules.summarize(submission, alone=alone))
            waivers.extend(waivers_of(submission))
            if self._order.merging:
                said.append((submission.unit, submission.period, list(unit_texts(submission))))
        later = [waiver for waiver in waivers if waiver.code in CROSS_UNIT_CODES]
        return FileResult(self._found(out.findings, waivers), units, later, said)

    def _found(self, findings: Sequence[Finding], waivers: Sequence[Waiver]) -> FileFindings:
        """What of the findings is wanted and was not waived; the rules between units speak later."""
        settings = self._order.settings
        kept, waived = waive(findings, waivers)
        kept.extend(unused((waiver for waiver in waivers if waiver.code not in CROSS_UNIT_CODES), waived, settings))
        return list(settings.chosen(sort_by_place(kept))), [
            item for item in waived if settings.wants(item.finding.rule.code, item.finding.unit)
        ]

    @cached_property
    def _rules(self) -> Reviewer:
        return Reviewer(load_catalog(), self._order.settings)

    def _key(self, file: Path, data: bytes) -> bytes:
        """The content, and of the name what may be read from it."""
        suffix = file.suffix.lower()
        named = suffix not in BY_SUFFIX or BY_SUFFIX[suffix].unit_from_name
        return self._order.key("file" + (f" {file.stem}{suffix}" if named else suffix), data)


def _emptied(submissions: list[Submission]) -> Iterator[Submission]:
    """One after the other, each let go of before the next: what is kept of two thousand units needs their room."""
    submissions.reverse()
    while submissions:
        yield submissions.pop()


def plain(value: object) -> str:
    """A value as a text that says all of it, in one way only.

    Raises:
        TypeError: there may be more ways to say it.
    """
    if is_dataclass(value):
        return "".join(f"{field.name}={plain(getattr(value, field.name))};" for field in fields(value))
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{plain(key)}:{plain(item)}' for key, item in value.items()))}}}"
    if isinstance(value, AbstractSet):
        return f"{{{','.join(sorted(map(plain, value)))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(plain, value))}]"
    if isinstance(value, Enum):
        return repr(value.value)
    if value is None or isinstance(value, (str, int, float)):
        return repr(value)
    raise TypeError(f"settings hold a {type(value).__name__}")


def _sources() -> list[str]:
    """The program and the official list, as far as the file system tells: a developer changes them at any time."""
    package = Path(__file__).parents[1]
    modules = [Path(root, name) for root, _, names in os.walk(package) for name in names if name.endswith(".py")]
    return [*map(_stamp, sorted(modules)), _stamp(resource("data", "tasks.yaml"))]


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{path.name} {status.st_size} {status.st_mtime_ns}"
