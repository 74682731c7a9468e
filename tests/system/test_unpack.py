"""Archives are unpacked under names of our own, within limits; what is wrong with a member is told for it alone."""

from __future__ import annotations

import io
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from office import need
from old_files import rar, zip_with_names, zipped

from zhijiao20.core.limits import Limits
from zhijiao20.system import unpack, unpack_rar
from zhijiao20.system.archive_names import clean_name, decode_name, is_passed_over
from zhijiao20.system.unpack import Member, Store, UnpackError, unpack_zip, zip_names

NAME = "报送/附表2（终稿）.docx"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    folder = tmp_path / "store"
    folder.mkdir()
    return Store(folder, lambda name: name.endswith((".docx", ".yaml")))


def unpacked(data: bytes, store: Store, how: Callable[[Path, Store], list[Member]] = unpack_zip) -> list[Member]:
    source = store.folder.parent / "甲.zip"
    source.write_bytes(data)
    before = {path for path in store.folder.parent.rglob("*") if not path.is_relative_to(store.folder)}
    found = how(source, store)
    assert {path for path in store.folder.parent.rglob("*") if not path.is_relative_to(store.folder)} == before
    return found


def texts(members: list[Member]) -> dict[str, str | None]:
    """Name → content, None for what was not unpacked, the reason for what is refused."""
    return {
        member.name: member.error.message if member.error else member.path.read_text() if member.path else None
        for member in members
    }


class TestNames:
    """Which characters a name has, whatever program packed it."""

    @pytest.mark.parametrize(
        "data",
        [
            zipped({NAME: "x"}),
            zip_with_names({NAME.encode("gbk"): b"x"}),
            zip_with_names({NAME.encode(): b"x"}),
            zip_with_names({NAME.replace("/", "\\").encode("gbk"): b"x"}),
        ],
        ids=["utf-8", "gbk", "mac", "backslash"],
    )
    def test_of_a_zip(self, data: bytes, store: Store) -> None:
        assert texts(unpacked(data, store)) == {NAME: "x"}

    def test_an_encoding_that_nobody_knows(self, store: Store) -> None:
        assert list(texts(unpacked(zip_with_names({b"\xff\x80\x81.docx": b"x"}), store))) == ["\xa0Çü.docx"]

    @pytest.mark.parametrize(
        ("raw", "checksum", "shown"), [(b"JIA.docx", None, "甲.docx"), (b"JIA.docx", 1, "JIA.docx")]
    )
    def test_the_extra_field_for_unicode(self, raw: bytes, checksum: int | None, shown: str, store: Store) -> None:
        """It counts only where it belongs to the name."""
        crc = zlib.crc32(raw) if checksum is None else checksum
        field = b"\x01" + struct.pack("<I", crc) + "甲.docx".encode()
        info = zipfile.ZipInfo(raw.decode())
        info.extra = struct.pack("<HH", 1, 0) + struct.pack("<HH", 0x7075, len(field)) + field
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(info, "x")
        assert texts(unpacked(stream.getvalue(), store)) == {shown: "x"}

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../etc/甲.docx", "etc/甲.docx"),
            ("/etc/甲.docx", "etc/甲.docx"),
            ("C:\\甲.docx", "甲.docx"),
            ("..\\甲.docx", "甲.docx"),
            ("./a/./甲.docx", "a/甲.docx"),
            ("甲.docx\0.exe", "甲.docx"),
            ("..", ""),
        ],
    )
    def test_that_lead_elsewhere(self, name: str, shown: str) -> None:
        assert clean_name(name) == shown

    def test_in_a_stream(self) -> None:
        assert decode_name("甲") == "甲"
        assert decode_name("甲".encode("gbk").decode("utf-8", "surrogateescape")) == "甲"
        assert decode_name(b"\xff".decode("utf-8", "surrogateescape")) == "\ufffd"

    @pytest.mark.parametrize("name", ["__MACOSX/a/甲.docx", "a/._甲.docx", "~$甲.docx", "Thumbs.db", ".DS_Store"])
    def test_left_behind_by_systems(self, name: str, store: Store) -> None:
        assert is_passed_over(name)
        assert unpacked(zipped({name: "x"}), store) == []
        assert store.passed_over == 1


