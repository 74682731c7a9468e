"""The command ``diff``: what it says of two rounds, in every format, and its exit codes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from golden import same_as_golden
from lxml import etree
from program import run
from revisions import status_cells

from zhijiao20.commands.render import render
from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

DONE, ONGOING, NONE = Progress.DONE, Progress.ONGOING, Progress.NOT_APPLICABLE
OLD = {
    "澄州市教育局": {
        "1.1": (ONGOING, "2019年招生4390人，占10.5%。\n建立联席会议制度，每季度召开1次会议。"),
        "1.2": (ONGOING, "印发实施方案（澄教职成〔2019〕12号），23所学校全部实施。培训教师430人次。"),
        "2.1": (DONE, "普职比大体相当。"),
        "2.2": (ONGOING, "核查学校23所。"),
        "3.1": (None, "本期没有再写。"),
    },
    "澄州理工学校": {"1.1": (ONGOING, "没有变化的文字。"), "1.2": (NONE, "")},
    "石桥县教育局": {"1.1": (DONE, "撤并了的单位。")},
}
NEW = {
    "澄州市教育局": {
        "1.1": (ONGOING, "建立联席会议制度，每季度召开1次会议。\n2019年招生4510人，占12.5%。"),
        "1.2": (DONE, "印发实施方案（澄教职成〔2020〕3号），23所学校全部实施。下一步扩大到技工学校。培训教师430人次。"),
        "2.1": (DONE, "普职比大体相当。"),
        "2.2": (DONE, "核查学校23所。"),
        "4.1": (None, "本期新写的文字。"),
    },
    "澄州理工学校": {"1.1": (ONGOING, "没有变化的文字。"), "1.2": (NONE, "")},
    "青溪县教育局": {"1.1": (ONGOING, "新来的单位。")},
}  # fmt: skip
Said = dict[str, tuple[Progress | None, str]]


def unit(name: str, said: Said, period: str = "") -> Submission:
    """A submission."""
    return Submission(name, period=period, entries={task: Entry(task, *answer) for task, answer in said.items()})


def put(path: Path, name: str, said: Said, period: str = "") -> Path:
    """Write a status file in the format of its suffix."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(write_status_file(path.suffix[1:], [unit(name, said, period)], load_catalog()))
    return path


@pytest.fixture
def rounds(work_folder: Path) -> Path:
    """Two rounds in two folders."""
    for folder, units, period in (("上期", OLD, "2019年"), ("本期", NEW, "2020年上半年")):
        for name, said in units.items():
            put(work_folder / folder / f"{name}.yaml", name, said, period)
    return work_folder


def test_text(rounds: Path) -> None:
    """One line a unit, then each changed passage: a fresh reader finds every change."""
    result = run("diff", "上期", "本期")
    assert (result.exit_code, result.stderr) == (0, "")
    same_as_golden("diff/rounds.txt", result.stdout)


