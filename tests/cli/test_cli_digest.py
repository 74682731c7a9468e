"""render --digest and --annex as a clerk uses them, on 45 units: every text once, counts counted again."""

from __future__ import annotations

import math
import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pytest
from digests import LEADING, put_units
from golden import same_as_golden
from office import need, soffice
from program import run
from status_files import names_in, put, sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.digest import is_digest_cell
from zhijiao20.core.merge import unit_texts
from zhijiao20.core.submission import Submission

pytestmark = pytest.mark.usefixtures("work_folder")
PART = re.compile("【([^】]+)】")


def cells(document: Path) -> list[str]:
    """Column 4 of the table, but for its head."""
    return [row.cells[3].text for row in docx.Document(str(document)).tables[0].rows][1:]


def rendered(*args: str) -> str:
    """What is printed as the result."""
    result = run("render", "-q", "--digest", "-o", "表.docx", *args)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def said(found: list[Submission]) -> Counter[tuple[str, str, str]]:
    """What every unit says on every task: unit, task and text."""
    return Counter((item.unit, one.task, one.text) for item in found for one in unit_texts(item))


def labelled_texts(task: str, lines: list[str]) -> Counter[tuple[str, str, str]]:
    """The texts that are led by labels, for each unit of the label."""
    texts: list[tuple[list[str], list[str]]] = []
    for line in lines:
        if label := PART.match(line):
            texts.append((label[1].split("、"), [line[label.end() :]]))
        elif texts:
            texts[-1][1].append(line)
    return Counter((unit, task, "\n".join(paragraphs)) for units, paragraphs in texts for unit in units)


def in_table(catalog: Catalog) -> Counter[tuple[str, str, str]]:
    """The texts in the table; the counts and the references do not belong to any."""
    found: Counter[tuple[str, str, str]] = Counter()
    for task, cell in zip(catalog.tasks, cells(Path("表.docx")), strict=True):
        lines = [line for line in cell.split("\n")[1:] if not line.endswith("见附件。")]
        found += labelled_texts(task, lines)
    return found


def in_word_annex() -> Counter[tuple[str, str, str]]:
    """The texts in the annex, by the headings above them."""
    found: Counter[tuple[str, str, str]] = Counter()
    task, lines = "", list[str]()
    for paragraph in docx.Document("附件.docx").paragraphs:
        if paragraph.style.name.startswith("Heading"):
            found += labelled_texts(task, lines)
            task, lines = paragraph.text.partition("　")[0], []
        elif paragraph.style.name == "附件文字":
            lines.append(paragraph.text)
    return found + labelled_texts(task, lines)


def in_excel_annex() -> Counter[tuple[str, str, str]]:
    """The texts in the annex, a row each."""
    head, *rows = list(openpyxl.load_workbook("附件.xlsx").worksheets[0].values)[1:]
    assert head == ("编号", "任务", "单位", "上级", "类别", "进展", "各单位情况")
    return Counter((str(row[2]), str(row[0]), str(row[6])) for row in rows)


@pytest.mark.minutes
def test_every_text_once_in_table_and_annex(catalog: Catalog) -> None:
    """In the table those of the leading units, in the annex all others, in Word and in Excel."""
    found = put_units(45, catalog)
    assert rendered("--annex", "附件.docx") == "已生成 表.docx 和附件 附件.docx（45 个单位）\n"
    table, annex = in_table(catalog), in_word_annex()
    assert table + annex == said(found)
    leading = {(unit, task) for unit, tasks in LEADING.items() for task in tasks}
    texts = {(task, text) for unit, task, text in said(found) if (unit, task) in leading}
    assert {(task, text) for _, task, text in table} == texts, "whoever has the same text shares it"
    rendered("--annex", "附件.xlsx")
    assert in_table(catalog) + in_excel_annex() == said(found)


def test_counts_are_those_of_a_separate_count(catalog: Catalog) -> None:
    """Word by word from the submissions; the names of those that have not started in the roster's order."""
    found = put_units(45, catalog)
    rendered()
    for task, cell in zip(catalog.tasks, cells(Path("表.docx")), strict=True):
        lines = cell.split("\n")
        assert is_digest_cell(lines)
        entries = [item.entries[task] for item in found]
        late = [item.unit for item in found if item.entries[task].progress == "未启动"]
        words = Counter(entry.progress or "未注明进展" for entry in entries)
        reports = 45 - words["不涉及"]
        named = "、".join(late[:5]) + (f"等{len(late)}个单位" if len(late) > 5 else "")
        items = [f"{word}{words[word]}个" for word in ("已完成", "推进中", "未启动", "未注明进展") if words[word]]
        items = [f"{item}（{named}）" if item.startswith("未启动") else item for item in items]
        if words["未注明进展"]:
            rest = f"；{words['不涉及']}个不涉及。" if words["不涉及"] else "。"
            assert lines[0] == f"{reports}个单位填报：{'，'.join(items)}{rest}"
        else:
            items += [f"不涉及{words['不涉及']}个"] if words["不涉及"] else []
            assert lines[0] == f"45个单位：{'，'.join(items)}。"


