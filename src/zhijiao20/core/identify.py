"""Decide which unit of a roster sent a file: by what the file says, else by its name on disk; never guess.  No I/O.

All look-ups are in dictionaries, so that 12,000 files of 12,000 units take linear time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.similar_names import SimilarNames
from zhijiao20.core.unit_names import ends_as_unit, file_stems, loose, plain_unit, unit_from_file_name, word_before


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
        without_superior: whether it is the one of several namesakes that has no superior, and none was named.
    """

    unit: RosterUnit | None
    known_by: KnownBy | None = None
    fitting: tuple[RosterUnit, ...] = ()
    superior: str = ""
    without_superior: bool = False


NOBODY = Identity(None)

_FULL = (KnownBy.NAME, KnownBy.FOLDED)
_PLACE_END = lazy_regex("(?<![城都])市|[省县旗盟]|州(?!市)|(?<![地社校园发新景矿辖])区")
_PLACES_WITHIN = 15  # characters in which a leading place ends
_SHORTEST = 2  # characters of an alias that is looked for in names of files, of a place, and of what follows it
_SUPERIORS = 4  # levels of superiors whose places may stand in front of a name
_LONGEST = 300  # characters of a text that may be a name
_SEPARATORS = lazy_regex(r"[/\\]")


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

    def by_name(self, name: str, path: str = "", superior: str = "") -> Identity:
        """Return the unit that a name in a file names.

        Args:
            name: the name, with or without a stamp.
            path: the file, whose folder or name may name the superior.
            superior: the superior that the file itself gives, which goes before its folder and its name.
        """
        fitting, known_by = self._fitting(name)
        path = f"{path}/{superior}" if superior else path
        return self._one_of(fitting, known_by, path, full_name=known_by in _FULL)

    def has(self, name: str) -> bool:
        """Check whether a name is one of the roster: a full name, however it is spelled, or an alias."""
        fitting, known_by = self._fitting(name)
        return bool(fitting) and known_by is not KnownBy.PLACE

    def by_file(self, path: str) -> Identity:
        """Return the unit that the name of a file names; of a member of an archive, also that of the archive.

        Args:
            path: the file as it is called in messages.
        """
        best = NOBODY
        for stem in file_stems(path):
            fitting, as_whole = next((item for item in self._in_file_name(stem) if item[0]), ((), None))
            found = self._one_of(fitting, KnownBy.FILE_NAME, path, full_name=as_whole in _FULL)
            if found.unit is not None:  # of an archive with a member that may be several units': it must be one of them
                return found if not best.fitting or found.unit in best.fitting else best
            best = best if best.fitting else found
        return best

    def closing_line(self, lines: Iterable[str]) -> str | None:
        """Return the line below a table that is a unit's name, stamped or not; None where none or several are."""
        found: dict[tuple[tuple[str, str], ...], str] = {}
        for line in lines:
            fitting, known_by = self._fitting(line)
            if fitting and known_by is not KnownBy.PLACE:
                found.setdefault(tuple(unit.key for unit in fitting), line)
        return next(iter(found.values())) if len(found) == 1 else None

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
                units = self._folded.get(key[length:], ())
                found.update((unit.key, unit) for unit in units if self._may_lie_in(unit, key[:length]))
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

    def _may_lie_in(self, unit: RosterUnit, place: str) -> bool:
        """Check whether a place may stand in front of a name: the unit's own, its superiors', else that of most units.

        Of a place there is also the shortened form, 澄州 of 澄州市; of the unit's own also 市 alone.
        """
        if own := _leading_places(unit.name):
            return any(place in {one, one[:-1], one[-1]} or place[:-1] == one for one in own)
        places = self._places_above(unit) or ([self._home] if self._home else [])
        named_after_it = len(place) > _SHORTEST and loose(unit.name).startswith(place[:-1])
        return named_after_it or any(place in {one, one[:-1]} for one in places)

    def _places_above(self, unit: RosterUnit) -> list[str]:
        """Return the leading places of the superiors of a unit."""
        places: list[str] = []
        superior = unit.superior
        for _ in range(_SUPERIORS):
            places += _leading_places(superior)
            units = self._folded.get(loose(superior), ()) if superior else ()
            superior = units[0].superior if len(units) == 1 else ""
        return places

    @cached_property
    def _home(self) -> str:
        """The place of most units; of several the one of the highest level; empty where these are several too."""
        counted = Counter(place for unit in self.roster.units for place in _leading_places(unit.name)[:1])
        most = max(counted.values(), default=0)
        by_level = sorted((_level(place), place) for place, number in counted.items() if number == most)
        alone = len(by_level) == 1 or (by_level and by_level[0][0] < by_level[1][0])
        return by_level[0][1] if alone else ""

    def _in_file_name(self, stem: str) -> Iterator[tuple[Sequence[RosterUnit], KnownBy | None]]:
        """Yield the units that the name of a file fits: as a whole, without heads and tails, and standing in it."""
        for name in dict.fromkeys((stem, unit_from_file_name(stem))):
            yield self._fitting(name)
        yield self._standing_in(loose(stem)), None

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
                    before, name, after = key[:begin], key[begin:end], key[end:]
                    found.update((unit.key, unit) for unit in units if self._is_whole(unit, before, name, after))
                    break
        return tuple(found.values())

    def _is_whole(self, unit: RosterUnit, before: str, name: str, after: str) -> bool:
        """Check whether a name in a text is no part of a longer one: 一中 in 十一中, 教育局 in 大同县教育局."""
        if ends_as_unit(after):
            return False
        if name == loose(unit.name) and any(_split_place(name)):
            return True
        word = word_before(before)
        ends = (word[-length:] for length in range(1, min(_PLACES_WITHIN, len(word)) + 1))
        return not word or any(self._may_lie_in(unit, end) for end in ends)

    @cached_property
    def _searched(self) -> tuple[dict[str, list[RosterUnit]], list[int]]:
        """The names and aliases that are looked for in names of files, and their lengths, longest first."""
        names = {key: units for key, units in self._aliases.items() if len(key) >= _SHORTEST}
        names |= {key: units for key, units in self._folded.items() if key}
        return names, sorted({len(key) for key in names}, reverse=True)

    def _one_of(
        self, fitting: Sequence[RosterUnit], known_by: KnownBy | None, path: str, *, full_name: bool
    ) -> Identity:
        """Return the one unit that fits; of several namesakes the one whose superior the path names.

        Where it names none, the full name is that of the namesake without a superior: it has no other.
        """
        if len(fitting) == 1:
            return Identity(fitting[0], known_by)
        if not fitting:
            return NOBODY
        namesakes = [unit for unit in fitting if self.roster.is_namesake(unit)]
        if namesakes and len({loose(unit.name) for unit in namesakes}) == 1:
            named = self._by_superior(namesakes, path)
            others = {loose(other.name) for other in fitting if other not in namesakes}
            if len(named) == 1 and others <= {loose(named[0].superior)}:
                return Identity(named[0], known_by, superior=named[0].superior)
            alone = [unit for unit in namesakes if not unit.superior] if full_name and not named else []
            if alone:
                return Identity(alone[0], known_by, without_superior=True)
        return Identity(None, None, tuple(fitting))

    def _by_superior(self, namesakes: Sequence[RosterUnit], path: str) -> Sequence[RosterUnit]:
        """Return the namesakes whose superior is named by the file's name, else by the nearest folder."""
        parts = [loose(part) for part in reversed(_SEPARATORS.split(path[-4 * _LONGEST :]))]
        for names_of in (self._names, _leading_places):
            for part in parts:
                named = [unit for unit in namesakes if any(name in part for name in names_of(unit.superior))]
                if named:
                    return named
        return ()

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
    def _similar(self) -> SimilarNames:
        return SimilarNames(
            (key, self.roster.label(unit))
            for unit in self.roster.units
            for key in dict.fromkeys(map(loose, (unit.name, *unit.aliases)))
        )


def _split_place(key: str) -> Iterator[tuple[str, str]]:
    """Yield each leading place of a name and what follows it: 澄州市 and 教育局."""
    for match in _PLACE_END.finditer(key, 1, _PLACES_WITHIN):
        if match.end() >= _SHORTEST and len(key) - match.end() >= _SHORTEST:
            yield key[: match.end()], key[match.end() :]


def _level(place: str) -> int:
    """Return 0 for a province, 1 for a city, 2 for what lies in one."""
    return next((level for level, ends in enumerate(("省", "市州盟")) if place[-1] in ends), 2)


def _leading_places(superior: str) -> list[str]:
    return [place for place, _ in _split_place(loose(superior))]
