"""init as a clerk uses it: one file, named, that reads back; never over another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import POSIX, run
from status_files import names_in, put
from typer.testing import CliRunner

from zhijiao20 import cli
from zhijiao20.system import atomic_write

pytestmark = pytest.mark.usefixtures("work_folder")


def units(path: str | Path) -> set[str | None]:
    result = run("validate", "--output-format", "json", "--select", "ZJ201", "--", str(path))
    return {finding["unit"] for finding in json.loads(result.stdout)["findings"]}


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

    monkeypatch.setattr(atomic_write, "hidden_file", refuse)
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
