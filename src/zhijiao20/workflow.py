"""The use cases: scaffold, check, render.  The only place where rooms are wired together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.display import as_text, quote, shown, visible
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.findings import Collector, Finding, Place, Report
from zhijiao20.core.rule_table import INCOMPLETE, SEVERITY_NAMES, Severity
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.reviewing import ALONE, Means, for_render, review_files
from zhijiao20.scaffold import check_heading
from zhijiao20.system.atomic_write import Content, as_bytes, write_whole
from zhijiao20.system.discovery import find_files, same_file
from zhijiao20.system.read_file import read_bytes
from zhijiao20.system.resources import load_catalog, official_form

if TYPE_CHECKING:
    from zhijiao20.core.merge import Merged, Merging
    from zhijiao20.formats.docx.fill import Form


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a render came to.

    Attributes:
        report: every finding, of reading and of merging.
        stopped: the errors because of which nothing was written; none where the document was written.
        gaps: how many cells stay empty because a task is missing or empty.
        units: the units in the document, in order.
    """

    report: Report
    stopped: Collection[Finding]
    gaps: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormChoice:
    """Which form to fill: another one, or the built-in one upright or landscape."""

    template: Path | None = None
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """A task in a form that was looked through.

    Attributes:
        task: the task's id.
        state: ``found``, ``missing``, ``doubled`` or ``reworded``.
        rows: where it stands.
        changed: what was changed in its wording.
    """

    task: str
    state: str
    rows: tuple[str, ...] = ()
    changed: str = ""


def check(
    paths: Sequence[Path],
    annotated: Path | None = None,
    settings: Settings = DEFAULT,
    means: Means = ALONE,
) -> Report:
    """Review every status file that the paths stand for.

    Args:
        paths: the status files and folders.
        annotated: a Word file to write: the merged form with every chosen finding as a comment on its cell.
        settings: which rules are wanted, and how much each weighs.
        means: how to go about it.

    Raises:
        UsageError: a path does not exist, a folder has no status file, or the output cannot be written.
    """
    found = find_files(paths, KNOWN_SUFFIXES, annotated)
    merging = None if annotated is None else _merging()
    report = review_files(found, settings, means, merging).report()
    if annotated is not None and merging is not None:
        _annotate(report, merging.finish(), annotated)
    return report


def _merging() -> Merging:
    from zhijiao20.core.merge import Merging
    from zhijiao20.reviewing.spool import TextShelves

    return Merging(load_catalog(), TextShelves())


def _annotate(report: Report, merged: Merged, output: Path) -> None:
    from zhijiao20.formats.docx.fill import fill, open_form
    from zhijiao20.output.annotated_form import annotate

    catalog = load_catalog()
    data = fill(open_form(official_form(), catalog, own=True), merged.cells, unit="、".join(merged.units[:1]))
    write_whole(output, annotate(data, catalog, [(finding.task, _note(finding)) for finding in report.findings]))


def _note(finding: Finding) -> str:
    """A finding as a comment says it: for whom, what, and what to do."""
    head = f"{SEVERITY_NAMES[finding.severity]} {finding.rule.code}　{finding.unit or finding.file}"
    return visible(head) + "\n" + visible(finding.message) + "\n" + visible(finding.hint)


def render(
    paths: Sequence[Path],
    output: Path,
    *,
    form: FormChoice = FormChoice(),
    allow_incomplete: bool = False,
    unit: str | None = None,
    period: str | None = None,
    pdf: bool = False,
    settings: Settings = DEFAULT,
    means: Means = ALONE,
) -> Outcome:
    """Merge the units and write the submission; with error findings nothing is written.

    Args:
        paths: the status files and folders.
        output: the file to write: Word, or PDF where it is named ``.pdf``.
        form: which form to fill.
        allow_incomplete: let missing and empty tasks, and nothing else, through as empty cells.
        unit: the 汇总单位; where there is one unit only, that one.
        period: the 报告期; else the one that all units give.
        pdf: write a PDF beside the Word file.
        settings: what the project chose; no error of ZJ0 to ZJ2 is let through by it.
        means: how to go about the review.

    Raises:
        UsageError: wrong paths, a form that does not exist, an output that cannot be written, or a PDF is wanted and
            LibreOffice is missing.
    """
    from zhijiao20.formats.docx.fill import fill_into

    check_heading(unit or "", period or "")
    found = find_files(paths, KNOWN_SUFFIXES, output)
    opened, faults = _open(form, output)
    merging = _merging()
    review = review_files(found, for_render(settings), means, merging)
    merged = merging.finish()
    review.spool.behind(settings.chosen(merged.findings))
    report = review.report(faults)
    let_through = INCOMPLETE if allow_incomplete else frozenset()
    stopped = report.only(lambda rule: rule.severity is Severity.ERROR and rule.code not in let_through)
    if opened is not None and not stopped:
        heading = unit or (merged.units[0] if len(merged.units) == 1 else "")
        agreed = period or (merged.periods[0] if len(merged.periods) == 1 else "")
        report = review.report([*_without_place(opened, unit or "", period or "", form), *faults])
        _write(partial(fill_into, opened, merged.cells, unit=heading, period=agreed), output, pdf=pdf)
    return Outcome(report, stopped, report.count(Severity.ERROR) - len(stopped), merged.units)


