"""The commands as a clerk uses them: init, validate, render, on real files."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from zhijiao20 import cli
from zhijiao20.core.catalog import Catalog
from zhijiao20.system import atomic_write as outputs
from zhijiao20.system.resources import official_form

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "工作"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def names_in(folder: Path | str = ".") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.app, list(args))


def put(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def sound(unit: str, catalog: Catalog, instead: dict[str, str] | None = None) -> str:
    """A status file without a fault, but for the texts given instead."""
    lines = [f"单位: {json.dumps(unit)}", "任务:"]
    texts = {task: f"{unit}开展第{task}项工作，印发12个文件。" for task in catalog.tasks} | (instead or {})
    return "\n".join([*lines, *(f'  "{task}": {json.dumps(text)}' for task, text in texts.items())]) + "\n"


def units(path: str | Path) -> set[str | None]:
    result = run("validate", "--output-format", "json", "--select", "ZJ201", "--", str(path))
    return {finding["unit"] for finding in json.loads(result.stdout)["findings"]}


# ── init ──


@pytest.mark.parametrize(
    ("args", "name"),
    [
        pytest.param([], "甲.yaml", id="default"),
        pytest.param(["-f", "csv"], "甲.csv", id="csv"),
        pytest.param(["-o", "乙.yml"], "乙.yml", id="yml"),
        pytest.param(["-o", "乙.CSV"], "乙.CSV", id="kind-by-name"),
        pytest.param(["-f", "csv", "-o", "乙.csv"], "乙.csv", id="both"),
        pytest.param(["--format=yaml", "--output=乙.yaml", "--period", "2020年"], "乙.yaml", id="long-options"),
    ],
)
def test_init_writes_one_file_and_names_it(args: list[str], name: str) -> None:
    """The result goes to stdout, so that a script can take it."""
    result = run("init", "甲", *args)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"已生成 {name}\n", "")
    assert names_in() == [name]
    assert units(name) == {"甲"}


def test_init_never_overwrites_without_force() -> None:
    """A filled file is weeks of work."""
    put("甲.yaml", "filled")
    result = run("init", "甲")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "错误：文件已存在，没有覆盖：甲.yaml。要覆盖请加 --force，或用 -o 换一个文件名\n"
    assert Path("甲.yaml").read_bytes() == b"filled"
    assert run("init", "甲", "--force").exit_code == 0
    assert units("甲.yaml") == {"甲"}


@pytest.mark.parametrize("kind", ["yaml", "csv"])
@pytest.mark.parametrize(
    "unit",
    [
        "/",
        "../x",
        "a/b",
        "..\\x",
        "no",
        "a: b",
        "1.10",
        '"q"',
        "'q'",
        "=1+1",
        "-x",
        "#x",
        "null",
        " 甲 ",
        "[red]甲[/]",
        "𠮷㛃",
    ],
)
def test_init_odd_units_stay_in_the_folder_and_read_back(unit: str, kind: str, tmp_path: Path) -> None:
    """A unit is never a path, and never becomes another word."""
    result = run("init", "-f", kind, "--", unit)
    assert result.exit_code == 0
    (name,) = names_in()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["工作"]
    assert units(name) == {unit}


@pytest.mark.parametrize(
    "unit",
    [
        "",
        " ",
        "\u3000\u200b",
        "..",
        ".",
        "con",
        "NUL",
        "x" * 300,
        "甲\n乙",
        "甲\x00",
        "\x1b[31m",
        "\udcff",
        "甲\u2028",
        "甲" * 90,
    ],
)
def test_init_refuses_what_cannot_be_a_unit_or_a_file(unit: str, tmp_path: Path) -> None:
    """Refused with the reason, and nothing is written anywhere."""
    result = run("init", "--", unit)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：单位")
    assert "\x1b" not in result.stderr
    assert not names_in()
    assert [path.name for path in tmp_path.iterdir()] == ["工作"]


def test_init_a_unit_that_is_no_file_name_goes_where_told() -> None:
    """The way out that the message names works."""
    assert run("init", "con", "-o", "填报.csv").exit_code == 0
    assert units("填报.csv") == {"con"}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["-o", "无/甲.yaml"], "文件夹不存在：无。请先建好文件夹，或用 -o 换一个位置", id="missing-folder"),
        pytest.param(["-o", "夹.yaml"], "输出路径是一个文件夹：夹.yaml。请用 -o 写出文件名", id="folder"),
        pytest.param(["-o", "甲.doc"], "文件名应以 ", id="suffix"),
        pytest.param(
            ["-f", "csv", "-o", "甲.yaml"], "-f csv 与文件名 甲.yaml 不一致，请改其中一个", id="contradiction"
        ),
    ],
)
def test_init_outputs_that_cannot_be(args: list[str], message: str) -> None:
    """Wrong usage is told as such, with what to do."""
    Path("夹.yaml").mkdir()
    result = run("init", "甲", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"错误：{message}")
    assert names_in() == ["夹.yaml"]


def test_init_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only share: the reason, not a traceback."""

    def refuse(*_where: object) -> tuple[int, str]:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(outputs, "hidden_file", refuse)
    result = run("init", "甲")
    assert result.exit_code == 2
    assert result.stderr == (
        "错误：文件写不了：甲.yaml（磁盘是只读的）。如果正在 Word、WPS 或 Excel 中打开，请先关闭；否则检查权限和磁盘空间\n"
    )


