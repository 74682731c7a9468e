"""The registry of rules."""

from __future__ import annotations

import os
import pkgutil
import re
import shutil
import subprocess
import sys
import zipapp
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import zhijiao20
import zhijiao20.rules
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.rule_table import FAMILIES, RULES
from zhijiao20.core.settings import DEFAULT, Settings
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.engine import (
    CROSS_UNIT_CODES,
    all_texts_rules,
    cross_unit_rules,
    review,
    round_rules,
    text_rules,
    unit_rules,
)

MODULES = [
    import_module(f"zhijiao20.rules.{family}.{module.name}")
    for family in FAMILIES
    for module in pkgutil.iter_modules([f"{zhijiao20.rules.__path__[0]}/{family}"])
]
PACKAGE = Path(zhijiao20.__path__[0])
CALLED_BY_OTHER_CODE = {"zhijiao20.rules.between.near_copy", "zhijiao20.rules.structure.unused_waiver"}
"""The modules whose check is in no table, but run by the engine or by the review."""

_NAMED_ABOVE = re.compile(r"^〔([^〕\n]+\.py)〕\n(ZJ[0-9]{3}) ", re.MULTILINE)
REPORTED_BY = {
    match[2]: match[1].split("、")
    for match in _NAMED_ABOVE.finditer((PACKAGE / "rules/reading_rules.txt").read_text("utf-8"))
}
"""Code → the source files that report it, as they stand above its page."""


def name_of_module(code: str) -> str:
    """Return the name of the module that a rule with a check has."""
    rule = RULES[code]
    return f"zhijiao20.rules.{rule.family}.{rule.name.replace('-', '_')}"


def all_rules(settings: Settings = DEFAULT) -> list[tuple[str, object]]:
    """Return the codes and checks of all tables."""
    tables = (unit_rules, text_rules, all_texts_rules, cross_unit_rules, round_rules)
    return [pair for table in tables for pair in table(settings)]


def test_every_rule_runs() -> None:
    """A rule that nobody registered would never find anything; one with a wrong code would be another rule."""
    registered = {code: check.__module__ for code, check in all_rules()}
    assert len(registered) == len(all_rules())
    assert registered == {code: name_of_module(code) for code in registered}
    assert {*registered.values()} == {module.__name__ for module in MODULES if hasattr(module, "check")}


@pytest.mark.parametrize("code", [code for code, _ in all_rules()])
def test_one_rule_is_selected(code: str) -> None:
    """A rule runs alone, and everything else without it."""
    assert [found for found, _ in all_rules(Settings((code,)))] == [code]
    assert code not in dict(all_rules(Settings(ignore=(code,))))
    assert len(all_rules(Settings(ignore=(code,)))) == len(all_rules()) - 1


def test_codes_between_units() -> None:
    """The table of what is known only after the last unit, kept by hand so that no module is imported for it."""
    assert {"ZJ601", *dict(cross_unit_rules())} == CROSS_UNIT_CODES


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_module_of_a_rule(module: ModuleType) -> None:
    """A page and a check; the modules that other code calls have only a page."""
    assert isinstance(module.PAGE, str)
    assert hasattr(module, "check") is (module.__name__ not in CALLED_BY_OTHER_CODE)


def test_one_page_of_each_rule() -> None:
    """In the module with the name of the rule, or among the pages of the rules that have no module."""
    in_modules = {module.PAGE[:5]: module.__name__ for module in MODULES}
    assert in_modules == {code: name_of_module(code) for code in in_modules}
    text = (PACKAGE / "rules/reading_rules.txt").read_text("utf-8")
    pages = Counter([*(module.PAGE[:5] for module in MODULES), *re.findall(r"^(ZJ[0-9]{3}) .+。$", text, re.MULTILINE)])
    assert pages == Counter(RULES.keys())
    assert {*REPORTED_BY} == RULES.keys() - in_modules.keys()


@pytest.mark.parametrize(("code", "file"), [(code, file) for code, files in REPORTED_BY.items() for file in files])
def test_code_that_reports_a_rule(code: str, file: str) -> None:
    """Whoever reads a page in the source finds the code from there."""
    assert f'"{code}"' in (PACKAGE / file).read_text("utf-8")


@pytest.mark.parametrize("code", REPORTED_BY)
def test_all_readers_that_report_a_rule(code: str) -> None:
    """A reader that reports a rule is named above its page."""
    readers = [path for path in (PACKAGE / "formats").rglob("*.py") if f'"{code}"' in path.read_text("utf-8")]
    assert {path.relative_to(PACKAGE).as_posix() for path in readers} <= {*REPORTED_BY[code]}


