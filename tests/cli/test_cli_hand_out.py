"""init --roster: one form a unit with its own tasks only; nothing overwritten, the others still written."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from program import POSIX, run, slashes
from status_files import names_in, put, read_file

from zhijiao20.commands.hand_out import form_paths, hand_out
from zhijiao20.core.roster import Roster, RosterUnit, check_units
from zhijiao20.formats.registry import BY_NAME
from zhijiao20.system.atomic_write import safe_name
from zhijiao20.system.discovery import load_catalog

pytestmark = pytest.mark.usefixtures("work_folder")
ROSTER = "单位,上级,任务,格式\n甲局,,1-3条,\n乙局,,1.1、16.1,xlsx\n第二职业学校,东湖市教育局,,csv\n第二职业学校,西岭市教育局,20.1,docx\n"


@pytest.fixture(autouse=True)
def _roster(work_folder: Path) -> None:
    put("名册.csv", ROSTER)


def files(folder: str = "下发") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def test_one_form_a_unit_in_its_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is made; namesakes lie in folders of their superiors; the project file answers what comes next."""
    result = run("init", "--roster", "名册.csv", "-o", "下发", "-f", "yaml", "--period", "2020年上半年")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "已生成 4 份，在 下发，一个单位一份",
        "已生成 zhijiao20.toml 和文件夹 收件：收回的文件放进去，以后的命令不用再写路径和名册",
    ]
    assert files() == ["东湖市教育局/第二职业学校.csv", "乙局.xlsx", "甲局.yaml", "西岭市教育局/第二职业学校.docx"]
    assert names_in() == ["zhijiao20.toml", "下发", "名册.csv", "收件"]
    assert Path("zhijiao20.toml").read_text(encoding="utf-8").splitlines()[1:] == [
        'roster = "名册.csv"', 'period = "2020年上半年"', 'paths = ["收件"]',
    ]  # fmt: skip
    assert "文件夹里没有填报文件：收件" in run("validate").stderr


@pytest.mark.parametrize("kind", BY_NAME)
def test_each_form_lists_the_tasks_of_its_unit(kind: str) -> None:
    """Unit, period and tasks read back, in every format."""
    put("名册.csv", "单位,任务\n甲局,1-3条、除2.1\n")
    assert run("init", "--roster", "名册.csv", "-f", kind, "--period", "2020年").exit_code == 0
    (submission,), out = read_file(Path(f"下发/甲局.{kind}"), load_catalog())
    wanted = [task for task in load_catalog().tasks if task.split(".")[0] in {"1", "2", "3"} and task != "2.1"]
    assert (submission.unit, submission.period, [*submission.entries]) == ("甲局", "2020年", wanted)
    assert out.findings == []


def test_what_exists_is_left_alone_and_the_others_are_written() -> None:
    """A filled form is weeks of work; the skipped ones are told, exit code 1."""
    run("init", "--roster", "名册.csv")
    Path("下发/乙局.xlsx").unlink()
    put("下发/甲局.yaml", "filled")
    result = run("init", "--roster", "名册.csv")
    assert result.exit_code == 1
    assert result.stdout == "已生成 1 份，在 下发，一个单位一份\n"
    assert [slashes(line) for line in result.stderr.splitlines() if "已有文件" in line] == [
        "已有文件，没有覆盖：下发/甲局.yaml",
        "已有文件，没有覆盖：下发/东湖市教育局/第二职业学校.csv",
        "已有文件，没有覆盖：下发/西岭市教育局/第二职业学校.docx",
        "有 3 份已有文件，没有覆盖。要覆盖请加 --force，或用 -o 换一个文件夹",
    ]
    assert Path("下发/甲局.yaml").read_bytes() == b"filled"
    assert run("init", "--roster", "名册.csv", "--force").exit_code == 0
    assert Path("下发/甲局.yaml").read_bytes() != b"filled"


def test_the_project_names_the_roster() -> None:
    """No option is needed that the project answers; its period is written; it is not written again."""
    put("zhijiao20.toml", "roster = '名册.csv'\nperiod = '2019年'")
    assert run("init").stdout == "已生成 4 份，在 下发，一个单位一份\n"
    assert "2019年" in Path("下发/甲局.yaml").read_text(encoding="utf-8")
    assert Path("zhijiao20.toml").read_text(encoding="utf-8") == "roster = '名册.csv'\nperiod = '2019年'"
    assert names_in() == ["zhijiao20.toml", "下发", "名册.csv"]


