"""What goes wrong with one task of a file: its id, its official wording, its row.  A mess a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from mess_base import AGAIN, CATALOG, Outcome, Said, Told, silent, status_of
from mess_layouts import Layout
from mess_office_files import Docx, Xlsx
from mess_text_files import Csv, Yaml

from zhijiao20.core.display import quote
from zhijiao20.core.fields import ID, STATUS
from zhijiao20.core.findings import Place

Build: TypeAlias = Callable[[Layout, str], Outcome]


@dataclass(frozen=True)
class Mess:
    """A mess.

    Attributes:
        kinds: the formats in which it occurs.
        build: makes it of a task's row.
        where: the tasks whose rows it can befall.
        alone: once a file, as it is told once a file.
    """

    name: str
    kinds: tuple[str, ...]
    build: Build
    where: Callable[[str], bool]
    alone: bool


MESSES: list[Mess] = []


def mess(
    *kinds: str, name: str = "", where: Callable[[str], bool] = lambda _task: True, alone: bool = False
) -> Callable[[Build], Build]:
    """Put a builder on the list."""

    def add(build: Build) -> Build:
        MESSES.append(Mess(name or build.__name__.replace("_", "-"), kinds, build, where, alone))
        return build

    return add


def wording(task: str) -> str:
    """The official wording."""
    return CATALOG.tasks[task].text


def missing(layout: Layout, task: str) -> Said:
    """What is said of a task that is not there."""
    return "ZJ202", layout.first(), task, f"缺少任务 {task}：{wording(task)}"


def empty(place: Place, task: str) -> Said:
    """What is said of a task without a text."""
    return "ZJ201", place, task, f"任务 {task} 的落实情况是空的：{wording(task)}"


# ── ids ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "fullwidth-dot": lambda article, number: f"{article}．{number}",
    "fullwidth-digits": lambda article, number: _wide(f"{article}.{number}"),
    "pause-mark": lambda article, number: f"{article}、{number}",
    "parentheses": lambda article, number: f"({article}.{number})",
    "spelled-out": lambda article, number: f"第{article}条第{number}项",
    "long-float": lambda article, number: f"{article}.{int(number) - 1}999999999999998",
}


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def _spelled(name: str) -> None:
    @mess("yaml", "csv", "xlsx", name=f"id-{name}")
    def build(layout: Layout, task: str) -> Outcome:
        written = _SPELLINGS[name](*task.split("."))
        layout.key(task, written)
        return lambda: Told((("ZJ109", layout.place(task, ID), task, f"任务编号“{written}”已按 {task} 读取"),))


for _name in _SPELLINGS:
    _spelled(_name)


@mess("yaml", alone=True)
def id_without_quotes(layout: Yaml, task: str) -> Outcome:
    """Another YAML reader makes a float of it."""
    layout.edit(task, lambda lines: [f"  {task}:", *lines[1:]])
    message = f"1 个任务编号没有加引号（第一个是 {task}），已按文字读取"
    return lambda: Told((("ZJ109", layout.place(task, ID), None, message),))


@mess("xlsx")
def id_as_number(layout: Xlsx, task: str) -> Outcome:
    """Stored as Excel stores it, to seventeen digits."""
    stored = f"{float(task):.17g}"
    layout.raw(task, ID, f"<v>{stored}</v>", ' s="0"')
    if stored == task:  # 1.5 has no rest in binary
        return silent
    return lambda: Told((("ZJ109", layout.place(task, ID), task, f"任务编号“{stored}”已按 {task} 读取"),))


_DATES: dict[str, Callable[[int, int], str]] = {
    "chinese": lambda month, day: f"{month}月{day}日",
    "slashes": lambda month, day: f"2020/{month}/{day}",
    "english": lambda month, day: f"{day}-{date(2020, month, 1):%b}",
    "serial": lambda month, day: str((date(2020, month, day) - date(1899, 12, 30)).days),
}


def _is_day(task: str) -> bool:
    return int(task.split(".", maxsplit=1)[0]) <= 12


def _became_date(layout: Layout, task: str, shown: str) -> Outcome:
    message = f"任务编号“{shown}”像是被表格软件改成了日期，很可能是 {task}：{wording(task)}"
    return lambda: Told((("ZJ117", layout.place(task, ID), None, message), missing(layout, task)), {task: None})


def _dated(name: str, *kinds: str) -> None:
    @mess(*kinds, name=f"id-date-{name}", where=_is_day)
    def build(layout: Layout, task: str) -> Outcome:
        shown = _DATES[name](*map(int, task.split(".")))
        layout.key(task, shown)
        return _became_date(layout, task, shown)


_dated("chinese", "yaml", "csv", "xlsx")
_dated("slashes", "yaml", "csv", "xlsx")
_dated("english", "yaml", "csv", "xlsx")
_dated("serial", "yaml", "csv", "xlsx")


@mess("xlsx", where=_is_day)
def id_date_cell(layout: Xlsx, task: str) -> Outcome:
    """The day itself, with a format of dates."""
    month, day = map(int, task.split("."))
    layout.raw(task, ID, f"<v>{_DATES['serial'](month, day)}</v>", f' s="{layout.dates()}"')
    return _became_date(layout, task, f"2020年{month}月{day}日")


@mess("yaml", "csv", "xlsx")
def id_with_a_zero(layout: Layout, task: str) -> Outcome:
    """1.10 is no task: article 1 has five."""
    layout.key(task, f"{task}0")
    message = f"没有编号为“{task}0”的任务，很可能是 {task}：{wording(task)}"
    return lambda: Told((("ZJ101", layout.place(task, ID), None, message), missing(layout, task)), {task: None})


@mess("csv", "xlsx")
def id_deleted(layout: Layout, task: str) -> Outcome:
    """The row is there; its wording tells what it was."""
    layout.key(task, "")
    message = f"这一行没有任务编号，看任务文字应是 {task}"
    return lambda: Told((("ZJ101", layout.place(task, ID), None, message), missing(layout, task)), {task: None})


# ── official wording ─────────────────────────────────────────────────────────────────────────────────────────────────


def _longer(text: str) -> tuple[str, str]:
    """A wording with two characters more at its end, and how the change is told."""
    return text + "等等", f"“{text[-6:]}”之后多了“等等”"


@mess("csv", "xlsx")
def wording_edited(layout: Csv | Xlsx, task: str) -> Outcome:
    """The change is shown; the official wording is what counts."""
    changed, told = _longer(wording(task))
    layout.cell(task, "任务", changed)
    message = f"“任务”一列的官方表述被改动：{told}"
    return lambda: Told((("ZJ108", layout.place(task, "任务"), task, message),))


@mess("docx", name="wording-edited")
def word_wording_edited(layout: Docx, task: str) -> Outcome:
    """The row is known by what is left of its wording."""
    changed, told = _longer(wording(task))
    layout.wording(task, changed)
    return lambda: Told((("ZJ108", layout.place(task), task, f"官方表述被改动：{told}"),))


@mess("csv", "xlsx")
def article_edited(layout: Csv | Xlsx, task: str) -> Outcome:
    """So are 部分 and 条目."""
    changed, told = _longer(CATALOG.tasks[task].article)
    layout.cell(task, "条目", changed)
    message = f"“条目”一列的官方表述被改动：{told}"
    return lambda: Told((("ZJ108", layout.place(task, "条目"), task, message),))


@mess("csv", "xlsx", "docx")
def wording_spaced(layout: Csv | Xlsx | Docx, task: str) -> Outcome:
    """White space, width and unseen characters are no change: not a word."""
    text = wording(task)
    spaced = f"{text[:4]}\u00a0{text[4:8]}\u200b{text[8:]} ".replace("，", ",")
    if isinstance(layout, Docx):
        layout.wording(task, spaced)
    else:
        layout.cell(task, "任务", spaced)
    return silent


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@mess("yaml", "csv", "xlsx", "docx")
def row_deleted(layout: Layout, task: str) -> Outcome:
    """The task is missing, and told with its wording."""
    layout.delete(task)
    return lambda: Told((missing(layout, task),), {task: None})


@mess("yaml", "csv", "xlsx", "docx")
def row_doubled(layout: Layout, task: str) -> Outcome:
    """An error that shows both texts; the first one counts for the other checks."""
    layout.double(task, "另有一段。")

    def told() -> Told:
        place = layout.place(task, ID)
        where = f"第 {place.line} 行" if place.line else f" {place.cell}"
        texts = f"前一次：{quote(status_of(task))}；这一次：“另有一段。”"
        message = f"任务 {task} 出现了两次（前一次在{where}）。{texts}"
        return Told((("ZJ102", layout.place(task + AGAIN, ID), task, message),))

    return told


@mess("csv", "xlsx", "docx")
def blank_row_inserted(layout: Csv | Xlsx | Docx, task: str) -> Outcome:
    """Nothing of it."""
    layout.insert(task, "blank", {})
    return silent


@mess("csv", "xlsx")
def note_inserted(layout: Csv | Xlsx, task: str) -> Outcome:
    """A line of the clerk's own between the rows is told."""
    name = layout.insert(task, "note", {"单位": "小计"})
    message = "这一行没有编号和落实情况，未采用：“小计”"
    return lambda: Told((("ZJ110", layout.place(name, "单位"), None, message),))


