"""Where the lines of a literal block begin: findings in a text are told by line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Place
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry
from zhijiao20.formats.read import read_content
from zhijiao20.rules.shared.passage import Passage


def entry_of(text: str, catalog: Catalog) -> Entry:
    """Return the entry 1.1 of a file."""
    (submission,), _ = read_content(Path("甲.yaml"), text.encode(), catalog)
    return submission.entries["1.1"]


@pytest.fixture(params=["straight", "explained"])
def tail(request: pytest.FixtureRequest) -> str:
    """Return more lines of the entry: with 豁免 it is read as nodes, without it straight."""
    return "" if request.param == "straight" else "    豁免:\n      ZJ301: 引用\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    ("status", "place"),
    [
        pytest.param("|-\n      甲\n      乙X", Place(6, 8), id="strip"),
        pytest.param("|\n      甲\n      乙X\n", Place(6, 8), id="clip"),
        pytest.param("|+\n     甲\n     乙X\n\n", Place(6, 7), id="keep"),
        pytest.param("|- # 注\n      甲X", Place(5, 8), id="comment"),
        pytest.param("|-\n\n      甲\n        乙X", Place(7, 10), id="deeper-line"),
        pytest.param("|-\n   \n      甲X", Place(6, 8), id="blank-line-first"),
        pytest.param("|2-\n        甲X", Place(5, 10), id="indent-said"),
        pytest.param("|4-\n\n          甲\n        乙X", Place(7, 10), id="indent-said-blank-first"),
        pytest.param("|-\n      \U00020000X", Place(5, 8), id="outside-the-bmp"),
        pytest.param(">-\n      甲\n      乙X", Place(4, 11), id="folded"),
        pytest.param("甲X", Place(4, 11), id="plain"),
        pytest.param("'甲X'", Place(4, 11), id="quoted"),
    ],
)
def test_the_exact_place_in_a_block(status: str, place: Place, line_end: str, tail: str, catalog: Catalog) -> None:
    """Of a block the place of a character is where it stands; of any other text it is the place of the text."""
    text = f'单位: 甲\n任务:\n  "1.1":\n    落实情况: {status}\n    佐证: []\n{tail}'
    entry = entry_of(text.replace("\n", line_end), catalog)
    passage = Passage(catalog.tasks["1.1"], entry, Thresholds())
    assert passage.place(entry.status.index("X")) == place


@pytest.mark.parametrize("status", ["|-", "|-\n      \n", "|+\n\n\n"])
def test_a_blank_block_has_no_column(status: str, tail: str, catalog: Catalog) -> None:
    """No line of it is a text."""
    text = f'单位: 甲\n任务:\n  "1.1":\n    落实情况: {status}\n{tail}'
    assert entry_of(text, catalog).block == 0


def test_a_block_right_behind_the_id(catalog: Catalog) -> None:
    """The short form of an entry may be a block, too."""
    entry = entry_of('单位: 甲\n任务:\n  "1.1": |-\n    甲\n', catalog)
    assert (entry.text_place, entry.block) == (Place(3, 10), 5)


@pytest.mark.parametrize("mark", ["&x |-", "&x\n    |-", "!!str |-"])
def test_a_block_with_an_anchor_or_a_tag_has_no_column(mark: str, catalog: Catalog) -> None:
    """It may begin on another line than its mark does: then only where it begins is told."""
    entry = entry_of(f'单位: 甲\n任务:\n  "1.1": {mark}\n    甲\n', catalog)
    assert (entry.status, entry.text_place, entry.block) == ("甲", Place(3, 10), 0)
