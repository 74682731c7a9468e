"""Turn a document or workbook in Strict Open XML into the ordinary kind: the same elements in other namespaces."""

from __future__ import annotations

import re

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.format_error import FormatError
from zhijiao20.system.zip import ArchiveError, open_archive, pack_bytes

READ_AS_STRICT = "这是“Strict Open XML”格式的文件，已照普通格式读取"
SAVE_ORDINARY = "报送时最好另存为普通的 .docx 或 .xlsx"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TAG = lazy_regex(rb"<[^<>]*http://purl\.oclc\.org/ooxml/[^<>]*>")
_NAME = lazy_regex(rb"""(=\s*["'])http://purl\.oclc\.org/ooxml/([A-Za-z]{1,40})/([A-Za-z/]{1,80}["'])""")
_RENAMED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_CONFORMANCE = lazy_regex(rb"""(conformance\s*=\s*["'])strict(["'])""")


def to_ordinary(data: bytes, limits: Limits = DEFAULT) -> bytes:
    """Return a file in Strict Open XML as an ordinary one; only names in tags are changed, no text.

    Args:
        data: the whole file.
        limits: the maximum sizes.

    Raises:
        FormatError: it is not an archive, damaged, encrypted or too large (ZJ002).
    """
    try:
        with open_archive(data, limits) as archive:
            return pack_bytes({name: _ordinary(archive.read(name)) for name in archive.names})
    except ArchiveError as error:
        raise FormatError(
            "ZJ002", str(error) or "文件已损坏或被加密", "请重新保存一次，或向填报单位要回原件"
        ) from error


def _ordinary(part: bytes) -> bytes:
    """Return a part with the ordinary namespaces and kinds of relationships."""
    return _TAG.sub(_tag, part) if _STRICT in part else part


def _tag(match: re.Match[bytes]) -> bytes:
    return _CONFORMANCE.sub(rb"\1transitional\2", _NAME.sub(_ordinary_name, match[0]))


def _ordinary_name(match: re.Match[bytes]) -> bytes:
    rest = match[3]
    for strict, ordinary in _RENAMED.items():
        rest = rest.replace(strict, ordinary)
    return match[1] + b"http://schemas.openxmlformats.org/" + match[2] + b"/2006/" + rest
