"""Read and write .docx archives within limits; unchanged parts are written back byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from lxml import etree

from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.format_error import FormError, StrictFormError
from zhijiao20.system.zip import ArchiveError, HostileArchiveError, open_archive, pack_bytes, pack_parts

_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STRICT = "http://purl.oclc.org/ooxml/"
_SAVE = "请在 Word 或 WPS 中打开，另存为 .docx 再试"
_STRANGE = "这不像一份表格，请核对文件来源"
_DOCTYPE = b"<!DOCTYPE"
_MARKUP_LIMIT = 1_500_000  # tags and attributes of all parts together; a tree takes about 100 bytes for each


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx file.

    Attributes:
        parts: name → content, in the order of the archive.
        main: the name of the main part.
    """

    parts: Mapping[str, bytes]
    main: str


def open_package(data: bytes, limits: Limits = DEFAULT) -> Package:
    """Unpack a .docx file.

    Raises:
        FormError: the file is not a .docx archive, damaged, encrypted, too large, or has no Word document in it.
    """
    try:
        with open_archive(data, limits) as archive:
            parts = {name: archive.read(name) for name in archive.names}
    except ArchiveError as error:
        remedy = _STRANGE if isinstance(error, HostileArchiveError) else _SAVE
        raise FormError(str(error) or "文件已损坏、被加密或不是 Word 文档", remedy) from error
    if (
        sum(_markup_count(content) for name, content in parts.items() if name.endswith((".xml", ".rels")))
        > _MARKUP_LIMIT
    ):
        raise FormError("文档内部的内容太多，没有读取", _STRANGE)
    return Package(parts, _main_part(parts))


def _markup_count(content: bytes) -> int:
    """Return an upper bound for the number of tags and attributes without parsing the part."""
    return content.count(b"<") + content.count(b"=")


def _main_part(parts: Mapping[str, bytes]) -> str:
    relations = parse(parts.get("_rels/.rels", b"<none/>"))
    for relation in relations.iter("{*}Relationship"):
        kind, target = relation.get("Type", ""), relation.get("Target", "").lstrip("/")
        if kind == _OFFICE_DOCUMENT and target in parts:
            return target
        if kind.startswith(_STRICT):
            raise StrictFormError("这是“Strict Open XML”格式的文档", "请在 Word 中另存为普通的“Word 文档（.docx）”")
    raise FormError("里面没有 Word 正文", _SAVE)


def parse(data: bytes) -> etree._Element:
    """Parse a part without entities, DTD or network access, and with limited depth.

    Raises:
        FormError: the part is not well-formed XML, or has a DTD.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        # lxml rejects some parts with a DTD as not well-formed, such as entity expansion attacks.
        if _DOCTYPE in data or _DOCTYPE.decode().encode("utf-16-le") in data:
            raise _dtd_error() from error
        raise FormError("文档内部的 XML 已损坏", _SAVE) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dtd_error()
    return root


def _dtd_error() -> FormError:
    return FormError("文档内部带有 DTD，可能有害，没有读取", "请核对文件来源")


def serialise(root: etree._Element) -> bytes:
    """Serialize the tree of a part to bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def pack(package: Package, changed: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """Return the archive with some parts replaced; order and other parts stay byte for byte."""
    return pack_bytes({name: changed.get(name, content) for name, content in package.parts.items()})


def pack_into(stream: IO[bytes], package: Package, changed: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write the archive to a stream, like ``pack``; a replaced part may be given in chunks."""
    pack_parts(stream, {name: changed.get(name, content) for name, content in package.parts.items()})
