"""Prepare the files of a run that are not read as they lie on disk: archives are unpacked, old formats converted.

All conversions of a run happen here, before the first file is read, in as few calls of another program as possible.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.core.unread import OPEN_DOCUMENT
from zhijiao20.formats.old.recognize import EncryptedError, OldFormat, may_be_old, recognize
from zhijiao20.formats.read import split_name
from zhijiao20.formats.registry import BY_SUFFIX
from zhijiao20.review.arrived import begin_of, is_archive, is_wanted, may_hold_a_status, unpack
from zhijiao20.review.file_result import Source
from zhijiao20.system.discovery import path_text, read_bytes
from zhijiao20.system.found_files import NOTHING, Exclude, FoundFiles
from zhijiao20.system.os_errors import reason

if TYPE_CHECKING:
    from zhijiao20.formats.old.conversion import Converted
    from zhijiao20.system.unpack import Member

OLD_MEMBERS_LIMIT = 500
"""Maximum number of members of an archive that have to be converted."""

OpenProgress: TypeAlias = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]
"""Opens a display of the progress under a title; it takes the number of finished files and of all files."""

PACKED = ("这份文件在压缩包里，已照常读取", "看一眼是不是要报送的那一份")
"""What is told about a member of an archive that is read as it is."""

_ZIP = b"PK"


@contextmanager
def prepared(
    found: FoundFiles,
    limits: Limits,
    cache: Callable[[], Path | None] | None = None,
    exclude: Exclude = NOTHING,
    progress: OpenProgress | None = None,
) -> Iterator[dict[Path, Source]]:
    """Unpack and convert what has to be; the results are there until the context ends.

    Args:
        found: the files of the run; an archive is replaced by its members.
        limits: the maximum sizes.
        cache: returns the folder of the cache, in which results of conversions are kept.
        exclude: the members of archives that are no status files.
        progress: opens a display of the progress of conversions under a title.

    Raises:
        UsageError: the temporary folder cannot be written.
    """
    with ExitStack() as stack:
        preparation = _Preparation(limits, cache, exclude, progress, stack)
        try:
            preparation.take(found)
        except OSError as error:
            message = f"临时文件写不了（{reason(error)}）。请给系统的临时文件夹腾出空间"
            raise UsageError(message) from error
        yield preparation.sources


@dataclass(slots=True)
class _Preparation:
    """The preparation of one run.

    Attributes:
        limits: the maximum sizes.
        cache: returns the folder of the cache.
        exclude: the members of archives that are no status files.
        progress: opens a display of the progress.
        stack: removes the private folder at the end.
        sources: what has been prepared.
        old: the files that have to be converted, and their formats.
        archives: file → archive in which it is a member.
        taken: all names of files so far.
    """

    limits: Limits
    cache: Callable[[], Path | None] | None
    exclude: Exclude
    progress: OpenProgress | None
    stack: ExitStack
    sources: dict[Path, Source] = field(default_factory=dict)
    old: dict[Path, OldFormat] = field(default_factory=dict)
    archives: dict[Path, Path] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)
    _folder: Path | None = None

    def take(self, found: FoundFiles) -> None:
        """Prepare all files."""
        files: list[Path] = []
        self.taken.update(found.files)
        for file in found.files:
            begin = begin_of(file)
            if is_archive(file, file, begin):
                files += self._unpack(file, file, found)
                continue
            self._look(file, file, begin)
            files.append(file)
        found.files = self._without_crowded(files)
        if self.old:
            found.advice = self._convert()

    @property
    def folder(self) -> Path:
        """The private folder, made when it is first needed."""
        if self._folder is None:
            self._folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="zhijiao20-")))
        return self._folder

    def _look(self, file: Path, path: Path, begin: bytes) -> None:
        """Note a file that has to be converted.

        Args:
            file: what it is called.
            path: where its content is.
            begin: its first bytes.
        """
        ordinary = file.suffix.lower() in BY_SUFFIX and begin.startswith(_ZIP) and OPEN_DOCUMENT not in begin
        if ordinary or not may_be_old(begin):
            return
        try:
            kind = recognize(read_bytes(path, self.limits))
        except UnreadableError:
            return  # told when it is read
        except EncryptedError as error:
            self.sources[file] = Source(path, _name(file), error=("这是加了密码的文件，不能读取", str(error)))
            return
        if kind is not None:
            self.old[file] = kind
            self.sources.setdefault(file, Source(path, _name(file)))

    def _unpack(self, shown: Path, path: Path, found: FoundFiles, depth: int = 0) -> list[Path]:
        """Unpack an archive; return its members that are to be read, or the archive itself if it cannot be.

        Args:
            shown: what the archive is called.
            path: where it is.
            found: receives what is passed over and what is of other formats.
            depth: 0 for a file, 1 for an archive in an archive.
        """
        from zhijiao20.system.unpack import Store, UnpackError

        store = Store(Path(tempfile.mkdtemp(dir=self.folder)), is_wanted, self.limits)
        try:
            members = unpack(path, store)
        except UnpackError as error:
            self.sources[shown] = Source(path, _name(shown), error=(error.message, error.hint))
            return [shown]
        found.passed_over += store.passed_over
        files: list[Path] = []
        others = len(found.unread)
        for member in members:
            if self._is_excluded(shown, member.name):
                found.excluded += 1
                continue
            files += self._take_member(shown, member, found, depth)
        if not files:
            del found.unread[others:]  # the error names them
            inside = "、".join(path_text(member.name) for member in members[:5]) or "什么都没有"
            hint = "请对方把填报的文件（Word、Excel）打进压缩包；不是报送的，请移走"
            self.sources[shown] = Source(path, _name(shown), error=(f"压缩包里没有填报文件（里面有：{inside}）", hint))
            return [shown]
        for file in files:
            self.archives[file] = shown
        return files

    def _take_member(self, archive: Path, member: Member, found: FoundFiles, depth: int) -> list[Path]:
        """Take a member of an archive; return what of it is to be read."""
        shown = self._unique(Path(f"{archive}!{member.name}"))
        if member.error is not None:
            self.sources[shown] = Source(archive, _name(shown), error=(member.error.message, member.error.hint))
            return [shown]
        begin = begin_of(member.path) if member.path else b""
        if member.path is None or not may_hold_a_status(member.name, begin):
            found.unread.append(shown)
            return []
        if is_archive(shown, member.path, begin):
            if depth == 0:
                return self._unpack(shown, member.path, found, depth + 1)
            error = ("压缩包里套着两层压缩包，没有读取", "请先解压，再把解压出来的文件夹交给程序")
            self.sources[shown] = Source(member.path, _name(shown), error=error)
            return [shown]
        name = os.path.basename(member.name)  # noqa: PTH119 - a name, not a path
        self.sources[shown] = Source(member.path, name, (PACKED,))
        self._look(shown, member.path, begin)
        return [shown]

    def _is_excluded(self, archive: Path, name: str) -> bool:
        """Check whether the project excludes a member, by its path in the archive or by the name that messages show."""
        return bool(self.exclude.patterns) and any(
            map(self.exclude.matches, (archive / name, Path(f"{archive}!{name}")))
        )

    def _unique(self, shown: Path) -> Path:
        """Return a name for a member that no other file has: an archive may have a name twice."""
        number, other = 2, shown
        while other in self.taken:
            other = shown.with_name(f"{shown.stem}（第{number}个）{shown.suffix}")
            number += 1
        self.taken.add(other)
        return other

    def _without_crowded(self, files: list[Path]) -> list[Path]:
        """Replace the members of an archive in which too many would have to be converted by the archive itself."""
        counts = Counter(self.archives[file] for file in self.old if file in self.archives)
        crowded = {archive for archive, count in counts.items() if count > OLD_MEMBERS_LIMIT}
        if not crowded:
            return files
        kept: dict[Path, None] = {}
        for file in files:
            archive = self.archives.get(file)
            if archive not in crowded or archive is None:
                kept[file] = None
                continue
            self.old.pop(file, None)
            self.sources.pop(file, None)
            error = (
                f"压缩包里旧格式的文件有 {counts[archive]} 个，超过 {OLD_MEMBERS_LIMIT} 个，没有读取",
                "请解压后分成几个文件夹，逐个交给程序",
            )
            self.sources[archive] = Source(archive, _name(archive), error=error)
            kept[archive] = None
        return list(kept)

    def _convert(self) -> str:
        """Convert all files of old formats; return how to convert all at once what could not be."""
        from zhijiao20.formats.old.conversion import all_at_once
        from zhijiao20.review.conversion_cache import ConversionCache

        known = ConversionCache(self.cache)
        waiting: dict[Path, OldFormat] = {}
        names: dict[Path, Path] = {}
        keys: dict[Path, bytes] = {}
        for number, (file, kind) in enumerate(self.old.items()):
            data = read_bytes(self.sources[file].path, self.limits)
            path = self.folder / f"f{number:06}"
            keys[file] = known.key(kind, data)
            if (kept := known.get(keys[file])) is not None:
                path.write_bytes(kept[1])
                self._use(file, kind, path, kept[0])
                continue
            path.write_bytes(data)
            names[path], waiting[path] = file, kind
        failed: list[OldFormat] = []
        for path, result in self._converted(waiting).items() if waiting else ():
            file, kind = names[path], waiting[path]
            if result.path is not None:
                known.put(keys[file], result.by, result.path.read_bytes())
                self._use(file, kind, result.path, result.by)
            else:
                self.sources[file] = replace(self.sources[file], error=(result.problem, result.hint))
                failed += [kind] if result.missing else []
        known.close()
        return all_at_once(failed)

    def _converted(self, files: dict[Path, OldFormat]) -> dict[Path, Converted]:
        """Convert files while the progress is shown."""
        from zhijiao20.formats.old.conversion import convert_old

        with self.progress("正在转换旧格式的文件") if self.progress else nullcontext() as show:
            tell = None if show is None else lambda done: show(done, len(files))
            return convert_old(files, self.folder, self.limits, tell)

    def _use(self, file: Path, kind: OldFormat, path: Path, by: str) -> None:
        """Read the result of a conversion in place of a file."""
        from zhijiao20.formats.old.conversion import misnamed, read_through

        sent = self.sources[file]
        stem, suffix = split_name(Path(sent.name))
        wrong = None if suffix in kind.suffixes else misnamed(kind, suffix)
        self.sources[file] = Source(path, f"{stem}{kind.target}", (*sent.notes, read_through(kind, by)), wrong)


def _name(file: Path) -> str:
    """Return the own name of a file, for a member of an archive that within the archive."""
    return file.name.rpartition("!")[2]
