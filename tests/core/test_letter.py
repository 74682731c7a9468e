"""What the letters say, block by block."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letters import AMEND, DAY, EVERY, REMINDER, SEVERAL, UNREAD

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.feedback import Row
from zhijiao20.core.letter import Letter, UnusableFile, by_when, guide, numbered_names, sentence
from zhijiao20.core.letter_blocks import TASK_EXCERPT, Addressee, Body, Signature, Table, Title, blocks, title_of


def text(letter: Letter, catalog: Catalog) -> str:
    """The paragraphs of a letter."""
    return "\n".join(block.text for block in blocks(letter, catalog) if isinstance(block, (Body, Addressee)))


def table(letter: Letter, catalog: Catalog) -> Table:
    """The table of a letter."""
    return next(block for block in blocks(letter, catalog) if isinstance(block, Table))


def test_letter_to_amend_has_the_parts_of_an_official_letter(catalog: Catalog) -> None:
    """Title, addressee, what was received, the table, by when, whom to ask, who signs."""
    found = list(blocks(AMEND, catalog))
    kinds = [type(block) for block in found]
    assert kinds == [Title, Addressee, Body, Table, Body, Body, Body, Signature]
    said = text(AMEND, catalog)
    for words in (
        "澄州市财政局：",
        "一览表（2020年上半年，文件名《附表2.docx》）收悉",
        "需要改正1处、需要核对1处",
        "随附的《附表2.docx》",
        "请于2020年7月10日前",
        "联系人：王某　　电话：0000-1234567",
    ):
        assert words in said
    assert found[-1] == Signature("澄州市教育局", "　　　　年　　月　　日")


def test_table_shows_each_row_with_the_begin_of_its_task(catalog: Catalog) -> None:
    """A short wording is shown whole; a row about the file has none."""
    made = table(AMEND, catalog)
    assert made.header == ("编号", "任务", "问题", "怎样改", "位置")
    assert made.rows[0] == ("2.1", f"{catalog.tasks['2.1'].text[:TASK_EXCERPT]}……", "只是占位文字", "写明情况", "第8行")
    assert made.rows[1] == ("—", "—", "请核对：单位", "—", "—")
    short = min(catalog.tasks.values(), key=lambda task: len(task.text))
    row = Row(short.id, short.id, "甲", "乙", "")
    shown = table(replace(AMEND, rows=(row,)), catalog).rows[0][1]
    assert shown == short.text or shown.endswith("……")


def test_blanks_are_left_for_what_is_not_known(catalog: Catalog) -> None:
    """Deadline, contact, telephone; without an office nobody signs."""
    said = text(replace(AMEND, deadline=None, contact="", phone="", office="", copy=""), catalog)
    assert "请于　　月　　日前" in said
    assert "联系人：＿＿＿＿＿＿　　电话：＿＿＿＿＿＿" in said
    assert "随附" not in said
    assert not any(isinstance(block, Signature) for block in blocks(replace(AMEND, office=""), catalog))


def test_letter_about_a_file_that_cannot_be_read(catalog: Catalog) -> None:
    """What was received, why it cannot be used, what to send; without folders."""
    made = table(UNREAD, catalog)
    assert made.rows == (("甲.pdf", "是图片", "请报送原件"),)
    assert "下面的文件已收到，但不能读取" in text(UNREAD, catalog)
    two = replace(UNREAD, unusable=(*UNREAD.unusable, UnusableFile("甲.doc", "已损坏。", "")))
    assert "下列文件" in text(two, catalog)
    assert table(two, catalog).rows[1][2] == "—"


@pytest.mark.parametrize(
    ("differ", "words"),
    [
        (("1.1", "2.1"), "其中2项任务的内容不一致：1.1、2.1。"),
        ((), "各份内容相同，留一份即可。"),
        (("1.1", "1.2", "1.3", "1.4"), "其中4项任务的内容不一致：1.1至1.4。"),
    ],
)
def test_letter_about_several_files(differ: tuple[str, ...] | None, words: str, catalog: Catalog) -> None:
    """Their names and the tasks in which they differ, no table."""
    said = text(replace(SEVERAL, differ=differ), catalog)
    assert words in said
    assert "1. 《甲.docx》\n2. 《甲(1).docx》" in said
    assert not any(isinstance(block, Table) for block in blocks(SEVERAL, catalog))


def test_letter_about_one_file_of_several(catalog: Catalog) -> None:
    """One that holds the unit twice, and one beside which another cannot be read."""
    twice = text(replace(SEVERAL, files=("全市.csv",)), catalog)
    assert "文件名《全市.csv》）收悉，你单位的内容不止一份，其中2项任务的内容不一致：1.1、2.1。" in twice
    beside = text(replace(SEVERAL, files=("甲.docx",), unusable=UNREAD.unusable, differ=None), catalog)
    assert "文件名《甲.docx》）收悉。\n另外收到的《甲.pdf》不能使用" in beside


def test_scan_beside_a_table_need_not_be_sent_again(catalog: Catalog) -> None:
    """It is only told that nobody has read it."""
    scan = UnusableFile("a/盖章.pdf", "这是 PDF，读不成文字。", "请报送原件", beside=True)
    assert "另外收到的《盖章.pdf》没有审核：这是 PDF，读不成文字。\n" in text(replace(AMEND, unusable=(scan,)), catalog)


def test_other_files_that_cannot_be_read_are_named(catalog: Catalog) -> None:
    """Beside the one that was read, and beside several."""
    for letter in (AMEND, SEVERAL):
        said = text(replace(letter, unusable=(UnusableFile("/a/扫描.pdf", "是图片。", "请报送原件。"),)), catalog)
        assert "另外收到的《扫描.pdf》不能使用：是图片。请报送原件。" in said


def test_reminder(catalog: Catalog) -> None:
    """Nothing was received."""
    assert "尚未收到你单位报送的" in text(REMINDER, catalog)
    assert "请抓紧填写，于　　月　　日前报送我单位" in text(REMINDER, catalog)


def test_titles_have_two_lines_of_about_the_same_length(catalog: Catalog) -> None:
    """And together name the table."""
    for letter in EVERY:
        first, second = title_of(letter, catalog)
        assert abs(len(first) - len(second)) < 10
        assert max(len(first), len(second)) <= 20
        assert catalog.title in first + second
    assert len(title_of(AMEND, replace(catalog, title="一览表"))) == 1


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        (
            AMEND,
            "澄州市财政局：职教20条落实情况表已退回：需要改正1处、需要核对1处，详见退回意见和标了批注的表，请于2020年7月10日前改好后重新报送。",
        ),
        (
            replace(AMEND, to_amend=0, to_check=0, copy="", deadline=None),
            "澄州市财政局：职教20条落实情况表已退回：有几处供参考，详见退回意见，请尽快改好后重新报送。",
        ),
        (UNREAD, "甲：《甲.pdf》读不了（是图片），请尽快重新报送。"),
        (
            replace(UNREAD, unusable=UNREAD.unusable * 4),
            "甲：《甲.pdf》、《甲.pdf》、《甲.pdf》等4个文件读不了（是图片），请尽快重新报送。",
        ),
        (SEVERAL, "甲：收到2份表，其中2项任务的内容不一致，请尽快确认以哪一份为准。"),
        (
            replace(SEVERAL, files=("甲.docx",), deadline=DAY),
            "甲：收到2份表，其中2项任务的内容不一致，请于2020年7月10日前确认以哪一份为准。",
        ),
        (
            replace(SEVERAL, files=("甲.docx",), unusable=UNREAD.unusable, differ=None),
            "甲：收到的《甲.docx》可以用，《甲.pdf》读不了，请尽快确认以哪一份为准。",
        ),
        (REMINDER, "甲：还没有收到职教20条落实情况表，请尽快报送。"),
    ],
)
def test_one_sentence_for_a_chat(letter: Letter, words: str) -> None:
    """Whole, ready to be pasted."""
    assert sentence(letter) == words


def test_guide_of_a_marked_workbook() -> None:
    """What it is, where to look, how to amend, by when; what is said about the whole."""
    lines = guide(AMEND, [Row("—", None, "甲", "乙", ""), Row("—", None, "丙", "", "")])
    assert [heading for heading, _ in lines][:5] == ["这是什么", "看哪里", "怎样改", "报送", "联系人"]
    assert lines[5:] == [("整份表", "甲　怎样改：乙"), ("", "丙")]


def test_dates_and_names() -> None:
    """A blank where there is no date; files of one name are told apart."""
    assert by_when(replace(AMEND, deadline=DAY), "报送") == "请于2020年7月10日前报送"
    assert by_when(replace(AMEND, deadline=None), "报送") == "请于　　月　　日前报送"
    assert numbered_names(["a/甲.docx", "b/甲.docx", "乙.docx"]) == ["甲.docx", "甲.docx（第2份）", "乙.docx"]


def test_no_letter_shows_a_tool(catalog: Catalog) -> None:
    """Its name, its codes, its folders."""
    for letter in EVERY:
        said = "".join(map(str, blocks(letter, catalog))) + sentence(letter)
        assert not any(word in said for word in ("zhijiao20", "ZJ", "收件/", "程序"))
