"""Say findings to the unit that sent a file: what is wrong and what to do, without the words of the office.  No I/O.

Findings are worded for those who run this program.  A unit has only Word or Excel: what speaks of this program is left
out, files are called by their names without folders, and no text, file or person of another unit is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.fields import PROGRESS, STATUS
from zhijiao20.core.findings import Finding
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.rule_table import BLANK_FORM, Severity

LEADS = {Severity.ERROR: "请改正：", Severity.WARNING: "请核对：", Severity.INFO: "供参考："}
"""What a note begins with, by severity."""

_OWN_NOTE = lazy_regex(rf"\s*(?:1\. )?(?:{'|'.join(LEADS.values())})")
_NOT_FOR_UNITS = frozenset({"ZJ023", "ZJ107", "ZJ119", "ZJ604"})
# How a file was read, several files, 豁免 and the merged table: said otherwise, or the office's business.
_OF_PROGRESS = frozenset({"ZJ105", "ZJ112"})
EMPTY, MISSING = EACH_TASK = "ZJ201", "ZJ202"
"""The rules that a letter says once for all tasks if there are many."""

_ORDER = {severity: index for index, severity in enumerate(Severity)}

# Of findings between units: the path of the other unit's file, and the unit that gave most words of a comparison.
_OTHER_FILE = lazy_regex(r"(“[^”]{0,200}”)（.{0,600}?）(?=雷同，|，没有提到“|：[0-9])")
_EXAMPLE_UNIT = lazy_regex(r"（如 [^（）]*）\Z")
_TASK_LIST = lazy_regex(r"(?<![0-9.、])[0-9]{1,2}\.[0-9]{1,2}(?:、[0-9]{1,2}\.[0-9]{1,2}){3,}(?![0-9.])")
_TEMPLATE = lazy_regex(r" ?zhijiao20 init(?: 或 render --blank)? 生成的(?:表|文件)")
_OFFICE_CLAUSE = lazy_regex("zhijiao20|--[a-z]|豁免|移走|移出|重发|名册")
_REWORDED = (
    ("是填报文件的，", ""),
    ("请向填报单位要回", "请报送"),
    ("请向填报单位要", "请报送"),
    ("或向填报单位要回原件", "或报送原件"),
    ("名册里的全称", "单位全称"),
    ("请对方把", "请把"),
    ("请先解压，再把解压出来的文件夹交给程序", "请解压后直接报送里面的文件"),
    ("请解压后分成几个文件夹，逐个交给程序", "请解压后直接报送里面的文件"),
    ("请用密码解压，再把解压出来的文件夹交给程序", "请去掉密码，直接报送里面的文件"),
    ("请核对文件来源", "请用下发的空表填写"),
    ("请它移到", "请移到"),
    ("请它在", "请在"),
)
_SAID_OTHERWISE = (
    ("程序不认识的内容", "不能识别的内容"),
    ("项按名册不归它填，写了文字，照样保留", "项不由你单位填写，却写了文字"),
    ("按文件名认作名册里的", "按文件名认作"),
    ("已认作名册里的", "已认作"),
)
"""Words of messages that speak of this program or of the roster, and what a unit reads instead."""

_FALLBACK = "请核对原件后改正"


@dataclass(frozen=True, slots=True)
class Remark:
    """What to say about one place of a file.

    Attributes:
        severity: how much weight it has.
        task: the task; None for the file as a whole.
        place: where it is in the file, as a reader of it says.
        row: the row of the Word table as messages show it, or the cell of the sheet; empty if there is none.
        problem: what is wrong.
        remedy: what to do.
        column: the column of a sheet that it is about.
    """

    severity: Severity
    task: str | None
    place: str
    row: str
    problem: str
    remedy: str
    column: str = STATUS

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of a note."""
        return (f"{LEADS[self.severity]}{self.problem}", *([f"怎样改：{self.remedy}"] if self.remedy else []))


def is_own_note(text: str) -> bool:
    """Check whether the text of a comment is a note that a returned file was marked with."""
    return _OWN_NOTE.match(text) is not None


def is_for_units(finding: Finding) -> bool:
    """Check whether a finding is for the unit that sent the file."""
    return finding.rule.code not in _NOT_FOR_UNITS


def remarks(findings: Iterable[Finding], order: Sequence[str]) -> list[Remark]:
    """Return what to say about findings of one unit: by weight, then in official order.

    Args:
        findings: the findings.
        order: the official tasks in order.
    """
    position = {task: index for index, task in enumerate(order)}
    chosen = [item for item in findings if is_for_units(item)]
    if any(item.rule.code == BLANK_FORM for item in chosen):
        chosen = [item for item in chosen if item.rule.code not in EACH_TASK]
    return sorted(map(remark, chosen), key=lambda item: (_ORDER[item.severity], position.get(item.task or "", -1)))


