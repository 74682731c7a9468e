"""Merged Word tables as input: each unit has its own text, what is empty is told once, in doubt nothing is divided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from program import run
from status_files import put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.write import write_status_file

OFFICE, SCHOOL = "东湖市教育局", "第二职业学校"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def word(name: str, unit: str, cells: dict[str, str], catalog: Catalog) -> Path:
    """A Word table with these texts."""
    entries = {task: Entry(task, status=cells.get(task, "")) for task in catalog.tasks}
    return put(name, write_status_file("docx", [Submission(unit, entries=entries)], catalog))


def merged(catalog: Catalog, **instead: str) -> dict[str, str]:
    """The cells of a table that was merged from an office and a school; ``t1_1`` is task 1.1."""
    cells = {
        task: f"【{OFFICE}】（一）本局第{task}项。\n【{SCHOOL}】（一）本校第{task}项。\n（二）又一条。"
        for task in catalog.tasks
    }
    return cells | {name[1:].replace("_", "."): text for name, text in instead.items()}


def findings(*args: str) -> list[tuple[str | None, str, str | None]]:
    """Unit, rule and task of each finding but ZJ3 and ZJ401 ff. on the texts."""
    report = json.loads(run("validate", *args, "--output-format", "json", "--select", "ZJ0,ZJ1,ZJ2,ZJ406").stdout)
    return [(finding["unit"], finding["rule"], finding["task"]) for finding in report["findings"]]


def cell(path: str, number: int = 1) -> list[str]:
    """The paragraphs of the status cell of a row."""
    text: str = Document(path).tables[0].rows[number].cells[3].text
    return text.split("\n")


def test_a_merged_table(catalog: Catalog) -> None:
    """Every unit has its own text: no rule sees two as one, and rendered again the cells are the same."""
    word("全市.docx", OFFICE, merged(catalog), catalog)
    assert findings("全市.docx") == [(None, "ZJ121", None)]
    report = json.loads(run("validate", "全市.docx", "--output-format", "json").stdout)
    assert [unit["unit"] for unit in report["units"]] == [OFFICE, SCHOOL]
    assert run("render", "全市.docx", "-o", "再.docx").exit_code == 0
    assert cell("再.docx") == merged(catalog)["1.1"].split("\n")
    assert run("convert", "全市.docx", "-o", "全市.csv").exit_code == 0
    assert f"\n{SCHOOL},{OFFICE}," in Path("全市.csv").read_text("utf-8-sig")


def test_an_empty_cell_is_told_once(catalog: Catalog) -> None:
    """A task without a unit in it is neither missing nor empty for the unit; an empty cell stops the render once."""
    cells = merged(catalog, t1_1=f"【{SCHOOL}】只有学校。", t1_2="不涉及", t1_3="")
    word("全市.docx", OFFICE, cells, catalog)
    assert findings("全市.docx") == [
        (None, "ZJ121", None),
        (OFFICE, "ZJ204", "1.2"),
        (SCHOOL, "ZJ204", "1.2"),
        (None, "ZJ201", "1.3"),
    ]
    assert run("render", "全市.docx", "-o", "再.docx").exit_code == 1
    result = run("render", "全市.docx", "-o", "再.docx", "--allow-incomplete")
    assert (result.exit_code, "1 处" in result.stdout) == (0, True)
    assert [cell("再.docx", row) for row in (1, 2, 3)] == [[f"【{SCHOOL}】只有学校。"], ["不涉及"], [""]]


def test_a_merged_table_beside_a_file_of_it(catalog: Catalog) -> None:
    """The unit has two files."""
    word("全市.docx", OFFICE, merged(catalog), catalog)
    put("学校.yaml", sound(SCHOOL, catalog))
    assert [item for item in findings("全市.docx", "学校.yaml") if item[1] == "ZJ107"] == [(SCHOOL, "ZJ107", None)]


def test_tables_of_two_cities(catalog: Catalog) -> None:
    """Schools of one name are told apart by 填报单位, else by a file that is plainly called as a unit."""
    for city, unit in (("东湖市教育局", ""), ("西岭市", "西岭市教育局")):
        name = city[:3]
        cells = {
            task: text.replace(OFFICE, f"{name}教育局").replace("本", name).replace("又", name)
            for task, text in merged(catalog).items()
        }
        word(f"{city}.docx", unit, cells, catalog)
    assert run("render", "东湖市教育局.docx", "西岭市.docx", "-o", "全省.docx").exit_code == 0
    labels = [line.partition("】")[0] for line in cell("全省.docx") if line.startswith("【")]
    assert labels == [
        "【东湖市教育局",
        "【东湖市教育局：第二职业学校",
        "【西岭市教育局",
        "【西岭市教育局：第二职业学校",
    ]


def test_tables_that_do_not_say_who_merged_them(catalog: Catalog) -> None:
    """The name of the file is no unit's, so units of one name are one unit with two files."""
    for name in ("附表2", "附表2报送"):
        word(f"{name}.docx", "", merged(catalog), catalog)
    found = findings("附表2.docx", "附表2报送.docx")
    assert [item for item in found if item[1] == "ZJ107"] == [(OFFICE, "ZJ107", None), (SCHOOL, "ZJ107", None)]
    assert all(rule != "ZJ113" for _, rule, _ in found)


