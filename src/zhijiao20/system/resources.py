"""Load the files packaged with the program: the task list and the blank forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zhijiao20.core.catalog import Catalog, build_catalog


def resource(folder: str, name: str) -> Path:
    """Return the path of a packaged file; in a source checkout it is in a top-level folder.

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
    """Load the official task list ``data/tasks.yaml``; parsed and checked once per process."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with resource("data", "tasks.yaml").open("rb") as stream:
        return build_catalog(yaml.load(stream, Loader=loader))  # noqa: S506 - loader is CSafeLoader or SafeLoader


def official_form(*, landscape: bool = False) -> bytes:
    """Read the blank official form ``templates/official.docx``, or its landscape variant."""
    return resource("templates", "official-landscape.docx" if landscape else "official.docx").read_bytes()
