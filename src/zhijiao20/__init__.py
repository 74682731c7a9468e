"""zhijiao20: collect, review and merge status submissions on the “职教20条” into the official Word form."""

__version__ = "0.1.0"
