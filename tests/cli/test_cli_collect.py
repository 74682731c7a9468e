"""collect as a clerk uses it: who has sent, what is to be done, and what other programs get."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from golden import same_as_golden
from openpyxl import Workbook
from program import run, slashes
from rounds import UNITS, put_round
from status_files import put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Submission
from zhijiao20.formats.write import write_status_file

pytestmark = pytest.mark.usefixtures("work_folder")
DAY = ("--today", "2020-07-11")


def test_45_units_fit_on_one_page(catalog: Catalog) -> None:
    """One line a unit, in the order of the roster; then the files of nobody; then the next step."""
    put_round(catalog)
    result = run("collect", *DAY)
    assert (result.exit_code, result.stderr) == (1, "用了 zhijiao20.toml 里的设置：roster\n")
    same_as_golden("collect/45.txt", slashes(result.stdout))
    lines = result.stdout.splitlines()
    assert len(lines) <= 80
    assert [line.split()[1] for line in lines[1:46]] == UNITS


def test_45_units_fit_on_one_page_of_a_narrow_terminal(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long is cut, never the name of a unit."""
    put_round(catalog)
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("collect", *DAY).stdout.splitlines()
    assert len(lines) <= 80
    assert all(any(unit in line for line in lines) for unit in UNITS)


def test_json_of_the_contract(catalog: Catalog) -> None:
    """Every key, in its order."""
    put_round(catalog)
    result = run("collect", *DAY, "--output-format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["summary"] == {
        "units": 45, "missing": 4, "unread": 3, "several": 1, "blank": 1, "errors": 12, "warnings": 4, "clean": 20, "others": 5,
    }  # fmt: skip
    shown = {**found, "units": [*found["units"][3:12], *found["units"][20:26]]}
    same_as_golden("collect/45.json", slashes(json.dumps(shown, ensure_ascii=False, indent=1)) + "\n")


@pytest.mark.parametrize("today", ["2020-07-10", "2020-07-11"])
def test_reminder(today: str, catalog: Catalog) -> None:
    """A text for the chat group, before and after the deadline."""
    put_round(catalog)
    result = run("collect", "--remind", "--today", today)
    assert result.exit_code == 1
    same_as_golden(f"collect/remind-{today}.txt", slashes(result.stdout))


def test_nothing_has_come_yet(catalog: Catalog) -> None:
    """An empty folder is where a round begins; without a roster there is nothing to say."""
    put_round(catalog)
    Path("空").mkdir()
    result = run("collect", "空", *DAY)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2:] == [
        "45 个单位：未报 45；已过期 45。", "下一步：催报、请改：zhijiao20 collect 空 --remind",
    ]  # fmt: skip
    Path("zhijiao20.toml").unlink()
    assert run("collect", "空").exit_code == 2


def test_all_is_well(catalog: Catalog) -> None:
    """Code 0, with doubts too; the next step is the submission; there is nobody to remind."""
    put("名册.csv", "单位,截止\n甲局,2020-07-01\n乙局,\n")
    put("收 件/甲.yaml", sound("甲局", catalog))
    put("收 件/乙.yaml", sound("乙局", catalog, {"1.1": "截止2020年6月30日，12所学校建立标准。"}))
    result = run("collect", "收 件", "--roster", "名册.csv", *DAY)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2 个单位（名册 名册.csv）",
        "合格    甲局  87/87",
        "有疑问  乙局  87/87  “截止”应为“截至” 1 处",
        "",
        "2 个单位：有疑问 1，合格 1。",
        '下一步：有疑问的 1 个看一眼（zhijiao20 validate "收 件" --roster 名册.csv），可以汇总了：zhijiao20 render "收 件" --roster 名册.csv -o 附表2.docx',
    ]
    assert run("collect", "收 件", "--roster", "名册.csv", "--remind").stdout == (
        "【“职教20条”落实情况填报】2 个单位都已报齐，没有要催、要改的。\n"
    )


def test_without_a_roster(catalog: Catalog) -> None:
    """One line for each unit found."""
    put("各单位/甲局.yaml", sound("甲局", catalog))
    put("各单位/乙.csv", "编号,落实情况\n1.1,\n")
    put("各单位/丙.doc", b"x")
    result = run("collect", "各单位")
    assert result.exit_code == 1
    same_as_golden("collect/no-roster.txt", slashes(result.stdout))


def test_only_errors_are_looked_at_by_validate(catalog: Catalog) -> None:
    """Where everybody has sent, the next step is to see what is wrong."""
    put("甲局.yaml", sound("甲局", catalog, {"1.1": ""}))
    assert run("collect", "甲局.yaml").stdout.endswith("下一步：看错在哪里、怎样改：zhijiao20 validate 甲局.yaml\n")


def test_a_blank_form_may_hold_texts_in_another_column(catalog: Catalog) -> None:
    """It is blank all the same, but who asks for it again must know that something was written."""
    put("甲局.csv", "填报单位：甲局\n编号,任务,落实情况\n1.1,答：建立标准9项。,\n")
    found = "“落实情况”一栏一项也没有填；官方表述被改动 1 处"
    assert f"空表    甲局  0/87   {found}\n" in run("collect", "甲局.csv").stdout
    assert f"甲局：{found}\n" in run("collect", "甲局.csv", "--remind").stdout


