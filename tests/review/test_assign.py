"""Each file belongs to a unit of the roster: its name, its duties, what is told, in every format and every process."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from program import run
from status_files import put, read_file, sound
from whose import OPTIONS, ROSTER, csv, found, told, word

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.round import Part
from zhijiao20.core.settings import DEFAULT
from zhijiao20.core.submission import Submission, TaskCounts, count_tasks
from zhijiao20.formats.write import write_status_file
from zhijiao20.review.file_review import FileReviewer, ReviewJob
from zhijiao20.review.runner import RunOptions, review_files
from zhijiao20.rules.shared.unit_summary import Known
from zhijiao20.system.discovery import find_files, load_catalog
from zhijiao20.system.found_files import FoundFiles

pytestmark = pytest.mark.usefixtures("work_folder")


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("澄州市教育局", []),
        ("澄州市 教育局", ["ZJ120 info 澄州市教育局：单位“澄州市 教育局”已认作名册里的“澄州市教育局”：只差空格、括号、引号或全角半角"]),
        ("市教局", ["ZJ120 info 澄州市教育局：单位“市教局”已认作名册里的“澄州市教育局”：这是它的简称"]),
        ("市教育局", ["ZJ120 info 澄州市教育局：单位“市教育局”已认作名册里的“澄州市教育局”：差的是前面的地名"]),
        ("财政局", [
            "ZJ120 info 澄州市财政局：单位“财政局”已认作名册里的“澄州市财政局”：差的是前面的地名",
            "ZJ710 info 澄州市财政局：1 项按名册不归它填，写了文字，照样保留：2.1",
        ]),
        ("澄州市教育厅", ["ZJ711 error 澄州市教育厅：名册里没有“澄州市教育厅”，名字相近的有：“澄州市教育局”、“澄州市财政局”"]),
        ("天", ["ZJ711 error 天：名册里没有“天”"]),
        ("第二职业学校", ["ZJ711 error 第二职业学校：“第二职业学校”可能是名册里的几个单位：“东湖市教育局：第二职业学校”、“西岭市教育局：第二职业学校”"]),
    ],
)  # fmt: skip
def test_what_the_file_says(written: str, lines: list[str]) -> None:
    """The full name without a word, anything else with an info; nobody and several are errors."""
    put("收件/附表2.csv", csv(written, "2.1"))
    assert told("收件/附表2.csv") == lines


def test_a_file_that_names_no_unit() -> None:
    """By its name on disk; with a roster ZJ113 is an info, and a name that fits nobody is an error."""
    put("附表2（市教局）终稿.csv", csv("", "2.1"))
    assert told("附表2（市教局）终稿.csv") == [
        "ZJ113 info 澄州市教育局：没有写单位，按文件名认作名册里的“澄州市教育局”"
    ]
    put("附表2.csv", csv("", "2.1"))
    assert told("附表2.csv") == [
        "ZJ113 info None：没有写单位，单位取自文件名：“附表2”",
        "ZJ711 error 附表2：文件里没有写单位；名册里没有“附表2”",
    ]


def test_namesakes_by_the_folder() -> None:
    """The superior decides, and is told; the two are two units."""
    put("东湖市教育局/第二职业学校.csv", csv("第二职业学校", "2.1"))
    put("西岭市教育局/第二职业学校.csv", csv("第二职业学校", "2.1"))
    message = "名册里有几个“第二职业学校”，按文件夹或文件名里的上级认作"
    assert told(".") == [
        f"ZJ120 info 东湖市教育局：第二职业学校：{message}“东湖市教育局：第二职业学校”",
        f"ZJ120 info 西岭市教育局：第二职业学校：{message}“西岭市教育局：第二职业学校”",
    ]
    put("东湖市教育局/附表2.csv", csv("第二职业学校", "2.1"))
    assert [line[:5] for line in told(".")].count("ZJ107") == 1


def test_two_spellings_are_one_unit() -> None:
    """Without a roster they would be two units in the submission."""
    put("a.csv", csv("市教局", "2.1"))
    put("b.csv", csv("澄州市教育局", "2.1"))
    assert [line.partition("：")[0] for line in told("a.csv", "b.csv")] == [
        "ZJ120 info 澄州市教育局",
        "ZJ107 error 澄州市教育局",
    ]


def test_a_bundle_of_several_units() -> None:
    """Each by its own name."""
    put(
        "全部.csv",
        csv("市教局", "2.1") + csv("财政局", "1.1").partition("\n")[2] + csv("丙局", "1.1").partition("\n")[2],
    )
    units = {finding.unit for finding in found("全部.csv")}
    assert units == {"澄州市教育局", "澄州市财政局", "丙局"}


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx", "docx"])
def test_tasks_outside_the_duties_are_neither_missing_nor_empty(kind: str, catalog: Catalog) -> None:
    """In every format: an empty form of all tasks lacks only the unit's own; the counts say so."""
    put(f"甲.{kind}", write_status_file(kind, [Submission("澄州市财政局")], catalog))
    put("乙.csv", csv("澄州市财政局", "2.1"))
    result = FileReviewer(ReviewJob(DEFAULT, roster=ROSTER)).review(Path("乙.csv"))
    assert not isinstance(result, tuple)
    assert {finding.task for finding in result.found[0] if finding.rule.code == "ZJ202"} == {"1.1", "1.2"}  # type: ignore[union-attr]
    assert result.units[0].counts == TaskCounts(2, 0, 0, 2)
    assert result.units[0].known == Known("澄州市财政局", "name", "澄州市财政局")
    assert [finding.rule.code for finding in found(f"甲.{kind}")] == ["ZJ205"]


