"""Start the program: the console script and ``python -m zhijiao20`` are the same."""

from __future__ import annotations

import gc
import signal
import sys

from zhijiao20.system.interrupts import find_interrupt

_SELDOM = 50_000  # new objects between two looks for garbage


def main() -> None:
    """Run the program; Ctrl-C is no traceback even while it still loads, or when it is about to end."""
    try:
        gc.disable()  # loading makes objects by the ten thousand, and none of them is garbage: no need to look for any
        from zhijiao20.cli import main as run

        gc.freeze()
        gc.set_threshold(_SELDOM)  # a command loads more, and reads trees that have no circles
        gc.enable()
        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if (end := find_interrupt(error)) is None:
            raise
        sys.exit(130 if isinstance(end, KeyboardInterrupt) else 143)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
