"""Files as offices send them: written by LibreOffice in every old format, packed, renamed; every text comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT
from office import need, soffice
from old_files import strict, zip_with_names, zipped
from status_files import read_file
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Finding
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT
from zhijiao20.core.submission import Submission
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.formats.write import write_status_file
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.system import libreoffice
from zhijiao20.system.discovery import find_files
from zhijiao20.system.found_files import FoundFiles

EXAMPLES = sorted((ROOT / "examples" / "澄州市").glob("*.yaml"))[:2]
DOCUMENTS, BOOKS = ("doc", "odt", "rtf"), ("xls", "ods")


@pytest.fixture(scope="module")
def units(catalog: Catalog) -> list[Submission]:
    """Two example units with all their texts."""
    return [read_file(path, catalog)[0][0] for path in EXAMPLES]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory, units: list[Submission], catalog: Catalog) -> dict[str, list[bytes]]:
    """The units in each format: suffix → the content of the file of each unit."""
    folder = tmp_path_factory.mktemp("old")
    found: dict[str, list[bytes]] = {}
    for number, unit in enumerate(units):
        for source, kinds in (("docx", DOCUMENTS), ("xlsx", BOOKS)):
            path = folder / f"{number}.{source}"
            path.write_bytes(write_status_file(source, [unit], catalog))
            found.setdefault(source, []).append(path.read_bytes())
            for kind in kinds:
                found.setdefault(kind, []).append(soffice(path, kind, folder).read_bytes())
            found.setdefault(f"strict-{source}", []).append(strict(path.read_bytes()))
    return found


def texts(submission: Submission) -> dict[str, str]:
    return {task: entry.status for task, entry in submission.entries.items() if entry.status}


def review(folder: Path, options: RunOptions = SERIAL) -> tuple[list[Submission], list[Finding], FoundFiles]:

    found = find_files([folder], KNOWN_SUFFIXES)
    taken: list[Submission] = []
    report = review_files(found, DEFAULT, options, take=taken.append).report()
    return taken, list(report.findings), found


@pytest.mark.minutes
@pytest.mark.parametrize(
    ("suffix", "content", "by"),
    [
        ("doc", "doc", "LibreOffice"),
        ("wps", "doc", "LibreOffice"),
        ("odt", "odt", "LibreOffice"),
        ("rtf", "rtf", "LibreOffice"),
        ("ods", "ods", "LibreOffice"),
        ("xls", "xls", "内置的读取程序"),
        ("et", "xls", "内置的读取程序"),
        ("docx", "doc", "LibreOffice"),
        ("docm", "docx", ".docm 文件"),
        ("dotx", "docx", ".dotx 文件"),
        ("xlsm", "xlsx", ".xlsm 文件"),
        ("docx", "strict-docx", "Strict"),
        ("xlsx", "strict-xlsx", "Strict"),
    ],
)
def test_every_text_is_back(
    suffix: str, content: str, by: str, tmp_path: Path, units: list[Submission], old: dict[str, list[bytes]]
) -> None:
    """Of both units, with an info on how it was read and no error."""
    for unit, data in zip(units, old[content], strict=True):
        (tmp_path / f"{unit.unit}.{suffix}").write_bytes(data)
    taken, findings, _ = review(tmp_path)
    assert [texts(submission) for submission in sorted(taken, key=lambda one: one.unit)] == [
        texts(unit) for unit in sorted(units, key=lambda one: one.unit)
    ]
    told = [finding for finding in findings if finding.rule.code == "ZJ023"]
    assert len(told) == 2
    assert all(by in finding.message and finding.file.endswith(f".{suffix}") for finding in told)
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


@pytest.mark.minutes
@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_members_of_archives(
    encoding: str, tmp_path: Path, units: list[Submission], old: dict[str, list[bytes]]
) -> None:
    """Old and new formats in one archive, one of them in an archive of its own."""
    inner = zip_with_names({"内层.doc".encode(encoding): old["doc"][1]})
    members = {"报送/附表2.docx".encode(encoding): old["docx"][0], "里面.zip".encode(encoding): inner}
    (tmp_path / "甲.zip").write_bytes(zip_with_names(members))
    taken, findings, found = review(tmp_path)
    assert [texts(submission) for submission in taken] == list(map(texts, units))
    names = [str(file.relative_to(tmp_path)) for file in found.files]
    assert names == ["甲.zip!报送/附表2.docx", "甲.zip!里面.zip!内层.doc"]
    told = [(Path(one.file).name, one.message[:7]) for one in findings if one.rule.code == "ZJ023"]
    inner_name = "甲.zip!里面.zip!内层.doc"
    assert told == [("附表2.docx", "这份文件在压缩"), (inner_name, "这份文件在压缩"), (inner_name, "这是旧版 Wo")]


@pytest.mark.minutes
def test_a_second_run_starts_no_libreoffice(
    tmp_path: Path, old: dict[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "甲.doc").write_bytes(old["doc"][0])
    options = RunOptions(cache=lambda: tmp_path / "cache")
    first = review(folder, options)
    monkeypatch.setattr(libreoffice, "find_program", lambda *names: None)
    second = review(folder, options)
    assert first[:2] == second[:2]
    assert len(first[0]) == 1


@pytest.mark.minutes
def test_the_commands_take_old_formats(work_folder: Path, units: list[Submission], old: dict[str, list[bytes]]) -> None:
    """``render`` and ``convert`` as well as ``validate``; temporary folders are left empty."""
    need("soffice")
    (work_folder / "收件").mkdir()
    (work_folder / "收件" / "甲.zip").write_bytes(zipped({"a.doc": old["doc"][0], "b.xls": old["xls"][1]}))
    result = CliRunner().invoke(app, ["convert", "收件", "-o", "转换后", "-f", "yaml"])
    assert result.exit_code == 0, result.output
    assert sorted(path.stem for path in Path("转换后").iterdir()) == sorted(unit.unit for unit in units)
    result = CliRunner().invoke(app, ["validate", "收件", "--output-format", "json", "--select", "ZJ0"])
    report = json.loads(result.stdout)
    assert report["summary"] == {"files": 2, "units": 2, "errors": 0, "warnings": 0, "infos": 2} | {
        key: report["summary"][key] for key in ("warnings", "infos")
    }
    assert {finding["file"] for finding in report["findings"]} == {"收件/甲.zip!a.doc", "收件/甲.zip!b.xls"}
