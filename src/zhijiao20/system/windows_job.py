"""Run a process of Windows in a job object: its memory is limited, and its children end with it."""

from __future__ import annotations

import ctypes
import sys

_JOB_MEMORY, _DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x200, 0x400, 0x2000
_EXTENDED_LIMITS = 9
CREATE_SUSPENDED, CREATE_NO_WINDOW = 0x4, 0x0800_0000
"""Flags for starting the process: it must not run before it is in the job, and shows no window."""


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Limits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


if sys.platform == "win32":

    class Job:
        """A job object; its processes are killed when it is closed, also by the end of this process."""

        def __init__(self, memory: int) -> None:
            """Create the job.

            Args:
                memory: bytes that its processes may use together.

            Raises:
                OSError: the system refuses.
            """
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._handle: ctypes.c_void_p | None = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
            limits = _Limits()
            limits.basic.flags = _JOB_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE
            limits.job_memory = memory
            size = ctypes.sizeof(limits)
            self._check(
                self._kernel.SetInformationJobObject(self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            )

        def start(self, process: int) -> None:
            """Put a suspended process into the job, and let it run.

            Args:
                process: its handle.

            Raises:
                OSError: the system refuses.
            """
            handle = ctypes.c_void_p(process)
            self._check(self._kernel.AssignProcessToJobObject(self._handle, handle))
            if ctypes.WinDLL("ntdll").NtResumeProcess(handle):
                raise OSError("NtResumeProcess")

        def close(self) -> None:
            """Kill all processes of the job."""
            if self._handle is not None:
                self._kernel.CloseHandle(self._handle)
                self._handle = None

        def _check(self, done: int) -> None:
            if not done:
                raise ctypes.WinError(ctypes.get_last_error())
