"""Say what a file is that was not read, and what to do about it; decide which files a project excludes.  No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple
from unicodedata import normalize

from zhijiao20.core.display import escape_controls
from zhijiao20.core.lazy_regex import lazy_regex

_LINES_LIMIT = 5_000  # characters of the lines about files
_NAMES_LIMIT = 1_000  # characters of a line with names
_MAX_CHARS = 500  # characters of a path, a description or a remedy

_WORD = "请在 Word 或 WPS 中打开，另存为 .docx"
_SHEET = "请在 Excel 或 WPS 中打开，另存为 .xlsx"
_ARCHIVE = "请先解压，把里面的文件放进文件夹"
_ORIGINAL = "是填报文件的，请向填报单位要 Word 或 Excel 原件"
_KINDS = (
    (".doc .dot .wps .wpt .rtf .odt .ott .fodt .uot .uof", "文字处理文件", _WORD),
    (".xls .xlt .et .ett .xlsb .ods .ots .fods .uos", "电子表格", _SHEET),
    (".zip .rar .7z .tar .gz .tgz .bz2 .xz", "压缩包", _ARCHIVE),
    (".pdf .ofd .xps .caj", "版式文件（如 PDF）", _ORIGINAL),
    (".jpg .jpeg .png .bmp .gif .tif .tiff .webp .heic", "图片", _ORIGINAL),
    (".txt .md", "纯文本", "是填报文件的，请把文字填进 zhijiao20 init 生成的表"),
    (".htm .html .mht .mhtml .xml", "网页", f"是填报文件的，{_WORD}"),
    (".ppt .pptx .dps", "幻灯片", "是填报文件的，请把文字填进 zhijiao20 init 生成的表"),
    (".pages", "Pages 文件", "是填报文件的，请在 Pages 中导出为 Word"),
    (".numbers", "Numbers 文件", "是填报文件的，请在 Numbers 中导出为 Excel"),
    (".eml .msg", "邮件", "附件里有填报文件的，请打开邮件，把附件另存到文件夹里"),
    (".tmp .part .crdownload .download", "没有下载完或没有存完的文件", "是填报文件的，请重新下载"),
    (".lnk .url", "快捷方式", "是填报文件的，请把原来的文件复制过来"),
)
_BY_SUFFIX = {suffix: (name, remedy) for suffixes, name, remedy in _KINDS for suffix in suffixes.split()}
_SUFFIX = lazy_regex(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,12}\Z")

OFFICE_SUFFIXES = frozenset(suffix for suffixes, _, _ in _KINDS[:3] for suffix in suffixes.split())
"""Suffixes of files that could hold a status, but are not the formats that this program writes."""

OFFICE_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
"""How documents, workbooks and archives begin."""

OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
"""What is among the first bytes of nearly every OpenDocument file."""

PEEKED = 256
"""Bytes from which it is seen what a file may be."""


class Unread(NamedTuple):
    """A file from which nothing was taken: its path, what it is, and what to do."""

    file: str
    what: str
    hint: str


def describe_unread(file: str) -> Unread:
    """Return what a file is by the suffix of its name, and what to do if it is a status file."""
    suffix = real_suffix(file)
    if not suffix:
        return Unread(file, "没有后缀的文件", "是填报文件的，请把后缀改对，如 .docx")
    return Unread(file, *_BY_SUFFIX.get(suffix, (f"{suffix} 文件", "是填报文件的，请另存为 .docx、.xlsx 或 .csv")))


def real_suffix(file: str) -> str:
    """Return the suffix of a file name in lower case, or an empty text: 附表2.职教20条 has none."""
    match = _SUFFIX.search(file.lower())
    return match[0] if match else ""


def unread_lines(files: Sequence[Unread]) -> list[str]:
    """Return one line for each file, up to a limit, and a line that counts the others."""
    lines: list[str] = []
    size = 0
    for file in files:
        line = f"没有读 {_shorten(file.file)}：{_shorten(file.what)}。{_shorten(file.hint)}"
        size += len(line)
        if size > _LINES_LIMIT:
            break
        lines.append(line)
    if len(files) > len(lines):
        lines.append(f"……还有 {len(files) - len(lines)} 个没有读的文件没有显示")
    return lines


def unread_names(files: Sequence[Unread]) -> str:
    """Return the names of the files for one line, up to a limit, with their number."""
    names, shown = "", 0
    for file in files:
        name = _shorten(re.split(r"[/\\]", file.file)[-1])
        if shown and len(names) + len(name) > _NAMES_LIMIT:
            break
        names, shown = f"{names}、{name}" if names else name, shown + 1
    return f"没有读 {len(files)} 个文件：{names}{'等' if shown < len(files) else ''}"


def own_line(files: Sequence[str]) -> str:
    """Return a sentence on what is no input: what the program wrote, and the files of the last round."""
    names = unread_names([Unread(file, "", "") for file in files]).partition("：")[2]
    return f"程序自己写的、上期的不算填报文件，没有读 {len(files)} 个：{names}"


def set_aside_line(files: Sequence[str]) -> str:
    """Return a sentence on the files that do not count because another file of their unit was chosen."""
    names = unread_names([Unread(file, "", "") for file in files]).partition("：")[2]
    return f"按 use 算数的另有一份，没有采用 {len(files)} 个文件：{names}"


def _shorten(text: str) -> str:
    return escape_controls(text if len(text) <= _MAX_CHARS else text[:_MAX_CHARS] + "……")


def is_excluded(path: str, patterns: Iterable[str]) -> bool:
    """Check whether a path is excluded by a pattern.

    ``*`` and ``?`` stand for any characters; brackets for themselves.  A pattern without a slash is the name of a file
    or of a folder anywhere; one with slashes is a path from the project's folder.

    Args:
        path: the path from the project's folder.
        patterns: the patterns, as ``clean_pattern`` returns them.
    """
    parts = _folded(path).split("/")
    for pattern in patterns:
        wanted = pattern.split("/")
        if len(wanted) == 1:
            if any(fnmatchcase(part, pattern) for part in parts):
                return True
        elif len(wanted) <= len(parts) and all(map(fnmatchcase, parts, wanted)):
            return True
    return False


def clean_pattern(text: str) -> str:
    """Return a pattern in the form that ``is_excluded`` needs; an empty text if it is none."""
    parts = [part for part in _folded(text).split("/") if part not in {"", "."}]
    absolute = text.startswith(("/", "\\")) or ":" in text
    return "" if absolute or ".." in parts else "/".join(parts).replace("[", "[[]")


def _folded(path: str) -> str:
    return normalize("NFC", path.replace("\\", "/")).casefold()
