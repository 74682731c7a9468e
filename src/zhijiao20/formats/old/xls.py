"""Convert .xls files to .xlsx without LibreOffice, in a process of its own with limits."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from zhijiao20.system.batch_conversion import BatchLimits, Converter

_MIB = 2**20
LIMITS = BatchLimits(start=10, seconds=10, memory=500 * _MIB)
"""As for every reader of our own."""


def xls_converter(limits: BatchLimits = LIMITS) -> Converter:
    """Return the reader of .xls as a program that converts files."""
    return Converter(_command, ".xlsx", (".xls", b""), limits)


def _command(folder: Path, results: Path, files: Sequence[Path]) -> list[str]:  # noqa: ARG001 - no profile is needed
    return [sys.executable, "-I", "-m", "zhijiao20.formats.old.xls_child", str(results), *map(str, files)]
