"""Check 豁免 of entries: each names a rule and gives a reason."""

from __future__ import annotations

from collections.abc import Callable

from zhijiao20.core.display import quote
from zhijiao20.core.fields import TASKS, WAIVERS
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.rule_table import CODE, RULES
from zhijiao20.core.submission import is_blank
from zhijiao20.formats.normalize.schema_messages import Path, PlainValue

_HINT = "豁免写成“规则编号: 理由”"


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
