"""One module for each use case: what a command does, without options and printing."""
