"""Files whose names say another format than their contents: read, told, and never changed into a second mistake."""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from old_files import old_book, zipped
from program import run
from status_files import put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.write import write_status_file

pytestmark = pytest.mark.usefixtures("work_folder")


def sent(kind: str, unit: str, catalog: Catalog, text: str = "") -> bytes:
    """A status file without a fault, but for the text given for 1.1."""
    texts = {task: f"{unit}开展第{task}项工作，印发12个文件。" for task in catalog.tasks} | (
        {"1.1": text} if text else {}
    )
    entries = {task: Entry(task, None, status) for task, status in texts.items()}
    return write_status_file(kind, [Submission(unit, entries=entries)], catalog)


def without_unit(catalog: Catalog) -> bytes:
    """A document that names no unit."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(sent("docx", "甲局", catalog))) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("甲局".encode(), b""))
    return stream.getvalue()


def in_json(*args: str) -> list[dict[str, str]]:
    """The findings of a file's name, as other programs get them."""
    findings = json.loads(run("validate", *args, "--output-format", "json").stdout)["findings"]
    return [finding for finding in findings if finding["rule"] == "ZJ024"]


@pytest.mark.parametrize("name", ["甲局.docx", "甲局.csv", "甲局.yaml", "甲局.wps", "甲局.xls", "甲局.zip", "甲局"])
def test_a_workbook_under_another_name_is_read(name: str, catalog: Catalog) -> None:
    """With one warning, which says how to call it; without a suffix it need not be a contradiction."""
    put(f"收件/{name}", sent("xlsx", "甲局", catalog))
    (finding,) = in_json("收件")
    suffix = Path(name).suffix
    begin = f"文件名以 {suffix} 结尾，内容却是" if suffix else "文件名没有后缀，内容是"
    assert finding["message"] == f"{begin} Excel 工作簿，已照 Excel 工作簿读取"
    assert finding["hint"] == "报送时请把文件名改成以 .xlsx 结尾"
    assert finding["severity"] == "warning"
    assert run("render", "收件", "-o", "附表2.docx").exit_code == 0


def test_collect_tells_problem_and_hint_of_a_file_that_was_read(catalog: Catalog) -> None:
    """Beside what told whose it is; not a second time as the name of a rule."""
    put("名册.csv", "单位,简称\n甲局,甲\n乙局,\n丙局,\n")
    put("收件/甲.docx", sent("xlsx", "甲", catalog))
    put("收件/乙局.xlsx", sent("docx", "乙局", catalog, "已完成"))
    put("收件/丙局.zip", zipped({"丙局.xls": sent("docx", "丙局", catalog)}))
    units = json.loads(run("collect", "收件", "--roster", "名册.csv", "--output-format", "json").stdout)["units"]
    assert [(unit["state"], unit["files"][0]["known_by"]) for unit in units] == [
        ("warnings", "alias"), ("errors", "name"), ("warnings", "name"),
    ]  # fmt: skip
    told = [(unit["files"][0]["problem"], unit["files"][0]["hint"]) for unit in units]
    assert told == [
        ("文件名以 .docx 结尾，内容却是 Excel 工作簿，已照 Excel 工作簿读取", "报送时请把文件名改成以 .xlsx 结尾"),
        ("文件名以 .xlsx 结尾，内容却是 Word 文档，已照 Word 文档读取", "报送时请把文件名改成以 .docx 结尾"),
        ("文件名以 .xls 结尾，内容却是 Word 文档，已照 Word 文档读取", "报送时请把文件名改成以 .docx 结尾"),
    ]
    lines = run("collect", "收件", "--roster", "名册.csv").stdout.splitlines()
    path = Path("收件", "甲.docx")
    assert lines[1] == f"有疑问  甲局  87/87  {path}：{told[0][0]}。{told[0][1]}；{path} 按简称认出"
    assert lines[2].startswith("有错误  乙局  87/87  落实情况只是占位文字 1 处；")
    assert "丙局.xls：文件名以 .xls 结尾" in lines[3]
    assert "乙局.xlsx：文件名以 .xlsx 结尾" in run("collect", "收件", "--roster", "名册.csv", "--remind").stdout


def test_an_old_workbook_under_another_name_is_read_with_a_warning() -> None:
    """Its hint leads to a file that opens; .et is a name of its own."""
    book = old_book(("甲局", "1.1", "印发12个文件。"))
    put("收件/甲局.docx", book)
    put("另/乙局.et", old_book(("乙局", "1.1", "印发12个文件。")))
    (finding,) = in_json("收件")
    assert (
        finding["message"] == "文件名以 .docx 结尾，内容却是旧版 Excel 工作簿（.xls、.et），已照旧版 Excel 工作簿读取"
    )
    assert finding["hint"] == "请把文件名改成以 .xls 结尾，再用 Excel 或 WPS 打开，另存为 .xlsx 报送"
    assert in_json("另") == []


