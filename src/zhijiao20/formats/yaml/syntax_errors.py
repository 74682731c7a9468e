"""Translate YAML syntax errors into Chinese messages that quote the line and name the likely cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Place
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.yaml.nodes import source_lines

DIRECTIVE = "%TAG"
"""Beginning of a directive line that declares tags."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_DIRECTIVE = re.compile(r"(?<![^\r\n])%TAG[ \t]")
_WIDE_COLON = re.compile(r"^\s*(?:- )?[\"']?[\w.]{1,12}[\"']?\s*：")
_NO_SPACE = re.compile(r"^\s*(?:- )?[\"']?[\w.]{1,12}[\"']?:(?=[^\s/:])")
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


def _line_error(lines: list[str], number: int, column: int, message: str, hint: str) -> FormatError:
    line = lines[number].strip() if number < len(lines) else ""
    quoted_line = quote(line) if line else "文件结尾" if number >= len(lines) - 1 else "空行"
    return FormatError("ZJ004", f"{message}：{quoted_line}", hint, Place(number + 1, column + 1))


def _visible_mistake(line: str) -> tuple[int, str, str] | None:
    """Return a mistake that is visible on the line itself: column, message and hint."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return indent.index("\t"), "缩进用了制表符（Tab）", "把行首的 Tab 换成空格"
    if wide := re.search("[\u3000\u00a0]", indent):
        return wide.start(), "缩进用了全角空格", "把行首的全角空格换成半角空格"
    if found := _WIDE_COLON.match(line):
        return found.end() - 1, "字段名后面用了全角冒号“：”", "改成半角冒号，后面空一格，如 单位: 某某单位"
    if found := _NO_SPACE.match(line):
        return found.end() - 1, "冒号后面没有空格", "半角冒号后面要空一格，如 单位: 某某单位"
    return None


def _explain_colon(line: str) -> tuple[str, str]:
    if line.count(": ") > 1:
        return "文字里有半角冒号加空格，被当成了字段", _QUOTE_IT
    return "这一行缩进太深，或上一行已经有了内容", "字段要与同一层的其他字段从同一列开始"


def _explain_problem(problem: str) -> tuple[str, str]:
    for words, message, hint in _PROBLEMS:
        if words in problem:
            return message, hint
    return "这里不合 YAML 语法", "对照 zhijiao20 init 生成的文件检查这一行和上一行的缩进、冒号和引号"
