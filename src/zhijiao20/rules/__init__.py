"""Review rules: one a file, each with its documentation.  The registry is typed and static.  Pure.

What ZJ0 and ZJ1 say is found where files are read (formats, intake); the rules here judge what was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from zhijiao20.catalog import Catalog
from zhijiao20.findings import Collector, Finding
from zhijiao20.model import Submission
from zhijiao20.rules import (
    duplicate_unit,
    empty_status,
    missing_task,
    period_differs,
    placeholder,
    reason_missing,
)
from zhijiao20.rules.across import Seen

UnitRule: TypeAlias = Callable[[Submission, Catalog, Collector], None]
AcrossRule: TypeAlias = Callable[[Iterable[Seen]], Iterable[Finding]]

UNIT_RULES: tuple[UnitRule, ...] = (
    missing_task.check,
    empty_status.check,
    placeholder.check,
    reason_missing.check,
)
"""Rules that look at one submission."""

ACROSS_RULES: tuple[AcrossRule, ...] = (duplicate_unit.check, period_differs.check)
"""Rules that look at all units of a run."""


def review(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Run every rule over one submission."""
    for rule in UNIT_RULES:
        rule(submission, catalog, out)


def review_across(seen: Iterable[Seen]) -> list[Finding]:
    """Run the rules between units over what is kept of every submission."""
    units = tuple(seen)
    return [finding for rule in ACROSS_RULES for finding in rule(units)]