@POSIX
def test_a_roster_elsewhere_is_named_as_it_was(work_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotation marks and backslashes in the path are escaped."""
    put('外"\\/名册.csv', "单位\n甲局\n")
    Path("内").mkdir()
    monkeypatch.chdir("内")
    assert run("init", "--roster", '../外"\\/名册.csv').exit_code == 0
    assert run("init", "--force").exit_code == 0
    assert 'roster = "../外\\"\\\\/名册.csv"' in Path("zhijiao20.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["甲局", "--roster", "名册.csv"], "单位和 --roster 只能写一个"),
        (["--roster", "没有.csv"], "名册不存在：没有.csv"),
        ([], "缺少 单位，或 --roster 名册"),
        (["--roster", "名册.csv", "-o", "名册.csv"], "文件夹建不了：名册.csv（已有同名的文件）。请用 -o 换一个位置"),
        (["--roster", "名册.csv", "-o", "名册.csv/下"], "文件夹建不了：名册.csv/下（"),
        (["--roster", "名册.csv", "--period", "a\nb"], "报告期里有换行或控制字符"),
        (["--update", "甲.yaml", "--roster", "名册.csv"], "--update 只要文件名"),
    ],
)
def test_wrong_use(args: list[str], message: str) -> None:
    """Nothing is written."""
    result = run("init", *args)
    assert result.exit_code == 2
    assert message in slashes(result.stderr)
    assert names_in() == ["名册.csv"]


def test_a_roster_with_errors_writes_nothing() -> None:
    """Its units would be missing."""
    put("名册.csv", "单位,任务\n甲局,1.9\n")
    result = run("init", "--roster", "名册.csv")
    assert (result.exit_code, names_in()) == (1, ["名册.csv"])
    assert "名册有错误，没有生成文件。" in result.stderr


def test_names_that_some_system_does_not_allow() -> None:
    """Reserved names, forbidden characters, dots at the ends, names that fall together: told, and literal inside."""
    units = ["CON", "甲/乙校", "甲_乙校", "甲?校.", "..隐藏校", "校" * 100, "nul.校", "a: b"]
    put("名册.csv", "单位\n" + "\n".join(units) + "\n")
    result = run("init", "--roster", "名册.csv")
    assert result.exit_code == 0
    assert files() == sorted(["_CON.yaml", "甲_乙校.yaml", "甲_乙校_2.yaml", "甲_校.yaml", "隐藏校.yaml", "校" * 66 + ".yaml", "_nul.校.yaml", "a_ b.yaml"])  # fmt: skip
    assert [
        line.replace(str(Path("下发", "x"))[:-1], "下发/") for line in result.stderr.splitlines() if "文件叫" in line
    ] == [
        "CON：名称是系统保留的，文件叫 下发/_CON.yaml",
        "甲/乙校：名称里有文件名不能用的字，文件叫 下发/甲_乙校.yaml",
        "甲_乙校：与别的文件重名，文件叫 下发/甲_乙校_2.yaml",
        "甲?校.：名称里有文件名不能用的字，文件叫 下发/甲_校.yaml",
        "..隐藏校：名称里有文件名不能用的字，文件叫 下发/隐藏校.yaml",
        f"{'校' * 100}：名称太长，文件名里放不下，文件叫 下发/{'校' * 66}.yaml",
        "nul.校：名称是系统保留的，文件叫 下发/_nul.校.yaml",
        "a: b：名称里有文件名不能用的字，文件叫 下发/a_ b.yaml",
    ]
    assert {read_file(Path("下发", name), load_catalog())[0][0].unit for name in files()} == set(units)


def test_each_name_that_is_changed_is_told_with_its_reasons() -> None:
    """Namesakes by their labels; the folder of a superior once; what is cut and then falls together with another."""
    long = "校" * 80
    rows = [
        ("一/中", "甲/市"),
        ("一/中", "乙市"),
        ("二中", "甲/市"),
        ("二中", "乙市"),
        (f"{long}一", ""),
        (f"{long}二", ""),
    ]
    put("名册.csv", "单位,上级\n" + "".join(f"{name},{superior}\n" for name, superior in rows))
    lines = run("init", "--roster", "名册.csv").stderr.replace("\\", "/").splitlines()
    assert [line for line in lines if "下发/" in line] == [
        "甲/市：一/中：名称里有文件名不能用的字，文件叫 下发/甲_市/一_中.yaml",
        "甲/市：名称里有文件名不能用的字，它下面的单位在文件夹 下发/甲_市",
        "乙市：一/中：名称里有文件名不能用的字，文件叫 下发/乙市/一_中.yaml",
        f"{long}一：名称太长，文件名里放不下，文件叫 下发/{'校' * 66}.yaml",
        f"{long}二：名称太长，文件名里放不下、与别的文件重名，文件叫 下发/{'校' * 66}_2.yaml",
    ]


def test_units_that_a_word_form_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are told, the others are written."""
    put("名册.csv", "单位\n甲局  科室：乙\n乙局\n")
    result = run("init", "--roster", "名册.csv", "-f", "docx")
    assert (result.exit_code, files()) == (1, ["乙局.docx"])
    told = "没有生成 下发/甲局  科室：乙.docx：“甲局  科室：乙”写进 Word 表的“填报单位：”后面读不回原样。"
    assert told in slashes(result.stderr)


def test_long_lists_are_cut_and_counted() -> None:
    """12,000 lines help nobody."""
    put("名册.csv", "单位\n" + "".join(f"单位{number}\n" for number in range(50)))
    run("init", "--roster", "名册.csv")
    result = run("init", "--roster", "名册.csv")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 23)
    assert "……还有 30 行这样的没有显示" in result.stderr


