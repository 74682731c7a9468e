"""Decide which units of a roster a submission holds: in the roster's order, without those that are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhijiao20.commands.collect import round_of
from zhijiao20.core.display import quote
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Finding, Report, StoredFindings, UnitCounts
from zhijiao20.core.identify import Directory
from zhijiao20.core.merge import Merged, Merging
from zhijiao20.core.roster import Roster
from zhijiao20.core.round import NOT_IN, Round, State, UnitState
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.wording import fold
from zhijiao20.review.result_store import ReviewResult
from zhijiao20.review.runner import RunOptions

_PROBLEMS = {State.MISSING: "没有报送", State.UNREAD: "报来的文件读不了", State.BLANK: "报来的是空表"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The units that are not in a submission.

    Attributes:
        units: their states.
        files: the files that brought nothing else, which count no more.
        findings: an error for each unit that may not be left out.
    """

    units: tuple[UnitState, ...] = ()
    files: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()

    def without(self, report: Report) -> Report:
        """Return a report without the findings of what was left out."""
        if not self.units:
            return report
        labels = {fold(unit.label) for unit in self.units}

        def counts(finding: Finding) -> bool:
            return fold(finding.unit or "") not in labels if finding.unit else finding.file not in self.files

        kept: Collection[Finding]
        if isinstance(report.findings, StoredFindings):
            stored = report.findings
            by_rule = Counter(finding.rule for finding in stored if counts(finding))
            kept = StoredFindings(lambda: (finding for finding in stored if counts(finding)), by_rule)
        else:
            kept = tuple(filter(counts, report.findings))
        units: Collection[UnitCounts] = [unit for unit in report.by_unit if fold(unit.unit) not in labels]
        return replace(report, findings=kept, units=len(units), by_unit=units)


def left_out(
    review: ReviewResult, options: RunOptions, without: Sequence[str], *, allow_missing: bool
) -> tuple[Round, LeftOut]:
    """Return the state of a round with a roster, and which of its units a submission does not hold.

    Args:
        review: the review of all files.
        options: the run options, with the roster.
        without: the units to leave out, whatever they sent.
        allow_missing: whether to leave out all units of which no text can stand in the submission.

    Raises:
        UsageError: a unit to leave out is not in the roster, or every unit is left out.
    """
    assert options.roster is not None, "without one every unit is in"
    state = round_of(review, options)
    named = set(_labels(without, options.roster))
    units = [unit for unit in state.units if unit.label in named or (allow_missing and unit.state in NOT_IN)]
    if len(units) == len(state.units):
        raise UsageError("名册里的单位一个也没有可以汇总的。先运行 zhijiao20 collect 看各单位报了没有")
    labels = {unit.label for unit in units}
    remaining = [unit for unit in state.units if unit.label not in labels]
    needed = {file.path for unit in remaining for file in unit.files} | {other.path for other in state.others}
    files = frozenset(file.path for unit in units for file in unit.files) - needed
    findings = tuple(_errors(remaining, options.roster))
    return state, LeftOut(tuple(units), files, findings)


def _labels(names: Sequence[str], roster: Roster) -> Iterator[str]:
    """Yield the label of each unit that is named.

    Raises:
        UsageError: a name is no unit of the roster.
    """
    directory = Directory(roster)
    for name in names:
        identity = directory.by_name(name)
        if identity.unit is None:
            if identity.fitting:
                listed = "、".join(map(quote, map(roster.label, identity.fitting[:_OFFERED])))
                more = f" 等 {len(identity.fitting)} 个" if len(identity.fitting) > _OFFERED else ""
                raise UsageError(f"--without：{quote(name)}可能是名册里的几个单位：{listed}{more}。请写其中的一个")
            near = directory.nearest(name)
            offered = f"，名字相近的有：{'、'.join(map(quote, near))}" if near else ""
            raise UsageError(f"--without：名册里没有{quote(name)}{offered}")
        yield roster.label(identity.unit)


def _errors(units: Sequence[UnitState], roster: Roster) -> Iterator[Finding]:
    """Yield an error for each unit of which no text can stand in the submission; ZJ107 tells of several files."""
    hint = "催来再汇总；这一次不等它，加 --without 单位；凡是没有报的都不等，加 --allow-missing"
    for unit in units:
        if unit.state in _PROBLEMS:
            place = roster.by_label[unit.label].place
            files = f"：{'、'.join(file.path for file in unit.files[:_NAMED])}" if unit.files else ""
            message = f"{quote(unit.label)}{_PROBLEMS[unit.state]}{files}"
            yield Finding(roster.file, place, unit.label, None, RULES["ZJ712"], message, hint)


_NAMED = 3  # files that a message names
_OFFERED = 5  # units that a message names


def merge_in_order(
    merging: Merging, units: Sequence[str], roster: Roster, out: LeftOut, *, by_superior: bool = False
) -> Merged:
    """Return the merged cells of the units that are in, in the order of the roster.

    Args:
        merging: the merge, with the texts of all units.
        units: the label of each unit, in the order in which they were added.
        roster: the roster.
        out: the units that are left out.
        by_superior: whether the units of one superior stand together.
    """
    place = roster.order()
    numbers = order_of(units, roster, out)
    answering: Counter[str] = Counter()
    for tasks, count in Counter(
        roster.by_label[units[number]].tasks for number in numbers if units[number] in place
    ).items():
        answering.update(dict.fromkeys(tasks, count))
    return merging.finish(numbers, answering, superiors_of(numbers, units, roster), by_superior=by_superior)


def order_of(units: Sequence[str], roster: Roster, out: LeftOut) -> list[int]:
    """Return the numbers of the units that are in, in the order of the roster; see ``merge_in_order``."""
    place = roster.order()
    excluded = {unit.label for unit in out.units}
    numbers = [number for number, label in enumerate(units) if label not in excluded]
    numbers.sort(key=lambda number: place.get(units[number], len(place)))
    return numbers


def superiors_of(numbers: Iterable[int], units: Sequence[str], roster: Roster) -> dict[int, str]:
    """Return 上级 of the units that are in the roster, by their number."""
    return {number: roster.by_label[units[number]].superior for number in numbers if units[number] in roster.by_label}