def test_empty_entries_outside_the_duties_are_none(catalog: Catalog) -> None:
    """Listed and left empty, or 不涉及 without a reason: it is not that unit's business."""
    rows = "单位,编号,进展,落实情况\n澄州市财政局,1.1,,印发12个文件。\n澄州市财政局,1.2,,\n澄州市财政局,2.1,,\n澄州市财政局,2.2,不涉及,\n"
    put("甲.csv", rows)
    assert [(finding.rule.code, finding.task) for finding in found("甲.csv") if finding.rule.code < "ZJ3"] == [
        ("ZJ201", "1.2")
    ]


def test_counts() -> None:
    """A placeholder counts as filled; texts outside the duties count for nothing."""
    put("甲.csv", "单位,编号,进展,落实情况\n甲,1.1,,略\n甲,1.2,不涉及,\n甲,1.3,,\n甲,1.4,,不涉及。\n")
    (submission,), _ = read_file(Path("甲.csv"), load_catalog())
    assert count_tasks(submission, 87) == TaskCounts(87, 1, 2, 84)
    limited = replace(submission, duties=frozenset({"1.1", "2.1"}))
    assert count_tasks(limited, 87) == TaskCounts(2, 1, 0, 1)


def test_every_unit_of_every_file_is_there_for_who_collects() -> None:
    """With its file, whose it is, what told it, and its counts; a unit of nobody too."""
    put("甲.csv", csv("市教局", "1.1", "1.2"))
    put("乙.csv", csv("财政局", "1.1", "2.1"))
    put("丙.csv", csv("丙局", "1.1"))
    files = find_files([Path("甲.csv"), Path("乙.csv"), Path("丙.csv")], {".csv"})
    parts = brought(files, OPTIONS)
    assert [(file, part.unit, part.known_by, part.written, part.tasks) for file, part in parts] == [
        ("甲.csv", "澄州市教育局", "alias", "市教局", TaskCounts(87, 2, 0, 85)),
        ("乙.csv", "澄州市财政局", "place", "财政局", TaskCounts(2, 1, 0, 1)),
        ("丙.csv", "", "", "丙局", TaskCounts(87, 1, 0, 86)),
    ]
    ((_, alone),) = brought(find_files([Path("甲.csv")], {".csv"}), RunOptions())
    assert (alone.unit, alone.known_by) == ("市教局", "name")
    assert review_files(files, DEFAULT, OPTIONS).intake is None


def brought(files: FoundFiles, options: RunOptions) -> list[tuple[str, Part]]:
    """What each file brings of each unit."""
    intake = review_files(files, DEFAULT, options, collecting=True).intake
    assert intake is not None
    return [(file.path, part) for file in intake.files for part in file.parts]


class TestClosingLines:
    """A line below the table that is a roster's name, stamped or not."""

    def test_in_word(self) -> None:
        """It names the unit where nothing else does; other text below is still told."""
        word("附表2.docx", "澄州市教育局（盖章）", "2020年7月1日")
        assert told("附表2.docx") == []
        word("附表3.docx", "澄州市教育局", "此表已经局党组会审议。")
        assert told("附表3.docx") == ["ZJ110 info 澄州市教育局：表格下面的文字未采用，如“此表已经局党组会审议。”"]
        word("附表4.docx", "市教局")
        assert told("附表4.docx") == ["ZJ120 info 澄州市教育局：单位“市教局”已认作名册里的“澄州市教育局”：这是它的简称"]

    def test_a_unit_above_goes_first(self) -> None:
        """The closing line that repeats it is no text; another unit is."""
        word("附表2.docx", "澄州市教育局（盖章）", unit="澄州市教育局")
        assert told("附表2.docx") == []
        word("附表2.docx", "澄州市财政局（盖章）", unit="澄州市教育局")
        assert told("附表2.docx") == ["ZJ110 info 澄州市教育局：表格下面的文字未采用，如“澄州市财政局（盖章）”"]

    def test_without_a_roster_it_is_text(self) -> None:
        """Nothing says that it is a unit."""
        word("附表2.docx", "澄州市教育局（盖章）")
        codes = [
            finding.rule.code
            for finding in found("附表2.docx", options=RunOptions())
            if finding.rule.code in {"ZJ110", "ZJ113"}
        ]
        assert codes == ["ZJ113", "ZJ110"]

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    @pytest.mark.parametrize("closing", ["澄州市教育局（盖章）,,", ",澄州市教育局（盖章）,", ",,澄州市教育局（盖章）"])
    def test_in_tables(self, closing: str, kind: str) -> None:
        """In a row of its own below the table, in whichever column."""
        rows = f"编号,落实情况,佐证\n2.1,印发12个文件。,\n{closing}\n"
        if kind == "xlsx":
            from sheets import pack, parts, row, sheet

            cells = [line.split(",") for line in rows.splitlines()]
            data: bytes | str = pack(parts(sheet(*(row(number, *line) for number, line in enumerate(cells, 1)))))
        else:
            data = rows
        put(f"附表2.{kind}", data)
        assert told(f"附表2.{kind}") == []
        assert [finding.rule.code for finding in found(f"附表2.{kind}") if finding.rule.code == "ZJ101"] == []


