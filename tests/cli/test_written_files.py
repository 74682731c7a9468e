"""What the program wrote, and the files of the last round, are no input; both are told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from program import run
from status_files import put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.system.user_cache import user_cache
from zhijiao20.system.windows import comparable
from zhijiao20.system.written import is_as_written, remember_written, written_files

pytestmark = pytest.mark.usefixtures("work_folder")
TOLD = "程序自己写的、上期的不算填报文件，没有读 {} 个：{}"


def units(*args: str) -> list[str]:
    found = json.loads(run("validate", *args, "--output-format", "json").stdout)
    return sorted(unit["unit"] for unit in found["units"])


def test_what_the_program_wrote_into_the_inbox_is_passed_over(catalog: Catalog) -> None:
    """The table, its PDF aside, the workbook and the annotated form, in later runs of every command."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("收件/乙局.yaml", sound("乙局", catalog))
    assert run("render", "收件", "-o", "收件/附表2.docx").exit_code == 0
    assert run("collect", "收件", "-o", "收件/情况.xlsx").exit_code == 0
    run("validate", "收件", "--annotate", "收件/批注.docx")
    assert units("收件") == ["乙局", "甲局"]
    told = TOLD.format(3, "情况.xlsx、批注.docx、附表2.docx")
    for args in (["validate", "收件"], ["validate", "-q", "收件"], ["collect", "收件"]):
        result = run(*args)
        assert result.exit_code == 0
        assert told in result.stdout.replace("\n", "")
    again = run("render", "-q", "收件", "-o", "收件/附表2.docx")
    assert again.exit_code == 0
    assert TOLD.format(2, "情况.xlsx、批注.docx") in again.stdout
    assert run("validate", "收件/附表2.docx").stdout != run("validate", "收件").stdout, "named itself, it is read"


def test_other_formats_and_an_inbox_without_anything_else_tell_it_too(catalog: Catalog) -> None:
    """On standard error, where standard output is for programs; convert says it also where all is well."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    told = TOLD.format(1, "附表2.docx")
    run("render", "收件", "-o", "收件/附表2.docx")
    for args in (
        ["validate", "收件", "--output-format", "json"],
        ["collect", "收件", "--remind"],
        ["convert", "收件", "-o", "全部.csv"],
    ):
        assert told in run(*args).stderr.replace("\n", ""), args
    Path("收件/甲局.yaml").unlink()
    result = run("validate", "收件")
    assert result.exit_code == 2
    assert told in result.stderr.replace("\n", "")


def test_what_was_changed_or_moved_is_an_ordinary_file(catalog: Catalog) -> None:
    """A city's table that is handed up is input there; a unit's file under the old name is not lost."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    run("render", "收件", "-o", "收件/附表2.docx", "--unit", "甲局")
    put("上级/收件/甲局.docx", Path("收件/附表2.docx").read_bytes())
    assert units("上级") == ["甲局"]
    put("收件/乙局.yaml", sound("乙局", catalog))
    run("render", "收件/乙局.yaml", "-o", "乙.docx", "--unit", "乙局")
    Path("收件/乙局.yaml").unlink()
    Path("收件/附表2.docx").write_bytes(Path("乙.docx").read_bytes())
    assert units("收件") == ["乙局", "甲局"]


def test_the_last_round_is_no_input_unless_it_is_named(catalog: Catalog) -> None:
    """A folder or a file that the key previous names."""
    put("本期/甲局.yaml", sound("甲局", catalog))
    put("去年/甲局.yaml", sound("甲局", catalog))
    for previous, name in (("去年", "去年"), ("去年/甲局.yaml", "甲局.yaml")):
        put("zhijiao20.toml", f'previous = "{previous}"\n')
        result = run("validate", ".")
        assert result.exit_code == 0
        assert TOLD.format(1, name) in result.stdout.replace("\n", "")
        assert "合格    甲局" in run("collect", ".").stdout
        assert units("去年/甲局.yaml") == ["甲局"]
    put("zhijiao20.toml", 'previous = "去年"\n')
    assert units("去年") == ["甲局"]


def test_tables_that_are_handed_up_stay_input(catalog: Catalog) -> None:
    """Merging in two steps on one computer: only where their sources are read too are they passed over."""
    for city in ("甲市", "乙市"):
        put(f"学校/{city}/{city}一校.yaml", sound(f"{city}一校", catalog))
        assert run("render", f"学校/{city}", "-o", f"{city}.docx", "--unit", f"{city}教育局").exit_code == 0
        put(f"各市/{city}.docx", Path(f"{city}.docx").read_bytes())
        assert run("render", f"学校/{city}", "-o", f"各市/{city}.docx", "--unit", f"{city}教育局").exit_code == 0
    assert units("各市") == ["乙市教育局", "甲市教育局"]
    assert units(".") == ["乙市一校", "甲市一校"]


def test_the_list_of_what_was_written_is_forgiving(tmp_path: Path) -> None:
    """It may be damaged, gone, or have no place; a name with a line end is not in it."""
    file, here = put("附表2.docx", b"x"), comparable("")
    remember_written(file, [Path()], None)
    assert written_files(None) == {}
    folder = tmp_path / "cache"
    remember_written(Path("没有.docx"), [Path()], folder)
    remember_written(file, [Path("a\tb")], folder)
    assert written_files(folder) == {}
    remember_written(file, [Path()], folder)
    assert is_as_written("附表2.docx", here, written_files(folder))
    file.write_bytes(b"y")
    assert not is_as_written("附表2.docx", here, written_files(folder))
    file.unlink()
    assert not is_as_written("附表2.docx", here, written_files(folder))
    assert not is_as_written("别的.docx", here, written_files(folder))
    (folder / "written").write_bytes(b"\xff\xfe")
    assert written_files(folder) == {}
    (folder / "written").write_bytes(b"x" * 1_100_000)
    remember_written(put("表.docx", b"z"), [Path()], folder)
    assert len((folder / "written").read_bytes()) < 1000


def test_a_lost_list_leaves_the_check_of_merged_tables(catalog: Catalog) -> None:
    """On another computer the table is still noticed, as an error."""
    put("收件/甲局.yaml", sound("甲局", catalog))
    put("收件/乙局.yaml", sound("乙局", catalog))
    run("render", "收件", "-o", "收件/附表2.docx", "--unit", "某市教育局")
    folder = user_cache()
    assert folder is not None
    shutil.rmtree(folder)
    result = run("validate", "收件")
    assert result.exit_code == 1
    assert "ZJ107" in result.stdout
