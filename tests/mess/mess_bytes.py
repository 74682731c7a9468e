"""What makes a text file unreadable at one task: slips of syntax, half a character, two encodings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mess_base import TASKS, Said, status_of
from mess_layouts import complete
from mess_text_files import Csv, Yaml

from zhijiao20.core.findings import Place

Broken = tuple[bytes, Said]
"""A file, and the one thing that is said of it."""

_MIXED = "字符：文件被截断，或混用了两种编码"


def _text(kind: str) -> Yaml | Csv:
    layout = complete(kind)
    assert isinstance(layout, Yaml | Csv)
    return layout


def _slip(task: str, change: Callable[[str], str], column: int, message: str) -> Broken:
    """A changed line of 进展."""
    layout = complete("yaml")
    assert isinstance(layout, Yaml)
    layout.edit(task, lambda lines: [lines[0], change(lines[1]), *lines[2:]])
    line = layout.line(task) + 1
    shown = layout.text().split("\n")[line - 1].strip()
    return layout.data(), ("ZJ004", Place(line, column), None, f"{message}：“{shown}”")


def no_space_behind_the_colon(_kind: str, task: str) -> Broken:
    """Told in Chinese, with line and column."""
    return _slip(task, lambda line: line.replace(": ", ":"), 7, "冒号后面没有空格")


def full_width_colon(_kind: str, task: str) -> Broken:
    """The colon of a Chinese keyboard."""
    return _slip(task, lambda line: line.replace(": ", "："), 7, "字段名后面用了全角冒号“：”")


def tab_as_indent(_kind: str, task: str) -> Broken:
    """YAML takes spaces only."""
    return _slip(task, lambda line: "\t" + line.strip(), 1, "缩进用了制表符（Tab）")


def raw_control_character(kind: str, task: str) -> Broken:
    """In YAML such a character that is not escaped is an error of syntax."""
    layout = _text(kind)
    assert isinstance(layout, Yaml)
    layout.plain(task, "文\x1b字")
    return layout.data(), ("ZJ004", Place(layout.line(task, "落实情况"), 12), None, "这里有控制字符 \\x1b，YAML 不允许")


def cut_inside_a_character(kind: str, task: str) -> Broken:
    """The file ends in the middle of a character: line and byte."""
    data = _text(kind).data()
    end = data.index(status_of(task)[:20].encode()) + 7  # one byte into the third character
    line = data.count(b"\n", 0, end) + 1
    message = f"第 {line} 行、第 {end} 个字节起（{data[end - 1 : end].hex().upper()}）不是完整的 UTF-8 {_MIXED}"
    return data[:end], ("ZJ003", Place(line), None, message)


def mixed_encodings(kind: str, task: str) -> Broken:
    """The text of one task is GBK: pasted together by a script."""
    data = _text(kind).data()
    text = status_of(task).split("\n")[0]
    begin = data.index(text.encode())
    data = data[:begin] + text.encode("gbk") + data[begin + len(text.encode()) :]
    at = len(data.decode("utf-8", "replace").split("\ufffd")[0].encode())
    line = data.count(b"\n", 0, at) + 1
    shown = data[at : at + 4].hex(" ").upper()
    message = f"第 {line} 行、第 {at + 1} 个字节起（{shown}）不是完整的 UTF-8 {_MIXED}"
    return data, ("ZJ003", Place(line), None, message)


def null_byte(kind: str, task: str) -> Broken:
    """No text file has one."""
    data = _text(kind).data()
    begin = data.index(status_of(task)[:20].encode())
    line = data.count(b"\n", 0, begin) + 1
    message = f"第 {begin + 1} 个字节是空字节，这不是 UTF-8 或 GB18030 的文本文件"
    if kind == "csv":  # its byte order mark has said that it is UTF-8
        data, begin = data[3:], begin - 3
        message = f"第 {begin + 1} 个字节是空字节，这不是 UTF-8 或 GB18030 的文本文件"
    return data[:begin] + b"\0" + data[begin:], ("ZJ003", Place(line), None, message)


BREAKS: dict[Callable[[str, str], Broken], tuple[str, ...]] = {
    no_space_behind_the_colon: ("yaml",),
    full_width_colon: ("yaml",),
    tab_as_indent: ("yaml",),
    raw_control_character: ("yaml",),
    cut_inside_a_character: ("yaml", "csv"),
    mixed_encodings: ("yaml", "csv"),
    null_byte: ("yaml", "csv"),
}


def cases() -> Iterator[tuple[Callable[[str, str], Broken], str, str]]:
    """Every break at every task in every text format."""
    return ((build, kind, task) for build, kinds in BREAKS.items() for kind in kinds for task in TASKS)
