"""The program, as the console script and ``python -m zhijiao20`` start it."""

from __future__ import annotations

import gc


def main() -> None:
    """Load the command line and run it."""
    gc.disable()  # loading makes objects by the ten thousand, and none of them is garbage: no need to look for any
    from zhijiao20.cli import main as run

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
