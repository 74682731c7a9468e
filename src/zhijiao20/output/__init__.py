"""What goes out: reports for people and programs, annotated forms."""
