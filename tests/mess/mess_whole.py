"""What goes wrong with a file as a whole: its encoding, its columns, what stands around the table.  A mess a function."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from mess_base import TASKS, UNIT, Said, Told
from mess_layouts import complete
from mess_text_files import Csv, Yaml
from mess_texts import GUESSED

from zhijiao20.core.findings import NOWHERE, Place

Whole: TypeAlias = tuple[bytes, Told]

WHOLES: dict[str, tuple[str, Callable[[], Whole]]] = {}
"""Name → format and file."""


def whole(kind: str) -> Callable[[Callable[[], Whole]], Callable[[], Whole]]:
    """Put a file on the list."""

    def add(build: Callable[[], Whole]) -> Callable[[], Whole]:
        WHOLES[f"{kind}-{build.__name__.removeprefix(kind).strip('_').replace('_', '-')}"] = (kind, build)
        return build

    return add


def told(*said: Said, **more: Mapping[str, str | None]) -> Told:
    """What is said of the file."""
    return Told(said, **more)


def _csv() -> Csv:
    layout = complete("csv")
    assert isinstance(layout, Csv)
    return layout


def _yaml() -> Yaml:
    layout = complete("yaml")
    assert isinstance(layout, Yaml)
    return layout


_SAID_GUESSED: Said = ("ZJ005", NOWHERE, None, GUESSED)
_SAID_UTF16: Said = ("ZJ005", NOWHERE, None, "文件是 UTF-16 编码，已照此读取")


# ── encodings and line ends ──────────────────────────────────────────────────────────────────────────────────────────


def _encoded(kind: str, name: str, encoding: str, *said: Said, bom: bytes = b"", text: str = "") -> None:
    def build() -> Whole:
        layout = complete(kind)
        assert isinstance(layout, Csv | Yaml)
        changed = {} if not text else {TASKS[4]: text}
        if text:
            layout.status(TASKS[4], text)
        return bom + layout.text().encode(encoding), told(*said, statuses=changed)

    WHOLES[f"{kind}-{name}"] = (kind, build)


for _kind in ("yaml", "csv"):
    _encoded(_kind, "gbk", "gbk", _SAID_GUESSED, text="“一”——二…（三）·四①Ⅱ")
    _encoded(_kind, "gb18030", "gb18030", _SAID_GUESSED, text="䶮、㛃、𠮷、•、²、\u00a0")
    _encoded(_kind, "utf-8", "utf-8")
    _encoded(_kind, "utf-8-with-bom", "utf-8-sig")
    _encoded(_kind, "utf-16-le", "utf-16-le", _SAID_UTF16, bom=b"\xff\xfe", text="䶮、𠮷")
    _encoded(_kind, "utf-16-be", "utf-16-be", _SAID_UTF16, bom=b"\xfe\xff")


@whole("yaml")
def yaml_crlf() -> Whole:
    """Saved on Windows."""
    return _yaml().data().replace(b"\n", b"\r\n"), told()


@whole("yaml")
def yaml_cr() -> Whole:
    """Saved on an old Mac."""
    return _yaml().data().replace(b"\n", b"\r"), told()


@whole("csv")
def csv_lf() -> Whole:
    """Saved by a script."""
    return _csv().data().replace(b"\r\n", b"\n"), told()


@whole("csv")
def csv_cr() -> Whole:
    """Excel's “CSV（Macintosh）”."""
    return _csv().data().replace(b"\r\n", b"\r"), told()


# ── delimiters ───────────────────────────────────────────────────────────────────────────────────────────────────────


@whole("csv")
def csv_semicolons() -> Whole:
    """Excel where the system says so."""
    return _csv().text(";").encode("utf-8-sig"), told(("ZJ005", NOWHERE, None, "分隔符是分号，已照此读取"))


_SAID_TABS: Said = ("ZJ005", NOWHERE, None, "分隔符是制表符，已照此读取")


@whole("csv")
def csv_tabs() -> Whole:
    """Copied out of a sheet."""
    return _csv().text("\t").encode(), told(_SAID_TABS)


@whole("csv")
def csv_unicode_text() -> Whole:
    """Excel's “Unicode 文本”."""
    return b"\xff\xfe" + _csv().text("\t").encode("utf-16-le"), told(_SAID_UTF16, _SAID_TABS)


@whole("csv")
def csv_excel_separator_line() -> Whole:
    """The line by which Excel is told the delimiter."""
    data = b"sep=,\r\n" + _csv().text().encode("gbk")
    return data, told(_SAID_GUESSED, ("ZJ110", Place(2, 1), None, "表头之前的 1 行未采用"))


@whole("csv")
def csv_full_width_commas() -> Whole:
    """Refused, told why."""
    header = "，".join(_csv().header)
    message = f"缺少列：编号、落实情况。找到的是：“{header}”。表头里用的是全角逗号“，”，不是分隔符"
    return _csv().text().replace(",", "，").encode(), told(("ZJ115", Place(1, 1), None, message))


@whole("csv")
def csv_quotes_out_of_step() -> Whole:
    """A quotation mark that opens a cell and is never closed: the line on which it stands."""
    layout = _csv()
    row = layout.place(TASKS[2], "编号").line
    text = layout.text().replace(",围绕", ',"围绕', 3).replace(',"围绕', ",围绕", 2) + '\r\n尾"'
    return text.encode(), told(("ZJ004", Place(row, 1), None, "半角双引号的用法不对"))


