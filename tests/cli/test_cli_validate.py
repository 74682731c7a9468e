"""validate as a clerk uses it, on real files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from program import POSIX, run
from rich.cells import cell_len
from status_files import names_in, put, sound

from zhijiao20.cli.progress import progress_bar
from zhijiao20.cli.roster_option import written
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.review.runner import RunOptions
from zhijiao20.system.found_files import Exclude
from zhijiao20.system.user_cache import user_cache

pytestmark = pytest.mark.usefixtures("work_folder")


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
        "file": str(Path("单位", "甲.yaml")),
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


@pytest.mark.parametrize("more", [[], ["--no-cache"]], ids=["cache", "no-cache"])
@pytest.mark.parametrize(
    ("command", "function"),
    [
        (["validate", "甲.yaml"], "commands.validate.validate"),
        (["validate", "甲.yaml", "--fix"], "commands.fix.review_and_fix"),
        (["render", "甲.yaml", "-o", "表.docx"], "commands.render.render"),
    ],
    ids=["validate", "fix", "render"],
)
def test_the_run_options_of_a_command(
    command: list[str], function: str, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many processes as pay, a progress bar, and the user's cache unless it is not wanted."""
    given: list[RunOptions] = []

    def stop(*args: object, **named: object) -> None:
        given.extend(item for item in (*args, *named.values()) if isinstance(item, RunOptions))
        raise UsageError("够了")

    monkeypatch.setattr(f"zhijiao20.{function}", stop)
    assert run(*command, *more).stderr == "错误：够了\n"
    exclude = Exclude(written=written)
    assert given == [RunOptions(0, None if more else user_cache, progress_bar, exclude)]


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
