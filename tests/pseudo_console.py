"""A console of Windows without a window: what a program shows there, and its way to hear Ctrl-C."""

from __future__ import annotations

import ctypes
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

_DRIVER = Path(__file__).with_name("in_console.py")
_EXTENDED_STARTUP, _PSEUDO_CONSOLE = 0x80000, 0x20016
_SECONDS, _LAST_WORDS = 120, 0.3


class _Size(ctypes.Structure):
    _fields_ = [("columns", ctypes.c_short), ("rows", ctypes.c_short)]


class _Startup(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32),
        ("names", ctypes.c_void_p * 3),
        ("numbers", ctypes.c_uint32 * 8),
        ("shorts", ctypes.c_uint16 * 2),
        ("handles", ctypes.c_void_p * 4),
        ("attributes", ctypes.c_void_p),
    ]


class _Process(ctypes.Structure):
    _fields_ = [("process", ctypes.c_void_p), ("thread", ctypes.c_void_p), ("numbers", ctypes.c_uint32 * 2)]


def in_console(*args: str, code_page: int = 936) -> tuple[int, str]:
    """Run tests/in_console.py in a console with a code page; return its exit code, and all that was shown."""
    system: Any = ctypes
    kernel = system.WinDLL("kernel32", use_last_error=True)
    ends = [ctypes.c_void_p() for _ in range(4)]
    for reading, writing in (ends[:2], ends[2:]):
        assert kernel.CreatePipe(ctypes.byref(reading), ctypes.byref(writing), None, 0)
    console = ctypes.c_void_p()
    kernel.CreatePseudoConsole.argtypes = [_Size, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p]
    assert kernel.CreatePseudoConsole(_Size(200, 50), ends[0], ends[3], 0, ctypes.byref(console)) == 0
    process = _start(kernel, console, subprocess.list2cmdline([sys.executable, str(_DRIVER), str(code_page), *args]))
    shown = bytearray()
    reader = threading.Thread(target=_read, args=(kernel, ends[2], shown), daemon=True)
    reader.start()
    assert kernel.WaitForSingleObject(ctypes.c_void_p(process), _SECONDS * 1000) == 0
    code = ctypes.c_uint32()
    kernel.GetExitCodeProcess(ctypes.c_void_p(process), ctypes.byref(code))
    kernel.ClosePseudoConsole.argtypes = [ctypes.c_void_p]
    threading.Thread(target=kernel.ClosePseudoConsole, args=(console,), daemon=True).start()  # may wait for the reader
    length = -1
    while reader.is_alive() and length < len(shown):  # the end of the pipe may never come
        length = len(shown)
        reader.join(_LAST_WORDS)
    return code.value, shown.decode("utf-8", "replace")


def _start(kernel: Any, console: ctypes.c_void_p, command: str) -> int:
    size = ctypes.c_size_t()
    kernel.InitializeProcThreadAttributeList(None, 1, 0, ctypes.byref(size))
    attributes = ctypes.create_string_buffer(size.value)
    assert kernel.InitializeProcThreadAttributeList(attributes, 1, 0, ctypes.byref(size))
    kernel.UpdateProcThreadAttribute.argtypes = [
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p,
        ctypes.c_void_p,
    ]  # fmt: skip
    assert kernel.UpdateProcThreadAttribute(attributes, 0, _PSEUDO_CONSOLE, console, 8, None, None)
    startup = _Startup(size=ctypes.sizeof(_Startup), attributes=ctypes.addressof(attributes))
    process = _Process()
    line = ctypes.create_unicode_buffer(command)
    flags = ctypes.c_uint32(_EXTENDED_STARTUP)
    started = kernel.CreateProcessW(
        None, line, None, None, False, flags, None, None, ctypes.byref(startup), ctypes.byref(process)
    )
    assert started, ctypes.get_last_error()  # type: ignore[attr-defined]
    return int(process.process)


def _read(kernel: Any, pipe: ctypes.c_void_p, into: bytearray) -> None:
    block, count = ctypes.create_string_buffer(4096), ctypes.c_uint32()
    while kernel.ReadFile(pipe, block, 4096, ctypes.byref(count), None) and count.value:
        into += block.raw[: count.value]
