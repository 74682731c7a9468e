"""Archives and old formats before they are read: what is taken, what is refused, and what is told."""

from __future__ import annotations

import io
import os
import struct
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
from forms import filled
from old_files import odf, ole, zipped
from status_files import sound

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Report
from zhijiao20.core.settings import DEFAULT
from zhijiao20.formats.old import conversion
from zhijiao20.formats.old.conversion import Converted, all_at_once
from zhijiao20.formats.old.recognize import DOC, XLS
from zhijiao20.formats.registry import KNOWN_SUFFIXES
from zhijiao20.output import terminal
from zhijiao20.review import sources
from zhijiao20.review.runner import SERIAL, RunOptions, review_files
from zhijiao20.review.sources import prepared
from zhijiao20.system.batch_conversion import Failure
from zhijiao20.system.discovery import find_files
from zhijiao20.system.found_files import Exclude

WORD = ole({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 193, 0, 0, 0, 0)})


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def review(folder: Path) -> Report:
    return review_files(find_files([folder], KNOWN_SUFFIXES), DEFAULT, SERIAL).report()


def told(report: Report, code: str = "ZJ002") -> dict[str, str]:
    """File → message of each finding of a rule."""
    return {
        finding.file.rpartition(os.sep)[2]: finding.message for finding in report.findings if finding.rule.code == code
    }


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "office_path", lambda: None)


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_each_file_is_told_and_the_end_says_one_way_for_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "甲.doc": WORD,
        "乙.rtf": b"{\\rtf1 x}",
        "丙.ods": odf("spreadsheet", ""),
        "丁.zip": zipped({"a.odt": odf("text", "")}),
    }
    report = review(put(tmp_path, files))
    assert set(told(report)) == {"甲.doc", "乙.rtf", "丙.ods", "丁.zip!a.odt"}
    assert all("要有 LibreOffice 才能读" in message for message in told(report).values())
    hints = {finding.file[-5:]: finding.hint for finding in report.findings}
    assert "Word" in hints["甲.doc"]
    assert "Excel" in hints["丙.ods"]
    terminal.write(report, sys.stdout)
    assert "有 4 个旧格式的文件没有读。一次全部转换：" in capsys.readouterr().out.replace("\n", "")


def test_how_to_convert_all_names_the_programs_needed() -> None:
    assert all_at_once([]) == ""
    assert "Word、WPS" in all_at_once([DOC])
    assert "Word、Excel、WPS" in all_at_once([DOC, XLS])


@pytest.mark.parametrize("failure", list(Failure))
def test_why_a_file_was_not_converted(failure: Failure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "office_path", lambda: "/soffice")
    monkeypatch.setattr(
        conversion, "convert", lambda converter, files, folder, progress=None: dict.fromkeys(files, failure)
    )
    (message,) = told(review(put(tmp_path, {"甲.doc": WORD}))).values()
    assert message.startswith("旧版 Word 文档")
    assert "LibreOffice" in message


def test_what_is_damaged_or_encrypted_is_never_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "office_path", lambda: "/soffice")
    monkeypatch.setattr(
        conversion, "convert", lambda converter, files, folder, progress=None: dict.fromkeys(files, Failure.REFUSED)
    )
    files = {"甲.doc": ole({"EncryptedPackage": b""}), "乙.odt": odf("text", "<text:p>")}
    found = told(review(put(tmp_path, files)))
    assert found == {"甲.doc": "这是加了密码的文件，不能读取", "乙.odt": "文档内部的 XML 已损坏"}


def test_members_of_archives(tmp_path: Path, catalog: Catalog) -> None:
    """Each is called by its archive; what systems leave behind is counted, what is no status file is named."""
    good = {f"{name}/附表.yaml": sound(name, catalog) for name in ("甲校", "乙校")}
    inner = zipped({"丙.yaml": sound("丙校", catalog), "更深.zip": zipped({"x.yaml": ""})})
    files = {
        "全.zip": zipped({**good, "图.png": "", "__MACOSX/x.yaml": "", "内.zip": inner}),
        "空.zip": zipped({"图.png": ""}),
        "坏.zip": zipped({})[:-3],
        "无.zip": zipped({}),
    }
    report = review(put(tmp_path, files))
    assert (report.files, report.units, report.passed_over) == (7, 3, 1)
    assert [one.file.rpartition(os.sep)[2] for one in report.unread] == ["全.zip!图.png"]
    assert {name: message[:12] for name, message in told(report).items()} == {
        "全.zip!内.zip!更深.zip": "压缩包里套着两层压缩包，",
        "坏.zip": "压缩包不完整",
        "无.zip": "压缩包里没有填报文件（里",
        "空.zip": "压缩包里没有填报文件（里",
    }


