"""Programs of Windows are found by its registry, then where they are usually installed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from zhijiao20.formats.old import conversion
from zhijiao20.formats.old.recognize import DOC, XLS
from zhijiao20.system import libreoffice, registry

if TYPE_CHECKING:
    from collections.abc import Iterator

APP_PATHS = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\"
LIBREOFFICE = "SOFTWARE\\LibreOffice\\UNO\\InstallPath"


def install(monkeypatch: pytest.MonkeyPatch, values: dict[tuple[str, str], object]) -> None:
    """Put a registry in the place of the system's: (root, key) → default value."""

    @contextmanager
    def open_key(root: str, key: str, _reserved: int, _access: int) -> Iterator[object]:
        if (root, key) not in values:
            raise FileNotFoundError(2, "no such key")
        yield values[root, key]

    fake = SimpleNamespace(
        HKEY_LOCAL_MACHINE="machine", HKEY_CURRENT_USER="user", KEY_READ=1, KEY_WOW64_64KEY=256, KEY_WOW64_32KEY=512,
        OpenKey=open_key, QueryValueEx=lambda opened, name: (opened, 1),
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "winreg", fake)


def test_libreoffice_where_its_installer_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry first, then the folders for programs of this Windows, then the usual ones; each once."""
    for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ProgramFiles", "E:\\程序")
    install(monkeypatch, {("user", LIBREOFFICE): "D:\\办公\\LibreOffice\\program", ("machine", LIBREOFFICE): "program"})
    assert registry.libreoffice_paths() == [
        "D:\\办公\\LibreOffice\\program\\soffice.exe",
        "E:\\程序\\LibreOffice\\program\\soffice.exe",
        "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
        "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
    ]  # a value that is no full path, which the current folder would complete, is passed over
    asked = []
    monkeypatch.setattr(libreoffice, "ON_WINDOWS", True)
    monkeypatch.setattr(libreoffice, "find_program", lambda names, paths: asked.extend(paths))
    libreoffice.office_path()
    assert asked == registry.libreoffice_paths()


def test_no_registry_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", None)
    assert list(registry.default_values(LIBREOFFICE)) == []
    assert not registry.is_registered(["winword.exe"])


@pytest.mark.parametrize(
    ("program", "told", "not_told"),
    [("winword.exe", "①打开放这些文件的文件夹", "KWps"), ("wps.exe", "换成 KWps.Application", "LibreOffice（免费）后")],
)
def test_what_is_installed_is_told_step_by_step(
    monkeypatch: pytest.MonkeyPatch, program: str, told: str, not_told: str
) -> None:
    """Where Word or WPS is there, how to save all old files at once with it."""
    install(monkeypatch, {("machine", APP_PATHS + program): f"C:\\Office\\{program}"})
    text = conversion.all_at_once([DOC, XLS])
    assert text.startswith("有 2 个旧格式的文件没有读。一次全部转换：")
    assert told in text
    assert "Word、Excel" in text
    assert not_told not in text
