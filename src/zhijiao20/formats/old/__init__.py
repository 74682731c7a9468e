"""Recognize, prepare and convert the formats that are read only after a conversion: .doc, .xls, .odt and others."""
