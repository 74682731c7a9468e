"""Convert files of old formats, as many as there are at once, with the reader of .xls or LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhijiao20.core.display import spaced
from zhijiao20.core.limits import Limits
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.old.odf import without_links
from zhijiao20.formats.old.recognize import ODS, ODT, XLS, OldFormat
from zhijiao20.formats.old.xls import xls_converter
from zhijiao20.system.batch_conversion import Failure, convert
from zhijiao20.system.libreoffice import office_path
from zhijiao20.system.office_batch import office_converter

BY_OFFICE = "LibreOffice"
BY_READER = "内置的读取程序"
_LOOK = "看一眼读得对不对；报送时最好另存为 .docx 或 .xlsx"
_XLS_FILTER = "MS Excel 97"
_WHERE = "使用说明.txt 或 docs/files.md 的“旧格式一次全部转换”"
_OFFICE, _WPS = ("winword.exe", "excel.exe"), ("wps.exe", "et.exe", "ksolaunch.exe")
_FAILURES = {
    Failure.REFUSED: "LibreOffice 打不开它，可能已损坏或加了密码",
    Failure.TIME: "LibreOffice 一分钟没有转换完",
    Failure.MEMORY: "LibreOffice 转换它要用的内存太多",
    Failure.DISK: "LibreOffice 转换它要用的磁盘空间太多",
    Failure.CRASH: "LibreOffice 转换它时中止了",
    Failure.BROKEN: "LibreOffice 没有运行起来",
}


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a file.

    Attributes:
        path: where the result is; None where there is none.
        by: the program that converted it.
        problem: why there is no result.
        hint: what to do then.
        missing: whether it would be read if LibreOffice were installed.
    """

    path: Path | None = None
    by: str = ""
    problem: str = ""
    hint: str = ""
    missing: bool = False


def read_through(kind: OldFormat, by: str) -> tuple[str, str]:
    """Return message and hint of the info on a file that was converted."""
    by = f" {by} " if by.isascii() else by
    return f"这是{spaced(kind.label)}，由{by}转换成 {kind.target} 后读取；宏和链接没有采用，也没有运行", _LOOK


def misnamed(kind: OldFormat, suffix: str) -> tuple[str, str]:
    """Return message and hint of the warning on a file whose name has the suffix of another format.

    Args:
        kind: what it is.
        suffix: the suffix of its name, empty if there is none.
    """
    from zhijiao20.formats.wrong_suffix import contradiction

    program = "Word" if kind.target == ".docx" else "Excel"
    hint = f"请把文件名改成以 {kind.suffix} 结尾，再用 {program} 或 WPS 打开，另存为 {kind.target} 报送"
    return contradiction(suffix, kind.label), hint


def convert_old(
    files: Mapping[Path, OldFormat], folder: Path, limits: Limits, progress: Callable[[int], None] | None = None
) -> dict[Path, Converted]:
    """Convert files.

    Args:
        files: each file, under a name of our own that differs from all others in its stem, and its format.
        folder: a private folder for all that is written.
        limits: the maximum sizes.
        progress: called now and then with the number of finished files.

    Returns:
        What became of each file.
    """
    found: dict[Path, Converted] = {}
    sheets = [file for file, kind in files.items() if kind is XLS]
    for file, result in convert(xls_converter(), sheets, folder).items():
        if isinstance(result, Path):
            found[file] = Converted(result, BY_READER)
    rest = {file: kind for file, kind in files.items() if file not in found}
    office = office_path() if rest else None
    if office is None:
        return found | {file: _missing(kind) for file, kind in rest.items()}
    return found | _through_office(office, rest, folder, limits, _behind(progress, len(found)))


def _through_office(
    office: str, files: Mapping[Path, OldFormat], folder: Path, limits: Limits, progress: Callable[[int], None] | None
) -> dict[Path, Converted]:
    """Convert files with LibreOffice: one kind of call for documents, one for workbooks.

    An .xls has a call of its own: only damaged ones come here, which LibreOffice would take for text.
    """
    found: dict[Path, Converted] = {}
    for target, opened_as in ((".docx", ""), (".xlsx", ""), (".xlsx", _XLS_FILTER)):
        named: dict[Path, Path] = {}
        for file, kind in files.items():
            if kind.target == target and (kind is XLS) == bool(opened_as):
                try:
                    named[_prepared(file, kind, folder, limits)] = file
                except FormatError as error:
                    found[file] = Converted(problem=error.message, hint=error.hint)
        converter = office_converter(office, target, opened_as=opened_as)
        for path, result in convert(converter, list(named), folder, _behind(progress, len(found))).items():
            file = named[path]
            found[file] = (
                Converted(result, BY_OFFICE)
                if isinstance(result, Path)
                else Converted(problem=f"{files[file].label}：{_FAILURES[result]}", hint=files[file].remedy)
            )
    return found


def _behind(progress: Callable[[int], None] | None, before: int) -> Callable[[int], None] | None:
    """Return what is told of files that come behind others."""
    return None if progress is None else lambda done: progress(before + done)


def _prepared(file: Path, kind: OldFormat, folder: Path, limits: Limits) -> Path:
    """Give a file the suffix of its format, and take its links away.

    Raises:
        FormatError: it is damaged or hostile.
    """
    path = folder / f"{file.stem}-in{kind.suffix}"
    data = file.read_bytes()
    path.write_bytes(without_links(data, limits) if kind in {ODT, ODS} else data)
    return path


def _missing(kind: OldFormat) -> Converted:
    problem = f"这是{spaced(kind.label)}，要有 LibreOffice 才能读，这台电脑上没有找到"
    return Converted(problem=problem, hint=f"{kind.remedy}；或安装 LibreOffice（免费）后再试", missing=True)


def all_at_once(kinds: Sequence[OldFormat]) -> str:
    """Return how to convert all files at once where LibreOffice is missing; empty if there are none.

    Args:
        kinds: the format of each file that was not read.
    """
    if not kinds:
        return ""
    programs = {kind.target for kind in kinds}
    names = "、".join(name for target, name in ((".docx", "Word"), (".xlsx", "Excel")) if target in programs)
    told = f"有 {len(kinds)} 个旧格式的文件没有读。一次全部转换："
    if installed := _installed():
        return told + _steps(installed, names)
    return (
        f"{told}安装 LibreOffice（免费）后把刚才的命令再运行一遍；或用这台电脑上的 {names}、WPS 批量另存，"
        f"做法见{_WHERE}"
    )


def _installed() -> str:
    """Return which office program this computer has, by the registry of Windows; empty elsewhere."""
    from zhijiao20.system.registry import is_registered

    return next((name for name, programs in (("Office", _OFFICE), ("WPS", _WPS)) if is_registered(programs)), "")


def _steps(installed: str, names: str) -> str:
    """Return how to convert with what is installed, step by step."""
    other = (
        "，把里面的 Word.Application、Excel.Application 换成 KWps.Application、Ket.Application"
        if installed == "WPS"
        else ""
    )
    return (
        f"①打开放这些文件的文件夹，按住 Shift 在空白处点右键，选“在此处打开 PowerShell 窗口”；"
        f"②打开{_WHERE}，复制 {names} 的那一段{other}；③在窗口里点右键粘贴，按回车，等它做完"
        "（原来的文件改名为 .bak 留着）；④再做一遍刚才的事。也可以安装 LibreOffice（免费），就不用转换"
    )
