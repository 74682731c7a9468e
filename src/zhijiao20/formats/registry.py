"""List the formats of status files.  A new format is a folder with a record, and a name in this list."""

from __future__ import annotations

from zhijiao20.formats import csv, docx, xlsx, yaml

FORMATS = (yaml.FORMAT, csv.FORMAT, xlsx.FORMAT, docx.FORMAT)
"""Every format; messages and options name them in this order."""

BY_NAME = {known.name: known for known in FORMATS}

BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}

KNOWN_SUFFIXES = frozenset(BY_SUFFIX)
"""What a folder is searched for."""
