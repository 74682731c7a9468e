"""What the launchers of Windows do: a folder or files dragged onto one, or chosen in a dialog, and one command on them.

The folder may be a stranger's: nothing in it is started, and the current folder is another one, so that a
``zhijiao20.toml`` in it counts as sent along (its paths may not lead out of it).
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import typer

from zhijiao20.cli.error_handler import (
    BUG,
    FINDINGS,
    INTERRUPTED,
    OK,
    USAGE,
    emit,
    prepare_process,
    report_bug,
    set_up_streams,
)
from zhijiao20.core.display import display_path
from zhijiao20.system.desktop import choose_folder, has_console, leave_current_folder, open_file

_ROSTERS = ("名册.xlsx", "名册.csv")
_WORDS = "文中的命令就是这里的几个程序：collect 是“查收”，validate 是“审核”，return 是“退回”，render 是“汇总”。"
_QUESTION = "要先汇总收到的（没有报的不等，没有填的留空格，谁不在里面会写明），输入 1 再按回车；不汇总，直接按回车："


@dataclass(frozen=True, slots=True)
class Task:
    """What a launcher does.

    Attributes:
        command: the command, up to the option that says where the result goes.
        results: the names of the results, each written by a run of its own; the last one is shown and opened.
        folder: whether the result is a folder, in which the command replaces its own files only.
        again: the options for a second run, if the user wants one after errors.
    """

    command: tuple[str, ...]
    results: tuple[str, ...]
    folder: bool = False
    again: tuple[str, ...] = ()


TASKS = {
    "查收": Task(("collect", "-o"), ("进度.xlsx", "总览.html")),
    "审核": Task(("validate", "--annotate"), ("审核意见.docx",)),
    "汇总": Task(("render", "-o"), ("附表2.docx",), again=("--allow-missing", "--allow-incomplete")),
    "退回": Task(("return", "-o"), ("退回",), folder=True),
}
"""The launchers by their names, beside the one that hands out."""

HAND_OUT = "下发"


def main(title: str) -> NoReturn:
    """Run a launcher on the arguments of this process, and leave its window open until the user has read it."""
    prepare_process()
    set_up_streams()
    interactive = has_console()
    try:
        given = sys.argv[1:]
        code = _hand_out(given, interactive) if title == HAND_OUT else _work(title, TASKS[title], given, interactive)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:  # a folder that is gone meanwhile, a share that is not there
        from zhijiao20.system.os_errors import reason

        emit(f"错误：系统不让读写：{display_path(error.filename or '')}（{reason(error)}）。请核对位置，再试一次")
        code = USAGE
    except Exception as error:  # noqa: BLE001 - the window would close with the traceback
        emit(report_bug(error))
        code = BUG
    if interactive:
        _ask("按回车键关闭这个窗口。")
    sys.exit(code)


def _work(title: str, task: Task, given: Sequence[str], interactive: bool) -> int:
    """Do the work of a launcher; return the exit code of its command."""
    paths = _given(given, f"{title}：选择放收到的文件的文件夹", title)
    if not paths:
        return USAGE
    folder = _writable(paths[0].parent)
    top = _top(paths)
    places = [folder / name if task.folder else _free(folder / name, top) for name in task.results]
    given_paths = ["--", *map(str, paths)]
    aside = [_run_aside([*task.command, str(place), *given_paths]) for place in places[:-1]]
    result, command = places[-1], [*task.command, str(places[-1])]
    before = _state(result)
    code = _run([*command, *given_paths])
    if code == FINDINGS and task.again and interactive and _ask(_QUESTION) == "1":
        code = _run([*command, *task.again, *given_paths])
    if code != OK:
        typer.echo(_WORDS)
    pages = result.with_suffix("") / "index.html"  # of a page for so many units that it is a folder of pages
    if not result.exists() and result.suffix == pages.suffix and pages.is_file() and code in {OK, FINDINGS}:
        _show(pages, interactive)
    elif result.exists() and (code == OK or _state(result) != before):
        _show(result, interactive)
    return max([code, *aside])


def _hand_out(given: Sequence[str], interactive: bool) -> int:
    """Write a form for each unit of a roster beside it; without a roster, write an empty one to fill in."""
    paths = _given(given, f"{HAND_OUT}：选择放名册的文件夹", HAND_OUT)
    if not paths:
        return USAGE
    chosen = paths[0]
    rosters = [chosen / name for name in _ROSTERS if (chosen / name).is_file()] if chosen.is_dir() else [chosen]
    if not rosters:
        target = chosen / _ROSTERS[0]
        code = _run(["roster", "-o", str(target)])
        if code == OK:
            typer.echo(f"请把各单位填进名册，保存、关闭，再把它拖到“{HAND_OUT}”上。")
            _show(target, interactive)
        return code
    os.chdir(rosters[0].parent)  # the office's own folder: its settings and the folder for what comes back belong there
    target = rosters[0].parent / HAND_OUT
    code = _run(["init", "--roster", str(rosters[0]), "-f", "docx", "-o", str(target)])
    if target.is_dir() and code in {OK, FINDINGS}:
        _show(target, interactive)
    return code


def _given(arguments: Sequence[str], question: str, title: str) -> list[Path]:
    """Return what was dragged onto the launcher, else the folder that the user chooses; nothing if none is chosen."""
    paths = [Path(os.path.abspath(argument)) for argument in arguments]  # noqa: PTH100 - links are kept
    leave_current_folder()
    if not paths:
        try:
            chosen = choose_folder(question)
        except OSError:
            chosen = None
        if chosen is None:
            typer.echo(f"没有选文件夹。请把文件夹或文件拖到“{title}”的图标上，或再双击它，选一个文件夹。")
            return []
        paths = [chosen]
    typer.echo(f"{title}：{'、'.join(map(display_path, paths))}")
    return paths


def _top(paths: Sequence[Path]) -> Path:
    """Return the folder that holds everything that was given."""
    try:
        return Path(os.path.commonpath(paths))
    except ValueError:  # on several drives
        return paths[0]


def _run(arguments: list[str]) -> int:
    """Run a command of the program in this process; return its exit code."""
    from zhijiao20.cli import app

    try:
        app(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK
    return OK


def _run_aside(arguments: list[str]) -> int:
    """Run a command of which only the file is wanted; show what it says where it writes none."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = _run(arguments)
    if code not in {OK, FINDINGS}:
        typer.echo(said.getvalue())
    return code


