"""Limit this process, take its network away, and become another program; run as a file, on POSIX only.

A process of its own does this between fork and exec, where Python code must not run if the program has threads.
Arguments: address space, seconds of processor time, size of a file, and the command.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys

_CANNOT_START = 126
_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000  # CLONE_NEWUSER, CLONE_NEWNET


def main(arguments: list[str]) -> None:
    """Limit this process and become the program."""
    if sys.platform != "win32":
        import resource

        kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)
        for kind, wanted in zip(kinds, (*map(int, arguments[:3]), 0), strict=True):
            most = resource.getrlimit(kind)[1]
            value = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(kind, (value, value))
        with contextlib.suppress(OSError, AttributeError):  # no such call, or not permitted
            libc = ctypes.CDLL(None)
            if libc.unshare(_NEW_NETWORK):
                libc.unshare(_NEW_USER | _NEW_NETWORK)
        try:
            os.execve(arguments[3], arguments[3:], os.environ)  # noqa: S606 - the command of the caller
        except OSError:
            sys.exit(_CANNOT_START)


if __name__ == "__main__":
    main(sys.argv[1:])
