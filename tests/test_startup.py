"""Start-up: a command loads what it needs and no more, or every call on an old office PC takes seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("docx", "pydantic", "pydantic_core", "lxml", "rich", "openpyxl", "xlsxwriter", "numpy", "rapidfuzz", "jinja2")
DUMP = """
import sys
sys.argv = ["zhijiao20", *sys.argv[1:]]
from zhijiao20.__main__ import main
try:
    main()
finally:
    names = {name if name.startswith("zhijiao20.") else name.partition(".")[0] for name in sys.modules}
    print("LOADED", *sorted(names), file=sys.stderr)
"""


def loaded(folder: Path, *args: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", DUMP, *args], cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode in {0, 1}, done.stderr
    last = done.stderr.splitlines()[-1].split()
    assert last[0] == "LOADED"
    assert "zhijiao20" in last  # the dump works
    return set(last)


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["--version"],
        ["init", "--help"],
        ["validate", "--help"],
        ["render", "--help"],
        ["init", "甲"],
        ["init", "甲", "-f", "csv"],
    ],
    ids=" ".join,
)
def test_light_commands_load_no_heavy_library(tmp_path: Path, args: list[str]) -> None:
    """Help, version and a scaffold need no model, no screen library and no Word."""
    assert not loaded(tmp_path, *args) & set(HEAVY)


def test_a_review_without_findings_loads_no_screen_library(tmp_path: Path) -> None:
    """Its one line needs no colours in a pipe; no roster is read, and nothing merged."""
    (tmp_path / "甲.csv").write_text(
        "单位,编号,落实情况\n澄州市财政局,1.1,印发实施方案，拨付经费。\n", encoding="utf-8"
    )
    modules = loaded(tmp_path, "validate", "甲.csv", "-q", "--no-cache", "--select", "ZJ0,ZJ1")
    assert not modules & {*HEAVY, "zhijiao20.core.roster", "zhijiao20.core.merge", "zhijiao20.review.assign"}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_no_yaml(tmp_path: Path, option: str) -> None:
    """Not even the list of tasks is read."""
    assert not loaded(tmp_path, option) & {"yaml", "_yaml", "csv", "json"}


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["validate", "--help"]], ids=" ".join)
def test_help_and_version_load_the_command_line_alone(tmp_path: Path, args: list[str]) -> None:
    """No findings, no files, no rules: what is left is Typer's own."""
    own = {name for name in loaded(tmp_path, *args) if name.startswith("zhijiao20.")}
    assert own <= {
        "zhijiao20.__main__",
        "zhijiao20.cli",
        "zhijiao20.system",
        "zhijiao20.system.interrupts",
        "zhijiao20.core",
        "zhijiao20.core.display",
        "zhijiao20.core.errors",
        "zhijiao20.core.fields",
        "zhijiao20.core.lazy_regex",
        "zhijiao20.formats",
        "zhijiao20.formats.format",
        "zhijiao20.formats.registry",
        *(f"zhijiao20.formats.{name}" for name in ("yaml", "csv", "xlsx", "docx")),
        *(n for n in own if n.startswith("zhijiao20.cli.")),
        *(["zhijiao20.system.windows"] if os.name == "nt" else []),  # it knows in which encoding a pipe is read
    }


@pytest.mark.parametrize("kind", ["yaml", "csv"])
def test_a_scaffold_loads_no_rule_and_no_reader(tmp_path: Path, kind: str) -> None:
    """Every rule is a dozen patterns to compile."""
    names = loaded(tmp_path, "init", "甲", "-f", kind, "-o", f"甲.{kind}")
    assert not {
        name
        for name in names
        if name.startswith(("zhijiao20.rules", "zhijiao20.review.runner", "zhijiao20.formats.normalize.t"))
    }


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx"])
def test_an_ordinary_file_is_read_without_the_model(tmp_path: Path, kind: str) -> None:
    """pydantic is for explaining what is wrong with a file."""
    loaded(tmp_path, "init", "甲", "-f", kind, "-o", f"甲.{kind}")
    assert not loaded(tmp_path, "validate", f"甲.{kind}", "-q") & {"pydantic", "pydantic_core"}


def test_the_program_starts_from_the_package(tmp_path: Path) -> None:
    """``python -m zhijiao20`` is the console script; it looks for garbage again once it is loaded."""
    code = "import gc, sys; sys.argv = ['zhijiao20', '--version']\nfrom zhijiao20.__main__ import main\ntry: main()\nfinally: print(gc.isenabled())"
    for args in (["-m", "zhijiao20", "--version"], ["-c", code]):
        done = subprocess.run(
            [sys.executable, *args], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, timeout=60
        )
        assert done.stdout.startswith("zhijiao20 ")
    assert done.stdout.endswith("True\n")


