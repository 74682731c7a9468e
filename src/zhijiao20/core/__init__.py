"""Data model and pure logic without I/O: task list, submissions, findings, settings, merging."""
