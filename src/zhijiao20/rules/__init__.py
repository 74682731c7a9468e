"""Review rules: one module per rule, one package per family, and the code that they share.  Pure: no I/O."""
