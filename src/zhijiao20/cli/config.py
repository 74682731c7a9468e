"""Read ``zhijiao20.toml``, the settings of a project; options of the command line override them.

The file is searched upwards from the paths of the command line where all of them lie below one, else from the current
folder.  Any error in it is a usage error: if a misspelled key were ignored, findings could be suppressed unnoticed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.system.discovery import CONFIG_NAME as CONFIG_NAME  # noqa: PLC0414 - re-exported
from zhijiao20.system.discovery import find_config, read_bytes
from zhijiao20.system.found_files import NOTHING, Exclude

_MAX_BYTES = 100_000
_MAX_LINE_LENGTH = 2_000
"""Maximum characters of a line.  A dotted key, always on one line, takes quadratic time and memory to parse."""

_TOML_POSITION = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class Config:
    """The defaults of a project.

    Attributes:
        file: the configuration file; None if there is no project.
        settings: the selected rules, their severities, thresholds and limits.
        paths: the status files and folders used when the command line gives none.
        template: the Word form to fill.
        unit: the 汇总单位.
        period: the 报告期.
        fail_on: the lowest severity at which validate fails.
        exclude: the files that are no status files.
        roster: the roster of the round.
        deadline: the date by which the units have to send.
        previous: the files of the last round.
        use: the files that count where a unit sent several.
        contact: the contact of the office, for letters.
        phone: the telephone of the office, for letters.
    """

    file: Path | None = None
    settings: Settings = DEFAULT
    paths: tuple[Path, ...] = ()
    template: Path | None = None
    unit: str = ""
    period: str = ""
    fail_on: Severity = Severity.ERROR
    exclude: Exclude = NOTHING
    roster: Path | None = None
    deadline: date | None = None
    previous: Path | None = None
    use: tuple[Path, ...] = ()
    contact: str = ""
    phone: str = ""

    @property
    def changed(self) -> list[str]:
        """Return the keys that change what is read or reviewed, for a message."""
        names = {"exceptions": "units"}
        changed = [
            names.get(setting.name, setting.name)
            for setting in fields(Settings)
            if getattr(self.settings, setting.name) != getattr(DEFAULT, setting.name)
        ]
        read = {
            "exclude": self.exclude.patterns,
            "roster": self.roster,
            "previous": self.previous,
            "template": self.template,
            "use": self.use,
        }
        return [*changed, *(name for name, value in read.items() if value)]


def find(paths: Sequence[Path] = ()) -> tuple[Path, bool] | None:
    """Return the configuration file that holds, and whether it was found from the current folder."""
    here = find_config(Path())
    there = find_config(*paths) if paths else None
    found = there or here
    return None if found is None else (found, found == here)


def load(paths: Sequence[Path] = ()) -> Config:
    """Load the configuration of the project, or the built-in defaults.

    Args:
        paths: the paths of the command line; where all lie below one configuration file, that one holds.

    Raises:
        UsageError: the file cannot be read, is not valid TOML, or has an unknown key or a wrong value.
    """
    found = find(paths)
    if found is None:
        return Config()
    import tomllib

    from zhijiao20.cli.config_reader import ConfigReader

    file = _shown(found[0])
    try:
        values = ConfigReader(file, trusted=found[1]).values(tomllib.loads(_read_text(file)))
        return Config(file, **values)  # type: ignore[arg-type]  # values are checked
    except UnreadableError as error:
        raise UsageError(f"{display_path(file)}：{error.message}。{error.hint}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{display_path(file)}：不是 UTF-8 编码。请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        match = _TOML_POSITION.search(str(error))
        position = f"第 {match[1]} 行第 {match[2]} 列" if match and match[1] else "文件末尾"
        raise UsageError(
            f"{display_path(file)}：{position}不合 TOML 的写法。"
            '文字要加半角引号，单位名称作键也要加，如 [units."澄州市财政局"]'
        ) from error
    except (RecursionError, ValueError) as error:  # deep nesting, integers with too many digits
        problem = "括号套了太多层" if isinstance(error, RecursionError) else "有的数位数太多"
        raise UsageError(f"{display_path(file)}：{problem}，读不了。请检查内容") from error


def _shown(file: Path) -> Path:
    """Return a path as it is shown: from the current folder, unless that has no folder in common with it."""
    try:
        here = Path.cwd()
        near = here.anchor != os.path.commonpath([here, file]) or here == file.parent
        return Path(os.path.relpath(file)) if near else file
    except (OSError, ValueError):  # the current folder is gone, or on another drive
        return file


def _read_text(file: Path) -> str:
    """Read the file as text and check its size.

    Raises:
        UsageError: the file or one of its lines is too long.
    """
    data = read_bytes(file)
    if len(data) > _MAX_BYTES:
        raise UsageError(f"{display_path(file)}：设置文件太大（超过 {_MAX_BYTES // 1000} KB）。请检查内容")
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _MAX_LINE_LENGTH:
            raise UsageError(
                f"{display_path(file)}：第 {number} 行太长（超过 {_MAX_LINE_LENGTH} 个字）。请把列表分成几行写"
            )
    return text
