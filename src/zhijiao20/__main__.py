"""``python -m zhijiao20`` is the same program as the console script."""

from zhijiao20.cli import main

main()
