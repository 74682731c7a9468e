"""Assign the submissions of a file to the units of the roster: their names and duties, and what is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import quote
from zhijiao20.core.duties import show_tasks
from zhijiao20.core.findings import Collector, Finding, rename_units
from zhijiao20.core.identify import Directory, Identity, KnownBy
from zhijiao20.core.levels import bare_name
from zhijiao20.core.roster import RosterUnit
from zhijiao20.core.submission import Submission, is_not_applicable
from zhijiao20.rules.shared.unit_summary import Known

_HOW = {
    KnownBy.FOLDED: "只差空格、括号、引号或全角半角",
    KnownBy.ALIAS: "这是它的简称",
    KnownBy.PLACE: "差的是前面的地名",
}
_FULL_NAME = "建议写名册里的全称"


def assign(submissions: list[Submission], out: Collector, directory: Directory, catalog: Catalog) -> list[Known]:
    """Give submissions their names in the roster and their duties; return whose each of them is.

    Args:
        submissions: the submissions of one file, which are replaced.
        out: the findings of the file; those about a unit get its name in the roster.
        directory: the names of the roster.
        catalog: the official list.
    """
    known: list[Known] = []
    standing = [submission.duties or frozenset() for submission in submissions]
    renamed: dict[str, str] = {}
    for index, submission in enumerate(submissions):
        identity = _identify(submission, directory)
        if identity.unit is None:
            nearest = _report_nobody(submission, identity, directory, out)
            told_by = str(KnownBy.FILE_NAME) if submission.from_file_name else ""
            known.append(Known("", told_by, submission.unit, nearest))
            continue
        label = directory.roster.label(identity.unit)
        renamed[submission.unit] = label
        _report_known(submission, identity, label, out)
        duties = frozenset(identity.unit.tasks) if len(identity.unit.tasks) < len(catalog.tasks) else None
        superior = submission.superior if label == identity.unit.name else identity.unit.superior
        changed = replace(submission, unit=label, duties=duties, superior=superior)
        _report_outside(changed, catalog, out)
        submissions[index] = changed
        known.append(Known(label, str(identity.known_by), submission.unit))
    if submissions[0].from_merged:
        _narrow_to_table(submissions, standing)
    rename_units(out.findings, {name: label for name, label in renamed.items() if name != label})
    return known


def _narrow_to_table(submissions: list[Submission], standing: Sequence[frozenset[str]]) -> None:
    """Ask of the units of a merged table only the tasks in which they stand, of the first one what is empty in it.

    Args:
        submissions: the units with the duties of the roster, which are replaced.
        standing: the tasks that were asked of each of them before; what is empty in the table is asked of the first.
    """
    first = submissions[0]
    gaps = {task for task in standing[0] if task not in first.entries or first.entries[task].blank}
    theirs = {task for task in gaps if any(item.answers_for(task) for item in submissions)}
    for index, (own, item) in enumerate(zip(standing, submissions, strict=True)):
        asked = own if item.duties is None else own & item.duties
        submissions[index] = replace(item, duties=asked if index else asked - gaps | theirs)


def _identify(submission: Submission, directory: Directory) -> Identity:
    if submission.from_file_name:
        return directory.by_file(submission.file)
    name = bare_name(submission.unit, submission.superior)
    return directory.by_name(name, submission.file, submission.superior)


def _report_known(submission: Submission, identity: Identity, label: str, out: Collector) -> None:
    """Report how a unit was known, unless the file says its full name and no other unit has it."""
    out = out.with_limit(None).of_unit(label)
    written, place = quote(submission.unit), submission.place
    if identity.known_by is KnownBy.FILE_NAME:
        out.findings[:] = [finding for finding in out.findings if finding.rule.code != "ZJ113"]
        out.add("ZJ113", f"没有写单位，按文件名认作名册里的{quote(label)}", "在文件里写上单位全称", place=place)
    elif how := _HOW.get(identity.known_by or KnownBy.NAME):
        out.findings[:] = [  # how the name was read says less, and asks for another name
            finding for finding in out.findings if finding.rule.code != "ZJ120" or finding.unit != submission.unit
        ]
        out.add("ZJ120", f"单位{written}已认作名册里的{quote(label)}：{how}", _FULL_NAME, place=place)
    if identity.superior and not submission.superior:
        message = f"名册里有几个{quote(_name(identity.unit))}，按文件夹或文件名里的上级认作{quote(label)}"
        out.add("ZJ120", message, f"不放心的，请它在文件里把单位写成{quote(label)}", place=place)
    elif identity.without_superior:
        message = f"名册里有几个{quote(label)}，文件夹和文件名里没有写上级，认作没有上级的那一个"
        out.add("ZJ120", message, "是别的上级下面的，请在文件夹或文件名里写上它的上级", place=place)


def _name(unit: RosterUnit | None) -> str:
    return unit.name if unit else ""


def _report_nobody(submission: Submission, identity: Identity, directory: Directory, out: Collector) -> tuple[str, ...]:
    """Report a unit that is not in the roster, or may be several of it; return the names that are offered."""
    written = quote(submission.unit)
    hint = "在文件里写上名册里的全称；是名册漏了的，补进名册"
    if identity.fitting:
        names = tuple(map(directory.roster.label, identity.fitting))
        message = f"{written}可能是名册里的几个单位：{_listed(names)}"
        if len({unit.name for unit in identity.fitting}) == 1:
            hint = "在文件夹或文件名里写上它的上级"
    else:
        names = directory.nearest(submission.unit)
        message = f"名册里没有{written}" + (f"，名字相近的有：{_listed(names)}" if names else "")
    if submission.from_file_name:
        message = f"文件里没有写单位；{message}"
    out.with_limit(None).of_unit(submission.unit).add("ZJ711", message, hint, place=submission.place)
    return names[:_LISTED]


_LISTED = 5  # names that a message offers


def _listed(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _LISTED else ""
    return "、".join(map(quote, names[:_LISTED])) + more


def join_gaps(findings: list[Finding], begin: int) -> None:
    """Join what a unit that nobody knows has left out or empty in one finding: nothing says that these are its tasks.

    Args:
        findings: the findings of the file, which are changed.
        begin: where those of this unit begin.
    """
    own = findings[begin:]
    gaps = [finding for finding in own if finding.rule.code in _GAPS]
    if len(gaps) < 2:
        return
    message = f"{len(gaps)} 项缺少或没有填，不逐项列出：认不出是哪个单位，不知道归它填的是哪些"
    hint = "先照 ZJ711 那一条改好单位，再审核一遍，归它填的就逐项列出"
    joined = replace(gaps[0], task=None, message=message, hint=hint)
    findings[begin:] = [joined, *(finding for finding in own if finding.rule.code not in _GAPS)]


_GAPS = frozenset({"ZJ201", "ZJ202"})  # tasks left empty, and left out


def _report_outside(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Report the tasks outside the duties of a unit on which it gives a text; the texts are kept."""
    if submission.duties is None:
        return
    outside = [
        entry
        for entry in submission.entries.values()
        if entry.task not in submission.duties and not entry.blank and not is_not_applicable(entry)
    ]
    if outside:
        tasks = show_tasks([entry.task for entry in outside], catalog)
        message = f"{len(outside)} 项按名册不归它填，写了文字，照样保留：{tasks}"
        hint = "名册漏了的，补进名册；填错了地方的，请它移到相应的任务下"
        out.with_limit(None).of_unit(submission.unit).add("ZJ710", message, hint, place=outside[0].text_place)
