"""Types of the rules that check one whole submission."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Submission

UnitRule: TypeAlias = Callable[[Submission, Catalog, Collector], None]
UnitRules: TypeAlias = tuple[tuple[str, UnitRule], ...]
"""Pairs of a code and its rule, which adds findings to the collector."""
