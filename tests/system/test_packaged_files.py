"""The files that the program comes with."""

from __future__ import annotations

from pathlib import Path

import pytest
from status_files import put

from zhijiao20.core.catalog import Catalog
from zhijiao20.system import discovery
from zhijiao20.system.discovery import load_catalog, resource


def test_the_list_of_tasks_is_read_once() -> None:
    """Reading it takes longer than everything else in init."""
    assert load_catalog() is load_catalog()


def test_an_incomplete_installation_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The log names the part that is missing."""
    with pytest.raises(FileNotFoundError, match=r"data/无\.yaml"):
        resource("data", "无.yaml")
    inside = tmp_path / "a" / "b" / "zhijiao20"
    put(str(inside / "data" / "tasks.yaml"), "packaged")
    monkeypatch.setattr(discovery, "__file__", str(inside / "system" / "discovery.py"))
    assert resource("data", "tasks.yaml") == (inside / "data" / "tasks.yaml").resolve()


def test_the_list_is_read_without_libyaml_too(monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> None:
    """PyYAML has no libyaml on every machine."""
    import yaml

    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert discovery.load_catalog.__wrapped__() == catalog
