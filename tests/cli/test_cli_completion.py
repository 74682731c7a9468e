"""Completion of commands and options in the shell: installed with one option, answered by the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import POSIX, child, run

pytestmark = [POSIX, pytest.mark.usefixtures("work_folder")]

SCRIPTS = {
    "bash": ".bash_completions/zhijiao20.sh",
    "zsh": ".zfunc/_zhijiao20",
    "fish": ".config/fish/completions/zhijiao20.fish",
}
"""The file that is written for each shell, in the home folder."""

START_FILES = {"bash": ".bashrc", "zsh": ".zshrc"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def complete(shell: str, **variables: str) -> list[str]:
    """Ask the program for completions as the script of a shell does."""
    done = child(env=os.environ | {"_ZHIJIAO20_COMPLETE": f"complete_{shell}"} | variables)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize("shell", SCRIPTS)
def test_install(shell: str, home: Path) -> None:
    """The script of the shell is written, and its start file loads it; what was in that file stays."""
    if shell in START_FILES:
        (home / START_FILES[shell]).write_text("alias 列='ls -l'\n", encoding="utf-8")
    result = run("--install-completion", shell)
    assert (result.exit_code, result.stderr) == (0, "")
    script = home / SCRIPTS[shell]
    assert result.stdout == f"{shell} 的命令补全已装好：{script}。重新打开终端后，按 Tab 键补全命令和选项。\n"
    assert f"_ZHIJIAO20_COMPLETE=complete_{shell}" in script.read_text(encoding="utf-8")
    if shell in START_FILES:
        text = (home / START_FILES[shell]).read_text(encoding="utf-8")
        assert text.startswith("alias 列='ls -l'\n")
        assert (str(script) if shell == "bash" else "compinit") in text
    written = {path for path in home.rglob("*") if path.is_file()}
    assert written == {home / SCRIPTS[shell], *(home / name for name in [START_FILES.get(shell)] if name)}


def test_install_again(home: Path) -> None:
    """The start file loads the script once."""
    for _ in range(2):
        assert run("--install-completion", "bash").exit_code == 0
    assert (home / ".bashrc").read_text(encoding="utf-8").count("zhijiao20.sh") == 1


@pytest.mark.parametrize("shell", ["tcsh", "BASH", "pwsh"])
def test_an_unknown_shell_is_a_usage_error(shell: str, home: Path) -> None:
    """The shells that can be given are named; nothing is written."""
    result = run("--install-completion", shell)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"错误：不能为“{shell}”安装补全。可以写的是：bash、zsh、fish\n"
    assert list(home.iterdir()) == []


def test_a_home_that_cannot_be_written(home: Path) -> None:
    """One line that says so."""
    (home / ".bashrc").write_bytes(b"")
    (home / ".bash_completions").write_bytes(b"")  # where the folder of the script should be
    result = run("--install-completion", "bash")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：补全没有装上：主目录里的启动文件读写不了")


def test_a_start_file_in_another_encoding(home: Path) -> None:
    """It is left as it is."""
    data = "alias 列='ls -l'\n".encode("gb18030")
    (home / ".bashrc").write_bytes(data)
    done = child("--install-completion", "bash", env=os.environ | {"PYTHONUTF8": "1"})
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("错误：补全没有装上：")
    assert (home / ".bashrc").read_bytes() == data


def test_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a home folder is told so; it is no bug of the program."""

    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    result = run("--install-completion", "bash")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：补全没有装上：")


@pytest.mark.parametrize(
    ("words", "index", "answer"),
    [
        ("zhijiao20 val", 1, ["validate"]),
        ("zhijiao20 validate --an", 2, ["--annotate"]),
        ("zhijiao20 form ch", 2, ["check"]),
        ("zhijiao20 xyzzy", 1, [""]),
    ],
)
def test_bash_is_answered(words: str, index: int, answer: list[str]) -> None:
    """Commands, their options, and the commands of a group."""
    assert complete("bash", COMP_WORDS=words, COMP_CWORD=str(index)) == answer


def test_zsh_and_fish_are_answered() -> None:
    """With the Chinese help of each command."""
    (line,) = complete("zsh", _TYPER_COMPLETE_ARGS="zhijiao20 val")[:1]
    assert "validate" in line
    fish = {"_TYPER_COMPLETE_ARGS": "zhijiao20 val", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    (line,) = complete("fish", **fish)
    name, _, text = line.partition("\t")
    assert name == "validate"
    assert text.startswith("审核填报文件")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_installed_script_completes_in_bash(home: Path, tmp_path: Path) -> None:
    """A real bash loads the start file and asks the program."""
    assert run("--install-completion", "bash").exit_code == 0
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "zhijiao20").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m zhijiao20 "$@"\n', encoding="utf-8")
    (programs / "zhijiao20").chmod(0o755)
    function = '$(complete -p zhijiao20 | sed "s/.*-F \\([^ ]*\\).*/\\1/")'
    line = f'. ~/.bashrc; COMP_WORDS=(zhijiao20 ren); COMP_CWORD=1; {function} zhijiao20; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        ["bash", "--norc", "-c", line], capture_output=True, encoding="utf-8", check=False, timeout=60,
        env=os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("render\n", "")
