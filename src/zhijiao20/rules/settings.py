"""The settings as the rules know them; they live outside this package, which loads every rule."""

from zhijiao20.settings import DEFAULT, Settings, Thresholds, is_firm

__all__ = ["DEFAULT", "Settings", "Thresholds", "is_firm"]
