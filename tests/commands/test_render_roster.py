"""render with a roster: its order and names; who is not in the document is said, never left out in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from outcomes import cells
from program import run, slashes
from status_files import put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Submission
from zhijiao20.formats.write import write_status_file

pytestmark = pytest.mark.usefixtures("work_folder")
UNITS = ("丁局", "甲局", "丙局", "乙局")


@pytest.fixture(autouse=True)
def _round(work_folder: Path, catalog: Catalog) -> None:
    put("名册.csv", "单位,简称\n" + "".join(f"{unit},{unit[0]}单位\n" for unit in UNITS))
    put("zhijiao20.toml", 'roster = "名册.csv"\npaths = ["收件"]\n')
    for index, unit in enumerate(("丁局", "丙局", "乙局", "甲局")):
        put(f"收件/{index}.yaml", sound(f"{unit[0]}单位", catalog))


def rendered(*args: str) -> tuple[int, str]:
    """The code, and what is printed as the result or the reason."""
    result = run("render", "-o", "表.docx", *args)
    return result.exit_code, result.stdout.strip() or result.stderr.splitlines()[-1]


def labels() -> list[str]:
    """The units in the first cell, in their order."""
    return [line[1 : line.index("】")] for line in cells(Path("表.docx"))[0].split("\n")]


def test_order_and_names_of_the_roster() -> None:
    """The files lie in another order, and call the units otherwise."""
    assert rendered() == (0, "已生成 表.docx（4 个单位）")
    assert labels() == [*UNITS]


def blank(catalog: Catalog) -> None:
    put("收件/甲局.xlsx", write_status_file("xlsx", [Submission("甲局")], catalog))
    Path("收件/3.yaml").unlink()


def several(catalog: Catalog) -> None:
    put("收件/甲局.yaml", sound("甲局", catalog))


def unread(catalog: Catalog) -> None:
    put("收件/甲局.docx", b"x")
    Path("收件/3.yaml").unlink()


def scanned(catalog: Catalog) -> None:
    put("收件/甲局.pdf", b"x")
    Path("收件/3.yaml").unlink()


def missing(catalog: Catalog) -> None:
    Path("收件/3.yaml").unlink()


CASES = [
    pytest.param(missing, "未报", "甲局”没有报送", id="missing"),
    pytest.param(unread, "读不了", "甲局”报来的文件读不了：收件/甲局.docx", id="unread"),
    pytest.param(scanned, "读不了", "甲局”报来的文件读不了：收件/甲局.pdf", id="scanned"),
    pytest.param(blank, "空表", "甲局”报来的是空表", id="blank"),
    pytest.param(several, "多份", "单位“甲局”有两份文件", id="several"),
]


@pytest.mark.parametrize(("prepare", "state", "message"), CASES)
def test_a_unit_that_has_no_text_stops_the_render(
    prepare: Callable[[Catalog], None], state: str, message: str, catalog: Catalog
) -> None:
    """An error, unless it is said that it is left out; then the result names it; no other option lets it pass."""
    prepare(catalog)
    result = run("render", "-o", "表.docx", "--allow-incomplete", "--skip-unread")
    assert (result.exit_code, result.stdout, Path("表.docx").exists()) == (1, "", False)
    assert message in slashes(result.stderr)
    for option in (("--without", "甲局"), ("--without", "甲单位"), ("--allow-missing",)):
        assert rendered(*option) == (0, f"已生成 表.docx（3 个单位，不在里面的 1 个：甲局（{state}））")
        assert labels() == ["丁局", "丙局", "乙局"]
        result = run("render", "-o", "表.docx", "-q", *option)
        assert (result.stderr, result.stdout.count("\n")) == ("", 1)


def test_errors_name_the_row_of_the_roster(catalog: Catalog) -> None:
    """Where the unit stands, and what to do."""
    Path("收件/0.yaml").unlink()
    result = run("render", "-o", "表.docx")
    assert result.stderr.splitlines()[1:5] == [
        "名册.csv", "  第 2 行 第 1 列  错误 ZJ712  丁局", "    “丁局”没有报送",
        "    → 催来再汇总；这一次不等它，加 --without 单位；凡是没有报的都不等，加 --allow-missing",
    ]  # fmt: skip
    assert result.stderr.splitlines()[-1].startswith("有错误，没有生成文件。还不能汇总的：")


def test_a_unit_with_errors_is_left_out_only_by_name(catalog: Catalog) -> None:
    """What it sent can be amended."""
    put("收件/0.yaml", sound("丁局", catalog, {"1.1": "已完成"}))
    assert rendered("--allow-missing")[0] == 1
    assert rendered("--without", "丁局") == (0, "已生成 表.docx（3 个单位，不在里面的 1 个：丁局（有错误））")


def test_one_of_several_is_used(catalog: Catalog) -> None:
    """By the option or by the project; the other is named."""
    put("收件/丁.yaml", sound("丁局", catalog, {"1.1": "印发12个新文件。"}))
    assert rendered()[0] == 1
    code, said = rendered("-q", "--use", "收件/丁.yaml")
    assert (code, "没有采用 1 个文件" in said) == (0, True)
    assert "印发12个新文件。" in cells(Path("表.docx"))[0]


def test_one_unit_of_a_bundle_is_set_aside(catalog: Catalog) -> None:
    """The other units of the file count."""
    put("收件/全部.csv", "单位,编号,落实情况\n戊局,1.1,印发12个文件。\n丁局,1.1,印发15个文件。\n")
    put("名册.csv", "单位,简称,任务\n" + "".join(f"{u},{u[0]}单位,\n" for u in UNITS) + "戊局,,1.1\n")
    sent = sorted(path.name for path in Path("收件").iterdir() if "丁" in path.read_text(encoding="utf-8")[:20])
    code, said = rendered("-q", "--use", f"收件/{sent[0]}")
    assert (code, "5 个单位" in said) == (0, True)
    first = cells(Path("表.docx"))[0]
    assert "【戊局】印发12个文件。" in first
    assert "印发15个文件。" not in first


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--without", "庚局"], "--without：名册里没有“庚局”"),
        (["--without", "甲厅"], "--without：名册里没有“甲厅”"),
        (["--without", "单位"], "--without：名册里没有“单位”，名字相近的有："),
        ([f"--without={unit}" for unit in UNITS], "名册里的单位一个也没有可以汇总的"),
    ],
)
def test_wrong_use(args: list[str], message: str) -> None:
    """Code 2."""
    code, said = rendered(*args)
    assert (code, message in said) == (2, True)


def test_without_a_roster_nobody_can_be_missing() -> None:
    """The options need one."""
    Path("zhijiao20.toml").unlink()
    for option in (["--allow-missing"], ["--without", "甲局"]):
        result = run("render", "收件", "-o", "表.docx", *option)
        assert result.exit_code == 2
        assert "--without 和 --allow-missing 要有名册" in result.stderr


def test_tasks_of_which_nobody_has_a_part_read_not_concerned(catalog: Catalog) -> None:
    """Where all units that answer for a task say 不涉及, the cell does, too, however many units there are."""
    put("名册.csv", "单位,任务\n甲局,1.1\n乙局,1.1、1.2\n丙局,1.2\n")
    for path in Path("收件").iterdir():
        path.unlink()
    put(
        "收件/全部.csv",
        "单位,编号,落实情况\n丙局,1.2,印发3个文件。\n乙局,1.1,不涉及\n乙局,1.2,印发4个文件。\n甲局,1.1,不涉及\n",
    )
    assert rendered("--allow-incomplete")[0] == 0
    assert cells(Path("表.docx"))[:2] == ["不涉及", "【乙局】印发4个文件。\n【丙局】印发3个文件。"]


def test_many_errors_of_a_unit_that_is_left_out_are_gone(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the findings are too many to be held."""
    monkeypatch.setattr("zhijiao20.review.result_store.HELD_LIMIT", 1)
    put("收件/0.yaml", sound("丁局", catalog, {"1.1": "已完成", "1.2": "", "1.3": "已完成"}))
    assert rendered("--without", "丁局", "--no-cache")[0] == 0
    assert rendered("--no-cache")[0] == 1


def test_namesakes_are_left_out_by_their_superior_or_as_the_one_without(catalog: Catalog) -> None:
    """The full name is that of the one without a superior; of two that have one, neither is guessed."""
    put(
        "名册.csv",
        "单位,上级\n教育局,甲市\n教育局,乙市\n教育局,\n" + "".join(f"{i}中,东\n{i}中,西\n" for i in range(3)),
    )
    for path in Path("收件").iterdir():
        path.unlink()
    put("收件/教育局.yaml", sound("教育局", catalog))
    put("收件/甲市/教育局.yaml", sound("教育局", catalog, {"1.1": "印发15个新文件。"}))
    assert rendered("--allow-missing", "--without", "教育局")[1].startswith(
        "已生成 表.docx（1 个单位，不在里面的 8 个："
    )
    assert cells(Path("表.docx"))[0] == "印发15个新文件。"
    assert "认作没有上级的那一个" in run("validate").stdout
    code, said = rendered("--without", "1中")
    assert (code, said) == (
        2, "错误：--without：“1中”可能是名册里的几个单位：“东：1中”、“西：1中”。请写其中的一个"
    )  # fmt: skip
