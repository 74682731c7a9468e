"""The file system: what a path stands for, reading within bounds, writing whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

import pytest

from zhijiao20 import files
from zhijiao20.files import (
    UnreadableError,
    UsageError,
    find_files,
    read_bytes,
    reason,
    shown,
    temporary_file,
    temporary_space,
    write_whole,
)
from zhijiao20.limits import Limits

KINDS = (".yaml", ".yml", ".csv", ".xlsx", ".docx")
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def names_in(folder: Path | str = ".") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_folder_in_natural_order(tmp_path: Path) -> None:
    """The order of the units in the official form hangs on this, on every file system alike."""
    touch(tmp_path, "10.yaml", "2.yaml", "1.yaml", "B.yaml", "a.yaml", "单位2.csv", "单位10.csv", "b.yaml", "02.yaml")
    assert names(find_files([tmp_path], KINDS).files, tmp_path) == [
        "1.yaml",
        "02.yaml",
        "2.yaml",
        "10.yaml",
        "a.yaml",
        "B.yaml",
        "b.yaml",
        "单位2.csv",
        "单位10.csv",
    ]


def test_files_of_a_folder_come_before_its_folders(tmp_path: Path) -> None:
    """Nested folders are searched too, in natural order."""
    touch(tmp_path, "第10批/甲.yaml", "第2批/乙.yaml", "第2批/下/丙.YML", "丁.docx")
    assert names(find_files([tmp_path], KINDS).files, tmp_path) == [
        "丁.docx",
        "第2批/乙.yaml",
        "第2批/下/丙.YML",
        "第10批/甲.yaml",
    ]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    """Lock files, hidden files and what unpacking leaves are nobody's status file."""
    touch(
        tmp_path,
        "甲.yaml",
        "~$甲.docx",
        ".甲.yaml",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "__MACOSX/甲.yaml",
        ".git/甲.yaml",
        "说明.txt",
    )
    found = find_files([tmp_path], KINDS)
    assert names(found.files, tmp_path) == ["甲.yaml"]
    assert found.passed_over == 5


def test_a_folder_without_status_files_is_wrong_usage(tmp_path: Path) -> None:
    """An empty folder is nearly always the wrong folder."""
    touch(tmp_path, "说明.txt", ".甲.yaml")
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path], KINDS)
    looked_for = f"文件夹里没有填报文件：{tmp_path}（找的是 .csv .docx .xlsx .yaml .yml）"
    assert str(caught.value) == f"{looked_for}。没有读的有：说明.txt；是填报文件的，请另存为其中一种"
    touch(tmp_path, *(f"{number}.doc" for number in range(12)))
    with pytest.raises(UsageError, match=r"：0\.doc、.*、9\.doc 等 13 个；"):
        find_files([tmp_path], KINDS)
    touch(tmp_path / "空", ".x")
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path / "空"], KINDS)
    assert str(caught.value) == looked_for.replace(str(tmp_path), str(tmp_path / "空"))


def test_files_of_other_formats_are_named(tmp_path: Path) -> None:
    """A .doc may be the only thing that a unit sent; our own .bak, schema, settings and output are none."""
    touch(
        tmp_path, "甲.yaml", "乙.doc", "丙/丁.PDF", "无后缀", "甲.yaml.bak", "zhijiao20.schema.json", "zhijiao20.toml"
    )
    touch(tmp_path, "附表2.pdf", "~$乙.doc", ".DS_Store", "__MACOSX/乙.doc", "Thumbs.db")
    found = find_files([tmp_path], KINDS, tmp_path / "附表2.pdf")
    assert names(found.unread, tmp_path) == ["乙.doc", "无后缀", "丙/丁.PDF"]
    assert (names(found.files, tmp_path), found.passed_over) == (["甲.yaml"], 3)
    assert find_files([tmp_path / "甲.yaml"], KINDS).unread == []


def test_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    """A slip in the path is told before anything else is done."""
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path / "无.yaml"], KINDS)
    assert str(caught.value) == f"路径不存在：{tmp_path}/无.yaml。请核对文件名，或把文件拖进窗口"


