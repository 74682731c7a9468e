"""The state of each unit of a round, and which files belong to nobody."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijiao20.core.answers import answers_of
from zhijiao20.core.findings import Place
from zhijiao20.core.identify import Directory
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.round import Kind, OtherFile, Part, ReadFile, Round, SentFile, State, UnitState, states_of_tasks
from zhijiao20.core.round_state import Findings, state_of_round
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.submission import Entry, Submission, TaskCounts, count_tasks
from zhijiao20.core.wording import fold

TASKS = ("1.1", "1.2", "1.3")
ROSTER = Roster(
    (
        RosterUnit("澄州市教育局", ("市教局",), category="市直部门", tasks=TASKS),
        RosterUnit("澄州市财政局", tasks=("1.1",), deadline=date(2020, 7, 20)),
        RosterUnit("第二职业学校", superior="东湖市教育局", tasks=TASKS),
        RosterUnit("第二职业学校", superior="西岭市教育局", tasks=TASKS),
    ),
    "名册.xlsx",
)
DIRECTORY = Directory(ROSTER)


def part(unit: str, *texts: str, known_by: str = "name", written: str = "", nearest: tuple[str, ...] = ()) -> Part:
    entries = {task: Entry(task, status=text, place=Place()) for task, text in zip(TASKS, texts, strict=False)}
    submission = Submission(unit, entries=entries)
    answers = answers_of(submission, TASKS)
    return Part(unit, known_by, written or unit, nearest, count_tasks(submission, len(TASKS)), answers)


def read(path: str, *parts: Part) -> ReadFile:
    return ReadFile(path, Kind.READ, parts)


def unread(path: str, kind: Kind = Kind.UNREAD) -> ReadFile:
    return ReadFile(path, kind, (), "读不了", "要原件", {} if kind is Kind.OTHER else {Severity.ERROR: 1})


def state(
    *files: ReadFile, directory: Directory | None = DIRECTORY, found: dict[str, list[str]] | None = None, **extra: date
) -> Round:
    """The state of a round; ``found`` gives the codes of the findings of a unit."""
    codes = {fold(unit): Counter(map(RULES.__getitem__, names)) for unit, names in (found or {}).items()}

    def findings(label: str) -> Findings:
        rules = codes.get(fold(label), Counter())
        counts: Counter[Severity] = Counter()
        for rule, number in rules.items():
            counts[rule.severity] += number
        return Findings(counts, rules)

    return state_of_round(files, findings, TASKS, directory, **extra)


def unit_of(state: Round, label: str = "澄州市教育局") -> UnitState:
    return next(unit for unit in state.units if unit.label == label)


EDU = "澄州市教育局"
NAMESAKES = ("东湖市教育局：第二职业学校", "西岭市教育局：第二职业学校")


@pytest.mark.parametrize(
    ("files", "codes", "expected"),
    [
        ([], [], State.MISSING),
        ([unread("市教局.doc")], [], State.UNREAD),
        ([unread("市教局.doc"), unread("市教局(2).doc")], [], State.UNREAD),
        ([unread("市教局.pdf", Kind.OTHER)], [], State.UNREAD),
        ([read("a", part(EDU, "办"))], [], State.CLEAN),
        ([read("a", part(EDU, "办")), unread("市教局.pdf", Kind.OTHER)], [], State.CLEAN),
        ([read("a", part(EDU, "办")), read("b", part(EDU, "办"))], ["ZJ107"], State.SEVERAL),
        ([read("a", part(EDU, "办")), unread("市教局.doc")], [], State.SEVERAL),
        ([read("a", part(EDU, "办"), part(EDU, "办"))], ["ZJ107"], State.SEVERAL),
        ([unread("市教局.yaml", Kind.FAULTY)], [], State.ERRORS),
        ([read("a", part(EDU))], ["ZJ205"], State.BLANK),
        ([read("a", part(EDU, "办"))], ["ZJ203", "ZJ301"], State.ERRORS),
        ([read("a", part(EDU, "办"))], ["ZJ301", "ZJ304"], State.WARNINGS),
        ([read("a", part(EDU, "办"))], ["ZJ304"], State.CLEAN),
    ],
)
def test_states(files: list[ReadFile], codes: list[str], expected: State) -> None:
    """Each state, and what is no second version."""
    found = state(*files, found={EDU: codes})
    assert unit_of(found).state is expected
    assert [unit.state for unit in found.units[1:]] == [State.MISSING] * 3
    assert (found.others, found.roster, found.count(State.MISSING)) == (
        [],
        "名册.xlsx",
        3 + (expected is State.MISSING),
    )


def test_a_unit_that_has_sent_nothing_answers_for_its_tasks() -> None:
    """All of them are empty; tasks of others are not counted."""
    units = state().units
    assert [unit.tasks for unit in units[:2]] == [TaskCounts(3, 0, 0, 3), TaskCounts(1, 0, 0, 1)]
    assert [unit.states for unit in units[:2]] == ["mmm", "m--"]
    assert (units[0].category, units[2].unit, units[2].superior) == ("市直部门", "第二职业学校", "东湖市教育局")


def test_several_versions_name_the_tasks_in_which_they_differ() -> None:
    """Equal ones are told as such, but not where one of them could not be read."""
    differ = unit_of(state(read("a", part(EDU, "办", "办")), read("b", part(EDU, "办", "", "办"))))
    assert (differ.differ, differ.same, differ.tasks) == (("1.2", "1.3"), False, TaskCounts(3, 3, 0, 0))
    equal = unit_of(state(read("a", part(EDU, "办")), read("b", part(EDU, "办"))))
    assert (equal.differ, equal.same) == ((), True)
    unknown = unit_of(state(read("a", part(EDU, "办")), unread("市教局.doc")))
    assert (unknown.differ, unknown.same) == ((), False)
    assert unknown.counts == {Severity.ERROR: 1}


def test_files_say_how_they_were_known() -> None:
    """A file that is known by its name comes after those that say whose they are."""
    unit = unit_of(state(unread("市教局.doc"), read("a", part(EDU, "办", known_by="alias"))))
    assert unit.files == (SentFile("a", "alias"), SentFile("市教局.doc", "file-name", "读不了", "要原件", Kind.UNREAD))


def test_files_that_belong_to_nobody() -> None:
    """Names of units that fit, or are similar, are offered; nothing is guessed."""
    found = state(
        read("a", part("", known_by="", written="水务局", nearest=("澄州市财政局",))),
        read("b", part("", known_by="", written="甲公司")),
        read("c", part("", known_by="file-name", written="文件1")),
        read("d", part("", known_by="", written="第二职业学校", nearest=NAMESAKES)),
        unread("第二职业学校.doc"),
        unread("澄州市教育厅.doc"),
        unread("IMG_1.jpg", Kind.OTHER),
    )
    hint = "在文件里写上名册里的全称；是名册漏了的，补进名册"
    assert found.others == [
        OtherFile("a", "填报文件，单位写的是“水务局”，名册里认不出是哪一个", hint, ("澄州市财政局",)),
        OtherFile("b", "填报文件，单位写的是“甲公司”，名册里没有", hint),
        OtherFile("c", "填报文件，里面没有写单位，看文件名也认不出是哪一个", hint),
        OtherFile(
            "d", "填报文件，单位写的是“第二职业学校”，名册里认不出是哪一个", "在文件夹或文件名里写上它的上级", NAMESAKES
        ),
        OtherFile("第二职业学校.doc", "读不了", "要原件", ("东湖市教育局：第二职业学校", "西岭市教育局：第二职业学校")),
        OtherFile("澄州市教育厅.doc", "读不了", "要原件", ("澄州市教育局", "澄州市财政局")),
        OtherFile("IMG_1.jpg", "读不了", "要原件", stops=False),
    ]
    assert [unit.state for unit in found.units] == [State.MISSING] * 4


@pytest.mark.parametrize(
    ("today", "overdue"),
    [
        (date(2020, 7, 10), []),
        (date(2020, 7, 11), ["澄州市教育局", "西岭市教育局：第二职业学校"]),
        (date(2020, 7, 21), ["澄州市教育局", "澄州市财政局", "西岭市教育局：第二职业学校"]),
    ],
)
def test_overdue(today: date, overdue: list[str]) -> None:
    """From the day after; a unit's own deadline counts; who has sent something that can be read is not overdue."""
    sent = read("a", part("东湖市教育局：第二职业学校"))
    found = state(sent, unread("市教局.doc"), deadline=date(2020, 7, 10), today=today)
    assert [unit.label for unit in found.units if unit.overdue] == overdue
    assert not any(unit.overdue for unit in state(sent, deadline=date(2020, 7, 10)).units)


