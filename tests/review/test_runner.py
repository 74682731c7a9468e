"""How many processes review the files."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from zhijiao20.review.worker_count import worker_count


@pytest.mark.parametrize(
    ("size", "asked", "start", "count"),
    [
        (10, "", "fork", 1),
        (10, "3", "fork", 1),
        (3 * 2**20, "3", "fork", 3),
        (3 * 2**20, "3", "spawn", 3),
        (3 * 2**20, "99", "fork", 4),
        (3 * 2**20, "0", "fork", 3),
        (3 * 2**20, "viele", "fork", 3),
        (3 * 2**20, "", "spawn", 1),
        (13 * 2**20, "", "spawn", 2),
        (49 * 2**20, "", "fork", 1),
        (49 * 2**20, "2", "fork", 2),
    ],
    ids=[
        *("little", "little-whatever", "asked", "spawned", "files", "none", "no-number", "dear", "spawned-pays"),
        *("large-files", "large-files-asked"),
    ],
)
def test_how_many(
    tmp_path: Path, size: int, asked: str, start: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as pay: none for a few files, and of such as must load everything anew (Windows) few, and late."""
    monkeypatch.setattr("multiprocessing.get_context", lambda: SimpleNamespace(get_start_method=lambda: start))
    files = [tmp_path / f"{index}.yaml" for index in range(4)]
    for file in files[1:]:
        file.write_bytes(b"#" * (size // 3 + 1))
    monkeypatch.setenv("ZHIJIAO20_WORKERS", asked)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 2}, raising=False)
    assert worker_count(files) == count
