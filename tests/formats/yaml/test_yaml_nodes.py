"""Nodes of a YAML file: every scalar is text, everything has its place, and nothing is guessed."""

from __future__ import annotations

import json
import re

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhijiao20.core.findings import Collector, Place
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.raw import Items, Node, Pairs, RawUnit, Scalar
from zhijiao20.formats.yaml import nodes
from zhijiao20.formats.yaml import read as yaml_read
from zhijiao20.formats.yaml.write import quoted


@pytest.fixture(params=["libyaml", "pure-python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML has no libyaml on every machine."""
    if request.param == "pure-python":
        monkeypatch.setattr(nodes, "_LOADER", pyyaml.SafeLoader)


def tree(text: str) -> Node:
    """Return the nodes of a file without 任务, which alone is read straight."""
    raw = yaml_read.read(text.encode(), Collector("甲.yaml"))
    return Pairs(tuple(raw.fields), raw.place) if isinstance(raw, RawUnit) else raw


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.nodes]
    return {key.text: plain(value) for key, value in node.pairs}


def refused(text: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        tree(text)
    assert caught.value.code == "ZJ004"
    return caught.value


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    "written",
    [
        "是",
        "否",
        "on",
        "no",
        "yes",
        "true",
        "~",
        "null",
        "2020-01-01",
        "010",
        "1.10",
        "0x1F",
        "1e3",
        "12:30",
        "=",
        ".5",
    ],
)
def test_every_scalar_is_text(written: str) -> None:
    """YAML's own types would turn a unit called `no` into False and 010 into 8."""
    assert plain(tree(f"值: {written}\n")) == {"值": written}


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("|-\n  一\n  二\n", "一\n二", id="strip"),
        pytest.param("|\n  一\n  二\n", "一\n二", id="clip"),
        pytest.param("|+\n  一\n\n", "一\n", id="keep"),
        pytest.param(">\n  a\n  b\n", "a b", id="folded"),
        pytest.param("|2-\n    缩进\n", "  缩进", id="indented"),
        pytest.param("'it''s'\n", "it's", id="single"),
        pytest.param('"a\\tb\\n\\x41"\n', "a\tb\nA", id="double"),
        pytest.param('""\n', "", id="empty-quotes"),
        pytest.param("\n", "", id="nothing"),
        pytest.param("甲 # 注\n", "甲", id="comment"),
        pytest.param("!!str 1\n", "1", id="str-tag"),
        pytest.param("! 1\n", "1", id="plain-tag"),
        pytest.param("\ufeff甲\n", "\ufeff甲", id="zero-width"),
    ],
)
def test_how_a_text_may_be_written(written: str, text: str) -> None:
    """Clerks write texts in every one of these ways, and none of them may change a character."""
    assert plain(tree(f"值: {written}")) == {"值": text}


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_places_and_line_ends(line_end: str) -> None:
    """Every finding later on stands on these places."""
    root = tree(line_end.join(["# 注", "单位: 甲", "表:", '  "1.1":', "    佐证:", "      - 一", ""]))
    assert isinstance(root, Pairs)
    assert root.place == Place(2, 1)
    (unit, name), (_tasks, tasks) = root.pairs
    assert (unit.place, name.place) == (Place(2, 1), Place(2, 5))
    assert isinstance(tasks, Pairs)
    key, entry = tasks.pairs[0]
    assert key == Scalar("1.1", Place(4, 3), bare=False)
    assert isinstance(entry, Pairs)
    evidence = entry.pairs[0][1]
    assert isinstance(evidence, Items)
    assert evidence.nodes[0].place == Place(6, 9)


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        ("1.1", True),
        ("1.10", True),
        ('"1.1"', False),
        ("'1.1'", False),
        ("1_0.0", True),
        ("11", False),
        ("第1条", False),
    ],
)
def test_only_an_unquoted_decimal_is_bare(key: str, bare: bool) -> None:
    """Another program would read 1.10 without quotes as 1.1: worth a note, and only there."""
    root = tree(f"{key}: x\n")
    assert isinstance(root, Pairs)
    assert root.pairs[0][0].bare is bare


def test_doubled_keys_are_both_kept() -> None:
    """A loader would let the last one win in silence."""
    root = tree("a: 1\na: 2\n")
    assert isinstance(root, Pairs)
    assert [(key.text, plain(node)) for key, node in root.pairs] == [("a", "1"), ("a", "2")]


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "---\n", "\ufeff"], ids=["empty", "comment", "start", "bom"])
def test_a_file_without_content_is_an_empty_text(text: str) -> None:
    """An empty file is told by intake, with a place."""
    assert tree(text) == Scalar("", Place(1, 1)) or plain(tree(text)) == ""


def test_an_alias_to_a_text_is_that_text() -> None:
    """What YAML can do harmlessly is allowed."""
    assert plain(tree("a: &x 文字\nb: *x\n")) == {"a": "文字", "b": "文字"}


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"], ids=["NEL", "LS", "PS"])
@pytest.mark.parametrize("quote", ["'", '"'], ids=["single", "double"])
def test_hidden_line_ends_survive_inside_quotes(char: str, quote: str) -> None:
    """Text is never altered: YAML 1.1 would fold these into a space."""
    text = f"甲{char}乙\U0010ff00{char}"
    assert plain(tree(f"a: {quote}{text}{quote}\nb: c\n")) == {"a": text, "b": "c"}


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("x: 甲\u2028乙\n", Place(1, 5), id="plain"),
        pytest.param("a: b\nx: |-\n  甲\u2028乙\n", Place(3, 4), id="block"),
        pytest.param("# 注\u2028\na: b\n", Place(1, 4), id="comment"),
        pytest.param("a: 'x\u2028'\nb: y\u2028\n", Place(2, 5), id="beside-quotes"),
    ],
)
def test_hidden_line_ends_outside_quotes_are_refused(text: str, place: Place) -> None:
    """Any other reader of YAML breaks the line there."""
    error = refused(text)
    assert (error.message, error.place) == ("这里有看不见的换行符 U+2028，YAML 会在此断行", place)
    assert error.hint == "删去它，或把整段文字用半角双引号括起来"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
RAW = re.compile("[\x7f-\x84\x86-\x9f\ufffe\uffff]")
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
KEEP = settings(max_examples=300, deadline=None, database=None, suppress_health_check=SLOW)


@pytest.mark.usefixtures("_loader")
@KEEP
@given(TEXT.filter(lambda text: not RAW.search(text)))
def test_any_text_in_double_quotes_is_read_exactly(text: str) -> None:
    """What another program writes as a JSON string comes out to the character, astral and hidden ones too."""
    assert plain(tree(f"值: {json.dumps(text, ensure_ascii=False)}\n后: x\n")) == {"值": text, "后": "x"}


@pytest.mark.usefixtures("_loader")
@KEEP
@given(TEXT.filter(lambda text: not {"\ufffe", "\uffff"} & set(text)))
def test_any_text_that_we_quote_is_read_exactly(text: str) -> None:
    """`quoted` escapes what YAML has no room for."""
    assert plain(tree(f"值: {quoted(text)}\n")) == {"值": text}


@KEEP
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufffe\uffff"), min_size=1)
)
def test_any_text_in_a_block_is_read_exactly(text: str) -> None:
    """The block is how the scaffold asks for texts: nothing in it may be taken for syntax."""
    lines = ["首", *text.split(" ")]
    source = "".join(f"    {line}\n" for line in lines)
    assert plain(tree(f"值: |-\n{source}")) == {"值": "\n".join(lines).rstrip("\n")}
