"""What the project depends on: declared by lower bounds, locked for development."""

from __future__ import annotations

import re
import tomllib

import pytest
from conftest import ROOT
from packaging.requirements import Requirement

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DECLARED = [
    Requirement(line) for line in [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
]
OTHERS = [requirement for requirement in DECLARED if requirement.name != "zhijiao20"]


@pytest.mark.parametrize("requirement", OTHERS, ids=str)
def test_every_dependency_has_a_lower_bound(requirement: Requirement) -> None:
    """The bound is what is tested with; without one an old version would be taken for good."""
    assert any(specifier.operator == ">=" for specifier in requirement.specifier)


@pytest.mark.parametrize("requirement", OTHERS, ids=str)
def test_the_lock_holds_what_is_declared(requirement: Requirement) -> None:
    """scripts/lock.sh was run after the last change of a dependency."""
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    assert requirement.specifier.contains(locked[re.sub("[-_.]+", "-", requirement.name).lower()])


def test_the_lock_has_a_hash_for_every_version() -> None:
    """What was locked is what is installed, or nothing."""
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert all("--hash=sha256:" in entry for entry in entries)