def _without_place(opened: Form, unit: str, period: str, choice: FormChoice) -> list[Finding]:
    """A warning for what was asked to stand above the table and cannot."""
    from zhijiao20.formats.docx.fill import without_place

    out = Collector(as_text(choice.template or Path()))
    for label, there in without_place(opened, unit, period):
        why = f"那里已经写着{quote(there)}" if there else f"表样上方没有“{label}：”这一行"
        out.add("ZJ020", f"“{label}”没有写进去：{why}", f"在表样的表格上方留出“{label}：”，或在生成的文件里补写")
    return out.findings


def _write(document: Content, output: Path, *, pdf: bool) -> None:
    """Write a document as Word, as PDF, or as both; the PDF is made before anything is written."""
    only_pdf = output.suffix.lower() == ".pdf"
    if not (pdf or only_pdf):
        write_whole(output, document)
        return
    from zhijiao20.system.libreoffice import to_pdf

    data = as_bytes(document)
    printed = to_pdf(data)
    if not only_pdf:
        write_whole(output, data)
    write_whole(output if only_pdf else output.with_suffix(".pdf"), printed)


def check_form(path: Path) -> tuple[list[FormRow], Report]:
    """Look through a form before it is filled: where every task's row is, and what keeps it from being filled.

    Raises:
        UsageError: the path does not exist.
    """
    opened, findings = _open(FormChoice(path), None)
    rows: list[FormRow] = []
    if opened is not None:
        located = opened.located
        reworded = {task: (row.label, changed) for task, (row, changed) in located.reworded.items()}
        for task in load_catalog().tasks:
            if task in located.rows:
                labels = [located.rows[task].label, *(row.label for row in located.doubled.get(task, []))]
                rows.append(FormRow(task, "found" if len(labels) == 1 else "doubled", tuple(labels)))
            elif task in reworded:
                label, changed = reworded[task]
                rows.append(FormRow(task, "reworded", (label,), changed))
            else:
                rows.append(FormRow(task, "missing"))
    return rows, Report(1, 0, tuple(findings))


def render_blank(output: Path, *, landscape: bool = False, pdf: bool = False, unit: str = "", period: str = "") -> None:
    """Write the empty official form, exactly the official table; with 单位 and 报告期 above it where they are given.

    Raises:
        UsageError: 单位 or 报告期 cannot be written, or the output cannot.
    """
    check_heading(unit, period)
    form = official_form(landscape=landscape)
    if unit or period:
        from zhijiao20.formats.docx.fill import fill, open_form

        form = fill(open_form(form, load_catalog(), own=True), {}, unit=unit, period=period)
    _write(form, output, pdf=pdf)


def _open(choice: FormChoice, output: Path | None) -> tuple[Form | None, list[Finding]]:
    """The form to fill, and what is to be said of it; None where it cannot be used."""
    from zhijiao20.formats.docx.errors import FormError
    from zhijiao20.formats.docx.fill import open_form, problems, replaced

    catalog, template = load_catalog(), choice.template
    if template is None:
        return open_form(official_form(landscape=choice.landscape), catalog, own=True), []
    if not template.exists():
        raise UsageError(f"表样不存在：{shown(template)}。请核对文件名")
    if output is not None and same_file(template, output):
        raise UsageError(f"输出文件同时是表样：{shown(output)}。请用 -o 换一个文件名")
    out = Collector(as_text(template))
    try:
        form = open_form(read_bytes(template), catalog, own=False)
    except (UnreadableError, FormError) as error:
        out.add("ZJ008", f"表样不能用：{error.message}", error.hint)
        return None, out.findings
    for label, task, message in problems(form, catalog):
        hint = "请改用原来的官方表样，或把这一行改回原文"
        out.add("ZJ008", message, hint, place=Place(cell=label or None), task=task)
    for label, task, text in replaced(form):
        hint = "原来的文字还在表样里；要保留的，请写进填报文件"
        out.add("ZJ012", f"表样这一格原有的文字不再保留：{quote(text)}", hint, place=Place(cell=label), task=task)
    return form, out.findings