def test_a_name_with_blanks_that_the_shell_parted(tmp_path: Path) -> None:
    """The way out is to quote it."""
    (tmp_path / "收 文 夹").mkdir()
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path / "收", Path("文"), Path("夹"), Path("乙.yaml")], KINDS)
    assert str(caught.value).endswith(f'收。名字里有空格，请用引号括起来："{tmp_path}/收 文 夹"')


def test_a_file_named_by_itself_is_taken_whatever_its_name(tmp_path: Path) -> None:
    """Who names a file wants it read, or told why not."""
    touch(tmp_path, "甲.txt", ".隐.yaml")
    given = [tmp_path / "甲.txt", tmp_path / ".隐.yaml"]
    assert find_files(given, KINDS).files == given


def test_each_file_once_in_the_order_given(tmp_path: Path) -> None:
    """A file given twice, or by itself and by its folder, is one file: else its unit would be doubled."""
    touch(tmp_path, "甲.yaml", "乙.yaml")
    first = tmp_path / "乙.yaml"
    again = tmp_path / "." / ".." / tmp_path.name / "乙.yaml"
    assert find_files([first, again, tmp_path, tmp_path], KINDS).files == [first, tmp_path / "甲.yaml"]


@POSIX
def test_a_link_to_a_file_given_is_the_same_file(tmp_path: Path) -> None:
    """A link makes no second unit."""
    touch(tmp_path, "甲.yaml")
    (tmp_path / "乙.yaml").symlink_to("甲.yaml")
    assert len(find_files([tmp_path], KINDS).files) == 1


@POSIX
def test_a_dangling_link_is_an_unreadable_file_not_a_missing_path(tmp_path: Path) -> None:
    """It is there; only what it points to is gone: the other files go on."""
    link = tmp_path / "甲.yaml"
    link.symlink_to("无.yaml")
    assert find_files([link], KINDS).files == [link]
    with pytest.raises(UnreadableError) as caught:
        read_bytes(link)
    assert caught.value.message == "文件打不开：文件不存在"


@POSIX
def test_a_circle_of_links_is_an_unreadable_file(tmp_path: Path) -> None:
    """A link to itself must not hang the program."""
    link = tmp_path / "甲.yaml"
    link.symlink_to(link)
    with pytest.raises(UnreadableError) as caught:
        read_bytes(link)
    assert caught.value.message == "文件打不开：链接绕成了圈"


def test_the_output_in_a_folder_is_no_input(tmp_path: Path) -> None:
    """The second run must not read what the first one wrote."""
    touch(tmp_path, "甲.yaml", "附表2.docx")
    assert names(find_files([tmp_path], KINDS, tmp_path / "附表2.docx").files, tmp_path) == ["甲.yaml"]


def test_a_folder_with_only_the_output_has_no_status_file(tmp_path: Path) -> None:
    """Else the output would be rendered from nothing."""
    touch(tmp_path, "附表2.docx")
    with pytest.raises(UsageError, match="文件夹里没有填报文件"):
        find_files([tmp_path], KINDS, tmp_path / "附表2.docx")


