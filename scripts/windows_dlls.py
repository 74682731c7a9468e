"""Which libraries the programs for Windows load at their start, and whether somebody brings them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

_SYSTEM = re.compile(
    r"api-ms-win-.*|ext-ms-.*|(?:kernel32|ntdll|advapi32|user32|shell32|shlwapi|ole32|oleaut32|version|ws2_32|bcrypt"
    r"|bcryptprimitives|rpcrt4|iphlpapi|crypt32|ucrtbase|msvcrt|secur32|psapi|userenv)\.dll"
)
"""What Windows 10 brings itself."""

_IMPORTS, _DELAYED = (1, 20, 3), (13, 32, 1)
"""Of each table: its number among the directories, the size of an entry, where in it the name stands."""


def missing_libraries(files: Mapping[str, bytes]) -> list[str]:
    """Return each library that a program or library needs and neither Windows nor the folder has.

    Args:
        files: path → content of everything in the folder.
    """
    brought = {PurePosixPath(path).name.lower() for path in files}
    return [
        f"{library}（{path} 要用）"
        for path, content in sorted(files.items())
        if path.endswith((".exe", ".dll", ".pyd"))
        for library in imported(content)
        if library.lower() not in brought and not _SYSTEM.fullmatch(library.lower())
    ]


def imported(content: bytes) -> Iterator[str]:
    """Yield the names of the libraries that a program or library for Windows loads."""
    (header,) = struct.unpack_from("<I", content, 0x3C)
    (count,), (size,) = struct.unpack_from("<H", content, header + 6), struct.unpack_from("<H", content, header + 20)
    (kind,) = struct.unpack_from("<H", content, header + 24)
    directories = header + 24 + (112 if kind == 0x20B else 96)
    sections: list[tuple[int, ...]] = [
        struct.unpack_from("<8x4I", content, header + 24 + size + 40 * index) for index in range(count)
    ]

    def offset(address: int) -> int:
        for virtual, start, raw, place in sections:
            if start <= address < start + max(virtual, raw):
                return address - start + place
        raise ValueError(f"no section holds {address:#x}")

    for number, width, at in (_IMPORTS, _DELAYED):
        (table,) = struct.unpack_from("<I", content, directories + 8 * number)
        entry = offset(table) if table else 0
        while table and (name := struct.unpack_from(f"<{width // 4}I", content, entry)[at]):
            start = offset(name)
            yield content[start : content.index(b"\0", start)].decode("ascii")
            entry += width
