"""What the documents say is true: their commands run, their tables are the program's own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from conftest import ROOT
from typer.testing import CliRunner

import build_rule_docs
from readme_commands import commands
from zhijiao20.cli import app
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.formats.read import read_content

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RULE_PAGES = sorted((ROOT / "docs" / "rules").glob("*.md"))
ROW = ("| ZJ", "| [ZJ")
NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the one a reader of the documents stands in."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for folder, example in (("各单位", "澄州市"), ("上期", "澄州市"), ("本期", "一次填报/下半年")):
        shutil.copytree(ROOT / "examples" / example, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_commands_in_the_document_run(document: Path, desk: Path) -> None:
    """Each ``$ zhijiao20 …`` line, in order, with the exit code that the document promises (0 unless it says so)."""
    for line in re.findall(r"^ *\$ (zhijiao20 .*)$", document.read_text(encoding="utf-8"), re.MULTILINE):
        expected = int(found[1]) if (found := re.search(r"# .*退出码 (\d+)", line)) else 0
        result = CliRunner().invoke(app, shlex.split(line, comments=True)[1:])
        assert result.exit_code == expected, f"{line}\n{result.output}"


@pytest.mark.parametrize(
    "command", [None, "init", "collect", "validate", "render", "return", "diff", "tasks", "rules", "schema"]
)
def test_examples_in_the_help_run(command: str | None, desk: Path) -> None:
    """Each ``例：`` of a command's help is one that works as it stands."""
    text = CliRunner().invoke(app, [command, "--help"] if command else ["--help"]).stdout
    examples = re.findall(r"例：(zhijiao20 .*)", text)
    assert examples or command is None
    shutil.copy(ROOT / "examples" / "一次填报" / "名册.xlsx", desk)
    for example in examples:
        result = CliRunner().invoke(app, shlex.split(example)[1:])
        missing = " collect " in example and "--roster" in example  # three of nine have sent
        assert result.exit_code == missing, f"{example}\n{result.output}"


def test_a_round_in_a_few_commands(desk: Path) -> None:
    """From the roster to the submission, and to the next round, as the README has it; who is not in it is said."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\$ zhijiao20 (.*)$", text, re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["roster", "init", "collect", "render", "diff"]
    said = [CliRunner().invoke(app, shlex.split(line, comments=True)).stdout for line in lines]
    assert "9 个单位：未报 1，读不了 1，多份 1，有疑问 1，合格 5；已过期 2。" in said[2]
    assert said[3] == ("已生成 附表2.docx（7 个单位，不在里面的 2 个：石桥县教育局（未报）、青溪县教育局（读不了））\n")
    assert len(list((desk / "下发").iterdir())) == 9
    assert said[4].startswith("两期都有的单位 7 个，只在本期的 2 个。9 个单位有变化。\n")


def test_readme_has_the_two_commands_for_both_shells() -> None:
    """One installs and does the main job, one installs what the tests need and runs them; PowerShell says the same."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = commands(text)
    assert "zhijiao20 render examples/澄州市" in first
    assert second.endswith("python -m pytest")
    windows = re.findall(r"^```powershell\n(.*)\n```$", text, re.MULTILINE)
    assert [_words(line) for line in windows] == [_words(first), _words(second)]


def _words(line: str) -> list[str]:
    """A command line without what differs between the shells."""
    line = line.replace("\\", "/").replace(" && ", "; ").replace("python3 -m venv", "py -m venv")
    return line.replace(".venv/Scripts/", ".venv/bin/").split()


def test_first_readme_command_does_the_main_job(desk: Path) -> None:
    """The last part of it, as it stands; the installing before it runs in CI."""
    line = commands((ROOT / "README.md").read_text(encoding="utf-8"))[0].rpartition(" && ")[2]
    argv = shlex.split(line)
    done = subprocess.run(
        [sys.executable, "-m", "zhijiao20", *argv[1:]], check=False, capture_output=True, env=dict(os.environ)
    )
    assert done.returncode == 0
    assert (desk / "附表2.docx").stat().st_size > 10_000


def test_pages_of_the_rules_are_built_from_the_program() -> None:
    """docs/rules is what scripts/build_rule_docs.py writes, file for file."""
    if os.environ.get("UPDATE_GOLDEN"):
        build_rule_docs.main()
    assert {path.name: path.read_text(encoding="utf-8") for path in RULE_PAGES} == build_rule_docs.build()


def test_table_of_findings_is_complete() -> None:
    """docs/findings.md lists every rule as the program has it, with its page."""
    paged = {path.stem for path in RULE_PAGES}
    linked = {code: f"[{code}](rules/{code}.md)" if code in paged else code for code in RULES}
    rows = [f"| {linked[r.code]} | {r.name} | {NAMES[r.severity]} | {r.title} |" for r in RULES.values()]
    path = ROOT / "docs" / "findings.md"
    text = path.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        head = "\n".join(line for line in text.splitlines() if not line.startswith(ROW))
        text = head + "\n" + "\n".join(rows) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
    assert [line for line in text.splitlines() if line.startswith(ROW)] == rows


def test_yaml_in_the_tutorial_is_a_valid_entry(catalog: Catalog) -> None:
    """What a reader copies must be read."""
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert blocks
    for block in blocks:
        entry = yaml.safe_load(block)
        (unit,), out = read_content(Path("甲.yaml"), f"单位: 甲\n{dedent(block)}".encode(), catalog)
        assert (list(unit.entries), out.findings) == (list(entry["任务"]), [])
        assert set(entry["任务"]["1.1"]) == {"进展", "落实情况", "佐证"}


def test_links_between_documents_hold() -> None:
    """A link to a file that is not there is a dead end."""
    for document in [*DOCS, *RULE_PAGES]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_changelog_names_the_version_or_the_unreleased() -> None:
    """Every user-visible change has its line."""
    assert re.search(
        r"^## \[(未发布|\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
