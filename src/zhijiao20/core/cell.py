"""Compose the paragraphs of a cell from the texts of several units.  No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class OwnText(NamedTuple):
    """The text of a unit on a task.

    Attributes:
        unit: what the unit is called.
        text: the text.
        group: the superior whose units it stands among; empty for none.
    """

    unit: str
    text: str
    group: str = ""


def labelled(texts: Iterable[OwnText]) -> Iterator[str]:
    """Yield the paragraphs of each distinct text once, the first one led by the names of all units that gave it."""
    units_by_text: dict[str, list[str]] = {}
    for own in texts:
        units_by_text.setdefault(own.text, []).append(own.unit)
    for text, units in units_by_text.items():
        first, *rest = text.split("\n")
        yield f"{label(*units)}{first}"
        yield from rest


def grouped(texts: Iterable[OwnText], groups: Sequence[str]) -> Iterator[str]:
    """Yield the texts of the units without a superior, then those of each superior, led by a line with its name.

    Args:
        texts: the texts.
        groups: the superiors in order.
    """
    by_group: dict[str, list[OwnText]] = {group: [] for group in ("", *groups)}
    for own in texts:
        by_group[own.group].append(own)
    for group, found in by_group.items():
        if group and found:
            yield label(group)
        yield from labelled(found)


def label(*units: str) -> str:
    """Return the label of a text that these units share."""
    return f"【{'、'.join(units)}】"
