"""Run the test suite on Windows: on Windows CPython under Wine, against the wheel as it is installed there."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from wine import ROOT, Wine, WineMissingError, prepare
from wine_main_job import JOB, compare

_MOST_SKIPPED = 10  # percent of the tests
_MOST_AGAIN = 3  # tests that are run once more, alone: consoles of Wine do not always answer
_HOURGLASS = 1500  # seconds; a suite that hangs is ended
_PYTEST = (
    "-m",
    "pytest",
    "-q",
    "-rsf",
    "-n",
    "2",
    "-o",
    "faulthandler_timeout=300",
    "-o",
    "addopts=",
    "-p",
    "no:cacheprovider",
    "-m",
    "not minutes",
)


def main() -> int:
    """Prepare Windows, install the wheel there, do the main job and run the tests; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cache", type=Path, default=Path("~/.cache/zhijiao20-wine").expanduser(), help="where it stays"
    )
    parser.add_argument("--prepare", action="store_true", help="only prepare Windows, for the next run")
    parser.add_argument("pytest", nargs="*", help="for pytest, behind --; nothing: the main job and all tests")
    options = parser.parse_args()
    start = time.monotonic()
    try:
        wine = prepare(options.cache)
    except WineMissingError as error:
        print(error, file=sys.stderr)
        return 2
    with wine:
        if options.prepare:
            return 0
        _install(wine)
        print(f"Windows 备好了，用了 {time.monotonic() - start:.0f} 秒", flush=True)
        if not options.pytest and not _main_job_is_the_same(wine):
            return 1
        code, output = _run_tests(wine, options.pytest)
        failed = re.findall(r"^FAILED (\S+::\S+)", output, re.MULTILINE)
        if failed and len(failed) <= _MOST_AGAIN:
            print(f"再单独运行一遍没有通过的 {len(failed)} 个：Wine 的控制台偶尔不答应", flush=True)
            code, _ = _run_tests(wine, failed)
    print(f"一共 {time.monotonic() - start:.0f} 秒")
    return code or (0 if options.pytest else _too_many_skipped(output))


def _install(wine: Wine) -> None:
    """Build the wheel here and let the pip of Windows install it."""
    with tempfile.TemporaryDirectory() as name:
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", name, str(ROOT)]
        subprocess.run(build, check=True)
        (wheel,) = Path(name).glob("*.whl")
        install = ("install", "--quiet", "--no-deps", "--no-index", "--force-reinstall", "--no-warn-script-location")
        process = wine.start(wine.python, "-m", "pip", *install, wheel, merged=True)
        out, _ = process.communicate(timeout=300)
        if process.returncode:
            sys.exit(f"Windows 的 pip 装不上：\n{out.decode(errors='replace')}")


def _main_job_is_the_same(wine: Wine) -> bool:
    differences = compare(wine)
    if differences:
        print("\n".join(differences), "再来一遍：Wine 的控制台偶尔不答应，真的不同两次都会不同", sep="\n", flush=True)
        differences = compare(wine)
    print("\n".join(differences) or f"{len(JOB)} 条命令，退出码、消息和写出的文件与这里相同", flush=True)
    return not differences


def _run_tests(wine: Wine, args: list[str]) -> tuple[int, str]:
    process = wine.start(wine.python, *_PYTEST, *args, cwd=ROOT, merged=True)
    hourglass = threading.Timer(_HOURGLASS, process.kill)
    hourglass.start()
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.decode("gbk", "replace").rstrip())
        print(lines[-1], flush=True)
    hourglass.cancel()
    return process.wait(), "\n".join(lines)


def _too_many_skipped(output: str) -> int:
    """Return 1 if more tests were skipped than may be."""
    counts = {
        kind: int(number) for number, kind in re.findall(r"(\d+) (passed|skipped)", "\n".join(output.splitlines()[-5:]))
    }
    ran, skipped = counts.get("passed", 0), counts.get("skipped", 0)
    share = skipped / max(1, ran + skipped) * 100
    print(f"Windows：通过 {ran}，跳过 {skipped}（{share:.1f}%，最多 {_MOST_SKIPPED}%）")
    return int(share > _MOST_SKIPPED or not ran)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
