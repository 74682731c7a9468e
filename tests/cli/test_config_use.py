"""What the settings in zhijiao20.toml do, and what is told of it; the command line wins, no firm error is let through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from status_files import put
from typer.testing import CliRunner

from zhijiao20.cli import app, config
from zhijiao20.commands.render import for_render, render
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.settings import Settings, Thresholds, is_unsuppressible

FIRM = tuple(code for code in RULES if is_unsuppressible(code))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(args))
    return result.exit_code, result.stdout, result.stderr


def status(unit: str = "甲", entry: str = "{进展: 不涉及}") -> str:
    return f"单位: {unit}\n任务:\n  '1.1': {entry}\n"


def whole(unit: str, catalog_tasks: list[str]) -> str:
    """A file without a gap, of which 1.1 is 不涉及 without a reason."""
    lines = [f"  '{task}': 印发实施方案，完成第{index}批任务。" for index, task in enumerate(catalog_tasks) if index]
    return status(unit) + "\n".join(lines) + "\n"


class TestUse:
    """What the settings do."""

    def test_paths_and_the_words_of_the_command_line(self) -> None:
        """The project's paths where none are given, the given ones else."""
        put("zhijiao20.toml", "paths = ['各单位']")
        put("各单位/甲.yaml", status())
        put("别处/乙.yaml", status("乙"))
        assert str(Path("各单位", "甲.yaml")) in run("validate")[1]
        assert "甲.yaml" not in run("validate", "别处")[1]
        Path("zhijiao20.toml").unlink()
        assert run("validate")[0] == 2

    @pytest.mark.parametrize(
        ("text", "options", "told"),
        [
            ("ignore = ['ZJ204']", [], False),
            ("ignore = ['ZJ204']", ["--ignore", "ZJ1"], True),
            ("select = ['ZJ4']", [], False),
            ("select = ['ZJ4']", ["--select", "ZJ2"], True),
            ("select = []", [], True),
            ("[units.'甲']\nignore = ['ZJ204']", [], False),
            ("[units.'乙']\nignore = ['ZJ204']", [], True),
        ],
        ids=["ignore", "ignore-given", "select", "select-given", "select-none", "unit", "another-unit"],
    )
    def test_choice_of_rules(self, text: str, options: list[str], told: bool) -> None:
        """The command line takes the place of the file's choice."""
        put("zhijiao20.toml", text)
        put("甲.yaml", status())
        out = run("validate", "甲.yaml", *options)[1]
        assert ("ZJ204" in out) is told
        assert "ZJ202" in out or "--select" in options or "--ignore" in options

    @pytest.mark.parametrize(
        ("text", "options", "code"),
        [
            ("", [], 0),
            ("fail-on = 'info'", [], 1),
            ("fail-on = '提示'", ["--fail-on", "warning"], 0),
            ("", ["--fail-on", "info"], 1),
            ("[severity]\nZJ204 = 'warning'", ["--fail-on", "warning"], 1),
            ("[severity]\nZJ204 = '错误'", [], 1),
        ],
        ids=["error", "info", "command-line-wins", "option", "heavier", "an-error-now"],
    )
    def test_what_fails(self, text: str, options: list[str], code: int) -> None:
        """Exit code 1 from the severity that was chosen."""
        put("zhijiao20.toml", text)
        put("甲.yaml", status())
        assert run("validate", "甲.yaml", "--select", "ZJ204", *options)[0] == code

    def test_an_option_that_is_none(self) -> None:
        """In Chinese, with the values allowed."""
        assert run("validate", "x", "--fail-on", "never")[2].startswith(
            "错误：--fail-on：不能是“never”，只能是：error、warning、info"
        )

    def test_what_render_takes_from_it(self, catalog: object) -> None:
        """Form, 汇总单位 and 报告期; the command line wins; the blank form is the official one."""
        put(
            "zhijiao20.toml",
            "paths = ['甲.yaml']\nunit = '澄州市教育局'\nperiod = '2020年上半年'\ntemplate = '空表.docx'",
        )
        put("甲.yaml", whole("甲", list(catalog.tasks)))  # type: ignore[attr-defined]
        assert "错误：表样不存在：空表.docx" in run("render", "-o", "表.docx")[2]
        assert run("render", "--blank", "-o", "空表.docx")[0] == 0
        code, _, err = run("render", "-o", "表.docx")
        assert (code, err.count("ZJ020")) == (0, 2)
        assert run("render", "-o", "表.docx", "--landscape")[0] == 0
        assert "报告期：2020年上半年" in _above("表.docx")
        assert "填报单位：澄州市教育局" in _above("表.docx")
        run("render", "-o", "表.docx", "--landscape", "--unit", "乙")
        assert "填报单位：乙" in _above("表.docx")

    def test_init_writes_the_period(self) -> None:
        """A new file of the project is of its period, unless another one is given."""
        put("zhijiao20.toml", "period = '2020年上半年'")
        run("init", "甲")
        run("init", "乙", "--period", "2019年")
        assert "2020年上半年" in Path("甲.yaml").read_text(encoding="utf-8")
        assert "2020年上半年" not in Path("乙.yaml").read_text(encoding="utf-8")

    @pytest.mark.parametrize("command", [["validate"], ["convert", "-o", "乙.csv"], ["init", "--update"]], ids=" ".join)
    def test_limits(self, command: list[str]) -> None:
        """Every command that reads files keeps to them."""
        put("甲.yaml", "单位: 甲\n任务:\n  '1.1': 印发12个实施方案文件\n")
        put("zhijiao20.toml", "[limits]\nlines = 1")
        assert config.load().settings.limits == Limits(lines=1)
        result = CliRunner().invoke(app, [command[0], *command[1:], "甲.yaml"])
        assert result.exit_code == 1
        assert "文件超过 1 行，没有读取" in result.output

    def test_thresholds(self) -> None:
        """Each by its name, with hyphens; the others stay."""
        put("zhijiao20.toml", "[thresholds]\nalike-from = 20\nalike = 1")
        assert config.load().settings.thresholds == Thresholds(alike_from=20, alike=1)


