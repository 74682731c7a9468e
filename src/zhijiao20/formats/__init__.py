"""Read status files of every format into submissions, and write submissions as status files."""
