"""Hide line breaks that people do not see from the YAML parser."""

from __future__ import annotations

import re
from typing import Any

from zhijiao20.core.findings import Place
from zhijiao20.formats.format_error import FormatError

BREAKS = "\x85\u2028\u2029"
"""YAML 1.1 breaks a line at each of them."""


class HiddenBreaks:
    """Hide U+0085, U+2028 and U+2029 from the YAML parser, which would break or fold a line at each.

    They pass the parser as private characters that the text does not use.  Inside quotes they are restored; anywhere
    else they are an error, as any other YAML reader would break the line there.
    """

    def __init__(self, text: str) -> None:
        self.original = text
        self.kept: list[tuple[int, int]] = []
        free = (chr(code) for code in range(0x10FF00, 0x10FFFE) if chr(code) not in text)
        self.back = {ord(stand_in): char for stand_in, char in zip(free, BREAKS, strict=False)}
        self.text = text.translate({ord(char): code for code, char in self.back.items()})

    def restore(self, text: str, event: Any) -> str:  # noqa: ANN401 - PyYAML types the marks as optional
        """Return the scalar's own text."""
        if event.style in {"'", '"'}:
            self.kept.append((event.start_mark.index, event.end_mark.index))
            return text.translate(self.back)
        return text

    def check(self) -> None:
        """Raise ``FormatError`` for a hidden line break outside quotes."""
        kept = iter(self.kept)  # in the order of the text, as the breaks are
        begin = end = 0
        for match in re.finditer(f"[{BREAKS}]", self.original):
            at = match.start()
            while end <= at and (stretch := next(kept, None)) is not None:
                begin, end = stretch
            if not begin <= at < end:
                start = self.original.rfind("\n", 0, at) + 1
                raise FormatError(
                    "ZJ004",
                    f"这里有看不见的换行符 U+{ord(match[0]):04X}，YAML 会在此断行",
                    "删去它，或把整段文字用半角双引号括起来",
                    Place(self.original.count("\n", 0, at) + 1, at - start + 1),
                )
