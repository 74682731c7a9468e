"""What was not read stops the table or is named, one line a unit says who was, and -q says it in one line."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from docx import Document
from office import need
from openpyxl import Workbook
from program import run
from status_files import names_in, put, sound

from zhijiao20.core.catalog import Catalog

pytestmark = pytest.mark.usefixtures("work_folder")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("照片.jpg", b"\xff\xd8\xff")
    return stream.getvalue()


def notice() -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("关于报送落实情况的通知")
    document.save(stream)
    return stream.getvalue()


def telephones() -> bytes:
    stream = io.BytesIO()
    book = Workbook()
    for row in (["单位", "姓名", "电话"], ["甲", "张三", "123"]):
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


HOLES = {
    "旧.doc": (OLE + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
    "旧.xls": (OLE + "Workbook".encode("utf-16-le"), "另存为“Excel 工作簿（.xlsx）”"),
    "密.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
    "各校.zip": (archive(), "打进压缩包"),
    "各校.rar": (b"Rar!\x1a\x07\x00", "解压"),
    "坏.7z": (b"x", "解压"),
    "坏.et": (b"x", "另存为 .xlsx"),
    "坏.odt": (b"x", "另存为 .docx"),
    "坏.docx": (b"PK\x03\x04word/", "另存"),
    "空.xlsx": (b"", "要回原件"),
    "文.rtf": (b"{\\rtf1 x}", "zhijiao20 init"),
    "通知.docx": (notice(), "zhijiao20 init"),
    "通讯录.xlsx": (telephones(), "zhijiao20 init"),
    "没有后缀": (notice(), "zhijiao20 init"),
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.minutes] * name.endswith(".rtf")) for name in HOLES]
)
def test_what_could_hold_a_status_stops_until_it_is_let_pass(name: str, catalog: Catalog) -> None:
    """A unit whose only file was not read must not be missing from the table unnoticed."""
    content, remedy = HOLES[name]
    if name.endswith(".rtf"):  # LibreOffice reads it, and finds no table
        need("soffice")
    put("收件/甲.yaml", sound("甲", catalog))
    put(f"收件/{name}", content)
    for args in (["validate", "收件", "--output-format", "json"], ["render", "收件", "-o", "表.docx"]):
        stopped = run(*args)
        assert stopped.exit_code == 1
        if args[0] == "validate":
            (finding,) = json.loads(stopped.stdout)["findings"]
            assert (finding["rule"], Path(finding["file"]).name) == ("ZJ002", name)
            assert remedy in finding["hint"]
        else:
            assert f"{Path('收件', name)}\n" in stopped.stderr
            assert "没有读到内容的文件有 1 个。不是填报文件的，请移出文件夹，" in stopped.stderr
            assert "--skip-unread" in stopped.stderr
    assert not Path("表.docx").exists()
    passed = run("render", "收件", "-o", "表.docx", "--skip-unread")
    assert (passed.exit_code, passed.stdout) == (0, "已生成 表.docx（1 个单位）\n")
    assert f"没有读 {Path('收件', name)}：" in passed.stderr
    assert remedy in passed.stderr
    checked = run("validate", "收件", "--skip-unread", "--output-format", "json")
    summary = json.loads(checked.stdout)["summary"]
    assert (checked.exit_code, summary["files"], summary["unread"]) == (0, 1, [str(Path("收件", name))])
    put("zhijiao20.toml", f"exclude = ['{name}']")
    told = run("render", "收件", "-o", "表.docx")
    assert told.exit_code == 0
    assert told.stderr.startswith("用了 zhijiao20.toml 里的设置：exclude\n检查了 1 个文件（按 exclude 不读 1 个）、")


def test_a_syntax_error_is_no_unread_file(catalog: Catalog) -> None:
    """It is a status file, and to be corrected."""
    put("甲.yaml", sound("甲", catalog))
    put("乙.yaml", "单位: [")
    put("丙.csv", "单位: 丙\n任务:\n")
    result = run("render", ".", "-o", "表.docx", "--skip-unread")
    assert result.exit_code == 1
    assert "ZJ004" in result.stderr
    assert "ZJ002" in result.stderr
    assert "--skip-unread" not in result.stderr


def test_what_can_hold_no_status_is_told_in_a_line_each(catalog: Catalog) -> None:
    """Attachments are often PDF; locks and system files are in no list."""
    put("甲.yaml", sound("甲", catalog))
    for name in ("证明.pdf", "照片.JPG", "说明.txt", "Thumbs.db", "desktop.ini", "~$甲.docx"):
        put(name, b"x")
    result = run("validate", ".")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-4:] == [
        "检查了 1 个文件（略过 3 个临时或隐藏文件）、1 个单位：没有发现问题。",
        "没有读 照片.JPG：图片。是填报文件的，请向填报单位要 Word 或 Excel 原件",
        "没有读 证明.pdf：版式文件（如 PDF）。是填报文件的，请向填报单位要 Word 或 Excel 原件",
        "没有读 说明.txt：纯文本。是填报文件的，请把文字填进 zhijiao20 init 生成的表",
    ]
    result = run("validate", ".", "--output-format", "github")
    assert result.stdout == ""
    assert "没有读 证明.pdf：" in result.stderr


def test_nothing_at_all_was_read(catalog: Catalog) -> None:
    """Let pass, nothing is left: as a folder without any status file; beside errors, these are told."""
    put("收/旧.doc", OLE)
    for args in (["validate", "收"], ["render", "收", "-o", "表.docx"]):
        result = run(*args, "--skip-unread")
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"没有一个文件可以读，没有读到任何单位：\n没有读 {Path('收/旧.doc')}：" in result.stderr
    put("收/乙.yaml", "单位: [")
    assert run("render", "收", "-o", "表.docx", "--skip-unread").exit_code == 1
    put("收/乙.yaml", sound("乙", catalog))
    assert run("validate", "收/旧.doc", "收/乙.yaml").exit_code == 1
    assert run("validate", "收/旧.doc").stdout.count("--skip-unread") == 0


def test_convert_passes_over_them_too(catalog: Catalog) -> None:
    """One file for all is written only when nothing is missing from it."""
    put("收/甲.yaml", sound("甲", catalog))
    put("收/旧.doc", OLE)
    assert run("convert", "收", "-o", "全部.csv").exit_code == 1
    result = run("convert", "收", "-o", "全部.csv", "--skip-unread")
    assert (result.exit_code, result.stdout) == (0, "已生成 全部.csv\n")
    assert f"没有读 {Path('收/旧.doc')}：" in result.stderr
    put("zhijiao20.toml", "exclude = ['*.doc']")
    assert run("convert", "收", "-o", "每个").exit_code == 0
    assert names_in("每个") == ["甲.yaml"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_in_several_processes_and_from_the_cache(
    workers: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is passed over, with the same words."""
    monkeypatch.setenv("ZHIJIAO20_WORKERS", workers)
    monkeypatch.setattr("zhijiao20.review.worker_count._MIN_BYTES_FORKED", 1)
    monkeypatch.setattr("zhijiao20.review.worker_count._MIN_BYTES_SPAWNED", 1)
    for unit in "甲乙":
        put(f"收/{unit}.yaml", sound(unit, catalog))
    put("收/旧.doc", OLE)
    first, again = (run("validate", "收", "--skip-unread") for _ in range(2))
    assert first.stdout == again.stdout
    assert f"没有读 {Path('收/旧.doc')}：不能读取 .doc 文件：这是旧版 Office 文件" in first.stdout
    assert first.exit_code == again.exit_code == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("exclude = '通知.docx'", 'exclude 应是文字的列表，如 ["通知*.docx", "往年"]'),
        ("exclude = [1]", "exclude 应是文字的列表"),
        ("exclude = ['../甲.docx']", "exclude 里的“../甲.docx”不能用：请写文件名、文件夹名"),
        ("exclude = ['']", "exclude 里的“”不能用"),
    ],
)
def test_a_wrong_exclude_is_told(text: str, problem: str) -> None:
    """A slip must not let files pass, nor pass itself."""
    put("甲.yaml", "单位: 甲\n")
    put("zhijiao20.toml", text)
    result = run("validate", "甲.yaml")
    assert result.exit_code == 2
    assert problem in result.stderr


