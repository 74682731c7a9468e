"""Formats of status files: bytes to submissions, and submissions to bytes."""