def _writable(folder: Path) -> Path:
    """Return the folder for the results; the desktop where nothing can be written into it."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        home = Path.home()
        other = home / "Desktop" if (home / "Desktop").is_dir() else home
        typer.echo(f"{display_path(folder)} 里不能写，结果放在 {display_path(other)}。")
        return other


def _free(path: Path, top: Path) -> Path:
    """Return where a result can be written: never over a file that the program did not write from the same files."""
    from zhijiao20.cli.roster_option import written
    from zhijiao20.system.windows import comparable
    from zhijiao20.system.written import is_as_written

    known, candidate, number = written(), path, 1
    while os.path.lexists(candidate) and not is_as_written(str(candidate), comparable(top), known):
        number += 1
        candidate = path.with_stem(f"{path.stem}（{number}）")
    if candidate != path:
        typer.echo(f"已有的 {path.name} 是您改过的，或不是从这些文件来的：没有动它，这次写到 {candidate.name}。")
    return candidate


def _state(path: Path) -> tuple[int, int] | None:
    """Return what tells whether a file was written; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _show(path: Path, interactive: bool) -> None:
    """Open a result where somebody sits at the window."""
    if interactive and not open_file(path):
        typer.echo(f"请双击打开：{display_path(path)}")


def _ask(question: str) -> str:
    """Print a question and return the answer."""
    typer.echo(question)
    return sys.stdin.readline().strip()
