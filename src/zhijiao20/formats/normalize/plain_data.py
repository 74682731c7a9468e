"""Plain data of a status file on its way to the model: looking into it, and taking out what does not fit."""

from __future__ import annotations

from zhijiao20.core.fields import STATUS
from zhijiao20.formats.normalize.schema_messages import Path, PlainValue
from zhijiao20.formats.raw import Node, Pairs, Scalar


def status_of(entry: PlainValue) -> str:
    """The status of an entry as plain data: for showing it only."""
    status = entry.get(STATUS, "") if isinstance(entry, dict) else entry
    return status if isinstance(status, str) else "（不是文字）"


def text_in(node: Node) -> str:
    """The status that an entry not yet read would have: for showing it only."""
    status = _status_node(node)
    return status.text if isinstance(status, Scalar) else "（不是文字）"


def block_in(node: Node) -> int:
    """The column in which the status of an entry begins where it is a literal block, else 0."""
    status = _status_node(node)
    return status.block if isinstance(status, Scalar) else 0


def _status_node(entry: Node) -> Node:
    """The status as it stands in the file; the first one, which counts."""
    if isinstance(entry, Pairs):
        return next((value for key, value in entry.pairs if key.text == STATUS), Scalar(""))
    return entry


def take_out(data: dict[str, PlainValue], path: Path) -> None:
    """Remove the value at a path, so that the rest can be used; it may be gone with its parent already."""
    *way, last = path
    holder: PlainValue | None = data
    for part in way:
        holder = holder.get(str(part)) if isinstance(holder, dict) else None
        if isinstance(holder, list):
            holder.clear()  # one wrong item: the list is told as wrong, its other items are not needed further on
    if isinstance(holder, dict):
        holder.pop(str(last), None)
