"""What a path stands for: which files, in which order, and what is passed over; a file is read whole, within limits."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from zhijiao20.core.display import natural_key
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.core.limits import Limits
from zhijiao20.system.discovery import find_files, read_bytes
from zhijiao20.system.found_files import Exclude

KINDS = (".yaml", ".yml", ".csv", ".xlsx", ".docx")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, modes, links or devices of POSIX")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_folder_in_natural_order(tmp_path: Path) -> None:
    """The order of the units in the official form hangs on this, on every file system alike."""
    touch(tmp_path, "10.yaml", "2.yaml", "1.yaml", "B.yaml", "a.yaml", "单位2.csv", "单位10.csv", "c.yaml", "02.yaml")
    assert names(find_files([tmp_path], KINDS).files, tmp_path) == [
        "1.yaml",
        "02.yaml",
        "2.yaml",
        "10.yaml",
        "a.yaml",
        "B.yaml",
        "c.yaml",
        "单位2.csv",
        "单位10.csv",
    ]


def test_names_that_differ_in_case_only_have_an_order_too() -> None:
    """Whatever a file system lists first."""
    assert sorted(["b.yaml", "a.yaml", "B.yaml"], key=natural_key) == ["a.yaml", "B.yaml", "b.yaml"]


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
    looked_for = f"文件夹里没有填报文件：{tmp_path}（找的是 Word、Excel、CSV、YAML 文件和压缩包）"
    assert str(caught.value).splitlines() == [
        looked_for,
        f"没有读 {tmp_path / '说明.txt'}：纯文本。是填报文件的，请把文字填进 zhijiao20 init 生成的表",
    ]
    touch(tmp_path / "空", ".x")
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path / "空"], KINDS)
    assert str(caught.value) == looked_for.replace(str(tmp_path), str(tmp_path / "空"))


def test_what_could_hold_a_status_is_found_and_the_rest_is_named(tmp_path: Path) -> None:
    """A .doc may be the only thing that a unit sent; our own .bak, schema, settings and output are none."""
    touch(tmp_path, "甲.yaml", "乙.doc", "丙.WPS", "丁.zip", "丙/丁.PDF", "无后缀", "甲.yaml.bak")
    touch(tmp_path, "附表2.pdf", "~$乙.doc", ".DS_Store", "__MACOSX/乙.doc", "THUMBS.DB", "zhijiao20.schema.json")
    (tmp_path / "戊.职教20条").write_bytes(b"PK\x03\x04")
    found = find_files([tmp_path], KINDS, tmp_path / "附表2.pdf")
    assert sorted(names(found.files, tmp_path)) == sorted(["乙.doc", "丙.WPS", "丁.zip", "甲.yaml", "戊.职教20条"])
    assert names(found.unread, tmp_path) == ["无后缀", "丙/丁.PDF"]
    assert found.passed_over == 3
    assert find_files([tmp_path / "甲.yaml"], KINDS).unread == []


@POSIX
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe without a suffix would never end; a link to nowhere cannot be looked into."""
    touch(tmp_path, "甲.yaml")
    os.mkfifo(tmp_path / "管道")
    (tmp_path / "链接").symlink_to(tmp_path / "无")
    assert sorted(names(find_files([tmp_path], KINDS).unread, tmp_path)) == ["管道", "链接"]


def test_what_the_project_excludes(tmp_path: Path) -> None:
    """Never read and counted, in a folder and by name; nothing else left is wrong usage."""
    touch(tmp_path, "收/甲.yaml", "收/通知1.docx", "收/往年/乙.yaml", "收/说明.pdf", "收/~$通知.docx")
    exclude = Exclude(tmp_path, ("通知*.docx", "收/往年", "说明.pdf"))
    found = find_files([tmp_path], KINDS, exclude=exclude)
    assert (names(found.files, tmp_path), found.unread, found.excluded, found.passed_over) == (["收/甲.yaml"], [], 3, 1)
    found = find_files([tmp_path / "收/甲.yaml", tmp_path / "收/通知1.docx"], KINDS, exclude=exclude)
    assert (names(found.files, tmp_path), found.excluded) == (["收/甲.yaml"], 1)
    with pytest.raises(UsageError, match=r"没有可读的文件：zhijiao20\.toml 的 exclude 排除了 1 个"):
        find_files([tmp_path / "收/通知1.docx"], KINDS, exclude=exclude)
    with pytest.raises(UsageError, match=r"文件和压缩包，zhijiao20\.toml 的 exclude 排除了 4 个）"):
        find_files([tmp_path], KINDS, exclude=Exclude(tmp_path, ("收",)))


def test_what_lies_on_another_drive_is_excluded_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows knows no way from one drive to the other."""

    def relpath(*_: object) -> str:
        raise ValueError

    monkeypatch.setattr(os.path, "relpath", relpath)
    assert Exclude(Path("c"), ("通知.docx",)).matches(Path("d/通知.docx"))


def test_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    """A slip in the path is told before anything else is done."""
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path / "无.yaml"], KINDS)
    assert str(caught.value) == f"路径不存在：{tmp_path / '无.yaml'}。请核对文件名，或把文件拖进窗口"


def test_a_name_with_blanks_that_the_shell_parted(tmp_path: Path) -> None:
    """The way out is to quote it."""
    (tmp_path / "收 文 夹").mkdir()
    with pytest.raises(UsageError) as caught:
        find_files([tmp_path / "收", Path("文"), Path("夹"), Path("乙.yaml")], KINDS)
    assert str(caught.value).endswith(f'收。名字里有空格，请用引号括起来："{tmp_path / "收 文 夹"}"')


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
    assert str(caught.value) == f"输出文件同时是输入文件：{tmp_path / '甲.docx'}。请用 -o 换一个文件名"


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
    assert str(caught.value) == f"文件夹打不开：{tmp_path / '密'}。请检查权限"


def test_a_path_too_long_is_wrong_usage(tmp_path: Path) -> None:
    """A sentence pasted as a path is no bug of the program."""
    with pytest.raises(UsageError):
        find_files([tmp_path / ("长" * 200)], KINDS)


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
