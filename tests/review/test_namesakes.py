"""Units of one name and different superiors: called apart in a run, and found again in another round."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhijiao20.core.findings import Finding, Place, Waived
from zhijiao20.core.merge import REPORTS, UnitText
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.settings import DEFAULT
from zhijiao20.review.file_result import FileResult
from zhijiao20.review.namesakes import Namesakes
from zhijiao20.review.previous_answers import write_previous
from zhijiao20.review.serialize import pack, unpack
from zhijiao20.review.stored_changes import compare_rounds
from zhijiao20.review.stored_round import StoredRound
from zhijiao20.rules.shared.unit_summary import UnitSummary
from zhijiao20.rules.waivers import Waiver


def result(unit: str, superior: str = "") -> FileResult:
    """What a file with one unit brings."""
    finding = Finding("甲.csv", Place(1), unit, "1.1", RULES["ZJ204"], "话", "改")
    whole = Finding("甲.csv", Place(), None, None, RULES["ZJ005"], "话", "改")
    return FileResult(
        ([finding, whole], [Waived(finding, "理由")]),
        [UnitSummary(unit, "甲.csv", "", Place(), superior=superior)],
        [Waiver("甲.csv", unit, "1.1", "ZJ601", "理由", Place())],
        [(unit, "", [UnitText("1.1", REPORTS, "文")], superior)],
        1,
    )


def called(*units: tuple[str, str]) -> list[str]:
    """What units are called in a run, in the order of their files: name and superior of each."""
    names = Namesakes(DEFAULT)
    return [names.tell_apart(result(*unit), "甲.csv").units[0].unit for unit in units]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([("一校", ""), ("一校", ""), ("一校(1)", "")], ["一校", "一校", "一校(1)"]),
        ([("一校", "东市"), ("一校", "西市"), ("一校", "东 市")], ["一校", "西市：一校", "一校"]),
        ([("一校", ""), ("一校", "东市"), ("一校", "西市")], ["一校", "一校", "西市：一校"]),
        ([("一校", "东市"), ("一校", "西市"), ("一校", "")], ["一校", "西市：一校", "一校"]),
        (
            [("东市：一校", "东市"), ("西市：一校", "西市"), ("一校", "西市")],
            ["东市：一校", "西市：一校", "西市：一校"],
        ),
        ([("东市：一校", "东市"), ("一校", "")], ["东市：一校", "东市：一校"]),
    ],
    ids=["no superior", "two superiors", "later", "without one behind", "one file with both", "one of it again"],
)
def test_what_units_are_called(units: list[tuple[str, str]], expected: list[str]) -> None:
    """Two files of one unit are called alike, two units are not."""
    assert called(*units) == expected


@pytest.mark.parametrize("packed", [False, True])
def test_everything_of_a_unit_gets_its_name(packed: bool) -> None:
    """Findings, waivers, texts and summary, also where they come from another process; the rest stays."""
    names = Namesakes(DEFAULT)
    names.tell_apart(result("一校", "东市"), "东.csv")
    given = result("一校", "西市")
    told = names.tell_apart(unpack(pack(given), "甲.csv") if packed else given, "甲.csv")
    assert not isinstance(told.found, bytes)
    found, waived = told.found
    assert [finding.unit for finding in found] == ["西市：一校", None]
    assert [(item.finding.unit, item.reason) for item in waived] == [("西市：一校", "理由")]
    assert [waiver.unit for waiver in told.waivers] == ["西市：一校"]
    assert [(unit, superior) for unit, _, _, superior in told.texts] == [("西市：一校", "西市")]
    assert (told.packed, told.key) == (None, b"")


def stored(*units: tuple[str, str, str], by_roster: bool = False) -> StoredRound:
    """A round: what each unit is called, its superior and its text on 1.1."""
    found = StoredRound(by_roster=by_roster)
    for name, superior, text in units:
        found.take(name, "甲.csv", "", [UnitText("1.1", REPORTS, text)], superior)
    return found


EAST, WEST = ("一校", "东市", "东"), ("西市：一校", "西市", "西")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ([EAST, WEST], {"一校": "both", "西市：一校": "both"}),
        ([("一校", "西市", "西")], {"一校": "both", "gone 一校": "gone"}),
        ([("一校", "南市", "东")], {"一校": "new", "gone 一校": "gone", "gone 西市：一校": "gone"}),
        ([("一校", "", "东")], {"一校": "new", "gone 一校": "gone", "gone 西市：一校": "gone"}),
    ],
    ids=["both", "one of them", "another superior", "no superior"],
)
def test_rounds_with_namesakes(new: list[tuple[str, str, str]], expected: dict[str, str]) -> None:
    """A unit is compared with that of its superior, whatever it is called in the run; in doubt with none."""
    changes = compare_rounds(stored(EAST, WEST), stored(*new), ["1.1"])
    found = {f"gone {change.unit}" if change.state == "gone" else change.unit: str(change.state) for change in changes}
    assert found == expected
    assert all(not change.tasks for change in changes if change.state == "both")


def test_a_round_without_superiors() -> None:
    """The only unit of a name is the same, whether it gives its superior or not."""
    for old, new in ((("一校", "", "东"), EAST), (EAST, ("一校", "", "东"))):
        (change,) = compare_rounds(stored(old), stored(new), ["1.1"])
        assert (change.state, change.unchanged) == ("both", 1)
    (change,) = compare_rounds(stored(("甲", "", "东"), by_roster=True), stored(("甲", "东市", "东")), ["1.1"])
    assert change.state == "both"


def test_answers_of_the_last_round(tmp_path: Path) -> None:
    """The rules that compare with the last round find the unit of the same superior."""
    last = write_previous(stored(EAST, WEST), tmp_path / "answers")

    def text(unit: str, superior: str) -> str | None:
        found = last.find(unit, superior)
        return found and found.entries["1.1"].status

    assert [text("一校", "东市"), text("一校", "西市"), text("一校", ""), text("西市：一校", "西市")] == [
        "东",
        "西",
        "东",
        "西",
    ]
    assert text("一校", "南市") is None
    assert text("二校", "东市") is None
    by_roster = write_previous(stored(("甲", "", "文"), by_roster=True), tmp_path / "roster")
    assert by_roster.find("甲", "东市") is not None
