"""The answers of all units of a round, in temporary storage, so that two rounds of any size can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from zhijiao20.core.findings import NOWHERE, Place
from zhijiao20.core.levels import bare_name
from zhijiao20.core.merge import UnitText
from zhijiao20.core.unit_names import loose, unit_key
from zhijiao20.system.temp_store import TempStore


class Version(NamedTuple):
    """What one file says of a unit: where its answers are stored."""

    unit: str
    file: str
    period: str
    offset: int
    size: int
    superior: str = ""


class Several(NamedTuple):
    """A unit of which a round has several versions, and the tasks in which they differ."""

    unit: str
    files: tuple[str, ...]
    differ: tuple[str, ...]


class StoredRound:
    """The units of a round, in the order in which they are added.

    Args:
        by_roster: whether the units are called as in a roster; else names that are plainly of one unit are one.

    Attributes:
        by_roster: the same.
        undecided: the keys of the units with several versions that differ; they are not among the units.
    """

    def __init__(self, *, by_roster: bool = False) -> None:
        self.by_roster = by_roster
        self.undecided: set[str] = set()
        self._store = TempStore()
        self._versions: dict[str, list[Version]] = {}

    def take(self, unit: str, file: str, period: str, said: Iterable[UnitText], superior: str = "") -> None:
        """Add the next unit."""
        rows = _pack_answers(list(said))
        version = Version(unit, file, period, self._store.append(rows), len(rows), superior)
        self._versions.setdefault(self.key(unit), []).append(version)

    def key(self, unit: str) -> str:
        """Return what stands for a unit in both rounds."""
        return unit if self.by_roster else unit_key(unit)

    def settle(self, differ: Mapping[str, tuple[str, ...]]) -> list[Several]:
        """Decide which version of each unit counts: the only one, or any of equal ones.

        Args:
            differ: the keys of the units with several versions → the tasks in which these differ.

        Returns:
            The units with several versions; where they differ, the unit is left out.
        """
        several: list[Several] = []
        for key, versions in list(self._versions.items()):
            if len(versions) == 1:
                continue
            several.append(Several(versions[0].unit, tuple(version.file for version in versions), differ[key]))
            if differ[key]:
                self.undecided.add(key)
                del self._versions[key]
        return several

    def sort(self, order: Mapping[str, int]) -> None:
        """Put the units in the given order by their keys; others stay behind, as they were added."""
        keys = sorted(self._versions, key=lambda key: order.get(key, len(order)))
        self._versions = {key: self._versions[key] for key in keys}

    def units(self) -> Iterator[tuple[str, Version]]:
        """Yield the key of each unit and the version that counts; call ``settle`` first."""
        for key, (version, *_) in self._versions.items():
            yield key, version

    def find(self, key: str) -> Version | None:
        """Return the version of a unit that counts, or None if the round does not have the unit."""
        versions = self._versions.get(key)
        return versions[0] if versions else None

    def versions(self, key: str) -> Sequence[Version]:
        """Return every version of a unit, in the order in which they were added."""
        return self._versions.get(key, ())

    def counterpart(self, key: str, unit: str, superior: str) -> str:
        """Return the key that a unit of another round has in this one, or its own key if it is not in this round.

        Units of one name are told apart by their superiors; where there is one only, it may not give its superior.

        Args:
            key: its key in the other round.
            unit: what it is called there.
            superior: its 上级, or an empty text.
        """
        if self.by_roster:
            return key
        name = unit_key(bare_name(unit, superior))
        fitting = self._namesakes.get(name, [])
        exact = [own for own, above in fitting if above == loose(superior)]
        if exact or not fitting:
            return exact[0] if exact else key
        (own, above), *others = fitting
        return own if not others and not (above and superior) else f"{name}\0{loose(superior)}"

    @cached_property
    def _namesakes(self) -> Mapping[str, list[tuple[str, str]]]:
        """Map each name to the keys and superiors of the units that have it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key, (version, *_) in self._versions.items():
            name = unit_key(bare_name(version.unit, version.superior))
            found.setdefault(name, []).append((key, loose(version.superior)))
        return found

    def rows(self, version: Version) -> bytes:
        """Return the answers of a version as they are stored."""
        return self._store.read(version.offset, version.size)

    def answers(self, version: Version) -> list[UnitText]:
        """Read the answers of a version."""
        return read_answers(self.rows(version))

    def __len__(self) -> int:
        return len(self._versions)


def _pack_answers(said: Sequence[UnitText]) -> bytes:
    """Serialize answers: a line of JSON about each of them, then their texts as they are, one behind the other."""
    about = [
        (task, kind, len(text), None if place == NOWHERE else place, progress)
        for task, kind, text, place, progress in said
    ]
    line = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return f"{line}\n{''.join([answer.text for answer in said])}".encode("utf-8", "surrogatepass")


def read_answers(rows: bytes) -> list[UnitText]:
    """Return answers as they were added to a round."""
    line, _, texts = rows.decode("utf-8", "surrogatepass").partition("\n")
    answers: list[UnitText] = []
    begin = 0
    for task, kind, length, place, progress in json.loads(line):
        end = begin + length
        answers.append(UnitText(task, kind, texts[begin:end], NOWHERE if place is None else Place(*place), progress))
        begin = end
    return answers
