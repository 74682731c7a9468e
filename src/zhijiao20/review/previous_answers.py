"""The answers of the last round in a file that every worker process reads: one unit at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhijiao20.core.levels import full_label
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.core.unit_names import loose, unit_key
from zhijiao20.review.stored_round import StoredRound, Version, read_answers


@dataclass(frozen=True, slots=True)
class PreviousAnswers:
    """The answers of the last round; sent to the worker processes.

    Attributes:
        file: the file that holds them.
        versions: the key of each unit → where its answers are in the file.
        digest: a digest of the file.
        by_roster: whether the units are called as in a roster.
        undecided: the keys of the units with several versions that differ: what they said is not known.
    """

    file: Path
    versions: Mapping[str, Version]
    digest: str
    by_roster: bool
    undecided: frozenset[str] = frozenset()

    def is_undecided(self, unit: str, superior: str = "") -> bool:
        """Check whether a unit is in the last round, but it is not known which of its versions counts."""
        return any(key in self.undecided for key in self._keys(unit, superior))

    def find(self, unit: str, superior: str = "") -> Submission | None:
        """Return what a unit said in the last round; None if it is not in it.

        Args:
            unit: what the unit is called.
            superior: its 上级; a unit of the same name and another superior is another unit.
        """
        version = self.version(unit, superior)
        if version is None:
            return None
        with self.file.open("rb") as stream:
            stream.seek(version.offset)
            said = read_answers(stream.read(version.size))
        entries = (Entry(task, Progress(progress) if progress else None, text) for task, _, text, _, progress in said)
        return Submission(version.unit, version.file, version.period, entries={entry.task: entry for entry in entries})

    def version(self, unit: str, superior: str = "") -> Version | None:
        """Return where the answers of a unit are; None if it is not in the last round; see ``find``."""
        for key in self._keys(unit, superior):
            version = self.versions.get(key)
            if version and (self.by_roster or not (superior and version.superior) or _is_same(superior, version)):
                return version
        return None

    def _keys(self, unit: str, superior: str) -> Iterable[str]:
        """Return what may stand for a unit."""
        if self.by_roster:
            return (unit,)
        return dict.fromkeys((unit_key(full_label(unit, superior)), unit_key(unit)))


def _is_same(superior: str, version: Version) -> bool:
    return loose(superior) == loose(version.superior)


def write_previous(last: StoredRound, file: Path) -> PreviousAnswers:
    """Write the answers of a round, of which several versions are settled, to a file.

    Raises:
        OSError: the file cannot be written.
    """
    versions: dict[str, Version] = {}
    digest = hashlib.blake2b(digest_size=20)
    with file.open("wb") as stream:
        for key, version in last.units():
            rows = last.rows(version)
            versions[key] = version._replace(offset=stream.tell())
            stream.write(rows)
            digest.update(f"{key}\0{len(rows)}\0".encode("utf-8", "surrogatepass"))
            digest.update(rows)
    return PreviousAnswers(file, versions, digest.hexdigest(), last.by_roster, frozenset(last.undecided))
