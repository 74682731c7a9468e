"""YAML from a stranger: whatever it holds, an answer with a place, in bounded time and memory."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest
from attack import MIB, POSIX, Case, answered, answered_in_bounds, ids

from zhijiao20.system.discovery import load_catalog

HEAD = '单位: 甲\n任务:\n  "1.1": '


def copy(task: str) -> str:
    """A text of which a fifth stands in others too, and the rest of two characters in an order of its own."""
    order = Random(task)
    return "天地玄黄宇宙洪荒日月盈昃辰宿列张" * 13 + "，" + "".join(order.choice("甲乙") for _ in range(780))


def tag_lines() -> str:
    return "".join(f"%TAG !{number:x}! a\n" for number in range(80_000))


EVIDENCE = HEAD + "\n    佐证:\n"

CASES = [
    Case("tag", "YAML 标签 `!!python/object/apply:os.system`", lambda: "!!python/object/apply:os.system ['id']\n", "ZJ004", "不支持标签"),
    Case("tag-name", "YAML 标签 `!!python/name:`", lambda: "单位: !!python/name:os.system x\n", "ZJ004", "不支持标签"),
    Case("tag-directive", "用 `%TAG` 改了名的标签", lambda: "%TAG ! tag:yaml.org,2002:python/\n---\n!object/new:os.x a\n", "ZJ004", "不支持标签"),
    Case("tag-lines", "八万行 `%TAG`，每行与其余各行比较", lambda: tag_lines() + "---\n单位: 甲\n任务: {}\n", "ZJ004", "不支持标签", big=True),
    Case("tag-lines-behind", "第二份文档前的八万行 `%TAG`", lambda: f"单位: 甲\n任务: {{}}\n...\n{tag_lines()}---\n", "ZJ004", "不支持标签", big=True),
    Case("alias-bomb", "YAML 引用炸弹（一引十、十引百）", lambda: "a: &a [x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a},*{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)), "ZJ004", "不支持引用整段内容"),
    Case("alias-itself", "引用自己", lambda: "单位: &a [*a]\n", "ZJ004", "引用的内容不存在"),
    Case("alias-text", "一段长文字引用二十万遍", lambda: f"{EVIDENCE}      - &a {'字' * 100_000}\n" + "      - *a\n" * 199_000, "ZJ001", "超过 5000 万字", big=True),
    Case("merge", "合并键 `<<`", lambda: "<<: {a: b}\n", "ZJ004", "不支持合并键"),
    Case("flow-deep", "方括号嵌套十万层", lambda: HEAD + "[" * 100_000, "ZJ004", "", big=True),
    Case("flow-deep-map", "花括号嵌套五万层", lambda: HEAD + "{a: " * 50_000, "ZJ004", "嵌套超过 16 层", big=True),
    Case("block-deep", "缩进嵌套三千层", lambda: "\n".join(" " * depth + "a:" for depth in range(3000)), "ZJ004", "嵌套超过 16 层", big=True),
    Case("list-deep", "列表嵌套十万层", lambda: "- " * 100_000, "ZJ004", "嵌套超过 16 层", big=True),
    Case("key-deep", "键里再套键五万层", lambda: "? " * 50_000, "ZJ004", "嵌套超过 16 层", big=True),
    Case("plain-60m", "一段 60 MiB 的文字", lambda: HEAD + "a" * (60 * MIB), "ZJ001", "超过 50 万字的上限", big=True),
    Case("quoted-60m", "引号里一段 60 MiB 的文字", lambda: f'{HEAD}"{"a" * (60 * MIB)}"', "ZJ001", "超过 50 万字的上限", big=True),
    Case("colons", "两千万个全角冒号", lambda: HEAD + "：" * (20 * MIB), "ZJ001", "超过 50 万字的上限", big=True),
    Case("escapes", "一千万个转义的控制字符", lambda: f'{HEAD}"' + "\\x07" * (10 * MIB) + '"', "ZJ001", "超过 50 万字的上限", big=True),
    Case("unit-3m", "一个单位的落实情况有三百多万字", lambda: "单位: 甲\n任务:\n" + "".join(f'  "{task}": {"教" * 450_000}\n' for task in islice(load_catalog().tasks, 7)), "ZJ001", "超过 300 万字的上限", big=True),
    Case("copies", "八十七项任务各一千字，相同一小段，其余只有两种字", lambda: "单位: 甲\n任务:\n" + "".join(f'  "{task}": {copy(task)}\n' for task in load_catalog().tasks), "", big=True),
    Case("half-a-million", "正好五十万字的一段", lambda: HEAD + "教" * 500_000, "", big=True),
    Case("lines", "三千万行空行", lambda: "\n" * (60 * MIB), "ZJ001", "超过 200 万行", big=True),
    Case("comments", "一千五百万行注释", lambda: "# a\n" * (15 * MIB), "ZJ001", "超过 200 万行", big=True),
    Case("block-lines", "一千万行的一段", lambda: HEAD + "|-\n" + "    a\n" * (9 * MIB), "ZJ001", "超过 200 万行", big=True),
    Case("spaces", "60 MiB 空格", lambda: " " * (60 * MIB), "ZJ104", "文件是空的", big=True),
    Case("entries", "二十万项任务", lambda: "单位: 甲\n任务:\n" + "".join(f'  "{number}.1": x\n' for number in range(200_000)), "ZJ001", "超过 20 万处", big=True),
    Case("entries-half", "九万九千项不存在的任务", lambda: "单位: 甲\n任务:\n" + "".join(f'  "{number}.1": x\n' for number in range(30, 99_000)), "ZJ001", "问题超过 2 万条", big=True),
    Case("same-key", "同一编号写十万遍", lambda: "单位: 甲\n任务:\n" + '  "1.1": x\n' * 99_000, "ZJ001", "问题超过 2 万条", big=True),
    Case("fields", "五万个不认识的字段", lambda: "单位: 甲\n" + "".join(f"k{number}: x\n" for number in range(49_000)), "ZJ001", "问题超过 2 万条", big=True),
    Case("evidence", "十九万条佐证", lambda: EVIDENCE + "      - a\n" * 190_000, "", big=True),
    Case("flow-line", "一行里五万条佐证", lambda: f"{EVIDENCE.rstrip()} [{','.join(['a' * 100] * 50_000)}]\n", "", big=True),
    Case("anchors", "一百万个锚点", lambda: EVIDENCE + "".join(f"      - &a{number} x\n" for number in range(1_000_000)), "ZJ001", "超过 20 万处", big=True),
    Case("hash", "十九万处会被当作注释的文字", lambda: EVIDENCE + "      - a # b\n" * 190_000, "ZJ001", "问题超过 2 万条", big=True),
    Case("hidden-breaks", "九万处隐形换行", lambda: "单位: 甲\n任务:\n" + '  "1.1": "x\u2028"\n' * 90_000 + "  a: b\u2028c\n", "ZJ004", "看不见的换行符 U+2028", big=True),
    Case("huge-key", "一千万字的键", lambda: "? " + "a" * (10 * MIB) + "\n: b", "ZJ001", "超过 50 万字的上限", big=True),
    Case("quotes", "两千万个双引号", lambda: '"' * (20 * MIB), "ZJ004", "", big=True),
    Case("one-line", "两千万个冒号不换行", lambda: "a:" * (10 * MIB), "ZJ001", "超过 50 万字的上限", big=True),
    Case("documents", "一百万份文档", lambda: "---\n" * MIB, "ZJ004", "第二个“---”", big=True),
    Case("nul-byte", "空字节", lambda: b"\xe5\x8d\x95\xe4\xbd\x8d: a\0b\n", "ZJ003", "空字节"),
    Case("nul-escape", "转义写的空字节和终端控制序列", lambda: HEAD + r'"\0 \x1b[31m"', "ZJ006", "\\x00、\\x1b"),
    Case("control", "终端控制序列", lambda: "单位: \x1b[31m甲\n", "ZJ004", "控制字符 \\x1b"),
    Case("surrogate", "单独的代理项", lambda: HEAD + '"a\ud800"', "ZJ003", "不是完整的"),
    Case("surrogate-escape", "转义写的代理项", lambda: HEAD + r'"\ud800"', "ZJ004", ""),
    Case("utf-16-odd", "少半个字符的 UTF-16", lambda: b"\xff\xfe" + "单位: 甲".encode("utf-16-le") + b"\x00", "ZJ003", "不是完整的"),
    Case("utf-16-surrogate", "UTF-16 里单独的代理项", lambda: b"\xff\xfe\x00\xd8a\x00", "ZJ003", "不是完整的"),
    Case("utf-32", "UTF-32", lambda: "\ufeff单位: 甲".encode("utf-32-le"), "ZJ004", "控制字符"),
    Case("unit-escapes", "单位里的终端控制序列和标记", lambda: '单位: "[red]\\e[31m甲[/]"\n任务: {}\n', "ZJ106", "\\x1b[31m甲"),
    Case("unit-copies", "单位里三十三个“副本⑴”", lambda: f"单位: {'副本⑴' * 33}x\n任务: {{}}\n", "", big=True),
    Case("unit-long", "二十万字的单位", lambda: f"单位: {'甲' * 200_000}\n任务: {{}}\n", "ZJ106", "单位有 200000 个字"),
]  # fmt: skip


@POSIX
@pytest.mark.minutes
@pytest.mark.parametrize("case", [case for case in CASES if case.big], ids=ids)
def test_a_big_file_is_answered_in_bounds(case: Case, tmp_path: Path) -> None:
    """Less than 500 MB and ten seconds, and the file beside it is read all the same."""
    answered_in_bounds(case, "yaml", tmp_path)


@pytest.mark.parametrize("case", [case for case in CASES if not case.big], ids=ids)
def test_a_hostile_file_is_answered(case: Case, tmp_path: Path) -> None:
    """By a rule, with a place and a remedy; nothing in it runs, nothing of it acts on the screen."""
    answered(case, "yaml", tmp_path)
