"""Excel status files."""
