"""A rule's documentation: the docstring of its module, taken apart.  Pure.

The first line is code and title; then why it matters; then examples; then the source with its strength:

- ``错：文字``, ``对：文字``: a text, ``↵`` between its paragraphs.  ``错〔16.4 已完成〕：`` gives its task (or several
  tasks that share it) and 进展; else it stands under 1.1 without any.
- ``【澄州理工学校】文字↵【澄州卫生学校】文字``: paragraphs of several units (rules of ZJ6); ``【7.1】文字↵【7.2】文字``: of
  several tasks; ``【澄州理工学校 7.1】文字``: both.
- ``错（yaml）：`` and indented lines: a file; a line ``〔名称〕`` names it and begins another one.
- ``错（xlsx）：文字``: what only a file of this kind can show, told in words.
- ``依据：…（规定|一般|实务）``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from textwrap import dedent

from zhijiao20.core.rule_table import RULES, Rule

STRENGTHS = ("规定", "一般", "实务")
"""How binding a source is: a must, as a rule, custom."""

_HEAD = re.compile(r"(ZJ[0-6][0-9]{2}) (.+)。")
_EXAMPLE = re.compile(r"([错对])(?:〔([^〕]+)〕)?(?:（([^）]+)）)?：(.*)")
_SOURCE = re.compile(rf"依据：(.+（({'|'.join(STRENGTHS)})）.*)", re.DOTALL)
_NAME = re.compile(r"〔(.+)〕")
_TASK = "1.1"
_FILE = "澄州市教育局"


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a page.

    Attributes:
        text: the text of an entry, or what is told in words; empty for files.
        tasks: the tasks under which the text stands.
        progress: its 进展, or empty.
        kind: the kind of file (``yaml``, ``xlsx`` …) where it is no text of an entry.
        files: name → content where the files themselves are shown.
    """

    text: str
    tasks: tuple[str, ...] = (_TASK,)
    progress: str = ""
    kind: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """The documentation of one rule.

    Attributes:
        why: what the matter is and why it matters, paragraphs parted by empty lines.
        wrong: what the rule finds.
        right: what it does not find; for a rule that is put right by itself the i-th is what becomes of the i-th wrong.
        source: where the rule is from.
        strength: one of ``STRENGTHS``.
    """

    rule: Rule
    why: str
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]
    source: str
    strength: str


def page_of(code: str) -> Page:
    """The page of a rule, from the docstring of its module.

    Raises:
        ModuleNotFoundError: the rule has no module.
        ValueError: the docstring is no page.
    """
    rule = RULES[code]
    module = import_module(f"zhijiao20.rules.{rule.family}.{rule.name.replace('-', '_')}")
    page = parse_page(module.__doc__ or "")
    if page.rule is not rule:
        raise ValueError(f"{module.__name__} holds the page of {page.rule.code}")
    return page


def parse_page(docstring: str) -> Page:
    """Take a docstring apart.

    Raises:
        ValueError: a part is missing, or the code or title is not that of the table.
    """
    first, _, rest = docstring.partition("\n")
    head = _HEAD.fullmatch(first)
    if head is None or (rule := RULES.get(head[1])) is None or rule.title != head[2]:
        raise ValueError(f"no code and title of a rule: {first!r}")
    body, marker, source = rest.rpartition("\n依据：")
    found = _SOURCE.fullmatch(f"依据：{source.strip()}") if marker else None
    if found is None:
        raise ValueError(f"{rule.code}: no 依据 with its strength ({'、'.join(STRENGTHS)})")
    why, examples = _examples(body.split("\n"))
    wrong, right = ([example for kind, example in examples if kind == wanted] for wanted in "错对")
    if not why or not wrong or not right:
        raise ValueError(f"{rule.code}: why, 错 and 对 are needed")
    return Page(rule, why, tuple(wrong), tuple(right), found[1].replace("\n", ""), found[2])


def _examples(lines: Iterable[str]) -> tuple[str, list[tuple[str, Example]]]:
    """What stands before the examples, and every example with 错 or 对; indented lines belong to the one above."""
    why: list[str] = []
    marked: list[tuple[re.Match[str], list[str]]] = []
    for line in lines:
        if match := _EXAMPLE.fullmatch(line):
            marked.append((match, []))
        elif marked and (line.startswith("    ") or not line):
            marked[-1][1].append(line)
        elif marked:
            raise ValueError(f"between the examples: {line!r}")
        else:
            why.append(line)
    return "\n".join(why).strip(), [(match[1], _example(match, block)) for match, block in marked]


def _example(match: re.Match[str], block: list[str]) -> Example:
    where, kind, text = (match[2] or "").split(), match[3] or "", match[4].replace("↵", "\n")
    tasks = [word for part in where if part[0].isdigit() for word in part.split("、")]
    progress = next((part for part in where if not part[0].isdigit()), "")
    content = dedent("\n".join(block)).strip("\n")
    if bool(content) is not bool(kind and not text):
        raise ValueError(f"a file is shown below its mark, a text behind it: {match[0]!r}")
    return Example(text, tuple(tasks) or (_TASK,), progress, kind, _files(kind, content) if content else {})


def _files(kind: str, content: str) -> dict[str, str]:
    files: dict[str, list[str]] = {}
    name = f"{_FILE}.{kind}"
    for line in content.split("\n"):
        if match := _NAME.fullmatch(line):
            name = match[1]
        else:
            files.setdefault(name, []).append(line)
    return {name: "\n".join(lines).strip("\n") + "\n" for name, lines in files.items()}
