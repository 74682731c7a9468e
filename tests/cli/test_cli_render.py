"""render as a clerk uses it, on real files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from program import POSIX, run
from status_files import names_in, put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.system.discovery import official_form

pytestmark = pytest.mark.usefixtures("work_folder")


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
        assert (
            run("render", "单位", "-o", "单位/附表2.docx").stdout
            == f"已生成 {Path('单位', '附表2.docx')}（1 个单位）\n"
        )


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