def test_members_that_the_project_excludes_are_counted(tmp_path: Path, catalog: Catalog) -> None:
    """By their name in the archive, or by the name that messages show."""
    sent = {"甲.yaml": sound("甲校", catalog), "报送/通知.docx": "x", "通讯录.xlsx": "x"}
    put(tmp_path, {"全.zip": zipped(sent)})
    found = find_files([tmp_path], KNOWN_SUFFIXES)
    exclude = Exclude(tmp_path, ("通知.docx", "全.zip!通讯录.xlsx"))
    report = review_files(found, DEFAULT, RunOptions(exclude=exclude)).report()
    assert (report.files, report.units, report.excluded, told(report)) == (1, 1, 2, {})


def test_a_member_without_a_suffix_is_told_by_its_content(tmp_path: Path, catalog: Catalog) -> None:
    sent = {
        "甲.yaml": sound("甲校", catalog),
        "附表2": filled({"1.1": "完成。"}),
        "说明": "see",
        "附表2.职教20条": "see",
    }
    report = review(put(tmp_path, {"全.zip": zipped(sent)}))
    assert told(report) == {}
    assert list(told(report, "ZJ024")) == ["全.zip!附表2"]
    assert [one.file.rpartition("!")[2] for one in report.unread] == ["说明", "附表2.职教20条"]


def test_the_unit_may_be_the_name_of_the_member(tmp_path: Path) -> None:
    rows = "编号,落实情况\n1.1,完成\n".encode()
    report = review(put(tmp_path, {"全.zip": zipped({"澄州理工学校.csv": rows})}))
    assert "澄州理工学校" in {finding.unit for finding in report.findings}


def test_a_member_that_is_refused_is_told_alone(tmp_path: Path, catalog: Catalog) -> None:
    data = bytearray(zipped({"甲.yaml": sound("甲校", catalog), "乙.docx": "x"}))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    report = review(put(tmp_path, {"全.zip": bytes(data)}))
    assert told(report) == {"全.zip!乙.docx": "压缩包加了密码"}
    assert report.units == 1


def test_too_many_old_members_are_refused_as_a_whole(
    tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "OLD_MEMBERS_LIMIT", 2)
    crowded = {f"{number}.doc": WORD for number in range(3)}
    files = {
        "多.zip": zipped({**crowded, "甲.yaml": sound("甲校", catalog)}),
        "少.zip": zipped({"乙.yaml": sound("乙校", catalog)}),
    }
    report = review(put(tmp_path, files))
    assert told(report) == {"多.zip": "压缩包里旧格式的文件有 3 个，超过 2 个，没有读取"}
    assert (report.files, report.units) == (2, 1)


def test_ordinary_files_are_left_alone(tmp_path: Path, catalog: Catalog) -> None:
    """No folder is made for them; what cannot be read is told by the reader."""
    put(
        tmp_path,
        {"甲.yaml": sound("甲校", catalog).encode(), "乙.docx": zipped({"a": ""}), "丙.pps": ole({"PowerPoint": b""})},
    )
    found = find_files([tmp_path], KNOWN_SUFFIXES)
    found.files.append(tmp_path / "missing.doc")
    files = list(found.files)
    with prepared(found, DEFAULT.limits) as ready:
        assert ready == {}
        assert found.files == files


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*names: object, **options: object) -> None:
        raise OSError(28, "full")

    put(tmp_path, {"甲.zip": zipped({"a.yaml": ""})})
    monkeypatch.setattr(sources.tempfile, "TemporaryDirectory", fail)
    with pytest.raises(UsageError, match="临时文件写不了（磁盘已满）"):
        review(tmp_path)


def test_two_members_of_one_name_are_two_files(tmp_path: Path, catalog: Catalog) -> None:
    """Nor is a file beside the archive taken for a member that is called like it."""
    stream = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(stream, "w") as archive:
        for name in ("甲校", "乙校", "丙校"):
            archive.writestr("a.yaml", sound(name, catalog))
    put(tmp_path, {"全.zip": stream.getvalue(), "全.zip!a.yaml": sound("丁校", catalog).encode()})
    found = find_files([tmp_path], KNOWN_SUFFIXES)
    report = review_files(found, DEFAULT, SERIAL).report()
    assert report.units == 4
    assert sorted(file.name for file in found.files) == [
        "全.zip!a.yaml",
        *(f"全.zip!a（第{number}个）.yaml" for number in (2, 3, 4)),
    ]


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    folder = tmp_path / "in"
    folder.mkdir()
    review(put(folder, {"甲.zip": zipped({"a.doc": WORD, "b.yaml": ""})}))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_result_is_read_in_place_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file on disk that was a .doc is called by its own name."""
    result = tmp_path / "result"
    result.write_bytes(filled({"1.1": "完成。"}))
    monkeypatch.setattr(
        conversion,
        "convert_old",
        lambda files, folder, limits, progress: {path: Converted(result, "X") for path in files},
    )
    folder = tmp_path / "in"
    folder.mkdir()
    report = review(put(folder, {"甲.doc": WORD}))
    assert "由 X 转换成 .docx 后读取" in told(report, "ZJ023")["甲.doc"]
