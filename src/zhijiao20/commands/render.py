"""``render``: merge the units and write the submission."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.commands.headings import check_heading
from zhijiao20.commands.open_form import OFFICIAL, FormChoice, open_form_choice
from zhijiao20.commands.validate import new_merging
from zhijiao20.core.display import path_text, quote
from zhijiao20.core.findings import Collector, Finding, Report
from zhijiao20.core.rule_table import INCOMPLETE, RULES, Severity
from zhijiao20.core.settings import DEFAULT, Settings, is_unsuppressible
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.system.atomic_write import FileContent, as_bytes, write_whole
from zhijiao20.system.discovery import find_files
from zhijiao20.system.resources import load_catalog, official_form

if TYPE_CHECKING:
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


def render(
    paths: Sequence[Path],
    output: Path,
    *,
    form: FormChoice = OFFICIAL,
    allow_incomplete: bool = False,
    unit: str | None = None,
    period: str | None = None,
    pdf: bool = False,
    settings: Settings = DEFAULT,
    options: RunOptions = SERIAL,
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
        options: workers, cache and progress.

    Raises:
        UsageError: wrong paths, a form that does not exist, an output that cannot be written, or a PDF is wanted and
            LibreOffice is missing.
    """
    from zhijiao20.formats.docx.fill import fill_into

    check_heading(unit or "", period or "")
    found = find_files(paths, KNOWN_SUFFIXES, output)
    opened, faults = open_form_choice(form, output)
    merging = new_merging()
    review = review_files(found, for_render(settings), options, merging)
    merged = merging.finish()
    review.store.add_cross_unit(settings.chosen(merged.findings))
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

    out = Collector(path_text(choice.template or Path()))
    for label, there in without_place(opened, unit, period):
        why = f"那里已经写着{quote(there)}" if there else f"表样上方没有“{label}：”这一行"
        out.add("ZJ020", f"“{label}”没有写进去：{why}", f"在表样的表格上方留出“{label}：”，或在生成的文件里补写")
    return out.findings


def _write(document: FileContent, output: Path, *, pdf: bool) -> None:
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


_ALWAYS = ("ZJ0", "ZJ1", "ZJ2")


def for_render(settings: Settings = DEFAULT) -> Settings:
    """What a render looks for: the families ZJ0 to ZJ2, and every rule that weighs as an error.

    Warnings on the content are for validate: they stop nothing, and a render is not to take longer for them.  Nothing
    that a user chose lets a firm error through or makes it lighter.
    """
    chosen = [
        code
        for code in RULES
        if is_unsuppressible(code)
        or (settings.wants(code) and (code.startswith(_ALWAYS) or settings.weight(code) is Severity.ERROR))
    ]
    weights = {code: weight for code, weight in settings.severity.items() if not is_unsuppressible(code)}
    exceptions = {
        unit: tuple(code for code in RULES if code.startswith(prefixes) and not is_unsuppressible(code))
        for unit, prefixes in settings.exceptions.items()
    }
    return replace(settings, select=tuple(chosen), ignore=(), severity=weights, exceptions=exceptions)
