"""The launcher limits itself, and becomes the program or says that it cannot."""

from __future__ import annotations

import ctypes
import os
import sys
from types import SimpleNamespace

import pytest

from zhijiao20.system.restricted_start import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


@pytest.mark.parametrize("network", [0, -1], ids=["allowed", "refused"])
def test_it_limits_itself_before_it_starts_the_program(network: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    done: list[object] = []

    def setrlimit(kind: int, limits: tuple[int, int]) -> None:
        done.append(limits)
        if kind == resource.RLIMIT_CORE:
            raise ValueError

    monkeypatch.setattr(resource, "getrlimit", lambda kind: (0, 6 if kind == resource.RLIMIT_CPU else -1))
    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    monkeypatch.setattr(
        ctypes, "CDLL", lambda name: SimpleNamespace(unshare=lambda flags: done.append(flags) or network)
    )
    monkeypatch.setattr(os, "execve", lambda *call: done.append(call[:2]))
    main(["5", "7", "9", "/bin/x", "y"])
    shared = [0x4000_0000] if network == 0 else [0x4000_0000, 0x5000_0000]
    assert done == [(5, 5), (6, 6), (9, 9), (0, 0), *shared, ("/bin/x", ["/bin/x", "y"])]


def test_a_program_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: None)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    with pytest.raises(SystemExit) as stopped:
        main(["5", "7", "9", "/nowhere/x"])
    assert stopped.value.code == 126
