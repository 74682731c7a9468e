"""Run in a console of Windows: set its code page, take it as the standard streams, and do one of the things below.

A program that is started with pipes hands them on to what it starts, even into a new console.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path

KERNEL = ctypes.windll.kernel32  # type: ignore[attr-defined]
PROGRAM = [sys.executable, "-m", "zhijiao20"]


def take_console(code_page: int) -> None:
    """Connect the standard streams of this process, and of what it starts, with the console."""
    assert KERNEL.SetConsoleOutputCP(code_page)
    for number, (name, which) in enumerate([("CONIN$", -10), ("CONOUT$", -11), ("CONOUT$", -12)]):
        os.dup2(os.open(name, os.O_RDWR), number)
        import msvcrt

        handle = msvcrt.get_osfhandle(number)  # type: ignore[attr-defined]
        KERNEL.SetStdHandle(ctypes.c_uint32(which & 0xFFFFFFFF), ctypes.c_void_p(handle))
        os.set_handle_inheritable(handle, True)  # type: ignore[attr-defined]


def show(*args: str) -> int:
    """Run the program on the console."""
    return subprocess.run([*PROGRAM, *args], check=False).returncode


def pipe(output: str, *args: str) -> int:
    """Run the program into a pipe, as ``| findstr`` does, and store what came out."""
    done = subprocess.run([*PROGRAM, *args], check=False, stdout=subprocess.PIPE)
    Path(output).write_bytes(done.stdout)
    return done.returncode


def shell(command: str) -> int:
    """Let the shell of Windows run a command line."""
    return subprocess.run(f"cmd.exe /c {command}", check=False).returncode


def file(output: str, *args: str) -> int:
    """Run the program into a file, as ``> 结果.txt`` does."""
    with Path(output).open("wb") as stream:
        return subprocess.run([*PROGRAM, *args], check=False, stdout=stream).returncode


def interrupt(errors: str, script: str) -> int:
    """Press Ctrl-C when a script says that it is ready."""
    KERNEL.SetConsoleCtrlHandler(None, False)  # what was started in the background would not hear Ctrl-C
    with Path(errors).open("wb") as stream:
        process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=stream)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        keep = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint32)(lambda _event: 1)  # type: ignore[attr-defined]
        KERNEL.SetConsoleCtrlHandler(keep, True)  # this process goes on
        threading.Thread(target=KERNEL.GenerateConsoleCtrlEvent, args=(0, 0)).start()
        try:
            return process.wait(60)
        finally:
            KERNEL.SetConsoleCtrlHandler(keep, False)


def alone(errors: str, script: str) -> int:
    """Run a script that interrupts itself."""
    with Path(errors).open("wb") as stream:
        return subprocess.run([sys.executable, script], check=False, stdout=subprocess.PIPE, stderr=stream).returncode


if __name__ == "__main__":
    take_console(int(sys.argv[1]))
    ways = {"show": show, "pipe": pipe, "shell": shell, "file": file, "interrupt": interrupt, "alone": alone}
    sys.exit(ways[sys.argv[2]](*sys.argv[3:]))
