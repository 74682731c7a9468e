"""What is fuzzed besides the readers: archives, and how old formats are recognized and made ready for conversion."""

from __future__ import annotations

import tempfile
from pathlib import Path

from zhijiao20.core.limits import DEFAULT
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.old.biff import scan
from zhijiao20.formats.old.odf import without_links
from zhijiao20.formats.old.recognize import ODS, ODT, EncryptedError, OldFormat, recognize
from zhijiao20.review.arrived import is_wanted
from zhijiao20.system.ole import OleFile
from zhijiao20.system.unpack import Store, UnpackError, unpack_zip


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """Unpack an archive; nothing but an error of our own may come of it, and no member lies outside the store.

    Returns:
        The name and the content of each member.
    """
    with tempfile.TemporaryDirectory() as name:
        archive, folder = Path(name, "甲.zip"), Path(name, "store")
        archive.write_bytes(data)
        folder.mkdir()
        try:
            members = unpack_zip(archive, Store(folder, is_wanted))
        except UnpackError:
            return []
        finally:
            assert {path.name for path in Path(name).iterdir()} == {"甲.zip", "store"}
        return [(one.name, one.path.read_bytes()) for one in members if one.path is not None]


def made_ready(data: bytes) -> OldFormat | None:
    """Recognize a file and make it ready for its conversion."""
    try:
        kind = recognize(data)
        if kind in {ODT, ODS}:
            without_links(data, DEFAULT)
    except (EncryptedError, FormatError):
        return None
    ole = OleFile(data)
    for name in sorted(ole.names):
        scan(ole.stream(name, len(data)))
    return kind
