"""Remove from an OpenDocument file whatever points outside it, before another program opens it."""

from __future__ import annotations

from lxml import etree

from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.format_error import FormatError
from zhijiao20.system.zip import ArchiveError, HostileArchiveError, open_archive, pack_bytes

_HREF = "{http://www.w3.org/1999/xlink}href"
_XML = (".xml", ".rdf")
_LINKS_TO_CLICK = {"a"}  # nothing follows these by itself
# None of these holds a text that is shown.
_REMOVED = {
    *("dde-source", "dde-links", "dde-connection-decls", "event-listeners", "scripts", "model"),
    *("section-source", "table-source", "cell-range-source", "floating-frame", "applet", "plugin"),
}
_MARKUP_LIMIT = 3_000_000  # tags and attributes of all parts together


def without_links(data: bytes, limits: Limits = DEFAULT) -> bytes:
    """Return an OpenDocument file without links that a program would follow, and without calls of macros.

    LibreOffice looks whether a linked file is there even if it does not open it, which on Windows reaches other
    computers.

    Args:
        data: the whole file.
        limits: the maximum sizes.

    Raises:
        FormatError: it is damaged, hostile or too large (ZJ002).
    """
    try:
        with open_archive(data, limits) as archive:
            parts = {name: archive.read(name) for name in archive.names}
    except ArchiveError as error:
        hint = "请核对文件来源" if isinstance(error, HostileArchiveError) else "请重新保存一次，或向填报单位要回原件"
        raise FormatError("ZJ002", str(error) or "文件已损坏或被加密", hint) from error
    xml = {name: content for name, content in parts.items() if name.lower().endswith(_XML)}
    if sum(content.count(b"<") + content.count(b"=") for content in xml.values()) > _MARKUP_LIMIT:
        raise FormatError("ZJ002", "文档内部的内容太多，没有读取", "请核对文件来源")
    return pack_bytes({name: _cleaned(parts[name]) if name in xml else parts[name] for name in parts})


def _cleaned(part: bytes) -> bytes:
    """Return an XML part without links."""
    if not part.strip():
        return part
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError("ZJ002", "文档内部的 XML 已损坏", "请重新保存一次，或向填报单位要回原件") from error
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in part:
        raise FormatError("ZJ002", "文档内部带有 DTD，可能有害，没有读取", "请核对文件来源")
    changed = False
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        parent = element.getparent()
        if name in _REMOVED and parent is not None:
            _remove(parent, element)
            changed = True
        elif _HREF in element.attrib and name not in _LINKS_TO_CLICK and not _inside(element.attrib[_HREF]):
            del element.attrib[_HREF]
            changed = True
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") if changed else part


def _inside(target: str) -> bool:
    """Check whether a link leads to a part of the same file."""
    return not target.startswith(("/", "\\")) and not any(sign in target for sign in (":", "..", "\\"))


def _remove(parent: etree._Element, element: etree._Element) -> None:
    """Remove an element; the text behind it stays."""
    tail, before = element.tail, element.getprevious()
    parent.remove(element)
    if tail and before is None:
        parent.text = (parent.text or "") + tail
    elif tail and before is not None:
        before.tail = (before.tail or "") + tail
