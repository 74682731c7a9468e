"""Convert .xls files to .xlsx; run as a program of its own, because a hostile file may take any time and memory.

xlrd is used because it tells number formats, fonts and what is hidden; calamine tells values only.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from zhijiao20.formats.old.biff import SheetRecords, scan
from zhijiao20.formats.old.xls_sheets import MAIN, Book, XlsSheet, comments, drawing, sheet, styles
from zhijiao20.system.ole import OleFile

_TYPES = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VISIBLE = ("visible", "hidden", "veryHidden")


def convert(source: Path, target: Path) -> None:
    """Write an .xls file as .xlsx.

    Raises:
        Exception: whatever xlrd raises for a file that it cannot read.
    """
    import xlrd

    data = source.read_bytes()
    with open(os.devnull, "w", encoding="utf-8") as log:  # noqa: PTH123 - devnull is no path of the project
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=log)
    ole = OleFile(data)
    stream = ole.stream("Workbook", len(data)) or ole.stream("Book", len(data))
    records = scan(stream)
    sheets = book.sheets()
    if len(records) != len(sheets):  # then it is not known which is which
        records = [SheetRecords() for _ in sheets]
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _content_types(len(sheets)))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", _workbook(book, sheets))
        parts = [("worksheet", f"sheet{number}.xml") for number, _ in enumerate(sheets, start=1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations([*parts, ("styles", "styles.xml")]))
        archive.writestr("xl/styles.xml", styles(book).encode())
        for number, (one, found) in enumerate(zip(sheets, records, strict=True), start=1):
            _write_sheet(archive, number, book, one, found)
    unfinished.rename(target)


def _write_sheet(archive: zipfile.ZipFile, number: int, book: Book, source: XlsSheet, records: SheetRecords) -> None:
    """Write the part of a sheet, and those of its comments and pictures."""
    with archive.open(f"xl/sheet{number}.xml", "w") as part:
        for piece in sheet(book, source, records):
            part.write(piece.encode("utf-8", "surrogatepass"))
    beside = [("comments", comments(source)), ("drawing", drawing(records))]
    beside = [(kind, text) for kind, text in beside if text]
    if beside:
        relations = _relations([(kind, f"{kind}{number}.xml") for kind, _ in beside])
        archive.writestr(f"xl/_rels/sheet{number}.xml.rels", relations)
        for kind, text in beside:
            archive.writestr(f"xl/{kind}{number}.xml", text.encode("utf-8", "surrogatepass"))


def _workbook(book: Book, sheets: Sequence[XlsSheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(one.name)} sheetId="{number}" state="{_VISIBLE[min(one.visibility, 2)]}" '
        f'r:id="r{number}"/>'
        for number, one in enumerate(sheets, start=1)
    )
    return (
        f'<workbook {MAIN} xmlns:r="{_KINDS}"><workbookPr date1904="{book.datemode}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_KINDS}/{kind}" Target="{part}"/>'
        for number, (kind, part) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_TYPES}">{listed}</Relationships>'


def _content_types(sheets: int) -> str:
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("workbook", "sheet.main"), ("styles", "styles")]
    parts += [(f"sheet{number}", "worksheet") for number in range(1, sheets + 1)]
    listed = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{office}.{kind}+xml"/>' for name, kind in parts)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def main(arguments: Sequence[str]) -> None:
    """Convert files; one that xlrd cannot read has no result.

    Args:
        arguments: the folder for the results, and the files.
    """
    folder, *files = map(Path, arguments)
    for file in files:
        try:
            convert(file, folder / f"{file.stem}.xlsx")
        except Exception as error:  # noqa: BLE001 - xlrd raises anything for a damaged file
            print(file.name, repr(error)[:200])  # noqa: T201 - seen only by who looks for it


if __name__ == "__main__":
    main(sys.argv[1:])
