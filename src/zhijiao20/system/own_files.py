"""Write files into a folder that is written again at each run; what the program did not write is left alone.

A hidden list in the folder says what was written, with a digest of each file: a file that somebody has changed since
is not the program's any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.os_errors import reason
from zhijiao20.system.windows import any_length

LIST_NAME = ".zhijiao20-退回.jsonl"
"""The name of the list of what goes back to the units."""

_LIST_LIMIT = 64 * 2**20  # bytes of a list; a run for 12,000 units writes about 3 MB


class OwnFiles:
    """The files of one folder.

    Args:
        folder: the folder; it is made if there is none.
        list_name: the name of the list of the files that were written.

    Raises:
        UsageError: the folder cannot be made, or the list cannot be written.
    """

    def __init__(self, folder: Path, list_name: str = LIST_NAME) -> None:
        self._folder = folder
        self._list = folder / list_name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"文件夹建不了：{display_path(folder)}（{reason(error)}）。请用 -o 换一个位置"
            raise UsageError(message) from error
        self._earlier = self._read()
        self._written: dict[str, str] = {}
        self.kept: list[Path] = []
        """Files that were not replaced, because somebody else has written or changed them."""

    def write(self, name: str, data: bytes) -> bool:
        """Write a file, unless there is one that is not the program's.

        Args:
            name: its path in the folder, with slashes.
            data: its content.

        Returns:
            Whether it was written.

        Raises:
            UsageError: it cannot be written.
        """
        path = any_length(self._folder / name)
        digest = _digest(data)
        existing = _digest_of(path)
        if existing is not None and existing != digest and existing not in self._earlier.get(name, ()):
            self.kept.append(self._folder / name)
            return False
        self._note(name, digest)
        self._written[name] = digest
        if existing != digest:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                message = f"文件夹建不了：{display_path(path.parent)}（{reason(error)}）。请用 -o 换一个位置"
                raise UsageError(message) from error
            write_whole(path, data)
        return True

    def finish(self) -> list[Path]:
        """Delete what earlier runs wrote and this one did not, and the folders that are empty then.

        Returns:
            The files that were deleted.
        """
        gone: list[Path] = []
        for name, digests in self._earlier.items():
            path = any_length(self._folder / name)
            digest = _digest_of(path)
            if name in self._written or not _is_inside(name) or digest is None or digest not in digests:
                continue
            try:
                path.unlink()
                gone.append(path)
            except OSError:  # open in another program: the next run deletes it
                self._written[name] = digest
        for path in gone:
            self._remove_empty(path.parent)
        lines = (json.dumps([name, digest], ensure_ascii=False) for name, digest in self._written.items())
        write_whole(self._list, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
        return gone

    def _remove_empty(self, folder: Path) -> None:
        with contextlib.suppress(OSError):  # it holds something else
            while folder != self._folder:
                folder.rmdir()
                folder = folder.parent

    def _note(self, name: str, digest: str) -> None:
        """Add a file to the list before it is written: an interrupted run must know it again."""
        try:
            with self._list.open("a", encoding="utf-8", errors="surrogatepass", newline="\n") as stream:
                stream.write(json.dumps([name, digest], ensure_ascii=False) + "\n")
        except OSError as error:
            message = f"文件夹写不了：{display_path(self._folder)}（{reason(error)}）。请用 -o 换一个位置"
            raise UsageError(message) from error

    def _read(self) -> dict[str, set[str]]:
        """Return name → digests of what was written earlier; a damaged line is passed over."""
        found: dict[str, set[str]] = {}
        try:
            if self._list.stat().st_size > _LIST_LIMIT:
                return found
            text = self._list.read_text("utf-8", "surrogatepass")
        except (OSError, UnicodeError):
            return found
        for line in text.splitlines():
            with contextlib.suppress(ValueError, RecursionError):
                item = json.loads(line)
                if isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
                    found.setdefault(item[0], set()).add(item[1])
        return found


def _is_inside(name: str) -> bool:
    """Check whether a name of the list stays in its folder; the list may have been sent by a stranger."""
    parts = name.replace("\\", "/").split("/")
    return not os.path.isabs(name) and ":" not in parts[0] and not {"..", ".", ""} & set(parts)  # noqa: PTH117


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _digest_of(path: Path) -> str | None:
    """Return the digest of an existing file; None if there is none, another text if it is no ordinary file."""
    try:
        if path.is_symlink() or not path.is_file():
            return "" if os.path.lexists(path) else None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError:
        return ""
