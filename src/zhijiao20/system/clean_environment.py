"""Prepare the environment of a program that handles files of strangers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

DEAD_PROXY, DEAD_PORT = "127.0.0.1", "9"
"""A proxy that leads nowhere: the port of the discard service, which nobody runs."""

_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PROGRAMDATA", "PROGRAMFILES", "NUMBER_OF_PROCESSORS")
"""Variables without which no program starts on Windows."""

_POSIX_PATH = "/usr/local/bin:/usr/bin:/bin"


def clean_environment(folder: Path, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return an environment in which home and temporary folder are a private one, and every proxy leads nowhere.

    Args:
        folder: the private folder.
        inherited: the environment of this process, of which only what Windows needs is kept.
    """
    proxy = f"http://{DEAD_PROXY}:{DEAD_PORT}"
    private = str(folder)
    variables = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), private)
    for name in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"):
        variables |= {name: proxy, name.upper(): proxy}
    variables |= {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1", "no_proxy": ""}
    kept = {name: value for name, value in inherited.items() if name.upper() in _KEPT}
    root = kept.get("SYSTEMROOT", kept.get("SystemRoot", ""))
    path = f"{root}\\System32;{root}" if root else _POSIX_PATH
    return kept | variables | {"PATH": path}
