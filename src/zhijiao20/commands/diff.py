"""The use case ``diff``: compare two rounds, or two versions of a file, by unit and task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhijiao20.commands.read_round import Side, read_round
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.roster import Roster
from zhijiao20.review.chosen import not_among_files
from zhijiao20.review.runner import SERIAL, RunOptions
from zhijiao20.review.stored_changes import RoundChanges, compare_rounds
from zhijiao20.system.discovery import load_catalog
from zhijiao20.system.found_files import Exclude
from zhijiao20.system.windows import comparable


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of a comparison.

    Attributes:
        old: the old round.
        new: the new round.
        changes: the changes of each unit.
        as_one: whether two files of differently called units were compared as versions of one.
    """

    old: Side
    new: Side
    changes: RoundChanges
    as_one: bool = False

    @property
    def complete(self) -> bool:
        """Check whether every file was read and every unit compared."""
        return self.old.complete and self.new.complete


def diff(
    old: Sequence[Path],
    new: Sequence[Path],
    output: Path | None = None,
    *,
    limits: Limits = DEFAULT,
    options: RunOptions = SERIAL,
) -> Comparison:
    """Compare two rounds by unit and task.

    Args:
        old: the files and folders of the old round.
        new: the files and folders of the new round.
        output: the file to be written, which is no input.
        limits: the size limits of a file.
        options: how the files are found and read: roster, workers, cache, progress, and which files count; each of
            those in ``use`` must be in one of the rounds.

    Raises:
        UsageError: a path does not exist, a folder has no status file, no unit could be read in one of the rounds, or
            a file of ``use`` is in neither.
    """
    means = replace(options, use=(), usual=options.use or options.usual)
    sides = [
        read_round(paths, output, limits=limits, options=replace(means, exclude=_without(means.exclude, others)))
        for paths, others in ((old, new), (new, old))
    ]
    for path in options.use:
        if all(path in side.not_read for side in sides):
            raise UsageError(not_among_files(path))
    for side, paths in zip(sides, (old, new), strict=True):
        if not len(side.round) and not side.several:
            lines = [f"{item.file}：{item.message}。{item.hint}" for item in side.unread]
            named = "、".join(map(display_path, paths))
            raise UsageError("\n".join([f"没有读到任何单位，没有比较：{named}", *lines]))
    as_one = all(path.is_file() for path in (*old, *new)) and _are_versions(sides[0], sides[1], options.roster)
    changes = compare_rounds(sides[0].round, sides[1].round, list(load_catalog().tasks), as_one=as_one)
    return Comparison(sides[0], sides[1], changes, as_one)


def _without(exclude: Exclude, others: Sequence[Path]) -> Exclude:
    """Return what is passed over while a round is read: the other one may lie in a folder of it."""
    return replace(exclude, previous=comparable(others[0]) if len(others) == 1 else "")


def _are_versions(old: Side, new: Side, roster: Roster | None) -> bool:
    """Check whether two files are of one unit though they do not call it the same: one of them does not name it.

    Two units of the roster are two units, whatever named them.
    """
    if not len(old.round) == len(new.round) == 1 or not (old.named_by_file or new.named_by_file):
        return False
    units = [version.unit for side in (old, new) for _, version in side.round.units()]
    known = {unit for unit in units if roster is not None and unit in roster.by_label}
    return old.round.key(units[0]) != new.round.key(units[1]) and len(known) < 2
