"""docs/safety.md: every hostile case of the tests stands there, with what is answered."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import Path

import test_hostile_archives
import test_hostile_csv
import test_hostile_docx
import test_hostile_packed
import test_hostile_xlsx
import test_hostile_yaml
from attack import Case
from conftest import ROOT

from zhijiao20.core.limits import DEFAULT, counted
from zhijiao20.core.rule_table import RULES

GROUPS = {
    "YAML": test_hostile_yaml.CASES,
    "CSV": test_hostile_csv.CASES,
    "Excel": test_hostile_xlsx.CASES,
    "Word": test_hostile_docx.CASES,
    "Excel、Word 的压缩包": test_hostile_archives.CASES,
    ".zip": test_hostile_packed.CASES,
    "旧格式": test_hostile_packed.OLD,
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
        begin, end = text.index("| 格式 | 情形 |"), text.index("\n## 路径、文字、写出、环境")
        text = text[:begin] + "| 格式 | 情形 | 回答 |\n|---|---|---|\n" + "\n".join(rows) + "\n" + text[end:]
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    kinds = tuple(f"| {kind} |" for kind in GROUPS)
    assert [line for line in text.splitlines() if line.startswith(kinds)] == rows


def test_every_test_that_the_document_names_exists() -> None:
    """A promise without a test is none."""
    modules = sorted(path for path in Path(__file__).parent.glob("test_hostile_*.py") if path != Path(__file__))
    known = {name for path in modules for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)}
    named = re.findall(r"\| `(test_\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert not set(named) - known


def test_the_limits_are_those_of_the_program() -> None:
    """A number in the document is the one that holds."""
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("| 限度 | 数目 |") : text.index("测试里每一份")]
    units = {
        "lines": "行",
        "cells": "格",
        "nodes": "处",
        "text": "字",
        "unit": "字",
        "characters": "字",
        "statuses": "字",
        "units": "个",
        "roster_units": "个",
        "findings": "条",
    }
    told = [counted(getattr(DEFAULT, name), unit) for name, unit in units.items()]
    told += [f"{DEFAULT.file_mib} MiB", f"{DEFAULT.unpacked_mib} MiB", counted(DEFAULT.parts, "个部件")]
    assert not [number for number in told if number not in table]
    assert {field.name for field in fields(DEFAULT)} == {*units, "file_mib", "unpacked_mib", "parts"}
