"""Bytes of a file ⇄ the raw tree or table in it, with the place of everything.  One reader a format, by suffix."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.formats.errors import FormatError
from zhijiao20.formats.raw import Node, Outline, Table

Reader: TypeAlias = Callable[[bytes, Collector, Catalog, Limits], "Node | Table"]


def _yaml(data: bytes, out: Collector, _catalog: Catalog, limits: Limits) -> Node:
    from zhijiao20.formats.yaml import read as yaml

    return yaml.read(data, out, limits)


def _csv(data: bytes, out: Collector, _catalog: Catalog, limits: Limits) -> Table:
    from zhijiao20.formats.csv import read as csv

    return csv.read(data, out, limits)


def _xlsx(data: bytes, out: Collector, catalog: Catalog, limits: Limits) -> Table:
    from zhijiao20.formats.xlsx import read as xlsx

    return xlsx.read(data, out, catalog, limits)


def _docx(data: bytes, out: Collector, catalog: Catalog, limits: Limits) -> Node:
    from zhijiao20.formats.docx.errors import FormError
    from zhijiao20.formats.docx.read import read_form

    try:
        return read_form(data, catalog, out, limits)
    except FormError as error:
        raise FormatError("ZJ002", error.message, error.hint) from error


def _usual_yaml(data: bytes, _catalog: Catalog, limits: Limits) -> list[Outline] | None:
    from zhijiao20.formats.yaml.fast_read import read_outline

    found = read_outline(data) if len(data) <= min(limits.nodes, limits.least) else None
    return None if found is None else [found]


def _usual_csv(data: bytes, catalog: Catalog, limits: Limits) -> list[Outline] | None:
    from zhijiao20.formats.csv import read as csv

    return csv.read_usual(data, catalog) if len(data) <= min(_FEW_UNITS, limits.least) else None


def _usual_xlsx(data: bytes, catalog: Catalog, limits: Limits) -> list[Outline] | None:
    from zhijiao20.formats.xlsx import fast_read as xlsx_usual

    return xlsx_usual.read_usual(data, catalog, limits)


_FEW_UNITS = 400_000  # bytes of a table that has fewer cells and pieces of 佐证 than any limit
_USUAL: dict[str, Callable[[bytes, Catalog, Limits], list[Outline] | None]] = {
    "yaml": _usual_yaml,
    "csv": _usual_csv,
    "xlsx": _usual_xlsx,
}

READERS: dict[str, tuple[str, Reader]] = {
    ".yaml": ("yaml", _yaml),
    ".yml": ("yaml", _yaml),
    ".csv": ("csv", _csv),
    ".xlsx": ("xlsx", _xlsx),
    ".docx": ("docx", _docx),
}
"""Suffix → name of the format and its reader."""

KNOWN_SUFFIXES = frozenset(READERS)
"""What a folder is searched for."""

_NAMES = {"yaml": "YAML", "csv": "CSV", "docx": "Word 文档", "xlsx": "Excel 工作簿"}
_BINARY = {"docx", "xlsx"}


def read_usual(suffix: str, data: bytes, catalog: Catalog, limits: Limits = DEFAULT) -> list[Outline] | None:
    """The outlines of a file's units: the short way, for a file of which there is nothing to tell.

    Args:
        suffix: the suffix of the file's name, with its dot.
        data: the whole file.
        catalog: the official list.
        limits: how large a file may be.

    Returns:
        None where ``read_raw`` has to be asked.

    Raises:
        FormatError: the content is another format than the name says.
    """
    name, _ = _reader(suffix.lower(), data)
    return _USUAL[name](data, catalog, limits) if name in _USUAL else None


def read_raw(suffix: str, data: bytes, out: Collector, catalog: Catalog, limits: Limits = DEFAULT) -> Node | Table:
    """Read the bytes of a status file.

    Args:
        suffix: the suffix of the file's name, with its dot.
        data: the whole file.
        out: takes infos and warnings (a guessed encoding, say).
        catalog: the official list, by whose wording a form is read.
        limits: how large it may be.

    Raises:
        FormatError: the content is another format than the name says, or cannot be parsed.
    """
    _, reader = _reader(suffix.lower(), data)
    return reader(data, out, catalog, limits)


def _reader(suffix: str, data: bytes) -> tuple[str, Reader]:
    """The name of a format and its reader, once the content agrees with the name."""
    from zhijiao20.formats.sniff import real_format

    name, reader = READERS.get(suffix, ("", None))
    real = real_format(data)
    if reader is None and (real is None or real[0] not in _BINARY):
        raise _foreign(suffix, data, real)
    if real is not None and real[0] != name:
        raise FormatError("ZJ002", f"文件名以 {suffix or '（无后缀）'} 结尾，内容却是{real[1]}", real[2])
    assert reader is not None, "one that says another format, or none, was refused"
    if real is None:
        _expect_text(suffix, name, data)
    return name, reader


def _foreign(suffix: str, data: bytes, real: tuple[str, str, str] | None) -> FormatError:
    """The error for a file of a kind that is not read: what it is, and the way out."""
    from zhijiao20.formats.decode import peek
    from zhijiao20.formats.sniff import looks_like

    message = f"不能读取 {suffix} 文件" if suffix else "不能读取没有后缀的文件"
    if real is not None:
        return FormatError("ZJ002", f"{message}：这是{real[1]}", real[2])
    if seems := looks_like(peek(data)):  # Excel's “Unicode 文本” is a .txt
        return FormatError("ZJ002", f"{message}，内容像是 {_NAMES[seems]}", f"请把文件名改成以 .{seems} 结尾")
    return FormatError("ZJ002", message, f"能读的是 {' '.join(READERS)}；请换成这几种之一")


def _expect_text(suffix: str, name: str, data: bytes) -> None:
    """Refuse a text whose name says another format."""
    from zhijiao20.formats.decode import peek
    from zhijiao20.formats.sniff import looks_like

    if (seems := looks_like(peek(data))) and seems != name:
        message = f"文件名以 {suffix} 结尾，内容却是 {_NAMES[seems]}"
        raise FormatError("ZJ002", message, f"请把文件名改成以 .{seems} 结尾")
    if name in _BINARY:
        empty = "文件是空的" if not data.strip() else f"文件名以 {suffix} 结尾，内容却不是{_NAMES[name]}"
        raise FormatError("ZJ002", empty, "请向填报单位要回原件")
