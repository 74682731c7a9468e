"""Data model of the search for files: what was found, and which files are no input."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.display import without_prefix
from zhijiao20.core.unread import is_excluded
from zhijiao20.system.windows import comparable

if TYPE_CHECKING:
    from zhijiao20.system.written import Written

_OWN_FILES = ("进度.xlsx", "总览.html", "总览")  # of a project, what collect is asked to write under this name


@dataclass(slots=True)
class FoundFiles:
    """The files found in the given paths.

    Attributes:
        files: each file once, in the order of the paths given; in natural order within a folder.
        passed_over: number of lock files, hidden files and system files skipped in folders.
        unread: files in folders that can hold no status, such as pictures; a unit may have sent nothing else.
        excluded: number of files that the project excludes.
        advice: how to convert at once all files that could not be read; empty if there are none.
        own: files that the program wrote, and the files of the last round; they are no input.
    """

    files: list[Path] = field(default_factory=list)
    passed_over: int = 0
    unread: list[Path] = field(default_factory=list)
    excluded: int = 0
    advice: str = ""
    own: list[Path] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Exclude:
    """The files that are no status files.

    Attributes:
        folder: the folder that the patterns are from.
        patterns: the patterns of their paths; see ``is_excluded``.
        own: real paths of the roster and of the folders that the program writes to; passed over in folders.
        previous: real path of the files of the last round; passed over in folders, and told.
        written: returns what the program wrote, which is passed over in folders, and told; None for nothing.
    """

    folder: Path = Path()
    patterns: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    previous: str = ""
    written: Callable[[], Written] | None = None

    def matches(self, file: Path) -> bool:
        """Check whether a file is excluded."""
        file = Path(without_prefix(str(file)))  # a long one begins with \\?\ on Windows, as if on another drive
        try:
            return is_excluded(os.path.relpath(file, self.folder), self.patterns)
        except ValueError:  # on another drive
            return is_excluded(file.name, self.patterns)

    def with_own(self, folder: Path, roster: Path | None) -> Exclude:
        """Return the same with the roster, and what the program writes into a folder, as the program's own."""
        own = {comparable(folder / name) for name in (*OWN_FOLDERS, *_OWN_FILES)}
        return replace(self, own=frozenset(own | ({comparable(roster)} if roster else set())))

    def is_own(self, path: str) -> bool:
        """Check whether a file or folder is the program's own; only then links are followed."""
        return bool(self.own) and comparable(path) in self.own

    def told(self, top: Path) -> Callable[[str], bool]:
        """Return a function that checks whether what lies below ``top`` is no input, for a reason that is told."""
        from zhijiao20.system.written import is_as_written

        written = self.written() if self.written else {}
        names = {os.path.basename(path).casefold() for path in (*written, self.previous)}  # noqa: PTH119 - fast
        folder = comparable(top)

        def is_told(path: str) -> bool:
            if os.path.basename(path).casefold() not in names:  # noqa: PTH119 - fast
                return False
            return comparable(path) == self.previous or is_as_written(path, folder, written)

        return is_told


NOTHING = Exclude()

OWN_FOLDERS = ("下发", "退回")
"""The folders of a project to which forms and returned files are written."""