@POSIX
@pytest.mark.parametrize("kind", ["yaml", "csv"])
def test_init_a_period_that_is_no_unicode_is_wrong_usage(kind: str) -> None:
    """A terminal in GBK sends such bytes; --period is checked as little as 单位 is much."""
    assert run("init", "甲", "-f", kind, "--period", "2020\udcc4\udcea").exit_code == 2


def test_init_shows_an_odd_output_name_harmlessly() -> None:
    """stdout may be a terminal; CliRunner strips nothing when colours are on."""
    result = CliRunner().invoke(cli.app, ["init", "甲", "-o", "x\x1b[31m.yaml"], color=True)
    assert "\x1b" not in result.stdout


# ── validate ──


def test_validate_sound_files(catalog: Catalog) -> None:
    """Exit code 0 and one line."""
    put("甲.yaml", sound("甲", catalog))
    result = run("validate", "甲.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "检查了 1 个文件、1 个单位：没有发现问题。\n"


def test_validate_json_is_the_contract(catalog: Catalog) -> None:
    """To the key: other programs depend on it."""
    put("单位/甲.yaml", sound("甲", catalog, {"1.1": ""}))
    put("单位/乙.csv", "编号;落实情况\n")
    result = run("validate", "单位", "--output-format", "json", "--select", "ZJ201,ZJ005")
    assert (result.exit_code, result.stderr) == (1, "")
    document = json.loads(result.stdout)
    assert document["version"] == 1
    assert document["summary"] == {"files": 2, "units": 1, "errors": 1, "warnings": 0, "infos": 1}
    by_rule = {finding["rule"]: finding for finding in document["findings"]}
    assert by_rule["ZJ201"] == {
        "file": "单位/甲.yaml",
        "line": 3,
        "column": 3,
        "cell": None,
        "unit": "甲",
        "task": "1.1",
        "rule": "ZJ201",
        "name": "empty-status",
        "severity": "error",
        "message": by_rule["ZJ201"]["message"],
        "hint": by_rule["ZJ201"]["hint"],
    }
    assert (by_rule["ZJ005"]["line"], by_rule["ZJ005"]["unit"], by_rule["ZJ005"]["severity"]) == (None, None, "info")


@pytest.mark.parametrize(
    ("args", "codes"),
    [
        pytest.param([], {"ZJ109", "ZJ201", "ZJ203"}, id="all"),
        pytest.param(["--select", "ZJ2"], {"ZJ201", "ZJ203"}, id="prefix"),
        pytest.param(["--select", "zj201，ZJ1"], {"ZJ201", "ZJ109"}, id="lower-case-and-full-width-comma"),
        pytest.param(["--ignore", "ZJ20"], {"ZJ109"}, id="ignore"),
        pytest.param(["--select", "ZJ2", "--ignore", "ZJ203"], {"ZJ201"}, id="ignore-is-stronger"),
        pytest.param(["--select", " , "], {"ZJ109", "ZJ201", "ZJ203"}, id="nothing-selected"),
    ],
)
def test_validate_select_and_ignore(args: list[str], codes: set[str], catalog: Catalog) -> None:
    """Only what is asked for is shown, and only that decides the exit code."""
    text = sound("甲", catalog, {"1.1": "", "1.2": "已完成"}).replace('"1.3":', '"1．3":')
    put("甲.yaml", text)
    result = run("validate", "甲.yaml", "--output-format", "json", *args)
    assert {finding["rule"] for finding in json.loads(result.stdout)["findings"]} == codes
    assert result.exit_code == int(bool(codes - {"ZJ109"}))


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_validate_a_code_that_no_rule_has_is_a_slip(option: str) -> None:
    """Else “no findings” would mean nothing."""
    put("甲.yaml", "")
    result = run("validate", "甲.yaml", option, "ZJ2,ZX3")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"错误：{option}：规则编号不能是“ZX3”，应如 ZJ2 或 ")


