"""YAML status files."""
