"""The command ``return``."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from status_files import put, sound
from typer.testing import CliRunner, Result

from zhijiao20.cli import app
from zhijiao20.cli.error_handler import FINDINGS, OK, USAGE
from zhijiao20.core.catalog import Catalog

pytestmark = pytest.mark.usefixtures("work_folder")


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["return", *arguments])


def test_each_unit_has_a_line(catalog: Catalog) -> None:
    """Exit 0, also where there is nothing to send back."""
    put("收件/甲.yaml", sound("甲局", catalog, {"2.1": "待补充"}))
    put("收件/乙.yaml", sound("乙局", catalog))
    put("收件/IMG_1.jpg", "x")
    done = run("收件", "--deadline", "2020年7月10日")
    assert done.exit_code == OK
    assert done.stdout.splitlines() == [
        "甲局：职教20条落实情况表已退回：需要改正1处，详见退回意见和标了批注的表，请于2020年7月10日前改好后重新报送。",
        "已写好 1 个单位的退回意见：退回，各单位一句话见其中的一览.xlsx",
    ]
    assert f"不知道是哪个单位的，没有写退回意见：{Path('收件/IMG_1.jpg')}" in done.stderr
    put("收件/甲.yaml", sound("甲局", catalog))
    again = run("收件")
    assert (again.exit_code, again.stdout) == (OK, "没有要退回的。\n")
    assert "删去了上次写的、这次不用退回的 2 个文件" in again.stderr


def test_changed_letter_is_told(catalog: Catalog) -> None:
    """It is not replaced."""
    put("收件/甲.yaml", sound("甲局", catalog, {"2.1": "待补充"}))
    run("收件")
    Path("退回/甲局/退回意见.docx").write_bytes(b"mine")
    assert f"没有覆盖 {Path('退回/甲局/退回意见.docx')}" in run("收件").stderr


@pytest.mark.minutes
def test_long_lists_are_cut(catalog: Catalog) -> None:
    """On the screen, not in the list of units."""
    for number in range(62):
        put(f"收件/{number}.yaml", sound(f"第{number}局", catalog, {"2.1": "待补充"}))
        put(f"收件/IMG_{number}.jpg", "x")
    done = run("收件")
    for number in range(62):
        Path(f"退回/第{number}局/退回意见.docx").write_bytes(b"mine")
    assert "……还有 2 个单位，见一览.xlsx" in done.stdout
    assert "……还有 2 个这样的文件" in done.stderr
    assert "……还有 2 个没有覆盖的文件" in run("收件").stderr


@pytest.mark.parametrize("value", ["明天", "2020-13-01", "2020-07", ""])
def test_deadline_is_a_date(value: str, catalog: Catalog) -> None:
    """Anything else is a mistake in use; nothing given leaves a blank."""
    put("收件/甲.yaml", sound("甲局", catalog))
    done = run("收件", "--deadline", value)
    assert done.exit_code == (USAGE if value else OK)
    assert ("应是日期" in done.stderr) is bool(value)


def test_output_is_a_folder(catalog: Catalog) -> None:
    """A file in its place is refused."""
    put("收件/甲.yaml", sound("甲局", catalog))
    put("退回", "x")
    done = run("收件")
    assert done.exit_code == USAGE
    assert "-o 应是文件夹" in done.stderr


def test_project_says_what_stands_in_every_letter(catalog: Catalog) -> None:
    """Roster, office, contact, telephone, period; a deadline that is past is left blank; who has not sent is reminded."""
    put(
        "zhijiao20.toml",
        'roster = "名册.csv"\ndeadline = 2020-07-10\npaths = ["收件"]\nunit = "澄州市教育局"\ncontact = "李老师"\n'
        'phone = "0000-1234567"\nperiod = "2020年上半年"\n',
    )
    put("名册.csv", "单位,联系人,电话\n甲局,赵某,0000-7654321\n乙局,钱某,0000-1111111\n丙局,,\n")
    put("收件/甲.yaml", sound("甲局", catalog, {"2.1": "待补充"}))
    put("收件/丙.yaml", sound("丙局", catalog))
    put("收件/丁.yaml", sound("丁局", catalog))
    done = run("--today", "2020-07-10", "--reminders")
    assert done.exit_code == OK
    assert done.stdout.splitlines() == [
        "甲局：职教20条落实情况表已退回：需要改正1处，详见退回意见和标了批注的表，请于2020年7月10日前改好后重新报送。",
        "乙局：还没有收到职教20条落实情况表，请于2020年7月10日前报送。",
        "已写好 2 个单位的退回意见：退回，各单位一句话见其中的一览.xlsx",
    ]
    assert "不知道是哪个单位的，没有写退回意见：收件/丁.yaml（填报文件，单位写的是“丁局”" in done.stderr.replace(
        "\\", "/"
    )
    assert "用了 zhijiao20.toml" in done.stderr
    said = _texts(Path("退回/甲局/退回意见.docx"))
    for words in ("联系人：李老师　　电话：0000-1234567", "2020年上半年", "澄州市教育局"):
        assert words in said
    assert not any(word in said for word in ("赵某", "0000-7654321", str(Path.cwd()), "收件"))
    assert "请尽快报送" in run("--today", "2020-07-11", "--reminders").stdout
    assert "　　月　　日前" in _texts(Path("退回/乙局/退回意见.docx"))


def _texts(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_reminders_need_a_roster(catalog: Catalog) -> None:
    """Nobody else knows who should have sent."""
    put("收件/甲.yaml", sound("甲局", catalog))
    done = run("收件", "--reminders")
    assert done.exit_code == USAGE
    assert "--reminders 要有名册" in done.stderr


def test_roster_with_errors_stops_the_command(catalog: Catalog) -> None:
    """Nothing is written: units would be missed."""
    put("收件/甲.yaml", sound("甲局", catalog, {"2.1": "待补充"}))
    put("名册.csv", "单位\n甲局\n甲局\n")
    done = run("收件", "--roster", "名册.csv")
    assert done.exit_code == FINDINGS
    assert "ZJ702" in done.stderr
    assert not Path("退回").exists()
