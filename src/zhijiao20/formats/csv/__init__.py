"""CSV status files."""
