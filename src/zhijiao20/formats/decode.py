"""Decode the bytes of a text file; the encoding is chosen here only, and reported if it is a guess."""

from __future__ import annotations

import codecs
import re

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.limits import DEFAULT, Limits, counted
from zhijiao20.formats.format_error import FormatError

_ENCODINGS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
BOMS = tuple(bom for bom, _ in _ENCODINGS)
"""Byte order marks at the beginning of a file, which are not part of its text."""

_EURO = 0x80
_SAVE = "请用原来的软件重新另存一次；用 Excel 或 WPS 时选“CSV UTF-8（逗号分隔）”"


def decode(data: bytes, out: Collector, limits: Limits = DEFAULT) -> tuple[str, bool]:
    """Decode the bytes of a file; return the text and whether the encoding is a guess.

    The encoding is that of the byte order mark, else strict UTF-8, else GB18030 (a guess, reported as an info).
    GB18030 includes all of GBK and GB 2312; the codec ``gb2312`` lacks “—” and is never used.

    Raises:
        FormatError: the bytes are in none of these encodings (ZJ003 with line and byte offset), or there are too many
            lines (ZJ001).
    """
    if len(data) > limits.lines and data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > limits.lines:
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
    except UnicodeDecodeError as utf8_error:
        return _guess(data, out, utf8_error), True


def peek(data: bytes) -> str:
    """Return the beginning of a text for format detection, dropping undecodable bytes."""
    for bom, encoding in _ENCODINGS:
        if data.startswith(bom):
            return data[len(bom) : 8000].decode(encoding, "ignore")
    prefix = data[:8000]
    try:
        return prefix.decode("utf-8")
    except UnicodeDecodeError as error:
        truncated = error.start >= len(prefix) - 3  # the prefix ends inside a UTF-8 character
        return prefix.decode("utf-8" if truncated else "gb18030", "ignore")


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark and the encoding of a file that ``decode`` accepts."""
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
        "ZJ003", f"第 {offset + 1} 个字节是空字节，这不是 UTF-8 或 GB18030 的文本文件", _SAVE, Place(line=line)
    )


def _guess(data: bytes, out: Collector, utf8_error: UnicodeDecodeError) -> str:
    """Decode as GB18030, unless the file is UTF-8 in which a few bytes are damaged."""
    if _mostly_utf8(data, utf8_error):
        raise _broken(data, utf8_error) from None
    euro = ""
    try:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "zhijiao20_euro")
            euro = "，单字节 80 读作“€”"
    except UnicodeDecodeError as error:
        raise _broken(data, error) from None
    out.add("ZJ005", f"文件不是 UTF-8 编码，已按 GB18030（GBK）读取{euro}", "看一眼文字是否正常；建议另存为 UTF-8")
    return text


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Decode the byte 80, which Windows writes for € in code page 936 and GB18030 does not have."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == _EURO:
        return "€", error.start + 1
    raise error


codecs.register_error("zhijiao20_euro", _euro)


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Check whether the file is Chinese text in UTF-8 with a few damaged bytes."""
    valid = data[: error.start].decode("utf-8", "ignore") + data[error.end :].decode("utf-8", "ignore")
    chinese = len(re.findall("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", valid))
    invalid = data[error.end :].decode("utf-8", "replace").count("\ufffd") + 1
    return chinese > 4 * invalid


def _strict(data: bytes, encoding: str, bom_length: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise _broken(data, error, line, bom_length) from None


def _broken(data: bytes, error: UnicodeDecodeError, line: int = 0, bom_length: int = 0) -> FormatError:
    line = line or data.count(b"\n", 0, error.start) + 1
    hex_bytes = data[error.start : error.start + 4].hex(" ").upper()
    name = {"gb18030": "GB18030"}.get(error.encoding, error.encoding.upper())
    return FormatError(
        "ZJ003",
        f"第 {line} 行、第 {error.start + bom_length + 1} 个字节起（{hex_bytes}）不是完整的 {name} 字符："
        "文件被截断，或混用了两种编码",
        _SAVE,
        Place(line=line),
    )


def report_lost_characters(text: str, out: Collector, place: Place) -> None:
    """Report each ``?`` that may replace a character which the encoding of the file lacks.

    Excel's plain CSV contains ``?`` in place of 䶮, 㛃, •, ² or NBSP.  Meant for texts whose encoding was guessed;
    a question mark after a question or inside a web address is not reported.
    """
    for match in _LOST.finditer(text):
        excerpt = quote(text[max(0, match.start() - 6) : match.end() + 6])
        out.add(
            "ZJ007",
            f"{excerpt}里的“?”可能是保存时丢失的字（生僻字、•、² 等）",
            "对照原稿补上丢失的字，并另存为 UTF-8；确是问号请改用全角“？”",
            place=place,
        )


_LOST = lazy_regex(r"(?<![吗呢么何几谁哪否])(?<!\w\?)(?<![-/=&?#%.:0-9A-Za-z_]{8})\?")
