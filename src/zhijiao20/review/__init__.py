"""Review status files, cache the results, and fix mechanical errors."""
