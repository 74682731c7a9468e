"""The other programs that users have: run with a profile of their own; needed in CI, wished for elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def need(program: str) -> str:
    """The path of a program; without it the test is skipped on a developer's machine and fails in CI."""
    path = shutil.which(program)
    if path is None:
        assert not os.environ.get("CI"), f"{program} is missing, and nothing may be skipped in CI"
        pytest.skip(f"{program} is not installed")
    return path


def soffice(source: Path, kind: str, folder: Path, opened_as: str = "") -> Path:
    """Let LibreOffice open a file, as another kind if need be, and save it; anything it complains of fails the test."""
    profile = folder / ".profile"
    done = subprocess.run(
        [
            need("soffice"),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            *([f"--infilter={opened_as}"] if opened_as else []),
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
    )
    result = folder / f"{source.stem}.{kind.partition(':')[0]}"
    assert result.exists(), done.stdout + done.stderr
    assert "Error" not in done.stderr, done.stderr
    return result
