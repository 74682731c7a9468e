"""Read from the plain data of a status file before validation, and remove invalid values from it."""

from __future__ import annotations

from zhijiao20.core.fields import STATUS
from zhijiao20.formats.normalize.schema_messages import Path, PlainValue
from zhijiao20.formats.raw import Node, Pairs, Scalar


def text_in(node: Node) -> str:
    """Return the status of an entry given as a node of the raw tree, for display only."""
    status = _status_node(node)
    return status.text if isinstance(status, Scalar) else "（不是文字）"


def block_in(node: Node) -> int:
    """Return the column where an entry's status begins if it is a literal block, else 0."""
    status = _status_node(node)
    return status.block if isinstance(status, Scalar) else 0


def _status_node(entry: Node) -> Node:
    """Return the status node of an entry; of duplicates, the first one, which is used."""
    if isinstance(entry, Pairs):
        return next((value for key, value in entry.pairs if key.text == STATUS), Scalar(""))
    return entry


def take_out(data: dict[str, PlainValue], path: Path) -> None:
    """Remove the value at a path, so that the rest can be used.

    The value may already have been removed with its parent.
    """
    *parents, last = path
    container: PlainValue | None = data
    for part in parents:
        container = container.get(str(part)) if isinstance(container, dict) else None
        if isinstance(container, list):
            container.clear()  # one item is invalid: this is reported, and the other items are not used
    if isinstance(container, dict):
        container.pop(str(last), None)
