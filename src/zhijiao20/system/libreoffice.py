"""Convert a Word document to PDF with LibreOffice, which lays out pages as Word does."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from zhijiao20.core.errors import UsageError
from zhijiao20.system.programs import find_program
from zhijiao20.system.registry import libreoffice_paths
from zhijiao20.system.windows import ON_WINDOWS

_OTHER_PATHS = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
)
_TIME_LIMIT = 600  # seconds; a table of several thousand pages takes minutes


def office_path() -> str | None:
    """Return the full path of the LibreOffice program, None where it is not installed."""
    return find_program(("soffice", "libreoffice"), libreoffice_paths() if ON_WINDOWS else _OTHER_PATHS)


def find_office() -> str:
    """Return the full path of the LibreOffice program.

    Raises:
        UsageError: it is not installed.
    """
    found = office_path()
    if found is None:
        raise UsageError(
            "生成 PDF 要用 LibreOffice，这台电脑上没有找到。"
            "请先生成 .docx，再在 Word 或 WPS 中另存为 PDF；或安装 LibreOffice 后再试"
        )
    return found


def to_pdf(data: bytes) -> bytes:
    """Convert a Word document to PDF.

    Raises:
        UsageError: LibreOffice is not installed, or the conversion failed.
    """
    office = find_office()
    with tempfile.TemporaryDirectory(prefix="zhijiao20-") as name:
        folder = Path(name)
        (folder / "form.docx").write_bytes(data)
        # A separate profile: a running LibreOffice would accept the job for its own profile and do nothing.
        profile = (folder / "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", name]
        try:
            process = subprocess.run(  # noqa: S603 - program found by find_office, input written by us
                [*command, str(folder / "form.docx")], cwd=name, capture_output=True, timeout=_TIME_LIMIT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UsageError("LibreOffice 没有完成转换。请关闭 LibreOffice 后再试，或先生成 .docx") from error
        result = folder / "form.pdf"
        if not result.is_file():
            detail = process.stderr.decode("utf-8", "replace").strip()[-200:]
            raise UsageError(
                f"LibreOffice 没有生成 PDF（{detail or process.returncode}）。请先生成 .docx，再另存为 PDF"
            )
        return result.read_bytes()
