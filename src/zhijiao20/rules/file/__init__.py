"""ZJ0: what is said while a file is read.  The pages only; the findings are made where files are read (formats)."""
