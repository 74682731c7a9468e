"""LibreOffice itself opens nothing but the file that it converts: no connection, no other file, no macro."""

from __future__ import annotations

import os
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import need, soffice
from old_files import odf, zipped

from zhijiao20.formats.old.odf import without_links
from zhijiao20.system import batch_conversion, bounded_process, office_batch
from zhijiao20.system.batch_conversion import BatchLimits, convert
from zhijiao20.system.office_batch import office_converter

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ports and files are watched as on POSIX")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Port:
    """A port that notes who comes."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.number = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.asked.append(connection.recv(200).partition(b"\r")[0])
                connection.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def port() -> Iterator[Port]:
    found = Port()
    yield found
    found.close()


@pytest.fixture
def traps(tmp_path: Path) -> Path:
    """A folder with files that nobody may read; when they were last read is long ago."""
    folder = tmp_path / "traps"
    folder.mkdir()
    for name in ("a.odt", "a.docx", "a.doc", "a.ods", "a.png", "a.txt"):
        (folder / name).write_text("secret")
        os.utime(folder / name, (1_000_000_000, 1_000_000_001))
    (folder / "a.txt").read_text()
    assert (folder / "a.txt").stat().st_atime > 1_000_000_000, "the file system notes when a file is read"
    os.utime(folder / "a.txt", (1_000_000_000, 1_000_000_001))
    return folder


def links(port: int, traps: Path) -> dict[str, bytes]:
    """Files with links of every kind, and a macro."""
    places = [f"http://127.0.0.1:{port}", f"file://{traps}", str(traps)]
    frame = '<draw:frame svg:width="1cm" svg:height="1cm" text:anchor-type="as-char">{}</draw:frame>'
    text = "".join(
        f'<text:section text:name="s{index}"><text:section-source xlink:href="{place}/a.odt"/><text:p>旧</text:p></text:section>'
        "<text:p>"
        + frame.format(f'<draw:image xlink:href="{place}/a.png" xlink:type="simple"/>')
        + frame.format(f'<draw:object xlink:href="{place}/a.odt" xlink:type="simple"/>')
        + frame.format(f'<draw:floating-frame xlink:href="{place}/a.txt" xlink:type="simple"/>')
        + "</text:p>"
        f'<text:section text:name="d{index}"><office:dde-source office:dde-application="soffice" office:dde-topic="{place}/a.odt" office:dde-item="x" office:automatic-update="true"/><text:p>旧</text:p></text:section>'
        for index, place in enumerate(places)
    )
    formulas = "".join(
        f'<table:table-cell table:formula="of:{formula}" office:value-type="string"><text:p>旧</text:p></table:table-cell>'
        for place in places
        for formula in (
            f"=WEBSERVICE(&quot;{place}/a.txt&quot;)",
            f"='{place}/a.ods'#$A.A1",
            f"=DDE(&quot;soffice&quot;;&quot;{place}/a.ods&quot;;&quot;A.A1&quot;)",
        )
    )
    sheets = "".join(
        f'<table:table table:name="l{index}"><table:table-source xlink:href="{place}/a.ods" table:table-name="A"/><table:table-row><table:table-cell/></table:table-row></table:table>'
        for index, place in enumerate(places)
    )
    sheet = f'<table:table table:name="A"><table:table-row>{formulas}</table:table-row></table:table>{sheets}'
    return {"text.odt": odf("text", text, **macro(traps)), "sheet.ods": odf("spreadsheet", sheet, **macro(traps))}


def macro(traps: Path) -> dict[str, object]:
    """A macro that leaves a trace when the file is opened."""
    code = f'Sub Go\nn = FreeFile\nOpen "{traps}/trace" For Output As #n\nPrint #n, "ran"\nClose #n\nEnd Sub'
    names = 'xmlns:script="http://openoffice.org/2000/script" xmlns:library="http://openoffice.org/2000/library"'
    return {
        "parts": {
            "Basic/Standard/M.xml": f'<script:module {names} script:name="M" script:language="StarBasic">{code}</script:module>',
            "Basic/Standard/script-lb.xml": f'<library:library {names} library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="M"/></library:library>',
            "Basic/script-lc.xml": f'<library:libraries {names}><library:library library:name="Standard" library:link="false"/></library:libraries>',
        },
        "scripts": '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:type="simple" xlink:href="vnd.sun.star.script:Standard.M.Go?language=Basic&amp;location=document"/></office:event-listeners></office:scripts>',
    }


def fields(port: int, traps: Path) -> bytes:
    """A Word document with fields that fetch something."""
    places = [f"http://127.0.0.1:{port}", str(traps)]
    codes = [
        code
        for place in places
        for code in (
            f'INCLUDETEXT "{place}/a.docx"',
            f'INCLUDEPICTURE "{place}/a.png" \\d',
            f'DDEAUTO soffice "{place}/a.odt" x',
            f'LINK Word.Document.8 "{place}/a.doc" a \\a \\p',
            f'RD "{place}/a.doc"',
        )
    ]
    marks = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    body = "".join(
        f"<w:p><w:r>{marks[0]}</w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r>{marks[1]}</w:r><w:r><w:t>旧</w:t></w:r><w:r>{marks[2]}</w:r></w:p>"
        for code in codes
    )
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    relation = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{R}/'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/><Override PartName="/word/settings.xml" ContentType="{types}.settings+xml"/></Types>',
            "_rels/.rels": f'{relation}officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'{relation}settings" Target="settings.xml"/></Relationships>',
            "word/_rels/settings.xml.rels": f'{relation}attachedTemplate" TargetMode="External" Target="{places[0]}/t.dotm"/></Relationships>',
            "word/settings.xml": f'<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="r1"/></w:settings>',
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        }
    )


def run(files: dict[str, bytes], target: str, folder: Path) -> list[Path]:
    """Let LibreOffice convert files; all of them have a result."""
    folder.mkdir()
    paths = []
    for name, data in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    found = convert(office_converter(need("soffice"), target), paths, folder)
    results = [found[path] for path in paths]
    assert all(isinstance(result, Path) for result in results), results
    return [result for result in results if isinstance(result, Path)]


def untouched(port: Port, traps: Path) -> None:
    """Nobody came to the port, no file was read, no macro ran."""
    assert port.asked == []
    assert not (traps / "trace").exists()
    read = [file.name for file in traps.iterdir() if file.stat().st_atime > 1_000_000_000]
    assert read == []


@pytest.mark.minutes
@pytest.mark.parametrize("cleaned", [False, True])
def test_opendocument(port: Port, traps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cleaned: bool) -> None:
    """The settings alone keep it from everything, without limits of the system and with the links still there."""
    monkeypatch.setattr(bounded_process, "restricted", lambda command, bounds: list(command))
    for name, data in links(port.number, traps).items():
        target = ".docx" if name.endswith(".odt") else ".xlsx"
        result = run({name: without_links(data) if cleaned else data}, target, tmp_path / name.partition(".")[0])[0]
        assert result.suffix == target
    untouched(port, traps)


@pytest.mark.minutes
def test_word_files(port: Port, traps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source.docx"
    source.write_bytes(fields(port.number, traps))
    old = {f"source.{kind}": soffice(source, kind, tmp_path).read_bytes() for kind in ("doc", "rtf")}
    port.asked.clear()  # what was asked for while the files were made
    for file in traps.iterdir():
        os.utime(file, (1_000_000_000, 1_000_000_001))
    monkeypatch.setattr(bounded_process, "restricted", lambda command, bounds: list(command))
    (tmp_path / "work").mkdir()
    for name, data in old.items():
        result = run({name: data}, ".docx", tmp_path / "work" / name.rpartition(".")[2])[0]
        assert "旧" in zipfile.ZipFile(result).read("word/document.xml").decode()
    untouched(port, traps)


@pytest.mark.minutes
def test_the_traps_catch_a_program_without_our_settings(
    port: Port, traps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the tests above show is due to the profile: without it the port is asked."""
    monkeypatch.setattr(bounded_process, "restricted", lambda command, bounds: list(command))
    monkeypatch.setattr(office_batch, "create_profile", lambda folder: folder.mkdir())
    monkeypatch.setattr(
        batch_conversion, "clean_environment", lambda folder: {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    )
    file = tmp_path / "text.odt"
    file.write_bytes(links(port.number, traps)["text.odt"])
    convert(office_converter(need("soffice"), ".docx", BatchLimits(seconds=10, start=20)), [file], tmp_path)
    assert port.asked