def test_validate_quiet_is_one_line(catalog: Catalog) -> None:
    """-q for a quick look; the exit code still tells."""
    put("甲.yaml", sound("甲", catalog, {"1.1": ""}))
    result = run("validate", "-q", "甲.yaml")
    assert (result.exit_code, result.stdout) == (1, "检查了 1 个文件、1 个单位：1 个错误，0 个警告，0 个提示。\n")


@POSIX
def test_validate_tells_every_broken_file_in_one_run(catalog: Catalog) -> None:
    """A file that exists and cannot be read is a finding (1); all the others are still checked."""
    put("1.yaml", "单位：甲\n任务:\n  a: b\n")
    put("2.csv", b"\xef\xbb\xbf\xff")
    put("3.docx", b"%PDF-1.4")
    put("4.csv", b"")
    os.truncate("4.csv", 64 * 2**20 + 1)
    os.mkfifo("5.yaml")
    Path("6.yaml").symlink_to("7.yaml")
    put("9.yaml", sound("甲", catalog, {"1.1": ""}))
    result = run(
        "validate", "1.yaml", "2.csv", "3.docx", "4.csv", "5.yaml", "6.yaml", "9.yaml", "--output-format", "json"
    )
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [(finding["file"], finding["rule"]) for finding in found["findings"]] == [
        ("1.yaml", "ZJ004"),
        ("2.csv", "ZJ003"),
        ("3.docx", "ZJ002"),
        ("4.csv", "ZJ001"),
        ("5.yaml", "ZJ001"),
        ("6.yaml", "ZJ001"),
        ("9.yaml", "ZJ201"),
    ]
    assert found["summary"]["files"] == 7


def test_validate_an_unreadable_file_is_a_finding(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permissions differ on shared drives; the system's refusal is told in Chinese."""
    put("甲.yaml", sound("甲", catalog))
    put("乙.yaml", sound("乙", catalog))
    opened = Path.open

    def refuse(path: Path, *args: str, **options: str) -> object:
        if path.name == "乙.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    result = run("validate", ".")
    assert result.exit_code == 1
    assert "乙.yaml\n  错误 ZJ001\n    文件打不开：没有权限，或正被别的程序占用\n" in result.stdout
    assert "检查了 2 个文件、1 个单位：1 个错误" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param([], "没有给路径，或路径是空的。请写上填报文件或文件夹，如 各单位/", id="none"),
        pytest.param(["无.yaml"], "路径不存在：无.yaml。请核对文件名，或把文件拖进窗口", id="missing"),
        pytest.param(["空"], "文件夹里没有填报文件：空（找的是 ", id="empty-folder"),
    ],
)
def test_validate_paths_that_stand_for_nothing(args: list[str], message: str) -> None:
    """Wrong usage: nothing was checked, so it must not look like success or findings."""
    Path("空").mkdir()
    result = run("validate", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"错误：{message}")


def test_validate_a_path_too_long_is_wrong_usage() -> None:
    """A sentence pasted as a path."""
    assert run("validate", "长" * 300).exit_code == 2


def test_validate_a_file_given_twice_is_one(catalog: Catalog) -> None:
    """`validate *.yaml 甲.yaml` must not find a doubled unit."""
    put("甲.yaml", sound("甲", catalog))
    assert run("validate", "甲.yaml", "./甲.yaml", ".").stdout == "检查了 1 个文件、1 个单位：没有发现问题。\n"


