"""Choose for each unit a file or a folder that no other unit has on any system."""

from __future__ import annotations

from pathlib import PurePosixPath
from unicodedata import normalize

from zhijiao20.system.atomic_write import safe_name


class UnitPaths:
    """The paths that are chosen for units, below one folder.

    Args:
        reserved: names in the folder that no unit may have.
    """

    def __init__(self, *reserved: str) -> None:
        self._taken = {_key(PurePosixPath(name)) for name in reserved}
        self._next: dict[str, int] = {}

    def choose(self, name: str, superior: str = "", suffix: str = "") -> PurePosixPath:
        """Return the path for a unit; it differs from all others also where case does not count.

        Args:
            name: the unit.
            superior: the unit whose folder it lies in, for namesakes; empty for none.
            suffix: the suffix of a file; empty for a folder.
        """
        parent = PurePosixPath(safe_name(superior)) if superior else PurePosixPath()
        stem = safe_name(name)
        path = parent / f"{stem}{suffix}"
        first = _key(path)
        while (key := _key(path)) in self._taken:
            number = self._next[first] = self._next.get(first, 1) + 1
            path = parent / f"{stem}_{number}{suffix}"
        self._taken.add(key)
        return path


def _key(path: PurePosixPath) -> str:
    return normalize("NFC", str(path)).casefold()
