"""Find in the records of an .xls what xlrd does not tell: formulas, and pictures and text boxes with their places."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_BOF, _EOF, _CONTINUE = {0x809, 0x409, 0x209, 0x009}, 0x0A, 0x3C
_SHEET_LIST, _FORMULA, _DRAWING, _OBJECT, _TEXT = 0x85, {0x006, 0x206, 0x406}, 0xEC, 0x5D, 0x1B6
_ANCHOR = b"\x00\x00\x10\xf0\x12\x00\x00\x00"  # a client anchor of 18 bytes
_SHEET_KIND = 0  # in the list of sheets; others are charts and macros
_SHAPES = {2, 3, 4, 5, 6, 8, 9, 14, 30}  # kinds of objects that show something; not comments and drop-downs
_OBJECTS_LIMIT = 10_000
_TEXT_LIMIT = 400  # bytes of a text box


@dataclass(slots=True)
class SheetRecords:
    """What the records of a sheet hold.

    Attributes:
        formulas: row and column, counted from 0, of each formula, and whether it was calculated.
        objects: row and column of each picture or text box, and the text in it.
    """

    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    objects: list[tuple[int, int, str]] = field(default_factory=list)


def scan(stream: bytes) -> list[SheetRecords]:
    """Return what the records of each worksheet hold, in workbook order.

    Args:
        stream: the stream of the workbook.
    """
    begins = [
        struct.unpack_from("<I", stream, at)[0]
        for kind, at, length in _records(stream, 0)
        if kind == _SHEET_LIST and length >= 6 and stream[at + 5] == _SHEET_KIND
    ]
    return [_sheet(stream, begin) for begin in begins]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset and length of the records of a part of the stream, without those of parts inside it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        depth += kind in _BOF
        depth -= kind == _EOF
        if depth <= 0:
            return
        if depth == 1 and at + length <= len(stream):
            yield kind, at, length
        at += length


def _sheet(stream: bytes, begin: int) -> SheetRecords:
    """Return what the records of one sheet hold."""
    found = SheetRecords()
    corner, last_shown, texts = (0, 0), False, False
    for kind, at, length in _records(stream, begin):
        if kind in _FORMULA and length >= 16:
            row, column = struct.unpack_from("<HH", stream, at)
            found.formulas[row, column] = not _waits(stream[at + 6 : at + 16])
        elif kind == _DRAWING:
            corner = _corner(stream[at : at + length]) or corner
        elif kind == _OBJECT and length >= 6 and len(found.objects) < _OBJECTS_LIMIT:
            last_shown, texts = struct.unpack_from("<H", stream, at + 4)[0] in _SHAPES, False
            found.objects += [(*corner, "")] if last_shown else []
        elif kind == _TEXT:
            texts = last_shown
        elif kind == _CONTINUE and texts and length > 1:
            texts = False
            found.objects[-1] = (*found.objects[-1][:2], _text(stream[at : at + min(length, _TEXT_LIMIT + 1)]))
    return found


def _waits(result: bytes) -> bool:
    """Check whether a formula has no result: an empty text, and to be calculated when the file is opened."""
    return result[0] == 3 and result[6:8] == b"\xff\xff" and result[8] & 3 != 0


def _corner(drawing: bytes) -> tuple[int, int] | None:
    """Return row and column of the last anchor in the records of a drawing."""
    at = drawing.rfind(_ANCHOR)
    if at < 0 or at + 18 > len(drawing):
        return None
    column, _, row = struct.unpack_from("<HHH", drawing, at + 10)
    return row, column


def _text(data: bytes) -> str:
    """Return the text of a text box: a byte for the width of its characters, and the characters."""
    return data[1:].decode("utf-16-le" if data[0] & 1 else "latin-1", "ignore")
