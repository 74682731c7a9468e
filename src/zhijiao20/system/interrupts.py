"""Find the interruption (Ctrl-C or a termination request) that caused an exception.  No imports."""

from __future__ import annotations


def find_interrupt(error: BaseException) -> BaseException | None:
    """Return the ``KeyboardInterrupt`` or ``SystemExit`` that caused an error, or None.

    Python wraps such an exception in another one if it is raised while a class is being created.
    """
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, KeyboardInterrupt | SystemExit):
        cause = cause.__cause__ or cause.__context__
    return cause
