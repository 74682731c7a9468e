"""Convert the raw tree or table of a file to validated submissions; report every problem.  No I/O."""
