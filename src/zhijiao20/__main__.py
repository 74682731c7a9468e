"""``python -m zhijiao20`` is the same program as the console script."""

from zhijiao20.start import main

if __name__ == "__main__":
    main()
