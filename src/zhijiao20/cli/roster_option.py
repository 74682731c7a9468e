"""The option ``--roster`` of the commands that read files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from zhijiao20.cli.error_handler import FINDINGS

if TYPE_CHECKING:
    from zhijiao20.cli.config import Config
    from zhijiao20.core.findings import Report
    from zhijiao20.core.roster import Roster
    from zhijiao20.system.discovery import Exclude

RosterOption = Annotated[
    Optional[Path],
    typer.Option(
        "--roster", metavar="名册", help="名册：谁该报、报什么；不写就用 zhijiao20.toml 里的", show_default=False
    ),
]


def load_roster(path: Path | None, project: Config, show: Callable[[Report], None]) -> Roster | None:
    """Return the roster of a run: that of the option, else the project's; None without one.

    Args:
        path: the value of the option.
        project: the settings of the project.
        show: shows what is wrong with a roster.

    Raises:
        typer.Exit: the roster has errors; a command that used it would miss units.
        UsageError: there is no such file.
    """
    chosen = path or project.roster
    if chosen is None:
        return None
    from zhijiao20.commands.roster import check_roster

    roster, report = check_roster(chosen, project.settings.limits)
    if report.failed:
        show(report)
        raise typer.Exit(FINDINGS)
    return roster


def excluded(path: Path | None, project: Config) -> Exclude:
    """Return the files that are no status files: those of the project, the roster, and what the program wrote."""
    chosen = path or project.roster
    if chosen is None and project.file is None:
        return project.exclude
    return project.exclude.with_own(project.file.parent if project.file else Path(), chosen)
