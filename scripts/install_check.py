"""Check how the program is installed: the wheel comes out the same twice, and uv and pipx install it.

What was installed runs outside the repository, with the form and the page that it brings along.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_EPOCH = "1577836800"  # 2020-01-01


def main() -> int:
    """Build twice, install with each program, run what was installed; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = (build_wheel(folder / number) for number in ("1", "2"))
        if first.read_bytes() != second.read_bytes():
            print("同一份源码做出的两个 wheel 不同")
            return 1
        print(f"{first.name}：做两次，字节相同")
        for program in ("uv", "pipx"):
            path = shutil.which(program, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
            if path is None:
                print(f"没有 {program}，不能试。请先装好：pip install {program}")
                return 2
            print(f"{program}：{install(program, path, first, folder / program)}")
    return 0


def build_wheel(folder: Path) -> Path:
    """Build the wheel from a copy of the sources whose files are as new as the copy."""
    sources = folder / "sources"
    left_out = shutil.ignore_patterns(".*", "__pycache__", "tests", "bench")
    shutil.copytree(ROOT, sources, ignore=left_out, copy_function=shutil.copy)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(sources)]
    subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": _EPOCH})
    return next(folder.glob("*.whl"))


def install(program: str, path: str, wheel: Path, home: Path) -> str:
    """Install the wheel as a tool of its own and return what it says of its version.

    Raises:
        subprocess.CalledProcessError: it cannot be installed, or does not run.
    """
    bin_folder = home / "bin"
    command = [path, "tool", "install", "--quiet", str(wheel)] if program == "uv" else [path, "install", str(wheel)]
    places = {
        "UV_TOOL_DIR": home / "tools",
        "UV_TOOL_BIN_DIR": bin_folder,
        "PIPX_HOME": home / "tools",
        "PIPX_BIN_DIR": bin_folder,
        "PIPX_MAN_DIR": home / "man",
    }
    environment = os.environ | {name: str(place) for name, place in places.items()}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    done = subprocess.run([bin_folder / "zhijiao20", "--version"], check=True, capture_output=True, encoding="utf-8")
    form = home / "空表.docx"
    subprocess.run([bin_folder / "zhijiao20", "render", "--blank", "-o", form], check=True, stdout=subprocess.DEVNULL)
    page = home / "总览.html"
    collect = [str(bin_folder / "zhijiao20"), "collect", str(form), "-o", str(page)]
    subprocess.run(collect, check=False, cwd=home, capture_output=True)  # exit code 1: the form is blank
    if not page.exists() or "</html>" not in page.read_text(encoding="utf-8"):
        sys.exit("装好的程序写不出总览网页")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
