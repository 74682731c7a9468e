"""Merging in one step or in two gives the same cells: schools → cities → province, by bundles and by Word tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.levels import bare_name
from zhijiao20.core.limits import DEFAULT
from zhijiao20.core.merge import Cells, Merging, unit_texts
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.csv import FORMAT as CSV
from zhijiao20.formats.normalize.levels import shorten_names
from zhijiao20.formats.normalize.merged_table import told_apart
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.raw import RawUnit

QUICK = settings(deadline=None, derandomize=True)
TASKS = ("1.1", "1.2", "1.3", "2.1")
SCHOOLS = ("第一职业学校", "第二职业学校", "第三职业学校", "卫生学校")
CITIES = ("东湖市", "西岭市", "南河市")
BARE, REASON = "不涉及", "不涉及，此项由省教育厅统筹。"


class Said(NamedTuple):
    """What a unit says on a task: its text, and 进展 without a text."""

    text: str
    progress: Progress | None = None


EMPTY = Said("")
REPORTS = st.sampled_from(
    [
        Said("做了12件事。"),
        Said("做了9件事。\n【做法】两段。"),
        Said("建成基地3个。\n\n又一段。"),
        Said("\n空一行再写。"),
    ]
)
NOT_APPLICABLE = st.sampled_from([Said(BARE), Said("", Progress.NOT_APPLICABLE), Said(REASON)])


def units_of(city: str, schools: Sequence[str], said: Sequence[Sequence[Said]]) -> list[Submission]:
    """The office of a city and its schools, with their answers; what a unit leaves out it has no entry for."""
    found: list[Submission] = []
    for name, answers in zip([f"{city}教育局", *schools], said, strict=True):
        entries = {
            task: Entry(task, answer.progress, answer.text)
            for task, answer in zip(TASKS, answers, strict=True)
            if answer != EMPTY
        }
        found.append(Submission(name, f"{city}.csv", "2020年", entries=entries, superior=f"{city}教育局"))
    return found


@st.composite
def provinces(draw: st.DrawFn, answers: st.SearchStrategy[Said]) -> list[list[Submission]]:
    """Cities, each with its office and some schools, whose names and texts are the same now and then."""
    cities: list[list[Submission]] = []
    for city in CITIES[: draw(st.integers(1, 3))]:
        schools = draw(st.lists(st.sampled_from(SCHOOLS), max_size=4, unique=True))
        said = [[draw(answers) for _ in TASKS] for _ in range(len(schools) + 1)]
        cities.append(units_of(city, schools, said))
    return cities


def cells(submissions: Sequence[Submission], catalog: Catalog, *, by_superior: bool = False) -> Cells:
    """The merged cells."""
    merging = Merging(catalog)
    for item in submissions:
        merging.take(item.unit, item.file, item.period, unit_texts(item), item.superior)
    return dict(merging.finish(by_superior=by_superior).cells)


def read_back(data: bytes, catalog: Catalog) -> list[Submission]:
    """The units of a bundle as the program reads them."""
    out = Collector("全市.csv")
    raws = CSV.read(data, out, catalog, DEFAULT, "全市")
    built = [build_submission(raw, catalog, out) for raw in raws if isinstance(raw, RawUnit)]
    found = [submission for submission in built if submission is not None]
    shorten_names(found, out.findings)
    assert [finding.rule.code for finding in out.findings if finding.severity == "error"] == []
    return found


@QUICK
@given(provinces(st.one_of(st.just(EMPTY), REPORTS, NOT_APPLICABLE)))
def test_by_bundles(catalog: Catalog, cities: list[list[Submission]]) -> None:
    """A city's bundle holds what its units say, whatever they say."""
    one_step = [unit for city in cities for unit in city]
    bundles = [read_back(CSV.write(city, catalog), catalog) for city in cities]
    two_steps = [unit for bundle in bundles for unit in bundle]
    assert [(bare_name(unit.unit, unit.superior), unit.superior) for unit in two_steps] == [
        (unit.unit, unit.superior) for unit in one_step
    ]
    assert cells(two_steps, catalog) == cells(one_step, catalog)


@QUICK
@given(provinces(st.one_of(st.just(EMPTY), REPORTS, NOT_APPLICABLE)))
def test_by_word_tables(catalog: Catalog, cities: list[list[Submission]]) -> None:
    """A city's Word table holds what is in its cells: the cells of the province are the same.

    Two things are not in it: 不涉及 beside a report, and a unit that does not stand in it at all.
    """
    cities = [without_silent_units(city, catalog) for city in cities]
    one_step = [unit for city in cities for unit in city]
    two_steps = [unit for city in cities for unit in by_word_table(city, catalog)]
    merged = cells(two_steps, catalog)
    assert merged == cells(one_step, catalog)
    if len(two_steps) > 1:
        assert cells(read_from(merged, "省教育厅", catalog), catalog) == merged


@QUICK
@given(provinces(st.one_of(st.just(EMPTY), REPORTS, NOT_APPLICABLE)))
def test_units_of_one_superior_together(catalog: Catalog, cities: list[list[Submission]]) -> None:
    """A table with a line for each superior gives the same table again, and the same one without these lines."""
    units = [unit for city in cities for unit in without_silent_units(city, catalog)]
    grouped = cells(units, catalog, by_superior=True)
    if len(units) > 1:
        again = read_from(grouped, "省教育厅", catalog)
        assert cells(again, catalog, by_superior=True) == grouped
        assert cells(again, catalog) == cells(units, catalog)


def by_word_table(city: Sequence[Submission], catalog: Catalog) -> list[Submission]:
    """The units of a city as they are read from its merged table; a table of one unit has no labels."""
    if len(city) < 2:
        return list(city)
    found = read_from(cells(city, catalog), city[0].superior, catalog)
    assert len(found) == len(city)
    return found


def read_from(merged: Cells, superior: str, catalog: Catalog) -> list[Submission]:
    """The units of a merged table, as they are read."""
    entries = {task: Entry(task, status="\n".join(merged.get(task, ()))) for task in catalog.tasks}
    out = Collector("全市.docx")
    found = told_apart(Submission(superior, "全市.docx", "2020年", entries=entries), catalog, out, DEFAULT, None)
    shorten_names(found, out.findings)
    return found


def without_silent_units(city: Sequence[Submission], catalog: Catalog) -> list[Submission]:
    """The units of a city with a text of their own in its table; one text of each makes the labels recur."""
    said = (*TASKS, "20.1")
    first = {task: Entry(task, status=f"第{task}项做了12件事。") for task in catalog.tasks if task not in said}
    return [replace(unit, entries={**unit.entries, **first}) for unit in city]
