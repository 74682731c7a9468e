"""Expected results that were looked at once: compared to the character, rewritten only on demand."""

from __future__ import annotations

import os

from conftest import ROOT


def same_as_golden(name: str, text: str) -> None:
    """Compare a text with ``tests/golden/NAME``; ``UPDATE_GOLDEN=1`` rewrites it instead."""
    path = ROOT / "tests" / "golden" / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
