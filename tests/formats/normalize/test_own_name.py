"""A text of a unit that names a unit: itself, or another."""

from __future__ import annotations

from units import read

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import is_not_applicable


def test_a_text_that_names_a_unit(catalog: Catalog) -> None:
    """The unit's own name, with or without its place, is no other unit's; what is said of another is a report."""
    own = {"1.1": "澄州市财政局不涉及此项工作。", "1.2": "此项工作市财政局不涉及"}
    reports = {
        "1.3": "市教育局不涉及，由我局负责。",
        "1.4": "由市财政局负责，其他单位不涉及。",
        "1.5": "东湖市财政局不涉及",
    }
    tasks = {task: {"落实情况": text} for task, text in (own | reports).items()}
    submission, (finding,) = read({"单位": "澄州市财政局", "任务": tasks}, catalog)
    assert submission is not None
    assert [task for task, entry in submission.entries.items() if is_not_applicable(entry)] == list(own)
    assert finding.message == "2 项的文字只说与本单位无关，已按“不涉及”理解：1.1、1.2"
