"""Write the letters to units: what was received, what to amend, by when.  No I/O.

A letter is a list of blocks; how they are typeset is decided where they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.feedback import Row, file_name
from zhijiao20.core.fields import STATUS

TASK_EXCERPT = 22
"""Characters of the wording of a task that a table of a letter shows."""

_TASKS_LIMIT = 200  # tasks that a sentence lists
_BLANK_NAME, _BLANK_DATE = "＿＿＿＿＿＿", "　　月　　日"


class Kind(Enum):
    """What a letter is about."""

    AMEND = "amend"
    UNREAD = "unread"
    SEVERAL = "several"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class UnusableFile:
    """A file that could not be read.

    Attributes:
        name: its name, without folders.
        problem: why it cannot be used.
        remedy: what to send instead.
    """

    name: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says.

    Attributes:
        kind: what it is about.
        unit: the unit to which it goes.
        office: the office that sends it; empty where it is not known.
        period: the 报告期, empty where it is not known.
        deadline: the date by which to answer; None for a blank to fill in.
        contact: the contact of the office; empty for a blank.
        phone: the telephone of the office; empty for a blank.
        files: the names of the files that were received and read.
        unusable: the files that could not be read.
        rows: what to amend and what to check, in order.
        to_amend: how many places have to be amended.
        to_check: how many places are to be checked.
        differ: of several files: the tasks in which they differ; None where it was not compared.
        copy: the name of the marked copy, empty if there is none.
    """

    kind: Kind
    unit: str
    office: str = ""
    period: str = ""
    deadline: date | None = None
    contact: str = ""
    phone: str = ""
    files: tuple[str, ...] = ()
    unusable: tuple[UnusableFile, ...] = ()
    rows: tuple[Row, ...] = ()
    to_amend: int = 0
    to_check: int = 0
    differ: tuple[str, ...] | None = None
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """The title, in lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom it goes."""

    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        header: its columns.
        widths: how wide each column is, in parts of the whole.
        rows: the texts of each row.
        centred: the indexes of the columns whose texts are centred.
    """

    header: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    centred: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the date, which is filled in by hand."""

    office: str
    date: str


Block: TypeAlias = Title | Addressee | Body | Table | Signature


def title_of(letter: Letter, catalog: Catalog) -> tuple[str, ...]:
    """Return the lines of the title of a letter: two of about the same length."""
    begin, end = {
        Kind.AMEND: ("关于退回", "的意见"),
        Kind.UNREAD: ("关于重新报送", "的意见"),
        Kind.SEVERAL: ("关于确认", "报送版本的意见"),
        Kind.REMINDER: ("关于抓紧报送", "的函"),
    }[letter.kind]
    first, middle, last = catalog.title.partition(STATUS)
    return (f"{begin}{first}", f"{middle}{last}{end}") if middle else (f"{begin}{first}{end}",)


