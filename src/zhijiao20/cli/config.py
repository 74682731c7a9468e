"""Read ``zhijiao20.toml``, the settings of a project; options of the command line override them.

The file is searched in the current folder and its parent folders.  Any error in it is a usage error: if a misspelled
key were ignored, findings could be suppressed without notice.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias, TypeVar

from zhijiao20.core.display import display_path, quote
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import RULES, SEVERITY_NAMES, Severity
from zhijiao20.core.settings import DEFAULT, Settings, Thresholds, is_unsuppressible
from zhijiao20.core.submission import unit_problem
from zhijiao20.core.unread import clean_pattern
from zhijiao20.system.discovery import CONFIG_NAME as CONFIG_NAME  # noqa: PLC0414 - re-exported
from zhijiao20.system.discovery import NOTHING, Exclude, find_config, read_bytes

TomlTable: TypeAlias = Mapping[str, object]
T = TypeVar("T")

SEVERITIES = {name: severity for severity in Severity for name in (severity.value, SEVERITY_NAMES[severity])}
"""The severity for each accepted name, English or Chinese."""

_MAX_BYTES = 100_000
_MAX_LINE_LENGTH = 2_000
"""Maximum characters of a line.  A dotted key, always on one line, takes quadratic time and memory to parse."""

_MAX_NUMBER = 10**12  # upper bound for integer settings
_MAX_COMPARED = 40  # characters of a misspelled word used to search for a similar known word
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
    """

    file: Path | None = None
    settings: Settings = DEFAULT
    paths: tuple[Path, ...] = ()
    template: Path | None = None
    unit: str = ""
    period: str = ""
    fail_on: Severity = Severity.ERROR
    exclude: Exclude = NOTHING

    @property
    def changed(self) -> list[str]:
        """Return the configuration keys whose settings differ from the built-in defaults."""
        names = {"exceptions": "units"}
        changed = [
            names.get(setting.name, setting.name)
            for setting in fields(Settings)
            if getattr(self.settings, setting.name) != getattr(DEFAULT, setting.name)
        ]
        return [*changed, *(["exclude"] if self.exclude.patterns else [])]


def load() -> Config:
    """Load the configuration of the current folder's project, or the built-in defaults.

    Raises:
        UsageError: the file cannot be read, is not valid TOML, or has an unknown key or a wrong value.
    """
    found = find_config(Path())
    if found is None:
        return Config()
    import tomllib

    file = Path(os.path.relpath(found))
    try:
        return _ConfigReader(file).config(tomllib.loads(_read_text(file)))
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