def test_in_doubt_it_is_one_unit(catalog: Catalog) -> None:
    """Headings that a school wrote stay in its text, and this is told."""
    word("学校.docx", SCHOOL, dict.fromkeys(catalog.tasks, "【做法】印发12份方案。\n【成效】建成3个基地。"), catalog)
    assert findings("学校.docx") == [(SCHOOL, "ZJ121", None)]
    assert run("render", "学校.docx", "-o", "再.docx").exit_code == 0
    assert cell("再.docx") == ["【做法】印发12份方案。", "【成效】建成3个基地。"]


def test_one_heading_is_not_told(catalog: Catalog) -> None:
    """Where most cells begin without a label, nothing is in doubt."""
    word("学校.docx", SCHOOL, dict.fromkeys(catalog.tasks, "印发12份方案。") | {"1.1": "【做法】印发3份。"}, catalog)
    assert findings("学校.docx") == []


def test_a_digest_is_refused(catalog: Catalog) -> None:
    """It is named as one."""
    counts = "41个单位：已完成20个，推进中15个，未启动1个（石桥县职业教育中心），不涉及5个。\n各单位情况见附件。"
    word("摘要.docx", OFFICE, dict.fromkeys(catalog.tasks, counts), catalog)
    result = run("render", "摘要.docx", "-o", "再.docx")
    assert result.exit_code == 1
    assert "ZJ002" in result.stderr
    assert "这是摘要" in result.stderr


def test_units_of_a_roster(catalog: Catalog) -> None:
    """A name of the roster is a unit's whatever it is; of empty cells only those are told that someone answers for."""
    put("名册.csv", f"单位,上级,任务\n{OFFICE},,除1.3\n甲,{OFFICE},一\n乙,{OFFICE},一\n")
    cells = {
        task: "【甲】甲的工作做了12件。\n【乙】乙的工作做了12件。"
        if task in {"1.1", "1.2"}
        else f"【{OFFICE}】做了12件事。"
        for task in catalog.tasks
    }
    word("全市.docx", OFFICE, cells | {"1.3": "", "1.4": ""}, catalog)
    found = findings("全市.docx", "--roster", "名册.csv")
    assert [item for item in found if item[1] != "ZJ121"] == [(None, "ZJ201", "1.3"), (None, "ZJ201", "1.4")]
    result = run("render", "全市.docx", "-o", "再.docx", "--roster", "名册.csv", "--by", "上级", "--allow-incomplete")
    assert result.exit_code == 0
    assert cell("再.docx") == [f"【{OFFICE}】", "【甲】甲的工作做了12件。", "【乙】乙的工作做了12件。"]
    put("名册.csv", f"单位,上级,任务\n{OFFICE},,除1.3\n甲,{OFFICE},1.1-1.2\n乙,{OFFICE},1.1-1.2\n")
    found = findings("全市.docx", "--roster", "名册.csv")
    assert [item for item in found if item[1] != "ZJ121"] == [(None, "ZJ201", "1.4")]


def test_more_units_than_a_file_may_have(catalog: Catalog) -> None:
    """The table is refused, as a file with so many units is."""
    put("zhijiao20.toml", "[limits]\nunits = 1\n")
    word("全市.docx", OFFICE, merged(catalog), catalog)
    result = run("validate", "全市.docx")
    assert result.exit_code == 1
    assert "ZJ001" in result.stdout
