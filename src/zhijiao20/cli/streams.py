"""Set up standard output and standard error: UTF-8, or what the reader of a pipe on Windows expects."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO


def set_up_streams() -> None:
    """Set the encoding of both streams, whatever the locale; escape what cannot be encoded."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the calling program: discard the output
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - stays open for the whole run
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=_encoding(stream), errors="backslashreplace")


def _encoding(stream: TextIO) -> str:
    if os.name != "nt":
        return "utf-8"
    from zhijiao20.system.windows import pipe_encoding

    return pipe_encoding(stream) or "utf-8"


def for_programs() -> TextIO:
    """Return standard output for a format that programs read: UTF-8 on every system."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return sys.stdout
