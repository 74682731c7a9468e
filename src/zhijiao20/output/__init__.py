"""Output: reports for people and for programs, and annotated forms."""
