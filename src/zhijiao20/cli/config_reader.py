"""Check the values of ``zhijiao20.toml``; each error message names the file and the key."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias, TypeVar

from zhijiao20.core.deadline import read_date
from zhijiao20.core.display import display_path, quote
from zhijiao20.core.errors import UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import RULES, SEVERITIES, Severity
from zhijiao20.core.settings import Settings, Thresholds, is_unsuppressible
from zhijiao20.core.submission import unit_problem
from zhijiao20.core.unread import clean_pattern
from zhijiao20.system.found_files import Exclude

TomlTable: TypeAlias = Mapping[str, object]
T = TypeVar("T")

_MAX_NUMBER = 10**12  # upper bound for integer settings
_MAX_COMPARED = 40  # characters of a misspelled word used to search for a similar known word
_NETWORK = re.compile(r"[/\\]{2}|[A-Za-z][A-Za-z0-9+.-]+://")
_SETTINGS_KEYS = frozenset({"select", "ignore", "severity", "thresholds", "limits", "units"})


class ConfigReader:
    """The validator of a configuration.

    Args:
        file: the configuration file.
        trusted: whether it was found from the current folder; otherwise it may have come with somebody's files, and no
            path outside its folder is used.
    """

    def __init__(self, file: Path, *, trusted: bool = True) -> None:
        self.file, self.trusted = file, trusted

    def values(self, data: TomlTable) -> dict[str, object]:
        """Return the checked values by the names of the fields of ``Config``.

        Raises:
            UsageError: there is an unknown key or a wrong value.
        """
        known: dict[str, Callable[[str, object], object]] = {
            "select": self._select,
            "ignore": self._ignore,
            "severity": self._severities,
            "thresholds": self._thresholds,
            "limits": self._limits,
            "units": self._units,
            "paths": self._paths,
            "exclude": self._exclude,
            "roster": self._path,
            "previous": self._path,
            "use": self._paths,
            "deadline": self._deadline,
            "contact": self._single_line,
            "phone": self._single_line,
            "template": self._path,
            "unit": self._single_line,
            "period": self._single_line,
            "fail-on": self._severity_value,
        }
        self._check_keys(data, known)
        values = {key: known[key](key, value) for key, value in data.items()}
        rules = {"exceptions" if key == "units" else key: values.pop(key) for key in [*values] if key in _SETTINGS_KEYS}
        settings = Settings(**rules)  # type: ignore[arg-type]  # values checked above
        return {"settings": settings, **{key.replace("-", "_"): value for key, value in values.items()}}

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
        if not self.trusted and self._is_outside(text):
            raise self._error(
                key,
                f"指着本文件所在的文件夹以外：{quote(text)}。这个设置文件不在当前文件夹，没有照办；"
                f"确实要用，请先进入它所在的文件夹，再运行命令",
            )
        return self.file.parent / text

    def _is_outside(self, text: str) -> bool:
        """Check whether a path leads out of the folder of the configuration file, also through a link."""
        if _NETWORK.match(text) or "\0" in text:
            return True
        folder = os.path.realpath(self.file.parent)
        try:
            return os.path.commonpath([folder, os.path.realpath(os.path.join(folder, text))]) != folder  # noqa: PTH118
        except ValueError:  # on another drive
            return True

    def _deadline(self, key: str, value: object) -> date:
        day = value if isinstance(value, date) and not isinstance(value, datetime) else None
        if isinstance(value, str):
            day = read_date(value)
        if day is None:
            raise self._error(key, "应是日期，如 2020-07-10")
        return day

    def _single_line(self, key: str, value: object) -> str:
        text = self._require_type(str, key, value, "文字，要加引号")
        if problem := unit_problem(text):
            raise self._error(key, f"不能用：{problem.removeprefix('单位')}")
        return text


def _suggestion(code: str) -> str:
    near = get_close_matches(code[:_MAX_COMPARED], RULES, n=1, cutoff=0.6)
    return f"，是不是 {near[0]}？" if near else "。"
