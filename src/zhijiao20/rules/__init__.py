"""Review rules, one a file in a folder for each family, and what they share.  Pure."""
