"""Write a YAML status file for people to fill in, with the official wording above every task."""

from __future__ import annotations

import re

from zhijiao20.core.catalog import Catalog, Task
from zhijiao20.core.fields import EVIDENCE, PERIOD, PHONE, PROGRESS, REMARK, REPORTER, STATUS, TASKS, UNIT, WAIVERS
from zhijiao20.core.submission import Entry, Progress, Submission

SCHEMA_FILE = "zhijiao20.schema.json"

# Compiled when a text needs them; an empty form has none.
_PLAIN = r"[\u4e00-\u9fff][\u4e00-\u9fff0-9（）〔〕“”、·—]*"
# A literal block cannot represent control characters, hidden line breaks, a BOM, or a line end at its end.  If a line
# begins with a space, the block needs an indentation indicator.
_NOT_IN_BLOCK = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\n$"
_INDENTED = "^[ \n]|\n "
_ESCAPED = "[\x7f-\x9f\u2028\u2029\ufeff]"


def write(submission: Submission, catalog: Catalog) -> bytes:
    """Return the whole file: all tasks in official order, with an empty entry if not filled in."""
    lines = [
        f"# yaml-language-server: $schema={SCHEMA_FILE}",
        f"# （编辑器里要补全和提示时，在同一文件夹运行一次：zhijiao20 schema -o {SCHEMA_FILE}）",
        "#",
        f"# {catalog.label}{catalog.title}",
        "#",
        "# 怎样填：",
        f"#   进展      {'、'.join(Progress)}，四选一，可以不填",
        "#   落实情况  文字另起一行，比“落实情况”多缩进两格；换行就是分段",
        "#   佐证      文号等，一条一行，以“- ”开头；不印进附表，没有就不动",
        "#   不涉及的任务：进展填“不涉及”，在落实情况里写一句理由",
        "",
        f"{UNIT}: {quoted(submission.unit)}",
        _field(PERIOD, submission.period),
        _field(REPORTER, submission.reporter),
        _field(PHONE, submission.phone),
        f"{TASKS}:",
    ]
    for chapter in catalog.chapters:
        lines += ["", f"  # ━━ {chapter.title}"]
        for article in chapter.articles:
            lines += ["", f"  # ── {article.title}"]
            for task in article.tasks:
                lines += _entry(task, submission.entries.get(task.id, Entry(task.id)))
    return ("\n".join(lines) + "\n").encode("utf-8")


def quoted(text: str) -> str:
    """Return a text as a YAML scalar on one line: plain if safe, else in double quotes."""
    if (text and min(text) >= "\u4e00" and max(text) <= "\u9fff") or re.fullmatch(_PLAIN, text):
        return text
    import json

    return re.sub(_ESCAPED, lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _field(name: str, value: str) -> str:
    return f"{name}: {quoted(value)}" if value else f"{name}:"


def _entry(task: Task, entry: Entry) -> list[str]:
    lines = ["", f"  # {task.id}  {task.text}", f'  "{task.id}":']
    lines.append(f"    {PROGRESS}: {entry.progress}" if entry.progress else f"    {PROGRESS}:")
    lines += _status(entry.status)
    if entry.evidence:
        lines += [f"    {EVIDENCE}:", *(f"      - {quoted(item)}" for item in entry.evidence)]
    else:
        lines.append(f"    {EVIDENCE}: []")
    if entry.remark:
        lines.append(f"    {REMARK}: {quoted(entry.remark)}")
    if entry.waivers:
        lines += [
            f"    {WAIVERS}:",
            *(f"      {quoted(code)}: {quoted(reason)}" for code, reason in entry.waivers.items()),
        ]
    return lines


def _status(text: str) -> list[str]:
    if not text:
        return [f"    {STATUS}: |-", ""]
    if re.search(_NOT_IN_BLOCK, text):
        return [f"    {STATUS}: {quoted(text)}"]
    return [
        f"    {STATUS}: |{'2' if re.search(_INDENTED, text) else ''}-",
        *(f"      {line}" if line else "" for line in text.split("\n")),
    ]
