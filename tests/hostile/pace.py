"""How fast this machine computes at the moment: a fixed loop, in processor time, against what it took on another one.

Processor time does not pass while others have the processor, but it still grows where they share its caches and its
power.  A bound in seconds therefore holds for the machine on which it was set, and is wider on a slower or busier one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import cache

REFERENCE = 0.03
"""Seconds that the loop takes where the ten seconds of docs/safety.md were set, with nothing else to do."""

_LOOPS, _HICCUPS = 12, 2


def loop_seconds() -> float:
    """Processor time of one loop: characters put together, looked through, counted and encoded, as the program does."""
    begin = time.process_time()
    text = "".join(f"{number}第{number % 97}项任务，" for number in range(40_000))
    counts: dict[str, int] = {}
    for word in sorted(re.findall("[0-9]+项", text)):
        counts[word] = counts.get(word, 0) + 1
    text.encode()
    return time.process_time() - begin


def slowness() -> float:
    """How many times slower than there this machine is just now, at its slowest but for hiccups; 1 on a faster one."""
    return max(1.0, sorted(loop_seconds() for _ in range(_LOOPS))[-1 - _HICCUPS] / REFERENCE)


@cache
def first_slowness() -> float:
    """The same, when the tests began."""
    return slowness()


PARTS = 4
"""Into how many texts a text is divided, to see whether it takes longer than they do."""

_SQUARE = 2  # times: 1 where the work grows with the length, 4 where it grows with its square


def takes_the_square(seconds: Callable[[int, int], float], length: int, worth: float) -> bool:
    """Whether one text takes longer than as much text in parts, of several tries the best, as others use the machine.

    Args:
        seconds: the processor time for texts of a length, so many times.
        length: the length of the whole text.
        worth: the seconds up to which no text takes too long.
    """
    for tries in (1, 3, 9):  # a doubt costs more of them
        whole = min(seconds(length, 1) for _ in range(tries))
        if whole <= worth:
            return False
        if tries > 1 and whole <= _SQUARE * min(seconds(length // PARTS, PARTS) for _ in range(tries)):
            return False
    return True
