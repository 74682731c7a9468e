"""The use cases: scaffold, check, render.  The only place where rooms are wired together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhijiao20.catalog import Catalog
from zhijiao20.files import Unreadable, UsageProblem, find_files, read_bytes, shown, write_whole
from zhijiao20.findings import INCOMPLETE, Collector, Finding, Report, Severity
from zhijiao20.formats import KNOWN_SUFFIXES, read_raw
from zhijiao20.formats.errors import FormatError
from zhijiao20.model import UNIT_LIMIT, Submission, Table, unit_problem
from zhijiao20.resources import load_catalog, official_form


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
    stopped: tuple[Finding, ...]
    gaps: int
    units: tuple[str, ...]


def check(paths: Sequence[Path]) -> Report:
    """Review every status file that the paths stand for.

    Raises:
        UsageProblem: a path does not exist, or a folder has no status file.
    """
    files = find_files(paths, KNOWN_SUFFIXES).files
    return _review(files)[0]


def render(
    paths: Sequence[Path],
    output: Path,
    *,
    template: Path | None = None,
    allow_incomplete: bool = False,
    unit: str | None = None,
    period: str | None = None,
) -> Outcome:
    """Merge the units and write the submission; with error findings nothing is written.

    Args:
        paths: the status files and folders.
        output: the Word file to write.
        template: another form than the built-in one.
        allow_incomplete: let missing and empty tasks, and nothing else, through as empty cells.
        unit: the 汇总单位; where there is one unit only, that one.
        period: the 报告期; else the one that all units give.

    Raises:
        UsageProblem: wrong paths, a form that cannot be used, or an output that cannot be written.
    """
    from zhijiao20.form import fill_form
    from zhijiao20.merge import merge

    form = _form(template)
    report, submissions = _review(find_files(paths, KNOWN_SUFFIXES, output).files)
    merged = merge(submissions, load_catalog())
    report = Report(report.files, report.units, (*report.findings, *merged.findings))
    errors = tuple(finding for finding in report.findings if finding.severity is Severity.ERROR)
    stopped = tuple(finding for finding in errors if not (allow_incomplete and finding.rule.code in INCOMPLETE))
    if not stopped:
        heading = unit or (merged.units[0] if len(merged.units) == 1 else "")
        agreed = period or (merged.periods[0] if len(merged.periods) == 1 else "")
        write_whole(output, fill_form(form, load_catalog(), merged.cells, unit=heading, period=agreed))
    return Outcome(report, stopped, len(errors) - len(stopped), merged.units)


def render_blank(output: Path, template: Path | None = None) -> None:
    """Write the empty official form.

    Raises:
        UsageProblem: the output cannot be written.
    """
    write_whole(output, _form(template))


def scaffold(unit: str, kind: str, output: Path | None, *, period: str = "", force: bool = False) -> Path:
    """Write an empty status file for a unit and return its path.

    Raises:
        UsageProblem: the unit cannot be a unit's name, or the file exists or cannot be written.
    """
    from zhijiao20.scaffold import default_name, scaffold_bytes

    if problem := unit_problem(unit):
        raise UsageProblem(f"{problem}，没有生成文件。请写单位全称，1 至 {UNIT_LIMIT} 个字")
    path = output or Path(default_name(unit, kind))
    write_whole(path, scaffold_bytes(unit, kind, load_catalog(), period=period), replace=force)
    return path


def _form(template: Path | None) -> bytes:
    if template is None:
        return official_form()
    try:
        return read_bytes(template)
    except Unreadable as error:
        raise UsageProblem(f"表样打不开：{shown(template)}。{error.message}；{error.hint}") from error


def _review(files: Sequence[Path]) -> tuple[Report, list[Submission]]:
    from zhijiao20.rules import review, review_across
    from zhijiao20.rules.across import seen

    catalog = load_catalog()
    findings: list[Finding] = []
    submissions: list[Submission] = []
    for file in files:
        out = Collector(shown(file))
        for submission in _submissions(file, catalog, out):
            out.unit = submission.unit
            review(submission, catalog, out)
            submissions.append(submission)
        findings.extend(sorted(out.findings, key=_by_place))
    order = {shown(file): index for index, file in enumerate(files)}
    findings.extend(review_across(map(seen, submissions)))
    findings.sort(key=lambda finding: order[finding.file])  # stable: by place within a file, then what is between files
    return Report(len(files), len(submissions), tuple(findings)), submissions


def _submissions(file: Path, catalog: Catalog, out: Collector) -> Iterator[Submission]:
    """The submissions in one file; whatever is wrong with it becomes findings."""
    from zhijiao20.intake import submission_from_tree, trees_from_table

    try:
        raw = read_raw(file.suffix, read_bytes(file), out)
    except Unreadable as error:
        out.add("ZJ001", error.message, error.hint)
        return
    except FormatError as error:
        out.add(error.code, error.message, error.hint, place=error.place)
        return
    trees = trees_from_table(raw, catalog, out, file.stem) if isinstance(raw, Table) else [raw]
    for tree in trees:
        out.unit = None
        submission = submission_from_tree(tree, catalog, out)
        if submission is not None:
            yield submission


def _by_place(finding: Finding) -> tuple[int, int]:
    return finding.place.line or 0, finding.place.column or 0
