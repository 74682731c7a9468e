"""Both ways through a file, the short and the long one, and what they are tried on."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.limits import DEFAULT
from zhijiao20.core.submission import Submission
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.fast_submission import build_submission
from zhijiao20.formats.normalize.table import trees_from_table
from zhijiao20.formats.normalize.tree import submission_from_tree
from zhijiao20.formats.raw import Table
from zhijiao20.formats.sniff import format_of
from zhijiao20.system.resources import load_catalog

CATALOG = load_catalog()
QUICK = settings(deadline=None, derandomize=True, max_examples=400)


def short_way(suffix: str, data: bytes) -> list[Submission] | None:
    try:
        known = format_of(suffix, data)
        outlines = known.read_fast(data, CATALOG, DEFAULT) if known.read_fast else None
    except FormatError:
        return None
    found = [build_submission(outline, CATALOG, "甲") for outline in outlines or ()]
    return None if not found or None in found else [one for one in found if one]


def long_way(suffix: str, data: bytes) -> tuple[list[Submission], list[Finding]]:
    out = Collector("甲")
    raw = format_of(suffix, data).read(data, out, CATALOG, DEFAULT)
    trees = trees_from_table(raw, CATALOG, out, "甲") if isinstance(raw, Table) else [raw]
    return [one for tree in trees if (one := submission_from_tree(tree, CATALOG, out))], out.findings


def agree(suffix: str, data: bytes) -> bool:
    """Whether the short way is open; where it is, both must come to the same."""
    quick = short_way(suffix, data)
    if quick is not None:
        assert long_way(suffix, data) == (quick, [])
        assert [list(one.entries) for one in quick] == [list(one.entries) for one in long_way(suffix, data)[0]]
    return quick is not None


def mostly(usual: list[str], odd: list[str]) -> st.SearchStrategy[str]:
    """Usual ones, now and then an odd one: where everything is odd the short way is never open."""
    return st.sampled_from(usual * (1 + 30 * len(odd) // len(usual)) + odd)


def workbook(rows: list[list[str]], change: Callable[[str], str] = str) -> bytes:
    """A workbook of shared strings; ``change`` is done to its sheet's XML."""
    from sheets import MAIN, pack, parts, sheet

    head = '<?xml version="1.0" encoding="UTF-8"?>'
    strings = dict.fromkeys(cell for row in rows for cell in row if cell)
    index = {text: number for number, text in enumerate(strings)}
    made = [
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + column)}{number}" t="s"><v>{index[cell]}</v></c>'
            for column, cell in enumerate(row)
            if cell
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    ]
    items = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in strings)
    contents = parts(head + change(sheet(*made)), strings=items or "<si><t/></si>")
    contents["xl/sharedStrings.xml"] = head + contents["xl/sharedStrings.xml"].replace("<si><t/></si>", "")
    assert MAIN in contents["xl/sharedStrings.xml"]
    return pack(contents)


def escaped(text: str) -> str:
    """A text as Excel stores it."""
    return "".join(f"_x{ord(char):04X}_" if char < " " and char != "\n" else char for char in text)
