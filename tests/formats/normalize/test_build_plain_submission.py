"""From the raw content of one unit to its submission: entries that are plain, and faults beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from units import said

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector, Place
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.normalize.submission import build_submission
from zhijiao20.formats.raw import OddEntry, RawUnit, Scalar


def plain(**changes: Any) -> RawUnit:
    """A unit as a reader returns it where nothing is wrong."""
    entry = Entry("1.1", Progress.DONE, "做了", ("一号",), "", {}, Place(3, 3), Place(4, 11), 7)
    fields = [(Scalar("单位", Place(1, 1)), Scalar("甲", Place(1, 5)))]
    return replace(RawUnit(fields, [entry], Place(3, 3), Place(1, 1)), **changes)


class TestPlain:
    """What is plain is taken as it is; what is not is explained."""

    def test_becomes_a_submission(self, catalog: Catalog, out: Collector) -> None:
        """Every field arrives, the column of a block too."""
        more = [
            (Scalar(name), Scalar(text)) for name, text in (("报告期", "2020年"), ("填报人", "某"), ("联系电话", "1"))
        ]
        raw = plain(fields=[*plain().fields, *more])
        (entry,) = raw.entries
        found = build_submission(raw, catalog, out)
        assert found == Submission("甲", "甲.yaml", "2020年", "某", "1", {"1.1": entry}, Place(1, 5), Place(3, 3))
        assert out.findings == []

    @pytest.mark.parametrize(
        ("name", "text", "code"),
        [("单位", " ", "ZJ106"), ("报告期", "甲\n乙", "ZJ104"), ("填报人", "\x07", "ZJ006"), ("备注", "甲", "ZJ103")],
    )
    def test_field_that_is_told(self, catalog: Catalog, out: Collector, name: str, text: str, code: str) -> None:
        """A fault at the top does not need one in the entries to be told."""
        fields = [pair for pair in plain().fields if pair[0].text != name]
        build_submission(plain(fields=[*fields, (Scalar(name), Scalar(text))]), catalog, out)
        assert [finding.rule.code for finding in out.findings] == [code]

    def test_id_that_is_told(self, catalog: Catalog, out: Collector) -> None:
        """Another spelling of an id is read, an unknown one is not."""
        raw = plain(entries=[Entry("１.2", status="做了", place=Place(3, 3)), Entry("9.9"), *plain().entries])
        found = build_submission(raw, catalog, out)
        assert found is not None
        assert [(task, entry.task) for task, entry in found.entries.items()] == [("1.1", "1.1"), ("1.2", "1.2")]
        assert [finding.rule.code for finding in out.findings] == ["ZJ109", "ZJ101"]

    @pytest.mark.parametrize("first", ["plain", "odd"])
    @pytest.mark.parametrize("second", ["plain", "odd"])
    def test_double(self, catalog: Catalog, out: Collector, first: str, second: str) -> None:
        """Of two entries the first one counts, and both are shown, whichever of them is plain."""

        def made(kind: str, text: str, line: int) -> Entry | OddEntry:
            if kind == "plain":
                return Entry("1.1", status=text, place=Place(line, 3))
            return OddEntry(Scalar("1.1", Place(line, 3)), Scalar(text, Place(line, 10)))

        found = build_submission(plain(entries=[made(first, "甲文", 3), made(second, "乙文", 4)]), catalog, out)
        assert found is not None
        assert found.entries["1.1"].status == "甲文"
        assert [(*said(finding), finding.unit) for finding in out.findings] == [
            ("ZJ102", 4, "1.1", "任务 1.1 出现了两次（前一次在第 3 行）。前一次：“甲文”；这一次：“乙文”", "甲")
        ]
