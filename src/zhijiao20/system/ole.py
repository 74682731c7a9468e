"""Read the directory of an OLE file, the container of the old Office formats, within the bytes that are there."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_ENTRIES_LIMIT = 10_000
_LAST_SECTOR = 0xFFFF_FFF9  # numbers above are marks
_STREAM, _ROOT = 2, 5


@dataclass(slots=True)
class OleFile:
    """The directory of an OLE file.

    Attributes:
        names: the names of all streams and folders in it.
    """

    _data: bytes
    _size: int = 512
    _table: list[int] = field(default_factory=list)
    _starts: dict[str, tuple[int, int]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def begin(self, name: str, size: int) -> bytes:
        """Return the first bytes of a stream of 4096 bytes or more; empty if there is none.

        Args:
            name: its name.
            size: how many bytes are wanted.
        """
        sector, length = self._starts.get(name, (0, 0))
        if length < 4096:  # smaller ones are stored elsewhere
            return b""
        found = b""
        for number in self._chain(sector):
            found += self._sector(number)
            if len(found) >= size:
                break
        return found[: min(size, length)]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        return self._data[begin : begin + self._size]

    def _chain(self, first: int) -> Iterator[int]:
        """Yield the numbers of a chain of sectors; a damaged chain ends early."""
        number, most = first, len(self._data) // self._size + 1
        while number <= _LAST_SECTOR and most > 0:
            yield number
            number = self._table[number] if number < len(self._table) else _LAST_SECTOR + 1
            most -= 1


def read_ole(data: bytes) -> OleFile:
    """Read the directory of an OLE file; of a damaged one what can be read."""
    ole = OleFile(data)
    if not data.startswith(SIGNATURE) or len(data) < _HEADER:
        return ole
    power = struct.unpack_from("<H", data, 30)[0]
    ole._size = 1 << power if power in {9, 12} else 512  # noqa: SLF001 - built here
    ole._table = list(_table(ole, data))  # noqa: SLF001
    first = struct.unpack_from("<I", data, 48)[0]
    names: set[str] = set()
    for number in ole._chain(first):  # noqa: SLF001
        sector = ole._sector(number)  # noqa: SLF001
        for begin in range(0, len(sector) - _ENTRY + 1, _ENTRY):
            entry = sector[begin : begin + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            if kind and 2 <= length <= 64:
                name = entry[: length - 2].decode("utf-16-le", "replace")
                names.add(name)
                if kind == _STREAM:
                    ole._starts.setdefault(name, struct.unpack_from("<II", entry, 116))  # noqa: SLF001
        if len(names) > _ENTRIES_LIMIT:
            break
    ole.names = frozenset(names)
    return ole


def _table(ole: OleFile, data: bytes) -> Iterator[int]:
    """Yield the sector that follows each sector."""
    numbers = list(struct.unpack_from("<109I", data, 76))
    extra, count = struct.unpack_from("<II", data, 68)
    most = len(data) // ole._size + 1  # noqa: SLF001
    per_sector = ole._size // 4  # noqa: SLF001
    while extra <= _LAST_SECTOR and count > 0 and len(numbers) < most:
        sector = ole._sector(extra)  # noqa: SLF001
        if len(sector) < ole._size:  # noqa: SLF001
            break
        more = struct.unpack(f"<{per_sector}I", sector)
        numbers += more[:-1]
        extra, count = more[-1], count - 1
    for number in numbers[:most]:
        sector = ole._sector(number) if number <= _LAST_SECTOR else b""  # noqa: SLF001
        if len(sector) == ole._size:  # noqa: SLF001
            yield from struct.unpack(f"<{per_sector}I", sector)