def blocks(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    """Yield what a letter says, in order."""
    yield Title(title_of(letter, catalog))
    yield Addressee(f"{escape_controls(letter.unit)}：")
    yield from {Kind.AMEND: _amend, Kind.UNREAD: _unread, Kind.SEVERAL: _several, Kind.REMINDER: _reminder}[
        letter.kind
    ](letter, catalog)
    yield Body(f"联系人：{letter.contact or _BLANK_NAME}　　电话：{letter.phone or _BLANK_NAME}")
    if letter.office:
        yield Signature(letter.office, "　　　　年　　月　　日")


def chinese_date(day: date | None) -> str:
    """Return a date as official documents write it, or a blank."""
    return _BLANK_DATE if day is None else f"{day.year}年{day.month}月{day.day}日"


def sentence(letter: Letter) -> str:
    """Return one sentence to the unit, to be pasted into a chat."""
    until = f"，请于{chinese_date(letter.deadline)}前报送" if letter.deadline else "，请尽快报送"
    if letter.kind is Kind.AMEND:
        what = f"职教20条落实情况表已退回：{_counts(letter)}，详见退回意见{_and_copy(letter)}"
        return f"{letter.unit}：{what}{until.replace('报送', '改好后重新报送')}。"
    if letter.kind is Kind.UNREAD:
        names = "、".join(_named(item.name) for item in letter.unusable[:3])
        more = f"等{len(letter.unusable)}个文件" if len(letter.unusable) > 3 else ""
        return (
            f"{letter.unit}：{names}{more}读不了（{letter.unusable[0].problem}）{until.replace('报送', '重新报送')}。"
        )
    if letter.kind is Kind.SEVERAL:
        return f"{letter.unit}：收到{len(letter.files)}份表，{_difference(letter)}，请确认以哪一份为准。"
    return f"{letter.unit}：还没有收到职教20条落实情况表{until}。"


def _named(name: str) -> str:
    return f"《{escape_controls(file_name(name))}》"


def _and_copy(letter: Letter) -> str:
    return "和标了批注的表" if letter.copy else ""


def _counts(letter: Letter) -> str:
    parts = [f"需要改正{letter.to_amend}处"] if letter.to_amend else []
    parts += [f"需要核对{letter.to_check}处"] if letter.to_check else []
    return "、".join(parts) or "有几处供参考"


def _table_name(letter: Letter, catalog: Catalog) -> str:
    return f"{catalog.title}{f'（{escape_controls(letter.period)}）' if letter.period else ''}"


def _by_when(letter: Letter, what: str) -> str:
    return f"请于{chinese_date(letter.deadline)}前{what}"


def _amend(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    files = f"（文件名：{'、'.join(map(_named, letter.files))}）" if letter.files else ""
    yield Body(
        f"你单位报送的{_table_name(letter, catalog)}{files}收悉。经审核，{_counts(letter)}，现予退回。具体意见如下："
    )
    yield Table(
        ("编号", "任务", "问题", "怎样改", "位置"),
        (9, 18, 34, 27, 12),
        tuple((row.task, _excerpt(row, catalog), row.problem, row.remedy or "—", row.place) for row in letter.rows),
        frozenset({0, 4}),
    )
    if letter.copy:
        yield Body(f"以上意见也已逐处标注在随附的《{escape_controls(letter.copy)}》中，可以直接在该文件里修改。")
    for item in letter.unusable:
        yield Body(f"另外收到的{_named(item.name)}不能使用：{_clause(item.problem)}。{_clause(item.remedy)}。")
    yield Body(f"{_by_when(letter, '将改好的表重新报送我单位')}。一个单位只报送一份。")


def _excerpt(row: Row, catalog: Catalog) -> str:
    task = catalog.tasks.get(row.about or "")
    if task is None:
        return "—"
    return task.text if len(task.text) <= TASK_EXCERPT + 2 else f"{task.text[:TASK_EXCERPT]}……"


def _unread(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    what = "下列文件" if len(letter.unusable) > 1 else "下面的文件"
    yield Body(f"你单位报送的{what}已收到，但不能读取，其中的内容无法采用：")
    yield Table(
        ("收到的文件", "不能使用的原因", "请这样报送"),
        (30, 36, 34),
        tuple((escape_controls(file_name(item.name)), item.problem, item.remedy or "—") for item in letter.unusable),
    )
    yield Body(
        f"{_by_when(letter, f'重新报送{_table_name(letter, catalog)}')}。"
        "请报送可以编辑的 Word 文档（.docx）或 Excel 工作簿（.xlsx），不要报送照片、扫描件、PDF 和加了密码的文件。"
    )


def _several(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    yield Body(f"你单位报送的{_table_name(letter, catalog)}共收到{len(letter.files)}份：")
    for number, name in enumerate(letter.files, start=1):
        yield Body(f"{number}. {_named(name)}")
    yield Body(f"{_difference(letter, named=True)}。")
    for item in letter.unusable:
        yield Body(f"另外收到的{_named(item.name)}不能使用：{_clause(item.problem)}。{_clause(item.remedy)}。")
    yield Body(f"{_by_when(letter, '确认以哪一份为准并告知我单位，或者重新报送一份完整的表')}。一个单位只报送一份。")


def _difference(letter: Letter, *, named: bool = False) -> str:
    if letter.differ is None:
        return "各份的内容没有逐项比对"
    if not letter.differ:
        return "各份内容相同，留一份即可"
    listed = "、".join(letter.differ[:_TASKS_LIMIT])
    more = "等" if len(letter.differ) > _TASKS_LIMIT else ""
    return f"其中{len(letter.differ)}项任务的内容不一致{f'：{listed}{more}' if named else ''}"


def _reminder(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    yield Body(f"截至目前，尚未收到你单位报送的{_table_name(letter, catalog)}。")
    yield Body(
        f"请抓紧填写，{_by_when(letter, '报送我单位').removeprefix('请')}。"
        "与本单位无关的任务，填写“不涉及”并写明理由，不要空着；已经报送的，请告知报送的时间和方式，以便查找。"
    )


def _clause(text: str) -> str:
    """Return a text without a full stop at its end."""
    return re.sub("[。；]+$", "", text)


def numbered_names(names: Sequence[str]) -> list[str]:
    """Return the names of files, those that occur several times with their number."""
    counts: dict[str, int] = {}
    found: list[str] = []
    for name in map(file_name, names):
        counts[name] = counts.get(name, 0) + 1
        found.append(name if counts[name] == 1 else f"{name}（第{counts[name]}份）")
    return found


def guide(letter: Letter, general: Sequence[Row]) -> list[tuple[str, str]]:
    """Return heading and text of each line of the first sheet of a marked workbook.

    Args:
        letter: the letter that goes with it.
        general: what is said about the file as a whole.
    """
    lines = [
        (
            "这是什么",
            f"{escape_controls(letter.unit)}报送的表，文字没有改动。审核的意见写在格子的批注里，请改好后重新报送。",
        ),
        (
            "看哪里",
            "下一张表“落实情况”里涂了颜色的格：红色的请改正，黄色的请核对，蓝色的供参考。鼠标移到格上就显示批注。",
        ),
        ("怎样改", "直接在格里改。分段按 Alt+Enter。批注和颜色不用删，不影响报送；不要增删行和列，不要改表头。"),
        ("报送", f"存为 .xlsx，{_by_when(letter, '报送')}。一个单位只报一份。"),
        ("联系人", f"{letter.contact or _BLANK_NAME}　电话：{letter.phone or _BLANK_NAME}"),
    ]
    heads = ["整份表", *[""] * len(general)]
    return [
        *lines,
        *((head, f"{row.problem}　怎样改：{row.remedy}") for head, row in zip(heads, general, strict=False)),
    ]
