"""Texts put right in place: of the bytes of a file only those change that say what was wrong."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.formats.read import read_content
from zhijiao20.review.fixer import TextFixer
from zhijiao20.review.patch import Patch, UnsafeError, patch
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()
CORRECTOR = TextFixer(CATALOG)
QUICK = settings(deadline=None, derandomize=True, max_examples=150)
WRONG = "印发方案（澄教职成[2019]4号）,培训1260人次。"
RIGHT = "印发方案（澄教职成〔2019〕4号），培训1260人次。"
ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8-bom": (codecs.BOM_UTF8, "utf-8"),
    "gb18030": (b"", "gb18030"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be"),
}


def put_right(data: bytes, name: str = "甲.yaml") -> Patch:
    """A file with everything mechanical put right."""
    file = Path(name)
    content = read_content(file, data, CATALOG)
    corrections = [correction for submission in content[0] for correction in CORRECTOR.correct(submission)]
    return patch(file, data, content, corrections, CATALOG)


def yaml(status: str) -> str:
    """A file with one text, written in some way, between others that nobody touches."""
    return (
        f"# 头\n单位: 甲   # 尾\n\n任务:\n"
        f"  '1.1': {{进展: 已完成, 落实情况: 建成,说明: '甲,乙'}}\n"
        f'  "2.1":\n    进展:   推进中\n    落实情况: {status}\n    佐证: ["(甲), 乙"]\n'
        f"  '1.2': 完成\n"
    )


STYLES = {
    "plain": WRONG,
    "plain-with-comment": f"{WRONG}  # (甲)",
    "single": f"'{WRONG}''好''。'",
    "double": f'"{WRONG}"',
    "escapes": f'"甲\\t乙\\n\\u4e01\\x41\\U00010000 \\"\\\\\\/\\ \\n{WRONG}"',
    "block": f"|-\n      {WRONG}",
    "block-with-all": f"|2+  # 注\n\n        甲\n      {WRONG}\n\n      1.乙\n        {WRONG}\n\n",
    "clip": f"|\n         甲\n         {WRONG}\n",
    "astral": f'"𠀀𠀀{WRONG}"',
    "hidden-break": f'"甲\u2028\x85{WRONG}"',
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_ways_to_write_a_yaml_text(style: str) -> None:
    """Comments, order, quotes and blanks stay; what stands in other fields is nobody's business."""
    text = yaml(STYLES[style])
    found = put_right(text.encode())
    assert found.data.decode() == text.replace(WRONG, RIGHT)
    assert (len(found.done), found.left) == (1, ())


@pytest.mark.parametrize(
    "status",
    [
        pytest.param(f">-\n      {WRONG}\n      {WRONG}", id="folded"),
        pytest.param(f"'甲\n      {WRONG}'", id="quotes-over-two-lines"),
        pytest.param(f"甲\n      {WRONG}", id="plain-over-two-lines"),
        pytest.param(f'"\\e\\e{WRONG}"', id="rare-escape"),
        pytest.param(f"&a {WRONG}\n    说明: *a", id="anchor"),
        pytest.param(f"!!str {WRONG}", id="tag"),
        pytest.param(f"! '{WRONG}'", id="short-tag"),
        pytest.param(f"!!str\n      |-\n      {WRONG}", id="block-below-its-tag"),
    ],
)
def test_what_is_not_certain_is_left(status: str) -> None:
    """A text that does not stand in the file as it is read is left, and told."""
    data = yaml(status).encode()
    found = put_right(data)
    assert found.data == data
    assert [correction.entry.task for correction in found.left] == ["2.1"]


def test_a_text_that_is_repeated_elsewhere_is_left() -> None:
    """An alias says the text of another entry: changing the one would change both."""
    data = f"单位: 甲\n任务:\n  '1.1': &a {WRONG}\n  '1.2': *a\n".encode()
    found = put_right(data)
    assert (found.data, len(found.left)) == (data, 2)


CSV = (
    "单位,编号,落实情况,佐证\n"
    f'甲,1.1,"{WRONG}","(甲), 乙"\n'
    f",1.2,{WRONG.replace(',', ';')},甲,\n"
    f'乙,1.1,"一""B""{WRONG}\n二、{WRONG}",\n'
    f"乙,1.2,'+{WRONG.replace(',', ';')},\n"
)


def test_csv_cells() -> None:
    """Quotes are left as they are, several lines in a cell and several units in a file are no matter."""
    text = CSV.replace("甲,\n", "甲\n")
    found = put_right(text.encode(), "甲.csv")
    assert found.data.decode() == text.replace(WRONG, RIGHT).replace(WRONG.replace(",", ";"), RIGHT.replace("，", "；"))
    assert (len(found.done), found.left) == (4, ())


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_with_other_delimiters(delimiter: str) -> None:
    """As spreadsheets of other settings write it."""
    text = delimiter.join(["编号", "落实情况"]) + "\r\n" + delimiter.join(["1.1", WRONG]) + "\r\n"
    assert put_right(text.encode(), "甲.csv").data.decode() == text.replace(WRONG, RIGHT)