def test_quiet_render_is_one_line(catalog: Catalog) -> None:
    """What was written, and who is not in it."""
    put("zhijiao20.toml", "exclude = ['往年']")
    put("收/甲.yaml", sound("甲", catalog, {"1.1": ""}))
    put("收/乙.yaml", "单位: 乙\n任务:\n  '1.1': ''\n")
    put("收/丙.yaml", sound("丙", catalog, period="2020年"))
    put("收/丁.yaml", sound("丁", catalog, period="2021年"))
    put("收/旧.doc", OLE)
    put("收/证明.pdf", b"x")
    put("收/往年/丁.yaml", sound("丁", catalog))
    result = run("render", "收", "-o", "表.docx", "-q", "--allow-incomplete", "--skip-unread")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "已生成 表.docx（4 个单位，88 处缺项留空，其中空表：乙，1 个警告，没有读 2 个文件：旧.doc、证明.pdf，按 exclude 不读 1 个）\n"
    )
    result = run("render", "收", "-o", "表.docx", "-q")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "有错误，没有生成文件。检查了 5 个文件，有 3 个错误；去掉 -q 看是哪些。\n"


def test_a_blank_form_let_through_is_named(catalog: Catalog) -> None:
    """In the summary it is one form, not one gap."""
    put("甲.yaml", sound("甲", catalog, {"1.1": ""}))
    for number in range(21):
        put(f"{number}.yaml", f"单位: 单位{number}\n任务:\n  '1.1': ''\n")
    result = run("render", "甲.yaml", "0.yaml", "-o", "表.docx", "--allow-incomplete")
    assert result.stdout == "已生成 表.docx（2 个单位，88 处缺项留空，其中空表：单位0）\n"
    assert result.stderr == "检查了 2 个文件、2 个单位：缺项 1 处、空表 1 份，已放过；没有发现其他问题。\n"
    result = run("render", ".", "-o", "表.docx", "--allow-incomplete")
    assert "、单位19等 21 个单位）" in result.stdout


