"""Open the form to be filled, and report what prevents filling it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhijiao20.core.display import display_path, quote
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.findings import Collector, Finding, Place
from zhijiao20.core.submission import UNIT_LIMIT, unit_problem
from zhijiao20.system.discovery import load_catalog, official_form, path_text, read_bytes, same_file
from zhijiao20.system.windows import any_length

if TYPE_CHECKING:
    from zhijiao20.formats.docx.fill import Form


@dataclass(frozen=True, slots=True)
class FormChoice:
    """The choice of the form to fill.

    Attributes:
        template: a Word form given by the user; None for the built-in form.
        landscape: use the landscape variant of the built-in form.
    """

    template: Path | None = None
    landscape: bool = False


OFFICIAL = FormChoice()
"""The built-in form in portrait orientation."""


def open_form_choice(
    choice: FormChoice, output: Path | None, annex: Path | None = None
) -> tuple[Form | None, list[Finding]]:
    """Open the form to fill, and collect the findings about it.

    Args:
        choice: the form.
        output: the file to be written, which must not be the form itself.
        annex: another one, likewise.

    Returns:
        The form (None if it cannot be read) and the findings.

    Raises:
        UsageError: the form does not exist or is the output file.
    """
    from zhijiao20.formats.docx.fill import open_form, problems, replaced_texts

    catalog, template = load_catalog(), choice.template
    if template is None:
        return open_form(official_form(landscape=choice.landscape), catalog, own=True), []
    if not any_length(template).exists():
        raise UsageError(f"表样不存在：{display_path(template)}。请核对文件名")
    for written in (output, annex):
        if written is not None and same_file(template, written):
            raise UsageError(f"输出文件同时是表样：{display_path(written)}。请用 -o 换一个文件名")
    collector = Collector(path_text(template))
    try:
        form = open_form(read_bytes(template), catalog, own=False)
    except UnreadableError as error:
        collector.add("ZJ008", f"表样不能用：{error.message}", error.hint)
        return None, collector.findings
    for label, task, message in problems(form, catalog):
        hint = "请改用原来的官方表样，或把这一行改回原文"
        collector.add("ZJ008", message, hint, place=Place(cell=label or None), task=task)
    for label, task, text in replaced_texts(form):
        hint = "原来的文字还在表样里；要保留的，请写进填报文件"
        collector.add("ZJ012", f"表样这一格原有的文字不再保留：{quote(text)}", hint, place=Place(cell=label), task=task)
    return form, collector.findings


def check_heading(unit: str, period: str) -> None:
    """Check that 单位 and 报告期 are valid as one line; empty ones are not checked.

    Raises:
        UsageError: 单位 or 报告期 is blank, too long, or has line breaks or control characters.
    """
    for name, value in (("单位", unit), ("报告期", period)):
        if value and (problem := unit_problem(value)):
            raise UsageError(f"{problem.replace('单位', name, 1)}，没有生成文件。请写在一行里，1 至 {UNIT_LIMIT} 个字")
