"""Find files: the status files in the given files and folders, the configuration, and what the program comes with."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from zhijiao20.core.catalog import Catalog, build_catalog
from zhijiao20.core.display import display_path, natural_key, without_prefix
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.unread import OFFICE_STARTS, OFFICE_SUFFIXES, describe_unread, own_line, real_suffix, unread_lines
from zhijiao20.system.found_files import NOTHING, OWN_FOLDERS, Exclude, FoundFiles
from zhijiao20.system.os_errors import reason
from zhijiao20.system.windows import ON_WINDOWS, any_length, is_open_elsewhere, real_path

CONFIG_NAME = "zhijiao20.toml"
"""The name of the configuration file; a folder that contains one is a project."""

_SYSTEM_NAMES = frozenset({"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini"})
_OWN_SUFFIXES = frozenset({".bak", ".json", ".toml"})  # backups of init --update, the schema, the configuration
_PAGE = ".html"
_OWN_BY_NAME = frozenset({".xlsx", ".csv", ".xlsm", _PAGE})  # a roster, and what collect writes
_PARTS_LIMIT = 20  # spaces in a file name


def path_text(path: object) -> str:
    r"""Return a path as text: bytes that are not valid UTF-8 are escaped; ``\\?\`` before a long one is left out."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return without_prefix(text) if text.startswith("\\") else text


def find_files(
    paths: Sequence[Path],
    suffixes: Iterable[str],
    output: Path | Sequence[Path] | None = None,
    exclude: Exclude = NOTHING,
    *,
    may_be_none: bool = False,
) -> FoundFiles:
    """Find all status files in the given files and folders.

    Args:
        paths: files and folders as the user gave them.
        suffixes: the suffixes of the formats that can be read; in folders, files of other formats that could hold a
            status are found too (a file given directly is accepted with any suffix).
        output: the file or files to be written; skipped when they are found in a folder.
        exclude: the files that are skipped and counted, also when they are given directly.
        may_be_none: whether a folder without status files is no error.

    Raises:
        UsageError: a path does not exist, a folder has no status file, all files are excluded, or the output is input.
    """
    found = FoundFiles()
    seen: dict[str, Path] = {}
    wanted = frozenset(suffixes) | OFFICE_SUFFIXES
    if ON_WINDOWS:
        paths = [any_length(path) for path in paths]
    outputs = _existing(output) if output else ()
    for number, path in enumerate(paths, start=1):
        try:
            matches = _files_at(path, wanted, outputs, found, exclude, paths[number:], may_be_none=may_be_none)
            reals = map(real_path, matches) if ON_WINDOWS else _real_paths(matches)
            files = list(zip(matches, map(os.path.normcase, reals), strict=True))
        except OSError as error:
            raise UsageError(f"路径不能用：{display_path(path)}（{reason(error)}）") from error
        for file, real in files:
            # Windows: names that differ in case only are one file, except in a folder made for Linux programs.
            if real not in seen or not same_file(seen[real], file):
                seen[real] = file
                found.files.append(file)
    if not found.files and not may_be_none:
        raise UsageError(f"没有可读的文件：{CONFIG_NAME} 的 exclude 排除了 {found.excluded} 个。请核对 exclude")
    return found


def _real_paths(files: Sequence[Path]) -> list[str]:
    """Return the real path of each file; that of a folder is found once for all its files."""
    split = [(path, *os.path.split(path)) for path in map(str, files)]
    folders = {folder: os.path.realpath(folder) for folder in {folder for _, folder, _ in split}}
    return [
        os.path.realpath(path) if os.path.islink(path) else os.path.join(folders[folder], name)  # noqa: PTH114, PTH118
        for path, folder, name in split
    ]