@pytest.mark.parametrize("code", ["ZJ203", "ZJ003"])
def test_pages_without_docstrings(code: str) -> None:
    """``python -OO`` drops docstrings, not pages: of a module, and of the text file."""
    assert RULES[code].title in shown("-OO", "-m", "zhijiao20", "rules", code)


@pytest.mark.parametrize("code", ["ZJ203", "ZJ003"])
def test_pages_from_a_zip(code: str, tmp_path: Path) -> None:
    """The pages are also found where the package is no folder."""
    shutil.copytree(PACKAGE, tmp_path / "app" / "zhijiao20", ignore=shutil.ignore_patterns("__pycache__"))
    zipapp.create_archive(tmp_path / "app", tmp_path / "app.pyz", main="zhijiao20.__main__:main")
    assert RULES[code].title in shown(str(tmp_path / "app.pyz"), "rules", code)


def shown(*arguments: str) -> str:
    """Return what a new interpreter writes to its stdout."""
    run = subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    return run.stdout


def test_a_complete_file_is_clean(catalog: Catalog, out: Collector) -> None:
    """A file as it should be gets no finding at all."""
    text = "印发实施方案（澄教职成〔2019〕12号），培训1260人次。"
    entries = {task: Entry(task, Progress.DONE, text) for task in catalog.tasks}
    review(Submission("甲", entries=entries), catalog, out)
    assert out.findings == []


def test_all_rules_look_at_a_submission(catalog: Catalog, out: Collector) -> None:
    """Every finding in one run: missing, empty, placeholder and reason side by side, with the unit's name."""
    out = out.of_unit("甲")
    entries = [Entry("1.1"), Entry("1.2", status="略"), Entry("1.3", Progress.NOT_APPLICABLE)]
    review(Submission("甲", entries={entry.task: entry for entry in entries}), catalog, out)
    found = {(finding.rule.code, finding.task) for finding in out.findings if finding.rule.code != "ZJ202"}
    assert found == {("ZJ201", "1.1"), ("ZJ203", "1.2"), ("ZJ204", "1.3")}
    assert [finding.rule.code for finding in out.findings].count("ZJ202") == 84
    assert {finding.unit for finding in out.findings} == {"甲"}


def test_many_places_of_a_text_are_told_with_how_many_there_are(catalog: Catalog, out: Collector) -> None:
    """A hundred of a rule at most, the last one saying that there are more; of an info the first one."""
    entries = {
        "1.1": Entry("1.1", status="2020年06月03日，" * 101),
        "1.2": Entry("1.2", status="2020年06月03日，" * 100),
        "1.3": Entry("1.3", status="印发,实施,"),
    }
    review(Submission("甲", entries=entries), catalog, out)
    of_task = {task: [found.message for found in out.findings if found.task == task] for task in entries}
    dates = [message for message in of_task["1.1"] if "日期" in message]
    assert len(dates) == 100
    assert [message.endswith("（这段文字里超过 100 处）") for message in dates] == [False] * 99 + [True]
    assert len([message for message in of_task["1.2"] if "日期" in message]) == 100
    assert not any("处）" in message for message in of_task["1.2"])
    assert [message.endswith("（这段文字里共 2 处）") for message in of_task["1.3"] if "半角" in message] == [True]


def test_many_wrong_figures_are_told_with_that_not_all_were_looked_at(catalog: Catalog, out: Collector) -> None:
    """Twenty of a rule that works out figures; whoever has put these right looks again."""
    wrong = "完成扩招862人，其中退役军人138人、下岗职工97人、其他396人。"
    low = "专业课教师每年到企业实践半个月。"
    entries = {
        "1.1": Entry("1.1", status=wrong * 21),
        "1.2": Entry("1.2", status=wrong * 20),
        "12.2": Entry("12.2", status=low * 21),
    }
    review(Submission("甲", entries=entries), catalog, out)
    messages = [
        [found.message.endswith("（这段文字里要核对的太多，后面的没有再看）") for found in out.findings if found.rule.code == code and found.task == task]
        for code, task in (("ZJ308", "1.1"), ("ZJ308", "1.2"), ("ZJ501", "12.2"))
    ]  # fmt: skip
    assert messages == [[False] * 19 + [True], [False] * 20, [False] * 19 + [True]]
