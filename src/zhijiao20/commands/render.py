"""The use case ``render``: merge the units and write the merged form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.commands.left_out import LeftOut, left_out, merge_in_order, order_of, superiors_of
from zhijiao20.commands.open_form import OFFICIAL, FormChoice, check_heading, open_form_choice
from zhijiao20.commands.render_files import DigestChoice, annex_outputs, new_digesting, outputs
from zhijiao20.commands.validate import new_merging
from zhijiao20.core.digest import By
from zhijiao20.core.digest_merge import Digesting
from zhijiao20.core.digest_result import Digest
from zhijiao20.core.display import quote
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import SUPERIOR
from zhijiao20.core.findings import Collector, Finding, Report
from zhijiao20.core.rule_table import BLANK_FORM, INCOMPLETE, RULES, Severity
from zhijiao20.core.settings import DEFAULT, Settings, is_unsuppressible
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.review.result_store import ReviewResult
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.system.discovery import find_files, load_catalog, official_form, path_text
from zhijiao20.system.write_together import write_together

if TYPE_CHECKING:
    from zhijiao20.core.merge import Merged, Merging
    from zhijiao20.core.round import UnitState
    from zhijiao20.formats.docx.fill import Form


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a render.

    Attributes:
        report: all findings: of the form, of the files and of merging.
        stopped: the errors that prevented writing; empty if the document was written.
        gaps: the number of cells left empty because a task is missing or empty.
        units: the merged units in order.
        blank: the units whose form is blank and was let through.
        left_out: the units of the roster that are not in the document.
        texts_left: whether a digest leaves out texts that are in no annex either.
    """

    report: Report
    stopped: Collection[Finding]
    gaps: int
    units: tuple[str, ...]
    blank: tuple[str, ...] = ()
    left_out: tuple[UnitState, ...] = ()
    texts_left: bool = False


def render(
    paths: Sequence[Path],
    output: Path,
    *,
    form: FormChoice = OFFICIAL,
    allow_incomplete: bool = False,
    without: Sequence[str] = (),
    allow_missing: bool = False,
    unit: str | None = None,
    period: str | None = None,
    pdf: bool = False,
    by: By | None = None,
    digest: DigestChoice | None = None,
    settings: Settings = DEFAULT,
    options: RunOptions = SERIAL,
) -> Outcome:
    """Merge the units and write the filled form; write nothing if there are errors.

    Args:
        paths: the status files and folders.
        output: the file to write: PDF if the suffix is ``.pdf``, otherwise Word.
        form: the form to fill.
        allow_incomplete: leave the cells of missing and empty tasks empty; other errors still prevent writing.
        without: the units of the roster to leave out, whatever they sent.
        allow_missing: leave out the units of the roster of which no text can stand in the document.
        unit: the 汇总单位; default: the unit, if there is only one.
        period: the 报告期; default: the period of the units, if they give only one.
        pdf: write a PDF in addition to the Word file.
        by: what groups the units: 上级 to put the units of one superior together; in a digest, to count each group.
        digest: write counts and the texts of the leading units instead of all texts; None for all texts.
        settings: the project's settings; they cannot suppress an error of ZJ0 to ZJ2.
        options: the run options: workers, cache and progress.

    Raises:
        UsageError: wrong paths, a form that does not exist, a 单位 or 报告期 that is not valid, an output that cannot
            be written, no unit has a 上级 or 类别 to group them by, or a PDF is requested and LibreOffice is missing.
    """
    from zhijiao20.formats.docx.fill import fill_into

    check_heading(unit or "", period or "")
    if options.roster is None and (without or allow_missing):
        raise UsageError("--without 和 --allow-missing 要有名册：请加 --roster 名册，或写进 zhijiao20.toml")
    annex = digest.annex if digest else None
    found = find_files(paths, KNOWN_SUFFIXES, [output, annex] if annex else output, options.exclude)
    opened_form, form_findings = open_form_choice(form, output, annex)
    merging = new_merging() if digest is None else new_digesting(options.roster)
    collecting = options.roster is not None
    review = review_files(found, for_render(settings), options, merging, collecting=collecting)
    out, merged = _merged(review, merging, options, without, by, allow_missing=allow_missing, annexed=annex is not None)
    if by is By.SUPERIOR and len(merged.units) > 1 and not any(merged.superiors):
        raise UsageError(_NO_SUPERIOR)
    if by is By.CATEGORY and isinstance(merged, Digest) and not any(member.category for member in merged.members):
        raise UsageError("--by 类别：名册没有写这些单位的类别。请写在“类别”一列，或去掉 --by")
    review.store.add_cross_unit(settings.chosen(merged.findings))
    first = [*form_findings, *out.findings]
    report = out.without(review.report(first))
    allowed = INCOMPLETE if allow_incomplete else frozenset()
    stopped = report.only(lambda rule: rule.severity is Severity.ERROR and rule.code not in allowed)
    texts_left = False
    if opened_form is not None and not stopped:
        heading_unit = unit or (merged.units[0] if len(merged.units) == 1 else "")
        heading_period = period or (merged.periods[0] if len(merged.periods) == 1 else "")
        unwritten = _unwritten_lines(opened_form, unit or "", period or "", form)
        report = out.without(review.report([*unwritten, *first]))
        document = partial(fill_into, opened_form, merged.cells, unit=heading_unit, period=heading_period)
        files = outputs(document, output, pdf=pdf)
        if isinstance(merged, Digest) and annex is not None:
            files += annex_outputs(merged, annex, output, heading_unit, heading_period, form, pdf=pdf)
        write_together(files)
        texts_left = isinstance(merged, Digest) and annex is None and merged.leaves_texts
    blank = tuple(
        finding.unit or "" for finding in report.only(lambda rule: rule.code == BLANK_FORM and rule.code in allowed)
    )
    gaps = report.count(Severity.ERROR) - len(stopped) + len(blank) * (len(load_catalog().tasks) - 1)
    return Outcome(report, stopped, gaps, merged.units, blank, out.units, texts_left)


