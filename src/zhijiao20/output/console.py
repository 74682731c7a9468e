"""The console for all texts that people read."""

from __future__ import annotations

import os
from typing import TextIO

from rich.console import Console

_NO_WRAP_WIDTH = 1_000_000  # width in a pipe, where a finding must stay on one line


def console_for(stream: TextIO) -> Console:
    """Return a console that prints text unchanged: no markup, no emoji codes, no highlighting."""
    no_wrap = not stream.isatty() and "COLUMNS" not in os.environ
    width = _NO_WRAP_WIDTH if no_wrap else None
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)
