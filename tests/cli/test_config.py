"""zhijiao20.toml: found upwards, a slip is told, the example of the document is complete."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import ROOT
from status_files import put
from typer.testing import CliRunner

from zhijiao20.cli import app, config
from zhijiao20.cli.config import Config
from zhijiao20.core.errors import UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import Settings, Thresholds
from zhijiao20.system.discovery import find_config


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(args))
    return result.exit_code, result.stdout, result.stderr


def status(unit: str = "甲", entry: str = "{进展: 不涉及}") -> str:
    return f"单位: {unit}\n任务:\n  '1.1': {entry}\n"


class TestFinding:
    """Where the file is looked for."""

    def test_no_file(self) -> None:
        """Everything as it is."""
        assert config.load() == Config()

    def test_in_a_folder_above(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The nearest one counts, and its paths are from its own folder."""
        put("zhijiao20.toml", "paths = ['外']")
        put("收文/zhijiao20.toml", "paths = ['各单位']\ntemplate = '空表.docx'")
        put("收文/上半年/甲.yaml", "")
        monkeypatch.chdir("收文/上半年")
        loaded = config.load()
        assert loaded.file == Path("../zhijiao20.toml")
        assert loaded.paths == (Path("../各单位"),)
        assert loaded.template == Path("../空表.docx")

    def test_a_folder_of_that_name_is_none(self) -> None:
        """Only a file is one."""
        Path("zhijiao20.toml").mkdir()
        assert find_config(Path()) is None

    @pytest.mark.skipif(os.name == "nt", reason="a folder in which a program stands cannot be deleted there")
    def test_in_a_folder_that_is_gone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A terminal may stand in a folder that someone deleted: no project, and files named in full are still read."""
        put("甲.yaml", status())
        gone = tmp_path / "旧"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert find_config(Path()) is None
        assert run("validate", str(tmp_path / "甲.yaml"), "--select", "ZJ204")[0] == 0

    @pytest.mark.parametrize(
        "data", [b"\xef\xbb\xbfunit = '\xe7\x94\xb2'\r\n", "unit = '甲'".encode()], ids=["bom-crlf", "plain"]
    )
    def test_as_notepad_writes_it(self, data: bytes) -> None:
        """A byte order mark and Windows line ends are no fault."""
        Path("zhijiao20.toml").write_bytes(data)
        assert config.load().unit == "甲"


SLIPS = {
    "unknown-key": ("ingore = []", "“ingore”不是认识的设置，是不是 ignore？可用的有：select、ignore、severity、"),
    "underscore": ("fail_on = 'info'", "“fail_on”不是认识的设置，是不是 fail-on？"),
    "nothing-near": ("甲 = 1", None),
    "quoted-nothing-near": ("'甲' = 1", "“甲”不是认识的设置。可用的有：select、"),
    "select-no-list": ("select = 'ZJ2'", 'select 应是文字的列表，如 ["ZJ204", "ZJ4"]'),
    "select-no-text": ("select = [2]", 'select 应是文字的列表，如 ["ZJ204", "ZJ4"]'),
    "select-no-code": ("select = ['ZJ33']", "select 里的“ZJ33”不是规则编号，是不是 ZJ"),
    "select-empty-code": ("select = ['']", "select 里的“”不是规则编号。用 zhijiao20 rules 查全部编号"),
    "ignore-a-family": ("ignore = ['ZJ2']", "ignore 里的 ZJ2 含有 ZJ201，是文件、结构、缺项方面的错误，不能放过。请只写提示和警告的编号，如 ZJ204"),
    "ignore-an-error": ("ignore = ['ZJ202']", "ignore 里的 ZJ202 是文件、结构、缺项方面的错误，不能放过。"),
    "severity-no-table": ("severity = 'info'", "severity 应是一节，如 [severity] 下面写"),
    "severity-no-code": ("[severity]\nZJ44 = 'info'", "[severity] “ZJ44”不是规则编号，是不是 ZJ"),
    "severity-no-word": ("[severity]\nZJ404 = 'high'", "[severity] “ZJ404”只能是：error、错误、warning、警告、info、提示"),
    "severity-number": ("[severity]\nZJ404 = 1", "[severity] “ZJ404”只能是："),
    "severity-lighter": ("[severity]\nZJ202 = '警告'", "[severity] “ZJ202”是文件、结构、缺项方面的错误，不能减轻"),
    "severity-between": ("[severity]\nZJ601 = 'error'", "[severity] “ZJ601”是单位之间的规则，最多是警告"),
    "thresholds-no-table": ("thresholds = 3", "thresholds 应是一节，"),
    "thresholds-unknown": ("[thresholds]\nshort = 3", "[thresholds] “short”不是认识的设置，是不是 shortest？可用的有：shortest、longest、"),
    "thresholds-float": ("[thresholds]\nshortest = 1.5", "[thresholds] shortest 应是整数，如 10"),
    "thresholds-boolean": ("[thresholds]\nalike = true", "[thresholds] alike 应是 0 到 1 之间的数，如 0.85"),
    "thresholds-percent": ("[thresholds]\nalike = 85", "[thresholds] alike 应在 0 到 1 之间"),
    "thresholds-negative": ("[thresholds]\nshortest = -1", "[thresholds] shortest 不能小于 0"),
    "thresholds-nan": ("[thresholds]\nalike = nan", "[thresholds] alike 应在 0 到 1 之间"),
    "thresholds-minus-nan": ("[thresholds]\nalike = -nan", "[thresholds] alike 应在 0 到 1 之间"),
    "thresholds-inf": ("[thresholds]\nalike = inf", "[thresholds] alike 应在 0 到 1 之间"),
    "thresholds-minus-inf": ("[thresholds]\nalike = -inf", "[thresholds] alike 应在 0 到 1 之间"),
    "thresholds-nan-for-whole": ("[thresholds]\nshortest = nan", "[thresholds] shortest 应是整数，如 10"),
    "limits-inf": ("[limits]\nlines = inf", "[limits] lines 应是整数，如 10"),
    "limits-too-many": ("[limits]\nlines = 1000000000001", "[limits] lines 太大了"),
    "too-many-sixteens": ("[thresholds]\nshortest = 0x" + "f" * 1900, "[thresholds] shortest 太大了"),
    "units-no-table": ("units = ['甲']", "units 应是一节，如 [units.\"澄州市财政局\"]"),
    "unit-no-table": ("[units]\n'甲' = ['ZJ204']", '[units."甲"] 应是一节，'),
    "unit-unknown-key": ("[units.'甲']\nselect = []", "[units.\"甲\"] “select”不是认识的设置。可用的有：ignore"),
    "unit-firm": ("[units.'甲']\nignore = ['ZJ1']", '[units."甲"] ignore 里的 ZJ1 含有 ZJ101，是'),
    "paths-empty": ("paths = ['']", "paths 是空的，请写上路径"),
    "paths-text": ("paths = '各单位'", 'paths 应是文字的列表，如 ["各单位"]'),
    "template-number": ("template = 1", "template 应是文字，如 “空表.docx”"),
    "unit-number": ("unit = 1", "unit 应是文字，要加引号"),
    "unit-blank": ("unit = ' '", "unit 不能用：是空的"),
    "period-lines": ("period = \"一\\n二\"", "period 不能用：里有换行或控制字符"),
    "fail-on": ("fail-on = 'never'", "fail-on 只能是：error、错误、"),
    "syntax": ("a = 1\nunit = 甲", "第 2 行第 8 列不合 TOML 的写法。"),
    "syntax-at-the-end": ("unit =", None),
    "bare-chinese-key": ("[units.财政局]\nignore = []", "第 1 行第 8 列不合 TOML 的写法。文字要加半角引号，单位名称作键也要加，"),
}  # fmt: skip
STRANGE = {
    "brackets": ("a = " + "[\n" * 20_000, "括号套了太多层，读不了。请检查内容"),
    "braces": ("a = " + "[\n{a=" * 5_000, "括号套了太多层，读不了。请检查内容"),
    "digits-in-one-line": ("[thresholds]\nshortest = " + "9" * 5_000, "第 2 行太长（超过 2000 个字）。请把列表分成几行写"),
    "dotted-key": ("a = 1\n" + "a." * 20_000 + "a = 1", "第 2 行太长（超过 2000 个字）。"),
    "long-line": ("#" * 2_001, "第 1 行太长（超过 2000 个字）。"),
    "long-key": ("a" * 1_900 + " = 1", "“aaaa"),
    "long-code": ("[severity]\n" + "Z" * 1_900 + " = 'info'", "[severity] “ZZZZ"),
    "large": ("#\n" * 50_001, "设置文件太大（超过 100 KB）。请检查内容"),
    "large-key": ("a" * 20_000_000 + " = 1", "设置文件太大（超过 100 KB）。请检查内容"),
}  # fmt: skip
"""What no office writes, and the answer."""


class TestSlips:
    """A setting that is not understood must not be passed over."""

    @pytest.mark.parametrize(("text", "problem"), SLIPS.values(), ids=SLIPS)
    @pytest.mark.parametrize("command", ["validate", "render"])
    def test_is_wrong_usage(self, text: str, problem: str | None, command: str) -> None:
        """File, key, what is wrong and the nearest known key, in one line; nothing is read or written."""
        put("zhijiao20.toml", text)
        put("甲.yaml", status())
        code, out, err = run(command, "甲.yaml", *(["-o", "表.docx"] if command == "render" else []))
        assert (code, out) == (2, "")
        assert err.startswith(f"错误：zhijiao20.toml：{problem or ''}")
        assert err.count("\n") == 1
        assert not Path("表.docx").exists()

    def test_other_encoding(self) -> None:
        """Notepad's old ANSI."""
        Path("zhijiao20.toml").write_bytes("unit = '甲'".encode("gbk"))
        assert run("validate", "x")[2] == "错误：zhijiao20.toml：不是 UTF-8 编码。请另存为 UTF-8\n"

    @pytest.mark.parametrize(("text", "problem"), STRANGE.values(), ids=STRANGE)
    def test_what_no_office_writes(self, text: str, problem: str) -> None:
        """A file from a stranger is refused like any other slip, before it costs anything."""
        put("zhijiao20.toml", text)
        code, out, err = run("validate", "x")
        assert (code, out) == (2, "")
        assert err.startswith(f"错误：zhijiao20.toml：{problem}")
        assert (err.count("\n"), len(err) < 500) == (1, True)

    def test_as_long_as_may_be(self) -> None:
        """The bounds are far from what an office writes, and what is within them is understood."""
        units = "".join(f"[units.'{number}']\nignore = ['ZJ204']\n" for number in range(2000))
        text = f"# {'x' * 1998}\n{units}"
        put("zhijiao20.toml", text + "#" * 1_999 + "\n" + " " * 1_999)
        assert len(config.load().settings.exceptions) == 2000

    def test_a_number_that_the_system_does_not_take(self) -> None:
        """Python may be told to take even fewer digits than a line has room for."""
        put("zhijiao20.toml", "[thresholds]\nshortest = " + "9" * 1_000)
        digits = sys.get_int_max_str_digits()
        sys.set_int_max_str_digits(640)
        try:
            err = run("validate", "x")[2]
        finally:
            sys.set_int_max_str_digits(digits)
        assert err == "错误：zhijiao20.toml：有的数位数太多，读不了。请检查内容\n"

    def test_not_readable(self) -> None:
        """A huge file is none of ours."""
        put("zhijiao20.toml", "")
        os.truncate("zhijiao20.toml", 65 * 2**20)
        assert run("validate", "x")[2].startswith("错误：zhijiao20.toml：文件有 65 MiB")


class TestDocument:
    """docs/config.md."""

    def test_example_is_complete_and_right(self) -> None:
        """What a reader copies is understood, and shows every setting there is."""
        text = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
        (example,) = re.findall("```toml\n(.*?)```", text, re.DOTALL)
        put("zhijiao20.toml", example)
        loaded = config.load()
        assert [field.name for field in fields(Config) if getattr(loaded, field.name) == field.default] == []
        same = [field.name for field in fields(Settings) if not getattr(loaded.settings, field.name)]
        assert same == []
        for field in (*fields(Thresholds), *fields(Limits)):
            assert f"\n{field.name.replace('_', '-')} = {field.default} " in example
        assert loaded.settings.severity == {"ZJ404": Severity.WARNING, "ZJ303": Severity.ERROR}

    def test_no_more_keys_than_told(self) -> None:
        """The list in the message is the list in the document."""
        put("zhijiao20.toml", "x = 1")
        with pytest.raises(UsageError) as caught:
            config.load()
        told = str(caught.value).rpartition("：")[2].split("、")
        text = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
        assert [key for key in told if not re.search(rf"^(?:{key} = |\[{key}[\].])", text, re.MULTILINE)] == []
