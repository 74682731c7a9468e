"""Ctrl-C and the request to stop, also where Python has made another error of them.  Loads nothing."""

from __future__ import annotations


def find_interrupt(error: BaseException) -> BaseException | None:
    """The ``KeyboardInterrupt`` or ``SystemExit`` that an error came of: what ends a class in the making is wrapped."""
    behind: BaseException | None = error
    while behind is not None and not isinstance(behind, KeyboardInterrupt | SystemExit):
        behind = behind.__cause__ or behind.__context__
    return behind
