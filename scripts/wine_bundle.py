"""Try the folder for Windows under Wine: built twice it is the same, and it does a round as the program does here."""

from __future__ import annotations

import argparse
import base64
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build_windows import name
from windows_parts import RUNTIME
from wine import ROOT, Wine, WineMissingError, prepare
from wine_main_job import Outcome, file_differences, outcome_differences, run_here, run_on_windows

_ROUND = (
    "zhijiao20 roster 名册.xlsx",
    "zhijiao20 init --roster 名册.xlsx -f docx -o 下发一 --period 2020年上半年",
    "zhijiao20 render 收件 --use 收件/澄州职业技术学院（修改稿）.xlsx --allow-missing -o 附表2.docx",
    "zhijiao20 diff 收件 下半年 --use 收件/澄州职业技术学院（修改稿）.xlsx -o 对照.docx",
    "下发 名册.xlsx",
    "查收 收件",
    "审核 收件",
    "退回 收件",
    "汇总 收件",
    "汇总 ../齐了",
    "汇总 ../齐了",
    "查收 无此文件夹",
    "审核 甲[1].docx a&b.docx 100%.docx ^甲!.docx %PATH%.docx -甲.docx",
)
"""The round from the roster to the submission; launchers get full paths, as Explorer gives them."""

_ODD = ("甲[1].docx", "a&b.docx", "100%.docx", "^甲!.docx", "%PATH%.docx", "-甲.docx")
_LIBRARIES = ("python311.dll", "python313.dll", "python3.dll", "vcruntime140.dll", "version.dll", "bcrypt.dll")
_PROGRAMS = ("soffice.exe", "tar.exe", "python.exe", "zhijiao20.exe", "winword.exe", "cmd.exe")
_SCRIPTS = ("zhijiao20.py", "sitecustomize.py", "usercustomize.py", "typer.py", "json.py", "__main__.py")
_COMPILER = "x86_64-w64-mingw32-gcc"
_HIDDEN = """
import os, sys
sys.stdout.reconfigure(encoding="utf-8")
for folder, _, names in os.walk("."):
    for name in names:
        if not name.startswith(".") and os.stat(os.path.join(folder, name)).st_file_attributes & 2:
            print(name)
"""
_HERE = "import sys; from zhijiao20.cli.desk import main; main(sys.argv.pop(1))"

_PACKED = re.compile(rb"eJ[0-9A-Za-z+/]{20,}={0,2}")
"""What zlib packed, as base64."""


