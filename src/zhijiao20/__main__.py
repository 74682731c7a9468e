"""Start the program, from the console script or with ``python -m zhijiao20``."""

from __future__ import annotations

import gc
import signal
import sys

from zhijiao20.system.interrupts import find_interrupt

_GC_THRESHOLD = 50_000  # new objects between two garbage collections


def main() -> None:
    """Run the program; Ctrl-C never shows a traceback, even during imports or at exit."""
    try:
        gc.disable()  # imports create tens of thousands of objects, none of them garbage
        from zhijiao20 import cli

        gc.freeze()
        gc.set_threshold(_GC_THRESHOLD)  # commands import more modules and build trees without reference cycles
        gc.enable()
        cli.error_handler.prepare_process()
        cli.app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if (interrupt := find_interrupt(error)) is None:
            raise
        sys.exit(130 if isinstance(interrupt, KeyboardInterrupt) else 143)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
