"""Recognize web pages and XML documents that programs save under the names of Word and Excel files."""

from __future__ import annotations

import re

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.decode import peek

SAVE_DOCX = "请在 Word 或 WPS 中打开，另存为 .docx"
SAVE_XLSX = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”"

_SHEET_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlt", ".et", ".csv")
_BEGIN = lazy_regex(r"\s*(?:<!--.*?-->\s*)*+", re.DOTALL)
_XML = lazy_regex(r"<\?xml\b")
_HTML = lazy_regex(
    r"<(?:!doctype\s+html|html|head|body|meta|title|style|table|div|center|xml\s+xmlns)\b", re.IGNORECASE
)
_WORKBOOK = lazy_regex(r"<workbook\b", re.IGNORECASE)
_MHT = lazy_regex(r"(?:From|MIME-Version|Content-Type|Subject|Date|Snapshot-Content-Location)\s*:", re.IGNORECASE)
_MHT_PARTS = lazy_regex(r"multipart/related|text/html", re.IGNORECASE)
_ANY_XML = lazy_regex(r"<(?:\?xml\b|\?mso-application\b|[A-Za-z_][\w.-]*:?[\w.-]*(?:\s+xmlns\b|\s*>))")

# What stands near the beginning → the label, and whether Excel opens it (None: the name decides).
_XML_KINDS: tuple[tuple[str, str, bool | None], ...] = (
    ("http://schemas.microsoft.com/office/2006/xmlPackage", "Word XML 文档（Flat OPC）", False),
    ("http://schemas.microsoft.com/office/word/2003/wordml", "Word 2003 XML 文档", False),
    ("w:wordDocument", "Word 2003 XML 文档", False),
    ("urn:schemas-microsoft-com:office:spreadsheet", "Excel 2003 XML 表格", True),
    ("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument XML 电子表格（.fods）", True),
    ("urn:oasis:names:tc:opendocument", "OpenDocument XML 文件", False),
    ("uof:UOF", "UOF（标文通）文件", None),
    ('progid="Excel.Sheet"', "Excel 2003 XML 表格", True),
    ('progid="Word.Document"', "Word 2003 XML 文档", False),
)


def detect_markup(data: bytes, suffix: str) -> tuple[str, str] | None:
    """Recognize a web page or an XML document by its beginning.

    Args:
        data: the whole file.
        suffix: the suffix of its name, which decides the program where the content does not.

    Returns:
        What it is and what to do, in Chinese; None for any other text.
    """
    if b"<" not in data[:4000] and b":" not in data[:200]:
        return None
    text = peek(data).lstrip("\ufeff")
    begin = _BEGIN.match(text)
    start = begin.end() if begin else 0
    if _MHT.match(text, start) and _MHT_PARTS.search(text):
        return "单个文件网页（MHT）", _remedy(_is_sheet(text), suffix)
    if text[start : start + 1] != "<":
        return None
    label, sheet = _xml_kind(text, start)
    return (label, _remedy(sheet, suffix)) if label else None


def _xml_kind(text: str, start: int) -> tuple[str, bool | None]:
    """Return what a text with tags is, empty for no markup, and whether it belongs to Excel."""
    if _HTML.match(text, start) or (_XML.match(text, start) and re.search(r"<html\b", text, re.IGNORECASE)):
        return "网页（HTML）", _is_sheet(text)
    for sign, label, sheet in _XML_KINDS:
        if sign in text:
            return label, sheet
    if _WORKBOOK.match(text, start):
        return "Excel 2003 XML 表格", True
    return "XML 文件" if _ANY_XML.match(text, start) else "", None


def _is_sheet(page: str) -> bool | None:
    """Return whether a web page was saved from Excel; None where it does not say."""
    if "office:excel" in page or "Excel.Sheet" in page:
        return True
    return False if "office:word" in page or "Word.Document" in page else None


def _remedy(sheet: bool | None, suffix: str) -> str:  # noqa: FBT001 - what was recognized
    by_name = suffix in _SHEET_SUFFIXES
    return SAVE_XLSX if (by_name if sheet is None else sheet) else SAVE_DOCX
