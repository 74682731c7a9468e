"""Every file in ``cases/`` is reviewed and held against the report beside it in ``tests/golden``: drop a file in, get a test."""

from __future__ import annotations

import io
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from conftest import ROOT
from golden import same_as_golden
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.commands.render import render
from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.rule_table import Severity
from zhijiao20.output import terminal
from zhijiao20.system import discovery

CASES = Path(__file__).parent / "cases"
EXAMPLES = ROOT / "examples"
INCOMPLETE = CASES / "澄州市教育局（缺20项）.yaml"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case_reports_as_reviewed(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole report as a clerk sees it."""
    monkeypatch.chdir(CASES)
    stream = io.StringIO()
    terminal.write(validate([Path(case.name)]), stream)
    same_as_golden(f"acceptance/{case.name}.txt", stream.getvalue())


def test_examples_have_nothing_to_complain_about() -> None:
    """Three complete units of different levels: not one finding, not even an info."""
    report = validate([EXAMPLES / "澄州市"])
    assert (report.files, report.units, report.findings) == (3, 3, ())


def test_incomplete_example_reports_exactly_its_gaps() -> None:
    """Five tasks missing, two empty, one placeholder."""
    found = [(finding.rule.code, finding.task) for finding in validate([EXAMPLES / "不完整"]).findings]
    missing = [("ZJ202", task) for task in ("4.6", "8.2", "9.3", "14.1", "18.2")]
    assert found == [("ZJ203", "5.2"), ("ZJ201", "10.2"), ("ZJ201", "17.4"), *missing]


def test_incomplete_city_reports_its_twenty_missing_tasks(catalog: Catalog) -> None:
    """Each missing task with its official wording, and no other error."""
    report = validate([INCOMPLETE])
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    assert len(errors) == 20
    assert all(finding.rule.code == "ZJ202" for finding in errors)
    assert all(catalog.tasks[finding.task or ""].text in finding.message for finding in errors)


def test_incomplete_city_is_not_rendered_unless_allowed(tmp_path: Path) -> None:
    """A table with holes leaves the house only on purpose."""
    output = tmp_path / "附表2.docx"
    refused = CliRunner().invoke(app, ["render", str(INCOMPLETE), "-o", str(output)])
    assert (refused.exit_code, list(tmp_path.iterdir())) == (1, [])
    allowed = CliRunner().invoke(app, ["render", str(INCOMPLETE), "-o", str(output), "--allow-incomplete"])
    assert (allowed.exit_code, allowed.stdout) == (0, f"已生成 {output}（1 个单位，20 处缺项留空）\n")
    table = docx.Document(io.BytesIO(output.read_bytes())).tables[0]
    assert sum(not row.cells[3].text for row in table.rows) == 20


def test_rendered_examples_read_back_whole(tmp_path: Path, catalog: Catalog) -> None:
    """Every paragraph of every kept text stands in its cell, led by its unit, and nothing else does."""
    import yaml

    output = tmp_path / "附表2.docx"
    outcome = render([EXAMPLES / "澄州市"], output, unit="澄州市教育局")
    assert outcome.stopped == ()
    units = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted((EXAMPLES / "澄州市").iterdir())]
    rows = docx.Document(io.BytesIO(output.read_bytes())).tables[0].rows[1:]
    for task, row in zip(catalog.tasks, rows, strict=True):
        entries = [(unit["单位"], unit["任务"][task]) for unit in units]
        reports = [(unit, entry) for unit, entry in entries if entry["进展"] != "不涉及"] or entries
        expected = "\n".join(f"【{unit}】{entry['落实情况']}" for unit, entry in reports)
        assert row.cells[3].text == expected


def test_same_folder_in_another_order_on_another_day_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the file system lists a folder, and whatever the clock says."""
    walk = os.walk

    def shuffled(folder: Path, **options: object) -> Iterator[tuple[str, list[str], list[str]]]:
        for root, folders, names in walk(folder, **options):  # type: ignore[call-overload]
            random.Random(7).shuffle(names)
            names.reverse()
            yield root, folders, names

    results = []
    for day in (1_600_000_000, 1_700_000_000):
        folder = tmp_path / "units"
        shutil.copytree(EXAMPLES / "澄州市", folder)
        for file in folder.iterdir():
            os.utime(file, (day, day))
        monkeypatch.setattr("time.time", lambda day=day: day)
        output = tmp_path / "out.docx"
        render([folder], output)
        results.append(output.read_bytes())
        shutil.rmtree(folder)
        monkeypatch.setattr(discovery.os, "walk", shuffled)
    assert results[0] == results[1]


def test_inputs_are_never_changed(tmp_path: Path) -> None:
    """Reviewing and rendering leave the folder as it was, but for the output."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    validate([tmp_path])
    render([tmp_path / "examples" / "澄州市"], tmp_path / "out.docx")
    after = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and file.name != "out.docx"}
    assert before == after
