"""The only decoder: bytes in, text out, the encoding chosen in one place and told where it was a guess."""

from __future__ import annotations

import codecs
import re

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.formats.format_error import FormatError

_ENCODINGS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
BOMS = tuple(bom for bom, _ in _ENCODINGS)
"""What a file may begin with that is no text of its own."""

_SAVE = "请用原来的软件重新另存一次；用 Excel 或 WPS 时选“CSV UTF-8（逗号分隔）”"


def decode(data: bytes, out: Collector, limits: Limits = DEFAULT) -> tuple[str, bool]:
    """The text of a file, and whether its encoding was a guess.

    By its byte order mark, else strict UTF-8, else GB18030 (with an info).
    GB18030 holds all of GBK and GB 2312; ``gb2312`` itself lacks “—” and is never used.

    Raises:
        FormatError: ZJ003 with line and byte offset, where the bytes are none of these; ZJ001 for too many lines.
    """
    if data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > limits.lines:
        message = f"文件超过 {counted(limits.lines, '行')}，没有读取"
        raise FormatError("ZJ001", message, "填报文件不该这么大，请检查内容")
    for bom, encoding in _ENCODINGS:
        if data.startswith(bom):
            text = _strict(data[len(bom) :], encoding, len(bom))
            if encoding != "utf-8":
                out.add("ZJ005", f"文件是 {encoding.upper()[:6]} 编码，已照此读取", "建议另存为 UTF-8")
            return text, False
    if b"\0" in data:
        raise _null_byte(data)
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as utf8:
        return _guess(data, out, utf8), True


def peek(data: bytes) -> str:
    """The beginning of a text, for a first look: what cannot be decoded is left out, nothing is told."""
    for bom, encoding in _ENCODINGS:
        if data.startswith(bom):
            return data[len(bom) : 8000].decode(encoding, "ignore")
    head = data[:8000]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start >= len(head) - 3  # the limit fell into a character
        return head.decode("utf-8" if cut else "gb18030", "ignore")


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the encoding of a file that ``decode`` takes."""
    for bom, encoding in _ENCODINGS:
        if data.startswith(bom):
            return bom, encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "gb18030"
    return b"", "utf-8"


def _null_byte(data: bytes) -> FormatError:
    offset = data.index(0)
    line = data.count(b"\n", 0, offset) + 1
    return FormatError(
        "ZJ003",
        f"第 {offset + 1} 个字节是空字节，这不是 UTF-8 或 GB18030 的文本文件",
        _SAVE,
        Place(line=line),
    )


def _guess(data: bytes, out: Collector, utf8: UnicodeDecodeError) -> str:
    """GB18030, unless what breaks UTF-8 is a few bytes in a file that is UTF-8 otherwise."""
    if _mostly_utf8(data, utf8):
        raise _broken(data, utf8) from None
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _broken(data, error) from None
    out.add("ZJ005", "文件不是 UTF-8 编码，已按 GB18030（GBK）读取", "看一眼文字是否正常；建议另存为 UTF-8")
    return text


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether what stands outside the broken bytes is Chinese in UTF-8: such a file is damaged, not GB18030."""
    sound = data[: error.start].decode("utf-8", "ignore") + data[error.end :].decode("utf-8", "ignore")
    wide = len(re.findall("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", sound))
    lost = data[error.end :].decode("utf-8", "replace").count("\ufffd") + 1
    return wide > 4 * lost


def _strict(data: bytes, encoding: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise _broken(data, error, line, skipped) from None


def _broken(data: bytes, error: UnicodeDecodeError, line: int = 0, skipped: int = 0) -> FormatError:
    line = line or data.count(b"\n", 0, error.start) + 1
    shown = data[error.start : error.start + 4].hex(" ").upper()
    name = {"gb18030": "GB18030"}.get(error.encoding, error.encoding.upper())
    return FormatError(
        "ZJ003",
        f"第 {line} 行、第 {error.start + skipped + 1} 个字节起（{shown}）不是完整的 {name} 字符："
        "文件被截断，或混用了两种编码",
        _SAVE,
        Place(line=line),
    )


def report_lost_characters(text: str, out: Collector, place: Place) -> None:
    """Warn of each ``?`` that may stand where a narrower encoding had no room for a character.

    Excel's plain CSV puts ``?`` for 䶮, 㛃, •, ² or NBSP.  Meant for texts that were decoded by guess; a question
    mark behind a question or inside an address is none.
    """
    for match in _LOST.finditer(text):
        around = quote(text[max(0, match.start() - 6) : match.end() + 6])
        out.add(
            "ZJ007",
            f"{around}里的“?”可能是保存时丢失的字（生僻字、•、² 等）",
            "对照原稿补上丢失的字，并另存为 UTF-8；确是问号请改用全角“？”",
            place=place,
        )


_LOST = re.compile(r"(?<![吗呢么何几谁哪否])(?<!\w\?)(?<![-/=&?#%.:0-9A-Za-z_]{8})\?|\ufffd")
