"""The command ``render``: merge the units into the official form."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS, emit
from zhijiao20.cli.options import NoCache, Paths, SkipUnread, Use, check_suffix, load_project, one_of, required_paths
from zhijiao20.cli.progress import progress_bar
from zhijiao20.cli.roster_option import (
    RosterOption,
    excluded,
    load_roster,
    refuse_own_files,
    remember,
    show_wrong_roster,
)
from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UsageError
from zhijiao20.core.fields import CATEGORY, SUPERIOR

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from zhijiao20.commands.render import Outcome
    from zhijiao20.commands.render_files import DigestChoice
    from zhijiao20.core.findings import Finding
    from zhijiao20.core.round import UnitState

_NAMED = 20  # units named in a line

By = Annotated[
    Optional[str],
    typer.Option(
        "--by",
        metavar=f"{SUPERIOR}|{CATEGORY}",
        callback=one_of(SUPERIOR, CATEGORY),
        help="上级：同一上级的单位放在一起，前面单独一行写【上级】；有 --digest 时按上级或类别分别统计",
        show_default=False,
    ),
]


def render(
    paths: Paths = None,
    output: Annotated[
        Optional[Path],
        typer.Option("-o", "--output", metavar="文件", help="写到哪里，.docx 或 .pdf；已有的文件整个替换"),
    ] = None,
    template: Annotated[
        Optional[Path], typer.Option("--template", metavar="表样.docx", help="改用这份 Word 表样，不用自带的官方表")
    ] = None,
    landscape: Annotated[bool, typer.Option("--landscape", help="用自带的横排表")] = False,
    allow_incomplete: Annotated[
        bool, typer.Option("--allow-incomplete", help="缺少和空白的任务留空格，照样生成")
    ] = False,
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="汇总单位，写在表的上方", show_default=False)
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="文字", help="报告期，写在表的上方", show_default=False)
    ] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="另存一份同名的 PDF（要用 LibreOffice）")] = False,
    blank: Annotated[bool, typer.Option("--blank", help="生成空白的官方表，不用给路径")] = False,
    digest: Annotated[
        bool, typer.Option("--digest", help="给领导看的：每格写各种进展有几个单位，只放牵头单位的文字")
    ] = False,
    annex: Annotated[
        Optional[Path],
        typer.Option("--annex", metavar="附件", help="--digest 没有放进表里的文字按任务写进附件，.docx 或 .xlsx"),
    ] = None,
    by: By = None,
    roster: RosterOption = None,
    without: Annotated[
        Optional[list[str]],
        typer.Option("--without", metavar="单位", help="名册里的这个单位不汇总进来；可以写几次", show_default=False),
    ] = None,
    allow_missing: Annotated[
        bool, typer.Option("--allow-missing", help="名册里未报、读不了、多份、空表的单位不等，写出名字")
    ] = False,
    use: Use = None,
    skip_unread: SkipUnread = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="只显示一行：写了什么，谁不在里面")] = False,
    no_cache: NoCache = False,
) -> None:
    """Merge status files into the official Word form."""
    from zhijiao20.commands.open_form import FormChoice
    from zhijiao20.commands.render import render as render_files
    from zhijiao20.commands.render import render_blank
    from zhijiao20.commands.render_files import names_written
    from zhijiao20.core.digest import By
    from zhijiao20.review.runner import RunOptions
    from zhijiao20.system.user_cache import user_cache

    if output is None:
        raise UsageError("没有说写到哪里。请加 -o，如 -o 附表2.docx")
    check_suffix(output, ".docx", ".pdf")
    if template and landscape:
        raise UsageError("--template 和 --landscape 只能用一个：横排是自带表样的一种")
    choice = _digest_choice(output, annex, digest=digest, pdf=pdf)
    if by == CATEGORY and not digest:
        raise UsageError(f"--by {by} 要和 --digest 一起用")
    if blank:
        if paths or template or digest:
            raise UsageError("--blank 生成自带的空表，不用给路径和表样；要汇总请去掉 --blank")
        render_blank(output, landscape=landscape, pdf=pdf, unit=unit, period=period)
        typer.echo(f"已生成空表 {display_path(output)}")
        return
    project = load_project(paths, silent=quiet)
    units = load_roster(roster, project, partial(show_wrong_roster, then="没有生成文件", quiet=quiet))
    refuse_own_files(output, roster, project)
    refuse_own_files(annex, roster, project)
    if by == CATEGORY and units is None:
        raise UsageError("--by 类别 要有名册：请加 --roster 名册，或写进 zhijiao20.toml")
    cache = None if no_cache else user_cache
    outcome = render_files(
        required_paths(paths, project.paths),
        output,
        form=FormChoice(template or (None if landscape else project.template), landscape),
        allow_incomplete=allow_incomplete,
        without=without or (),
        allow_missing=allow_missing,
        unit=unit or project.unit or None,
        period=period or project.period or None,
        pdf=pdf,
        by=By(by) if by else None,
        digest=choice,
        settings=project.settings,
        options=RunOptions(
            0, cache, progress_bar, excluded(roster, project), skip_unread, units, tuple(use or ()), project.use
        ),
    )
    if not outcome.stopped:
        remember(cache, required_paths(paths, project.paths), *names_written(output, annex, pdf=pdf))
    _print_outcome(outcome, output, choice, quiet=quiet)


def _digest_choice(output: Path, annex: Path | None, *, digest: bool, pdf: bool) -> DigestChoice | None:
    """Return what kind of digest to write; None if all texts go into the table.

    Raises:
        UsageError: options that do not fit together.
    """
    from zhijiao20.commands.render_files import DigestChoice, names_written
    from zhijiao20.system.windows import comparable

    if not digest:
        if annex is not None:
            raise UsageError("--annex 要和 --digest 一起用")
        return None
    if annex is not None:
        check_suffix(annex, ".docx", ".xlsx")
        names = names_written(output, annex, pdf=pdf)
        if len({comparable(name) for name in names}) < len(names):
            raise UsageError(f"附件和汇总表不能是同一个文件：{display_path(annex)}。请用 --annex 换一个文件名")
    return DigestChoice(annex)


def _print_outcome(outcome: Outcome, output: Path, digest: DigestChoice | None, *, quiet: bool) -> None:
    """Print the findings on standard error and the written file on standard output; if quiet, one line in all.

    Raises:
        typer.Exit: nothing was written because of errors.
    """
    from zhijiao20.core.rule_table import INCOMPLETE
    from zhijiao20.output import terminal as terminal_report

    report, stopped = outcome.report, outcome.stopped
    if not quiet:
        terminal_report.write(report, sys.stderr, waived=frozenset() if stopped else INCOMPLETE)
    if stopped:
        only_incomplete = all(finding.rule.code in INCOMPLETE for finding in stopped)
        emit(
            "有错误，没有生成文件。"
            + (f"检查了 {report.files} 个文件，有 {len(stopped)} 个错误；去掉 -q 看是哪些。" if quiet else "")
            + _absent(stopped)
            + ("只是有缺项时，可加 --allow-incomplete，缺项留空格。" if only_incomplete else "")
        )
        raise typer.Exit(FINDINGS)
    annex = digest.annex if digest else None
    files = display_path(output) + (f" 和附件 {display_path(annex)}" if annex else "")
    parts = _describe(outcome, quiet=quiet)
    if digest is not None and annex is None and outcome.texts_left:
        parts += "，只有统计数和牵头单位的文字；其余文字要附上，请加 --annex 附件.docx"
    typer.echo(f"已生成 {files}（{parts}）")
    if annex is not None and annex.suffix.lower() == ".docx" and not quiet:
        emit("附件的目录还没有页码：在 Word、WPS 里打开，点一下目录，按 F9 更新。")


def _absent(stopped: Collection[Finding]) -> str:
    """Return which units cannot be in the document, by name: not sent, or sent in several versions."""
    from zhijiao20.core.display import escape_controls

    units = [escape_controls(finding.unit) for finding in stopped if finding.unit and finding.rule.code in _ABSENT]
    more = f"等 {len(units)} 个单位" if len(units) > _NAMED else ""
    return f"还不能汇总的：{'、'.join(units[:_NAMED])}{more}。" if units else ""


_ABSENT = frozenset({"ZJ107", "ZJ712"})


def _left_out(units: Sequence[UnitState]) -> str:
    """Return which units of the roster are not in the document, and why."""
    from zhijiao20.core.display import escape_controls
    from zhijiao20.core.round import STATE_NAMES

    names = [f"{escape_controls(unit.label)}（{STATE_NAMES[unit.state]}）" for unit in units[:_NAMED]]
    more = f"等 {len(units)} 个" if len(units) > _NAMED else ""
    return f"不在里面的 {len(units)} 个：{'、'.join(names)}{more}"


def _describe(outcome: Outcome, *, quiet: bool) -> str:
    """Return how many units a document holds, what is empty in it and, if this is the only line, what was not read."""
    from zhijiao20.core.display import escape_controls
    from zhijiao20.core.rule_table import Severity
    from zhijiao20.core.unread import own_line, unread_names

    report, blank = outcome.report, outcome.blank
    parts = [f"{len(outcome.units)} 个单位"]
    if outcome.gaps:
        parts.append(f"{outcome.gaps} 处缺项留空")
    if outcome.left_out:
        parts.append(_left_out(outcome.left_out))
    if blank:
        more = f"等 {len(blank)} 个单位" if len(blank) > _NAMED else ""
        parts.append(f"其中空表：{'、'.join(map(escape_controls, blank[:_NAMED]))}{more}")
    if quiet and (warnings := report.count(Severity.WARNING)):
        parts.append(f"{warnings} 个警告")
    if quiet and report.unread:
        parts.append(unread_names(report.unread))
    if quiet and report.excluded:
        parts.append(f"按 exclude 不读 {report.excluded} 个")
    if quiet and report.own:
        parts.append(own_line(report.own))
    if quiet and report.set_aside:
        from zhijiao20.core.unread import set_aside_line

        parts.append(set_aside_line(report.set_aside))
    return "，".join(parts)
