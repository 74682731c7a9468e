"""Decide which unit of a roster sent a file: by what the file says, else by its name on disk; never guess.  No I/O.

All look-ups are in dictionaries, so that 12,000 files of 12,000 units take linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.unit_names import plain_unit, unit_from_file_name
from zhijiao20.core.wording import fold


class KnownBy(StrEnum):
    """What told whose a file is; JSON uses the values."""

    NAME = "name"
    FOLDED = "folded"
    ALIAS = "alias"
    PLACE = "place"
    FILE_NAME = "file-name"


class Identity(NamedTuple):
    """Whose a file is.

    Attributes:
        unit: the unit of the roster; None where none fits, or several do.
        known_by: what told it; None without a unit.
        fitting: the units that fit, where there are several.
        superior: the superior whose name in the folder or in the file's name told namesakes apart, or "".
    """

    unit: RosterUnit | None
    known_by: KnownBy | None = None
    fitting: tuple[RosterUnit, ...] = ()
    superior: str = ""


NOBODY = Identity(None)

_BRACKETS = re.compile("[()\\[\\]{}【】〔〕《》〈〉「」『』\"']")
_PLACE_END = re.compile("(?<![城都])市|[省县旗盟州]|(?<![地社校园发新景矿辖])区")
_PLACES_WITHIN = 15  # characters in which a leading place ends
_SHORTEST = 2  # characters of an alias that is looked for in names of files, of a place, and of what follows it
_LONGEST = 300  # characters of a text that may be a name
_SEPARATORS = re.compile(r"[/\\]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,12}\Z")


def loose(text: str) -> str:
    """Return the key that all spellings of a name share: without white space, width, brackets, 《》 and “”."""
    return _BRACKETS.sub("", fold(text))


class Directory:
    """The names by which the units of a roster are found.

    Args:
        roster: the roster, without errors.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._exact: dict[str, list[RosterUnit]] = {}
        self._folded: dict[str, list[RosterUnit]] = {}
        self._aliases: dict[str, list[RosterUnit]] = {}
        for unit in roster.units:
            self._exact.setdefault(unit.name, []).append(unit)
            self._folded.setdefault(loose(unit.name), []).append(unit)
            if (label := roster.label(unit)) != unit.name:
                self._exact.setdefault(label, []).append(unit)
                for written in (label, unit.superior + unit.name):
                    self._folded.setdefault(loose(written), []).append(unit)
            for alias in dict.fromkeys(map(loose, unit.aliases)):
                self._aliases.setdefault(alias, []).append(unit)

    def by_name(self, name: str, path: str = "") -> Identity:
        """Return the unit that a name in a file names.

        Args:
            name: the name, with or without a stamp.
            path: the file, whose folder or name may name the superior.
        """
        fitting, known_by = self._fitting(name)
        return self._one_of(fitting, known_by, path)

    def by_file(self, path: str) -> Identity:
        """Return the unit that the name of a file names; of a member of an archive, also that of the archive.

        Args:
            path: the file as it is called in messages.
        """
        best = NOBODY
        for stem in file_stems(path):
            for fitting in self._in_file_name(stem):
                if (found := self._one_of(fitting, KnownBy.FILE_NAME, path)).unit is not None:
                    return found
                best = best if best.fitting else found
        return best

    def closing_line(self, lines: Iterable[str]) -> str | None:
        """Return the line below a table that is the name of one unit, stamped or not; None where there is none."""
        for line in lines:
            fitting, known_by = self._fitting(line)
            if fitting and known_by is not KnownBy.PLACE:
                return line
        return None

    def _fitting(self, name: str) -> tuple[Sequence[RosterUnit], KnownBy | None]:
        """Return the units that a name fits in the first way that fits any, and this way."""
        if name in self._exact:
            return self._exact[name], KnownBy.NAME
        if len(name) > _LONGEST:
            return (), None
        plain = plain_unit(name)
        if plain in self._exact:
            return self._exact[plain], KnownBy.NAME
        key = loose(plain)
        for index, known_by in ((self._folded, KnownBy.FOLDED), (self._aliases, KnownBy.ALIAS)):
            if key in index:
                return index[key], known_by
        return self._by_place(key), KnownBy.PLACE

    def _by_place(self, key: str) -> Sequence[RosterUnit]:
        """Return the units whose name is this one with or without a leading place of the roster."""
        shortened, places = self._places
        found = {unit.key: unit for unit in shortened.get(key, ())}
        for length in range(_SHORTEST, min(_PLACES_WITHIN, len(key) - _SHORTEST) + 1):
            if key[:length] in places:
                found.update((unit.key, unit) for unit in self._folded.get(key[length:], ()))
        return tuple(found.values())

    @cached_property
    def _places(self) -> tuple[dict[str, list[RosterUnit]], set[str]]:
        """The names of all units without their leading place or a part of it, and all leading places."""
        shortened: dict[str, list[RosterUnit]] = {}
        places: set[str] = set()
        for unit in self.roster.units:
            for place, rest in _split_place(loose(unit.name)):
                places.add(place)
                rests = {rest}
                if len(place) > _SHORTEST:  # also 市教育局 and 澄州教育局
                    places.add(place[:-1])
                    rests |= {place[-1] + rest, place[:-1] + rest}
                for short in rests:
                    shortened.setdefault(short, []).append(unit)
        return shortened, places

    def _in_file_name(self, stem: str) -> Iterator[Sequence[RosterUnit]]:
        """Yield the units that the name of a file fits: as a whole, without heads and tails, and standing in it."""
        for name in dict.fromkeys((stem, unit_from_file_name(stem))):
            yield self._fitting(name)[0]
        yield self._standing_in(loose(stem))

    def _standing_in(self, key: str) -> Sequence[RosterUnit]:
        """Return the units of which a name or an alias stands in a text, and in no longer name that stands there."""
        if len(key) > _LONGEST:
            return ()
        names, lengths = self._searched
        found: dict[tuple[str, str], RosterUnit] = {}
        covered = 0  # end of the longest name so far: what ends before it stands in that name
        for begin in range(len(key)):
            for length in lengths:
                end = begin + length
                if end <= covered:
                    break
                if end <= len(key) and (units := names.get(key[begin:end])):
                    covered = end
                    found.update((unit.key, unit) for unit in units)
                    break
        return tuple(found.values())

    @cached_property
    def _searched(self) -> tuple[dict[str, list[RosterUnit]], list[int]]:
        """The names and aliases that are looked for in names of files, and their lengths, longest first."""
        names = {key: units for key, units in self._aliases.items() if len(key) >= _SHORTEST}
        names |= {key: units for key, units in self._folded.items() if key}
        return names, sorted({len(key) for key in names}, reverse=True)

    def _one_of(self, fitting: Sequence[RosterUnit], known_by: KnownBy | None, path: str) -> Identity:
        """Return the one unit that fits; of several namesakes the one whose superior the path names."""
        if len(fitting) == 1:
            return Identity(fitting[0], known_by)
        if not fitting:
            return NOBODY
        namesakes = [unit for unit in fitting if self.roster.is_namesake(unit)]
        if namesakes and len({fold(unit.name) for unit in namesakes}) == 1:
            unit = self._by_superior(namesakes, path)
            others = {fold(other.name) for other in fitting if other not in namesakes}
            if unit is not None and others <= {fold(unit.superior)}:
                return Identity(unit, known_by, superior=unit.superior)
        return Identity(None, None, tuple(fitting))

    def _by_superior(self, namesakes: Sequence[RosterUnit], path: str) -> RosterUnit | None:
        """Return the namesake whose superior is named by the file's name, else by the nearest folder."""
        parts = [loose(part) for part in reversed(_SEPARATORS.split(path[-4 * _LONGEST :]))]
        for names_of in (self._names, _leading_places):
            for part in parts:
                named = [unit for unit in namesakes if any(name in part for name in names_of(unit.superior))]
                if len(named) == 1:
                    return named[0]
                if named:
                    return None
        return None

    def _names(self, superior: str) -> list[str]:
        """Return the name of a superior and, where it is in the roster, its aliases."""
        if not superior:
            return []
        units = self._folded.get(loose(superior), ())
        return [loose(superior), *(loose(alias) for unit in units for alias in unit.aliases)]

    def nearest(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Return the labels of the units with the most similar names, best first; none where none is similar."""
        return self._similar.find(loose(plain_unit(name[:_LONGEST])), limit)

    @cached_property
    def _similar(self) -> _SimilarNames:
        return _SimilarNames(self.roster)


_MIN_SIMILARITY = 0.5  # share of the characters that a similar name has in common
_COMPARED = 200  # names that a name is compared with: those that share its rarest pairs of characters


class _SimilarNames:
    """Names by the pairs of characters in them, so that few of 12,000 are compared."""

    def __init__(self, roster: Roster) -> None:
        self._names: list[tuple[str, str]] = []
        self._by_pair: dict[str, list[int]] = {}
        for unit in roster.units:
            label = roster.label(unit)
            for key in dict.fromkeys(map(loose, (unit.name, *unit.aliases))):
                for pair in _pairs(key):
                    self._by_pair.setdefault(pair, []).append(len(self._names))
                self._names.append((key, label))

    def find(self, key: str, limit: int) -> tuple[str, ...]:
        """Return the labels of the most similar names."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        compared: dict[int, str] = {}
        for numbers in sorted((self._by_pair.get(pair, []) for pair in _pairs(key)), key=len):
            for number in numbers[: _COMPARED - len(compared)]:
                compared[number] = self._names[number][0]
        found = process.extract(
            key, compared, scorer=Indel.normalized_similarity, score_cutoff=_MIN_SIMILARITY, limit=4 * limit
        )
        return tuple(dict.fromkeys(self._names[number][1] for _, _, number in found))[:limit]


def _pairs(key: str) -> list[str]:
    return list(dict.fromkeys(key[index : index + 2] for index in range(max(1, len(key) - 1))))


def _split_place(key: str) -> Iterator[tuple[str, str]]:
    """Yield each leading place of a name and what follows it: 澄州市 and 教育局."""
    for match in _PLACE_END.finditer(key, 1, _PLACES_WITHIN):
        if match.end() >= _SHORTEST and len(key) - match.end() >= _SHORTEST:
            yield key[: match.end()], key[match.end() :]


def _leading_places(superior: str) -> list[str]:
    return [place for place, _ in _split_place(loose(superior))]


def file_stems(path: str) -> list[str]:
    """Return the name of a file without its suffix; of a member such as 甲.zip!附表2.docx also the archive's."""
    parts = re.split(r"(?i:(?<=\.zip)|(?<=\.rar)|(?<=\.7z))!", path)
    return [_SUFFIX.sub("", re.split(r"[/\\]", part)[-1]) for part in reversed(parts)]
