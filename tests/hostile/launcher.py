"""Runs a command within bounds and writes down what it took: a process of its own, so that only that is measured.

The peak of a child counts from what its parent held at the fork; the parent must therefore be as small as this.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path


def main(result: str, memory: str, seconds: str, *command: str) -> None:
    child = os.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.execv(command[0], command)
    _, status, used = os.wait4(child, 0)
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    code = os.waitstatus_to_exitcode(status)
    Path(result).write_text(json.dumps([code, peak, used.ru_utime + used.ru_stime]), encoding="utf-8")


main(*sys.argv[1:])