@mess("docx", name="foreign-row-inserted")
def word_row_inserted(layout: Docx, task: str) -> Outcome:
    """A row that is no task: its text is named."""
    name = layout.insert(task, "foreign", {"任务": "其他工作", STATUS: "本单位特色。"})
    message = "这一行不是官方任务（“其他工作”），它的落实情况没有采用：“本单位特色。”"
    return lambda: Told((("ZJ101", layout.place(name), None, message),))


@mess("yaml", "csv", "xlsx", "docx")
def row_moved_to_the_end(layout: Layout, task: str) -> Outcome:
    """Matched by id, not by position."""
    layout.move_to_the_end(task)
    return silent


@mess("csv")
def row_one_cell_too_long(layout: Csv, task: str) -> Outcome:
    """A comma in a text that has no quotation marks."""
    layout.lengthen(task, "多出的一格")
    message = "这一行有 10 格，表头只有 9 格，多出来的是：“多出的一格”"
    return lambda: Told((("ZJ116", layout.place(task, STATUS)._replace(column=10), task, message),))


@mess("yaml")
def field_doubled(layout: Yaml, task: str) -> Outcome:
    """A field that stands twice; the first one counts."""
    layout.edit(task, lambda lines: [*lines, "    落实情况: 又一段"])

    def told() -> Told:
        message = f"字段“落实情况”出现了两次，前一次在第 {layout.line(task, STATUS)} 行"
        return Told((("ZJ114", Place(layout.last(task), 5), task, message),))

    return told