def remark(finding: Finding) -> Remark:
    """Return what to say about a finding."""
    place = finding.place
    where = place.cell or (f"第{place.line}行" if place.line else "")
    if finding.rule.code == MISSING:  # the place of the list that lacks the task
        where = ""
    problem = plain_name(finding.message, finding.file)
    if finding.rule.code.startswith("ZJ6"):
        problem = _OTHER_FILE.sub(r"\1", problem)
    if finding.rule.code == "ZJ111":
        problem = _EXAMPLE_UNIT.sub("", problem)
    for old, new in _SAID_OTHERWISE:
        problem = problem.replace(old, new)
    problem = escape_controls(problem)
    column = PROGRESS if finding.rule.code in _OF_PROGRESS else STATUS
    return Remark(finding.severity, finding.task, where, place.cell or "", problem, for_unit(finding.hint), column)


def plain_name(text: str, file: str) -> str:
    """Return a text with a file's own path replaced by its name."""
    name = file_name(file)
    return text.replace(file, name) if file and name != file else text


def file_name(path: str) -> str:
    """Return the name of a file without folders; a member of an archive is called 甲.zip!附表2.docx."""
    archive, mark, member = path.partition("!")
    name = re.split(r"[/\\]", archive)[-1]
    inner = re.split(r"[/\\]", member)[-1]
    return escape_controls(f"{name}{mark}{inner}")


def for_unit(hint: str) -> str:
    """Return a hint without the clauses that are meant for the office."""
    text = _TEMPLATE.sub("下发的空表", hint)
    for old, new in _REWORDED:
        text = text.replace(old, new)
    if _OFFICE_CLAUSE.search(text):
        text = "".join(map(_without_office, re.split("(?<=[；。])", text))).rstrip("；，")
    return escape_controls(text or (_FALLBACK if hint else ""))


def _without_office(sentence: str) -> str:
    """Return a sentence without the clauses for the office, and without a condition of which nothing is left."""
    clauses = re.split("(?<=，)", sentence)
    kept = [clause for clause in clauses if not _OFFICE_CLAUSE.search(clause)]
    if len(kept) < len(clauses) and kept and kept[-1].endswith("的，"):
        kept.pop()
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of a letter: one remark, or one for many tasks.

    Attributes:
        task: the task, or the first one and how many there are; a dash for the file as a whole.
        about: the task whose wording is shown; None for none.
        problem: what is wrong.
        remedy: what to do.
        place: where it is.
    """

    task: str
    about: str | None
    problem: str
    remedy: str
    place: str


COMBINED_FROM = 6
"""The number of empty or missing tasks from which a letter says them in one row."""


def rows(found: Iterable[Remark], catalog: Catalog) -> list[Row]:
    """Return the rows of a letter; what is to be checked, not amended, says so.

    The table shows task and wording in columns of their own: they are not said again.
    """
    return [_row(item, catalog) for item in found]


def _row(item: Remark, catalog: Catalog) -> Row:
    lead = LEADS[item.severity] if item.severity is Severity.WARNING else ""
    problem, remedy = (with_ranges(text, [*catalog.tasks]) for text in (item.problem, item.remedy))
    if (task := catalog.tasks.get(item.task or "")) is not None:
        wording = task.text
        problem = (
            problem.removesuffix(f"：{wording}").removeprefix(f"任务 {item.task} 的").removesuffix(f" {item.task}")
        )
        remedy = remedy.replace(f"。任务原文：{wording}", "")
    return Row(item.task or "—", item.task, f"{lead}{problem}", remedy, item.place or "—")


def with_ranges(text: str, order: Sequence[str]) -> str:
    """Return a text in which consecutive tasks of a list are said as a range: 1.1至1.4、2.3.

    Args:
        text: the text.
        order: the official tasks in order.
    """
    position = {task: index for index, task in enumerate(order)}

    def shorten(match: re.Match[str]) -> str:
        tasks = match[0].split("、")
        if not all(task in position for task in tasks):
            return match[0]
        groups: list[list[str]] = []
        for task in sorted(tasks, key=position.__getitem__):
            if groups and position[task] == position[groups[-1][-1]] + 1:
                groups[-1].append(task)
            else:
                groups.append([task])
        said = (f"{group[0]}至{group[-1]}" if len(group) > 2 else "、".join(group) for group in groups)
        return "、".join(said)

    return _TASK_LIST.sub(shorten, text)


def combined(
    findings: Iterable[Finding], order: Sequence[str], codes: Collection[str] = EACH_TASK
) -> tuple[list[Finding], list[Row]]:
    """Take out the findings on empty and missing tasks if they are many; return the others, and a row for each kind."""
    others: list[Finding] = []
    by_code: dict[str, list[Finding]] = {}
    for item in findings:
        (by_code.setdefault(item.rule.code, []) if item.rule.code in codes else others).append(item)
    made: list[Row] = []
    for code, items in by_code.items():
        if len(items) < COMBINED_FROM:
            others += items
            continue
        tasks = [item.task or "" for item in items]
        what = "没有填写落实情况" if code == EMPTY else "表里没有列出"
        problem = with_ranges(f"有{len(items)}项任务{what}：{'、'.join(tasks)}", order)
        made.append(Row(f"{tasks[0]}等", None, problem, remark(items[0]).remedy, "—"))
    return others, made
