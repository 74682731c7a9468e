"""Every mess that concerns a file as a whole, once a format: each message to the character, every text as it was."""

from __future__ import annotations

import mess_whole_office  # noqa: F401 - puts its files on the list
import pytest
from mess_base import COMPLETE, KINDS, PERIOD, TASKS, UNIT, answer, expected, review, written
from mess_whole import WHOLES

from zhijiao20.core.display import spaced
from zhijiao20.core.findings import NOWHERE

REFUSED = {"ZJ002", "ZJ003", "ZJ004", "ZJ104", "ZJ106", "ZJ114", "ZJ115"}


@pytest.mark.parametrize("name", WHOLES)
def test_file(name: str) -> None:
    """Read right, read with a note, or refused with the place and the remedy."""
    kind, build = WHOLES[name]
    data, told = build()
    submissions, said = review(data, kind)
    assert said == list(told.said)
    if any(item[0] in REFUSED for item in said):
        assert submissions == []
        return
    (found,) = submissions
    assert (found.unit, found.period) == (UNIT, PERIOD)
    assert {task: answer(found.entries.get(task), kind) for task in TASKS} == {
        task: expected(told, kind, task) for task in TASKS
    }


NAMES = {"yaml": "YAML", "csv": "CSV", "xlsx": "Excel 工作簿", "docx": "Word 文档"}


@pytest.mark.parametrize("suffix", [*KINDS, "doc", "xls", "txt", "pdf"])
@pytest.mark.parametrize("kind", ["yaml", "csv"])
def test_renamed_text(kind: str, suffix: str) -> None:
    """Text of another format than the name says is an error that names the real one."""
    if suffix == kind:
        return
    submissions, ((code, place, task, message),) = review(written(kind), suffix)
    assert (submissions, code, place, task) == ([], "ZJ002", NOWHERE, None)
    if suffix in KINDS:
        assert message == f"文件名以 .{suffix} 结尾，内容却是 {NAMES[kind]}"
    else:
        assert message == f"不能读取 .{suffix} 文件，内容像是 {NAMES[kind]}"


@pytest.mark.parametrize("suffix", [*KINDS, "doc", "wps", "xls", "et", "zip", "txt", "pdf"])
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_renamed_document(kind: str, suffix: str) -> None:
    """A workbook named .docx, or a document named .xlsx, is read as what it is, with a warning."""
    (found,), said = review(written(kind), suffix)
    (own,), usual = review(written(kind), kind)
    assert found.entries == own.entries
    told = f"文件名以 .{suffix} 结尾，内容却是 {NAMES[kind]}，已照 {NAMES[kind]}读取"
    assert said == usual if suffix == kind else sorted(said) == sorted([*usual, ("ZJ024", NOWHERE, None, told)])


FOREIGN = {
    "旧版 Word 文档（.doc、.wps）": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    "旧版 Excel 工作簿（.xls、.et）": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
    "加了密码的文件": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "PDF 文件": b"%PDF-1.7",
    "RTF 文件": b"{\\rtf1",
    "网页（HTML）": b"<html><table>",
    "RAR 压缩包": b"Rar!\x1a\x07",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FOREIGN)
def test_of_another_program(name: str, kind: str) -> None:
    """So is what is none of ours at all."""
    assert review(FOREIGN[name], kind) == (
        [],
        [("ZJ002", NOWHERE, None, f"文件名以 .{kind} 结尾，内容却是{spaced(name)}")],
    )


def test_complete_submission_has_every_task() -> None:
    """As the tests of the rows take for granted."""
    assert list(COMPLETE.entries) == list(TASKS)
