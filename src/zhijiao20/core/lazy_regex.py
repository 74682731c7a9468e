"""Regular expressions that are compiled when they are first used.  No I/O.

There are some four hundred, and to compile them takes longer than to review a file, which needs few of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, AnyStr, Generic, cast


class LazyPattern(Generic[AnyStr]):
    """Stands for a ``re.Pattern`` and has its methods; each of them is looked up once.

    Attributes:
        pattern: the source of the pattern.
        regex: the compiled pattern.
    """

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    regex = cached_property[re.Pattern[AnyStr]](lambda self: re.compile(self.pattern, self._flags))
    search = cached_property[Any](lambda self: self.regex.search)
    match = cached_property[Any](lambda self: self.regex.match)
    fullmatch = cached_property[Any](lambda self: self.regex.fullmatch)
    finditer = cached_property[Any](lambda self: self.regex.finditer)
    findall = cached_property[Any](lambda self: self.regex.findall)
    split = cached_property[Any](lambda self: self.regex.split)
    sub = cached_property[Any](lambda self: self.regex.sub)
    subn = cached_property[Any](lambda self: self.regex.subn)
    groups = cached_property[int](lambda self: self.regex.groups)
    groupindex = cached_property[Mapping[str, int]](lambda self: self.regex.groupindex)


def lazy_regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled when one of its methods is first used.

    A mistake in it is found only then; the tests use every pattern of the program.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))