def test_without_a_roster_there_is_an_entry_for_each_unit_found() -> None:
    """Spellings and versions of a name are one unit; a file that cannot be read is nobody's unless its name fits."""
    found = state(
        read("a", part("甲县 教育局", "办")),
        read("b", part("甲县教育局", "办", known_by="file-name")),
        read("c", part("乙县教育局(1)", "办", known_by="file-name")),
        unread("乙县教育局.doc"),
        unread("甲.zip!附表2 甲县教育局.doc"),
        unread("丙县教育局.doc"),
        directory=None,
        found={"甲县教育局": ["ZJ107"]},
    )
    assert [(unit.unit, unit.state, len(unit.files)) for unit in found.units] == [
        ("甲县 教育局", State.SEVERAL, 3),
        ("乙县教育局(1)", State.SEVERAL, 2),
    ]
    assert found.units[0].counts == {Severity.ERROR: 2}
    assert found.others == [OtherFile("丙县教育局.doc", "读不了", "要原件")]
    assert (found.roster, found.units[0].tasks.assigned) == ("", 3)


def test_findings_of_a_whole_file_count_for_each_of_its_units() -> None:
    """A bundle with an error that names no unit keeps all of them out."""
    file = ReadFile("全部.csv", Kind.READ, (part("甲", "办"), part("乙", "办")), counts={Severity.ERROR: 1})
    found = state(file, directory=None)
    assert [unit.state for unit in found.units] == [State.ERRORS] * 2
    assert [len(unit.files) for unit in found.units] == [1, 1]


