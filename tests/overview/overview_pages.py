"""The page of a round of 45 units, opened in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import Opened, chromium
from program import run
from rounds import UNITS, put_round
from status_files import put, sound

from zhijiao20.system.discovery import load_catalog

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The page of a round of 45 units, some texts of which were others last time, and what JSON says of the round."""
    folder = tmp_path_factory.mktemp("总览")
    args = ("collect", "--previous", "上期", "--today", "2020-07-11", "--output-format", "json")
    with chdir(folder):
        catalog = load_catalog()
        put_round(catalog)
        put(f"上期/{UNITS[-1]}.yaml", sound(UNITS[-1], catalog, {"1.1": "印发实施方案，9所学校建立标准。", "2.1": ""}))
        for unit in UNITS[:-1]:
            put(f"上期/{unit}.yaml", sound(unit, catalog))
        page = run(*args, "-o", "总览.html")
    assert page.exit_code == 1
    return folder / "总览.html", json.loads(page.stdout)


@pytest.fixture
def opened(browser: Browser, made: tuple[Path, dict[str, Any]]) -> Iterator[Opened]:
    one = Opened(browser, made[0])
    one.wait()
    yield one
    one.close()
