"""What a file really is, by its first bytes: offices rename files, and old programs save what they like."""

from __future__ import annotations

import re

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
_TABLE = re.compile("[\"']?(?:单位|编号|部分|条目)[\"']?[ \t]*[,;\t，]")
_TREE = re.compile(r"(?:单位|报告期|任务)[ \t]*[:：]|# yaml-language-server|---[ \t]*\n")


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


def looks_like(text: str) -> str:
    """Whether a text starts as a table (``csv``) or as a tree (``yaml``) of ours, or neither (empty)."""
    lines = text[:4000].splitlines(keepends=True)
    if any("编号" in line and "落实情况" in line and re.search("[,;\t]", line) for line in lines):
        return "csv"  # a title such as 单位：甲,, may stand above the header
    for line in lines:
        if line.strip() and not (line.startswith("#") and "yaml-language-server" not in line):
            return "csv" if _TABLE.match(line) else "yaml" if _TREE.match(line) else ""
    return ""


def _archive(data: bytes) -> tuple[str, str, str]:
    if b"word/" in data[-65536:] or b"word/" in data[:4096]:
        return "docx", "Word 文档", "请把文件名改成以 .docx 结尾"
    if b"xl/" in data[-65536:] or b"xl/" in data[:4096]:
        return "xlsx", "Excel 工作簿", "请把文件名改成以 .xlsx 结尾"
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        if b"opendocument.spreadsheet" in data[:200]:
            return "other", "OpenDocument 电子表格（.ods）", _SAVE_XLSX
        return "other", "OpenDocument 文件（.odt）", _SAVE_DOCX
    return "zip", "ZIP 压缩包", "请先解压"


def _compound(data: bytes, name: str, remedy: str) -> tuple[str, str, str]:
    """By the names of its streams, of which there is one that tells what it is."""
    known = ((kind, hint) for stream, kind, hint in _STREAMS if stream.encode("utf-16-le") in data)
    return "other", *next(known, (name, remedy))
