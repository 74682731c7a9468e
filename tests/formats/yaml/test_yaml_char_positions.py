"""Where the lines of a literal block begin: findings in a text are told by line and column."""

from __future__ import annotations

import pytest

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.normalize.fast_submission import build_submission
from zhijiao20.formats.normalize.tree import submission_from_tree
from zhijiao20.formats.yaml import read as yaml_read
from zhijiao20.formats.yaml.fast_read import read_fast
from zhijiao20.rules.shared.passage import Passage


def entries(text: str, catalog: Catalog) -> list[Entry]:
    """The entry 1.1 as both ways through the file give it; the short one may be closed."""
    out = Collector("甲.yaml")
    long = submission_from_tree(yaml_read.read(text.encode(), out), catalog, out)
    outline = read_fast(text.encode())
    short = outline and build_submission(outline, catalog, "甲.yaml")
    return [found.entries["1.1"] for found in (long, short) if found]


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
def test_the_exact_place_in_a_block(status: str, place: Place, line_end: str, catalog: Catalog) -> None:
    """Of a block the place of a character is where it stands; of any other text it is the place of the text."""
    text = f'单位: 甲\n任务:\n  "1.1":\n    落实情况: {status}\n    佐证: []\n'.replace("\n", line_end)
    found = entries(text, catalog)
    assert found
    for entry in found:
        passage = Passage(catalog.tasks["1.1"], entry, Thresholds())
        assert passage.place(entry.status.index("X")) == place


@pytest.mark.parametrize("status", ["|-", "|-\n      \n", "|+\n\n\n"])
def test_a_blank_block_has_no_column(status: str, catalog: Catalog) -> None:
    """No line of it is a text."""
    text = f'单位: 甲\n任务:\n  "1.1":\n    落实情况: {status}\n'
    assert {entry.block for entry in entries(text, catalog)} == {0}


def test_a_block_right_behind_the_id(catalog: Catalog) -> None:
    """The short form of an entry may be a block, too."""
    found = entries('单位: 甲\n任务:\n  "1.1": |-\n    甲\n', catalog)
    assert [(entry.text_place, entry.block) for entry in found] == [(Place(3, 10), 5)] * 2


@pytest.mark.parametrize("mark", ["&x |-", "&x\n    |-", "!!str |-"])
def test_a_block_with_an_anchor_or_a_tag_has_no_column(mark: str, catalog: Catalog) -> None:
    """It may begin on another line than its mark does: then only where it begins is told."""
    (entry,) = entries(f'单位: 甲\n任务:\n  "1.1": {mark}\n    甲\n', catalog)
    assert (entry.status, entry.text_place, entry.block) == ("甲", Place(3, 10), 0)


@pytest.mark.parametrize("code", [*range(9), 11, 12, *range(14, 32), 0x7F, 0x84, 0x86, 0x9F, 0xFFFE, 0xFFFF])
@pytest.mark.parametrize(
    "text",
    ["a: X", "a: |-\n  X", "# X\na: b", "a: b\n# X", "a: 'X'", "a: b\n...\nX", "{X", "!x X", "a: *b\nc: X"],
    ids=["plain", "block", "comment", "end", "quoted", "behind", "flow", "tag", "alias"],
)
def test_a_control_character_is_told_before_all_else(code: int, text: str) -> None:
    """Wherever it stands, in a comment or behind the end too, and whatever else is wrong with the file."""
    with pytest.raises(FormatError) as caught:
        yaml_read.read(text.replace("X", chr(code)).encode(), Collector("甲.yaml"))
    assert caught.value.code == ("ZJ003" if code == 0 else "ZJ004")
    assert code == 0 or "控制字符" in caught.value.message
