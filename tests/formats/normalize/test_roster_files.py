"""Files that cannot be read as rosters: what they are, and what to do, in words for rosters."""

from __future__ import annotations

from pathlib import Path

import pytest
from sheets import pack, row, sheet
from sheets import parts as workbook

from zhijiao20.core.findings import Finding
from zhijiao20.core.limits import DEFAULT, Limits
from zhijiao20.core.roster import Roster
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.submission import Submission
from zhijiao20.formats.read_roster import _SAVE as SAVE
from zhijiao20.formats.read_roster import read_roster, roster_hint
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

CATALOG = load_catalog()


def read(text: str | bytes, name: str = "名册.csv", limits: Limits = DEFAULT) -> tuple[Roster, list[Finding]]:
    data = text if isinstance(text, bytes) else text.encode()
    roster, out = read_roster(Path(name), data, CATALOG, limits)
    return roster, out.findings


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "名册.xls", "ZJ002"),
        ("单位: 甲局\n任务: {}\n".encode(), "名册.yaml", "ZJ002"),
        (b"%PDF-1.4", "名册.pdf", "ZJ002"),
        ("单位\n甲\0".encode(), "名册.csv", "ZJ003"),
        ('单位\n"甲\n'.encode(), "名册.csv", "ZJ004"),
    ],
)
def test_files_that_are_no_roster(data: bytes, name: str, code: str) -> None:
    """The same words as for status files."""
    roster, findings = read(data, name)
    assert roster.units == ()
    assert code in {finding.rule.code for finding in findings if finding.severity is Severity.ERROR}


def form(kind: str) -> bytes:
    return write_status_file(kind, [Submission("甲局")], CATALOG)


@pytest.mark.parametrize(
    ("data", "name", "hint"),
    [
        (form("docx"), "名册.xlsx", SAVE),
        (form("docx"), "名册.docx", SAVE),
        (form("yaml"), "名册.csv", SAVE),
        (b"%PDF-1.4", "名册.xlsx", SAVE),
        (b"\x89PNG", "名册.png", SAVE),
        ("单位\n甲局\n".encode(), "名册.txt", SAVE),
        ("单位\n甲局\n".encode(), "名册.xlsx", SAVE),
        (b"", "名册.xlsx", SAVE),
        (b"PK\x03\x04" + b"x" * 100, "名册.xlsx", "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "名册.xlsx",
            f"先去掉密码；{SAVE}",
        ),
        (pack(workbook(sheet())), "名册.xlsx", SAVE),
    ],
)
def test_what_to_do_is_about_rosters(data: bytes, name: str, hint: str) -> None:
    """A roster cannot be a Word document, and no unit has sent it."""
    _, findings = read(data, name)
    assert findings[-1].hint == hint


@pytest.mark.parametrize("name", ["名册.csv", "名册.xlsx"])
def test_a_roster_that_is_too_large_is_told_what_to_do(name: str) -> None:
    """Units that send are not meant."""
    cells = [["单位", "类别"], *([f"单位{number}", "学校"] for number in range(60))]
    data = "".join(",".join(cell) + "\n" for cell in cells).encode()
    if name.endswith("xlsx"):
        data = pack(workbook(sheet(*(row(number, *texts) for number, texts in enumerate(cells, start=1)))))
    _, findings = read(data, name, Limits(cells=100, roster_units=50_000))
    assert findings[-1].hint == "名册最多 5 万个单位：请删去空行、无关的行和列；单位更多的，分成几份名册"


def test_a_hostile_roster_is_told_without_status_files() -> None:
    """It is no status file either way."""
    assert roster_hint("这不像一份填报表，请核对文件来源") == f"请核对文件来源；{SAVE}"


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A roster from a stranger takes bounded time and memory."""
    rows = "单位\n" + "".join(f"单位{number}\n" for number in range(20))
    _, findings = read(rows, limits=Limits(roster_units=10))
    assert findings[-1].message == "名册里的单位超过 10 个，没有读取"
    _, findings = read("单位,格式\n" + "甲,x\n" * 20, limits=Limits(findings=10))
    assert findings[-1].message == "问题超过 10 条，后面的没有再查"

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("zhijiao20.formats.read_roster.format_of", fail)
    _, findings = read(rows)
    assert findings[-1].message == "这台电脑的内存不够读这份名册"
