"""Scaffolds: whatever a unit is called, its file reads back exactly and nothing in it can act."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from status_files import put

from zhijiao20.commands.init import scaffold, scaffold_bytes
from zhijiao20.commands.render import render
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Collector
from zhijiao20.core.garbled import LOST_MARKS
from zhijiao20.core.submission import Submission, unit_problem
from zhijiao20.core.unit_names import plain_unit
from zhijiao20.formats.read import read_content
from zhijiao20.formats.registry import BY_NAME
from zhijiao20.formats.yaml.write import quoted

UNITS = [
    "no",
    "a: b",
    "1.10",
    '"引号"',
    "'单引号",
    "-甲",
    "=1+1",
    "@甲",
    "+86",
    "#甲",
    "~",
    "null",
    "甲 # 乙",
    " 甲 ",
    "{a}",
]


def read_back(data: bytes, kind: str, catalog: Catalog) -> tuple[Submission, Collector]:
    (submission,), out = read_content(Path(f"填报.{kind}"), data, catalog)
    return submission, out


@pytest.mark.parametrize("kind", BY_NAME)
@pytest.mark.parametrize("unit", UNITS)
def test_odd_units_read_back_exactly(unit: str, kind: str, catalog: Catalog) -> None:
    """Units are called what they are called; YAML and Excel have their own ideas of such words."""
    if kind == "docx" and unit != unit.strip():
        with pytest.raises(UsageError, match="读不回原样"):
            scaffold_bytes(unit, kind, catalog)
        return
    submission, out = read_back(scaffold_bytes(unit, kind, catalog, period="2020年上半年"), kind, catalog)
    assert (submission.unit, submission.period) == (unit, "2020年上半年")
    assert list(submission.entries) == list(catalog.tasks)
    assert not out.findings


NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=LOST_MARKS), min_size=1, max_size=100
).filter(lambda text: not unit_problem(text) and plain_unit(text) == text)


@pytest.mark.parametrize("kind", BY_NAME)
@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(unit=NAMES, period=st.one_of(st.just(""), NAMES))
def test_any_unit_reads_back_exactly(kind: str, unit: str, period: str, catalog: Catalog) -> None:
    """Every name that the contract allows: private use, zero-width, astral, direction marks."""
    try:
        data = scaffold_bytes(unit, kind, catalog, period=period)
    except UsageError:
        assert kind == "docx", "only a line of text has no room for every name"
        return
    submission, out = read_back(data, kind, catalog)
    assert (submission.unit, submission.period) == (unit, period)
    assert len(submission.entries) == 87
    assert all(entry.blank and entry.progress is None for entry in submission.entries.values())
    assert not out.findings


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(unit=NAMES, period=st.one_of(st.just(""), NAMES))
def test_no_cell_of_a_csv_is_a_formula(unit: str, period: str, catalog: Catalog) -> None:
    """The file is opened in Excel by dozens of colleagues."""
    rows = csv.reader(io.StringIO(scaffold_bytes(unit, "csv", catalog, period=period).decode("utf-8-sig"), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_csv_has_the_columns_of_the_contract(catalog: Catalog) -> None:
    """Other programs depend on them."""
    data = scaffold_bytes("甲", "csv", catalog)
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.startswith("单位,编号,部分,条目,任务,进展,落实情况,佐证\r\n")
    assert "\n" not in text.replace("\r\n", "")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["编号"] for row in rows] == list(catalog.tasks)
    assert all((row["单位"], row["任务"]) == ("甲", catalog.tasks[row["编号"]].text) for row in rows)


def test_the_period_is_a_column_only_when_set(catalog: Catalog) -> None:
    """An empty column would ask to be filled."""
    with_period = scaffold_bytes("甲", "csv", catalog, period="2020年").decode("utf-8-sig")
    assert with_period.startswith("单位,报告期,编号,")


def test_the_yaml_shows_every_task_in_official_order(catalog: Catalog) -> None:
    """The clerk reads the wording in the comments and fills in below."""
    text = scaffold_bytes("澄州市教育局", "yaml", catalog).decode()
    assert "\n单位: 澄州市教育局\n报告期:\n填报人:\n联系电话:\n任务:\n" in text
    assert re.findall(r'^  "([0-9.]+)":$', text, re.MULTILINE) == list(catalog.tasks)
    assert all(f"\n  # {task.id}  {task.text}\n" in text for task in catalog.tasks.values())
    assert "\r" not in text


def test_the_yaml_takes_a_text_where_it_asks_for_one(catalog: Catalog) -> None:
    """Filling in as the comment says must be right at the first try."""
    text = scaffold_bytes("甲", "yaml", catalog).decode()
    filled = text.replace("    落实情况: |-\n\n", "    落实情况: |-\n      第一段: “#1”\n      - 第二段\n", 1).replace(
        "    佐证: []", "    佐证:\n      - 〔2019〕12号", 1
    )
    entry = read_back(filled.encode(), "yaml", catalog)[0].entries["1.1"]
    assert (entry.status, entry.evidence) == ("第一段: “#1”\n- 第二段", ("〔2019〕12号",))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("澄州市教育局", "澄州市教育局", id="plain"),
        pytest.param("第2中学（东区）", "第2中学（东区）", id="brackets"),
        pytest.param("2020年上半年", '"2020年上半年"', id="digit-first"),
        pytest.param("甲\u2028\x7f", '"甲\\u2028\\u007f"', id="hidden"),
        pytest.param("甲: 乙", '"甲: 乙"', id="colon"),
        pytest.param('"', '"\\""', id="quote"),
        pytest.param("", '""', id="empty"),
    ],
)
def test_quoted_only_where_needed(text: str, written: str) -> None:
    """A plain name is what people expect to see and to edit."""
    assert quoted(text) == written


@pytest.mark.parametrize("kind", ["yaml", "csv"])
@pytest.mark.usefixtures("work_folder")
def test_a_fresh_scaffold_renders_with_its_gaps(kind: str) -> None:
    """What init writes is sound but for the texts."""
    path = scaffold("澄州市教育局", kind, None)
    assert path == Path(f"澄州市教育局.{kind}")
    outcome = render([path], Path("表.docx"), allow_incomplete=True)
    assert (outcome.stopped, outcome.gaps, outcome.units) == ((), 87, ("澄州市教育局",))


@pytest.mark.parametrize(
    ("unit", "problem"),
    [
        pytest.param(" \u3000\u200b", "单位是空的", id="blank"),
        pytest.param("长" * 300, "单位有 300 个字，最多 100 个", id="long"),
        pytest.param("甲\n乙", "单位里有换行或控制字符", id="line-end"),
        pytest.param("甲\x1b[31m", "单位里有换行或控制字符", id="escape"),
        pytest.param("甲\udcff", "单位里有换行或控制字符", id="no-unicode"),
    ],
)
@pytest.mark.usefixtures("work_folder")
def test_what_cannot_be_a_unit_is_refused(unit: str, problem: str, work_folder: Path) -> None:
    """Refused at the start, not when thirty files come back."""
    with pytest.raises(UsageError) as caught:
        scaffold(unit, "yaml", Path("甲.yaml"))
    assert str(caught.value) == f"{problem}，没有生成文件。请写单位全称，1 至 100 个字"
    assert not list(work_folder.iterdir())


@pytest.mark.usefixtures("work_folder")
def test_a_scaffold_replaces_only_by_force() -> None:
    """A filled file is weeks of work."""
    path = put("甲.yaml", "filled")
    with pytest.raises(UsageError, match=r"文件已存在，没有覆盖：甲\.yaml"):
        scaffold("甲", "yaml", None)
    assert path.read_text(encoding="utf-8") == "filled"
    scaffold("甲", "yaml", None, force=True)
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server")
