from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from zhijiao20.core.findings import Finding, Place
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.rule_table import RULES
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.rules.shared.unit_summary import ParagraphStart, UnitSummary

PAGE = """ZJ602 写的是别的单位。

从别的单位抄来的文字，常常忘了换单位名称。这里只说最明显的：一段文字开头的主语是这一次汇总里的另一个单位，
与本单位同类（同是学校，或同是县教育局），整段又没有提到本单位，也不是发文、牵头、帮扶、合作之类本来就要写别人的事。

错：【青溪县教育局】石桥县教育局2019年新增专任教师46人，其中专业课教师29人。↵【石桥县教育局】2019年招聘专任教师46人，其中专业课教师29人，12月到岗。
错：【澄州理工学校】澄州卫生学校建有实训室38间，设备总值2160万元，生均1.1万元。↵【澄州卫生学校】建有护理实训室38间，设备总值2160万元。
错：【石桥县职教中心】青溪县职教中心有“双师型”教师58人，占专业课教师的61.1%。↵【青溪县职教中心】专业课教师95人，其中“双师型”58人。
对：【澄州市财政局】澄州市教育局2019年安排培训补助310万元，本局按进度拨付。↵【澄州市教育局】2019年安排培训补助310万元。
对：【澄州理工学校】澄州卫生学校与我校共建康复实训室2间，课程互选。↵【澄州卫生学校】与澄州理工学校共建康复实训室2间。
对：【青溪县教育局】澄州市教育局2019年12月开展专项督导，发现问题4项，年底前整改完毕。↵【澄州市教育局】2019年12月对各县开展专项督导。

依据：各单位填报本单位的落实情况（一般）。
"""

_MAX_STARTS = 20  # paragraphs of one unit that are checked; limits the number of its findings
_MAX_CHARACTERS = 60  # characters of a paragraph that are stored: the name and the words after it
_SCHOOL = lazy_regex(r"学校|学院|大学|职教中心|中专|技校")
_PLACE = lazy_regex(r"^.*(?:省|市|自治州|州|盟|地区|县|旗|区)(?=.{2})")
_OWN_UNIT = lazy_regex(r"[我本该](?:[省市县区州盟旗镇乡校院局委厅所]|单位|中心|部门|学校|学院)")
_NAME_END = lazy_regex(r"[，。、；：！？\s“”《》\d]")

# Words after the name with which a text correctly mentions another unit: cooperation, official acts, help.
_ALLOWED = lazy_regex(
    r"[、和与及同跟的等对向为给派将把在以（(]|会同|联合|牵头|主办|承办|组织|组建|主持|指导|支持|帮扶|援助|参照|对口|提供|接收|选派|聘请|邀请|合作|共建|共同|"
    r"印发|下发|转发|出台|制定|发布|公布|批复|批准|审批|审核|安排|要求|部署|下达|拨付|认定|确定|评选|授予|通报|召开|委托|授权|核定|核拨|检查|督导|验收|"
    r"[^，。；]{0,12}(?:开展|进行|实施)(?:了)?(?:专项|定期)?(?:督导|检查|评估|调研|指导|帮扶)"
)


def paragraph_starts(submission: Submission) -> tuple[ParagraphStart, ...]:
    """Return the paragraphs that may begin with the name of another unit of the same kind.

    The names of the other units are not available here; ``check`` compares them.
    """
    kind_word = "" if _SCHOOL.search(submission.unit) else kind(submission.unit)
    starts: list[ParagraphStart] = []
    for entry in submission.entries.values():
        if (kind_word and kind_word not in entry.status) or entry.progress is Progress.NOT_APPLICABLE:
            continue
        if entry.blank or submission.unit in entry.status:
            continue
        candidates = (line for line in entry.status.split("\n") if _may_begin_with_name(line, kind_word))
        if (first := next(candidates, None)) is None or _OWN_UNIT.search(entry.status):
            continue
        starts.extend(_start(entry, line) for line in islice(chain([first], candidates), _MAX_STARTS - len(starts)))
        if len(starts) == _MAX_STARTS:
            break
    return tuple(starts)


def _may_begin_with_name(line: str, kind_word: str) -> bool:
    name_end = _NAME_END.search(line)
    begin = line[: min(name_end.start() if name_end else _MAX_CHARACTERS, _MAX_CHARACTERS)]
    return kind_word in begin if kind_word else _SCHOOL.search(begin) is not None


def _start(entry: Entry, line: str) -> ParagraphStart:
    return ParagraphStart(entry.task, entry.text_place, line[:_MAX_CHARACTERS])


def kind(unit: str) -> str:
    """Return the kind of a unit without its place: 教育局; all schools are of one kind."""
    return "学校" if _SCHOOL.search(unit) else _PLACE.sub("", unit)


def _level(unit: str) -> str:
    """Return the administrative level of an office: 市, 县; 区 and 旗 count as 县."""
    if _SCHOOL.search(unit) or not (place := _PLACE.match(unit)):
        return ""
    return {"区": "县", "旗": "县"}.get(place[0][-1], place[0][-1])


def check(units: Sequence[UnitSummary]) -> Iterator[Finding]:
    """Report each stored paragraph about another unit of the run of the same kind and level."""
    names = {unit.unit: unit for unit in units}
    lengths = sorted({len(name) for name in names}, reverse=True)
    levels = Counter((kind(name), _level(name)) for name in names) if any(unit.heads for unit in units) else {}
    for unit in units:
        for start in unit.heads:
            name = next((start.text[:length] for length in lengths if start.text[:length] in names), "")
            if name and _may_be_copied(unit.unit, name, levels) and not _ALLOWED.match(start.text, len(name)):
                yield _finding(unit, names[name], start.task, start.place)


def _may_be_copied(own: str, name: str, levels: Counter[tuple[str, str]] | dict[tuple[str, str], int]) -> bool:
    """Check whether a paragraph about another unit may be a copying error.

    Kind and level must be equal.  If 县 units report as well, one of two 市 units may be the superior of the other.
    """
    if name == own or kind(name) != kind(own) or _level(name) != _level(own):
        return False
    return _level(own) != "市" or not levels.get((kind(own), "县"))


def _finding(unit: UnitSummary, other: UnitSummary, task: str, place: Place) -> Finding:
    message = f"任务 {task} 有一段写的是“{other.unit}”（{other.file}），没有提到“{unit.unit}”"
    hint = "是抄来的，改写本单位的情况；确实要写别的单位的，写明与本单位的关系"
    return Finding(unit.file, place, unit.unit, task, RULES["ZJ602"], message, hint)
