"""Review many files and make one report."""