def test_every_unit_that_was_read_has_its_line(catalog: Catalog) -> None:
    """In the table behind the findings and in JSON, also without a finding, with what stands in its file."""
    put("1.yaml", sound("甲", catalog))
    put("2.yaml", sound("乙", catalog, {"1.1": "", "1.2": "略"}))
    put("3.yaml", sound("丙", catalog, {"1.1": "不涉及"}))
    put("4.csv", "编号,落实情况,备注\n1.1,做了许多工作，印发2个文件\n".encode("gbk"))
    put("5.yaml", "单位: [")
    put("6.yaml", sound("丙", catalog))
    put("7.yaml", sound("[red]丁", catalog))
    units = {
        row["unit"]: (row["files"], row["errors"], row["warnings"], row["infos"])
        for row in json.loads(run("validate", ".", "--output-format", "json", "--ignore", "ZJ6").stdout)["units"]
    }
    assert units == {
        "甲": (["1.yaml"], 0, 0, 0),
        "乙": (["2.yaml"], 2, 0, 0),
        "丙": (["3.yaml", "6.yaml"], 1, 0, 1),
        "4": (["4.csv"], 86, 1, 2),
        "[red]丁": (["7.yaml"], 0, 0, 0),
    }
    lines = run("validate", ".", "--ignore", "ZJ6").stdout.splitlines()
    assert [line.split() for line in lines[-6:]] == [
        ["单位", "文件", "错误", "警告", "提示"],
        ["甲", "1.yaml", "0", "0", "0"],
        ["乙", "2.yaml", "2", "0", "0"],
        ["丙", "3.yaml、6.yaml", "1", "0", "1"],
        ["4", "4.csv", "86", "1", "2"],
        ["[red]丁", "7.yaml", "0", "0", "0"],
    ]
    assert len(run("validate", ".", "-q").stdout.splitlines()) == 1
    assert "文件  " not in run("validate", "1.yaml", "2.yaml", "3.yaml").stdout
