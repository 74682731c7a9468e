"""The use case ``validate``: review status files; optionally write the findings as Word comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.display import escape_controls
from zhijiao20.core.findings import Finding, Report
from zhijiao20.core.rule_table import SEVERITY_NAMES
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.discovery import find_files, load_catalog, official_form

if TYPE_CHECKING:
    from zhijiao20.core.merge import Merged, Merging


def validate(
    paths: Sequence[Path], annotated: Path | None = None, settings: Settings = DEFAULT, options: RunOptions = SERIAL
) -> Report:
    """Review all status files in the given paths.

    Args:
        paths: the status files and folders.
        annotated: a Word file to write: the merged form with each finding as a comment on the cell of its task.
        settings: the selected rules and their severities.
        options: the run options: workers, cache and progress.

    Raises:
        UsageError: a path does not exist, a folder has no status file, or the output cannot be written.
    """
    found = find_files(paths, KNOWN_SUFFIXES, annotated, options.exclude)
    merging = None if annotated is None else new_merging()
    report = review_files(found, settings, options, merging).report()
    if annotated is not None and merging is not None:
        annotate_form(report, merging.finish(), annotated)
    return report


def new_merging() -> Merging:
    """Return a new merge that keeps the texts of the units in a temporary file."""
    from zhijiao20.core.merge import Merging
    from zhijiao20.review.result_store import TemporaryTextStore
    from zhijiao20.system.temp_store import TempStore

    return Merging(load_catalog(), TemporaryTextStore(TempStore()))


def annotate_form(report: Report, merged: Merged, output: Path) -> None:
    """Write the merged form with each finding as a comment on the cell of its task."""
    from zhijiao20.formats.docx.fill import fill, open_form
    from zhijiao20.output.annotated_form import annotate

    catalog = load_catalog()
    unit = merged.units[0] if len(merged.units) == 1 else ""  # above a table of several units no single name stands
    data = fill(open_form(official_form(), catalog, own=True), merged.cells, unit=unit)
    write_whole(
        output, annotate(data, catalog, [(finding.task, _comment_text(finding)) for finding in report.findings])
    )


def _comment_text(finding: Finding) -> str:
    """Format a finding as a comment: severity, code and unit (or file); message; hint."""
    title = f"{SEVERITY_NAMES[finding.severity]} {finding.rule.code}　{finding.unit or finding.file}"
    return escape_controls(title) + "\n" + escape_controls(finding.message) + "\n" + escape_controls(finding.hint)
