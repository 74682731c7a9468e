"""From the raw tree or table of a file to checked submissions, with a finding for all that was wrong.  Pure."""
