"""Expand ``*`` and ``?`` in arguments, which cmd.exe leaves to the program."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence


def expand_patterns(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with every pattern replaced by the files and folders that match it, sorted.

    Only ``*`` and ``?`` are patterns: ``甲[1].docx`` is a name.  An option, a path that exists and a pattern without a
    match stay as they are; what stands behind ``--`` is no option.
    """
    expanded: list[str] = []
    paths_only = False
    for argument in arguments:
        is_option = argument.startswith("-") and not paths_only
        paths_only = paths_only or argument == "--"
        is_pattern = ("*" in argument or "?" in argument) and not os.path.lexists(argument)
        matches = _matches(argument) if is_pattern and not is_option else []
        expanded.extend(matches or [argument])
    return expanded


def _matches(pattern: str) -> list[str]:
    return sorted(glob.glob(pattern.replace("[", "[[]")), key=str.casefold)  # noqa: PTH207 - names stay as typed