@POSIX
def test_a_form_that_cannot_be_written_does_not_stop_the_others() -> None:
    """As one that is open in Word."""
    put("下发/乙局.xlsx/x", "")
    result = run("init", "--roster", "名册.csv", "--force")
    assert result.exit_code == 1
    assert "没有生成 下发/乙局.xlsx：输出路径是一个文件夹" in result.stderr
    assert len(files()) == 4


NAME = st.text(st.sampled_from('甲乙aAéE\u0301/\\:*?"<>|. _~-（）1conCONß'), min_size=1, max_size=6)


@given(st.lists(st.tuples(NAME, st.sampled_from(["", "东", "西", "東"])), max_size=12))
@settings(deadline=None, derandomize=True)
def test_no_two_units_share_a_file(named: list[tuple[str, str]]) -> None:
    """Whatever the names: valid on every system, below the folder, and different without regard to case."""
    units = {unit.key: unit for name, superior in named if (unit := RosterUnit(name, (), superior)).key[1]}
    roster = Roster(tuple(units.values()))
    assert list(check_units(roster.units)) == []
    paths = [path for _, path in form_paths(roster, Path("下发"), "csv")]
    assert len({os.fspath(path).casefold() for path in paths}) == len(roster.units)
    for path in paths:
        assert path.parts[0] == "下发"
        assert len(path.parts) <= 3
        assert not set(path.name) & set('\\/:*?"<>|')
        assert not path.stem.endswith((" ", "."))
        assert not path.name.startswith((".", "~"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甲局", "甲局"),
        ("con", "_con"),
        ("LPT1.a", "_LPT1.a"),
        ("a/b", "a_b"),
        ("...", "_"),
        ("a. ", "a"),
        ("校" * 100, "校" * 66),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    """Never a path, never a device."""
    assert safe_name(text) == name


def test_forms_of_many_units_take_linear_time() -> None:
    """Ten times the units take about ten times as long."""

    def seconds(count: int) -> float:
        units = tuple(RosterUnit(f"澄州市第{number}中学", tasks=("1.1", "1.2")) for number in range(count))
        folder = Path(f"下发{len(list(Path().iterdir()))}")
        start = time.process_time()
        result = hand_out(Roster(units), folder, "csv", progress=lambda done, of: None)
        assert result.written == count
        return time.process_time() - start

    seconds(10)
    short = max(seconds(100), 0.05)
    assert any(seconds(1000) < 25 * short for _ in range(3))  # a busy machine makes one slower, not all


def test_json_is_untouched() -> None:
    """validate of the fresh forms finds blank forms only."""
    run("init", "--roster", "名册.csv")
    report = json.loads(run("validate", "下发", "--output-format", "json", "--ignore", "ZJ120").stdout)
    assert {finding["rule"] for finding in report["findings"]} == {"ZJ205"}
