"""Detect the format of a file from its content: files get renamed, and old programs save other formats."""

from __future__ import annotations

import re

from zhijiao20.core.display import spaced
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.unread import OFFICE_SUFFIXES, describe_unread
from zhijiao20.formats.decode import peek
from zhijiao20.formats.format import Format
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.markup import SAVE_DOCX, SAVE_XLSX, detect_markup
from zhijiao20.formats.registry import BY_NAME, BY_SUFFIX, FORMATS
from zhijiao20.system.zip import ArchiveError, open_archive

_RENAME = "请把文件名改成以 {} 结尾"
_USE_TEMPLATE = "请填写 zhijiao20 init 生成的文件"
_OPEN_DOCUMENT = lazy_regex(rb"application/vnd\.oasis\.opendocument\.([a-z]+)")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE container of old Office files and of encrypted new ones
_STREAMS = (
    ("EncryptedPackage", "加了密码的文件", "请用 Word、Excel 或 WPS 打开，去掉密码后再保存"),
    ("WordDocument", "旧版 Word 文档（.doc、.wps）", SAVE_DOCX),
    ("Workbook", "旧版 Excel 工作簿（.xls、.et）", SAVE_XLSX),
)

_SIGNATURES = (
    (b"%PDF", "PDF 文件", "请要回 Word 或 CSV 原件"),
    (b"{\\rtf", "RTF 文件", SAVE_DOCX),
    (_COMPOUND, "旧版 Office 文件（.doc、.xls、.wps、.et）或加了密码的文件", "请去掉密码；" + SAVE_DOCX),
    (b"\x89PNG", "图片", "请要回 Word 或 CSV 原件"),
    (b"\xff\xd8\xff", "图片", "请要回 Word 或 CSV 原件"),
    (b"GIF8", "图片", "请要回 Word 或 CSV 原件"),
    (b"Rar!", "RAR 压缩包", "请先解压"),
    (b"7z\xbc\xaf", "7z 压缩包", "请先解压"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压"),
    (b"SQLite format 3", "数据库文件", _USE_TEMPLATE),
)


def format_of(suffix: str, data: bytes) -> Format:
    """Return the format of a file: that of its content for documents and workbooks, else that of its name.

    Args:
        suffix: the suffix of the file name in lower case, with the dot.
        data: the whole file.

    Raises:
        FormatError: text that has another format than the name indicates, or an unsupported format.
    """
    named, real = BY_SUFFIX.get(suffix), detect_binary_format(data, suffix)
    if real is not None and real[0] in BY_NAME:
        return BY_NAME[real[0]]
    if named is None:
        raise _unsupported(suffix, data, real)
    if real is not None and real[0] == "zip" and named.zip_folder:
        # Parts of an Office file under unusual names; unpacked it would be of no use to anyone.
        message = f"文件名以 {suffix} 结尾，里面却没有{named.label}的内容"
        raise FormatError("ZJ002", message, SAVE_DOCX if named.name == "docx" else SAVE_XLSX)
    if real is not None:
        raise FormatError("ZJ002", f"文件名以 {suffix} 结尾，内容却是{spaced(real[1])}", real[2])
    _expect_text(suffix, named, data)
    return named


def _unsupported(suffix: str, data: bytes, real: tuple[str, str, str] | None) -> FormatError:
    """Return the error for an unsupported file, with its real format and a remedy."""
    message = f"不能读取 {suffix} 文件" if suffix else "不能读取没有后缀的文件"
    if real is not None:
        return FormatError("ZJ002", f"{message}：这是{spaced(real[1])}", real[2])
    if detected := detect_text_format(peek(data)):  # Excel saves “Unicode 文本” as .txt
        return FormatError("ZJ002", f"{message}，内容像是 {detected.label}", _RENAME.format(f".{detected.name}"))
    hint = f"能读的是 {' '.join(BY_SUFFIX)}；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx"
    return FormatError("ZJ002", message, describe_unread(suffix).hint if suffix in OFFICE_SUFFIXES else hint)


def _expect_text(suffix: str, named: Format, data: bytes) -> None:
    """Refuse plain text if the file name indicates another format."""
    if (detected := detect_text_format(peek(data))) and detected is not named:
        message = f"文件名以 {suffix} 结尾，内容却是 {detected.label}"
        raise FormatError("ZJ002", message, _RENAME.format(f".{detected.name}"))
    if named.zip_folder:
        message = "文件是空的" if not data.strip() else f"文件名以 {suffix} 结尾，内容却不是{named.label}"
        raise FormatError("ZJ002", message, "请向填报单位要回原件")


def detect_binary_format(data: bytes, suffix: str = "") -> tuple[str, str, str] | None:
    """Detect the format of a file that is not plain text.

    Args:
        data: the whole file.
        suffix: the suffix of its name, which decides the program of the remedy where the content does not.

    Returns:
        A short name (``docx``, ``xlsx``, ``zip``, ``other``), a label and a remedy; None for plain text.
    """
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    for signature, name, remedy in _SIGNATURES:
        if data.startswith(signature):
            return _compound(data, name, remedy) if signature == _COMPOUND else ("other", name, remedy)
    if markup := detect_markup(data, suffix):
        return "other", *markup
    return None


def detect_text_format(text: str) -> Format | None:
    """Return the format that the beginning of a text matches, or None."""
    lines = text[:4000].splitlines(keepends=True)
    for file_format in FORMATS:
        if file_format.text_header and any(re.match(file_format.text_header, line) for line in lines):
            return file_format
    for line in lines:
        if line.strip() and not (line.startswith("#") and "yaml-language-server" not in line):
            return next(
                (
                    file_format
                    for file_format in FORMATS
                    if file_format.text_start and re.match(file_format.text_start, line)
                ),
                None,
            )
    return None


def _archive(data: bytes) -> tuple[str, str, str]:
    begin, end = data[:4096], data[-65536:]
    if b"xl/workbook.bin" in end or b"xl/workbook.bin" in begin:
        return "other", "二进制工作簿（.xlsb）", SAVE_XLSX
    found = [one for one in FORMATS if one.zip_folder and (one.zip_folder in end or one.zip_folder in begin)]
    if len(found) != 1:  # an embedded document has the folder of its own format
        found = _of_content_type(data) or found
    if found:
        return found[0].name, found[0].label, _RENAME.format(found[0].suffixes[0])
    if kind := _open_document_type(data):
        if kind == b"spreadsheet":
            return "other", "OpenDocument 电子表格（.ods）", SAVE_XLSX
        return "other", "OpenDocument 文件（.odt）", SAVE_DOCX
    return "zip", "ZIP 压缩包", "请先解压"


def _open_document_type(data: bytes) -> bytes:
    """Return the type of an OpenDocument file, empty for another archive; some programs do not put it first."""
    if match := _OPEN_DOCUMENT.search(data, 0, 200):
        return match[1]
    try:
        with open_archive(data) as archive:
            parts = archive.read("META-INF/manifest.xml") if "content.xml" in archive.names else b""
    except (ArchiveError, KeyError):
        return b""
    match = _OPEN_DOCUMENT.search(parts)
    return match[1] if match else b""


def _of_content_type(data: bytes) -> list[Format]:
    """Return the format whose content type the main part of an archive has, if any."""
    types = _content_types(data)
    return [one for one in FORMATS if one.main_type and re.search(one.main_type, types)]


def main_part_types(data: bytes) -> bytes:
    """Return the content types of the main parts in an archive, which tell templates and macros; usually of one."""
    types = _content_types(data)
    return b" ".join(match[0] for one in FORMATS if one.main_type for match in re.finditer(one.main_type, types))


def _content_types(data: bytes) -> bytes:
    """Return the list of content types in an archive; empty if there is none."""
    try:
        with open_archive(data) as archive:
            names = {name.lower(): name for name in archive.names}
            return archive.read(names.get("[content_types].xml", ""))
    except (ArchiveError, KeyError):
        return b""


def _compound(data: bytes, name: str, remedy: str) -> tuple[str, str, str]:
    """Identify an OLE file by the name of a stream in it; by default return the given values."""
    matches = ((kind, hint) for stream, kind, hint in _STREAMS if stream.encode("utf-16-le") in data)
    return "other", *next(matches, (name, remedy))
