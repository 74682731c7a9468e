"""The use cases, one module each: what a command does, without option parsing and printing."""
