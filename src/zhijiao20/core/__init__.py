"""Pure data and decisions: task list, submissions, findings, settings, merging; no file, no screen."""
