"""PDF by way of LibreOffice: made where it is installed, said clearly where not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from office import need
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.errors import UsageError
from zhijiao20.system import libreoffice
from zhijiao20.system.discovery import official_form

EXAMPLES = str(ROOT / "examples" / "澄州市")


@pytest.mark.minutes
def test_render_to_pdf_alone(tmp_path: Path) -> None:
    """``-o X.pdf`` writes the PDF and nothing beside it."""
    need("soffice")
    output = tmp_path / "附表2.pdf"
    result = CliRunner().invoke(app, ["render", EXAMPLES, "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert output.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.minutes
def test_render_with_pdf_beside(tmp_path: Path) -> None:
    """``--pdf`` writes both."""
    need("soffice")
    result = CliRunner().invoke(app, ["render", "--blank", "-o", str(tmp_path / "空表.docx"), "--pdf"])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["空表.docx", "空表.pdf"]


def test_without_libreoffice_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what is missing and what else to do; not even the Word file is left half done."""
    monkeypatch.setattr(libreoffice, "office_path", lambda: None)
    result = CliRunner().invoke(app, ["render", EXAMPLES, "-o", str(tmp_path / "附表2.docx"), "--pdf"])
    assert result.exit_code == 2
    assert (
        "生成 PDF 要用 LibreOffice，这台电脑上没有找到。请先生成 .docx，再在 Word 或 WPS 中另存为 PDF" in result.stderr
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (subprocess.TimeoutExpired("soffice", 1), "LibreOffice 没有完成转换"),
        (OSError("no"), "LibreOffice 没有完成转换"),
        (subprocess.CompletedProcess([], 77, b"", b"Error: source file could not be loaded\n"), "could not be loaded"),
        (subprocess.CompletedProcess([], 77, b"", b""), "（77）"),
    ],
    ids=["hangs", "cannot-start", "says-why", "says-nothing"],
)
def test_failing_libreoffice_is_told(monkeypatch: pytest.MonkeyPatch, outcome: object, message: str) -> None:
    """Whatever it does, the user gets a line to act upon, and the temporary folder is gone."""
    folders = []

    def run(command: list[str], **_options: object) -> object:
        folders.append(Path(command[-1]).parent)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(libreoffice, "find_office", lambda: "soffice")
    monkeypatch.setattr(libreoffice.subprocess, "run", run)
    with pytest.raises(UsageError, match=message):
        libreoffice.to_pdf(official_form())
    assert not folders[0].exists()
