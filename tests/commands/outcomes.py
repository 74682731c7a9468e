"""What a command has come to, in short."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from zhijiao20.core.findings import Report


def told(report: Report) -> list[tuple[str, str]]:
    """File and code of each finding."""
    return [(finding.file, finding.rule.code) for finding in report.findings]


def cells(path: Path) -> list[str]:
    """Column 4 of the first table of a Word document, but for its head."""
    return [row.cells[3].text for row in Document(str(path)).tables[0].rows][1:]
