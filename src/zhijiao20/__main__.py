"""Where the program starts: the console script and ``python -m zhijiao20`` are the same."""

from __future__ import annotations

import gc
import signal
import sys


def main() -> None:
    """Run the program; Ctrl-C is no traceback even while it still loads, or when it is about to end."""
    try:
        gc.disable()  # loading makes objects by the ten thousand, and none of them is garbage: no need to look for any
        from zhijiao20.cli import main as run

        gc.freeze()
        gc.enable()
        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
