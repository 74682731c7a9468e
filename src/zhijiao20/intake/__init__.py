"""From the raw tree or table of a file to checked submissions, with a finding for all that was wrong.  Pure."""

from zhijiao20.intake.table import trees_from_table
from zhijiao20.intake.tree import submission_from_tree

__all__ = ["submission_from_tree", "trees_from_table"]
