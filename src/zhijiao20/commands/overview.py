"""Write the overview of a round: one page, or above a thousand units a folder with a page for each superior."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

from zhijiao20.commands.folder_input import refuse_inside
from zhijiao20.commands.unit_paths import UnitPaths
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.levels import bare_name, groups_of
from zhijiao20.core.merge import UnitText, unit_texts
from zhijiao20.core.round import Round, State, UnitState
from zhijiao20.core.round_changes import UnitChange, compare_unit
from zhijiao20.core.settings import Settings
from zhijiao20.output.overview_data import UnitDetails, page_data
from zhijiao20.output.overview_page import PageLink, write_index, write_page
from zhijiao20.review.previous_answers import PreviousAnswers
from zhijiao20.review.stored_round import StoredRound
from zhijiao20.review.unit_findings import UnitFindings
from zhijiao20.system.atomic_write import as_bytes, write_whole
from zhijiao20.system.discovery import load_catalog
from zhijiao20.system.own_files import OwnFiles

MOST_UNITS = 1000
"""Units of a page at most."""

_INDEX = "index.html"
_LIST = ".zhijiao20-总览.jsonl"
_NO_SUPERIOR = "没有写上级"


class Written(NamedTuple):
    """What was written.

    Attributes:
        files: the page, or the pages, that with the list of them first.
        kept: files that were not replaced, because somebody else has written or changed them.
    """

    files: Sequence[Path]
    kept: Sequence[Path] = ()


class Overview:
    """The overview of a round, ready to be written.

    Args:
        state: the round.
        report: the findings.
        texts: the answers of all units.
        settings: the severities of the rules.
        previous: the answers of the last round; None without one.
    """

    def __init__(
        self,
        state: Round,
        report: Report,
        texts: StoredRound,
        settings: Settings,
        previous: PreviousAnswers | None = None,
    ) -> None:
        self._state, self._texts, self._previous = state, texts, previous
        self._catalog = load_catalog()
        self._tasks = tuple(self._catalog.tasks)
        owners: dict[str, list[str]] = {}
        for unit in state.units:
            for path in {file.path for file in unit.files}:
                owners.setdefault(path, []).append(texts.key(unit.label))
        self._findings = UnitFindings(report.findings, partial(_owners, texts, owners), settings)

    def write(self, output: Path, paths: Sequence[Path]) -> Written:
        """Write one page, or a folder of pages where there are too many units or the output is no .html file.

        Args:
            output: the file or folder; of a file for too many units the name without its suffix is the folder's.
            paths: the files and folders that were read; none may lie in a folder that is written.

        Raises:
            UsageError: it cannot be written, or a path lies in the folder.
        """
        is_page = output.suffix.lower() == ".html" and not output.is_dir()
        if is_page and len(self._state.units) <= MOST_UNITS:
            write_whole(output, partial(self._write_page, self._state, "", ""))
            return Written([output])
        folder = output.with_suffix("") if is_page else output
        refuse_inside(paths, folder, "总览")
        return self._write_folder(folder)

    def _write_folder(self, folder: Path) -> Written:
        own = OwnFiles(folder, _LIST)
        paths = UnitPaths(_INDEX)
        pages = [PageLink(name, str(paths.choose(name, suffix=".html")), units) for name, units in _groups(self._state)]
        own.write(_INDEX, as_bytes(partial(write_index, self._state, pages, self._gone() or ())))
        for page in pages:
            part = replace(self._state, units=page.units, others=())
            own.write(page.file, as_bytes(partial(self._write_page, part, page.name, _INDEX)))
        own.finish()
        files = [folder / name for name in (_INDEX, *(page.file for page in pages))]
        return Written([file for file in files if file not in own.kept], own.kept)

    def _write_page(self, state: Round, group: str, back: str, stream: IO[bytes]) -> None:
        gone = self._gone()
        if group and gone is not None:
            gone = []  # the list of the pages names them
        data = page_data(state, map(self._details, state.units), self._catalog, gone=gone)
        write_page(state, data, stream, group=group, back=back)

    def _details(self, unit: UnitState) -> UnitDetails:
        key = self._texts.key(unit.label)
        versions = [(one.file, self._texts.answers(one)) for one in self._texts.versions(key)]
        shown = versions[:1] if unit.same else versions
        return UnitDetails(unit, shown, self._findings.of(key), self._change(unit, versions))

    def _change(self, unit: UnitState, versions: Sequence[tuple[str, Sequence[UnitText]]]) -> UnitChange | None:
        """Compare a unit with the last round; None where it is not known what it says in either."""
        several = unit.state is State.SEVERAL and not unit.same
        if self._previous is None or several or not versions:
            return None
        name = self._name(unit)
        if self._previous.is_undecided(name, unit.superior):
            return None
        last = self._previous.find(name, unit.superior)
        return compare_unit(unit.label, None if last is None else unit_texts(last), versions[0][1], self._tasks)

    def _gone(self) -> list[str] | None:
        """Return the units that were in the last round only; None where there is no last round."""
        if self._previous is None:
            return None
        now = {self._previous.version(self._name(unit), unit.superior) for unit in self._state.units}
        return [version.unit for version in self._previous.versions.values() if version not in now]

    def _name(self, unit: UnitState) -> str:
        """Return what a unit is called in the last round: its label in the roster, else its name without 上级."""
        return unit.label if self._texts.by_roster else bare_name(unit.label, unit.superior)


def _owners(texts: StoredRound, by_file: Mapping[str, Sequence[str]], finding: Finding) -> Iterable[str]:
    """Return the keys of the units to which a finding belongs: that which it names, else all of its file."""
    return by_file.get(finding.file, ()) if finding.unit is None else (texts.key(finding.unit),)


def _groups(state: Round) -> Iterator[tuple[str, Sequence[UnitState]]]:
    """Yield the units of each superior with itself, in order; so many that no page holds them are several groups."""
    groups: dict[str, list[UnitState]] = {}
    superiors = groups_of([unit.unit for unit in state.units], [unit.superior for unit in state.units])
    for superior, unit in zip(superiors, state.units, strict=True):
        groups.setdefault(superior, []).append(unit)
    for superior, units in groups.items():
        name = superior or (_NO_SUPERIOR if len(groups) > 1 else "单位")
        if len(units) <= MOST_UNITS:
            yield name, units
            continue
        for begin in range(0, len(units), MOST_UNITS):
            part = units[begin : begin + MOST_UNITS]
            yield f"{name}（第 {begin + 1} 至 {begin + len(part)} 个）", part
