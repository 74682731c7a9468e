"""Find the status files that paths stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhijiao20.core.display import display_path, escape_controls, path_text
from zhijiao20.core.errors import UsageError
from zhijiao20.system.os_errors import reason

_IGNORED = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_OUR_OWN = frozenset({".bak", ".json", ".toml"})  # what init --update leaves behind, the schema, the settings
_NAMED = 10
_PARTS = 20  # blanks in a name
_NUMBERS = re.compile(r"(\d+)")


@dataclass(slots=True)
class FoundFiles:
    """The files that paths stand for.

    Attributes:
        files: each file once, in the order of the paths given; within a folder in natural order.
        passed_over: how many lock files, hidden and system files in folders were passed over.
        unread: files of other formats in folders, which may be all that a unit sent in.
    """

    files: list[Path] = field(default_factory=list)
    passed_over: int = 0
    unread: list[Path] = field(default_factory=list)


def find_files(paths: Sequence[Path], suffixes: Iterable[str], output: Path | None = None) -> FoundFiles:
    """Every status file that the paths stand for.

    Args:
        paths: files and folders as the user gave them.
        suffixes: the suffixes to look for below a folder (a file named by itself is taken whatever its suffix).
        output: the file to be written, which is no input when it merely lies in a folder.

    Raises:
        UsageError: a path does not exist, a folder has no status file, or the output is named as an input.
    """
    found = FoundFiles()
    known: set[str] = set()
    wanted = frozenset(suffixes)
    output = output if output and os.path.lexists(output) else None  # what does not exist is no input
    for number, path in enumerate(paths, start=1):
        try:
            stands = _stands_for(path, wanted, output, found, paths[number:])
            files = [(file, os.path.realpath(file)) for file in stands]
        except OSError as error:
            raise UsageError(f"路径不能用：{display_path(path)}（{reason(error)}）") from error
        for file, real in files:
            if real not in known:
                known.add(real)
                found.files.append(file)
    return found


def _stands_for(
    path: Path, wanted: frozenset[str], output: Path | None, found: FoundFiles, behind: Sequence[Path]
) -> list[Path]:
    if path.is_dir():
        files = [file for file in _below(path, wanted, found) if output is None or not _is_output(file, output)]
        if output is not None:
            found.unread = [file for file in found.unread if not _is_output(file, output)]
        if not files:
            kinds = " ".join(sorted(wanted))
            others = f"。没有读的有：{names(found.unread)}；是填报文件的，请另存为其中一种" if found.unread else ""
            raise UsageError(f"文件夹里没有填报文件：{display_path(path)}（找的是 {kinds}）{others}")
        return files
    if not path.exists() and not path.is_symlink():
        raise UsageError(
            f"路径不存在：{display_path(path)}。{_blank_within(path, behind) or '请核对文件名，或把文件拖进窗口'}"
        )
    if output is not None and (_is_output(path, output) or os.path.realpath(path) == os.path.realpath(output)):
        raise _is_input(path)
    return [path]


def _blank_within(path: Path, behind: Sequence[Path]) -> str:
    """What to do where a path and those behind it are one, which the shell parted at its blanks."""
    name = str(path)
    for part in behind[:_PARTS]:
        name = f"{name} {part}"
        if os.path.lexists(name):
            return f'名字里有空格，请用引号括起来："{display_path(Path(name))}"'
    return ""


def _is_output(file: Path, output: Path) -> bool:
    """Whether a file is the one to be written, however either is spelled.

    Raises:
        UsageError: it is another name (a hard link) of that file: left out, its unit would be lost in silence.
    """
    if not same_file(file, output):
        return False
    if file.stat().st_nlink > 1 and os.path.realpath(file) != os.path.realpath(output):
        raise _is_input(file)
    return True


def _is_input(path: Path) -> UsageError:
    return UsageError(f"输出文件同时是输入文件：{display_path(path)}。请用 -o 换一个文件名")


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file: by another spelling, a link, or upper and lower case where these are one."""
    try:
        return one.samefile(other)
    except OSError:  # what does not exist is not the same
        return False


def _below(folder: Path, suffixes: frozenset[str], found: FoundFiles) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise UsageError(f"文件夹打不开：{display_path(Path(error.filename))}。请检查权限") from error

    for root, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted((name for name in folders if not _passed_over(name)), key=_natural)
        for name in sorted(names, key=_natural):
            if _passed_over(name):
                found.passed_over += 1
                continue
            suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - a Path a file is slow at 12,000
            if suffix in suffixes:
                yield Path(root, name)
            elif suffix not in _OUR_OWN:
                found.unread.append(Path(root, name))


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _IGNORED


def _natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """The order people expect: 2 before 10; the name itself decides between equals, so it is the same everywhere."""
    parts = _NUMBERS.split(name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts], name


def names(paths: Sequence[Path]) -> str:
    """The names of some files, at most ten of them."""
    more = f" 等 {len(paths)} 个" if len(paths) > _NAMED else ""
    return "、".join(escape_controls(path_text(Path(path.name))) for path in paths[:_NAMED]) + more
