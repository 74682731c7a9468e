"""Translate YAML syntax errors into Chinese messages that quote the line and name the likely cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.odd_spaces import ODD_SPACE, space_name
from zhijiao20.formats.yaml.nodes import source_lines

DIRECTIVE = "%TAG"
"""Beginning of a directive line that declares tags."""

_CONTROL = lazy_regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_DIRECTIVE = lazy_regex(r"(?<![^\r\n])%TAG[ \t]")
_WIDE_COLON = lazy_regex(r"^\s*(?:- )?[\"']?[\w.]{1,12}[\"']?\s*：")
_NO_SPACE = lazy_regex(r"^\s*(?:- )?[\"']?[\w.]{1,12}[\"']?:(?=[^\s/:])")
_INDENT = lazy_regex("[\\s\u180e\u200b-\u200f\u2060\ufeff]*")
_FIELD = r"[ ]*(?:- +)*(?:[\"']?[\w.]{1,12}[\"']?[ ]*:[ ]+(?:- +)?)?"  # what stands before a value
_ODD_GAP = lazy_regex(rf"[ ]*(?:- )?[\"']?[\w.]{{1,12}}[\"']?[ ]*:[ ]*({ODD_SPACE.pattern})")
_ODD_FIELD = lazy_regex(rf"[ ]*{ODD_SPACE.pattern}\s*(?:- |[\"']?[\w.]{{1,12}}[\"']?[ ]*:(?:\s|\Z))")
_LINES_ABOVE = 50  # that are searched for an odd indent
_BEHIND_BAR = lazy_regex(rf"{_FIELD}([|>][-+0-9]{{0,2}})[ ]*((?![-+0-9])[^# \t])")
_BEHIND_QUOTE = lazy_regex(rf"{_FIELD}(?=([\"']))(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')[ ]*([^\s,:#\]}}])")
_BEHIND_BRACKET = lazy_regex(rf"{_FIELD}(?:\[[^\]]*+\]|\{{[^}}]*+\}})[ ]*([^\s,:#\]}}])")
_COLON_AT_END = lazy_regex(r": .*[^\s:]:\s*\Z")
_BELOW = "文字从下一行写起，比字段名多缩进两格"
_QUOTE_IT = "把这段文字用引号括起来，或用“|-”另起一行写"

# Part of libyaml's message → message and hint.  Problems in _AT_THE_OPENING are reported where the construct begins: an
# unclosed quotation mark fails only at the end of the file, a key without a colon some lines later.
_PROBLEMS = (
    ("unexpected end of stream", "引号没有配对，一直到文件结尾", "补上缺的半角引号"),
    ("cannot start any token", "这里的符号不能放在文字开头", "文字以 @ ` % 开头时，用引号括起来"),
    ("unknown escape", "双引号里的反斜杠“\\”用错了", "改用单引号，或写成两个反斜杠"),
    ("alphabetic or numeric", "文字以 * 或 & 开头", _QUOTE_IT),
    ("did not find expected key", "缩进对不齐，或前面少了冒号", "同一层的字段要从同一列开始"),
    ("could not find expected ':'", "这里少了冒号", "写成“字段: 值”；多行文字要缩进在“落实情况: |-”之下"),
    ("did not find expected '-' indicator", "列表的各项没有对齐", "每项都以“- ”开头，并从同一列开始"),
    ("did not find expected ',' or", "方括号或花括号没有配对", "文字以 [ 或 { 开头时，用引号括起来"),
    ("block sequence entries are not allowed", "这里不能写列表", "“- ”要另起一行"),
    ("leading blank lines", "多行文字开头的空行缩进太深", "删去空行里的空格"),
    ("found undefined tag", "文字以 ! 开头", _QUOTE_IT),
)
_AT_THE_OPENING = ("unexpected end of stream", "could not find expected ':'")


def first_control(text: str) -> FormatError | None:
    """Return the error for the first unescaped control character, which YAML forbids, or None."""
    match = _CONTROL.search(text)
    if match is None:
        return None
    start = text.rfind("\n", 0, match.start()) + 1
    place = Place(text.count("\n", 0, match.start()) + 1, match.start() - start + 1)
    code = ord(match[0])
    escaped = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return FormatError(
        "ZJ004", f"这里有控制字符 {escaped}，YAML 不允许", "删去它；常见于从网页或旧系统粘贴的文字", place
    )


def refuse_directives(text: str) -> None:
    """Refuse lines that declare tags, before the parser compares each with all others."""
    if match := _DIRECTIVE.search(text):
        place = Place(source_lines(text).count("\n", 0, match.start()) + 1, 1)
        raise FormatError("ZJ004", f"不支持标签{quote(DIRECTIVE)}", f"删去以 {DIRECTIVE} 开头的各行", place)


def explain(error: yaml.YAMLError, text: str) -> FormatError:
    """Return the error to report for a YAML syntax error: the line and the likely mistake."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # pragma: no cover - libyaml gives a mark with all but reader errors, which first_control catches
        return FormatError("ZJ004", "YAML 语法错误", "对照 zhijiao20 init 生成的文件检查")
    lines = re.split("\r\n|\r|\n", text)
    problem = str(getattr(error, "problem", "") or "")
    opening: Any = getattr(error, "context_mark", None)
    for number in _candidate_lines(mark, opening):
        if 0 <= number < len(lines) and (mistake := _visible_mistake(lines[number])):
            return _line_error(lines, number, *mistake)
    above = _odd_line_above(lines, mark.line)
    if above is not None and (mistake := _visible_mistake(lines[above])):
        return _line_error(lines, above, *mistake)
    if "mapping values are not allowed" in problem:
        return _line_error(lines, mark.line, mark.column, *_explain_colon(lines[mark.line]))
    if opening is not None and any(words in problem for words in _AT_THE_OPENING):
        mark = opening
    return _line_error(lines, mark.line, mark.column, *_explain_problem(problem))