def test_the_output_named_as_input_is_refused(tmp_path: Path) -> None:
    """Inputs are never changed."""
    touch(tmp_path, "甲.docx")
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path / "甲.docx"], KINDS, tmp_path / "." / "甲.docx")
    assert str(caught.value) == f"输出文件同时是输入文件：{tmp_path}/甲.docx。请用 -o 换一个文件名"


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission below the one given must not be passed over in silence."""
    touch(tmp_path, "甲.yaml", "密/乙.yaml")
    scan = os.scandir

    def refuse(path: str | os.PathLike[str]) -> object:
        if os.fspath(path).endswith("密"):
            raise PermissionError(errno.EACCES, "no", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path], KINDS)
    assert str(caught.value) == f"文件夹打不开：{tmp_path}/密。请检查权限"


def test_a_path_too_long_is_wrong_usage(tmp_path: Path) -> None:
    """A sentence pasted as a path is no bug of the program."""
    with pytest.raises(UsageError):
        find_files([tmp_path / ("长" * 200)], KINDS)


def test_an_output_name_too_long_is_wrong_usage(tmp_path: Path) -> None:
    """The message has to say that the name is too long."""
    with pytest.raises(UsageError):
        write_whole(tmp_path / ("长" * 200 + ".yaml"), b"x")


def test_reading_gives_the_bytes(tmp_path: Path) -> None:
    """Nothing is decoded or normalised on the way."""
    (tmp_path / "甲.csv").write_bytes(b"a\r\nb\x00")
    assert read_bytes(tmp_path / "甲.csv") == b"a\r\nb\x00"


@POSIX
def test_a_pipe_or_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "甲.yaml")
    for path in (tmp_path / "甲.yaml", tmp_path):
        with pytest.raises(UnreadableError) as caught:
            read_bytes(path)
        assert caught.value.message == "这不是普通文件（是文件夹、管道或设备）"
        assert caught.value.hint == "请换成填报文件"


@pytest.mark.parametrize(("size", "shown_size"), [(3 * 2**20, "3"), (2 * 2**20 + 1, "2.1")])
def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, size: int, shown_size: str) -> None:
    """Memory is bounded; a file at the limit is still read."""
    path = tmp_path / "甲.csv"
    path.write_bytes(b"x" * 2 * 2**20)
    assert len(read_bytes(path, Limits(file_mib=2))) == 2 * 2**20
    path.write_bytes(b"x" * size)
    with pytest.raises(UnreadableError) as caught:
        read_bytes(path, Limits(file_mib=2))
    assert caught.value.message == f"文件有 {shown_size} MiB，超过 2 MiB 的上限"
    assert caught.value.hint == "填报文件不该这么大，请检查内容"


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason comes in Chinese, with what to do."""

    def refuse(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "甲.csv").write_bytes(b"x")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError) as caught:
        read_bytes(tmp_path / "甲.csv")
    assert caught.value.message == "文件打不开：没有权限，或正被别的程序占用"
    assert caught.value.hint == "检查文件是否被移走、被别的程序占用，或没有读取权限"
    assert str(caught.value) == caught.value.message


def test_writing_a_new_file(tmp_path: Path) -> None:
    """A new file has the usual permissions, not the private ones of a temporary file."""
    mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "甲.yaml", b"x", replace=False)
    finally:
        os.umask(mask)
    assert (tmp_path / "甲.yaml").read_bytes() == b"x"
    assert names_in(tmp_path) == ["甲.yaml"]
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "甲.yaml").stat().st_mode) == 0o640


@POSIX
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    """What was private stays private."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file that the link points to is replaced, wherever it lies."""
    (tmp_path / "库").mkdir()
    (tmp_path / "库" / "甲.docx").write_bytes(b"old")
    link = tmp_path / "甲.docx"
    link.symlink_to("库/甲.docx")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "库" / "甲.docx").read_bytes() == b"new"


@POSIX
def test_a_dangling_link_as_output_is_filled(tmp_path: Path) -> None:
    """The link's target comes into being; the link stays."""
    link = tmp_path / "甲.yaml"
    link.symlink_to("新.yaml")
    write_whole(link, b"new", replace=False)
    assert link.is_symlink()
    assert (tmp_path / "新.yaml").read_bytes() == b"new"


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    """A filled file is weeks of work."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(b"old")
    with pytest.raises(UsageError) as caught:
        write_whole(path, b"new", replace=False)
    assert str(caught.value) == f"文件已存在，没有覆盖：{path}。要覆盖请加 --force，或用 -o 换一个文件名"
    assert path.read_bytes() == b"old"


def test_a_file_that_comes_up_in_the_meantime_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two runs at once: the second one loses, and says so."""
    path = tmp_path / "甲.yaml"
    sync = os.fsync

    def meanwhile(handle: int) -> None:
        path.write_bytes(b"theirs")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(UsageError, match="文件已存在，没有覆盖"):
        write_whole(path, b"mine", replace=False)
    assert path.read_bytes() == b"theirs"
    assert names_in(tmp_path) == ["甲.yaml"]


