"""Read and write .docx archives within limits; unchanged parts are written back byte for byte."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote

from lxml import etree

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.docx.ooxml import Element
from zhijiao20.formats.format_error import FormError, StrictFormError
from zhijiao20.system.zip import ArchiveError, HostileArchiveError, open_archive, pack_bytes, pack_parts

_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STRICT = "http://purl.oclc.org/ooxml/"
_SAVE = "请在 Word 或 WPS 中打开，另存为 .docx 再试"
_STRANGE = "这不像一份表格，请核对文件来源"
_DOCTYPE = b"<!DOCTYPE"
_SPECIAL_TYPES = lazy_regex(rb"(?:template|macroEnabled|macroEnabledTemplate)\.main\+xml")
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

    @property
    def has_macros(self) -> bool:
        """Whether there are macros in it."""
        return any(name.endswith("vbaproject.bin") for name in _names(self.parts))

    @property
    def is_plain(self) -> bool:
        """Whether its main part is that of an ordinary document, not of a template or of a document with macros."""
        types = self.parts.get(_names(self.parts).get("[content_types].xml", ""), b"")
        return not self.has_macros and _SPECIAL_TYPES.search(types) is None

    def related(self, kind: str) -> Element | None:
        """Return the root of the part to which the main part has a relationship, or None.

        Where it has none, the part with the usual name is taken.

        Args:
            kind: the end of the type of the relationship, such as ``numbering``.

        Raises:
            FormError: the part is damaged.
        """
        names = _names(self.parts)
        for relation in relationships(self.parts, self.main):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                name = names.get(resolve(self.main, relation.get("Target", "")))
                return None if name is None else parse(self.parts[name])
        usual = names.get(resolve(self.main, f"{kind}.xml"))
        return None if usual is None else parse(self.parts[usual])

    def target(self, identifier: str) -> str:
        """Return the target of a relationship of the main part as it is written; empty if there is none."""
        relations = relationships(self.parts, self.main)
        return next((item.get("Target", "") for item in relations if item.get("Id") == identifier), "")


def relationships(parts: Mapping[str, bytes], source: str) -> Iterator[Element]:
    """Yield the relationships of a part; an empty source stands for the package itself.

    Raises:
        FormError: the part of the relationships is damaged.
    """
    folder, _, file_name = source.replace("\\", "/").rpartition("/")
    name = _names(parts).get(f"{folder}/_rels/{file_name}.rels".lstrip("/").lower())
    if name is not None:
        yield from parse(parts[name]).iter("{*}Relationship")


def _names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the names of the parts by their form for comparison: lower case, slashes, no slash before."""
    return {name.replace("\\", "/").lstrip("/").lower(): name for name in parts}


def package_name(parts: Mapping[str, bytes], name: str) -> str | None:
    """Return the name of a part as it is written, from its form for comparison; None if there is no such part."""
    return _names(parts).get(name)


def resolve(source: str, target: str) -> str:
    """Return the name of a part, in its form for comparison, from a target that is relative to a source part."""
    target = unquote(target).replace("\\", "/")
    folder = "" if target.startswith("/") else source.replace("\\", "/").rpartition("/")[0]
    return posixpath.normpath(f"/{folder}/{target}").lstrip("/").lower()


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
    names = _names(parts)
    for relation in relationships(parts, ""):
        kind, name = relation.get("Type", ""), names.get(resolve("", relation.get("Target", "")))
        if kind == _OFFICE_DOCUMENT and name is not None:
            return name
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
    """Return the archive with some parts replaced or added; order and other parts stay byte for byte."""
    return pack_bytes({**package.parts, **changed})


def pack_into(stream: IO[bytes], package: Package, changed: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write the archive to a stream, like ``pack``; a replaced part may be given in chunks."""
    pack_parts(stream, {name: changed.get(name, content) for name, content in package.parts.items()})