@pytest.mark.parametrize(
    "text",
    [
        "填报单位：甲局\n{}",
        "填报单位,甲局,\n{}",
        "附表2,,\n单位名称（盖章）,甲局,联系人：李某\n{}",
        "单位,甲局,\n报告期,2020年上半年\n{}",
        "{}填报单位：甲局,,\n",
        "{}填报单位（盖章）,甲局,\n填报日期：2020年7月1日,,\n",
        "{}填报单位：甲局（公章）,,填表人：李某\n",
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_unit_stands_beside_its_label_above_or_below_a_sheet(text: str, suffix: str) -> None:
    """With a colon or in the next cell; no finding is left with the name of the file."""
    rows = [line.split(",") for line in text.format("编号,任务,落实情况\n1.1,,建立标准9项。\n").splitlines()]
    if suffix == "csv":
        put("报来.csv", "".join(",".join(row) + "\n" for row in rows))
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save("报来.xlsx")
    result = run("validate", f"报来.{suffix}")
    assert "1.1" in result.stdout
    assert "ZJ113" not in result.stdout
    assert "报来" not in result.stdout.replace(f"报来.{suffix}", "")
    assert "有错误  甲局  1/87" in run("collect", f"报来.{suffix}").stdout.replace("    ", "  ")


def test_one_of_several_versions_is_used(catalog: Catalog) -> None:
    """Told, and gone from the count; the project may say it too."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("收件/甲局(1).yaml", sound("甲局", catalog))
    several = run("collect", "收件")
    assert several.exit_code == 1
    assert "内容相同，留一份即可" in several.stdout
    assert "下一步：先定下多份的用哪一份（移走其余的，或加 --use 文件），再催报、请改" in several.stdout
    used = run("collect", "收件", "--use", "收件/甲局(1).yaml")
    assert used.exit_code == 0
    assert "按 use 算数的另有一份，没有采用 1 个文件：甲局.yaml。" in used.stdout
    assert "zhijiao20 render 收件 --use 收件/甲局(1).yaml -o 附表2.docx" in slashes(used.stdout)
    put("zhijiao20.toml", 'use = ["收件/甲局.yaml", "收件/没有.yaml"]\npaths = ["收件"]\n')
    assert "没有采用 1 个文件：甲局(1).yaml" in run("collect").stdout
    assert "没有采用 1 个文件：甲局(1).yaml" in run("validate").stdout
    aside = json.loads(run("validate", "--output-format", "json").stdout)["summary"]["set_aside"]
    assert [Path(file) for file in aside] == [Path("收件/甲局(1).yaml")]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["收件", "--today", "明天"], "--today 应是日期，如 2020-07-11，不能是“明天”"),
        (["收件", "-o", "进度.docx"], "文件名应以 .xlsx、.html 结尾：进度.docx"),
        (["收件", "--remind", "--output-format", "json"], "--remind 显示的是一段话，不和 --output-format 一起用"),
        (["没有"], "路径不存在：没有"),
        ([], "没有给路径，或路径是空的"),
        (["收件", "--use", "别处.yaml"], "算数的文件（use）不在要读的文件里：别处.yaml"),
        (["收件", "--use", "收件/坏.docx"], "算数的文件（use）里没有读到单位：收件/坏.docx"),
        (["收件", "--use", "收件/甲.yaml", "--use", "收件/乙.yaml"], "算数的文件（use）里有两份是“甲局”的：收件/甲.yaml 和 收件/乙.yaml"),
    ],
)  # fmt: skip
def test_wrong_use(args: list[str], message: str, catalog: Catalog) -> None:
    """Code 2 and nothing written."""
    for name in ("甲", "乙"):
        put(f"收件/{name}.yaml", sound("甲局", catalog))
    put("收件/坏.docx", b"x")
    result = run("collect", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in slashes(result.stderr)


@pytest.mark.minutes
def test_twelve_thousand_lines_are_cut(catalog: Catalog) -> None:
    """What is left is counted, and where it can be seen is told."""
    put("名册.csv", "单位\n" + "".join(f"第{index}职业技术学校及其各分校\n" for index in range(12_000)))
    put("收件/甲.yaml", sound("第0职业技术学校及其各分校", catalog))
    result = run("collect", "收件", "--roster", "名册.csv")
    assert len(result.stdout.encode()) < 200_000
    assert "个单位没有显示；加 -o 进度.xlsx 或 --output-format json 查看全部" in result.stdout


def test_other_processes_and_the_cache_say_the_same(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run, one without the cache, and one in two processes; what validate has cached serves, too."""
    put_round(catalog)
    run("validate", "-q")
    runs = [run("collect", *DAY, "--output-format", "json", *more).stdout for more in ([], [], ["--no-cache"])]
    monkeypatch.setenv("ZHIJIAO20_WORKERS", "2")
    monkeypatch.setattr("zhijiao20.review.worker_count._MIN_BYTES_FORKED", 0)
    runs.append(run("collect", *DAY, "--output-format", "json", "--no-cache").stdout)
    assert len(set(runs)) == 1


def line_of(unit: str, *args: str) -> str:
    """What is said of a unit."""
    return next(line for line in run("collect", *args).stdout.splitlines() if unit in line.split()[1:2])


def test_what_a_file_is_without_a_unit(catalog: Catalog) -> None:
    """A syntax error is an error; a text that cannot be decoded, or a document without the table, cannot be read."""
    put("名册.csv", "单位\n甲局\n乙局\n丙局\n丁局\n")
    put("收件/甲局.yaml", "单位: 甲局\n 任务: [\n")
    put("收件/乙局.csv", "编号,状态\n1.1,办了\n")
    put("收件/丙局.csv", b"\xff\xfe\x00" + bytes(range(200)))
    put("收件/丁局.xlsx", write_status_file("xlsx", [Submission("丁局")], catalog)[:300])
    found = [line_of(unit, "收件", "--roster", "名册.csv").split()[0] for unit in ("甲局", "乙局", "丙局", "丁局")]
    assert found == ["有错误", "有错误", "读不了", "读不了"]
    reminder = run("collect", "收件", "--roster", "名册.csv", "--remind").stdout
    assert "甲局：甲局.yaml：" in reminder
    assert reminder.endswith("请尽快报送，谢谢。\n")


def test_units_of_a_bundle(catalog: Catalog) -> None:
    """Each has its line; an error that names none of them keeps all of them out, from the cache too."""
    put("名册.csv", "单位,任务,截止\n甲局,1.1,2020-07-20\n乙局,1.1,\n丙局,1.1,\n")
    put("收件/全部.csv", "单位,编号,落实情况\n甲局,1.1,印发12个文件。\n乙局,1.1,印发15个文件。\n")
    put("收件/丙局.csv", "单位,编号,落实情况\n丙局,1.1,印发18个文件。\n")
    assert [line_of(unit, "收件", "--roster", "名册.csv").split()[0] for unit in ("甲局", "乙局")] == ["合格", "合格"]
    put("收件/全部.csv", "单位,编号,落实情况,落实情况\n甲局,1.1,印发12个文件。,\n乙局,1.1,印发15个文件。,\n")
    for _ in range(2):
        text = run("collect", "收件", "--roster", "名册.csv", "--today", "2020-07-21").stdout
        assert "合格    丙局" in text
    Path("收件/全部.csv").unlink()
    text = run("collect", "收件", "--roster", "名册.csv", "--today", "2020-07-21").stdout
    assert "未报    甲局  0/1    过期（截止 2020年7月20日）" in text
    assert "甲局（截止 2020年7月20日）、乙局" in run("collect", "收件", "--roster", "名册.csv", "--remind").stdout


def test_a_version_that_cannot_be_read(catalog: Catalog) -> None:
    """It is a second version; the one that counts sets it aside by its name, with and without a roster."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("收件/甲局(2).docx", b"x")
    line = line_of("甲局", "收件")
    assert slashes(line).startswith("多份    甲局  87/87  收件/甲局.yaml、收件/甲局(2).docx；收件/甲局(2).docx：")
    for roster in ([], ["--roster", "名册.csv"]):
        put("名册.csv", "单位\n甲局\n")
        result = run("collect", "收件", "--use", "收件/甲局.yaml", *roster)
        assert result.exit_code == 0
        assert "没有采用 1 个文件：甲局(2).docx" in result.stdout


def test_a_member_of_an_archive_is_used(catalog: Catalog) -> None:
    """Named as the result names it."""
    with ZipFile("收.zip", "w") as archive:
        archive.writestr("甲局.yaml", sound("甲局", catalog))
        archive.writestr("旧/甲局.yaml", sound("甲局", catalog, {"1.1": "印发旧文件3个。"}))
    assert run("collect", "收.zip").exit_code == 1
    assert "没有采用 1 个文件：甲局.yaml" in run("collect", "收.zip", "--use", "收.zip!甲局.yaml").stdout
    assert run("collect", "收.zip", "--use", "收.zip!没有.yaml").exit_code == 2


def test_files_that_are_not_listed(catalog: Catalog) -> None:
    """Counted in one line; very many files of nobody are cut."""
    put("zhijiao20.toml", 'exclude = ["通知*"]\npaths = ["收件"]\n')
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("收件/通知.docx", b"x")
    put("收件/~$甲局.docx", b"x")
    assert "略过 1 个临时或隐藏文件，按 exclude 不读 1 个。\n" in run("collect").stdout
    for index in range(700):
        put(f"收件/照片{index}.jpg", b"x")
    assert "个文件没有显示；用 --output-format json 查看全部" in run("collect").stdout


def test_no_unit_at_all() -> None:
    """Only what cannot be read, and no roster: nothing to say of anybody, and not well."""
    put("收件/附表.docx", b"x")
    result = run("collect", "收件")
    assert result.exit_code == 1
    assert result.stdout.endswith("下一步：把收到的文件放进文件夹，再运行一次\n")
