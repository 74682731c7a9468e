"""Where the program starts: the console script and ``python -m zhijiao20`` are the same."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the program; Ctrl-C is no traceback even while it still loads, or when it is about to end."""
    try:
        from zhijiao20.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
