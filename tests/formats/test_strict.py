"""Strict Open XML and files with macros or of templates are read like ordinary ones, and told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from old_files import strict

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.submission import Entry, Submission
from zhijiao20.formats.format_error import FormatError
from zhijiao20.formats.read import read_content
from zhijiao20.formats.strict import to_ordinary
from zhijiao20.formats.write import write_status_file

TEXT = '他写道：="http://purl.oclc.org/ooxml/wordprocessingml/main" & <b>'


def written(kind: str, catalog: Catalog) -> bytes:
    """A filled-in file."""
    return write_status_file(kind, [Submission("甲", entries={"1.1": Entry("1.1", status=TEXT)})], catalog)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_strict_open_xml(kind: str, catalog: Catalog) -> None:
    """Every text is back, also one that speaks of the namespace."""
    data = written(kind, catalog)
    changed = strict(data)
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(changed)).read("_rels/.rels")
    expected, _ = read_content(Path(f"甲.{kind}"), data, catalog)
    found, out = read_content(Path(f"甲.{kind}"), changed, catalog)
    assert found == expected
    assert found[0].entries["1.1"].status == TEXT
    assert [finding.message for finding in out.findings if finding.rule.code == "ZJ023"] == [
        "这是“Strict Open XML”格式的文件，已照普通格式读取"
    ]


def test_nothing_but_names_is_changed(catalog: Catalog) -> None:
    data = written("docx", catalog)
    with zipfile.ZipFile(io.BytesIO(to_ordinary(strict(data)))) as found, zipfile.ZipFile(io.BytesIO(data)) as expected:
        for name in expected.namelist():
            part = found.read(name).replace(b' w:conformance="transitional"', b"")
            assert part == expected.read(name), name


def test_a_damaged_one_is_refused() -> None:
    with pytest.raises(FormatError, match="已损坏"):
        to_ordinary(b"PK\x03\x04")


@pytest.mark.parametrize("suffix", [".docm", ".dotx", ".dotm"])
def test_documents_with_macros_and_templates(suffix: str, catalog: Catalog) -> None:
    data = written("docx", catalog)
    stream = io.BytesIO(data)
    if suffix != ".dotx":
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr("word/vbaProject.bin", b"macro")
    found, out = read_content(Path(f"甲{suffix}"), stream.getvalue(), catalog)
    assert found[0].entries["1.1"].status == TEXT
    told = [finding.message for finding in out.findings if finding.rule.code == "ZJ018"]
    assert told == ([] if suffix == ".dotx" else ["文档带有宏：表格已照常读取，宏没有采用，也没有运行"])
