"""The result of a review of all files of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.unread import Unread, describe_unread
from zhijiao20.system.discovery import path_text
from zhijiao20.system.found_files import FoundFiles

if TYPE_CHECKING:
    from zhijiao20.review.intake import Intake
    from zhijiao20.review.result_store import ResultStore


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The result of a review of all files.

    Attributes:
        found: the files, and what was passed over.
        store: the findings.
        skipped: the files that ``skip_unread`` passed over.
        skippable: number of files that it would pass over.
        intake: what each file brought; None where it is not needed.
        set_aside: the files of which something does not count.
        not_read: the files that were to count, but are none of these files.
    """

    found: FoundFiles
    store: ResultStore
    skipped: Sequence[Unread]
    skippable: int
    intake: Intake | None = None
    set_aside: Sequence[str] = ()
    not_read: Sequence[Path] = ()

    def report(self, first: Sequence[Finding] = ()) -> Report:
        """Return the report; the findings in ``first`` precede those of the files."""
        found, store = self.found, self.store
        return Report(
            len(found.files) - len(self.skipped),
            len(store.by_unit),
            store.findings(first),
            found.passed_over,
            store.waived() if store.waived_counts else (),
            (*self.skipped, *(describe_unread(path_text(file)) for file in found.unread)),
            tuple(store.by_unit.values()),
            found.excluded,
            self.skippable,
            found.advice,
            tuple(self.set_aside),
            tuple(map(path_text, found.own)),
        )
