"""``zhijiao20.toml``: what a project always wants, found upwards from the current folder.  The command line wins.

A slip in it is wrong usage, never passed over: a misspelled key would otherwise let findings through in silence.
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
from zhijiao20.system.project import NAME as NAME  # noqa: PLC0414 - for all who know it from here
from zhijiao20.system.project import find as find  # noqa: PLC0414 - likewise
from zhijiao20.system.read_file import read_bytes

TomlTable: TypeAlias = Mapping[str, object]
T = TypeVar("T")

SEVERITIES = {name: severity for severity in Severity for name in (severity.value, SEVERITY_NAMES[severity])}
"""What a severity may be called."""

_BYTES = 100_000
_LINE = 2_000
"""Characters of a line: a dotted key, which cannot go on in the next one, takes time and memory by its square."""

_GREATEST = 10**12  # what is more is no number of anything
_KEY = 40  # characters of a word that known words are compared with
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class Config:
    """The defaults of a project.

    Attributes:
        file: the file that they are from; None where there is no project.
        settings: which rules are wanted, how much each weighs, the limits they go by.
        paths: the status files and folders where a command names none.
        template: the Word form to fill.
        unit: the 汇总单位.
        period: the 报告期.
        fail_on: the severity from which on validate fails.
    """

    file: Path | None = None
    settings: Settings = DEFAULT
    paths: tuple[Path, ...] = ()
    template: Path | None = None
    unit: str = ""
    period: str = ""
    fail_on: Severity = Severity.ERROR

    @property
    def changed(self) -> list[str]:
        """The keys that make a review another one than without the file."""
        names = {"exceptions": "units"}
        return [
            names.get(one.name, one.name)
            for one in fields(Settings)
            if getattr(self.settings, one.name) != getattr(DEFAULT, one.name)
        ]


def load() -> Config:
    """The configuration of the project that the current folder belongs to; without one everything as it is.

    Raises:
        UsageError: the file cannot be read, or says something that is not understood.
    """
    found = find(Path())
    if found is None:
        return Config()
    import tomllib

    file = Path(os.path.relpath(found))
    try:
        return _ConfigReader(file).config(tomllib.loads(_text(file)))
    except UnreadableError as error:
        raise UsageError(f"{display_path(file)}：{error.message}。{error.hint}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{display_path(file)}：不是 UTF-8 编码。请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place and place[1] else "文件末尾"
        raise UsageError(
            f"{display_path(file)}：{where}不合 TOML 的写法。"
            '文字要加半角引号，单位名称作键也要加，如 [units."澄州市财政局"]'
        ) from error
    except (RecursionError, ValueError) as error:  # what tomllib does not foresee
        what = "括号套了太多层" if isinstance(error, RecursionError) else "有的数位数太多"
        raise UsageError(f"{display_path(file)}：{what}，读不了。请检查内容") from error


def _text(file: Path) -> str:
    """What the file says.

    Raises:
        UsageError: it is so long that it is none of ours.
    """
    data = read_bytes(file)
    if len(data) > _BYTES:
        raise UsageError(f"{display_path(file)}：设置文件太大（超过 {_BYTES // 1000} KB）。请检查内容")
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LINE:
            raise UsageError(f"{display_path(file)}：第 {number} 行太长（超过 {_LINE} 个字）。请把列表分成几行写")
    return text


class _ConfigReader:
    """Holds the file's content against what is known; names file and key of every slip."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def config(self, data: TomlTable) -> Config:
        known: dict[str, Callable[[str, object], object]] = {
            "select": self._select,
            "ignore": self._ignore,
            "severity": self._severity,
            "thresholds": self._thresholds,
            "limits": self._limits,
            "units": self._units,
            "paths": self._paths,
            "template": self._path,
            "unit": self._line,
            "period": self._line,
            "fail-on": self._weight,
        }
        self._only(data, known)
        got = {key: known[key](key, value) for key, value in data.items()}
        rules = {"exceptions" if key == "units" else key: got.pop(key) for key in [*got] if key in _OF_SETTINGS}
        rest = {key.replace("-", "_"): value for key, value in got.items()}
        return Config(self.file, Settings(**rules), **rest)  # type: ignore[arg-type]  # each by its own reader above

    def _fail(self, key: str, problem: str) -> UsageError:
        return UsageError(f"{display_path(self.file)}：{key}{'' if key.endswith('”') else ' '}{problem}")

    def _only(self, data: TomlTable, known: Iterable[str], within: str = "") -> None:
        for key in data:
            if key not in known:
                near = get_close_matches(key[:_KEY].replace("_", "-"), known, n=1, cutoff=0.5)
                guess = f"，是不是 {near[0]}？" if near else "。"
                name = f"{within}{quote(key)}"
                raise self._fail(name, f"不是认识的设置{guess}可用的有：{'、'.join(known)}")

    def _a(self, kind: type[T], key: str, value: object, wanted: str) -> T:
        if not isinstance(value, kind):
            raise self._fail(key, f"应是{wanted}")
        return value

    def _texts(self, key: str, value: object, example: str) -> list[str]:
        items = self._a(list, key, value, f"文字的列表，如 {example}")
        return [self._a(str, key, item, f"文字的列表，如 {example}") for item in items]

    def _codes(self, key: str, value: object) -> tuple[str, ...]:
        codes = self._texts(key, value, '["ZJ204", "ZJ4"]')
        for code in codes:
            if not code.startswith("ZJ") or not any(known.startswith(code) for known in RULES):
                raise self._fail(key, f"里的{quote(code)}不是规则编号{_near(code)}用 zhijiao20 rules 查全部编号")
        return tuple(dict.fromkeys(codes))

    def _select(self, key: str, value: object) -> tuple[str, ...]:
        """What is chosen, and the errors that are always looked for."""
        chosen = self._codes(key, value)
        return (*chosen, *(code for code in RULES if is_unsuppressible(code))) if chosen else ()

    def _ignore(self, key: str, value: object) -> tuple[str, ...]:
        codes = self._codes(key, value)
        for code in codes:
            if firm := next((known for known in RULES if known.startswith(code) and is_unsuppressible(known)), None):
                what = "" if firm == code else f"含有 {firm}，"
                why = f"里的 {code} {what}是文件、结构、缺项方面的错误，不能放过。请只写提示和警告的编号，如 ZJ204"
                raise self._fail(key, why)
        return codes

    def _weight(self, key: str, value: object) -> Severity:
        severity = SEVERITIES.get(value) if isinstance(value, str) else None
        if severity is None:
            raise self._fail(key, f"只能是：{'、'.join(SEVERITIES)}")
        return severity

    def _severity(self, key: str, value: object) -> dict[str, Severity]:
        weights: dict[str, Severity] = {}
        for code, word in self._a(dict, key, value, '一节，如 [severity] 下面写 ZJ404 = "warning"').items():
            where = f"[{key}] {quote(code)}"
            if code not in RULES:
                raise self._fail(where, f"不是规则编号{_near(code)}用 zhijiao20 rules 查全部编号")
            weights[code] = self._weight(where, word)
            if is_unsuppressible(code) and weights[code] is not Severity.ERROR:
                raise self._fail(where, "是文件、结构、缺项方面的错误，不能减轻")
            if code.startswith("ZJ6") and weights[code] is Severity.ERROR:
                raise self._fail(where, "是单位之间的规则，最多是警告")
        return weights

    def _thresholds(self, key: str, value: object) -> Thresholds:
        return Thresholds(**self._numbers(Thresholds, key, value, "shortest = 10"))  # type: ignore[arg-type]

    def _limits(self, key: str, value: object) -> Limits:
        return Limits(**self._numbers(Limits, key, value, "file-mib = 128"))  # type: ignore[arg-type]

    def _numbers(
        self, kind: type[Thresholds | Limits], key: str, value: object, example: str
    ) -> dict[str, int | float]:
        """The numbers of a section by field; each is of the field's own type."""
        known = {field.name.replace("_", "-"): type(field.default) for field in fields(kind)}
        table = self._a(dict, key, value, f"一节，如 [{key}] 下面写 {example}")
        self._only(table, known, f"[{key}] ")
        chosen: dict[str, int | float] = {}
        for name, given in table.items():
            share = known[name] is float
            if isinstance(given, bool) or not isinstance(given, (int, float) if share else int):
                raise self._fail(f"[{key}] {name}", "应是 0 到 1 之间的数，如 0.85" if share else "应是整数，如 10")
            if not 0 <= given <= (1 if share else _GREATEST):  # which nan is not
                problem = "应在 0 到 1 之间" if share else "不能小于 0" if given < 0 else "太大了"
                raise self._fail(f"[{key}] {name}", problem)
            chosen[name.replace("-", "_")] = given
        return chosen

    def _units(self, key: str, value: object) -> dict[str, tuple[str, ...]]:
        wanted = '一节，如 [units."澄州市财政局"] 下面写 ignore = ["ZJ204"]'
        exceptions: dict[str, tuple[str, ...]] = {}
        for unit, table in self._a(dict, key, value, wanted).items():
            where = f'[{key}."{quote(unit)[1:-1]}"]'
            self._only(self._a(dict, where, table, wanted), ("ignore",), f"{where} ")
            exceptions[unit] = self._ignore(f"{where} ignore", table.get("ignore", []))
        return exceptions

    def _paths(self, key: str, value: object) -> tuple[Path, ...]:
        return tuple(self._path(key, item) for item in self._texts(key, value, '["各单位"]'))

    def _path(self, key: str, value: object) -> Path:
        """A path as it stands in the file: from the file's own folder."""
        text = self._a(str, key, value, "文字，如 “空表.docx”")
        if not text:
            raise self._fail(key, "是空的，请写上路径")
        return self.file.parent / text

    def _line(self, key: str, value: object) -> str:
        text = self._a(str, key, value, "文字，要加引号")
        if problem := unit_problem(text):
            raise self._fail(key, f"不能用：{problem.removeprefix('单位')}")
        return text


_OF_SETTINGS = frozenset({"select", "ignore", "severity", "thresholds", "limits", "units"})


def _near(code: str) -> str:
    near = get_close_matches(code[:_KEY], RULES, n=1, cutoff=0.6)
    return f"，是不是 {near[0]}？" if near else "。"