CHANGES = {
    "ignore = ['ZJ3', 'ZJ204']": "ignore",
    "select = ['ZJ2']\n[severity]\nZJ404 = 'info'": "select、severity",
    "[limits]\nfile-mib = 4000\n[thresholds]\nlongest = 9000": "thresholds、limits",
    "[units.'甲']\nignore = ['ZJ204']": "units",
    "unit = '乙'\nperiod = '2020年'\nignore = []\n[limits]\nfile-mib = 64": "",
}


class TestWhatIsTold:
    """“没有发现问题” is not said under settings of somebody else without a word."""

    @pytest.mark.parametrize(("text", "keys"), CHANGES.items(), ids=CHANGES.values())
    @pytest.mark.parametrize(
        "command",
        [["validate", "-q"], ["validate", "--diff"], ["render", "-o", "表.docx"], ["convert", "-o", "乙.csv"]],
        ids=["validate", "diff", "render", "convert"],
    )
    def test_settings_that_change_a_review(
        self, command: list[str], text: str, keys: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Which file, and which of its settings; nothing of those that change none, and never on standard output."""
        put("上/下/甲.yaml", status())
        put("上/zhijiao20.toml", text)
        monkeypatch.chdir("上/下")
        _, out, err = run(*command, "甲.yaml")
        shown = Path("..", "zhijiao20.toml")
        line = f"用了 {shown} 里的设置：{keys}\n" if keys else f"用了 {shown}\n"
        assert err.startswith(line) or (not keys and "-q" in command and "zhijiao20.toml" not in err)
        assert "zhijiao20.toml" not in out


class TestRender:
    """No configuration lets a firm error through."""

    def test_an_error_of_ones_own_stops_a_render(self, catalog: object) -> None:
        """What the project calls an error is one."""
        put("甲.yaml", whole("甲", list(catalog.tasks)))  # type: ignore[attr-defined]
        assert run("render", "甲.yaml", "-o", "表.docx")[0] == 0
        put("zhijiao20.toml", "[severity]\nZJ204 = 'error'")
        assert run("render", "甲.yaml", "-o", "表.docx")[0] == 1

    def test_what_is_ignored_is_ignored_there_too(self, catalog: object) -> None:
        """Infos of reading and of merging."""
        tasks = list(catalog.tasks)  # type: ignore[attr-defined]
        put("甲.yaml", whole("甲", tasks))
        put("乙.yaml", whole("乙", tasks).replace("{进展: 不涉及}", "印发实施方案。"))
        assert {"ZJ204", "ZJ604"} <= _codes(run("render", ".", "-o", "表.docx")[2])
        put("zhijiao20.toml", "ignore = ['ZJ204', 'ZJ604']")
        assert not {"ZJ204", "ZJ604"} & _codes(run("render", ".", "-o", "表.docx")[2])

    @pytest.mark.parametrize(
        "settings",
        [
            Settings(select=("ZJ4",)),
            Settings(ignore=("ZJ",)),
            Settings(exceptions={"甲": ("ZJ",)}),
            Settings(severity=dict.fromkeys(RULES, Severity.INFO)),
        ],
        ids=["select", "ignore", "unit", "severity"],
    )
    def test_whatever_the_settings_say(self, settings: Settings) -> None:
        """Settings made in any way: a firm error is wanted and weighs as one."""
        made = for_render(settings)
        assert [code for code in FIRM if not made.wants(code, "甲") or made.weight(code) is not Severity.ERROR] == []
        put("甲.yaml", status(entry="略"))
        outcome = render([Path("甲.yaml")], Path("表.docx"), allow_incomplete=True, settings=settings)
        assert [finding.rule.code for finding in outcome.stopped] == ["ZJ203"]
        assert not Path("表.docx").exists()


def _above(name: str) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(name).paragraphs)


def _codes(text: str) -> set[str]:
    return set(re.findall("ZJ[0-9]{3}", text))
