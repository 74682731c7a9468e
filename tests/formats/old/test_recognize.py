"""Old formats are recognized by their content, whatever their name; what needs a password is told apart."""

from __future__ import annotations

import struct

import pytest
from old_files import odf, ole, zipped

from zhijiao20.formats.old import recognize as old
from zhijiao20.formats.old.recognize import EncryptedError, is_archive, may_be_old, recognize
from zhijiao20.system.ole import OleFile

WORD = struct.pack("<HHHHHH", 0xA5EC, 193, 0, 0, 0, 0)
BOF = struct.pack("<HHHH", 0x809, 4, 0x600, 5)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (ole({"WordDocument": WORD, "1Table": b""}), old.DOC),
        (ole({"Workbook": BOF}), old.XLS),
        (ole({"Book": BOF}), old.XLS),
        (ole({"MatOST": b""}), old.WORKS),
        (ole({"PowerPoint Document": b""}), None),
        (b"{\\rtf1\\ansi x}", old.RTF),
        (b"\xef\xbb\xbf\r\n{\\rtf1 x}", old.RTF),
        (odf("text", ""), old.ODT),
        (odf("spreadsheet", ""), old.ODS),
        (odf("presentation", ""), None),
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), old.XLSB),
        (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        (b"text", None),
    ],
)
def test_the_content_tells_the_format(data: bytes, found: old.OldFormat | None) -> None:
    assert recognize(data) is found
    assert may_be_old(data) or found is None


@pytest.mark.parametrize(
    "data",
    [
        ole({"EncryptedPackage": b""}),
        ole({"WordDocument": WORD[:10] + struct.pack("<H", 0x0100)}),
        ole({"Workbook": BOF + struct.pack("<HHH", 0x2F, 2, 0)}),
        odf("text", "", manifest="<manifest:encryption-data/>"),
    ],
    ids=["new", "doc", "xls", "odt"],
)
def test_a_password_is_noticed(data: bytes) -> None:
    with pytest.raises(EncryptedError, match="去掉密码"):
        recognize(data)


def test_a_damaged_odf_is_still_one() -> None:
    assert recognize(odf("text", "")[:-30]) is old.ODT


def test_the_remedy_names_the_program() -> None:
    assert "Word" in old.DOC.remedy
    assert "Excel" in old.ODS.remedy


@pytest.mark.parametrize(
    ("begin", "names", "kind"),
    [
        (zipped({"a.docx": ""}), ["a.docx"], True),
        (zipped({}), [], True),
        (b"PK\x03\x04", ["[Content_Types].xml"], False),
        (odf("text", ""), ["content.xml"], False),
        (b"Rar!\x1a\x07\x01\x00", [], True),
        (b"7z\xbc\xaf\x27\x1c", [], True),
        (b"PK\x03\x04", ["[content_types].xml", "_RELS\\.rels"], False),
        (b"PK\x03\x04", ["content.xml", "META-INF/manifest.xml"], False),
        (b"text", [], False),
    ],
)
def test_archives_are_told_from_documents(begin: bytes, names: list[str], kind: bool) -> None:
    assert is_archive(begin, lambda: names) is kind


class TestOle:
    """The directory of an OLE file, sound or not."""

    def test_many_streams(self) -> None:
        streams = {f"stream {number}": b"x" * 5000 for number in range(60)} | {"last": b"the end"}
        found = OleFile(ole(streams))
        assert set(streams) <= found.names
        assert found.stream("last", 7) == b"the end"
        assert found.stream("stream 1", 4999) == b"x" * 4999
        assert found.stream("missing", 4) == b""

    def test_small_streams(self) -> None:
        """LibreOffice writes streams of less than 4096 bytes into the stream of the root."""
        small = ole({"Workbook": b""})
        data = bytearray(small)
        at = data.index("Workbook".encode("utf-16-le"))
        data[at + 116 : at + 124] = struct.pack("<II", 1, 100)  # from the second small sector on
        root = data.index("Root Entry".encode("utf-16-le"))
        data[root + 116 : root + 124] = struct.pack("<II", 0, 4096)  # the sectors of the stream itself
        data[512 + 64 : 512 + 164] = b"x" * 64 + b"y" * 36
        table = struct.pack("<128I", 1, 2, *[0xFFFF_FFFE] * 126)
        data[60:64] = struct.pack("<I", len(data) // 512 - 1)
        found = OleFile(bytes(data) + table)
        assert found.stream("Workbook", 100) == b"x" * 64 + b"y" * 36
        assert found.stream("Workbook", 64) == b"x" * 64

    def test_a_chain_that_bites_its_tail(self) -> None:
        data = bytearray(ole({"Workbook": BOF}))
        data[-512:] = struct.pack("<128I", *[0] * 128)  # the table: each sector is followed by the first one
        assert OleFile(bytes(data)).names <= {"Root Entry", "Workbook"}

    @pytest.mark.parametrize("length", [0, 100, 512, 700, 5000])
    def test_half_a_file(self, length: int) -> None:
        assert OleFile(ole({"Workbook": BOF})[:length]).names <= {"Root Entry", "Workbook"}

    def test_a_table_of_tables_that_leads_nowhere(self) -> None:
        data = bytearray(ole({"Workbook": BOF}))
        data[68:76] = struct.pack("<II", 5, 1_000_000)
        assert "Workbook" in OleFile(bytes(data)).names
        data[68:76] = struct.pack("<II", 5_000_000, 1_000_000)
        assert "Workbook" in OleFile(bytes(data)).names

    def test_a_directory_without_end(self) -> None:
        entry = "x".encode("utf-16-le").ljust(64, b"\0")
        names = b"".join(
            f"{number:05}".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", 12, 2) + bytes(61)
            for number in range(12_000)
        )
        data = bytearray(ole({"big": names}))
        data[48:52] = struct.pack("<I", 0)  # the directory is that stream
        assert len(entry) == 64
        assert 10_000 < len(OleFile(bytes(data)).names) < 10_010
