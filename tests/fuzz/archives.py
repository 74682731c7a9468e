"""Mutating what is inside an archive: a byte changed in deflated XML is only ever a damaged archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

Mutate = Callable[[bytes, int], bytes]


def mutated(data: bytes, limit: int, seed: int, mutate: Mutate) -> bytes:
    """The archive with one of its parts changed; now and then, and where it is no archive, its own bytes changed.

    Args:
        data: the archive.
        limit: the size that the whole may have.
        seed: decides which part.
        mutate: changes bytes, to a size at most.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # noqa: BLE001 - whatever is wrong with it, its bytes can be changed
        parts = []
    if not parts or seed % 16 == 0:
        return mutate(data, limit)
    chosen = seed % len(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for index, (name, content) in enumerate(parts):
            archive.writestr(zipfile.ZipInfo(name), mutate(content, limit) if index == chosen else content)
    return stream.getvalue()