def words_of(sentence: str) -> Counter[str]:
    """The numbers of a sentence by word."""
    if bare := re.search("([0-9]+)个单位填报[，。]", sentence):
        return Counter({"未注明进展": int(bare[1])})
    return Counter(
        {word: int(number) for word, number in re.findall("(已完成|推进中|未启动|未注明进展)([0-9]+)个", sentence)}
    )


def test_groups(catalog: Catalog) -> None:
    """A line for all and one for each group, whose numbers add up; the statistics too."""
    put_units(12, catalog)
    for by, groups in (("类别", ("机关", "学校")), ("上级", ("甲市教育局",))):
        rendered("--by", by, "--annex", "附件.xlsx")
        for cell in cells(Path("表.docx")):
            total, *parts = [line for line in cell.split("\n") if is_digest_cell([line])]
            assert [part.startswith(f"其中，{group}") for part, group in zip(parts, groups, strict=True)] == [
                True
            ] * len(groups)
            assert words_of(total) == sum(map(words_of, parts), Counter())
        book = openpyxl.load_workbook("附件.xlsx")
        assert book.sheetnames == ["各单位填报情况", "按类别", "按上级", "按任务"]
        assert [row[:3] for row in list(book["按类别"].values)[2:]] == [("机关", 1, 87), ("学校", 11, 957)]


def test_cells_of_a_small_one(catalog: Catalog) -> None:
    """Every cell, as it was looked at once."""
    put_units(8, catalog)
    rendered("--by", "类别", "--annex", "附件.docx")
    shown = [f"{task}\n{cell}\n" for task, cell in zip(catalog.tasks, cells(Path("表.docx")), strict=True)]
    same_as_golden("digest/cells.txt", "\n".join(shown))


def test_what_is_left_out_is_said(catalog: Catalog) -> None:
    """Texts without an annex; who is missing, once; a hint on the contents, which have no page numbers yet."""
    put_units(3, catalog)
    put("收件/第2学校.yaml", sound("外局", catalog))
    Path("收件/第2学校.yaml").unlink()
    left = "不在里面的 1 个：第2学校（未报），只有统计数和牵头单位的文字；其余文字要附上，请加 --annex 附件.docx"
    assert rendered("--allow-missing") == f"已生成 表.docx（2 个单位，{left}）\n"
    result = run("render", "--digest", "-o", "表.docx", "--annex", "附件.docx", "--allow-missing")
    assert result.stdout == "已生成 表.docx 和附件 附件.docx（2 个单位，不在里面的 1 个：第2学校（未报））\n"
    assert result.stderr.endswith("附件的目录还没有页码：在 Word、WPS 里打开，点一下目录，按 F9 更新。\n")


def test_all_texts_in_the_table(catalog: Catalog) -> None:
    """Nothing is left out, so nothing is said of an annex."""
    put_units(1, catalog)
    put("名册.csv", "单位,牵头\n甲市教育局,全部\n")
    found = rendered("--annex", "附件.xlsx")
    assert found == "已生成 表.docx 和附件 附件.xlsx（1 个单位）\n"
    texts = "".join(cells(Path("表.docx")))
    assert texts.count("见附件") == texts.count("不涉及1个。各单位")