def test_validate_writes_nothing(catalog: Catalog) -> None:
    """It is a look, not a touch."""
    path = put("甲.yaml", sound("甲", catalog, {"1.1": ""}))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    run("validate", "甲.yaml")
    assert names_in() == ["甲.yaml"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_validate_shows_hostile_texts_harmlessly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts, ids and names from a file can neither colour the screen nor vanish from it."""
    hostile = "[red]甲[/] [link=file:///etc/passwd]x[/link] :smile:"
    put(
        "[bold]甲.yaml",
        f'单位: "{hostile}"\n任务:\n  "[/]": "x"\n  "\\e]0;t\\a": "y"\n  "1.1": {{进展: "\\e[31m[/]"}}\n',
    )
    result = run("validate", ".")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    for shown in ("[bold]甲.yaml\n", f"  {hostile}", "“[/]”", r"“\x1b]0;t\x07”", r"“\x1b[31m[/]”"):
        assert shown in result.stdout
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(cell_len, run("validate", ".").stdout.splitlines())) <= 40


def test_validate_thousands_of_findings_fit(catalog: Catalog) -> None:
    """The screen is not flooded, and every finding is counted."""
    rows = "".join(f"单位{number},1.1,第{number}个单位印发了12个文件\n" for number in range(100))
    put("全县.csv", f"单位,编号,落实情况\n{rows}")
    result = run("validate", "全县.csv")
    total = 100 * (len(catalog.tasks) - 1)
    assert len(result.stdout.encode()) <= 200_000
    assert f"{total} 个错误，0 个警告，0 个提示。\n" in result.stdout
    shown = result.stdout.count("  错误 ZJ202")
    assert 0 < shown < total
    assert (
        f"……还有 {total - shown} 个错误没有显示；用 zhijiao20 validate --output-format json 查看全部\n" in result.stdout
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("甲.csv", "编号,落实情况\n1.1,a" + ",很长的一格文字" * 20_000 + "\n", id="surplus-cells"),
        pytest.param("甲.csv", "编号,落实情况" + "".join(f",不认识的列{n}" for n in range(15_000)) + "\n1.1,a\n", id="unknown-columns"),
        pytest.param("甲.yaml", "x: *" + "a" * 300_000 + "\n", id="alias"),
        pytest.param("甲.yaml", "x: !" + "a" * 300_000 + " b\n", id="tag"),
    ],
)  # fmt: skip
def test_validate_one_wild_value_fits(name: str, text: str) -> None:
    """A wrong value is quoted cut at 200 characters; the report stays under 200 KB."""
    put(name, text)
    result = run("validate", name, "--ignore", "ZJ202")
    assert "错误 ZJ" in result.stdout or "提示 ZJ" in result.stdout
    assert len(result.stdout.encode()) <= 200_000


def test_validate_can_write_its_findings_into_a_word_file(catalog: Catalog) -> None:
    """The file that --annotate names is the only one written; it is told on stderr, so that stdout stays the result."""
    put("甲.yaml", sound("甲", catalog, {"1.1": ""}))
    result = run("validate", "甲.yaml", "-q", "--annotate", "意见.docx")
    assert result.exit_code == 1
    assert result.stdout == "检查了 1 个文件、1 个单位：1 个错误，0 个警告，0 个提示。\n"
    assert result.stderr == "已生成带批注的表 意见.docx\n"
    assert names_in() == ["意见.docx", "甲.yaml"]
    result = run("validate", "甲.yaml", "--annotate", "意见.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "错误：文件名应以 .docx 结尾：意见.txt\n")


# ── render ──


def test_render_says_what_it_wrote(catalog: Catalog) -> None:
    """The result on stdout, the findings beside it."""
    put("甲.yaml", sound("甲", catalog))
    put("乙.yaml", sound("乙", catalog, {"1.1": ""}))
    result = run("render", ".", "-o", "附表2.docx", "--allow-incomplete")
    assert (result.exit_code, result.stdout) == (0, "已生成 附表2.docx（2 个单位，1 处缺项留空）\n")
    assert Path("附表2.docx").read_bytes().startswith(b"PK")
    assert run("render", "甲.yaml", "-o", "附表2.docx").stdout == "已生成 附表2.docx（1 个单位）\n"


@pytest.mark.parametrize(
    ("instead", "args", "advice"),
    [
        pytest.param({"1.1": ""}, [], "只是有缺项时，可加 --allow-incomplete，缺项留空格。", id="gaps"),
        pytest.param({"1.1": "已完成"}, ["--allow-incomplete"], "", id="placeholder"),
    ],
)
def test_render_stops_at_errors(instead: dict[str, str], args: list[str], advice: str, catalog: Catalog) -> None:
    """Nothing is written, everything is listed, and the way on is named only where it leads on."""
    put("附表2.docx", b"old")
    put("甲.yaml", sound("甲", catalog, instead))
    result = run("render", "甲.yaml", "-o", "附表2.docx", *args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "甲.yaml\n  第 3 行 第 " in result.stderr
    assert result.stderr.endswith(f"有错误，没有生成文件。{advice}\n")
    assert Path("附表2.docx").read_bytes() == b"old"


def test_render_does_not_praise_a_form_full_of_gaps() -> None:
    """“没有发现问题” right above “87 处缺项留空” contradicts itself."""
    run("init", "甲")
    result = run("render", "甲.yaml", "-o", "附表2.docx", "--allow-incomplete")
    assert result.exit_code == 0
    assert "没有发现问题" not in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["甲.yaml"], "没有说写到哪里。请加 -o，如 -o 附表2.docx", id="no-output"),
        pytest.param(["甲.yaml", "-o", "表.doc"], "文件名应以 .docx", id="suffix"),
        pytest.param(["-o", "表.docx"], "没有给路径，或路径是空的。请写上填报文件或文件夹，如 各单位/", id="no-path"),
        pytest.param(["甲.yaml", "-o", "无/表.docx"], "文件夹不存在：无。请先建好文件夹，或用 -o 换一个位置", id="missing-folder"),
        pytest.param(["甲.yaml", "-o", "夹.docx"], "输出路径是一个文件夹：夹.docx。请用 -o 写出文件名", id="folder"),
        pytest.param(["甲.yaml", "己.docx", "-o", "./己.docx"], "输出文件同时是输入文件：己.docx。请用 -o 换一个文件名", id="input"),
        pytest.param(["甲.yaml", "-o", "表.docx", "--template", "无.docx"], "表样不存在：无.docx。请核对文件名", id="no-form"),
        pytest.param(["甲.yaml", "-o", "表.docx", "--template", "己.docx", "--landscape"], "--template 和 --landscape 只能用一个", id="two-forms"),
        pytest.param(["甲.yaml", "--blank", "-o", "表.docx"], "--blank 生成自带的空表，不用给路径和表样", id="blank-and-path"),
    ],
)  # fmt: skip
def test_render_wrong_usage(args: list[str], message: str, catalog: Catalog) -> None:
    """Code 2, the reason, and no file touched."""
    put("甲.yaml", sound("甲", catalog))
    put("己.docx", official_form())
    Path("夹.docx").mkdir()
    before = names_in()
    result = run("render", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith(f"错误：{message}")
    assert names_in() == before
    assert Path("己.docx").read_bytes() == official_form()


def test_render_a_document_open_in_word(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace an open document: say so, and leave it."""
    put("甲.yaml", sound("甲", catalog))
    put("附表2.docx", b"old")

    def refuse(*_paths: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", refuse)
    result = run("render", "甲.yaml", "-o", "附表2.docx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "如果正在 Word、WPS 或 Excel 中打开，请先关闭" in result.stderr
    assert names_in() == ["甲.yaml", "附表2.docx"]
    assert Path("附表2.docx").read_bytes() == b"old"


def test_render_the_output_inside_the_folder_is_no_input(catalog: Catalog) -> None:
    """The second run must do what the first one did."""
    put("单位/甲.yaml", sound("甲", catalog))
    for _ in range(2):
        assert run("render", "单位", "-o", "单位/附表2.docx").stdout == "已生成 单位/附表2.docx（1 个单位）\n"


@POSIX
def test_render_keeps_link_and_permissions(catalog: Catalog) -> None:
    """An existing output is replaced as a whole, where it really lies."""
    put("甲.yaml", sound("甲", catalog))
    put("库/表.docx", b"old").chmod(0o600)
    Path("表.docx").symlink_to("库/表.docx")
    assert run("render", "甲.yaml", "-o", "表.docx").exit_code == 0
    assert Path("表.docx").is_symlink()
    assert Path("库/表.docx").read_bytes().startswith(b"PK")
    assert stat.S_IMODE(Path("库/表.docx").stat().st_mode) == 0o600


def test_render_the_blank_form() -> None:
    """No path is needed."""
    result = run("render", "--blank", "-o", "空表.docx")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "已生成空表 空表.docx\n", "")
    assert Path("空表.docx").read_bytes() == official_form()


@pytest.mark.parametrize("option", ["--unit", "--period"])
def test_render_blank_does_not_swallow_options(option: str) -> None:
    """An option that does nothing is either carried out or refused."""
    result = run("render", "--blank", "-o", "空表.docx", option, "澄州市")
    assert result.exit_code == 2 or Path("空表.docx").read_bytes() != official_form()


@pytest.mark.parametrize("option", ["--unit", "--period"])
@pytest.mark.parametrize("value", ["甲\x01", "\udcff"], ids=["control", "no-unicode"])
def test_render_headings_that_word_cannot_hold_are_wrong_usage(option: str, value: str, catalog: Catalog) -> None:
    """Pasted from a PDF or sent by a GBK terminal: no bug of the program."""
    put("甲.yaml", sound("甲", catalog))
    assert run("render", "甲.yaml", "-o", "表.docx", option, value).exit_code == 2
