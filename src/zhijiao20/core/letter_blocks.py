"""Say in blocks what a letter to a unit says: what was received, what to amend, by when.  No I/O.

How the blocks are typeset is decided where they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.feedback import Row, file_name
from zhijiao20.core.fields import STATUS
from zhijiao20.core.letter import BLANK_NAME, Kind, Letter, by_when, counts, difference, named

TASK_EXCERPT = 14
"""Characters of the wording of a task that a table of a letter shows."""


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
    yield Body(f"联系人：{letter.contact or BLANK_NAME}　　电话：{letter.phone or BLANK_NAME}")
    if letter.office:
        yield Signature(letter.office, "　　　　年　　月　　日")


def _table_name(letter: Letter, catalog: Catalog, files: Sequence[str] = ()) -> str:
    """Return what the table is called, with its period and the names of its files in brackets."""
    names = f"文件名{'、'.join(map(named, files))}" if files else ""
    detail = "，".join(part for part in (escape_controls(letter.period), names) if part)
    return f"{catalog.title}{f'（{detail}）' if detail else ''}"


def _amend(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    received = f"你单位报送的{_table_name(letter, catalog, letter.files)}收悉。"
    yield Body(f"{received}经审核，{counts(letter)}，现予退回。具体意见如下：")
    yield Table(
        ("编号", "任务", "问题", "怎样改", "位置"),
        (9, 20, 32, 25, 14),
        tuple((row.task, _excerpt(row, catalog), row.problem, row.remedy or "—", row.place) for row in letter.rows),
        frozenset({0, 4}),
    )
    if letter.copy:
        yield Body(f"以上意见也已逐处标注在随附的《{escape_controls(letter.copy)}》中，可以直接在该文件里修改。")
    yield from _others(letter)
    yield Body(f"{by_when(letter, '将改好的表重新报送我单位')}。一个单位只报送一份。")


def _others(letter: Letter) -> Iterator[Block]:
    """Yield what is said about the files that came besides those that were read."""
    for item in letter.unusable:
        if item.beside:
            yield Body(f"另外收到的{named(item.name)}没有审核：{_clause(item.problem)}。")
        else:
            yield Body(f"另外收到的{named(item.name)}不能使用：{_clause(item.problem)}。{_clause(item.remedy)}。")


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
        f"{by_when(letter, f'重新报送{_table_name(letter, catalog)}')}。"
        "请报送可以编辑的 Word 文档（.docx）或 Excel 工作簿（.xlsx），不要报送照片、扫描件、PDF 和加了密码的文件。"
    )


def _several(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    if len(letter.files) > 1:
        yield Body(f"你单位报送的{_table_name(letter, catalog)}共收到{len(letter.files)}份：")
        for number, name in enumerate(letter.files, start=1):
            yield Body(f"{number}. {named(name)}")
        yield Body(f"{difference(letter, [*catalog.tasks])}。")
    elif letter.differ is None:
        yield Body(f"你单位报送的{_table_name(letter, catalog, letter.files)}收悉。")
    else:
        yield Body(
            f"你单位报送的{_table_name(letter, catalog, letter.files)}收悉，你单位的内容不止一份，"
            f"{difference(letter, [*catalog.tasks])}。"
        )
    yield from _others(letter)
    yield Body(f"{by_when(letter, '确认以哪一份为准并告知我单位，或者重新报送一份完整的表')}。一个单位只报送一份。")


def _reminder(letter: Letter, catalog: Catalog) -> Iterator[Block]:
    yield Body(f"截至目前，尚未收到你单位报送的{_table_name(letter, catalog)}。")
    yield Body(
        f"请抓紧填写，{by_when(letter, '报送我单位').removeprefix('请')}。"
        "与本单位无关的任务，填写“不涉及”并写明理由，不要空着；已经报送的，请告知报送的时间和方式，以便查找。"
    )


def _clause(text: str) -> str:
    """Return a text without a full stop at its end."""
    return re.sub("[。；]+$", "", text)