class TestZip:
    """A .zip and what can be wrong with it."""

    def test_only_what_is_wanted_is_unpacked(self, store: Store) -> None:
        found = texts(unpacked(zipped({"a/": "", "a/甲.docx": "x", "a/图.png": "y", "../乙.yaml": "z"}), store))
        assert found == {"a/甲.docx": "x", "a/图.png": None, "乙.yaml": "z"}
        assert len(list(store.folder.iterdir())) == 2

    def test_a_link_and_a_password_are_refused_alone(self, store: Store) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            link = zipfile.ZipInfo("链接.docx")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "/etc/passwd")
            archive.writestr("甲.docx", "x")
            archive.writestr("稀.docx", "y", zipfile.ZIP_LZMA)
            archive.writestr("密.docx", "z")
        data = bytearray(stream.getvalue())
        at = data.rfind("密.docx".encode()) - 46
        data[at + 8] |= 1
        found = texts(unpacked(bytes(data), store))
        assert found["甲.docx"] == "x"
        assert [str(found[name])[:9] for name in ("链接.docx", "密.docx", "稀.docx")] == [
            "压缩包里的这一项是",
            "压缩包加了密码",
            "用了少见的压缩方式",
        ]

    def test_a_member_that_is_too_large_is_told(self, store: Store) -> None:
        store.limits = Limits(file_mib=1)
        found = texts(unpacked(zipped({"大.docx": bytes(2**20 + 1), "甲.docx": "x"}), store))
        assert found == {"大.docx": "解压后有 2 MiB，超过 1 MiB 的上限", "甲.docx": "x"}

    @pytest.mark.parametrize("size", [3, 9])
    def test_a_member_that_lies_about_its_size_is_damaged(self, store: Store, size: int) -> None:
        data = bytearray(zipped({"甲.docx": "123456", "乙.docx": "x"}))
        at = data.find(b"PK\x01\x02")
        data[at + 24 : at + 28] = struct.pack("<I", size)
        assert texts(unpacked(bytes(data), store)) == {"甲.docx": "压缩包里的这个文件已损坏", "乙.docx": "x"}

    def test_a_damaged_member_is_told(self, store: Store) -> None:
        data = bytearray(zipped({"甲.docx": "123456" * 50, "乙.docx": "x"}))
        data[38:46] = b"\xff" * 8
        assert texts(unpacked(bytes(data), store))["甲.docx"] == "压缩包里的这个文件已损坏"

    def test_a_header_that_is_gone(self, store: Store) -> None:
        data = bytearray(zipped({"甲.docx": "x"}))
        data[0:4] = b"none"
        assert texts(unpacked(bytes(data), store)) == {"甲.docx": "压缩包里的这个文件已损坏"}

    def test_names_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(zipped({"a/b": "", "c": zipped({"d": ""})}))
        assert zip_names(path) == ["a/b", "c"]
        path.write_bytes(b"PK\x03\x04")
        assert zip_names(path) == []

    @pytest.mark.parametrize("cut", [5, 30, 10_000])
    def test_half_an_archive(self, store: Store, cut: int) -> None:
        with pytest.raises(UnpackError, match=r"不完整|已损坏"):
            unpacked(zipped({"甲.docx": "x"})[:-cut], store)

    def test_a_directory_that_is_damaged(self, store: Store) -> None:
        data = zipped({"甲.docx": "x"}).replace(b"PK\x01\x02", b"PK\x01\x03")
        with pytest.raises(UnpackError, match="已损坏"):
            unpacked(data, store)

    def test_too_many_members(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        data = zipped({f"{number}.docx": "" for number in range(30)})
        assert len(unpacked(data, store)) == 30
        monkeypatch.setattr(unpack, "MEMBERS_LIMIT", 29)
        with pytest.raises(UnpackError, match="超过"):
            unpacked(data, store)
        at = data.rfind(b"PK\x05\x06")
        with pytest.raises(UnpackError, match="超过"):  # and where the end of the archive denies it
            unpacked(data[: at + 8] + struct.pack("<HH", 1, 1) + data[at + 12 :], store)

    def test_a_directory_without_end_is_refused_before_it_is_read(self, store: Store) -> None:
        data = zipped({"甲.docx": "x"})
        at = data.rfind(b"PK\x05\x06")
        with pytest.raises(UnpackError, match="超过"):
            unpacked(data[: at + 12] + struct.pack("<I", 2**31) + data[at + 16 :], store)
        locator = b"PK\x06\x07" + bytes(16)
        end = b"PK\x06\x06" + bytes(28) + struct.pack("<QQQ", 10**7, 46 * 10**7, 0)
        with pytest.raises(UnpackError, match="超过"):
            unpacked(data[:at] + end + locator + data[at:], store)

    def test_more_than_may_be_unpacked(self, store: Store) -> None:
        store.left = 10
        with pytest.raises(UnpackError, match="超过"):
            unpacked(zipped({"甲.docx": "123456", "乙.docx": "123456"}), store)

    def test_more_than_was_stated(self, store: Store) -> None:
        store.left = 3
        with pytest.raises(UnpackError, match="超过"):
            store.keep(io.BytesIO(b"123456"), 6)


needs_bsdtar = pytest.mark.skipif(sys.platform == "win32", reason="tests make archives with bsdtar")


@needs_bsdtar
class TestRar:
    """A .rar or .7z, through bsdtar."""

    def test_a_rar(self, store: Store) -> None:
        need("bsdtar")
        data = rar(
            {NAME: b"x", "a/图.png": b"y", "__MACOSX/x.docx": b"", "大.docx": bytes(3 * 2**20)},
            {"链接.docx": "/etc/passwd"},
        )
        store.limits = Limits(file_mib=1)
        found = texts(unpacked(data, store, unpack_rar.unpack_rar))
        assert found == {
            NAME: "x",
            "a/图.png": None,
            "大.docx": "解压后有 3 MiB，超过 1 MiB 的上限",
            "链接.docx": "压缩包里的这一项是链接，不是文件",
        }
        assert store.passed_over == 1

    def test_a_rar_that_ends_with_a_zip(self, store: Store) -> None:
        """A .docx that is stored as it is, at the end; the archive is not taken for that .docx."""
        need("bsdtar")
        inner = zipped({"word/document.xml": "x"})
        found = unpacked(rar({"甲.docx": inner}), store, unpack_rar.unpack_rar)
        assert [member.name for member in found] == ["甲.docx"]
        assert found[0].path is not None
        assert found[0].path.read_bytes() == inner

    def test_names_that_lead_elsewhere(self, store: Store) -> None:
        need("bsdtar")
        found = texts(unpacked(rar({"../../甲.docx": b"x", "/乙.docx": b"y"}), store, unpack_rar.unpack_rar))
        assert found == {"甲.docx": "x", "乙.docx": "y"}

    def test_a_7z(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "甲.docx").write_text("x")
        (tmp_path / "链接.docx").symlink_to("/etc/passwd")
        made = tmp_path / "made.7z"
        subprocess.run(
            [need("bsdtar"), "-c", "-f", str(made), "--format", "7zip", "甲.docx", "链接.docx"],
            cwd=tmp_path,
            check=True,
            env={"LC_ALL": "C.UTF-8"},
        )
        found = texts(unpacked(made.read_bytes(), store, unpack_rar.unpack_rar))
        assert found["甲.docx"] == "x"
        assert found["链接.docx"] == "压缩包里的这一项是链接，不是文件"

    def test_too_many_and_too_large(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        need("bsdtar")
        data = rar({f"{number}.docx": b"123456" for number in range(5)})
        monkeypatch.setattr(unpack_rar, "MEMBERS_LIMIT", 4)
        with pytest.raises(UnpackError, match="超过"):
            unpacked(data, store, unpack_rar.unpack_rar)
        monkeypatch.undo()
        store.left = 20
        with pytest.raises(UnpackError, match="超过"):
            unpacked(data, store, unpack_rar.unpack_rar)

    def test_without_the_program(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(unpack_rar, "bsdtar_path", lambda: None)
        with pytest.raises(UnpackError, match="没有能解开它的程序") as error:
            unpacked(rar({}), store, unpack_rar.unpack_rar)
        assert ".zip" in error.value.hint

    def test_a_program_that_hangs_fails_or_asks_for_a_password(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = tmp_path / "bsdtar"
        monkeypatch.setattr(unpack_rar, "bsdtar_path", lambda: str(program))
        monkeypatch.setattr(unpack_rar, "_SECONDS", 1)
        for script, message in (
            ("sleep 60", "已损坏"),
            ("cat; echo 'Passphrase required for this entry' >&2; exit 1", "加了密码"),
        ):
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o700)
            with pytest.raises(UnpackError, match=message):
                unpacked(rar({}), store, unpack_rar.unpack_rar)
        program.write_text("#!/nowhere\n")
        with pytest.raises(UnpackError, match="已损坏"):
            unpacked(rar({}), store, unpack_rar.unpack_rar)

    def test_where_it_is(self) -> None:
        assert unpack_rar.bsdtar_path() in {None, need("bsdtar")}
