"""The files that travel with the program: the task list and the blank form."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zhijiao20.core.catalog import Catalog, build_catalog


def resource(folder: str, name: str) -> Path:
    """The path of a packaged file; in a checkout the same folders stand at the top level.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package, package.parents[1]):
        if (path := root / folder / name).is_file():
            return path
    raise FileNotFoundError(f"{folder}/{name}")


@cache
def load_catalog() -> Catalog:
    """The official list of ``data/tasks.yaml``, parsed and checked once a process."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with resource("data", "tasks.yaml").open("rb") as stream:
        return build_catalog(yaml.load(stream, Loader=loader))  # noqa: S506 - a safe loader, chosen above


def official_form(*, landscape: bool = False) -> bytes:
    """The blank official form ``templates/official.docx``, or its landscape variant."""
    return resource("templates", "official-landscape.docx" if landscape else "official.docx").read_bytes()
