"""Recognize by their content the formats that are read only after a conversion, and archives."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.system.ole import SIGNATURE, OleFile
from zhijiao20.system.zip import ArchiveError, open_archive

SAVE_DOCX = "请在 Word 或 WPS 中打开，另存为“Word 文档（.docx）”"
SAVE_XLSX = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”"
_ZIP = b"PK\x03\x04"
_WITHOUT_IT = "请用原来的软件打开，去掉密码后再保存"
_ODF_START = b"mimetypeapplication/vnd.oasis.opendocument."
_ODF_TYPE = lazy_regex(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet)")
_MANIFEST = "META-INF/manifest.xml"
_LISTS = frozenset(("[content_types].xml", "_rels/.rels", _MANIFEST.lower()))  # the parts that list a document's parts
_WORD_ENCRYPTED = 0x01  # in the second byte of the flags
_BIFF_PASSWORD = 0x2F
_RECORDS_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class OldFormat:
    """A format that is converted before it is read.

    Attributes:
        name: its short name.
        label: how messages call it.
        suffix: the suffix of files of this format; it tells LibreOffice what they are.
        target: the suffix of the format into which it is converted.
        other_suffixes: other suffixes of files of this format.
    """

    name: str
    label: str
    suffix: str
    target: str
    other_suffixes: tuple[str, ...] = ()

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return all suffixes of such files."""
        return (self.suffix, *self.other_suffixes)

    @property
    def remedy(self) -> str:
        """Return how to save such a file in a format that is read directly."""
        return SAVE_DOCX if self.target == ".docx" else SAVE_XLSX


DOC = OldFormat("doc", "旧版 Word 文档（.doc、.wps）", ".doc", ".docx", (".wps", ".dot", ".wpt"))
WORKS = OldFormat("works", "旧版文字文档（.wps）", ".wps", ".docx")
RTF = OldFormat("rtf", "RTF 文档", ".rtf", ".docx")
ODT = OldFormat("odt", "OpenDocument 文字文档（.odt）", ".odt", ".docx", (".ott",))
XLS = OldFormat("xls", "旧版 Excel 工作簿（.xls、.et）", ".xls", ".xlsx", (".et", ".xlt", ".ett"))
XLSB = OldFormat("xlsb", "二进制工作簿（.xlsb）", ".xlsb", ".xlsx")
ODS = OldFormat("ods", "OpenDocument 电子表格（.ods）", ".ods", ".xlsx", (".ots",))


class EncryptedError(Exception):
    """A file that needs a password; carries the remedy."""

    def __init__(self) -> None:
        super().__init__(_WITHOUT_IT)


def may_be_old(data: bytes) -> bool:
    """Check from the first bytes whether a file may be of such a format; false for nearly all others."""
    return data.startswith((SIGNATURE, b"{\\rtf", _ZIP)) or b"{\\rtf" in data[:64]


def recognize(data: bytes) -> OldFormat | None:
    """Return the format of a file that has to be converted, None for any other.

    Args:
        data: the whole file.

    Raises:
        EncryptedError: it is such a file, and needs a password.
    """
    if data.startswith(SIGNATURE):
        return _of_ole(data)
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rtf"):
        return RTF
    return _of_zip(data) if data.startswith(_ZIP) else None


def is_archive(begin: bytes, names: Callable[[], Collection[str]]) -> bool:
    """Check whether a file is a .rar, a .7z, or a .zip that is no document.

    Args:
        begin: the first bytes.
        names: returns the names in a .zip; a document has a list of its parts, or says at the beginning what it is.
    """
    if begin.startswith((b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")):
        return True
    if not begin.startswith((_ZIP, b"PK\x05\x06")) or _ODF_START in begin[:200]:
        return False
    return _LISTS.isdisjoint(name.replace("\\", "/").lower() for name in names())


def _of_ole(data: bytes) -> OldFormat | None:
    """Recognize an OLE file by its streams."""
    ole = OleFile(data)
    if "EncryptedPackage" in ole.names:
        raise EncryptedError
    if "WordDocument" in ole.names:
        if len(head := ole.stream("WordDocument", 12)) == 12 and head[11] & _WORD_ENCRYPTED:
            raise EncryptedError
        return DOC
    for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
        if name in ole.names:
            if _has_password(ole.stream(name, 4096)):
                raise EncryptedError
            return XLS
    return WORKS if {"MatOST", "CONTENTS"} & ole.names else None


def _has_password(records: bytes) -> bool:
    """Check the first records of a workbook for the one of a password."""
    begin = 0
    for _ in range(_RECORDS_LOOKED_AT):
        if begin + 4 > len(records):
            break
        kind, length = (int.from_bytes(records[at : at + 2], "little") for at in (begin, begin + 2))
        if kind == _BIFF_PASSWORD:
            return True
        begin += 4 + length
    return False


def _of_zip(data: bytes) -> OldFormat | None:
    """Recognize OpenDocument, also where its type is not the first part, and .xlsb."""
    if b"xl/workbook.bin" in data[-65536:] or b"xl/workbook.bin" in data[:4096]:
        return XLSB
    if _ODF_START not in data[:200] and _MANIFEST.encode() not in data[-65536:]:
        return None
    manifest = _part(data, _MANIFEST)
    match = _ODF_TYPE.search(data, 0, 200) or _ODF_TYPE.search(manifest)
    if match is not None and b"encryption-data" in manifest:
        raise EncryptedError
    return None if match is None else ODT if match[1] == b"text" else ODS


def _part(data: bytes, name: str) -> bytes:
    """Return a part of an archive; empty if there is none."""
    try:
        with open_archive(data) as archive:
            return archive.read(name)
    except (ArchiveError, KeyError):
        return b""
