"""Types of the rules that check one whole submission, or all of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.submission import Submission
from zhijiao20.rules.shared.unit_summary import UnitSummary

UnitRule: TypeAlias = Callable[[Submission, Catalog, Collector], None]
UnitRules: TypeAlias = tuple[tuple[str, UnitRule], ...]
"""Pairs of a code and its rule, which adds findings to the collector."""

CrossUnitRule: TypeAlias = Callable[[Sequence[UnitSummary]], Iterable[Finding]]
CrossUnitRules: TypeAlias = tuple[tuple[str, CrossUnitRule], ...]
"""Pairs of a code and its rule, which compares all units of a run, without their texts."""
