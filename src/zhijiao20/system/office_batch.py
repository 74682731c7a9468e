"""Convert files of other formats with LibreOffice: a profile of its own for each call, which touches nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from zhijiao20.system.batch_conversion import BatchLimits, Converter
from zhijiao20.system.office_profile import create_profile

_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_PROBES = {".docx": (".rtf", b"{\\rtf1 probe}"), ".xlsx": (".csv", b"probe\n")}
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--nologo")


def office_converter(office: str, target: str, limits: BatchLimits | None = None, opened_as: str = "") -> Converter:
    """Return LibreOffice as a program that converts files.

    Args:
        office: its full path.
        target: the suffix of the wanted format, .docx or .xlsx.
        limits: what it may use; default: a minute and 700 MiB for a file.
        opened_as: the filter that all files are opened with; else it looks at each, and takes what it does not know for
            text.
    """
    options = [f"--infilter={opened_as}"] if opened_as else []
    return Converter(
        partial(_command, [office, *options], target), target, _PROBES[target], limits or BatchLimits(), _remove_socket
    )


def _command(office: list[str], target: str, folder: Path, results: Path, files: Sequence[Path]) -> list[str]:
    """Create a profile and return the command that uses it."""
    create_profile(folder / "profile")
    command = [*office, f"-env:UserInstallation={_profile(folder)}", *_OPTIONS]
    return [*command, "--convert-to", _FILTERS[target], "--outdir", str(results), *map(str, files)]


def _profile(folder: Path) -> str:
    return (folder / "profile").as_uri()


def _remove_socket(folder: Path) -> None:
    """Remove the socket that a killed LibreOffice leaves behind, named after its profile; it is outside the profile."""
    if sys.platform != "win32":
        digest = hashlib.md5(_profile(folder).encode("utf-16-le"), usedforsecurity=False).digest()
        name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"
        for place in ("/tmp", "/var/tmp"):  # noqa: S108 - where it puts it, whatever TMPDIR says
            with contextlib.suppress(OSError):
                Path(place, name).unlink()
