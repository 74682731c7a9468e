"""A merge in another order, and without some of its units: as if the others had been added alone, in that order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from test_merge import NOT, QUICK, UNITS, says, unit

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.merge import Merged, Merging, merge, unit_texts
from zhijiao20.core.submission import Submission


def merging(catalog: Catalog, units: list[Submission]) -> Merging:
    """All units added, nothing finished."""
    found = Merging(catalog)
    for item in units:
        found.take(item.unit, item.file, item.period, unit_texts(item))
    return found


def same(one: Merged, other: Merged) -> bool:
    """Whether two results are the same but for the order of their infos, which follows the files."""
    cells = [{task: merged.cells[task] for task in merged.cells} for merged in (one, other)]
    told = [{(item.unit, item.message) for item in merged.findings} for merged in (one, other)]
    return (one.units, one.periods, cells[0], told[0]) == (other.units, other.periods, cells[1], told[1])


@QUICK
@given(UNITS, st.randoms(use_true_random=False))
def test_any_order_of_any_units(catalog: Catalog, units: list[Submission], random) -> None:
    """What is left out leaves no trace."""
    numbers = random.sample(range(len(units)), random.randint(0, len(units)))
    assert same(merging(catalog, units).finish(numbers), merge([units[number] for number in numbers], catalog))


def test_periods_in_the_new_order(catalog: Catalog) -> None:
    """Those of the units that are in, in the first spelling."""
    units = [unit("甲", period="2019年"), unit("乙", period="2020年"), unit("丙", period=" 2020 年"), unit("丁")]
    assert merging(catalog, units).finish([3, 2, 1]).periods == (" 2020 年",)
    assert merging(catalog, units).units == ["甲", "乙", "丙", "丁"]


def test_who_does_not_answer_for_a_task_is_not_counted(catalog: Catalog) -> None:
    """Where everybody who does says 不涉及, the cell reads 不涉及; where one of them says nothing, who says it is named."""
    units = [unit("甲", says("", NOT)), unit("乙", says("", NOT)), unit("丙")]
    assert merging(catalog, units).finish([0, 1, 2], {"1.1": 2}).cells["1.1"] == ("不涉及",)
    assert merging(catalog, units).finish([0, 1, 2], {"1.1": 3}).cells["1.1"] == ("【甲、乙】不涉及",)
