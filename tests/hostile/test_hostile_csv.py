"""CSV from a stranger: whatever it holds, an answer with a place, in bounded time and memory."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest
from attack import MIB, PEAK, POSIX, Case, answered, answered_in_bounds, ids, run

from zhijiao20.system.discovery import load_catalog

HEAD = "单位,编号,部分,条目,任务,进展,落实情况,佐证\r\n"
ROW = "甲,1.1,,,,,"

MARKS = "\u0315\u0300" * 200_000


def long_text(unit: int) -> str:
    """A text of 2,880 characters that no other unit has."""
    order = Random(unit)
    return "".join(order.choices("abcdefghijklmnopqrstuvwxyz", k=2880))


CASES = [
    Case("rows", "一百万行", lambda: HEAD + f"{ROW}x,\r\n" * 1_000_000, "ZJ001", "超过 100 万格", big=True),
    Case("rows-empty", "一百万行空行", lambda: HEAD + ",,,,,,,\r\n" * 1_000_000, "ZJ118", "没有一行填报内容", big=True),
    Case("lines-blank", "三千万个换行", lambda: HEAD + "\r\n" * (30 * MIB), "ZJ001", "超过 200 万行", big=True),
    Case("commas", "六千万个逗号", lambda: HEAD + "," * (60 * MIB), "ZJ001", "分隔符超过 20 万个", big=True),
    Case("commas-quoted", "两千万个空的带引号的格", lambda: HEAD + '"",' * (20 * MIB), "ZJ001", "分隔符超过 20 万个", big=True),
    Case("semicolons", "六千万个分号", lambda: ";" * (60 * MIB), "ZJ001", "分隔符超过 20 万个", big=True),
    Case("columns", "一行一千格，一万行", lambda: HEAD + ("x," * 1000 + "\r\n") * 10_000, "ZJ001", "超过 100 万格", big=True),
    Case("header-wide", "十九万个列名", lambda: ",".join(["编号", "落实情况", *(f"c{number}" for number in range(190_000))]) + "\r\n1.1,x\r\n", "ZJ110", "未采用不认识的列", big=True),
    Case("header-nameless", "两万列没有列名，四万行", lambda: f"单位,编号,落实情况{',' * 20_000}\r\n" + "甲,1.1,x\r\n" * 40_000, "ZJ001", "问题超过 2 万条", big=True),
    Case("units", "一份文件十万个单位", lambda: HEAD + "".join(f"单位{number},1.1,,,,,x,\r\n" for number in range(100_000)), "ZJ001", "超过 500 个的上限", big=True),
    Case("cell-60m", "一格 60 MiB 的文字", lambda: f"{HEAD}{ROW}{'字' * (20 * MIB)},\r\n", "ZJ001", "这段文字有", big=True),
    Case("cell-lines", "一格里六千万个引号", lambda: f'{HEAD}{ROW}"{chr(34) * 2 * (30 * MIB)}",\r\n', "ZJ001", "这段文字有", big=True),
    Case("cell-200k", "一格二十万字", lambda: f"{HEAD}{ROW}{'字' * 200_000},\r\n", ""),
    Case("cell-commas", "一格里二十万个逗号", lambda: f'{HEAD}{ROW}"{"字," * 190_000}",\r\n', ""),
    Case("quotes-wide", "一千格各有一千个变成四个的引号", lambda: HEAD + "".join(f"单位{unit},{task},,,,,a{'⁗' * 997}a,\r\n" for unit in range(12) for task in load_catalog().tasks), "", big=True),
    Case("other-schools", "一格里四万段都以别的学校开头", lambda: HEAD + "甲学校,1.1,,,,,\"" + "丙学校\n" * 40_000 + "\",\r\n乙学校,1.1,,,,,x,\r\n", "", big=True),
    Case("evidence", "一格二十四万条佐证", lambda: f"{HEAD}{ROW}x,{'；a' * 240_000}\r\n", "ZJ104", "佐证太多", big=True),
    Case("quote-open", "一个没有配对的引号，直到文件结尾", lambda: f'{HEAD}{ROW}"' + "字,\n" * 1_999_000, "ZJ004", "没有配对", big=True),
    Case("same-id", "同一编号写十二万遍", lambda: HEAD + "甲,1.1,,,,,x,\r\n" * 120_000, "ZJ001", "问题超过 2 万条", big=True),
    Case("periods", "二十万个不同的报告期", lambda: "单位,报告期,编号,落实情况\r\n" + "".join(f"甲,p{number},1.1,x\r\n" for number in range(200_000)), "ZJ001", "问题超过 2 万条", big=True),
    Case("wording", "任务一列是四十八万字的乱文", lambda: f"{HEAD}甲,1.1,,,{'严把教学标准' * 80_000},,x,\r\n", "ZJ108", "官方表述被改动", big=True),
    Case("wording-slow", "任务一列的每个字写一千遍", lambda: HEAD + "".join(f'甲,{task.id},,,"{"".join(char * 1000 for char in task.text)}",,x,\r\n' for task in load_catalog().tasks.values()), "ZJ108", "官方表述被改动", big=True),
    Case("wording-many", "任务一列改动两万处", lambda: HEAD + "".join(f"甲,1.1,,,严把教学标准和毕业学生质量标准{number},,x,\r\n" for number in range(120_000)), "ZJ001", "问题超过 2 万条", big=True),
    Case("wording-ligatures", "任务一列有五十格，每格四十万个变成十八个字的 ﷺ", lambda: HEAD + "".join(f"甲,{task},,,{number}{'ﷺ' * 400_000},,x,\r\n" for number, task in enumerate(load_catalog().tasks) if number < 50), "ZJ108", "官方表述被改动", big=True),
    Case("marks", "编号、单位、任务和文字里四十万个次序颠倒的附加符号", lambda: HEAD + "".join(f"{row}\r\n" for row in (f"甲,1.1{MARKS},,,,,x,", f"{MARKS},1.2,,,,,x,", f"甲,1.3,,,{MARKS},,x,", f"甲,1.4,,,,,{MARKS},", f"甲,1.5,,,,,x,{MARKS}")), "ZJ106", "单位有 400000 个字", big=True),
    Case("ids-long", "十万位数字的编号", lambda: HEAD + "".join(f"甲,{'1' * 100_000},,,,,x,\r\n" for _ in range(300)), "ZJ101", "没有编号为", big=True),
    Case("question-marks", "GBK 里四十九万个问号", lambda: f"{HEAD}{ROW}{'?' * 490_000},\r\n".encode("gbk"), "ZJ007", "可能是保存时丢失的字", big=True),
    Case("bad-bytes", "四千万个坏字节", lambda: HEAD.encode() + b"\xff\xfe\xff\xfe" * (10 * MIB), "ZJ003", "不是完整的", big=True),
    Case("carriage-returns", "六千万个回车", lambda: HEAD + "\r" * (60 * MIB), "ZJ001", "超过 200 万行", big=True),
    Case("tabs", "六千万个制表符", lambda: "\t" * (60 * MIB), "ZJ001", "", big=True),
    Case("utf-7", "UTF-7", lambda: "单位,编号,落实情况\r\n+AGEAYg-,1.1,x".encode("utf-7"), "ZJ115", "缺少列"),
    Case("utf-32", "UTF-32", lambda: f"\ufeff{HEAD}".encode("utf-32-le"), "ZJ115", "缺少列"),
    Case("utf-16-odd", "UTF-16 里单独的代理项", lambda: f"\ufeff{HEAD}".encode("utf-16-le") + b"\x00\xd8a\x00", "ZJ003", "不是完整的"),
    Case("nul", "空字节", lambda: f"{HEAD}{ROW}a\0b,\r\n", "ZJ003", "空字节"),
    Case("control", "单位里的终端控制序列", lambda: f"{HEAD}甲\x1b[31m,1.1,,,,,x,\r\n", "ZJ106", "甲\\x1b[31m"),
    Case("control-id", "编号里的终端控制序列和标记", lambda: f"{HEAD}甲,[red]1.1\x1b]0;x\x07,,,,,x,\r\n", "ZJ101", "[red]1.1\\x1b]0;x\\x07"),
    Case("control-text", "文字里的终端控制序列和标记", lambda: f"{HEAD}{ROW}[red]做了[/]\x1b[2J[link=http://x]看[/link],\r\n", "ZJ006", "\\x1b"),
    Case("control-progress", "进展里的标记", lambda: f"{HEAD}甲,1.1,,,,[/]完成\x9b31m,x,\r\n", "ZJ105", "[/]完成\\x9b31m"),
    Case("unit-long", "二十万字的单位", lambda: f"{HEAD}{'甲' * 200_000},1.1,,,,,x,\r\n", "ZJ106", "单位有 200000 个字"),
]  # fmt: skip


@POSIX
@pytest.mark.minutes
@pytest.mark.parametrize("case", [case for case in CASES if case.big], ids=ids)
def test_a_big_file_is_answered_in_bounds(case: Case, tmp_path: Path) -> None:
    """Less than 500 MB and ten seconds, and the file beside it is read all the same."""
    answered_in_bounds(case, "csv", tmp_path)


@pytest.mark.parametrize("case", [case for case in CASES if not case.big], ids=ids)
def test_a_hostile_file_is_answered(case: Case, tmp_path: Path) -> None:
    """By a rule, with a place and a remedy; nothing in it runs, nothing of it acts on the screen."""
    answered(case, "csv", tmp_path)


@POSIX
@pytest.mark.minutes
def test_as_much_text_as_there_may_be_is_compared_in_bounds(tmp_path: Path) -> None:
    """Texts of nine million characters that are held once and not as often as there are hands they go through."""
    tasks = list(islice(load_catalog().tasks, 6))
    rows = (f"单位{unit},{task},{long_text(unit)}\n" for unit in range(500) for task in tasks)
    (tmp_path / "甲.csv").write_text("单位,编号,落实情况\n" + "".join(rows), encoding="utf-8")
    done = run("validate", "甲.csv", "--select", "ZJ601", cwd=tmp_path)
    assert (done.code, done.peak < PEAK, done.in_time) == (0, True, True), (done.peak, done.seconds)