@pytest.mark.parametrize(
    ("main", "right"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", ".docm"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", ".dotx"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", ".dotm"),
    ],
)
def test_the_right_suffix_is_one_under_which_office_opens_it(main: str, right: str, catalog: Catalog) -> None:
    """Word does not open a document with macros that is called .docx."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(sent("docx", "甲局", catalog))) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                assert usual in data
                data = data.replace(usual, main.encode())
            new.writestr(name, data)
    put("收件/甲局.xlsx", stream.getvalue())
    assert [finding["hint"] for finding in in_json("收件")] == [f"报送时请把文件名改成以 {right} 结尾"]


def test_a_name_without_a_suffix_is_whole(catalog: Catalog) -> None:
    """What stands behind a full stop may be the unit itself."""
    put("收件/1.甲区教育局", without_unit(catalog))
    units = json.loads(run("validate", "收件", "--output-format", "json").stdout)["units"]
    assert ["教育局" in unit["unit"] for unit in units] == [True]


@pytest.mark.parametrize("name", ["甲局.csv", "甲局.doc", "甲局"])
def test_fix_goes_by_the_content(name: str, catalog: Catalog) -> None:
    """A document is corrected as one, whatever it is called."""
    data = sent("docx", "甲局", catalog, "截止2020年6月，印发12个文件。")
    path = put(name, data)
    assert "截至" in run("validate", name, "--diff").stdout
    assert path.read_bytes() == data
    run("validate", name, "--fix")
    assert "截至2020年6月" in "".join(
        cell.text for row in docx.Document(str(path)).tables[0].rows for cell in row.cells
    )
    assert Path(f"{name}.bak").read_bytes() == data


def test_update_refuses_such_a_file(catalog: Catalog) -> None:
    """It would write another format over it."""
    files = {
        "甲局.xlsx": (sent("docx", "甲局", catalog), "Word 文档", ".docx"),
        "甲局.doc": (sent("docx", "甲局", catalog), "Word 文档", ".docx"),
        "乙局.docx": (old_book(("乙局", "1.1", "印发12个文件。")), "旧版 Excel 工作簿（.xls、.et）", ".xls"),
    }
    for name, (data, label, right) in files.items():
        path = put(name, data)
        result = run("init", "--update", name)
        assert result.exit_code == 2
        told = result.stderr.replace("\n", "")
        assert f"结尾，内容却是{' ' * label.isascii()}" in told
        assert label in told
        assert f"改成以 {right} 结尾" in told
        assert path.read_bytes() == data
        assert not Path(f"{name}.bak").exists()


def test_convert_reads_such_files(catalog: Catalog) -> None:
    """The result has a name of its own format."""
    put("收件/甲局.docx", sent("xlsx", "甲局", catalog))
    result = run("convert", "收件", "-o", "全部.csv")
    assert result.exit_code == 0
    assert "内容却是 Excel 工作簿" in (result.stdout + result.stderr).replace("\n", "")
    assert "甲局,1.1" in Path("全部.csv").read_text(encoding="utf-8-sig")


def test_the_cache_keeps_equal_files_of_two_names_apart(catalog: Catalog) -> None:
    """A document that names no unit has that of its name, also under the name of a YAML file."""
    data = without_unit(catalog)
    for name in ("乙局.yaml", "丙局.yaml", "丁局.docx", "戊局.csv"):
        put(f"收件/{name}", data)
    first = [run("validate", "收件", "--output-format", "json").stdout for _ in range(2)]
    assert first[0] == first[1]
    found = json.loads(first[0])
    assert {unit["unit"] for unit in found["units"]} == {"乙局", "丙局", "丁局", "戊局"}
    told = {Path(finding["file"]).name for finding in found["findings"] if finding["rule"] == "ZJ024"}
    assert told == {"乙局.yaml", "丙局.yaml", "戊局.csv"}


def test_a_workbook_without_the_table_is_no_text_whatever_its_name(catalog: Catalog) -> None:
    """A list of telephones called .csv was not read, and may be passed over; a text of that name is to be amended."""
    book = io.BytesIO()
    from openpyxl import Workbook

    sheet = Workbook()
    sheet.active.append(["姓名", "电话"])  # type: ignore[union-attr]
    sheet.save(book)
    put("名册.csv", "单位\n甲局\n乙局\n丙局\n")
    put("收件/甲局.csv", book.getvalue())
    put("收件/乙局.csv", "姓名,电话\n")
    put("收件/丙局.yaml", sound("丙局", catalog))
    lines = run("collect", "收件", "--roster", "名册.csv").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["读不了", "有错误", "合格"]
    Path("收件/乙局.csv").unlink()
    assert run("validate", "收件", "--skip-unread").exit_code == 0


def test_a_roster_under_another_name_is_read() -> None:
    """A workbook that was renamed to .csv."""
    run("roster", "-o", "名册.xlsx")
    Path("名册.xlsx").rename("名册.csv")
    result = run("roster", "名册.csv")
    assert "内容却是 Excel 工作簿" in (result.stdout + result.stderr).replace("\n", "")
