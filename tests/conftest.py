"""What many tests share."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import pytest
import typer.testing
from hypothesis import HealthCheck, is_hypothesis_test, settings
from typer.main import get_command

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.system.discovery import load_catalog

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent

# a run in this process would build all commands and their options again, which takes longer than most runs
setattr(typer.testing, "_get_command", functools.cache(get_command))  # noqa: B010 - not of its public names

_EXAMPLES = 20 if os.name != "nt" else 6  # of a property in a run; Windows: only the system differs there

# no example is too slow: how busy the machine is says nothing about the program
settings.register_profile(
    "no clock", settings.default, deadline=None, max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("no clock")
_REPEATS = {"hostile", "mess", "test_docs.py", "test_round_trips.py", "test_startup.py"}
"""Tests that run no line that others do not; to note their lines takes twice the time."""
_SHORT = 40  # bytes that may stand in the name of a case


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only Windows does elsewhere; try a property with fewer examples than its number, but for a long run.

    The number is tried by ``pytest -m minutes`` with the properties that are marked so.
    """
    if config.pluginmanager.hasplugin("_cov"):
        for item in items:
            repeats = item.path.relative_to(TESTS).parts[0] in _REPEATS
            if repeats or is_hypothesis_test(getattr(item, "obj", None)):
                item.add_marker(pytest.mark.no_cover)
    if os.name != "nt":
        elsewhere = [item for item in items if item.get_closest_marker("windows")]
        if elsewhere:
            config.hook.pytest_deselected(items=elsewhere)
            items[:] = [item for item in items if item not in elsewhere]
    for item in items:
        if item.get_closest_marker("minutes"):
            continue
        test = getattr(item, "obj", None)
        test = getattr(test, "__func__", test)
        if own := getattr(test, "_hypothesis_internal_use_settings", None):
            fewer = settings(own, max_examples=min(own.max_examples, _EXAMPLES))
            test._hypothesis_internal_use_settings = fewer


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case after its parameter where its bytes would name it: an archive holds the second in which it was made.

    Two processes that collect the same tests must find the same names.
    """
    return argname if isinstance(val, bytes) and len(val) > _SHORT else None


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The official list."""
    return load_catalog()


@pytest.fixture
def out() -> Collector:
    """A place for the findings of one file."""
    return Collector("甲.yaml")


@pytest.fixture
def work_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, on a system that says nothing of its screen and has another place for logs."""
    folder = tmp_path / "工作"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def _no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The width of the terminal that runs the tests is none of theirs."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test finds, or leaves, anything in the cache of the user who runs it."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.getbasetemp() / "cache"))
