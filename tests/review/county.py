"""A folder of status files as a county sends them: several formats, slips, files that cannot be read, waivers."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from conftest import ROOT

from zhijiao20.commands.validate import validate
from zhijiao20.core.findings import Report
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.review.cache import DATABASE_NAME
from zhijiao20.review.runner import RunOptions

CASES = ROOT / "tests" / "acceptance" / "cases"
EXAMPLES = ROOT / "examples"


def county(folder: Path, one_of: int = 3) -> Path:
    """Write the folder, or with one of so many of the usual files, and return it."""
    folder.mkdir()
    for source in (*sorted(CASES.iterdir()), *sorted(EXAMPLES.rglob("*.yaml")))[::one_of]:
        shutil.copy(source, folder / source.name)
    shutil.copy(EXAMPLES / "澄州市" / "1澄州市教育局.yaml", folder / "1澄州市教育局(1).yaml")
    copied = (EXAMPLES / "澄州市" / "1澄州市教育局.yaml").read_text(encoding="utf-8")
    (folder / "石桥县教育局.yaml").write_text(copied.replace("澄州市教育局", "石桥县教育局"), encoding="utf-8")
    (folder / "坏.yaml").write_text("单位: [", encoding="utf-8")
    (folder / "空.csv").write_bytes(b"")
    if os.name != "nt":  # a link needs rights there
        (folder / "无.yaml").symlink_to("没有这个文件")
    (folder / "豁免.yaml").write_text(
        "单位: 石桥县财政局\n任务:\n  '1.1': {进展: 不涉及, 豁免: {ZJ204: 职能之外}}\n"
        "  '1.2': {落实情况: 安排资金300万元。, 豁免: {ZJ601: 共同印发, ZJ112: 沿用说法}}\n",
        encoding="utf-8",
    )
    return folder


def options(store: Path | None, workers: int = 1) -> RunOptions:
    """Options of a review with its cache in this folder, or without one."""
    return RunOptions(workers, None if store is None else lambda: store)


def check(folder: Path, store: Path | None, settings: Settings = DEFAULT, workers: int = 1) -> Report:
    """Review a folder, with the cache in ``store``."""
    return validate([folder], settings=settings, options=options(store, workers))


def entries(store: Path) -> int:
    """Return the number of entries in the cache."""
    link = sqlite3.connect(store / DATABASE_NAME)
    number = int(link.execute("SELECT count(*) FROM entry").fetchone()[0])
    link.close()
    return number
