"""The .docx archive: opened within bounds, its main part found, written back with every other part as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from lxml import etree

from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.docx.form_error import FormError
from zhijiao20.system.zip import ArchiveError, HostileArchiveError, opened, pack_parts, packed

_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STRICT = "http://purl.oclc.org/ooxml/"
_SAVE = "请在 Word 或 WPS 中打开，另存为 .docx 再试"
_STRANGE = "这不像一份表格，请核对文件来源"
_DOCTYPE = b"<!DOCTYPE"
_MARKS_LIMIT = 1_500_000  # tags and attributes of all parts together: a tree takes some 100 bytes for each


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx file by name, in the order of the archive, and the name of the main one."""

    parts: Mapping[str, bytes]
    main: str


def open_package(data: bytes, limits: Limits = DEFAULT) -> Package:
    """Unpack a .docx file.

    Raises:
        FormError: it is no such archive, damaged, encrypted, too large, or has no Word document in it.
    """
    try:
        with opened(data, limits) as archive:
            parts = {name: archive.read(name) for name in archive.names}
    except ArchiveError as error:
        remedy = _STRANGE if isinstance(error, HostileArchiveError) else _SAVE
        raise FormError(str(error) or "文件已损坏、被加密或不是 Word 文档", remedy) from error
    if sum(_marks(content) for name, content in parts.items() if name.endswith((".xml", ".rels"))) > _MARKS_LIMIT:
        raise FormError("文档内部的内容太多，没有读取", _STRANGE)
    return Package(parts, _main(parts))


def _marks(content: bytes) -> int:
    """At least as many as the tags and attributes of a part, counted without parsing it."""
    return content.count(b"<") + content.count(b"=")


def _main(parts: Mapping[str, bytes]) -> str:
    relations = parse(parts.get("_rels/.rels", b"<none/>"))
    for relation in relations.iter("{*}Relationship"):
        kind, target = relation.get("Type", ""), relation.get("Target", "").lstrip("/")
        if kind == _OFFICE_DOCUMENT and target in parts:
            return target
        if kind.startswith(_STRICT):
            raise FormError("这是“Strict Open XML”格式的文档", "请在 Word 中另存为普通的“Word 文档（.docx）”")
    raise FormError("里面没有 Word 正文", _SAVE)


def parse(data: bytes) -> etree._Element:
    """Parse a part: no entities, no DTD, no network, no unbounded depth.

    Raises:
        FormError: it is not well-formed XML, or has a DTD.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if _DOCTYPE in data or _DOCTYPE.decode().encode("utf-16-le") in data:  # such as one with an entity bomb
            raise _dtd() from error
        raise FormError("文档内部的 XML 已损坏", _SAVE) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dtd()
    return root


def _dtd() -> FormError:
    return FormError("文档内部带有 DTD，可能有害，没有读取", "请核对文件来源")


def serialise(root: etree._Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def pack(package: Package, changed: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """The archive with some parts changed; all others stay byte for byte, all in the same order."""
    return packed({name: changed.get(name, content) for name, content in package.parts.items()})


def pack_into(stream: IO[bytes], package: Package, changed: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write the archive likewise; a changed part may come piece by piece."""
    pack_parts(stream, {name: changed.get(name, content) for name, content in package.parts.items()})