class _ConfigReader:
    """The validator of a configuration; each error message names the file and the key."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def config(self, data: TomlTable) -> Config:
        known: dict[str, Callable[[str, object], object]] = {
            "select": self._select,
            "ignore": self._ignore,
            "severity": self._severities,
            "thresholds": self._thresholds,
            "limits": self._limits,
            "units": self._units,
            "paths": self._paths,
            "exclude": self._exclude,
            "template": self._path,
            "unit": self._single_line,
            "period": self._single_line,
            "fail-on": self._severity_value,
        }
        self._check_keys(data, known)
        values = {key: known[key](key, value) for key, value in data.items()}
        rules = {"exceptions" if key == "units" else key: values.pop(key) for key in [*values] if key in _SETTINGS_KEYS}
        rest = {key.replace("-", "_"): value for key, value in values.items()}
        return Config(self.file, Settings(**rules), **rest)  # type: ignore[arg-type]  # values checked above

    def _error(self, key: str, problem: str) -> UsageError:
        return UsageError(f"{display_path(self.file)}：{key}{'' if key.endswith('”') else ' '}{problem}")

    def _check_keys(self, data: TomlTable, known: Iterable[str], prefix: str = "") -> None:
        for key in data:
            if key not in known:
                near = get_close_matches(key[:_MAX_COMPARED].replace("_", "-"), known, n=1, cutoff=0.5)
                guess = f"，是不是 {near[0]}？" if near else "。"
                name = f"{prefix}{quote(key)}"
                raise self._error(name, f"不是认识的设置{guess}可用的有：{'、'.join(known)}")

    def _require_type(self, kind: type[T], key: str, value: object, expected: str) -> T:
        if not isinstance(value, kind):
            raise self._error(key, f"应是{expected}")
        return value

    def _text_list(self, key: str, value: object, example: str) -> list[str]:
        items = self._require_type(list, key, value, f"文字的列表，如 {example}")
        return [self._require_type(str, key, item, f"文字的列表，如 {example}") for item in items]

    def _codes(self, key: str, value: object) -> tuple[str, ...]:
        codes = self._text_list(key, value, '["ZJ204", "ZJ4"]')
        for code in codes:
            if not code.startswith("ZJ") or not any(known.startswith(code) for known in RULES):
                raise self._error(key, f"里的{quote(code)}不是规则编号{_suggestion(code)}用 zhijiao20 rules 查全部编号")
        return tuple(dict.fromkeys(codes))

    def _select(self, key: str, value: object) -> tuple[str, ...]:
        """Return the selected codes plus the unsuppressible ones, or nothing if none is selected."""
        chosen = self._codes(key, value)
        return (*chosen, *(code for code in RULES if is_unsuppressible(code))) if chosen else ()

    def _ignore(self, key: str, value: object) -> tuple[str, ...]:
        codes = self._codes(key, value)
        for code in codes:
            if unsuppressible := next(
                (known for known in RULES if known.startswith(code) and is_unsuppressible(known)), None
            ):
                detail = "" if unsuppressible == code else f"含有 {unsuppressible}，"
                problem = (
                    f"里的 {code} {detail}是文件、结构、缺项方面的错误，不能放过。请只写提示和警告的编号，如 ZJ204"
                )
                raise self._error(key, problem)
        return codes

    def _severity_value(self, key: str, value: object) -> Severity:
        severity = SEVERITIES.get(value) if isinstance(value, str) else None
        if severity is None:
            raise self._error(key, f"只能是：{'、'.join(SEVERITIES)}")
        return severity

    def _severities(self, key: str, value: object) -> dict[str, Severity]:
        severities: dict[str, Severity] = {}
        for code, word in self._require_type(dict, key, value, '一节，如 [severity] 下面写 ZJ404 = "warning"').items():
            where = f"[{key}] {quote(code)}"
            if code not in RULES:
                raise self._error(where, f"不是规则编号{_suggestion(code)}用 zhijiao20 rules 查全部编号")
            severities[code] = self._severity_value(where, word)
            if is_unsuppressible(code) and severities[code] is not Severity.ERROR:
                raise self._error(where, "是文件、结构、缺项方面的错误，不能减轻")
            if code.startswith("ZJ6") and severities[code] is Severity.ERROR:
                raise self._error(where, "是单位之间的规则，最多是警告")
        return severities

    def _thresholds(self, key: str, value: object) -> Thresholds:
        return Thresholds(**self._numbers(Thresholds, key, value, "shortest = 10"))  # type: ignore[arg-type]

    def _limits(self, key: str, value: object) -> Limits:
        return Limits(**self._numbers(Limits, key, value, "file-mib = 128"))  # type: ignore[arg-type]

    def _numbers(
        self, kind: type[Thresholds | Limits], key: str, value: object, example: str
    ) -> dict[str, int | float]:
        """Read a section of numbers: return field name → number, of the type of the field."""
        known = {field.name.replace("_", "-"): type(field.default) for field in fields(kind)}
        table = self._require_type(dict, key, value, f"一节，如 [{key}] 下面写 {example}")
        self._check_keys(table, known, f"[{key}] ")
        chosen: dict[str, int | float] = {}
        for name, number in table.items():
            is_fraction = known[name] is float
            if isinstance(number, bool) or not isinstance(number, (int, float) if is_fraction else int):
                raise self._error(
                    f"[{key}] {name}", "应是 0 到 1 之间的数，如 0.85" if is_fraction else "应是整数，如 10"
                )
            if not 0 <= number <= (1 if is_fraction else _MAX_NUMBER):  # NaN also fails this check
                problem = "应在 0 到 1 之间" if is_fraction else "不能小于 0" if number < 0 else "太大了"
                raise self._error(f"[{key}] {name}", problem)
            chosen[name.replace("-", "_")] = number
        return chosen

    def _units(self, key: str, value: object) -> dict[str, tuple[str, ...]]:
        expected = '一节，如 [units."澄州市财政局"] 下面写 ignore = ["ZJ204"]'
        exceptions: dict[str, tuple[str, ...]] = {}
        for unit, table in self._require_type(dict, key, value, expected).items():
            where = f'[{key}."{quote(unit)[1:-1]}"]'
            self._check_keys(self._require_type(dict, where, table, expected), ("ignore",), f"{where} ")
            exceptions[unit] = self._ignore(f"{where} ignore", table.get("ignore", []))
        return exceptions

    def _paths(self, key: str, value: object) -> tuple[Path, ...]:
        return tuple(self._path(key, item) for item in self._text_list(key, value, '["各单位"]'))

    def _exclude(self, key: str, value: object) -> Exclude:
        patterns = self._text_list(key, value, '["通知*.docx", "往年"]')
        cleaned = tuple(map(clean_pattern, patterns))
        for text, pattern in zip(patterns, cleaned, strict=True):
            if not pattern:
                raise self._error(
                    key,
                    f"里的{quote(text)}不能用：请写文件名、文件夹名，或从本文件所在的文件夹算起的路径，可以用 * 和 ?",
                )
        return Exclude(self.file.parent, cleaned)

    def _path(self, key: str, value: object) -> Path:
        """Resolve a path relative to the folder of the configuration file."""
        text = self._require_type(str, key, value, "文字，如 “空表.docx”")
        if not text:
            raise self._error(key, "是空的，请写上路径")
        return self.file.parent / text

    def _single_line(self, key: str, value: object) -> str:
        text = self._require_type(str, key, value, "文字，要加引号")
        if problem := unit_problem(text):
            raise self._error(key, f"不能用：{problem.removeprefix('单位')}")
        return text


_SETTINGS_KEYS = frozenset({"select", "ignore", "severity", "thresholds", "limits", "units"})


def _suggestion(code: str) -> str:
    near = get_close_matches(code[:_MAX_COMPARED], RULES, n=1, cutoff=0.6)
    return f"，是不是 {near[0]}？" if near else "。"