class TestRuns:
    """The same in any process, with and without the cache, from the command line."""

    @pytest.mark.parametrize("workers", ["1", "3"])
    def test_workers_and_cache(self, workers: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
        """Results from other processes and from the cache carry whose a file is."""
        monkeypatch.setenv("ZHIJIAO20_WORKERS", workers)
        monkeypatch.setattr("zhijiao20.review.worker_count._MIN_BYTES_FORKED", 0)
        put("名册.csv", "单位,简称,任务\n澄州市教育局,市教局,\n澄州市财政局,,1-2条\n")
        for number in range(6):
            put(f"收件/{number}.yaml", sound(["市教局", "财政局", "丙局"][number % 3], catalog))
        first = run("validate", "收件", "--roster", "名册.csv", "--output-format", "json")
        again = run("validate", "收件", "--roster", "名册.csv", "--output-format", "json")
        assert (first.exit_code, first.stdout) == (1, again.stdout)
        units = [unit["unit"] for unit in json.loads(first.stdout)["units"]]
        assert units == ["澄州市教育局", "澄州市财政局", "丙局"]
        Path("收件/丙局").mkdir()
        Path("收件/0.yaml").rename("收件/丙局/0.yaml")
        put("名册.csv", "单位,简称,任务\n澄州市教育局,市教局,\n澄州市财政局,,1-2条\n丙局,,\n")
        changed = run("validate", "收件", "--roster", "名册.csv", "--output-format", "json")
        assert "ZJ711" not in changed.stdout

    def test_the_project_names_the_roster(self, catalog: Catalog) -> None:
        """It is no input itself, nor what lies in 下发 and 退回."""
        put("名册.csv", "单位\n澄州市教育局\n")
        put("zhijiao20.toml", "roster = '名册.csv'")
        put("收件/a.yaml", sound("澄州市教育局", catalog))
        put("下发/澄州市教育局.yaml", sound("澄州市教育局", catalog))
        put("退回/一览.xlsx", "x")
        result = run("validate", ".", "--output-format", "json")
        assert json.loads(result.stdout)["summary"]["files"] == 1
        assert run("validate", "下发", "--output-format", "json").exit_code == 0
        assert run("render", ".", "-o", "表.docx").exit_code == 0
        assert run("convert", "收件", "-o", "b.csv").exit_code == 0

    @pytest.mark.parametrize(
        "command",
        [
            ["validate"],
            ["validate", "--output-format", "json"],
            ["render", "-o", "表.docx"],
            ["convert", "-o", "b.csv"],
        ],
    )
    def test_a_roster_with_errors_stops_every_command(self, command: list[str], catalog: Catalog) -> None:
        """Its findings are told; nothing is read or written."""
        put("名册.csv", "单位,任务\n澄州市教育局,1.9\n")
        put("a.yaml", sound("澄州市教育局", catalog))
        result = run(command[0], "a.yaml", *command[1:], "--roster", "名册.csv")
        assert result.exit_code == 1
        assert "ZJ706" in result.stdout + result.stderr
        assert not Path("表.docx").exists()
        assert not Path("b.csv").exists()

    def test_a_roster_that_is_not_there(self) -> None:
        """Wrong use."""
        put("a.yaml", "")
        assert run("validate", "a.yaml", "--roster", "没有.xlsx").exit_code == 2

    def test_converted_files_have_the_names_of_the_roster(self, catalog: Catalog) -> None:
        """Later steps find the units under one name."""
        put("名册.csv", "单位,简称\n澄州市教育局,市教局\n")
        put("a.yaml", sound("市教局", catalog))
        assert run("convert", "a.yaml", "-o", "b.csv", "--roster", "名册.csv").exit_code == 0
        assert "澄州市教育局" in Path("b.csv").read_text(encoding="utf-8")
