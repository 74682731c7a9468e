"""OpenDocument files lose what leads outside them, and no text."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from old_files import odf

from zhijiao20.core.limits import Limits
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.old.odf import without_links


def content(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(without_links(data))) as archive:
        return archive.read("content.xml").decode()


@pytest.mark.parametrize(
    "link",
    [
        '<text:section><text:section-source xlink:href="//host/a.odt"/>字</text:section>',
        '<text:section><office:dde-source office:dde-topic="host"/>字</text:section>',
        '<draw:image xlink:href="\\\\host\\share\\a.png"/>字',
        '<draw:image xlink:href="file:///host/a.png"/>字',
        '<draw:image xlink:href="../host/a.png"/>字',
        '<draw:image xlink:href="/host/a.png"/>字',
        '<draw:frame><draw:floating-frame xlink:href="http://host/"/></draw:frame>字',
        '<text:p><draw:plugin xlink:href="http://host/"/>字</text:p>',
        '<text:p>前<text:s/><draw:plugin xlink:href="http://host/"/>字</text:p>',
        '<table:table-source xlink:href="http://host/a.ods"/>字',
        '<q:x xmlns:q="urn:q" xmlns:y="http://www.w3.org/1999/xlink" y:href="http://host/"/>字',
    ],
)
def test_links_are_removed_and_texts_kept(link: str) -> None:
    found = content(odf("text", f"<text:p>{link}</text:p>"))
    assert "host" not in found
    assert "字" in found


@pytest.mark.parametrize(
    "kept",
    [
        '<draw:image xlink:href="Pictures/1.png"/>',
        '<draw:object xlink:href="./Object 1"/>',
        '<text:a xlink:href="http://host/">字</text:a>',
        '<text:dde-connection office:name="x">字</text:dde-connection>',
    ],
)
def test_what_stays_inside_is_kept(kept: str) -> None:
    assert kept in content(odf("text", kept))


def test_calls_of_macros_are_removed() -> None:
    scripts = '<office:scripts><office:event-listeners><script:event-listener xlink:href="vnd.sun.star.script:M"/></office:event-listeners></office:scripts>'
    assert "vnd.sun" not in content(odf("text", "", scripts=scripts))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (odf("text", "")[:-30], "已损坏"),
        (odf("text", "<text:p>"), "XML 已损坏"),
        (odf("text", "", {"styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DTD"),
        (odf("text", "", {f"{number}.bin": "" for number in range(2000)}), "2000 个部件"),
        (odf("text", "<text:p/>" * 3_000_001), "内容太多"),
    ],
    ids=["half", "xml", "entity", "parts", "markup"],
)
def test_a_damaged_or_hostile_one_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        without_links(data, Limits())


def test_an_empty_part_and_a_doctype_are_no_reason() -> None:
    parts = {"settings.xml": "", "Basic/x.xml": '<!DOCTYPE a PUBLIC "b" "c.dtd"><a/>'}
    assert "字" in content(odf("text", "<text:p>字</text:p>", parts))
