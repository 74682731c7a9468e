"""List the formats of status files.  To add a format, add a package with a record and list it here."""

from __future__ import annotations

from zhijiao20.formats import csv, docx, xlsx, yaml

FORMATS = (yaml.FORMAT, csv.FORMAT, xlsx.FORMAT, docx.FORMAT)
"""All formats, in the order in which messages and options list them."""

BY_NAME = {file_format.name: file_format for file_format in FORMATS}

WRITTEN_BY_SUFFIX = {suffix: file_format for file_format in FORMATS for suffix in file_format.suffixes}

BY_SUFFIX = WRITTEN_BY_SUFFIX | {suffix: file_format for file_format in FORMATS for suffix in file_format.read_suffixes}

KNOWN_SUFFIXES = frozenset(BY_SUFFIX)
"""Suffixes of the status files that are searched for in a folder."""
