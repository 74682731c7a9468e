"""Tries every pattern of the program on texts made to take time in the square of their length; prints the slow ones.

Run by test_hostile_patterns.py in a process of its own with a bound on its computing: 10,000 characters take a pattern
that goes over them once a few milliseconds, and one that starts anew at each of them minutes.  Slow is what takes 16
times as long for four times the text; only what takes worth mentioning is tried again on a shorter one.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import pkgutil
import re
import sys
import time

from pace import loop_seconds, slowness, takes_the_square

import zhijiao20
from zhijiao20.core.lazy_regex import LazyPattern

LENGTH = 10_000
WORTH_A_LOOK = 1  # loop of pace.py: ten times what one pass takes, and a small part of what the square takes
MOST_COMPUTING = 300  # seconds of processor time for all of it, which takes twenty
PIECES = (
    *"1a一教（(：:，。 \t\u3000\n《“_＿×X-./@%|#\\'\"[{〔亿第年月日人、?？Z\u200b",
    "1.", "1、", "1年", "1%", "a@", "a.", "a-", "一、", "（一）", "10-", "10～", "2019年", "〔2019〕", "www.", "http://a", "今年", "填 报 单 位 ",
    "填报单位（", " 填报单位：", "  aa：", "_x0000", "00.", "<row ", "1,000", "1.1万", "参加1人、", "其中", "增长1", "——", "'x' (", "No such command '",
)  # fmt: skip


def patterns() -> dict[str, tuple[re.Pattern[str], set[str]]]:
    """Every pattern that a module holds, with the methods by which the module uses it."""
    found: dict[str, tuple[re.Pattern[str], set[str]]] = {}
    for info in pkgutil.walk_packages(zhijiao20.__path__, "zhijiao20."):
        module = importlib.import_module(info.name)
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            for index, pattern in enumerate(_inside(value)):
                used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\b", source)) & {"match", "fullmatch"}
                others = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\b", source)) - {"match", "fullmatch"}
                found[f"{info.name}.{name}[{index}]"] = (pattern, used if used and not others else {"search", *used})
    return found


def _inside(value: object, depth: int = 0) -> list[re.Pattern[str]]:
    if isinstance(value, LazyPattern):
        value = value.regex
    if isinstance(value, re.Pattern):
        return [value] if isinstance(value.pattern, str) else []
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list | tuple | set | frozenset) and depth < 3:
        return [pattern for item in value for pattern in _inside(item, depth + 1)]
    return []


def tried(pattern: re.Pattern[str], methods: set[str], text: str) -> None:
    """Use the pattern on a text."""
    for method in methods:
        if method == "search":
            for _ in pattern.finditer(text):
                pass
        else:
            getattr(pattern, method)(text)


def is_slow(pattern: re.Pattern[str], methods: set[str], piece: str, end: str, loop: float) -> bool:
    """Whether its time grows faster than the length."""

    def seconds(length: int, times: int) -> float:
        text = piece * (length // len(piece)) + end
        begin = time.process_time()
        for _ in range(times):
            tried(pattern, methods, text)
        return time.process_time() - begin

    return takes_the_square(seconds, LENGTH, WORTH_A_LOOK * loop)


def bound_computing(seconds: int) -> None:
    """Let the system end this process when it has computed for so long."""
    with contextlib.suppress(ImportError):  # Windows has no such bound
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def main() -> None:
    """Print each slow pattern with the text that it is slow on."""
    sys.setrecursionlimit(10_000)
    loop = min(loop_seconds() for _ in range(5))
    bound_computing(int(MOST_COMPUTING * slowness()))
    for name, (pattern, methods) in patterns().items():
        sys.stderr.write(f"{name}\n")  # the last one told is the one that never came to an end
        for piece in PIECES:
            for end in ("", "!"):
                if is_slow(pattern, methods, piece, end, loop):
                    sys.stdout.write(f"{name}: {piece!r}\n")
                    break
    sys.stdout.write("all tried\n")


main()
