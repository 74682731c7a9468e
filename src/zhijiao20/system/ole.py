"""Read the directory and the streams of an OLE file, the container of the old Office formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER, _ENTRY = 512, 128
_ENTRIES_LIMIT = 10_000
_LAST_SECTOR = 0xFFFF_FFF9  # numbers above are marks
_STREAM, _ROOT = 2, 5
_SMALL, _SMALL_SECTOR = 4096, 64  # smaller streams lie in sectors of 64 bytes, within the stream of the root


class OleFile:
    """An OLE file; of a damaged one there is what can be read.

    Attributes:
        names: the names of all streams and folders in it.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._streams: dict[str, tuple[int, int]] = {}
        self._root, self._small_table = (0, 0), _LAST_SECTOR + 1
        self._size = 512
        self._table: Sequence[int] = ()
        names: set[str] = set()
        if data.startswith(SIGNATURE) and len(data) >= _HEADER:
            power = struct.unpack_from("<H", data, 30)[0]
            self._size = 1 << power if power in {9, 12} else 512
            self._table = list(self._read_table())
            self._small_table = struct.unpack_from("<I", data, 60)[0]
            for entry in self._entries():
                self._read_entry(entry, names)
                if len(names) > _ENTRIES_LIMIT:
                    break
        self.names = frozenset(names)

    def stream(self, name: str, size: int) -> bytes:
        """Return a stream, or its beginning; empty if there is none.

        Args:
            name: its name.
            size: how many bytes are wanted.
        """
        first, length = self._streams.get(name, (0, 0))
        wanted = min(size, length)
        if length >= _SMALL:
            return self._joined(first, wanted)
        within = self._joined(*self._root) if wanted else b""
        small = self._joined(self._small_table, len(self._data))
        table = struct.unpack(f"<{len(small) // 4}I", small[: len(small) // 4 * 4])
        sectors = (
            within[number * _SMALL_SECTOR : (number + 1) * _SMALL_SECTOR]
            for number in _chain(table, first, wanted // _SMALL_SECTOR + 1)
        )
        return b"".join(sectors)[:wanted]

    def _joined(self, first: int, size: int) -> bytes:
        """Return the bytes of a chain of sectors."""
        most = min(size, len(self._data)) // self._size + 1
        return b"".join(map(self._sector, _chain(self._table, first, most)))[:size]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        return self._data[begin : begin + self._size]

    def _entries(self) -> Iterator[bytes]:
        """Yield the entries of the directory."""
        first = struct.unpack_from("<I", self._data, 48)[0]
        for number in _chain(self._table, first, len(self._data) // self._size + 1):
            sector = self._sector(number)
            yield from (sector[at : at + _ENTRY] for at in range(0, len(sector) - _ENTRY + 1, _ENTRY))

    def _read_entry(self, entry: bytes, names: set[str]) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        if not kind or not 2 <= length <= 64:
            return
        name = entry[: length - 2].decode("utf-16-le", "replace")
        names.add(name)
        place = struct.unpack_from("<II", entry, 116)
        if kind == _ROOT:
            self._root = place
        elif kind == _STREAM:
            self._streams.setdefault(name, place)

    def _read_table(self) -> Iterator[int]:
        """Yield the sector that follows each sector."""
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        extra, count = struct.unpack_from("<II", self._data, 68)
        most = len(self._data) // self._size + 1
        form = f"<{self._size // 4}I"
        while extra <= _LAST_SECTOR and count > 0 and len(numbers) < most:
            sector = self._sector(extra)
            if len(sector) < self._size:
                break
            more = struct.unpack(form, sector)
            numbers += more[:-1]
            extra, count = more[-1], count - 1
        for number in numbers[:most]:
            sector = self._sector(number) if number <= _LAST_SECTOR else b""
            if len(sector) == self._size:
                yield from struct.unpack(form, sector)


def _chain(table: Sequence[int], first: int, most: int) -> Iterator[int]:
    """Yield the numbers of a chain of sectors; a damaged chain ends early."""
    number = first
    while number <= _LAST_SECTOR and most > 0:
        yield number
        number = table[number] if number < len(table) else _LAST_SECTOR + 1
        most -= 1