def _merged(
    review: ReviewResult,
    merging: Merging | Digesting,
    options: RunOptions,
    without: Sequence[str],
    by: By | None,
    *,
    allow_missing: bool,
    annexed: bool,
) -> tuple[LeftOut, Merged | Digest]:
    """Return the merged cells, and which units of the roster are not in them; without a roster all units are in."""
    out, roster, units = LeftOut(), options.roster, merging.units
    if roster is not None:
        _, out = left_out(review, options, without, allow_missing=allow_missing)
    if isinstance(merging, Digesting):
        order = None if roster is None else order_of(units, roster, out)
        superiors = {} if roster is None or order is None else superiors_of(order, units, roster)
        return out, merging.finish(order, superiors, by, annex=annexed)
    by_superior = by is By.SUPERIOR
    if roster is None:
        return out, merging.finish(by_superior=by_superior)
    return out, merge_in_order(merging, units, roster, out, by_superior=by_superior)


_NO_SUPERIOR = (
    f"--by {SUPERIOR}：没有一个单位写了{SUPERIOR}。请写在名册的“{SUPERIOR}”一列，"
    f"或各市用 zhijiao20 convert 收件 -o 全市.xlsx --unit 汇总单位 报上来；不用分开的，去掉 --by"
)


def _unwritten_lines(opened_form: Form, unit: str, period: str, choice: FormChoice) -> list[Finding]:
    """Return a warning for each requested line above the table that the form has no blank for."""
    from zhijiao20.formats.docx.fill import unplaced_headings

    collector = Collector(path_text(choice.template or Path()))
    for label, existing_text in unplaced_headings(opened_form, unit, period):
        reason = f"那里已经写着{quote(existing_text)}" if existing_text else f"表样上方没有“{label}：”这一行"
        collector.add(
            "ZJ020", f"“{label}”没有写进去：{reason}", f"在表样的表格上方留出“{label}：”，或在生成的文件里补写"
        )
    return collector.findings


def render_blank(output: Path, *, landscape: bool = False, pdf: bool = False, unit: str = "", period: str = "") -> None:
    """Write the blank official form, with 单位 and 报告期 above the table if given.

    Raises:
        UsageError: 单位 or 报告期 is not valid, or the output cannot be written.
    """
    check_heading(unit, period)
    form = official_form(landscape=landscape)
    if unit or period:
        from zhijiao20.formats.docx.fill import fill, open_form

        form = fill(open_form(form, load_catalog(), own=True), {}, unit=unit, period=period)
    write_together(outputs(form, output, pdf=pdf))


_RENDER_FAMILIES = ("ZJ0", "ZJ1", "ZJ2")


def for_render(settings: Settings = DEFAULT) -> Settings:
    """Return the settings of a render: the rules of ZJ0 to ZJ2 and all rules of severity error.

    Warnings about the content are left to validate: they do not prevent writing, and checking them would only make a
    render slower.  Unsuppressible errors stay selected with their own severity, whatever the settings are.
    """
    chosen = [
        code
        for code in RULES
        if is_unsuppressible(code)
        or (settings.wants(code) and (code.startswith(_RENDER_FAMILIES) or settings.weight(code) is Severity.ERROR))
    ]
    severities = {code: weight for code, weight in settings.severity.items() if not is_unsuppressible(code)}
    exceptions = {
        unit: tuple(code for code in RULES if code.startswith(prefixes) and not is_unsuppressible(code))
        for unit, prefixes in settings.exceptions.items()
    }
    return replace(settings, select=tuple(chosen), ignore=(), severity=severities, exceptions=exceptions)
