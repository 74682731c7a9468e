"""An .xls is read as its cells show it; what is struck, hidden, merged or calculated is told."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlwt
from old_files import ole
from program import POSIX

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Submission
from zhijiao20.formats.old import xls_child
from zhijiao20.formats.old.biff import SheetRecords, scan
from zhijiao20.formats.old.xls import xls_converter
from zhijiao20.formats.read import read_content
from zhijiao20.system.batch_conversion import BatchLimits, Failure, convert

HEADER = ("单位", "编号", "落实情况")


def book(fill: Callable[[xlwt.Workbook, xlwt.Worksheet], None]) -> bytes:
    """An .xls with a header, filled in by a function."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("填报")
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
    fill(workbook, sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def converted(data: bytes, folder: Path) -> bytes:
    """The .xlsx made of an .xls, in this process."""
    (folder / "1.xls").write_bytes(data)
    xls_child.main([str(folder), str(folder / "1.xls")])
    return (folder / "1.xlsx").read_bytes()


def read(data: bytes, folder: Path, catalog: Catalog) -> tuple[Submission, Collector]:
    found, out = read_content(Path("甲.xlsx"), converted(data, folder), catalog)
    return found[0], out


def styled(**options: str) -> xlwt.XFStyle:
    return xlwt.easyxf(options.get("font", ""), num_format_str=options.get("code", "General"))


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.85, "0%", "85%"),
        (date(2020, 1, 2), 'yyyy"年"m"月"d"日"', "2020年1月2日"),
        (date(2020, 1, 2), "M/D/YY", "2020年1月2日"),
        (12.5, "0.00", "12.50"),
        (True, "General", "TRUE"),
        (3, "General", "3"),
        (2.3, "General", "2.3"),
        ("文字\n两行", "General", "文字\n两行"),
        ("_x0041_ & <b> \x01", "General", "_x0041_ & <b> "),
        ("长" * 9000, "General", "长" * 9000),
    ],
)
def test_a_value_is_read_as_it_is_shown(value: object, code: str, shown: str, tmp_path: Path, catalog: Catalog) -> None:
    def fill(workbook: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.write(1, 0, "甲")
        sheet.write(1, 1, "1.1")
        sheet.write(1, 2, value, styled(code=code))

    assert read(book(fill), tmp_path, catalog)[0].entries["1.1"].status == shown


def test_what_is_hidden_merged_and_calculated_is_told(tmp_path: Path, catalog: Catalog) -> None:
    def fill(workbook: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(1, 2, 0, 0, "甲")
        sheet.write(1, 1, "1.1")
        sheet.write(1, 2, xlwt.Formula('"a"&"b"'))
        sheet.write(2, 1, "1.2")
        sheet.write(2, 2, "有")
        sheet.row(2).hidden = True
        sheet.col(2).hidden = True
        other = workbook.add_sheet("藏")
        other.visibility = 1
        other.write(0, 0, "x")

    submission, out = read(book(fill), tmp_path, catalog)
    assert submission.unit == "甲"
    assert submission.entries["1.2"].status == "有"
    found = {(finding.rule.code, finding.message[:8]) for finding in out.findings}
    assert {code for code, _ in found} >= {"ZJ014", "ZJ017", "ZJ018"}
    assert ("ZJ017", "有 1 个隐藏的") in found
    assert ("ZJ017", "隐藏的列已照样读") in found


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_marks_are_kept(tmp_path: Path) -> None:
    """Struck cells and parts of texts are marked in the .xlsx; its reader tells them."""

    def fill(workbook: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        struck = xlwt.easyfont("struck_out on")
        sheet.write(1, 0, "划", styled(font="font: struck_out on"))
        sheet.write_rich_text(1, 1, ["前", ("划", struck), "后"])
        sheet.write_rich_text(1, 2, [("高", xlwt.easyfont("escapement superscript")), "平"])
        sheet.write_rich_text(2, 0, [("红", xlwt.easyfont("colour red")), "平"])

    data = converted(book(fill), tmp_path)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()]
    assert rows[1:] == [["划", "前划后", "高平"], ["红平", None, None]]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part, styles = archive.read("xl/sheet1.xml").decode(), archive.read("xl/styles.xml").decode()
    assert part.count("<strike/>") == 1
    assert part.count("<vertAlign") == 1
    assert 'fontId="1"' in styles


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_errors_and_blank_cells(tmp_path: Path) -> None:
    def fill(workbook: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.row(1).set_cell_error(0, 42)
        sheet.row(1).set_cell_blank(1, styled())
        sheet.write(1, 3, -1.5e300)

    sheet = openpyxl.load_workbook(io.BytesIO(converted(book(fill), tmp_path))).active
    assert [cell.value for cell in sheet[2]] == ["#N/A", None, None, -1.5e300]


def test_pictures_and_text_boxes_are_told(tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The records of an .xls that xlrd passes over: an anchor, an object, its text; a comment is none."""
    anchor = (
        b"\x0f\x00\x04\xf0"
        + bytes(4)
        + b"\x00\x00\x10\xf0\x12\x00\x00\x00"
        + struct.pack("<9H", 0, 2, 0, 1, 0, 0, 0, 0, 0)
    )
    text = "框里的字".encode("utf-16-le")
    records = [
        (0x809, struct.pack("<HH", 0x600, 5)),
        (0x85, struct.pack("<IBB", 200, 0, 0) + b"\x01\x00a"),
        (0x85, struct.pack("<IBB", 0, 0, 2) + b"\x01\x00b"),
        (0x0A, b""),
    ]
    sheet = [
        (0x809, struct.pack("<HH", 0x600, 0x10)),
        (0x809, b"\0" * 4),
        (0x5D, struct.pack("<HHH", 21, 18, 8)),
        (0x0A, b""),
        (0xEC, anchor),
        (0x5D, struct.pack("<HHH", 21, 18, 6)),
        (0x1B6, bytes(18)),
        (0x3C, b"\x01" + text),
        (0xEC, anchor[:-4]),
        (0x5D, struct.pack("<HHH", 21, 18, 25)),
        (0x1B6, bytes(18)),
        (0x3C, b"\x00comment"),
        (0x5D, struct.pack("<HHH", 21, 18, 8)),
        (0x06, struct.pack("<HHH", 1, 2, 0) + b"\x03\0\0\0\0\0\xff\xff\x02\0"),
        (0x06, struct.pack("<HHH", 1, 3, 0) + bytes(10)),
        (0x0A, b""),
        (0x5D, b"behind the end"),
    ]

    def joined(parts: list[tuple[int, bytes]]) -> bytes:
        return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in parts)

    found = scan(joined(records).ljust(200, b"\0") + joined(sheet))
    assert len(found) == 1
    assert found[0].objects == [(1, 2, "框里的字"), (1, 2, "")]
    assert found[0].formulas == {(1, 2): False, (1, 3): True}
    assert scan(b"\x09\x08") == []

    def fill(workbook: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        for column, value in enumerate(("甲", "1.1", "x")):
            sheet.write(1, column, value)

    monkeypatch.setattr(xls_child, "scan", lambda stream: found)
    _, out = read(book(fill), tmp_path, catalog)
    codes = [finding.rule.code for finding in out.findings]
    assert "ZJ010" in codes
    assert "ZJ015" in codes


def test_the_places_of_comments_are_kept(tmp_path: Path) -> None:
    """xlwt writes none: a sheet as xlrd would give it."""
    empty = SimpleNamespace(nrows=0, colinfo_map={}, rowinfo_map={}, merged_cells=[], cell_note_map={(1, 2): None})
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        xls_child._write_sheet(archive, 1, None, empty, SheetRecords())
        assert 'ref="C2"' in archive.read("xl/comments1.xml").decode()
        assert "comments1.xml" in archive.read("xl/_rels/sheet1.xml.rels").decode()


def test_files_are_converted_in_a_process_of_their_own(tmp_path: Path) -> None:
    """What is no workbook has no result and costs the others nothing."""
    contents = [book(lambda workbook, sheet: sheet.write(1, 0, "甲")), b"nothing", ole({"Workbook": b""})]
    files = []
    for number, data in enumerate(contents):
        files.append(tmp_path / f"{number}.xls")
        files[-1].write_bytes(data)
    found = list(convert(xls_converter(), files, tmp_path).values())
    assert isinstance(found[0], Path)
    assert found[1:] == [Failure.REFUSED, Failure.REFUSED]


@POSIX
@pytest.mark.minutes
def test_a_workbook_that_is_too_much_is_stopped(tmp_path: Path) -> None:
    """A row of cells at the very end makes no grid; a limit of memory ends it."""

    def fill(workbook: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        for row in range(1, 3000):
            for column in range(100):
                sheet.write(row, column, row * 1.5 + column)

    file = tmp_path / "1.xls"
    file.write_bytes(book(fill))
    tight = BatchLimits(start=10, seconds=10, memory=20 * 2**20)
    assert convert(xls_converter(tight), [file], tmp_path)[file] in {Failure.MEMORY, Failure.REFUSED, Failure.CRASH}
    file.write_bytes(book(lambda workbook, sheet: sheet.write(65535, 255, "角")))
    result = convert(xls_converter(), [file], tmp_path)[file]
    assert isinstance(result, Path)
    assert result.stat().st_size < 10_000
