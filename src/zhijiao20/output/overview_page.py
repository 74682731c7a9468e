"""The overview of a round as one HTML page: readable offline, and safe to open whatever the files hold.

Everything stands in the page.  Its policy allows the script and the style whose digests it names, and no other; texts
go through a template that escapes them, or through JSON that the script shows as text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import IO, TYPE_CHECKING, NamedTuple

from zhijiao20.core.display import escape_controls
from zhijiao20.core.round import STATE_NAMES, Round, State, UnitState
from zhijiao20.core.rule_table import Severity
from zhijiao20.output.overview_data import PageData, script_json
from zhijiao20.output.unit_notes import base_name, dates_words, note, shown
from zhijiao20.system.discovery import resource

if TYPE_CHECKING:
    from jinja2 import Environment

TITLE = "“职教20条”落实情况填报总览"


class PageLink(NamedTuple):
    """A page of several: the group of units on it, and where it is.

    Attributes:
        name: the superior of its units, or what stands for it.
        file: the name of its file.
        units: its units.
    """

    name: str
    file: str
    units: Sequence[UnitState]


def write_page(state: Round, data: PageData, stream: IO[bytes], *, group: str = "", back: str = "") -> None:
    """Write the page of a round, or of a group of its units.

    Args:
        state: the round, with the units of the page.
        data: the data of the page.
        stream: the output stream.
        group: what the units have in common, for the title.
        back: the page that lists the pages, relative to this one.
    """
    _write(
        "overview",
        stream,
        title=f"{escape_controls(group)}：{TITLE}" if group else TITLE,
        subtitle=_subtitle(state),
        counts=_counts(state.units),
        units=(_row(unit, state) for unit in state.units),
        others=_others(state),
        index=data.head,
        packs=data.packs,
        back=back,
    )


def write_index(state: Round, pages: Sequence[PageLink], gone: Sequence[str], stream: IO[bytes]) -> None:
    """Write the page that lists the pages by 上级, and finds a unit by its name.

    Args:
        state: the whole round.
        pages: the other pages.
        gone: the units that were in the last round only.
        stream: the output stream.
    """
    states = [[one.value, name] for one, name in STATE_NAMES.items()]
    units = [[unit.label, number, unit.state.value] for number, page in enumerate(pages) for unit in page.units]
    _write(
        "overview-index",
        stream,
        title=TITLE,
        subtitle=_subtitle(state),
        counts=_counts(state.units),
        states=[*STATE_NAMES.values()],
        pages=[
            {
                "name": escape_controls(page.name),
                "file": page.file,
                "units": len(page.units),
                "counts": _counts(page.units),
            }
            for page in pages
        ],
        others=_others(state),
        gone=[*map(shown, gone)],
        index=script_json({"states": states, "pages": [page.file for page in pages], "units": units}),
    )


def _write(name: str, stream: IO[bytes], **values: object) -> None:
    style, script = (_asset(file) for file in ("overview.css", f"{name}.js"))
    template = _environment().get_template(f"{name}.html")
    hashes = {"style": _digest(style), "script": _digest(script)}
    for part in _joined(template.generate(style=style, script=script, hashes=hashes, **values)):
        stream.write(part.encode("utf-8", "backslashreplace"))


def _joined(parts: Iterable[str]) -> Iterator[str]:
    """Yield texts joined to longer ones."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > 2**16:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["own"] = _own
    return environment


def _own(text: str) -> str:
    """Return what the program made itself as markup: its style, its script, and data without any mark of HTML."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - see above


def _asset(name: str) -> str:
    return resource("output/pages", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _subtitle(state: Round) -> str:
    overdue = sum(unit.overdue for unit in state.units)
    parts = [
        f"{len(state.units)} 个单位",
        *([f"名册 {shown(base_name(state.roster))}"] if state.roster else []),
        *dates_words(state),
    ]
    return "，".join([*parts, *([f"已过期 {overdue} 个"] if overdue else [])])


def _others(state: Round) -> list[dict[str, str]]:
    return [{"path": shown(one.path), "what": shown(one.what), "hint": shown(one.hint)} for one in state.others]


def _counts(units: Sequence[UnitState]) -> list[tuple[str, int]]:
    return [(STATE_NAMES[state], sum(unit.state is state for unit in units)) for state in State]


def _row(unit: UnitState, state: Round) -> dict[str, object]:
    """Return the row of a unit in the list that is read without a script."""
    return {
        "label": shown(unit.label),
        "state": STATE_NAMES[unit.state],
        "overdue": unit.overdue,
        "superior": shown(unit.superior),
        "category": shown(unit.category),
        "answered": unit.tasks.filled + unit.tasks.not_applicable,
        "assigned": unit.tasks.assigned,
        "errors": unit.counts.get(Severity.ERROR, 0),
        "warnings": unit.counts.get(Severity.WARNING, 0),
        "note": note(unit, state.deadline),
    }
