"""Recognise what a file really is by its content: offices rename files, and old programs save what they like."""

from __future__ import annotations

import re

from zhijiao20.formats.decode import peek
from zhijiao20.formats.format import Format
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.registry import BY_NAME, BY_SUFFIX, FORMATS

_RENAME = "请把文件名改成以 {} 结尾"
_SAVE_DOCX = "请在 Word 或 WPS 中打开，另存为 .docx"
_SAVE_SHEET = "请在 Excel 或 WPS 中打开，另存为“CSV UTF-8（逗号分隔）”"
_TEXT = "请填写 zhijiao20 init 生成的文件"

_SAVE_XLSX = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # one container for old Office files and for encrypted new ones
_STREAMS = (
    ("EncryptedPackage", "加了密码的文件", "请用 Word、Excel 或 WPS 打开，去掉密码后再保存"),
    ("WordDocument", "旧版 Word 文档（.doc、.wps）", _SAVE_DOCX),
    ("Workbook", "旧版 Excel 工作簿（.xls、.et）", _SAVE_XLSX),
)

_SIGNATURES = (
    (b"%PDF", "PDF 文件", "请要回 Word 或 CSV 原件"),
    (b"{\\rtf", "RTF 文件", _SAVE_DOCX),
    (
        _COMPOUND,
        "旧版 Office 文件（.doc、.xls、.wps、.et）或加了密码的文件",
        "请去掉密码；" + _SAVE_DOCX,
    ),
    (b"\x89PNG", "图片", "请要回 Word 或 CSV 原件"),
    (b"\xff\xd8\xff", "图片", "请要回 Word 或 CSV 原件"),
    (b"GIF8", "图片", "请要回 Word 或 CSV 原件"),
    (b"Rar!", "RAR 压缩包", "请先解压"),
    (b"7z\xbc\xaf", "7z 压缩包", "请先解压"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压"),
    (b"SQLite format 3", "数据库文件", _TEXT),
)


def format_of(suffix: str, data: bytes) -> Format:
    """The format of a file, once its content agrees with its name.

    Args:
        suffix: the suffix of the file's name in lower case, with its dot.
        data: the whole file.

    Raises:
        FormatError: the content is another format than the name says, or none of ours.
    """
    named, real = BY_SUFFIX.get(suffix), real_format(data)
    if named is None and (real is None or real[0] not in BY_NAME):
        raise _foreign(suffix, data, real)
    if real is not None and (named is None or real[0] != named.name):
        raise FormatError("ZJ002", f"文件名以 {suffix or '（无后缀）'} 结尾，内容却是{real[1]}", real[2])
    assert named is not None, "one that says another format, or none, was refused"
    if real is None:
        _expect_text(suffix, named, data)
    return named


def _foreign(suffix: str, data: bytes, real: tuple[str, str, str] | None) -> FormatError:
    """The error for a file of a kind that is not read: what it is, and the way out."""
    message = f"不能读取 {suffix} 文件" if suffix else "不能读取没有后缀的文件"
    if real is not None:
        return FormatError("ZJ002", f"{message}：这是{real[1]}", real[2])
    if seems := looks_like(peek(data)):  # Excel's “Unicode 文本” is a .txt
        return FormatError("ZJ002", f"{message}，内容像是 {seems.label}", _RENAME.format(f".{seems.name}"))
    return FormatError("ZJ002", message, f"能读的是 {' '.join(BY_SUFFIX)}；请换成这几种之一")


def _expect_text(suffix: str, named: Format, data: bytes) -> None:
    """Refuse a text whose name says another format."""
    if (seems := looks_like(peek(data))) and seems is not named:
        message = f"文件名以 {suffix} 结尾，内容却是 {seems.label}"
        raise FormatError("ZJ002", message, _RENAME.format(f".{seems.name}"))
    if named.zip_folder:
        empty = "文件是空的" if not data.strip() else f"文件名以 {suffix} 结尾，内容却不是{named.label}"
        raise FormatError("ZJ002", empty, "请向填报单位要回原件")


def real_format(data: bytes) -> tuple[str, str, str] | None:
    """What the bytes are, for files that no text reader can read.

    Returns:
        A short name (``docx``, ``xlsx``, ``zip``, ``other``), what to call it and what to do, or None for plain text.
    """
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    for signature, name, remedy in _SIGNATURES:
        if data.startswith(signature):
            return _compound(data, name, remedy) if signature == _COMPOUND else ("other", name, remedy)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return "other", "网页（HTML）", _SAVE_SHEET
    if start.startswith((b"<?xml", b"<workbook")):
        return "other", "XML 文件", _SAVE_SHEET
    return None


def looks_like(text: str) -> Format | None:
    """The format that a text starts as: a table or a tree of ours, or neither."""
    lines = text[:4000].splitlines(keepends=True)
    for known in FORMATS:
        if known.text_header and any(re.match(known.text_header, line) for line in lines):
            return known
    for line in lines:
        if line.strip() and not (line.startswith("#") and "yaml-language-server" not in line):
            return next((known for known in FORMATS if known.text_start and re.match(known.text_start, line)), None)
    return None


def _archive(data: bytes) -> tuple[str, str, str]:
    for known in FORMATS:
        if known.zip_folder and (known.zip_folder in data[-65536:] or known.zip_folder in data[:4096]):
            return known.name, known.label, _RENAME.format(known.suffixes[0])
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        if b"opendocument.spreadsheet" in data[:200]:
            return "other", "OpenDocument 电子表格（.ods）", _SAVE_XLSX
        return "other", "OpenDocument 文件（.odt）", _SAVE_DOCX
    return "zip", "ZIP 压缩包", "请先解压"


def _compound(data: bytes, name: str, remedy: str) -> tuple[str, str, str]:
    """By the names of its streams, of which there is one that tells what it is."""
    known = ((kind, hint) for stream, kind, hint in _STREAMS if stream.encode("utf-16-le") in data)
    return "other", *next(known, (name, remedy))
