"""ZJ107 同一单位有两份文件。

同一单位的几个版本（“(1)”“副本”“终稿2”）放在一起时，程序不替人挑选：从不以后一份为准。

错：澄州市财政局.yaml 和 澄州市财政局(1).yaml 都写“单位: 澄州市财政局”。
对：只留确认过的一份，另一份移出文件夹。

依据：一个单位一份填报（实务）。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijiao20.findings import RULES, Finding
from zhijiao20.intake.wording import fold
from zhijiao20.rules.across import Seen


def check(units: Iterable[Seen]) -> Iterator[Finding]:
    """Report every unit that was met in an earlier file; white space and width make no other unit."""
    first: dict[str, Seen] = {}
    for unit in units:
        earlier = first.setdefault(fold(unit.unit), unit)
        if earlier is not unit:
            yield Finding(
                unit.file,
                unit.place,
                unit.unit,
                None,
                RULES["ZJ107"],
                f"单位“{unit.unit}”有两份文件：{earlier.file} 和 {unit.file}",
                "只留确认过的一份，把另一份移出来；确是两个单位的，改正其中一份的“单位”",
            )
