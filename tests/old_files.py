"""Old and foreign formats for tests: OLE files, OpenDocument, and what other programs make of our own files."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlwt

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD

ODF_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
        "xlink": "http://www.w3.org/1999/xlink",
        "dom": "http://www.w3.org/2001/xml-events",
    }.items()
)


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams; each is filled up to 4096 bytes at least."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    entries = [_entry("Root Entry", 5, _END, 0)]
    body, table = b"", []
    for name, content in padded.items():
        first, count = len(table), -(-len(content) // _SECTOR)
        entries.append(_entry(name, 2, first, len(content)))
        table += [*range(first + 1, first + count), _END]
        body += content.ljust(count * _SECTOR, b"\0")
    directory = b"".join(entries)
    first, count = len(table), -(-len(directory) // _SECTOR)
    table += [*range(first + 1, first + count), _END]
    body += directory.ljust(count * _SECTOR, b"\0")
    fats = 1
    while (len(table) + fats) * 4 > fats * _SECTOR:
        fats += 1
    places = list(range(len(table), len(table) + fats))
    table += [_FAT] * fats
    fat = struct.pack(f"<{len(table)}I", *table).ljust(fats * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIIII", fats, first, 0, 4096, _END, 0, _END, 0, *places[:1])
    header += struct.pack(f"<{len(places) - 1}I", *places[1:])
    return header.ljust(_SECTOR, b"\xff") + body + fat


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, _FREE, _FREE)
    return encoded.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)


def odf(kind: str, body: str, parts: Mapping[str, str] | None = None, scripts: str = "", manifest: str = "") -> bytes:
    """An OpenDocument file.

    Args:
        kind: ``text`` or ``spreadsheet``.
        body: the content of its body.
        parts: further parts.
        scripts: what stands before the body.
        manifest: further entries of the manifest.
    """
    mime = f"application/vnd.oasis.opendocument.{kind}"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    entries = [entry.format("/", mime), entry.format("content.xml", "text/xml")]
    entries += [entry.format(name, "text/xml") for name in parts or {}]
    names = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF_NAMES} office:version="1.2">'
        f"{scripts}<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(_named("mimetype"), mime)
        archive.writestr(_named("content.xml"), content)
        archive.writestr(
            _named("META-INF/manifest.xml"),
            f'<manifest:manifest {names} manifest:version="1.2">{"".join(entries)}{manifest}</manifest:manifest>',
        )
        for name, part in (parts or {}).items():
            archive.writestr(_named(name), part)
    return stream.getvalue()


def _named(name: str) -> zipfile.ZipInfo:
    """A member of an archive that is the same on every day and on every system."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    return info


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A .zip with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def zip_with_names(members: Mapping[bytes, bytes], flag: int = 0) -> bytes:
    """A .zip in which names are these bytes, as old programs write them."""
    placeholders = {f"{number:0{len(name)}}": name for number, name in enumerate(members)}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for placeholder, name in placeholders.items():
            info = zipfile.ZipInfo(placeholder)
            info.flag_bits = flag
            archive.writestr(info, members[name])
    data = stream.getvalue()
    for placeholder, name in placeholders.items():
        assert data.count(placeholder.encode()) == 2
        data = data.replace(placeholder.encode(), name)
    return data


def rar(members: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    """A .rar (version 5) with members that are stored as they are, and symbolic links: name → target."""
    blocks = [_rar_block(1, 0, b"\0")]
    for name, content in members.items():
        blocks.append(_rar_block(2, 2, _rar_file(name, content), data=content))
    for name, target in (links or {}).items():
        record = b"\x05\x01\x00" + _vint(len(target.encode())) + target.encode()
        blocks.append(_rar_block(2, 3, _rar_file(name, b""), extra=_vint(len(record)) + record))
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks) + _rar_block(5, 0, b"\0")


def _rar_file(name: str, content: bytes) -> bytes:
    encoded = name.encode()
    checksum = struct.pack("<I", zlib.crc32(content))
    return b"\x04" + _vint(len(content)) + _vint(0o100644) + checksum + b"\0\x01" + _vint(len(encoded)) + encoded


def _rar_block(kind: int, flags: int, fields: bytes, data: bytes = b"", extra: bytes = b"") -> bytes:
    sizes = (_vint(len(extra)) if flags & 1 else b"") + (_vint(len(data)) if flags & 2 else b"")
    header = bytes([kind, flags]) + sizes + fields + extra
    header = _vint(len(header)) + header
    return struct.pack("<I", zlib.crc32(header)) + header + data


def _vint(number: int) -> bytes:
    found = b""
    while number > 127:
        found += bytes([number & 127 | 128])
        number >>= 7
    return found + bytes([number])


NAMESPACES = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://schemas.openxmlformats.org/officeDocument/2006/",
)


def strict(data: bytes, **more: bytes) -> bytes:
    """The same in Strict Open XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for namespace in NAMESPACES:
                part = part.replace(
                    namespace,
                    namespace.replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml").replace(b"2006/", b""),
                )
            part = part.replace(b"/extended-properties", b"/extendedProperties")
            part = part.replace(b"<w:document ", b'<w:document w:conformance="strict" ')
            new.writestr(name, more.get(name, part))
        for name in more.keys() - set(old.namelist()):
            new.writestr(name, more[name])
    return stream.getvalue()


def old_book(*rows: tuple[str, str, str]) -> bytes:
    """An .xls with a row for each unit, task and text."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("填报")
    for number, row in enumerate((("单位", "编号", "落实情况"), *rows)):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
