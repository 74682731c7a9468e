"""Documentation of the rules, parsed from the constant ``PAGE`` of their modules.  Pure but for its own text file.

The pages of the rules that have no module, because the code that reads files reports them, are in
``reading_rules.txt``, each below a line that names this code.  A docstring would be missing under ``python -OO``.

The first line of a page contains code and title; then follow the explanation, the examples, and the source with its
strength:

- ``错：文字``, ``对：文字``: a text with ``↵`` between its paragraphs.  ``错〔16.4 已完成〕：`` gives its task (or several
  tasks with the same text) and 进展; the default is task 1.1 without 进展.
- ``【澄州理工学校】文字↵【澄州卫生学校】文字``: paragraphs of several units (rules of ZJ6); ``【7.1】文字↵【7.2】文字``:
  paragraphs of several tasks; ``【澄州理工学校 7.1】文字``: both.
- ``错（yaml）：`` followed by indented lines: a file; a line ``〔名称〕`` gives the file name and starts a new file.
- ``错（xlsx）：文字``: a description of a case that only a file of this format can contain.
- ``依据：…（规定|一般|实务）``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import files
from textwrap import dedent

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.rule_table import RULES, Rule

STRENGTHS = ("规定", "一般", "实务")
"""How binding a source is: 规定 (mandatory), 一般 (general rule), 实务 (common practice)."""

_TITLE_LINE = lazy_regex(r"(ZJ[0-7][0-9]{2}) (.+)。")
_EXAMPLE = lazy_regex(r"([错对])(?:〔([^〕]+)〕)?(?:（([^）]+)）)?：(.*)")
_SOURCE = lazy_regex(rf"依据：(.+（({'|'.join(STRENGTHS)})）.*)", re.DOTALL)
_REPORTED_BY = lazy_regex(r"^〔[^〕\n]+\.py〕\n", re.MULTILINE)
_FILE_NAME = lazy_regex(r"〔(.+)〕")
_DEFAULT_TASK = "1.1"
_DEFAULT_FILE = "澄州市教育局"


@dataclass(frozen=True, slots=True)
class Example:
    """Example of a documentation page.

    Attributes:
        text: the text of an entry, or a description in words; empty if the example consists of files.
        tasks: the ids of the tasks that the text belongs to.
        progress: the 进展 of the entry, or empty.
        kind: the file format (``yaml``, ``xlsx`` …) if the example is not the text of an entry.
        files: file name → content if the example consists of files.
    """

    text: str
    tasks: tuple[str, ...] = (_DEFAULT_TASK,)
    progress: str = ""
    kind: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Documentation of one rule.

    Attributes:
        rule: the documented rule.
        why: what the rule checks and why, paragraphs separated by empty lines.
        wrong: examples that the rule reports.
        right: examples that it does not report; for a fixable rule the i-th is the fixed form of the i-th wrong one.
        source: the document that the rule is based on.
        strength: how binding the source is, one of ``STRENGTHS``.
    """

    rule: Rule
    why: str
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]
    source: str
    strength: str


def page_of(code: str) -> Page:
    """Return the documentation page of a rule, parsed from its module or ``reading_rules.txt``.

    Raises:
        KeyError: there is no rule with this code.
        ModuleNotFoundError: the rule has no page.
        ValueError: the text is not a valid page, or the page of another rule.
    """
    rule = RULES[code]
    text = _reading_pages().get(code)
    if text is None:
        text = import_module(f"zhijiao20.rules.{rule.family}.{rule.name.replace('-', '_')}").PAGE
    page = parse_page(text)
    if page.rule is not rule:
        raise ValueError(f"the page of {code} is that of {page.rule.code}")
    return page


@cache
def _reading_pages() -> dict[str, str]:
    """Return code → page of the rules without a module."""
    text = files("zhijiao20.rules").joinpath("reading_rules.txt").read_text(encoding="utf-8")
    return {page[:5]: page for page in _REPORTED_BY.split(text)[1:]}


def parse_page(text: str) -> Page:
    """Parse the text of a page.

    Raises:
        ValueError: a part is missing, or code and title differ from the rule table.
    """
    first, _, rest = text.partition("\n")
    title_match = _TITLE_LINE.fullmatch(first)
    if title_match is None or (rule := RULES.get(title_match[1])) is None or rule.title != title_match[2]:
        raise ValueError(f"no code and title of a rule: {first!r}")
    body, marker, source = rest.rpartition("\n依据：")
    source_match = _SOURCE.fullmatch(f"依据：{source.strip()}") if marker else None
    if source_match is None:
        raise ValueError(f"{rule.code}: no 依据 with its strength ({'、'.join(STRENGTHS)})")
    why, examples = _parse_examples(body.split("\n"))
    wrong, right = ([example for mark, example in examples if mark == wanted] for wanted in "错对")
    if not why or not wrong or not right:
        raise ValueError(f"{rule.code}: why, 错 and 对 are needed")
    return Page(rule, why, tuple(wrong), tuple(right), source_match[1].replace("\n", ""), source_match[2])


def _parse_examples(lines: Iterable[str]) -> tuple[str, list[tuple[str, Example]]]:
    """Return the text above the examples, and all examples, each with its mark 错 or 对.

    Indented lines belong to the example above them.
    """
    why: list[str] = []
    matches: list[tuple[re.Match[str], list[str]]] = []
    for line in lines:
        if match := _EXAMPLE.fullmatch(line):
            matches.append((match, []))
        elif matches and (line.startswith("    ") or not line):
            matches[-1][1].append(line)
        elif matches:
            raise ValueError(f"between the examples: {line!r}")
        else:
            why.append(line)
    return "\n".join(why).strip(), [(match[1], _parse_example(match, block)) for match, block in matches]


def _parse_example(match: re.Match[str], block: list[str]) -> Example:
    labels, kind, text = (match[2] or "").split(), match[3] or "", match[4].replace("↵", "\n")
    tasks = [word for part in labels if part[0].isdigit() for word in part.split("、")]
    progress = next((part for part in labels if not part[0].isdigit()), "")
    content = dedent("\n".join(block)).strip("\n")
    if bool(content) is not bool(kind and not text):
        raise ValueError(f"a file is shown below its mark, a text behind it: {match[0]!r}")
    return Example(
        text, tuple(tasks) or (_DEFAULT_TASK,), progress, kind, _split_files(kind, content) if content else {}
    )


def _split_files(kind: str, content: str) -> dict[str, str]:
    files: dict[str, list[str]] = {}
    name = f"{_DEFAULT_FILE}.{kind}"
    for line in content.split("\n"):
        if match := _FILE_NAME.fullmatch(line):
            name = match[1]
        else:
            files.setdefault(name, []).append(line)
    return {name: "\n".join(lines).strip("\n") + "\n" for name, lines in files.items()}
