"""The official Word form: found by its wording, filled in place, read back."""
