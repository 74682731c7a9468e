"""Several units in one file with their 上级: written, read back, and told apart where names are the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from docx import Document
from program import run
from status_files import put, sound

from zhijiao20.core.catalog import Catalog


def city(name: str, catalog: Catalog) -> None:
    """A folder with the files of a city's office and of one school."""
    put(f"{name}/1{name}教育局.yaml", sound(f"{name}教育局", catalog))
    put(f"{name}/2一校.yaml", sound("一校", catalog, dict.fromkeys(catalog.tasks, f"{name}的学校做了12件事。")))


def columns(path: str) -> list[tuple[str, str]]:
    """单位 and 上级 of each unit of a CSV file."""
    rows = list(csv.reader(io.StringIO(Path(path).read_text("utf-8-sig"), newline="")))
    assert rows[0][:2] == ["单位", "上级"]
    return list(dict.fromkeys((row[0], row[1]) for row in rows[1:]))


@pytest.fixture
def cities(catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cities, each with an office and a school of the same name."""
    monkeypatch.chdir(tmp_path)
    city("东湖市", catalog)
    city("西岭市", catalog)


@pytest.mark.usefixtures("cities")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_bundle_of_a_city(kind: str) -> None:
    """Every row gives the superior, the superior's own too; read back it is the same."""
    result = run("convert", "东湖市", "-o", f"全市.{kind}", "--unit", "东湖市教育局")
    assert (result.exit_code, result.stdout) == (0, f"已生成 全市.{kind}\n")
    assert run("convert", f"全市.{kind}", "-o", "又一次.csv").exit_code == 0
    assert columns("又一次.csv") == [("东湖市教育局", "东湖市教育局"), ("一校", "东湖市教育局")]


@pytest.mark.usefixtures("cities")
def test_bundles_of_two_cities() -> None:
    """Schools of one name are two units; a superior that is given already is kept, and this is told."""
    for name in ("东湖市", "西岭市"):
        assert run("convert", name, "-o", f"{name}.csv", "--unit", f"{name}教育局").exit_code == 0
    result = run("convert", "东湖市.csv", "西岭市.csv", "-o", "全省.csv", "--unit", "省教育厅")
    assert result.exit_code == 0
    assert "有 4 个单位原来写着别的上级，没有改成“省教育厅”" in result.stderr
    both = [("东湖市教育局", "东湖市教育局"), ("一校", "东湖市教育局"), ("西岭市教育局", "西岭市教育局")]
    assert columns("全省.csv") == [*both, ("一校", "西岭市教育局")]
    result = run("convert", "东湖市.csv", "西岭市.csv", "-o", "各单位")
    assert "一校：这种格式放不下上级，没有写入" in result.stderr
    assert sorted(path.name for path in Path("各单位").iterdir()) == [
        "东湖市教育局.yaml",
        "东湖市教育局：一校.yaml",
        "西岭市教育局.yaml",
        "西岭市教育局：一校.yaml",
    ]


@pytest.mark.usefixtures("cities")
@pytest.mark.parametrize("files", [["东湖市.csv", "西岭市.csv"], ["全省.csv"]], ids=["two files", "one file"])
def test_units_of_one_name_are_counted_apart(files: list[str]) -> None:
    """In the list of units each has its own row, and its findings count for it."""
    for name in ("东湖市", "西岭市"):
        run("convert", name, "-o", f"{name}.csv", "--unit", f"{name}教育局")
    run("convert", "东湖市.csv", "西岭市.csv", "-o", "全省.csv")
    for file in files:
        text = Path(file).read_text("utf-8-sig")
        changed = text.replace("西岭市的学校做了12件事。", "", 1)
        Path(file).write_text(changed, "utf-8-sig", newline="")
    report = json.loads(run("validate", *files, "--output-format", "json", "--select", "ZJ1,ZJ2").stdout)
    errors = {unit["unit"]: unit["errors"] for unit in report["units"]}
    first = "一校" if len(files) > 1 else "东湖市教育局：一校"
    assert errors == {"东湖市教育局": 0, first: 0, "西岭市教育局": 0, "西岭市教育局：一校": 1}
    assert [finding["unit"] for finding in report["findings"]] == ["西岭市教育局：一校"]


@pytest.mark.usefixtures("cities")
@pytest.mark.parametrize("order", [["全市.csv", "一校.yaml"], ["一校.yaml", "全市.csv"]])
def test_a_unit_with_and_without_a_superior(order: list[str]) -> None:
    """It is one unit with two files."""
    run("convert", "东湖市", "-o", "全市.csv", "--unit", "东湖市教育局")
    Path("东湖市/2一校.yaml").rename("一校.yaml")
    report = json.loads(run("validate", *order, "--output-format", "json", "--select", "ZJ107").stdout)
    assert [(finding["unit"], finding["rule"]) for finding in report["findings"]] == [("一校", "ZJ107")]


@pytest.mark.usefixtures("cities")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-o", "新/"], "--unit 写在“上级”一列里，只有 .csv 和 .xlsx 有这一列"),
        (["-o", "全市.docx"], "--unit 写在“上级”一列里，只有 .csv 和 .xlsx 有这一列"),
        (["-o", "全市.csv", "--unit", "长" * 101], "--unit：上级有 101 个字，最多 100 个"),
    ],
)
def test_wrong_superior(args: list[str], message: str) -> None:
    """It is wrong usage, and nothing is written."""
    result = run("convert", "东湖市", "--unit", "东湖市教育局", *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(Path().glob("全市*"))


@pytest.mark.usefixtures("cities")
def test_which_of_two_files_counts() -> None:
    """--use sets aside the unit of the same superior, not its namesake."""
    for name in ("东湖市", "西岭市"):
        run("convert", name, "-o", f"{name}.csv", "--unit", f"{name}教育局")
    run("convert", "东湖市.csv", "-o", "重报.csv")
    files = ["东湖市.csv", "西岭市.csv", "重报.csv"]
    assert run("render", *files, "-o", "甲.docx").exit_code == 1
    result = run("render", *files, "-o", "甲.docx", "--use", "重报.csv")
    assert "4 个单位" in result.stdout


@pytest.mark.usefixtures("cities")
def test_units_of_one_superior_together() -> None:
    """render --by 上级 leads them by its name on a line of its own; without any superior it is refused."""
    for name in ("西岭市", "东湖市"):
        run("convert", name, "-o", f"{name}.csv", "--unit", f"{name}教育局")
    assert run("render", "西岭市.csv", "东湖市.csv", "-o", "全省.docx", "--by", "上级").exit_code == 0
    cell = Document("全省.docx").tables[0].rows[1].cells[3].text
    office, school = "{0}教育局开展第1.1项工作，印发12个文件。", "{0}的学校做了12件事。"
    assert cell.split("\n") == [
        line
        for name in ("西岭市", "东湖市")
        for line in (
            f"【{name}教育局】",
            f"【{name}教育局】{office.format(name)}",
            f"【{name}教育局：一校】{school.format(name)}",
        )
    ]
    result = run("render", "东湖市", "-o", "全市.docx", "--by", "上级")
    assert (result.exit_code, Path("全市.docx").exists()) == (2, False)
    assert "没有一个单位写了上级" in result.stderr
    assert run("render", "东湖市.csv", "-o", "全市.docx", "--by", "类").exit_code == 2


@pytest.mark.usefixtures("cities")
def test_collecting_without_a_roster() -> None:
    """Each unit has the superior that its file gives; units of one name are not several files of one."""
    for name in ("东湖市", "西岭市"):
        run("convert", name, "-o", f"{name}.csv", "--unit", f"{name}教育局")
    state = json.loads(run("collect", "东湖市.csv", "西岭市.csv", "--output-format", "json").stdout)
    assert [(unit["unit"], unit["superior"]) for unit in state["units"]] == [
        ("东湖市教育局", "东湖市教育局"),
        ("一校", "东湖市教育局"),
        ("西岭市教育局", "西岭市教育局"),
        ("西岭市教育局：一校", "西岭市教育局"),
    ]
    assert {unit["state"] for unit in state["units"]} <= {"clean", "warnings"}


@pytest.mark.usefixtures("cities")
def test_units_of_a_roster() -> None:
    """A namesake is known by the superior that its row gives, wherever the file lies; convert keeps the superior."""
    for name in ("东湖市", "西岭市"):
        run("convert", name, "-o", f"{name}.csv", "--unit", f"{name}教育局")
    put("名册.csv", "单位,上级\n东湖市教育局,\n一校,东湖市教育局\n西岭市教育局,\n一校,西岭市教育局\n")
    run("convert", "东湖市.csv", "西岭市.csv", "-o", "全省.csv")
    report = json.loads(
        run("validate", "全省.csv", "--roster", "名册.csv", "--select", "ZJ1,ZJ7", "--output-format", "json").stdout
    )
    assert report["findings"] == []
    assert [unit["unit"] for unit in report["units"]][1::2] == ["东湖市教育局：一校", "西岭市教育局：一校"]
    assert run("convert", "全省.csv", "-o", "再.csv", "--roster", "名册.csv").exit_code == 0
    assert columns("再.csv") == columns("全省.csv")