def _files_at(
    path: Path,
    wanted: frozenset[str],
    outputs: Sequence[Path],
    found: FoundFiles,
    exclude: Exclude,
    following: Sequence[Path],
    *,
    may_be_none: bool,
) -> list[Path]:
    if path.is_dir():
        below = _files_below(path, wanted, found, exclude)
        files = [file for file in below if not outputs or not _is_output(file, outputs)]
        if outputs:
            found.unread = [file for file in found.unread if not _is_output(file, outputs)]
            found.own = [file for file in found.own if not _is_output(file, outputs)]
        if not files and not may_be_none:
            raise _no_status_file(path, found)
        return files
    if not path.exists() and not path.is_symlink():
        raise UsageError(
            f"路径不存在：{display_path(path)}。{_space_hint(path, following) or '请核对文件名，或把文件拖进窗口'}"
        )
    if outputs and (_is_output(path, outputs) or real_path(path) in map(real_path, outputs)):
        raise _output_is_input(path)
    if exclude.patterns and exclude.matches(path):
        found.excluded += 1
        return []
    return [path]


def _no_status_file(folder: Path, found: FoundFiles) -> UsageError:
    """Return the error for a folder without status files, with a line for each file that was not read."""
    excluded = f"，{CONFIG_NAME} 的 exclude 排除了 {found.excluded} 个" if found.excluded else ""
    message = f"文件夹里没有填报文件：{display_path(folder)}（找的是 Word、Excel、CSV、YAML 文件和压缩包{excluded}）"
    lines = unread_lines([describe_unread(path_text(file)) for file in found.unread])
    own = [f"{own_line([path_text(file) for file in found.own])}。"] if found.own else []
    return UsageError("\n".join([message, *lines, *own]))


def _space_hint(path: Path, following: Sequence[Path]) -> str:
    """Return a hint if a path and the following ones are one path, split by the shell at spaces."""
    name = str(path)
    for part in following[:_PARTS_LIMIT]:
        name = f"{name} {part}"
        if os.path.lexists(name):
            return f'名字里有空格，请用引号括起来："{display_path(Path(name))}"'
    return ""


def _existing(output: Path | Sequence[Path]) -> list[Path]:
    """Return the files to be written that exist already; a file that does not exist cannot be an input."""
    outputs = [output] if isinstance(output, Path) else output
    return [path for path in map(any_length, outputs) if os.path.lexists(path)]


def _is_output(file: Path, outputs: Sequence[Path]) -> bool:
    """Check whether a file is one of the output files, even if its path is written differently.

    Raises:
        UsageError: it is a hard link to an output file; skipping it would lose its unit without a message.
    """
    output = next((output for output in outputs if same_file(file, output)), None)
    if output is None:
        return False
    if file.stat().st_nlink > 1 and real_path(file) != real_path(output):
        raise _output_is_input(file)
    return True


def _output_is_input(path: Path) -> UsageError:
    return UsageError(f"输出文件同时是输入文件：{display_path(path)}。请用 -o 换一个文件名")


def same_file(one: Path, other: Path) -> bool:
    """Check whether two paths are the same file (links, case-insensitive file systems)."""
    try:
        return one.samefile(other)
    except OSError:  # a file that does not exist is not the same file
        return False


def _files_below(folder: Path, suffixes: frozenset[str], found: FoundFiles, exclude: Exclude) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise UsageError(f"文件夹打不开：{display_path(Path(error.filename))}。请检查权限") from error

    is_told = exclude.told(folder)
    top = any_length(folder, whatever_lies_below=True) if ON_WINDOWS else folder
    for root, folders, file_names in os.walk(top, onerror=fail):
        here = root if top is folder else Path(folder, os.path.relpath(root, top))
        last = [name for name in folders if exclude.previous and is_told(os.path.join(root, name))]  # noqa: PTH118
        found.own += (Path(here, name) for name in last)
        kept = (name for name in folders if not _is_skipped(name) and name not in last)
        kept = (name for name in kept if name not in OWN_FOLDERS or not exclude.is_own(os.path.join(root, name)))  # noqa: PTH118
        folders[:] = sorted(kept, key=natural_key)
        for name in sorted(file_names, key=natural_key):
            if _is_skipped(name):
                found.passed_over += 1
                continue
            suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - one Path for each file is slow for 12,000 files
            if suffix in _OWN_SUFFIXES:
                continue
            file = Path(here, name)
            if exclude.own and suffix in _OWN_BY_NAME and _is_own(file, root, exclude):
                continue
            if is_told(str(file)):
                found.own.append(file)
            elif exclude.patterns and exclude.matches(file):
                found.excluded += 1
            elif suffix in suffixes or (not real_suffix(name) and _looks_like_office(file)):
                yield any_length(file) if ON_WINDOWS else file
            else:
                found.unread.append(file)


