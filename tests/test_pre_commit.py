"""The hook for pre-commit: a sound manifest, the files that it takes, and the example in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.formats.registry import KNOWN_SUFFIXES

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
(HOOK,) = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def taken(name: str) -> bool:
    """Whether pre-commit hands a file to the hook."""
    return bool(re.search(HOOK["files"], name)) and not re.search(HOOK["exclude"], name)


def test_entry_is_a_command_of_ours(tmp_path: Path) -> None:
    """What pre-commit runs is there, and takes files as arguments."""
    program, *args = HOOK["entry"].split()
    assert (HOOK["id"], program, HOOK["language"]) == ("zhijiao20-validate", "zhijiao20", "python")
    (tmp_path / "甲.yaml").write_text("单位: 甲\n任务:\n  '1.1': 略\n", encoding="utf-8")
    assert CliRunner().invoke(app, [*args, str(tmp_path / "甲.yaml")]).exit_code == 1


@pytest.mark.parametrize("suffix", sorted(KNOWN_SUFFIXES))
def test_takes_every_format(suffix: str) -> None:
    """As a folder would, in capitals too."""
    assert taken(f"各单位/甲{suffix}")
    assert taken(f"各单位/甲{suffix.upper()}")


@pytest.mark.parametrize(
    "name",
    [
        ".pre-commit-config.yaml",
        ".github/workflows/审核.yml",
        "各单位/.甲.yaml",
        "各单位/~$甲.docx",
        "说明.md",
        "甲.yaml.bak",
    ],
)
def test_passes_over_what_a_folder_does(name: str) -> None:
    """Hidden files and folders, the lock files of Word, and what is no status file."""
    assert not taken(name)


@pytest.mark.minutes
def test_pre_commit_takes_manifest_and_example(tmp_path: Path) -> None:
    """The manifest, and the configuration that a reader copies; pre-commit is part of the development environment."""
    from pre_commit.clientlib import load_config, load_manifest

    (read,) = load_manifest(str(MANIFEST))
    assert HOOK.items() <= read.items()
    (example,) = _examples()
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(example, encoding="utf-8")
    assert [[hook["id"] for hook in repo["hooks"]] for repo in load_config(str(path))["repos"]] == [[HOOK["id"]]]


def test_example_in_the_document() -> None:
    """What a reader copies names our hook."""
    (example,) = _examples()
    (repo,) = yaml.safe_load(example)["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == [HOOK["id"]]


def _examples() -> list[str]:
    text = (ROOT / "docs" / "automation.md").read_text(encoding="utf-8")
    return re.findall("```yaml\n(repos:.*?)```", text, re.DOTALL)
