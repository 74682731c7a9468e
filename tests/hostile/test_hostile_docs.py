"""docs/safety.md: every hostile case of the tests stands there, with what is answered."""

from __future__ import annotations

import os

import test_hostile_archives
import test_hostile_csv
import test_hostile_docx
import test_hostile_xlsx
import test_hostile_yaml
from attack import Case
from conftest import ROOT

from zhijiao20.findings import RULES
from zhijiao20.limits import DEFAULT

GROUPS = {
    "YAML": test_hostile_yaml.CASES,
    "CSV": test_hostile_csv.CASES,
    "Excel": test_hostile_xlsx.CASES,
    "Word": test_hostile_docx.CASES,
    "Excel、Word 的压缩包": test_hostile_archives.CASES,
}
PAGE = ROOT / "docs" / "safety.md"


def row(kind: str, case: Case) -> str:
    """A case as the document says it."""
    answer = f"{case.code} {RULES[case.code].title}" if case.code else "照常读取"
    more = f"：……{case.answer}……" if case.answer else ""
    return f"| {kind} | {case.what.replace('|', '｜')} | {answer}{more} |"


def test_every_case_stands_in_the_document() -> None:
    """A row is a test, and a test is a row."""
    rows = [row(kind, case) for kind, cases in GROUPS.items() for case in cases]
    text = PAGE.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        begin, end = text.index("| 格式 | 情形 |"), text.index("\n## 写出的文件")
        text = text[:begin] + "| 格式 | 情形 | 回答 |\n|---|---|---|\n" + "\n".join(rows) + "\n" + text[end:]
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    kinds = tuple(f"| {kind} |" for kind in GROUPS)
    assert [line for line in text.splitlines() if line.startswith(kinds)] == rows


def test_the_limits_are_those_of_the_program() -> None:
    """A number in the document is the one that holds."""
    text = PAGE.read_text(encoding="utf-8")
    for number in (DEFAULT.file_mib, DEFAULT.unpacked_mib, DEFAULT.parts):
        assert f"{number} " in text