def test_json(rounds: Path) -> None:
    """The keys of the contract; only what differs is listed."""
    result = run("diff", "上期", "本期", "--output-format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    same_as_golden("diff/rounds.json", result.stdout)
    found = json.loads(result.stdout)
    assert [one["state"] for one in found["units"]] == ["both", "both", "new", "gone"]
    assert found["summary"] == {"units": 4, "unchanged": 3, "changed": 2, "new": 2, "emptied": 2, "progress": 1}


def test_the_same_twice(rounds: Path) -> None:
    """A round with itself: nothing; the summary has no more keys than the contract says."""
    result = run("diff", "上期", "上期")
    assert "没有变化。" in result.stdout.splitlines()[0]
    assert "澄州市教育局：没有变化（5 项）" in result.stdout
    found = json.loads(run("diff", "上期", "上期", "--output-format", "json").stdout)
    assert found["summary"] == {"units": 3, "unchanged": 8, "changed": 0, "new": 0, "emptied": 0}
    assert [one["tasks"] for one in found["units"]] == [[], [], []]


def test_any_two_formats(rounds: Path) -> None:
    """What a Word form cannot hold, 进展, is no change; 不涉及 is the same however it is written."""
    for name, said in OLD.items():
        put(rounds / "Word" / f"{name}.docx", name, said)
    assert "没有变化。" in run("diff", "上期", "Word").stdout.splitlines()[0]


def test_tracked_form(rounds: Path) -> None:
    """Accepted it is what render writes of the new round, rejected what it writes of the old one."""
    result = run("diff", "上期", "本期", "-o", "对照.docx", "--unit", "澄州市教育局")
    assert (result.exit_code, result.stdout) == (0, "已生成 对照.docx\n")
    document = (rounds / "对照.docx").read_bytes()
    for folder, keep in (("上期", "del"), ("本期", "ins")):
        render([rounds / folder], rounds / "表.docx", allow_incomplete=True)
        assert status_cells(document, keep) == status_cells((rounds / "表.docx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        marks = etree.fromstring(archive.read("word/document.xml")).xpath("//*[local-name()='ins']")
    assert {tuple(mark.attrib.values())[1:] for mark in marks} == {("澄州市教育局", "2020-06-30T00:00:00Z")}


@pytest.mark.parametrize("name", ["对照.docx", "对照.xlsx", "对照.html"])
def test_the_result_is_no_file_of_the_round(rounds: Path, name: str) -> None:
    """It may be written beside the files that it was made of."""
    for _ in range(2):
        assert run("diff", "上期", "本期", "-o", f"本期/{name}").exit_code == 0
    found = json.loads(run("diff", "上期", "本期", "--output-format", "json").stdout)
    assert len(found["units"]) == 4


def test_tracked_form_without_author_and_date(work_folder: Path) -> None:
    """The program is the author, and no date is invented."""
    for folder, text in (("上期", "甲。"), ("本期", "乙。")):
        put(work_folder / folder / "甲.yaml", "甲校", {"1.1": (None, text)})
    run("diff", "上期", "本期", "-o", "对照.docx")
    xml = docx.Document(str(work_folder / "对照.docx")).element.xml
    assert 'w:author="zhijiao20"' in xml
    assert "w:date" not in xml


def test_workbook(rounds: Path) -> None:
    """A row for each change, coloured inside the cells; the texts are whole, and no formula."""
    put(rounds / "上期" / "公式.yaml", "公式学校", {"1.1": (None, "=1+1。_x000D_人。")})
    put(rounds / "本期" / "公式.yaml", "公式学校", {"1.1": (None, "=1+2。_x000D_人。")})
    assert run("diff", "上期", "本期", "-o", "对照.xlsx").exit_code == 0
    book = openpyxl.load_workbook(rounds / "对照.xlsx", rich_text=True)
    rows = [[cell.value for cell in row] for row in book["变化"].iter_rows(min_row=2)]
    assert [[str(value or "") for value in row[:2] + row[3:6]] for row in rows][:2] == [
        ["公式学校", "1.1", "改动", "", ""],
        ["澄州市教育局", "1.1", "改动", "推进中", "推进中"],
    ]
    changed = next(row for row in rows if row[0] == "澄州市教育局" and row[1] == "1.2")
    assert (str(changed[6]), str(changed[7])) == (OLD["澄州市教育局"]["1.2"][1], NEW["澄州市教育局"]["1.2"][1])
    struck = [str(part) for part in changed[6] if getattr(getattr(part, "font", None), "strike", None)]
    put_in = [str(part) for part in changed[7] if getattr(getattr(part, "font", None), "b", None)]
    assert (struck, put_in) == (["〔2019〕12号"], ["〔2020〕3号", "下一步扩大到技工学校。"])
    assert (str(rows[0][6]), str(rows[0][7])) == ("=1+1。_x000D_人。", "=1+2。_x000D_人。")
    assert {cell.data_type for row in book["变化"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert book["单位"]["A2"].value == "公式学校"


MARKUP = [
    ("=1+1。_x000D_人。", "=1+2。_x000D_人。"),
    ("<r><t>旧</t></r>", "<r><t>新新</t></r>"),
    ("旧文。", "<r></bad></r>"),
    ("甲_x005F_x000D_x000D_。5人", "甲_x005F_x000D_x000D_。6人"),
    ("&lt;b>5人</b>]]>", "&lt;b>6人</b>]]>"),
    ("@SUM(A1)'5人", "@SUM(A1)'6人"),
]


def test_markup_is_text(work_folder: Path) -> None:
    """Texts and names that look like markup, escapes or formulas stand in every format as they are."""
    tasks = list(load_catalog().tasks)
    for folder, which in (("上期", 0), ("本期", 1)):
        said: Said = {task: (None, pair[which]) for task, pair in zip(tasks, MARKUP, strict=False)}
        put(work_folder / folder / "甲.yaml", "<r></u></r>", said)
    for suffix in ("xlsx", "html", "docx"):
        assert run("diff", "上期", "本期", "-o", f"对照.{suffix}").exit_code == 0
    book = openpyxl.load_workbook(work_folder / "对照.xlsx")
    rows = [[cell.value for cell in row] for row in book["变化"].iter_rows(min_row=2)]
    assert [(row[0], row[6], row[7]) for row in rows] == [("<r></u></r>", *pair) for pair in MARKUP]
    assert book["单位"]["A2"].value == "<r></u></r>"
    with zipfile.ZipFile(work_folder / "对照.xlsx") as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
    page = etree.HTML((work_folder / "对照.html").read_text(encoding="utf-8"))
    assert {node.tag for node in page.iter()} <= {*("html", "head", "meta", "title", "style", "body", "section"), *PAGE}
    assert list(page.xpath("//h2/text()")) == ["<r></u></r>　"]
    document = (work_folder / "对照.docx").read_bytes()
    for keep, which in (("del", 0), ("ins", 1)):
        assert status_cells(document, keep)[1 : len(MARKUP) + 1] == [pair[which] for pair in MARKUP]


PAGE = ("h1", "h2", "h3", "small", "article", "span", "p", "br", "del", "ins")


def test_a_text_too_long_for_a_cell(work_folder: Path) -> None:
    """Nothing is cut off: the file is refused, and the message says what to use instead."""
    for folder, text in (("上期", "甲" * 32_768), ("本期", "乙")):
        put(work_folder / folder / "甲.yaml", "甲校", {"1.1": (None, text)})
    result = run("diff", "上期", "本期", "-o", "对照.xlsx")
    assert result.exit_code == 2
    assert "甲校：任务 1.1 的文字超过 32767 个字符" in result.stderr
    assert not (work_folder / "对照.xlsx").exists()


def test_page(rounds: Path) -> None:
    """One file without a script or an address; what comes from the files is text."""
    put(rounds / "本期" / "坏.yaml", "<script>学校", {"1.1": (None, "<img src=x onerror=alert(1)>&amp;\n二")})
    first, second = "第一件事早就做完了。", "第二件事正在抓紧做。"
    put(rounds / "上期" / "挪.yaml", "挪动学校", {"1.1": (None, f"{first}{second}第三件。")})
    put(rounds / "本期" / "挪.yaml", "挪动学校", {"1.1": (None, f"{second}第三件。{first}")})
    assert run("diff", "上期", "本期", "-o", "对照.html").exit_code == 0
    page = (rounds / "对照.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.replace('http-equiv="Content-Security-Policy"', "")
    assert "&lt;img src=x onerror=alert(1)&gt;&amp;amp;\n二" in page
    assert "<del>〔2019〕12号</del><ins>〔2020〕3号</ins>" in page
    assert f'<del class="moved">{first}</del>{second}第三件。<ins class="moved">{first}</ins>' in page
    assert "default-src &#x27;none&#x27;" not in page
    assert "default-src 'none'; style-src 'sha256-" in page
    etree.HTML(page)


def test_a_file_that_cannot_be_read(rounds: Path) -> None:
    """It is told, the rest is compared, and the exit code says so; a picture is told in one line."""
    (rounds / "本期" / "坏了.docx").write_bytes(b"PK\x03\x04 broken")
    (rounds / "本期" / "图.jpg").write_bytes(b"\xff\xd8")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 1
    assert f"本期没有读 {Path('本期', '坏了.docx')}：" in result.stderr
    assert f"本期没有读 {Path('本期', '图.jpg')}：图片" in result.stderr
    assert "青溪县教育局：本期新有" in result.stdout
    found = json.loads(run("diff", "上期", "本期", "--output-format", "json").stdout)
    assert [one["file"] for one in found["unread"]] == [str(Path("本期", "坏了.docx"))]


def test_an_error_in_the_content_does_not_stop_it(rounds: Path) -> None:
    """What was read is compared."""
    path = rounds / "本期" / "澄州理工学校.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("进展: 推进中", "进展: 进行到一半", 1), encoding="utf-8")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 0
    assert "本期的文件里有 1 处错误，读到的照常比较" in result.stderr


def test_several_versions(rounds: Path) -> None:
    """None is chosen for the user; --use chooses."""
    put(rounds / "本期" / "澄州理工学校(1).yaml", "澄州理工学校", {"1.1": (ONGOING, "另一份的文字。")}, "2020年上半年")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 1
    assert "本期的“澄州理工学校”有 2 份，没有比较：" in result.stderr
    assert "不同的任务：1.1、1.2" in result.stderr
    assert "澄州理工学校" not in result.stdout
    assert run("diff", "上期", "本期", "-o", "对照.docx").exit_code == 1
    assert "澄州理工学校" not in docx.Document(str(rounds / "对照.docx")).element.xml
    found = json.loads(run("diff", "上期", "本期", "--output-format", "json").stdout)
    assert found["several"][0]["differ"] == ["1.1", "1.2"]
    chosen = run("diff", "上期", "本期", "--use", "本期/澄州理工学校(1).yaml")
    assert chosen.exit_code == 0
    assert "澄州理工学校：改动 1 项、清空 1 项" in chosen.stdout


def test_equal_copies(rounds: Path) -> None:
    """They are told; either of them is compared."""
    put(rounds / "上期" / "副本.yaml", "澄州理工学校", OLD["澄州理工学校"], "2019年")
    result = run("diff", "上期", "本期")
    assert result.exit_code == 0
    assert "上期的“澄州理工学校”有 2 份，内容相同，留一份即可：" in result.stderr
    assert "澄州理工学校：没有变化（2 项）" in result.stdout


def test_one_round_in_the_folder_of_the_other(rounds: Path) -> None:
    """The files of the last round are none of this one."""
    (rounds / "本期").rename(rounds / "上期" / "本期")
    result = run("diff", "上期", "上期/本期")
    same_as_golden("diff/rounds.txt", result.stdout)
    (rounds / "上期" / "本期").rename(rounds / "本期")
    (rounds / "上期").rename(rounds / "本期" / "上期")
    result = run("diff", "本期/上期", "本期")
    same_as_golden("diff/rounds.txt", result.stdout)


def test_the_project_names_both(rounds: Path) -> None:
    """Without a path: its last round, and its files."""
    (rounds / "zhijiao20.toml").write_text('previous = "上期"\npaths = ["本期"]\nunit = "汇总单位"', encoding="utf-8")
    result = run("diff")
    assert result.stderr == "用了 zhijiao20.toml 里的设置：previous\n"
    same_as_golden("diff/rounds.txt", result.stdout)
    assert run("diff", "-o", "对照.docx").exit_code == 0
    assert 'w:author="汇总单位"' in docx.Document(str(rounds / "对照.docx")).element.xml


def test_with_a_roster(rounds: Path) -> None:
    """Its names and its order; a unit that changed its name is the same one; others are compared by their names."""
    (rounds / "名册.csv").write_text("单位,简称\n青溪县教育局,石桥县教育局\n澄州理工学校,\n", encoding="utf-8")
    result = run("diff", "上期", "本期", "--roster", "名册.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    units = [line for line in result.stdout.splitlines()[3:] if line[:1].strip()]
    assert [line.partition("：")[0] for line in units] == ["青溪县教育局", "澄州理工学校", "澄州市教育局"]
    assert "改动 1 项" in units[0]
    assert run("diff", "上期", "本期", "--roster", "名册.csv", "-o", "对照.docx").exit_code == 0
    cells = status_cells((rounds / "对照.docx").read_bytes(), "ins")
    assert cells[1].startswith("【青溪县教育局】新来的单位。\n")


def test_a_wrong_roster(rounds: Path) -> None:
    """Nothing is compared by it."""
    (rounds / "名册.csv").write_text("单位\n甲局\n甲局\n", encoding="utf-8")
    result = run("diff", "上期", "本期", "--roster", "名册.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "名册有错误，没有比较。" in result.stderr


def test_two_versions_of_a_file(work_folder: Path) -> None:
    """Files that do not name their unit are versions of one unit."""
    for name, text in (
        ("初稿.csv", "编号,落实情况\n1.1,招生4390人。\n"),
        ("终稿2.csv", "编号,落实情况\n1.1,招生4510人。\n"),
    ):
        (work_folder / name).write_text(text, encoding="utf-8")
    result = run("diff", "初稿.csv", "终稿2.csv")
    assert "招生〖4390人→4510人〗。" in result.stdout
    assert "只在" not in result.stdout
    (work_folder / "甲校.csv").write_text("编号,落实情况\n1.1,招生4390人。\n", encoding="utf-8")
    (work_folder / "乙校.csv").write_text("编号,落实情况\n1.1,招生4510人。\n", encoding="utf-8")
    result = run("diff", "甲校.csv", "乙校.csv")
    assert result.stderr == "两份文件没有都写单位，看作同一单位的两个版本\n"
    assert "招生〖4390人→4510人〗。" in result.stdout
    (work_folder / "名册.csv").write_text("单位\n甲校\n乙校\n", encoding="utf-8")
    result = run("diff", "甲校.csv", "乙校.csv", "--roster", "名册.csv")
    assert "只在上期的 1 个，只在本期的 1 个" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "要写两个路径：先上期，后本期"),
        (["上期"], "要写两个路径：先上期，后本期"),
        (["上期", "没有"], "路径不存在：没有"),
        (["上期", "本期", "-o", "对照.pdf"], "文件名应以 .docx、.xlsx、.html 结尾"),
        (["上期", "本期", "--use", "别处.yaml"], "算数的文件（use）不在要读的文件里：别处.yaml"),
        (["上期", "本期", "--unit", "甲\n乙", "-o", "对照.docx"], "单位里有换行或控制字符"),
    ],
)
def test_usage(rounds: Path, args: list[str], message: str) -> None:
    """Wrong usage is told in Chinese, with exit code 2."""
    result = run("diff", *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_nothing_to_compare(rounds: Path) -> None:
    """A side without any unit is no round in which everything is new."""
    (rounds / "坏").mkdir()
    (rounds / "坏" / "坏.yaml").write_text("a: [", encoding="utf-8")
    result = run("diff", "坏", "本期")
    assert result.exit_code == 2
    assert "没有读到任何单位，没有比较：坏" in result.stderr


def test_very_many_changes(work_folder: Path) -> None:
    """The text stays under 200 KB and counts what it leaves out; one passage is not without end either."""
    tasks = list(load_catalog().tasks)
    for folder, word in (("上期", "甲"), ("本期", "乙")):
        for number in range(8):
            said: Said = {task: (None, f"{word}{task}" * 150) for task in tasks}
            put(work_folder / folder / f"{number}.yaml", f"第{number}学校", said)
    put(work_folder / "上期" / "长.yaml", "长校", {"1.1": (None, "甲" * 30_000)})
    put(work_folder / "本期" / "长.yaml", "长校", {"1.1": (None, "乙" * 30_000)})
    result = run("diff", "上期", "本期")
    assert len(result.stdout.encode()) < 200_000
    assert "项变化没有显示；全部的变化见 -o 对照.docx" in result.stdout
    long = run("diff", "上期/长.yaml", "本期/长.yaml")
    assert "……（后面太长，没有显示）" in long.stdout
