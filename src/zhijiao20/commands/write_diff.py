"""Write a comparison as a file: the official form with tracked changes, a workbook, or a page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from zhijiao20.commands.left_out import LeftOut, merge_in_order
from zhijiao20.commands.open_form import check_heading
from zhijiao20.commands.validate import new_merging
from zhijiao20.core.period import last_day
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.discovery import load_catalog, official_form

if TYPE_CHECKING:
    from zhijiao20.commands.diff import Comparison
    from zhijiao20.core.merge import Merged
    from zhijiao20.core.roster import Roster
    from zhijiao20.formats.docx.tracked import Heading
    from zhijiao20.review.stored_round import StoredRound

_PROGRAM = "zhijiao20"


def write_comparison(comparison: Comparison, output: Path, *, unit: str = "", roster: Roster | None = None) -> None:
    """Write a comparison in the format that the suffix of the file names.

    Args:
        comparison: the comparison.
        output: the file: ``.docx``, ``.xlsx`` or ``.html``.
        unit: the 汇总单位; empty if there is none.
        roster: the roster, whose order is that of the form; None without one.

    Raises:
        UsageError: 单位 is not valid, a text is too long for the format, or the file cannot be written.
    """
    check_heading(unit, "")
    changes = comparison.changes
    suffix = output.suffix.lower()
    content: Callable[[IO[bytes]], None]
    if suffix == ".docx":
        content = _tracked_form(comparison, unit, roster)
    elif suffix == ".xlsx":
        from zhijiao20.output import changes_workbook

        content = partial(changes_workbook.write, load_catalog(), changes.counts, changes)
    else:
        from zhijiao20.output import changes_page

        content = partial(changes_page.write, load_catalog(), changes.counts, changes)
    write_whole(output, content)


def _tracked_form(comparison: Comparison, unit: str, roster: Roster | None) -> Callable[[IO[bytes]], None]:
    from zhijiao20.formats.docx.fill import open_form
    from zhijiao20.formats.docx.tracked import Revisions, fill_tracked

    sides = (comparison.old.round, comparison.new.round)
    undecided = sides[0].undecided | sides[1].undecided
    old, new = (_merge(side, undecided, roster) for side in sides)
    form = open_form(official_form(), load_catalog(), own=True)
    day = last_day(new.periods[0]) if len(new.periods) == 1 else None
    revisions = Revisions(unit or _PROGRAM, f"{day.isoformat()}T00:00:00Z" if day else "")
    headings = (_heading(old, unit), _heading(new, unit))
    return partial(fill_tracked, form, old.cells, new.cells, headings, revisions)


def _heading(merged: Merged, unit: str) -> Heading:
    """Return what render writes above the table of a round."""
    from zhijiao20.formats.docx.tracked import Heading

    only_unit = merged.units[0] if len(merged.units) == 1 else ""
    return Heading(unit or only_unit, merged.periods[0] if len(merged.periods) == 1 else "")


def _merge(units: StoredRound, undecided: Collection[str], roster: Roster | None) -> Merged:
    """Merge the units of a round as render does.

    Args:
        units: the round.
        undecided: the units that are left out because it is not known in both rounds what counts.
        roster: the roster; None without one.
    """
    merging = new_merging()
    for key, version in units.units():
        if key not in undecided:
            merging.take(version.unit, version.file, version.period, units.answers(version), version.superior)
    return merging.finish() if roster is None else merge_in_order(merging, merging.units, roster, LeftOut())