@pytest.mark.parametrize("options", [[], ["-q"], ["--output-format", "json"]], ids=["text", "quiet", "json"])
def test_validating_a_csv_loads_nothing_of_word(tmp_path: Path, options: list[str]) -> None:
    """lxml and python-docx are for rendering and for .docx files."""
    (tmp_path / "甲.csv").write_text("单位,编号,落实情况\n甲,1.1,做了\n", encoding="utf-8")
    assert not loaded(tmp_path, "validate", "甲.csv", *options) & {"lxml", "docx", "openpyxl"}


@pytest.mark.parametrize(
    "args", [["rules"], ["rules", "ZJ0"], ["rules", "ZJ203", "--output-format", "json"]], ids=" ".join
)
def test_rules_load_no_model_and_no_word(tmp_path: Path, args: list[str]) -> None:
    """Pages are docstrings: nothing is validated, nothing is opened."""
    assert not loaded(tmp_path, *args) & {"pydantic", "pydantic_core", "lxml", "docx", "openpyxl", "xlsxwriter", "yaml"}


def test_validating_an_xlsx_loads_no_library_of_excel(tmp_path: Path) -> None:
    """A sheet is read with what Python brings along; XlsxWriter is for writing only."""
    loaded(tmp_path, "init", "甲", "-f", "xlsx")
    assert not loaded(tmp_path, "validate", "-q", "甲.xlsx") & {"lxml", "docx", "openpyxl", "xlsxwriter"}


def test_json_output_loads_no_screen_library(tmp_path: Path) -> None:
    """rich draws for people only."""
    (tmp_path / "甲.csv").write_text("单位,编号,落实情况\n甲,1.1,做了\n", encoding="utf-8")
    assert "rich" not in loaded(tmp_path, "validate", "甲.csv", "--output-format", "json")


def test_only_several_units_are_compared(tmp_path: Path) -> None:
    """numpy and rapidfuzz are for comparing units: not for one, not where the rule is not wanted, for two they are."""
    text = "按10个紧缺领域编制培训目录，设项目若干，逐年更新；目录经行业协会论证后向社会公布，供院校和企业选用。"
    heavy = {"numpy", "rapidfuzz"}
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.csv").write_text(f"单位,编号,落实情况\n{name},7.2,{text}\n", encoding="utf-8")
    assert not loaded(tmp_path, "validate", "甲.csv") & heavy
    assert not loaded(tmp_path, "validate", "甲.csv", "乙.csv", "--ignore", "ZJ601") & heavy
    assert not loaded(tmp_path, "render", "--allow-incomplete", "甲.csv", "乙.csv", "-o", "表.docx") & heavy
    assert loaded(tmp_path, "validate", "甲.csv", "乙.csv") >= {"numpy"}


@pytest.mark.parametrize(
    "options", [["--output-format", "json"], ["-q", "--output-format", "json"]], ids=["json", "quiet"]
)
def test_a_small_review_starts_no_process(tmp_path: Path, options: list[str]) -> None:
    """Nor loads what that takes: most people review a handful of files."""
    for name in "甲乙丙":
        (tmp_path / f"{name}.csv").write_text(f"单位,编号,落实情况\n{name},1.1,做了\n", encoding="utf-8")
    assert not loaded(tmp_path, "validate", ".", *options) & {"multiprocessing", "concurrent"}


COMPILED = """
import sys
from zhijiao20.core import lazy_regex
made = []
class Counted(lazy_regex.LazyPattern):
    def __init__(self, *args):
        super().__init__(*args)
        made.append(self)
lazy_regex.LazyPattern = Counted
sys.argv = ["zhijiao20", *sys.argv[1:]]
from zhijiao20.__main__ import main
try:
    main()
finally:
    print(sum("regex" in vars(pattern) for pattern in made), len(made), file=sys.stderr)
"""


def test_a_short_file_needs_few_patterns(tmp_path: Path) -> None:
    """Those of the rules are compiled when a text has their signs: to compile all takes longer than the review."""
    (tmp_path / "甲.yaml").write_text('单位: 甲局\n任务:\n  "1.1": 印发实施方案，拨付经费。\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", COMPILED, "validate", "甲.yaml"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    compiled, made = map(int, done.stderr.splitlines()[-1].split())
    assert made > 300
    assert compiled < made / 3
