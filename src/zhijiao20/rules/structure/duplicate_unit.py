from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.display import quote
from zhijiao20.core.findings import Finding
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.unit_names import unit_key
from zhijiao20.core.wording import fold
from zhijiao20.rules.shared.passage import CrossUnitRule
from zhijiao20.rules.shared.unit_summary import Differ, UnitSummary

PAGE = """ZJ107 同一单位有两份文件。

同一单位的几个版本（“(1)”“副本”“终稿2”）放在一起时，程序不替人挑选，也从不以后一份为准，只说明它们在哪些任务上不同；
用 --use 文件写明算数的是哪一份，别的就不读进来。单位取自文件名、只差这样一个尾巴的，也算同一单位。
汇总出来的表和各单位自己的文件放在一起，各单位的文字就会计入两遍，同样是错误。

错（yaml）：
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金300万元。
    〔澄州市财政局(1).yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金350万元。
错（csv）：
    〔澄州理工学校.csv〕
    单位,编号,落实情况
    澄州理工学校,1.1,建立毕业标准。
    〔终稿2.csv〕
    单位,编号,落实情况
    澄州理工学校,1.1,建立毕业标准和学分制。
错（yaml）：
    〔青溪县教育局.yaml〕
    单位: 青溪县教育局
    任务:
      "1.1": 印发实施方案。
    〔青溪县.yaml〕
    单位: "青溪县　教育局"
    任务:
      "1.1": 印发实施方案。
错（csv）：
    〔石桥县职教中心.csv〕
    编号,落实情况
    1.1,建立毕业标准。
    〔石桥县职教中心 - 副本 (2).csv〕
    编号,落实情况
    1.1,建立毕业标准和学分制。
错（yaml）：
    〔汇总.yaml〕
    单位: 澄州市教育局
    任务:
      "1.1": |-
        【澄州市财政局】安排专项资金350万元。
        【澄州理工学校】建立毕业标准。
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金350万元。
    〔澄州理工学校.yaml〕
    单位: 澄州理工学校
    任务:
      "1.1": 建立毕业标准。
对（yaml）：
    〔澄州市财政局.yaml〕
    单位: 澄州市财政局
    任务:
      "1.1": 安排专项资金350万元。
对（csv）：
    〔澄州理工学校.csv〕
    单位,编号,落实情况
    澄州理工学校,1.1,建立毕业标准和学分制。
    〔石桥县职教中心.csv〕
    单位,编号,落实情况
    石桥县职教中心,1.1,建立毕业标准。
对（yaml）：
    〔青溪县教育局.yaml〕
    单位: 青溪县教育局
    任务:
      "1.1": 印发实施方案。
    〔石桥县教育局.yaml〕
    单位: 石桥县教育局
    任务:
      "1.1": 印发实施方案。

依据：一个单位一份填报（实务）。
"""

_MAX_TASKS = 20  # tasks that a message names
_MAX_NAMED = 10  # files or units that a message names
_MIN_LABELS = 2  # unit labels in a merged file; a single label may be a heading that the author wrote


def check_with(differ: Differ) -> CrossUnitRule:
    """Return the check; ``differ`` says in which tasks several files of a unit differ."""

    def check_units(units: Iterable[UnitSummary]) -> Iterator[Finding]:
        return check(units, differ)

    return check_units


def check(units: Iterable[UnitSummary], differ: Differ) -> Iterator[Finding]:
    """Report units with several files, and files merged from other files of the same run."""
    by_key: dict[str, list[UnitSummary]] = {}
    by_name: dict[str, UnitSummary] = {}
    for unit in units:
        by_key.setdefault(unit_key(unit.unit), []).append(unit)
        by_name.setdefault(fold(unit.unit), unit)
    for versions in by_key.values():
        if len(versions) > 1:
            yield _several_files_finding(versions, differ)
    for unit in (unit for versions in by_key.values() for unit in versions if len(unit.labels) >= _MIN_LABELS):
        parts = [by_name[label] for label in unit.labels if label in by_name and by_name[label] is not unit]
        if len(parts) >= _MIN_LABELS:
            yield _merged_file_finding(unit, parts)


def _several_files_finding(versions: Sequence[UnitSummary], differ: Differ) -> Finding:
    """Return the finding for a unit with several files."""
    second = versions[1]
    names = list(dict.fromkeys(unit.unit for unit in versions))
    count_text = "两" if len(versions) == 2 else f" {len(versions)} "
    files = _format_files([unit.file for unit in versions])
    message, hint = f"单位{quote(second.unit)}有{count_text}份文件：{files}", "改正其中一份的“单位”"
    if len({fold(name) for name in names}) > 1:
        message = f"{''.join(map(quote, names[:_MAX_NAMED]))}像是同一单位的{count_text.rstrip()}个版本：{files}"
        hint = "在各自的文件里写上单位全称"
    message += _difference(differ(versions))
    others = "另一份" if len(versions) == 2 else "其余的"
    hint = f"只留确认过的一份，把{others}移出来，或加 --use 文件；确是两个单位的，{hint}"
    return Finding(second.file, second.place, second.unit, None, RULES["ZJ107"], message, hint)


def _difference(tasks: Sequence[str] | None) -> str:
    """Return in words in which tasks the files of a unit differ; empty if it is not known."""
    if tasks is None:
        return ""
    if not tasks:
        return "（内容相同，留一份即可）"
    more = f" 等 {len(tasks)} 项" if len(tasks) > _MAX_TASKS else ""
    return f"（不同的任务：{'、'.join(tasks[:_MAX_TASKS])}{more}）"


def _merged_file_finding(unit: UnitSummary, parts: Sequence[UnitSummary]) -> Finding:
    """Return the finding for a file that was merged from other files of the run."""
    labels = "".join(f"【{part.unit}】" for part in parts[:_MAX_NAMED])
    files = _format_files([part.file for part in parts])
    message = f"这份文件像是汇总出来的：格内以{labels}开头，而它们自己的文件也在，会计入两遍：{files}"
    hint = "把汇总出来的文件移出文件夹；要报送的是它，就只留它"
    return Finding(unit.file, unit.place, unit.unit, None, RULES["ZJ107"], message, hint)


def _format_files(files: Sequence[str]) -> str:
    """Return a Chinese list of file names: all of them, or the first ten and the total number."""
    if len(files) > _MAX_NAMED:
        return "、".join(files[:_MAX_NAMED]) + f" 等 {len(files)} 份"
    return "、".join(files[:-1]) + f" 和 {files[-1]}"