def test_a_new_file_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """USB sticks (FAT) have none."""

    def refuse(*_paths: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_whole(tmp_path / "甲.yaml", b"x", replace=False)
    assert (tmp_path / "甲.yaml").read_bytes() == b"x"
    assert names_in(tmp_path) == ["甲.yaml"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_while_writing_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk or an open Word must not cost the last good version, nor leave rubbish."""
    path = tmp_path / "甲.docx"
    path.write_bytes(b"old")

    def fail(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(UsageError) as caught:
        write_whole(path, b"new")
    assert str(caught.value) == (
        f"文件写不了：{path}（没有权限，或正被别的程序占用）。"
        "如果正在 Word、WPS 或 Excel 中打开，请先关闭；否则检查权限和磁盘空间"
    )
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["甲.docx"]


def test_an_interruption_while_writing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle: no half file, no hidden file."""

    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "甲.docx", b"new")
    assert names_in(tmp_path) == []


def test_a_folder_as_output_is_wrong_usage(tmp_path: Path) -> None:
    """-o 各单位/ is a common slip."""
    with pytest.raises(UsageError) as caught:
        write_whole(tmp_path, b"x")
    assert str(caught.value) == f"输出路径是一个文件夹：{tmp_path}。请用 -o 写出文件名"


def test_an_output_in_a_missing_folder_is_wrong_usage(tmp_path: Path) -> None:
    """Folders are never made by a slip of the hand."""
    with pytest.raises(UsageError) as caught:
        write_whole(tmp_path / "无" / "甲.yaml", b"x")
    assert str(caught.value) == f"文件夹不存在：{tmp_path}/无。请先建好文件夹，或用 -o 换一个位置"
    assert names_in(tmp_path) == []


def test_a_read_only_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the temporary file can be made there."""

    def refuse(*_where: object) -> tuple[int, str]:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(files, "hidden_file", refuse)
    with pytest.raises(UsageError, match="（磁盘是只读的）"):
        write_whole(tmp_path / "甲.yaml", b"x")


@POSIX
def test_a_device_as_output_is_never_replaced(tmp_path: Path) -> None:
    """`schema -o /dev/null` as root destroys /dev/null for the whole machine."""
    pipe = tmp_path / "管道.json"
    os.mkfifo(pipe)
    with contextlib.suppress(UsageError):
        write_whole(pipe, b"x")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_long_name_leaves_room_for_the_temporary_one(tmp_path: Path) -> None:
    """The hidden file beside it must not be longer than file systems allow."""
    path = tmp_path / ("长" * 80 + ".yaml")
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(PermissionError(errno.EACCES, "x"), "没有权限，或正被别的程序占用", id="permission"),
        pytest.param(FileNotFoundError(errno.ENOENT, "x"), "文件不存在", id="missing"),
        pytest.param(IsADirectoryError(errno.EISDIR, "x"), "是一个文件夹", id="folder"),
        pytest.param(OSError(28, "x"), "磁盘已满", id="full"),
        pytest.param(OSError(30, "x"), "磁盘是只读的", id="read-only"),
        pytest.param(OSError(36, "x"), "文件名太长", id="long"),
        pytest.param(OSError(40, "x"), "链接绕成了圈", id="circle"),
    ],
)
def test_the_usual_reasons_in_chinese(error: OSError, expected: str) -> None:
    """The system's own words are English."""
    assert reason(error) == expected


def test_a_rare_reason_in_the_words_of_the_system() -> None:
    """Better English than nothing."""
    assert reason(OSError(errno.EIO, "x")) == os.strerror(errno.EIO)
    assert reason(OSError("x")) == os.strerror(0)


@POSIX
def test_a_path_that_no_screen_can_show() -> None:
    """Names from old archives are GBK bytes on a UTF-8 disk."""
    assert shown(Path(os.fsdecode(b"a/\xbc\xd7.yaml"))) == "a/\\xbc\\xd7.yaml"
    assert shown(Path("各单位/甲.yaml")) == "各单位/甲.yaml"


def test_a_full_disk_is_told() -> None:
    """Where texts of thousands of units find no room, the clerk learns what to do; that is no bug."""
    with pytest.raises(UsageError, match=r"临时文件写不了（磁盘已满）。.*--ignore ZJ601"), temporary_space():
        raise OSError(28, "No space left on device")


@POSIX
def test_temporary_file_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no name, even when it is too large for memory."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with temporary_space(), temporary_file() as file:
        file.write(bytes(5 * 2**20))
        file.seek(0)
        assert len(file.read()) == 5 * 2**20
        assert list(tmp_path.iterdir()) == []
