"""Name the units of a file that gives their superiors: by their names alone, where these are enough."""

from __future__ import annotations

from dataclasses import replace

from zhijiao20.core.findings import Finding, rename_units
from zhijiao20.core.levels import bare_name, labels_of
from zhijiao20.core.submission import Submission


def shorten_names(submissions: list[Submission], findings: list[Finding]) -> None:
    """Give units that were read as 上级：单位 their names alone where no other unit of the file has the name.

    Args:
        submissions: the units of a file, which are replaced.
        findings: its findings; those about a unit get its new name.
    """
    superiors = [submission.superior for submission in submissions]
    names = labels_of([bare_name(item.unit, item.superior) for item in submissions], superiors)
    changed = {item.unit: name for item, name in zip(submissions, names, strict=True) if item.unit != name}
    submissions[:] = [replace(item, unit=changed.get(item.unit, item.unit)) for item in submissions]
    rename_units(findings, changed)