def test_nothing_is_written_where_there_are_errors(catalog: Catalog) -> None:
    """Neither the table nor the annex."""
    put_units(2, catalog)
    put("收件/第1学校.yaml", sound("第1学校", catalog, {"1.1": "已完成"}))
    put("附件.docx", b"old")
    result = run("render", "--digest", "-o", "表.docx", "--annex", "附件.docx")
    assert (result.exit_code, names_in()) == (1, sorted(["zhijiao20.toml", "名册.csv", "收件", "附件.docx"]))
    assert Path("附件.docx").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--annex", "附件.docx"], "--annex 要和 --digest 一起用"),
        (["--by", "类别"], "--by 类别 要和 --digest 一起用"),
        (["--digest", "--annex", "附件.pdf"], "文件名应以 .docx、.xlsx 结尾：附件.pdf"),
        (["--digest", "--annex", "./表.docx"], "附件和汇总表不能是同一个文件："),
        (["--digest", "--by", "县区"], "不能是“县区”，只能是：上级、类别"),
        (["--digest", "--blank"], "--blank 生成自带的空表"),
        (["--digest", "--annex", "没有/附件.docx"], "文件夹不存在：没有"),
        (["--digest", "--annex", "收件/甲市教育局.xlsx", "收件/甲市教育局.xlsx"], "输出文件同时是输入文件："),
        (["--digest", "--annex", "表样.docx", "--template", "表样.docx"], "输出文件同时是表样："),
        (["--digest", "--annex", "名册.xlsx", "--roster", "名册.xlsx"], "这是名册。请换个文件名"),
    ],
)
def test_usage_errors(args: list[str], message: str, catalog: Catalog) -> None:
    """Options that do not fit, and outputs that would replace what is read."""
    put_units(1, catalog)
    if "收件/甲市教育局.xlsx" in args:
        run("convert", "收件", "-o", "收件/甲市教育局.xlsx", "--roster", "名册.csv")
    run("render", "--blank", "-o", "表样.docx")
    book = openpyxl.Workbook()
    book.active.append(["单位"])
    book.active.append(["甲市教育局"])
    book.save("名册.xlsx")
    result = run("render", "-o", "表.docx", *args)
    assert (result.exit_code, Path("表.docx").exists()) == (2, False)
    assert message in result.stderr.replace(os.sep, "/")


def test_by_category_needs_a_roster(catalog: Catalog) -> None:
    """Files do not say it, and a roster need not."""
    put("甲.yaml", sound("甲", catalog))
    args = ("render", "甲.yaml", "-o", "表.docx", "--digest", "--by", "类别")
    for more, message in (
        ((), "--by 类别 要有名册"),
        (("--roster", "名册.csv"), "--by 类别：名册没有写这些单位的类别"),
    ):
        put("名册.csv", "单位,类别\n甲,\n")
        result = run(*args, *more)
        assert (result.exit_code, message in result.stderr, Path("表.docx").exists()) == (2, True, False)


def test_annex_is_no_input_of_the_next_run(catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of what was sent, as the table; a copy elsewhere is refused, as it has not all texts."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    put_units(2, catalog)
    for _ in range(2):
        rendered("--annex", "收件/附件.xlsx")
    copy = put("别处/附件.xlsx", Path("收件/附件.xlsx").read_bytes())
    result = run("validate", str(copy))
    assert (result.exit_code, "缺少列：落实情况" in result.stderr + result.stdout) == (1, True)


@pytest.mark.minutes
def test_pages(catalog: Catalog, tmp_path: Path) -> None:
    """45 units take at most half as many pages again as the blank form, and what the leading texts need."""
    put_units(45, catalog)
    run("render", "--blank", "-o", "空.docx")
    rendered()
    blank, digest = (_pages(Path(name), tmp_path) for name in ("空.docx", "表.docx"))
    texts = sum(math.ceil(len(line) / 14) for _, _, text in in_table(catalog) for line in text.split("\n"))
    assert digest <= 1.5 * blank + math.ceil(texts / 28)


@pytest.mark.minutes
def test_contents_of_the_pdf_have_page_numbers(catalog: Catalog) -> None:
    """Those of the pages on which the headings stand; the .docx has a field instead."""
    need("soffice")
    put_units(3, catalog)
    rendered("--annex", "附件.docx", "--pdf")
    assert set(names_in()) >= {"表.docx", "表.pdf", "附件.docx", "附件.pdf"}
    shown = subprocess.run([need("pdftotext"), "附件.pdf", "-"], check=True, capture_output=True, encoding="utf-8")
    pages = shown.stdout.split("\f")
    lines = [line for page in pages for line in page.split("\n")]
    for title in ("填报情况统计", *(chapter.title for chapter in catalog.chapters)):
        (number,) = (match[1] for line in lines if (match := re.fullmatch(f"{title} ?[. ]+([0-9]+)", line)))
        assert title in pages[int(number) - 1].split("\n")


def _pages(document: Path, folder: Path) -> int:
    return len(re.findall(rb"/Type */Page\b", soffice(document, "pdf", folder).read_bytes()))