# ── columns ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _columns(
    names: Sequence[str], spelled: Mapping[str, str] | None = None, extra: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """The complete submission with other columns."""
    layout, spelled, extra = _csv(), spelled or {}, extra or {}
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([spelled.get(name, name) for name in names])
    for index, (_, row) in enumerate(layout.rows):
        writer.writerow([extra[name][index] if name in extra else row[layout.column(name)] for name in names])
    return stream.getvalue().encode("utf-8-sig")


@whole("csv")
def csv_columns_reversed() -> Whole:
    """Found by name."""
    return _columns(_csv().header[::-1]), told()


@whole("csv")
def csv_header_with_spaces() -> Whole:
    """Of any width, and in the middle."""
    return _columns(_csv().header, {name: f" {name[0]}\u3000{name[1:]}\u00a0" for name in _csv().header}), told()


@whole("csv")
def csv_extra_columns() -> Whole:
    """Named in an info."""
    extra = {"序号": [str(number) for number in range(87)], "备注": ["x"] * 87}
    message = "未采用不认识的列：“序号”、“备注”"
    return _columns(["序号", *_csv().header, "备注"], extra=extra), told(("ZJ110", Place(1, 1), None, message))


@whole("csv")
def csv_column_without_a_name() -> Whole:
    """Told with its first text."""
    extra = {"x": ["", "", "旁注", *[""] * 84]}
    place = _csv().place(TASKS[2], "编号")._replace(column=10)
    said: Said = ("ZJ110", place, None, "有一列没有列名，未采用；里面有文字，如“旁注”")
    return _columns([*_csv().header, "x"], {"x": " "}, extra), told(said)


def _without(column: str) -> None:
    def build() -> Whole:
        names = [name for name in _csv().header if name != column]
        message = f"缺少列：{column}。找到的是：{'、'.join(f'“{name}”' for name in names)}"
        return _columns(names), told(("ZJ115", Place(1, 1), None, message))

    WHOLES[f"csv-without-{column}"] = ("csv", build)


_without("编号")
_without("落实情况")


@whole("csv")
def csv_without_unit() -> Whole:
    """The file's name serves, with a warning."""
    names = [name for name in _csv().header if name != "单位"]
    return _columns(names), told(("ZJ113", NOWHERE, None, f"没有写单位，单位取自文件名：“{UNIT}”"))


@whole("csv")
def csv_without_wording() -> Whole:
    """The columns for the reader's eye need not be there."""
    return _columns(["单位", "报告期", "编号", "进展", "落实情况", "佐证"]), told()


@whole("csv")
def csv_status_column_twice() -> Whole:
    """Nobody knows which one counts."""
    return _columns([*_csv().header, "落实情况"]), told(("ZJ114", Place(1, 10), None, "列“落实情况”出现了两次"))


# ── around the table ─────────────────────────────────────────────────────────────────────────────────────────────────


@whole("csv")
def csv_title_above() -> Whole:
    """Passed over, with a note."""
    text = "澄州市自查表,,\r\n\r\n" + _csv().text()
    return text.encode("utf-8-sig"), told(("ZJ110", Place(3, 1), None, "表头之前的 1 行未采用"))


@whole("csv")
def csv_header_again() -> Whole:
    """Two halves pasted below each other."""
    layout = _csv()
    layout.rows.insert(40, ("header", layout.header))
    return layout.data(), told()


@whole("csv")
def csv_sorted_as_texts() -> Whole:
    """1.1, 10.1, 10.2, …"""
    layout = _csv()
    layout.rows.sort()
    return layout.data(), told()


@whole("csv")
def csv_unit_in_its_first_row_only() -> Whole:
    """An empty cell takes the one above."""
    layout = _csv()
    layout.rows = [(task, row if not number else ["", "", *row[2:]]) for number, (task, row) in enumerate(layout.rows)]
    return layout.data(), told()


@whole("csv")
def csv_many_empty_rows() -> Whole:
    """Left behind by a sheet that was filled down."""
    return _csv().data() + b",,,,,,,,\r\n" * 10_000, told()


@whole("csv")
def csv_empty() -> Whole:
    """Nothing is in it."""
    return b"", told(("ZJ115", NOWHERE, None, "文件里没有内容"))


@whole("yaml")
def yaml_empty() -> Whole:
    """Nor here."""
    return b"", told(("ZJ104", Place(1, 1), None, "文件是空的，而不是“字段: 值”"))


@whole("yaml")
def yaml_reversed() -> Whole:
    """The order of fields and tasks is the clerk's own."""
    layout = _yaml()
    head = [line for line in layout.head if line and not line.lstrip().startswith(("#", "任务"))]
    tasks = [line for _, lines in reversed(layout.blocks) for line in lines]
    return "\n".join(["任务:", *tasks, *reversed(head), ""]).encode(), told()


@whole("yaml")
def yaml_two_documents() -> Whole:
    """One file, one unit."""
    text = _yaml().text()
    line = text.count("\n") + 1
    said: Said = ("ZJ004", Place(line, 1), None, "文件里有第二个“---”，成了两份文档")
    return (text + "---\n单位: 乙\n").encode(), told(said)
