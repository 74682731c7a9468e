"""The archive: only what is a Word document within bounds is opened."""

from __future__ import annotations

import io
import zipfile

import pytest
from forms import MAIN, parts, repack

from zhijiao20.core.limits import DEFAULT
from zhijiao20.formats.docx.package import open_package, pack, parse
from zhijiao20.formats.format_error import FormError
from zhijiao20.system.discovery import official_form

STRICT = b'<Relationships xmlns="x"><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document.xml"/></Relationships>'


def bomb() -> bytes:
    """A small archive that unpacks to more than the limit."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(DEFAULT.unpacked_mib + 1):
            part.write(bytes(2**20))
    return stream.getvalue()


def doubled() -> bytes:
    """An archive with one name twice: which of them Word reads is anybody's guess."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a", "2")
    return stream.getvalue()


def encrypted() -> bytes:
    """An archive whose first part claims to be encrypted."""
    data = bytearray(official_form())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: b"not a zip", "文件已损坏、被加密或不是 Word 文档"),
        (lambda: official_form()[:5000], "文件已损坏、被加密或不是 Word 文档"),
        (encrypted, "文件已损坏、被加密或不是 Word 文档"),
        (bomb, "解压后超过 100 MiB 或 2000 个部件"),
        (lambda: repack({f"p{index}": b"" for index in range(2001)}), "解压后超过 100 MiB 或 2000 个部件"),
        (doubled, "压缩包里有重名的部件"),
        (lambda: repack({"xl/workbook.xml": b"<a/>"}), "里面没有 Word 正文"),
        (lambda: repack({"_rels/.rels": b"<a"}), "文档内部的 XML 已损坏"),
        (
            lambda: repack({"_rels/.rels": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "文档内部带有 DTD，可能有害，没有读取",
        ),
        (lambda: repack({"_rels/.rels": STRICT}), "这是“Strict Open XML”格式的文档"),
    ],
    ids=[
        "no-zip",
        "cut-off",
        "encrypted",
        "bomb",
        "many-parts",
        "doubled-part",
        "no-document",
        "bad-xml",
        "dtd",
        "strict",
    ],
)
def test_what_is_no_form_is_refused_with_the_reason(data: object, message: str) -> None:
    """Each with words a clerk understands, and what to do."""
    with pytest.raises(FormError) as caught:
        open_package(data())  # type: ignore[operator]
    assert caught.value.message == message
    assert caught.value.hint


def test_folders_in_the_archive_are_no_parts() -> None:
    """Some zip programs add them."""
    stream = io.BytesIO(official_form())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.mkdir("word/empty")
    assert list(open_package(stream.getvalue()).parts) == list(parts(official_form()))


def test_packing_unchanged_gives_the_same_parts_in_the_same_order() -> None:
    """What is not changed is not touched."""
    package = open_package(official_form())
    assert package.main == MAIN
    assert list(parts(pack(package, {})).items()) == list(package.parts.items())


def test_entities_are_never_expanded() -> None:
    """A billion laughs ends before it begins."""
    laughs = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
    with pytest.raises(FormError):
        parse(laughs)
