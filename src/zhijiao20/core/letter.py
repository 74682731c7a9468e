"""Data model of the letters to units, and what is said of them in a sentence or in a workbook.  No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from zhijiao20.core.deadline import show_date
from zhijiao20.core.display import escape_controls
from zhijiao20.core.feedback import Row, file_name, with_ranges

BLANK_NAME, BLANK_DATE = "＿＿＿＿＿＿", "　　月　　日"
"""What is filled in by hand where it is not known."""


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
        beside: whether it can hold no table, such as a scan, and need not be sent again if a table was read.
    """

    name: str
    problem: str
    remedy: str
    beside: bool = False


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
        differ: of several files: the tasks in which they differ; None where only one could be read.
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


def _date(day: date | None) -> str:
    """Return a date as official documents write it, or a blank."""
    return BLANK_DATE if day is None else show_date(day)


def sentence(letter: Letter) -> str:
    """Return one sentence to the unit, to be pasted into a chat."""
    what, please = {Kind.AMEND: _amend, Kind.UNREAD: _unread, Kind.SEVERAL: _several, Kind.REMINDER: _reminder}[
        letter.kind
    ](letter)
    until = f"请于{_date(letter.deadline)}前" if letter.deadline else "请尽快"
    return f"{letter.unit}：{what}，{until}{please}。"


def _amend(letter: Letter) -> tuple[str, str]:
    """Return what has come of a file, and what is asked for."""
    copied = "和标了批注的表" if letter.copy else ""
    return f"职教20条落实情况表已退回：{counts(letter)}，详见退回意见{copied}", "改好后重新报送"


def _unread(letter: Letter) -> tuple[str, str]:
    return f"{_names(letter)}读不了（{letter.unusable[0].problem}）", "重新报送"


def _several(letter: Letter) -> tuple[str, str]:
    if letter.differ is None:
        return f"收到的{named(letter.files[0])}可以用，{_names(letter)}读不了", "确认以哪一份为准"
    return f"收到{max(2, len(letter.files))}份表，{difference(letter)}", "确认以哪一份为准"


def _reminder(_letter: Letter) -> tuple[str, str]:
    return "还没有收到职教20条落实情况表", "报送"


def _names(letter: Letter) -> str:
    """Return the names of the files that cannot be read."""
    names = "、".join(named(item.name) for item in letter.unusable[:3])
    return f"{names}等{len(letter.unusable)}个文件" if len(letter.unusable) > 3 else names


def named(name: str) -> str:
    """Return the name of a file as a text shows it, without folders."""
    return f"《{escape_controls(file_name(name))}》"


def counts(letter: Letter) -> str:
    """Return how many places are to be amended and to be checked."""
    parts = [f"需要改正{letter.to_amend}处"] if letter.to_amend else []
    parts += [f"需要核对{letter.to_check}处"] if letter.to_check else []
    return "、".join(parts) or "有几处供参考"


def by_when(letter: Letter, what: str) -> str:
    """Return the request to do something by the deadline."""
    return f"请于{_date(letter.deadline)}前{what}"


def difference(letter: Letter, order: Sequence[str] = ()) -> str:
    """Return how several files differ.

    Args:
        letter: the letter about them.
        order: the official tasks in order, if those that differ are to be listed.
    """
    differ = letter.differ or ()
    if not differ:
        return "各份内容相同，留一份即可"
    listed = with_ranges("、".join(differ), order)
    return f"其中{len(differ)}项任务的内容不一致{f'：{listed}' if order else ''}"


def numbered_names(names: Sequence[str]) -> list[str]:
    """Return the names of files, those that occur several times with their number."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for name in map(file_name, names):
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}（第{seen[name]}份）")
    return found


def guide(letter: Letter, general: Sequence[Row]) -> list[tuple[str, str]]:
    """Return heading and text of each line of the first sheet of a marked workbook.

    Args:
        letter: the letter that goes with it.
        general: what is said about the file as a whole.
    """
    lines = [
        ("这是什么", f"{escape_controls(letter.unit)}报送的表，文字没有改动。意见写在格子的批注里，请改好后重新报送。"),
        (
            "看哪里",
            "下一张表“落实情况”里涂了颜色的格：红色的请改正，黄色的请核对，蓝色的供参考。鼠标移到格上就显示批注。",
        ),
        ("怎样改", "直接在格里改。分段按 Alt+Enter。批注和颜色不用删，不影响报送；不要增删行和列，不要改表头。"),
        ("报送", f"存为 .xlsx，{by_when(letter, '报送')}。一个单位只报一份。"),
        ("联系人", f"{letter.contact or BLANK_NAME}　电话：{letter.phone or BLANK_NAME}"),
    ]
    heads = ["整份表", *[""] * len(general)]
    return [*lines, *((head, _line(row)) for head, row in zip(heads, general, strict=False))]


def _line(row: Row) -> str:
    return f"{row.problem}　怎样改：{row.remedy}" if row.remedy else row.problem