@pytest.mark.parametrize(("codes", "ready"), [(["ZJ301"], True), ([], True), (["ZJ203"], False)])
def test_ready(codes: list[str], ready: bool) -> None:
    """Doubts do not hinder; no unit at all does."""
    assert state(read("a", part("甲", "办")), directory=None, found={"甲": codes}).ready is ready
    assert not state(directory=None).ready


def test_states_of_tasks() -> None:
    """The numbers of a task add up to the units."""
    found = state(read("a", part(EDU, "办", "不涉及")))
    columns = states_of_tasks(found.units, TASKS)
    assert [(task, dict(units)) for task, units in columns] == [
        ("1.1", {"f": 1, "m": 3}),
        ("1.2", {"x": 1, "-": 1, "m": 2}),
        ("1.3", {"e": 1, "-": 1, "m": 2}),
    ]


@given(st.lists(st.sampled_from([*(unit.name for unit in ROSTER.units[:2]), "别的单位", "市教局"]), max_size=6))
def test_no_file_is_lost(names: list[str]) -> None:
    """Every file stands with one unit or with the others, once."""
    found = state(*(unread(f"{name}({index}).doc") for index, name in enumerate(names)))
    paths = [file.path for unit in found.units for file in unit.files] + [other.path for other in found.others]
    assert sorted(paths) == sorted(f"{name}({index}).doc" for index, name in enumerate(names))
