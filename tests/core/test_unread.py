"""What is told of a file that was not read, and which files a project excludes."""

from __future__ import annotations

import time

import pytest

from zhijiao20.core.unread import OFFICE_SUFFIXES, clean_pattern, describe_unread, is_excluded, unread_names


@pytest.mark.parametrize(
    ("file", "what", "remedy"),
    [
        ("甲.PDF", "版式文件（如 PDF）", "原件"),
        ("收/甲.jpg", "图片", "原件"),
        ("甲.txt", "纯文本", "填进"),
        ("甲.docx.tmp", "没有下载完或没有存完的文件", "重新下载"),
        ("甲.eml", "邮件", "附件"),
        ("甲.xyz", ".xyz 文件", "另存为"),
        ("甲", "没有后缀的文件", "后缀改对"),
        ("附表2.职教20条", "没有后缀的文件", "后缀改对"),
        ("报送 2020.7", "没有后缀的文件", "后缀改对"),
    ],
)
def test_the_remedy_fits_the_kind(file: str, what: str, remedy: str) -> None:
    """A picture is asked for again, a text is filled in, a download repeated."""
    told = describe_unread(file)
    assert (told.file, told.what) == (file, what)
    assert remedy in told.hint


def test_what_could_hold_a_status() -> None:
    """Word, WPS, Excel, OpenDocument, RTF and archives; a PDF or a picture never does."""
    assert {".doc", ".wps", ".xls", ".et", ".xlsb", ".ods", ".odt", ".rtf", ".zip", ".rar", ".7z"} <= OFFICE_SUFFIXES
    assert not {".pdf", ".jpg", ".txt", ".yaml", ".json"} & OFFICE_SUFFIXES


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("通知.docx", "收/通知.docx", True),
        ("通知*.DOCX", "收/通知（2）.docx", True),
        ("通知?.docx", "通知12.docx", False),
        ("通知[1].docx", "收/通知[1].docx", True),
        ("通知[1].docx", "收/通知1.docx", False),
        ("往年/", "收/往年/甲/乙.docx", True),
        ("./收/往年", "收/往年/甲.docx", True),
        ("收\\往年", "收\\往年\\甲.docx", True),
        ("收/往年", "往年/收/往年/甲.docx", False),
        ("收/往年/甲.docx", "收/往年", False),
        ("收/*.docx", "收/甲.docx", True),
        ("收/*.docx", "收/下/甲.docx", False),
        ("e\u0301.docx", "é.docx", True),
    ],
)
def test_excluded(pattern: str, path: str, *, expected: bool) -> None:
    """A name anywhere, a path from the project's folder; brackets are no pattern, capitals and Unicode forms equal."""
    assert is_excluded(path, [clean_pattern("别的"), clean_pattern(pattern)]) is expected


@pytest.mark.parametrize("text", ["", "/", ".", "../甲.docx", "收/../../甲", "/etc", "\\\\机\\甲", "C:\\甲", "C:甲"])
def test_no_pattern(text: str) -> None:
    """What points out of the project's folder, and what is nothing."""
    assert clean_pattern(text) == ""


def test_a_wild_pattern_takes_no_time() -> None:
    """A project may have been sent by a stranger."""
    begin = time.perf_counter()
    assert not is_excluded("a" * 250 + "!", [clean_pattern("*a" * 900)])
    assert time.perf_counter() - begin < 5


def test_names_in_one_line() -> None:
    """Without their folders, at least one of them."""
    assert unread_names([describe_unread("收/甲.pdf"), describe_unread("C:\\收\\乙.pdf")]) == (
        "没有读 2 个文件：甲.pdf、乙.pdf"
    )
    assert unread_names([describe_unread("长" * 600 + f"{n}.pdf") for n in range(3)]).startswith(
        "没有读 3 个文件：长长"
    )