@pytest.mark.parametrize("name", ["甲.yaml", "甲.csv"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(name: str, encoding: str, end: str) -> None:
    """A file keeps its byte order mark, its encoding and its line ends."""
    bom, codec = ENCODINGS[encoding]
    text = yaml(STYLES["block-with-all"]) if name == "甲.yaml" else CSV.replace("甲,\n", "甲\n")
    data = bom + text.replace("\n", end).encode(codec)
    right = text.replace(WRONG, RIGHT).replace(WRONG.replace(",", ";"), RIGHT.replace("，", "；"))
    found = put_right(data, name)
    assert found.left == ()
    assert found.data == bom + right.replace("\n", end).encode(codec)


def test_mixed_line_ends() -> None:
    """Each line keeps its own."""
    data = f"单位: 甲\r\n任务:\n  '1.1': |-\r\n    {WRONG}\n    {WRONG}\r\n\r\n  '1.2': {WRONG}".encode()
    assert put_right(data).data == data.replace(WRONG.encode(), RIGHT.encode())
    data = f'编号,落实情况\r\n1.1,"{WRONG}\n甲\r\n{WRONG}\x0b乙\r"\n1.2,"{WRONG}"'.encode()
    assert put_right(data, "甲.csv").data == data.replace(WRONG.encode(), RIGHT.encode())


def test_no_cell_becomes_a_formula() -> None:
    """What stood behind an invisible character is not set free."""
    data = "编号,落实情况\n1.1,\u200b=1+1、完成\n".encode()
    assert put_right(data, "甲.csv").data.decode() == "编号,落实情况\n1.1,'=1+1、完成\n"
    data = "编号,落实情况\n1.1,=1+1，完成\u200b\n".encode()
    assert put_right(data, "甲.csv").data.decode() == "编号,落实情况\n1.1,=1+1，完成\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("单位: 甲\n任务:\n  '1.1': 甲\u00a0# 乙\n".encode(), id="would-become-a-comment"),
        pytest.param("单位: 甲\n任务:\n  '1.1': \u200b- 甲\n".encode(), id="would-become-a-list"),
        pytest.param("编号,落实情况\n1.1,'\u200b+甲\n".encode(), id="would-lose-an-apostrophe"),
    ],
)
def test_what_would_be_read_otherwise_is_refused(data: bytes) -> None:
    """The new bytes are read again before they are anybody's; then nothing is changed."""
    name = "甲.csv" if data.startswith("编号".encode()) else "甲.yaml"
    with pytest.raises(UnsafeError, match="重新读一遍"):
        put_right(data, name)


def test_gb18030_comes_back_byte_for_byte() -> None:
    """No two byte sequences of an encoding stand for one character, or what is not touched might change."""
    pairs = (bytes([first, second]) for first in range(0x81, 0xFF) for second in range(0x40, 0xFF) if second != 0x7F)
    assert [pair for pair in pairs if pair.decode("gb18030").encode("gb18030") != pair] == []


PIECES = st.lists(
    st.sampled_from(
        ["教学", WRONG, ";", "(含甲)", "1、", "2020.6.3", "\u200b", '"', "'", "\\", " ", "#", ": ", "𠀀", "⼯"]
    ),
    min_size=1,
    max_size=8,
)


@QUICK
@given(st.lists(PIECES, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]), st.sampled_from(sorted(ENCODINGS)))
def test_any_block_is_put_right_to_the_character(lines: list[list[str]], end: str, encoding: str) -> None:
    """What the corrector makes of the texts is what is read from the new bytes; nothing else differs."""
    bom, codec = ENCODINGS[encoding]
    body = "".join(f"      教{''.join(line)}。{end}" for line in lines)
    head, tail = f"单位: 甲{end}任务:{end}  '1.1':{end}    落实情况: |-{end}", f"    说明: '(甲), 乙'{end}"
    data = bom + (head + body + tail).encode(codec)
    (before,), _ = read_content(Path("甲.yaml"), data, CATALOG)
    wanted = {correction.entry.task: correction.text for correction in CORRECTOR.correct(before)}
    found = put_right(data)
    (after,), _ = read_content(Path("甲.yaml"), found.data, CATALOG)
    assert after.entries["1.1"].status == wanted.get("1.1", before.entries["1.1"].status)
    assert found.data.startswith(bom + head.encode(codec))
    assert found.data.endswith(tail.encode(codec))
    assert put_right(found.data).data == found.data


@QUICK
@given(st.lists(PIECES, min_size=1, max_size=3), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_cell_is_put_right_to_the_character(lines: list[list[str]], end: str) -> None:
    """As for a block, through the quotes of CSV."""
    text = end.join("".join(line) for line in lines)
    quoted = text.replace('"', '""')
    data = f'编号,落实情况,说明{end}1.1,"{quoted}","(甲), 乙"{end}'.encode()
    (before,), _ = read_content(Path("甲.csv"), data, CATALOG)
    wanted = {correction.entry.task: correction.text for correction in CORRECTOR.correct(before)}
    try:
        found = put_right(data, "甲.csv")
    except UnsafeError:
        assert before.entries["1.1"].status.startswith(("\u200b", "'", '"'))
        return
    (after,), _ = read_content(Path("甲.csv"), found.data, CATALOG)
    assert after.entries["1.1"].status == wanted.get("1.1", before.entries["1.1"].status)
    assert found.data.endswith(f',"(甲), 乙"{end}'.encode())
    assert put_right(found.data, "甲.csv").data == found.data
