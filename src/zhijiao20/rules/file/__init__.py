"""ZJ0: documentation pages of the rules for reading files; ``formats`` reports their findings."""
