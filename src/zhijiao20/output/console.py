"""The console that all texts for people go through."""

from __future__ import annotations

import os
from typing import TextIO

from rich.console import Console

_NO_WRAP = 1_000_000  # in a pipe a finding stays on its line


def console_for(stream: TextIO) -> Console:
    """A console that takes every text as it is: no markup, no emoji codes, no highlighting."""
    free = not stream.isatty() and "COLUMNS" not in os.environ
    width = _NO_WRAP if free else None
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)
