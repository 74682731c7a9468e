"""Runs the program and sends it a signal after so many seconds of its computing: ``timer.py SIGNAL SECONDS COMMAND…``."""

from __future__ import annotations

import os
import signal
import sys


def main(number: str, seconds: str, *command: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if number != "0":
        signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), int(number)))
        signal.setitimer(signal.ITIMER_PROF, float(seconds))
    sys.argv = ["zhijiao20", *command]
    from zhijiao20.__main__ import main as run

    run()


main(*sys.argv[1:])