def main() -> int:
    """Build the folder twice, try it on Windows; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("~/.cache/zhijiao20-wine").expanduser(), help="see wine.py")
    options = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as work, ThreadPoolExecutor() as both:
        folder = Path(work)
        first = _build(ROOT, folder / "一次", folder / "downloads")
        second = both.submit(_build, _copied(folder / "源码"), folder / "二次", folder / "downloads")
        try:
            with prepare(options.cache) as wine:
                problems = [*_try(wine, _unpacked(first, folder), folder / "职教 工作")]
        except WineMissingError as error:
            print(error, file=sys.stderr)
            return 2
        if first.read_bytes() != second.result().read_bytes():
            problems.append("同一份源码做出的两个压缩包不同")
    print("\n".join(problems) or f"做两次，字节相同；{len(_ROUND)} 条命令与这里相同，放进去的程序没有运行")
    print(f"一共 {time.monotonic() - start:.0f} 秒")
    return int(bool(problems))


def _build(sources: Path, output: Path, downloads: Path) -> Path:
    """Build the folder from sources, and return the .zip."""
    script = sources / "scripts" / "build_windows.py"
    subprocess.run([sys.executable, script, output, "--downloads", downloads], check=True)
    found = sorted(path.name for path in output.iterdir())
    if found != sorted([name(), f"{name()}.zip"]):
        sys.exit(f"输出的文件夹里是 {found}")
    return output / f"{name()}.zip"


def _copied(target: Path) -> Path:
    """Return a copy of the sources in another place, without .git."""
    left_out = shutil.ignore_patterns(".*", "__pycache__", "tests", "bench", "examples")
    shutil.copytree(ROOT, target, ignore=left_out, copy_function=shutil.copy)
    return target


def _unpacked(archive: Path, folder: Path) -> Path:
    """Return the folder as it is unpacked to a path with Chinese characters and blanks."""
    with zipfile.ZipFile(archive) as stream:
        stream.extractall(folder / "我的 软件")
    return folder / "我的 软件" / name()


def _try(wine: Wine, program: Path, work: Path) -> Iterator[str]:
    """Yield what is wrong with the folder on Windows."""
    prefix = Path(wine.environment()["WINEPREFIX"])
    # What Wine 8 lacks, and Windows has; it stays out of the folder.
    shutil.copy(wine.python.parent / "bcryptprimitives.dll", prefix / "drive_c" / "windows" / "system32")
    before = _state(program)
    yield from _start(wine, program)
    yield from _round(wine, program, work)
    yield from _stranger(wine, program, work / "来件", prefix)
    if _state(program) != before:
        yield "程序的文件夹里多了或少了文件"


def _state(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def _start(wine: Wine, program: Path) -> Iterator[str]:
    """Start once, to say how long it takes."""
    times = []
    for _ in range(3):
        start = time.monotonic()
        outcome = run_on_windows(wine, [str(program / "zhijiao20.exe"), "--version"], program.parent)
        times.append(time.monotonic() - start)
        if outcome.code:
            yield f"zhijiao20 --version：{outcome}"
    print(f"启动：第一次 {times[0]:.1f} 秒，以后 {min(times[1:]):.1f} 秒", flush=True)


def _round(wine: Wine, program: Path, work: Path) -> Iterator[str]:
    """Do the round on both systems; yield what differs."""
    folders = work / "win" / "填报", work / "linux" / "填报"  # with Z: in front both are as long
    for folder in folders:
        _prepare_round(folder)
    with ThreadPoolExecutor() as both:
        theirs = both.submit(lambda: [_there(wine, program, command.split(), folders[0]) for command in _ROUND])
        ours = [_here(command.split(), folders[1]) for command in _ROUND]
    for command, outcome, ours_outcome in zip(_ROUND, theirs.result(), ours, strict=True):
        for line in outcome_differences(outcome, ours_outcome):
            yield f"{command}：{line}"
    python = str(program / RUNTIME / "python.exe")
    if hidden := run_on_windows(wine, [python, "-c", _HIDDEN], folders[0].parent).out.split():
        yield f"Explorer 里看不见：{hidden}"
    if sorted(path.name for path in folders[0].parent.glob("附表2*")) != ["附表2.docx"]:
        yield "“汇总”没有写到文件夹旁边，或没有换掉自己上次写的"
    yield from file_differences(folders[0].parent, folders[1].parent, _plain_bytes)


def _prepare_round(folder: Path) -> None:
    """Copy the example round, and files with odd names, into a folder."""
    shutil.copytree(ROOT / "examples" / "一次填报", folder)
    shutil.copytree(ROOT / "examples" / "澄州市", folder.parent / "齐了")
    form = folder / "收件" / "附表2（市人社局）20200706.docx"
    for item in _ODD:
        shutil.copy(form, folder / item)


def _there(wine: Wine, program: Path, words: list[str], folder: Path) -> Outcome:
    title, *args = words
    if title != "zhijiao20":
        args = [f"Z:{folder}/{arg}".replace("/", "\\") for arg in args]
    return _same(run_on_windows(wine, [str(program / f"{title}.exe"), *args], folder))


def _here(words: list[str], folder: Path) -> Outcome:
    title, *args = words
    if title == "zhijiao20":
        return _same(run_here(["-m", "zhijiao20", *args], folder))
    return _same(run_here(["-c", _HERE, title, *(str(folder / arg) for arg in args)], folder))


def _same(outcome: Outcome) -> Outcome:
    return Outcome(outcome.code, _plain(outcome.out), _plain(outcome.err))


def _plain(text: str) -> str:
    """Return a text without the folder of the run, and with the separators and line ends of this system."""
    text = re.sub(r"\\\\?", "/", text).replace("\r\n", "\n")
    return re.sub(rf"(?:Z:)?{re.escape(tempfile.gettempdir())}/[^\s\"<]*/职教 工作/(?:win|linux)/", "…", text)


def _plain_bytes(data: bytes) -> bytes:
    """Return the content of a file alike; what a page has packed is unpacked, as zlib packs otherwise elsewhere."""
    data = _PACKED.sub(lambda pack: zlib.decompress(base64.b64decode(pack[0])), data)
    return _plain(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _stranger(wine: Wine, program: Path, folder: Path, prefix: Path) -> Iterator[str]:
    """Give it a folder in which a stranger has put programs; yield what of them ran."""
    mark = prefix / "drive_c" / "planted"
    _plant(folder)
    mark.unlink(missing_ok=True)
    run_on_windows(wine, [str(folder / "soffice.exe")], folder)
    if not mark.exists():
        yield "放进去的程序运行了也看不出来"
    given = f"Z:{folder}".replace("/", "\\")
    for command in (["审核.exe", given], ["汇总.exe", given], ["退回.exe", given], ["zhijiao20.exe", "validate", "."]):
        mark.unlink(missing_ok=True)
        outcome = run_on_windows(wine, [str(program / command[0]), *command[1:]], folder)
        told = outcome.out + outcome.err
        if mark.exists():
            yield f"{command[0]} 运行了别人放进去的程序"
        if "planted" in told or "zhijiao20.toml 里的设置：exclude" not in told:
            yield f"{command}：{told}"
        if command[0] != "退回.exe" and ("LibreOffice" not in told or outcome.code != 1):
            yield f"{command}：{outcome.code} {told}"
    (folder / "zhijiao20.toml").write_text('roster = "//server/share/名册.xlsx"\n', encoding="utf-8")
    outcome = run_on_windows(wine, [str(program / "审核.exe"), given], folder)
    if outcome.code != 2 or "roster" not in outcome.err:
        yield f"别人的设置指到了别处：{outcome}"


def _plant(folder: Path) -> None:
    """Make the folder of a stranger: a file for LibreOffice, one for tar, and what might be started instead of them."""
    shutil.copytree(ROOT / "examples" / "澄州市", folder)
    (folder / "甲校.rtf").write_bytes(b"{\\rtf1 x}")
    (folder / "乙校.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(100))
    (folder / "zhijiao20.toml").write_text('exclude = ["别读.yaml"]\n', encoding="utf-8")
    for item in _SCRIPTS:
        (folder / item).write_text("open('C:/planted', 'w').close()\nraise SystemExit('planted')\n", encoding="utf-8")
    source = ROOT / "scripts" / "wine_planted.c"
    for (first, *others), kind in ((_LIBRARIES, ["-shared"]), (_PROGRAMS, [])):
        subprocess.run([_COMPILER, *kind, "-O1", "-o", folder / first, source], check=True)
        for item in others:
            shutil.copy(folder / first, folder / item)


if __name__ == "__main__":
    sys.exit(main())
