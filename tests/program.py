"""Runs of the program: in this process, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

from zhijiao20.cli import app

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, modes, links, limits or devices of POSIX")


def slashes(text: str) -> str:
    """Return an output with the separators of POSIX, for expectations that hold on every system."""
    return text.replace("\\\\", "/").replace("\\", "/") if os.name == "nt" else text


def run(*args: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, list(args))


def child(*args: str, **extra: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    options = {"capture_output": True, "timeout": 60} | extra
    return subprocess.run([sys.executable, "-m", "zhijiao20", *args], check=False, **options)  # type: ignore[call-overload,no-any-return]
