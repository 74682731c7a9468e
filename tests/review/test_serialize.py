"""What travels between processes and rests in the cache comes back as it was."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest

from zhijiao20.core.answers import Answers
from zhijiao20.core.findings import Finding, Place, Waived
from zhijiao20.core.merge import GIVES_REASON, REPORTS, UnitText
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.submission import TaskCounts
from zhijiao20.review.file_result import FileResult
from zhijiao20.review.file_review import ReviewJob
from zhijiao20.review.serialize import pack, pack_findings, read_findings, unpack
from zhijiao20.rules.near_duplicates.minhash import ComparableTexts
from zhijiao20.rules.shared.unit_summary import Known, ParagraphStart, UnitSummary
from zhijiao20.rules.waivers import Waiver

TEXTS = ComparableTexts(("1.1", "1.2"), (Place(3, 5), Place(cell="G4")), b"\x00\xff\n[]", "甲\n乙".encode("utf-16-le"))
UNIT = UnitSummary(
    "甲\ud800局",
    "甲.csv",
    "2020年",
    Place(2, 1),
    TEXTS,
    (ParagraphStart("1.1", Place(3), "乙局"),),
    ("乙", "丙"),
    TaskCounts(87, 80, 5, 2),
    Known("", "", "甲", ("甲局", "乙局")),
    True,
    Answers("do-", bytes(range(24))),
    "丙局",
)
OTHER = UnitSummary("乙局", "甲.csv", "", Place(), index=1)


def finding(code: str, message: str = "话\x1b\ud800") -> Finding:
    return Finding("甲.csv", Place(1, 2, "A1"), "甲", None, RULES[code], message, "改")


def test_units() -> None:
    """Every attribute that a cross-unit rule needs survives, also attributes that are added later."""
    assert all(getattr(UNIT, field.name) not in (None, "", (), Place()) for field in fields(UnitSummary))
    opened = unpack(pack(FileResult(([], []), [UNIT, OTHER], unit_count=2)), "甲.csv")
    assert opened.units == [UNIT, OTHER]
    assert opened.units[0].texts is not None
    assert opened.unit_count == 2


def test_units_under_another_name() -> None:
    """The same content under another name belongs to the file of that name."""
    packed = pack(
        FileResult(([finding("ZJ201")], []), [OTHER], [Waiver("甲.csv", "乙局", "1.1", "ZJ601", "因为", Place())])
    )
    opened = unpack(packed, "乙.csv")
    assert [unit.file for unit in opened.units] == ["乙.csv"]
    assert [waiver.file for waiver in opened.waivers] == ["乙.csv"]
    assert [one.file for one in read_findings(packed.findings, "乙.csv", DEFAULT)[0]] == ["乙.csv"]


def test_findings_and_waivers() -> None:
    """To the character, with their numbers; the severity is the one of this run."""
    waived = Waived(finding("ZJ204"), "理由")
    waiver = Waiver("甲.csv", "甲", "1.1", "ZJ601", "理由", Place(7, 8))
    packed = pack(FileResult(([finding("ZJ201"), finding("ZJ112")], [waived]), [], [waiver]))
    assert read_findings(packed.findings, "甲.csv", DEFAULT) == ([finding("ZJ201"), finding("ZJ112")], [waived])
    opened = unpack(packed, "甲.csv")
    assert opened.found == packed.findings
    assert (opened.counts, opened.waivers) == (({("甲", "ZJ201"): 1, ("甲", "ZJ112"): 1}, {"ZJ204": 1}), [waiver])
    strict = Settings(severity={"ZJ112": Severity.ERROR})
    assert read_findings(packed.findings, "甲.csv", strict)[0][1].severity is Severity.ERROR


def test_findings_alone() -> None:
    """As they are put into temporary storage."""
    found = [finding("ZJ201")], [Waived(finding("ZJ204"), "理由")]
    assert read_findings(pack_findings(found), "甲.csv", DEFAULT) == found
    assert pack_findings(([], [])) == b""


def test_texts_for_merging() -> None:
    """What merging takes is what reading gave."""
    texts = [
        (
            "甲",
            "2020年",
            [UnitText("1.1", REPORTS, "一\n二\ud800"), UnitText("1.2", GIVES_REASON, "无", Place(3, 4))],
            "丙局",
        )
    ]
    assert list(unpack(pack(FileResult(([], []), texts=texts)), "甲.csv").texts) == texts


def test_an_empty_result_is_small() -> None:
    """A file without findings and texts costs next to nothing."""
    packed = pack(FileResult(([], [])))
    assert packed[1:] == (b"", b"", b"", b"")
    assert read_findings(packed.findings, "甲", DEFAULT) == ([], [])
    assert list(unpack(packed, "甲").texts) == []


def test_a_result_is_packed_once() -> None:
    """A result that came packed is not packed again, and keeps its key."""
    packed = pack(FileResult(([finding("ZJ201")], []), [OTHER], key=b"key"))
    assert packed.key == b"key"
    opened = unpack(packed, "甲.csv")
    assert opened.key == b"key"
    assert pack(opened) is packed


@pytest.mark.parametrize("packing", [False, True])
def test_which_rules_have_findings(packing: bool) -> None:
    """Known without reading the findings."""
    result = FileResult(([finding("ZJ201")], [Waived(finding("ZJ204"), "理由")]))
    if packing:
        result = unpack(pack(result), "甲.csv")
    assert result.has_any(frozenset({"ZJ201", "ZJ401"}))
    assert not result.has_any(frozenset({"ZJ204", "ZJ401"}))


@pytest.mark.parametrize("settings", [DEFAULT, Settings(("ZJ2",), severity={"ZJ112": Severity.ERROR})])
def test_a_job_can_be_sent(settings: Settings) -> None:
    """Where processes are not forked, the job comes as a message."""
    job = ReviewJob(settings)
    job.key("file", b"")
    assert pickle.loads(pickle.dumps(job)) == ReviewJob(settings)
