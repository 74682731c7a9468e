"""The changes between two rounds as one HTML page: readable offline, without a script, and safe to open."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from typing import IO

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.display import escape_controls
from zhijiao20.core.round_changes import RoundCounts, TaskChange, TaskState, UnitChange
from zhijiao20.core.text_changes import Kind, changes
from zhijiao20.output.change_words import STATES, counts_words, progress_words, unit_words

_TITLE = "两期对照"
_STYLE = """
body { font-family: "Noto Serif CJK SC", "Songti SC", SimSun, serif; line-height: 1.7; color: #1a1a1a; }
body { margin: 0 auto; max-width: 60em; padding: 1em; background: #fff; }
h1 { font-size: 1.4em; }
h2 { font-size: 1.1em; border-bottom: 1px solid #999; padding-bottom: .2em; margin-top: 2em; }
h2 small { font-weight: normal; color: #444; }
article { margin: 1em 0; break-inside: avoid-page; }
h3 { font-size: 1em; margin: 0 0 .2em; }
h3 .task { font-weight: normal; color: #444; }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
del { color: #a40000; background: #fde8e8; text-decoration: line-through; }
ins { color: #00501e; background: #e3f6e8; text-decoration: underline; }
.moved { text-decoration-style: double; }
.same { color: #555; }
@media print { body { max-width: none; padding: 0; } }
"""
_NOTE = "红色划去的是上期有、本期没有的文字，绿色下划线的是本期新写的文字；双线是挪了位置的句子。没有变化的任务不列。"
_TAGS = {
    Kind.OUT: ("<del>", "</del>"),
    Kind.IN: ("<ins>", "</ins>"),
    Kind.MOVED_OUT: ('<del class="moved">', "</del>"),
    Kind.MOVED_IN: ('<ins class="moved">', "</ins>"),
    Kind.SAME: ("", ""),
}


def write(catalog: Catalog, counts: RoundCounts, units: Iterable[UnitChange], stream: IO[bytes]) -> None:
    """Write the page, with the changes of one unit in memory at a time."""
    for part in _begin(counts):
        stream.write(part.encode())
    for unit in units:
        for part in _unit(unit, catalog):
            stream.write(part.encode("utf-8", "replace"))
    stream.write(b"</body>\n</html>\n")


def _begin(counts: RoundCounts) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{_TITLE}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_TITLE}</h1>\n"
    yield from (f"<p>{line}</p>\n" for line in (*counts_words(counts), _NOTE))


def _unit(unit: UnitChange, catalog: Catalog) -> Iterator[str]:
    yield f"<section>\n<h2>{_safe(unit.unit)}　<small>{unit_words(unit)}</small></h2>\n"
    yield from (_task(task, catalog) for task in unit.tasks)
    yield "</section>\n"


def _task(task: TaskChange, catalog: Catalog) -> str:
    what = STATES[task.state]
    if words := progress_words(task):
        what += f"　进展 {words}"
    heading = f'{task.task}　{what}<br><span class="task">{_safe(catalog.tasks[task.task].text)}</span>'
    if task.state is TaskState.PROGRESS:
        text = f'<p class="same">{_text(task.new)}</p>'
    else:
        pieces = (f"{_TAGS[kind][0]}{_text(text)}{_TAGS[kind][1]}" for kind, text in changes(task.old, task.new))
        text = f"<p>{''.join(pieces)}</p>"
    return f"<article>\n<h3>{heading}</h3>\n{text}\n</article>\n"


def _safe(text: str) -> str:
    """Return a text on one line for the page."""
    return escape(escape_controls(text))


def _text(text: str) -> str:
    """Return a passage for the page; its paragraphs stay."""
    return "\n".join(map(_safe, text.split("\n")))
