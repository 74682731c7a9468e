"""The report for people: fits the screen, never acts, never floods."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from rich.cells import cell_len

from zhijiao20.core.findings import NOWHERE, Finding, Place, Report, UnitCounts
from zhijiao20.core.rule_table import RULES, Severity
from zhijiao20.core.unread import Unread
from zhijiao20.output import terminal

HOSTILE = "[red]红[/] [/] [link=file:///etc/passwd]点[/link] :smile: \x1b[31m\x1b]0;题\x07 \u202e反\r覆盖"


class Screen(io.StringIO):
    """A terminal as far as Rich asks."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: False)  # its lines are one character shorter


def finding(
    message: str = "话",
    hint: str = "",
    *,
    rule: str = "ZJ201",
    file: str = "甲.yaml",
    place: Place = NOWHERE,
    unit: str | None = None,
    task: str | None = None,
) -> Finding:
    return Finding(file, place, unit, task, RULES[rule], message, hint)


def written(*findings: Finding, quiet: bool = False, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    terminal.write(Report(len({item.file for item in findings}), 1, findings), stream, quiet=quiet)
    return stream.getvalue()


def test_a_report_in_full() -> None:
    """File, place, weight, rule, unit, task, what is wrong, what to do; grouped by file."""
    assert written(
        finding("空的", "写上", place=Place(3, 5), unit="甲", task="1.1"),
        finding("问号", rule="ZJ007", place=Place(4)),
        finding("表里", "改", rule="ZJ109", file="乙.docx", place=Place(cell="第12行"), unit="乙"),
    ) == (
        "甲.yaml\n"
        "  第 3 行 第 5 列  错误 ZJ201  甲  1.1\n"
        "    空的\n"
        "    → 写上\n"
        "  第 4 行  警告 ZJ007\n"
        "    问号\n"
        "乙.docx\n"
        "  第12行  提示 ZJ109  乙\n"
        "    表里\n"
        "    → 改\n"
        "\n"
        "检查了 2 个文件、1 个单位：1 个错误，1 个警告，1 个提示。\n"
    )


def test_nothing_to_report() -> None:
    """Silence would leave it open whether anything was done."""
    assert written() == "检查了 0 个文件、1 个单位：没有发现问题。\n"


def test_quiet_is_the_summary_only() -> None:
    """-q for those who only want to know whether it is done."""
    assert written(finding(), quiet=True) == "检查了 1 个文件、1 个单位：1 个错误，0 个警告，0 个提示。\n"


def test_in_a_pipe_a_message_stays_on_its_line() -> None:
    """grep finds whole messages."""
    long = "很长的话，" * 200
    assert f"    {long}\n" in written(finding(long))


def test_markup_and_escapes_are_shown_and_do_nothing() -> None:
    """A text from a file must neither colour the screen nor vanish from it."""
    shown = written(finding(HOSTILE, HOSTILE, file=HOSTILE, unit=HOSTILE, task=HOSTILE))
    harmless = r"[red]红[/] [/] [link=file:///etc/passwd]点[/link] :smile: \x1b[31m\x1b]0;题\x07 \u202e反\x0d覆盖"
    assert shown.count(harmless) == 5
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", shown)


@pytest.mark.parametrize("width", [20, 40, 79])
def test_no_line_is_wider_than_the_screen(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Wide characters count two; a terminal would break lines in the middle of a character."""
    monkeypatch.setenv("COLUMNS", str(width))
    nasty = ["字" * 300, "x" * 300, "词 word 词，" * 60, "👨‍👩‍👧🇨🇳e\u0301" * 30, "https://example.cn/" + "a/" * 200]
    out = written(*(finding(words, words, file=words, unit=words[:100], task="1.1") for words in nasty))
    assert max(map(cell_len, out.splitlines())) <= width
    for words in nasty[:2]:
        assert "".join(out.split()).count(words) >= 3  # nothing is cut off


def test_continuation_lines_are_indented(monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding stays one block to the eye."""
    monkeypatch.setenv("COLUMNS", "20")
    assert written(finding("一二三四五六七八九十" * 2)).splitlines()[2:5] == [
        "    一二三四五六七八",
        "    九十一二三四五六",
        "    七八九十",
    ]


def test_colours_on_a_screen_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pipe or a file an escape sequence is rubbish."""
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;31m错误\x1b[0m" in written(finding(), stream=Screen())
    assert "\x1b" not in written(finding())


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """https://no-color.org."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*[349][0-7]", written(finding(rule="ZJ007"), stream=Screen()))


@pytest.mark.parametrize("columns", [None, "40"])
def test_thousands_of_findings_stay_under_200_kb_and_none_is_uncounted(
    monkeypatch: pytest.MonkeyPatch, columns: str | None
) -> None:
    """A flood hides what matters; what is left out is counted by weight."""
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    rules = ["ZJ201", "ZJ007", "ZJ109"]
    out = written(
        *(
            finding("很长的话" * 10, "照做" * 10, rule=rules[number % 3], unit="甲", task="1.1")
            for number in range(3000)
        )
    )
    assert 150_000 < len(out.encode()) <= 200_000
    shown = {name: out.count(f"  {name} ZJ") for name in ("错误", "警告", "提示")}
    note = re.search(
        r"……还有([0-9]+)个错误、([0-9]+)个警告、([0-9]+)个提示没有显示；用zhijiao20validate--output-formatjson查看全部",
        "".join(out.split()),
    )
    assert note
    assert [1000 - int(count) for count in note.groups()] == list(shown.values())
    assert "".join(out.split()).endswith("1000个错误，1000个警告，1000个提示。")


def test_only_what_is_left_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """“0 个警告没有显示” would be noise."""
    monkeypatch.setattr(terminal, "LIMIT", 10)
    out = written(finding(file="甲"), finding(file="乙"), finding(file="丙"))
    assert "……还有 2 个错误没有显示；用 zhijiao20 validate --output-format json 查看全部\n" in out
    assert "乙" not in out


def test_long_file_names_count_too() -> None:
    """A folder of 2,000 files with long names floods the screen all the same."""
    out = written(*(finding(file=f"{number:04d}" + "长" * 80) for number in range(2000)))
    assert len(out.encode()) <= 200_000


@pytest.mark.parametrize("part", ["message", "hint", "unit"])
def test_one_finding_cannot_flood_the_screen(part: str) -> None:
    """A row with 8,000 surplus cells makes one message of 600 KB."""
    assert len(written(finding(**{part: "长" * 100_000})).encode()) <= 200_000


def test_a_narrow_screen_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 20 columns every third character is indent."""
    monkeypatch.setenv("COLUMNS", "20")
    out = written(*(finding("x" * 600) for _ in range(1000)))
    assert len(out.encode()) <= 200_000


UNREAD = (Unread("乙.pdf", "版式文件", "请要原件"), Unread("\x1b丙.doc", "[red]旧版[/]", "请另存为 .docx"))


def shown(report: Report, *, quiet: bool = False, units: bool = False) -> str:
    stream = io.StringIO()
    terminal.write(report, stream, quiet=quiet, units=units)
    return stream.getvalue()


def test_files_that_were_not_read_have_a_line_each() -> None:
    """Below the summary, with what to do; one line with the names where only the summary is wanted."""
    assert shown(Report(1, 1, (), unread=UNREAD)) == (
        "检查了 1 个文件、1 个单位：没有发现问题。\n"
        "没有读 乙.pdf：版式文件。请要原件\n"
        "没有读 \\x1b丙.doc：[red]旧版[/]。请另存为 .docx\n"
    )
    assert shown(Report(1, 1, (), unread=UNREAD), quiet=True) == (
        "检查了 1 个文件、1 个单位：没有发现问题。\n没有读 2 个文件：乙.pdf、\\x1b丙.doc。\n"
    )


def test_many_files_that_were_not_read_are_counted() -> None:
    """A thousand photographs do not flood the screen."""
    many = [Unread(f"照片/{number}.jpg", "图片", "请要原件") for number in range(1000)]
    lines = shown(Report(1, 1, (), unread=tuple(many))).splitlines()
    left = re.fullmatch("……还有 ([0-9]+) 个没有读的文件没有显示", lines[-1])
    assert left
    assert len(lines) == 1000 - int(left[1]) + 2
    quiet = shown(Report(1, 1, (), unread=tuple(many)), quiet=True)
    assert "没有读 1000 个文件：0.jpg、1.jpg、" in quiet
    assert len(quiet) < 1200


def test_what_is_left_out_of_the_files_is_in_one_line() -> None:
    """Locks and what the project excludes are no errors and no list."""
    assert shown(Report(1, 1, (), passed_over=2, excluded=3)) == (
        "检查了 1 个文件（略过 2 个临时或隐藏文件，按 exclude 不读 3 个）、1 个单位：没有发现问题。\n"
    )


def units(number: int, name: str = "某单位{}") -> tuple[UnitCounts, ...]:
    return tuple(
        UnitCounts(name.format(n), [f"{name.format(n)}.docx"], Counter({Severity.ERROR: n})) for n in range(number)
    )


def test_more_than_three_files_end_with_a_table_of_units() -> None:
    """One line a unit, with its files; a name is never markup."""
    found = (*units(1, "[red]甲"), UnitCounts("乙", ["乙.csv", "收/乙.docx"], Counter({Severity.INFO: 12})))
    out = shown(Report(4, 2, (), by_unit=found), units=True)
    assert out.partition("没有发现问题。\n\n")[2].splitlines() == [
        "单位    文件               错误 警告 提示",
        "[red]甲 [red]甲.docx          0    0    0",
        "乙      乙.csv、收/乙.docx    0    0   12",
    ]
    assert "单位  " not in shown(Report(3, 2, (), by_unit=found), units=True)
    assert "单位  " not in shown(Report(4, 2, (), by_unit=found))
    assert shown(Report(4, 2, (), by_unit=found), units=True, quiet=True).count("\n") == 1


@pytest.mark.parametrize("columns", ["20", "40", "79"])
def test_the_table_fits_a_narrow_screen(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """Names are folded, the numbers stay whole."""
    monkeypatch.setenv("COLUMNS", columns)
    out = shown(Report(4, 5, (), by_unit=units(5, "很长的名称" * 10 + "{}")), units=True)
    assert max(map(cell_len, out.splitlines())) <= int(columns)
    assert "错误 警告 提示" in out
    assert "".join(line[:1].strip() for line in out.splitlines()).count("很") >= 5


@pytest.mark.parametrize("name", ["某单位{}", "长" * 90 + "{}"])
def test_a_long_table_is_cut_and_says_so(name: str) -> None:
    """Twelve thousand units, and as many findings, stay under 200 KB."""
    many = units(12_000, name)
    found = [finding("很长的话" * 10, "照做" * 10, unit="甲", task="1.1") for _ in range(3000)]
    pdf = tuple(Unread(f"{n}.pdf", "版式文件", "请要原件") for n in range(1000))
    out = shown(Report(12_000, 12_000, found, by_unit=many, unread=pdf), units=True)
    assert 150_000 < len(out.encode()) <= 200_000
    left = re.search(r"……还有 ([0-9]+) 个单位没有显示；用 zhijiao20 validate --output-format json 查看全部\n\Z", out)
    assert left
    assert out.count(".docx ") == 12_000 - int(left[1])
