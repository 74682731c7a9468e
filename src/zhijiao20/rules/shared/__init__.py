"""Code shared by several rules."""
