"""Empty status files: every task of the official list in official order, ready to be filled in."""

from __future__ import annotations

import json
import re

from zhijiao20.catalog import Catalog
from zhijiao20.files import UsageError
from zhijiao20.findings import visible
from zhijiao20.model import ARTICLE, CHAPTER, EVIDENCE, ID, PERIOD, PROGRESS, STATUS, TASKS, UNIT, Progress

KINDS = ("yaml", "csv", "docx")
SCHEMA_FILE = "zhijiao20.schema.json"

_UNSAFE = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
_NAME_BYTES = 240  # file systems allow 255 bytes of UTF-8; the hidden file beside it needs a few more
_PLAIN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff0-9（）〔〕“”、·—]*")


def default_name(unit: str, kind: str) -> str:
    """A file name for a unit that is safe on every system, and never a path.

    Raises:
        UsageError: the unit cannot be a file name.
    """
    name = _UNSAFE.sub("_", unit).strip().lstrip(".~").rstrip(". ")
    if not name or _RESERVED.fullmatch(name) or len(name.encode("utf-8", "replace")) > _NAME_BYTES:
        raise UsageError(f"单位“{unit[:40]}”不能直接用作文件名。请用 -o 指定文件名，如 -o 填报.{kind}")
    return f"{name}.{kind}"


def scaffold_bytes(unit: str, kind: str, catalog: Catalog, *, period: str = "") -> bytes:
    """The content of an empty status file.

    Args:
        unit: the unit; it reads back exactly as given.
        kind: one of ``KINDS``.
        catalog: the official list.
        period: 报告期, written when given.

    Raises:
        UsageError: the unit or the period cannot stand in a line of the Word form as it is.
    """
    if kind == "docx":
        return _docx(unit, catalog, period)
    return _csv(unit, catalog, period) if kind == "csv" else _yaml(unit, catalog, period).encode("utf-8")


def _docx(unit: str, catalog: Catalog, period: str) -> bytes:
    """The blank official form with the unit above the table: the form that everybody knows."""
    from zhijiao20.form import fill, open_form
    from zhijiao20.form.lead import UNIT_LINE, value_after
    from zhijiao20.resources import official_form

    for label, value in ((UNIT_LINE, unit), (PERIOD, period)):
        if value_after(label, f"{label}：{value}") != value:
            raise UsageError(
                f"“{visible(value)}”写进 Word 表的“{label}：”后面读不回原样。请去掉首尾和中间的连续空格，或改用 -f yaml"
            )
    return fill(open_form(official_form(), catalog, own=True), {}, unit=unit, period=period)


def _csv(unit: str, catalog: Catalog, period: str) -> bytes:
    from zhijiao20.formats.csv import write

    head = [UNIT, PERIOD] if period else [UNIT]
    lead = [unit, period] if period else [unit]
    rows = [[*head, ID, CHAPTER, ARTICLE, TASKS, PROGRESS, STATUS, EVIDENCE]]
    rows.extend([*lead, task.id, task.chapter, task.article, task.text, "", "", ""] for task in catalog.tasks.values())
    return write(rows)


def _yaml(unit: str, catalog: Catalog, period: str) -> str:
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
        f"{UNIT}: {quoted(unit)}",
        f"{PERIOD}: {quoted(period)}" if period else f"{PERIOD}:",
        "填报人:",
        "联系电话:",
        f"{TASKS}:",
    ]
    for chapter in catalog.chapters:
        lines += ["", f"  # ━━ {chapter.title}"]
        for article in chapter.articles:
            lines += ["", f"  # ── {article.title}"]
            for task in article.tasks:
                lines += [
                    "",
                    f"  # {task.id}  {task.text}",
                    f'  "{task.id}":',
                    f"    {PROGRESS}:",
                    f"    {STATUS}: |-",
                    "",
                    f"    {EVIDENCE}: []",
                ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as a YAML scalar on one line: plain where nothing can be misread, else in double quotes."""
    if _PLAIN.fullmatch(text):
        return text
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff]",
        lambda match: f"\\u{ord(match[0]):04x}",
        json.dumps(text, ensure_ascii=False),
    )