def _candidate_lines(mark: Any, opening: Any) -> Iterator[int]:  # noqa: ANN401 - PyYAML's marks
    """Yield the lines to check: of the error, above it, and of the start of the construct."""
    yield mark.line
    yield mark.line - 1
    if opening is not None:
        yield opening.line


def _odd_line_above(lines: list[str], number: int) -> int | None:
    """Return the nearest line above that begins with an odd space before a field, which the parser took for text."""
    above = range(min(number, len(lines)) - 1, max(0, number - _LINES_ABOVE) - 1, -1)
    return next((index for index in above if _ODD_FIELD.match(lines[index])), None)


def _line_error(lines: list[str], number: int, column: int, message: str, hint: str) -> FormatError:
    line = lines[number].strip() if number < len(lines) else ""
    quoted_line = quote(line) if line else "文件结尾" if number >= len(lines) - 1 else "空行"
    return FormatError("ZJ004", f"{message}：{quoted_line}", hint, Place(number + 1, column + 1))


def _visible_mistake(line: str) -> tuple[int, str, str] | None:
    """Return a mistake that is visible on the line itself: column, message and hint."""
    return _mistake_in_indent(line) or _mistake_behind_name(line) or _mistake_in_value(line)


def _mistake_in_indent(line: str) -> tuple[int, str, str] | None:
    indent = _INDENT.match(line)
    begin = indent.end() if indent else 0
    if "\t" in line[:begin]:
        return line.index("\t"), "缩进用了制表符（Tab）", "把行首的 Tab 换成空格"
    if odd := ODD_SPACE.search(line, 0, begin):
        name = space_name(odd[0])
        return odd.start(), f"缩进用了{name}", f"把行首的{name}换成半角空格"
    if line.startswith(("```", "~~~"), begin):
        return begin, "这是粘贴时带来的代码框标记，不是填报内容", f"删去文件里以 {line[begin : begin + 3]} 开头的各行"
    return None


def _mistake_behind_name(line: str) -> tuple[int, str, str] | None:
    if found := _WIDE_COLON.match(line):
        return found.end() - 1, "字段名后面用了全角冒号“：”", "改成半角冒号，后面空一格，如 单位: 某某单位"
    if found := _ODD_GAP.match(line):
        name = space_name(found[1])
        return found.start(1), f"冒号后面是{name}", f"把冒号后面的{name}换成一个半角空格"
    if found := _NO_SPACE.match(line):
        return found.end() - 1, "冒号后面没有空格", "半角冒号后面要空一格，如 单位: 某某单位"
    return None


def _mistake_in_value(line: str) -> tuple[int, str, str] | None:
    if found := _BEHIND_BAR.match(line):
        if ODD_SPACE.match(found[2]):
            name = space_name(found[2])
            return found.start(2), f"“{found[1]}”后面是{name}", f"把“{found[1]}”后面的{name}删去"
        return found.start(2), f"“{found[1]}”后面的文字没有另起一行", f"“{found[1]}”后面直接换行，{_BELOW}"
    if found := _BEHIND_QUOTE.match(line):
        other = "双" if found[1] == "'" else "单"
        hint = f"整段文字外面再加一对{other}引号；或先写“|-”，{_BELOW}"
        return found.start(2), "文字以引号开头，引号收尾以后还有文字", hint
    if found := _BEHIND_BRACKET.match(line):
        return found.start(1), "文字以方括号或花括号开头，括号收尾以后还有文字", _QUOTE_IT
    return None


def _explain_colon(line: str) -> tuple[str, str]:
    if _COLON_AT_END.search(line):
        return "文字以半角冒号结尾，被当成了字段", _QUOTE_IT
    if line.count(": ") > 1:
        return "文字里有半角冒号加空格，被当成了字段", _QUOTE_IT
    return "这一行缩进太深，或上一行已经有了内容", "字段要与同一层的其他字段从同一列开始"


def _explain_problem(problem: str) -> tuple[str, str]:
    for words, message, hint in _PROBLEMS:
        if words in problem:
            return message, hint
    return "这里不合 YAML 语法", "对照 zhijiao20 init 生成的文件检查这一行和上一行的缩进、冒号和引号"