def _is_own(file: Path, root: str, exclude: Exclude) -> bool:
    """Check whether a file is the program's by its name, or a page in a folder of pages."""
    return exclude.is_own(str(file)) or (file.suffix.lower() == _PAGE and exclude.is_own(root))


def _looks_like_office(file: Path) -> bool:
    """Check whether a file whose name does not say its format begins like a document, a workbook or an archive."""
    try:
        file = any_length(file)
        if not stat.S_ISREG(file.stat().st_mode):
            return False
        with file.open("rb") as stream:
            return stream.read(8).startswith(OFFICE_STARTS)
    except OSError:
        return False


def _is_skipped(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_NAMES


def read_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """Read the complete content of a regular file.

    Raises:
        UnreadableError: it is not a regular file, it is too large, or the system denies access.
    """
    limit = limits.file_mib * 2**20
    path = any_length(path) if ON_WINDOWS else path
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("这不是普通文件（是文件夹、管道或设备）", "请换成填报文件")
        data = b""
        if status.st_size <= limit:
            with path.open("rb") as stream:  # at most ``limit`` + 1 bytes, even if the file grows while it is read
                data = stream.read(status.st_size + 1)
                if len(data) > status.st_size:
                    data += stream.read(limit + 1 - len(data))
    except OSError as error:
        in_use = isinstance(error, PermissionError) and is_open_elsewhere(path)
        why = "正在 Word、WPS、Excel 或别的程序中打开" if in_use else reason(error)
        hint = "请先关闭它，再运行一次" if in_use else "检查文件是否被移走、被别的程序占用，或没有读取权限"
        raise UnreadableError(f"文件打不开：{why}", hint) from error
    if (size := max(status.st_size, len(data))) > limit:
        raise UnreadableError(
            f"文件有 {math.ceil(size / 2**20 * 10) / 10:g} MiB，超过 {limits.file_mib} MiB 的上限",
            "填报文件不该这么大，请检查内容",
        )
    return data


def find_config(*paths: Path) -> Path | None:
    """Return the nearest configuration file in a folder that holds all of the paths, or in a parent of it."""
    try:
        absolute = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - Path.absolute() keeps “..” in the parents
        folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in absolute]  # noqa: PTH112, PTH120
        start = Path(os.path.commonpath(folders))
    except (OSError, ValueError):  # the current folder is gone, or the paths are on several drives
        return None
    files = (folder / CONFIG_NAME for folder in (start, *start.parents))
    return next((file for file in files if os.path.isfile(file)), None)  # noqa: PTH113 - no error without access


def resource(folder: str, name: str) -> Path:
    """Return the path of a packaged file; in a source checkout it is in a top-level folder.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package, package.parents[1]):
        if (path := root / folder / name).is_file():
            return path
    raise FileNotFoundError(f"{folder}/{name}")


@cache
def load_catalog() -> Catalog:
    """Load the official task list ``data/tasks.yaml``; parsed and checked once per process."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with resource("data", "tasks.yaml").open("rb") as stream:
        return build_catalog(yaml.load(stream, Loader=loader))  # noqa: S506 - loader is CSafeLoader or SafeLoader


def official_form(*, landscape: bool = False) -> bytes:
    """Read the blank official form ``templates/official.docx``, or its landscape variant."""
    return resource("templates", "official-landscape.docx" if landscape else "official.docx").read_bytes()
