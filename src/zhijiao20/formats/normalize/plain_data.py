"""Read from the plain data of a status file before validation, check its 豁免, and remove invalid values from it."""

from __future__ import annotations

from collections.abc import Callable

from zhijiao20.core.display import quote
from zhijiao20.core.fields import STATUS, TASKS, WAIVERS
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.rule_table import CODE, RULES
from zhijiao20.core.submission import is_blank
from zhijiao20.formats.normalize.schema_messages import Path, PlainValue
from zhijiao20.formats.raw import Node, Pairs, Scalar

_HINT = "豁免写成“规则编号: 理由”"


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


def check_waivers(data: dict[str, PlainValue], place_of: Callable[[Path], Place], out: Collector) -> None:
    """Report every invalid waiver.

    Args:
        data: the status file as plain data.
        place_of: function that returns the place of the value at a path.
        out: receives ZJ103 for an invalid rule code and ZJ104 for a missing reason.
    """
    tasks = data.get(TASKS)
    for task, entry in tasks.items() if isinstance(tasks, dict) else ():
        waivers = entry.get(WAIVERS) if isinstance(entry, dict) else None
        for code, reason in waivers.items() if isinstance(waivers, dict) else ():
            place = place_of((TASKS, task, WAIVERS, code))
            if not CODE.fullmatch(code):
                message = f"豁免里的规则编号不能是{quote(code)}，应如 {next(reversed(RULES))}"
                out.add("ZJ103", message, _HINT, place=place, task=task)
            elif isinstance(reason, str) and is_blank(reason):
                out.add("ZJ104", f"豁免 {code} 没有写理由", _HINT, place=place, task=task)
