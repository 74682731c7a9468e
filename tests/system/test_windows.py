"""What Windows does otherwise: on Windows as it is, elsewhere as far as it can be played."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from zhijiao20.core.display import display_path
from zhijiao20.core.errors import UnreadableError, UsageError
from zhijiao20.system import atomic_write, discovery, windows
from zhijiao20.system.atomic_write import write_whole
from zhijiao20.system.discovery import find_files, read_bytes
from zhijiao20.system.found_files import Exclude
from zhijiao20.system.os_errors import reason

DEEP = "很长的文件夹名" * 8  # five of them are more than Windows allows


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("附表2.docx", ""),
        ("console.docx", ""),
        (".docx", ""),
        ("CON", "它是系统设备的名字"),
        ("nul.yaml", "它是系统设备的名字"),
        ("Com1 .附表.docx", "它是系统设备的名字"),
        ("lpt³.csv", "它是系统设备的名字"),
        ("aux. .", "它是系统设备的名字"),
        ("附表2.docx.", "末尾的点和空格会被去掉"),
        ("附表2.docx ", "末尾的点和空格会被去掉"),
        ("附表2:终稿.docx", "名字里不能有 :"),
        ("附表?.docx", "名字里不能有 ?"),
        ("长" * 250 + ".docx", ""),
        ("长" * 251 + ".docx", "超过 255 个字"),
        ("附\x07表.docx", "名字里有看不见的字符"),
    ],
)
def test_names_that_cannot_be(name: str, problem: str) -> None:
    """Kept for a device, stored under another name, or in a stream of a file that no window shows."""
    assert windows.name_problem(name) == problem


@pytest.mark.windows
@pytest.mark.parametrize("name", ["CON", "nul.yaml", "附表2.docx.", "附表2.docx ", "附表2:终稿.docx"])
def test_an_output_under_such_a_name_is_refused(work_folder: Path, name: str) -> None:
    """The message names it, and nothing comes into being, with no other name either."""
    with pytest.raises(UsageError, match="Windows 里不能用这个文件名"):
        write_whole(Path(name), b"x")
    assert list(work_folder.iterdir()) == []


@pytest.mark.windows
@pytest.mark.parametrize("name", ["CON", "nul.yaml", "AUX.csv"])
def test_a_device_as_input_is_refused_at_once(work_folder: Path, name: str) -> None:
    """Reading from the console would wait for ever."""
    with pytest.raises((UnreadableError, UsageError)):
        read_bytes(find_files([Path(name)], (".yaml", ".csv")).files[0])


def test_paths_of_any_length() -> None:
    """A long one gets a prefix, from the root on; a short one stays as the user wrote it."""
    long = "\\".join([DEEP] * 5)
    assert windows.long_form(f"D:\\收文\\{long}.yaml") == f"\\\\?\\D:\\收文\\{long}.yaml"
    assert windows.long_form(f"\\\\教育局\\共享\\{long}") == f"\\\\?\\UNC\\教育局\\共享\\{long}"
    assert windows.long_form(f"\\\\?\\D:\\{long}") == f"\\\\?\\D:\\{long}"
    assert windows.long_form("收文/甲.yaml") == "收文/甲.yaml"
    assert windows.long_form("D:\\收文", 0) == "\\\\?\\D:\\收文"


def test_a_long_path_is_shown_as_it_is_known() -> None:
    """The prefix is the program's affair."""
    assert display_path("\\\\?\\D:\\收文\\甲.yaml") == "D:\\收文\\甲.yaml"
    assert display_path("\\\\?\\UNC\\教育局\\共享\\甲.yaml") == "\\\\教育局\\共享\\甲.yaml"
    assert display_path("\\\\教育局\\共享\\甲.yaml") == "\\\\教育局\\共享\\甲.yaml"


def test_files_deep_in_a_folder(tmp_path: Path) -> None:
    """Found, read, written and shown, however deep they lie, by the folder and by themselves."""
    deep = tmp_path.joinpath(*[DEEP[:20]] * 12)
    os.makedirs(windows.any_length(deep, whatever_lies_below=True))  # noqa: PTH103
    write_whole(deep / "甲.yaml", b"1")
    write_whole(deep / "甲.yaml", b"2")
    with pytest.raises(UsageError, match="文件已存在"):
        write_whole(deep / "甲.yaml", b"3", replace=False)
    for given in (tmp_path, deep, deep / "甲.yaml"):
        (file,) = find_files([given], [".yaml"]).files
        assert (read_bytes(file), display_path(file)) == (b"2", str(deep / "甲.yaml"))
    with pytest.raises(UsageError, match="输出文件同时是输入文件"):
        find_files([deep / "甲.yaml"], [".yaml"], deep / "甲.yaml")
    with pytest.raises(UsageError, match="文件夹里没有填报文件"):
        find_files([tmp_path], [".yaml"], deep / "甲.yaml")
    exclude = Exclude(tmp_path, (f"{DEEP[:20]}/{DEEP[:20]}",))
    with pytest.raises(UsageError, match="exclude 排除了 1 个"):
        find_files([deep / "甲.yaml"], [".yaml"], exclude=exclude)
    write_whole(deep / "附表二", b"PK\x03\x04")  # its suffix got lost
    assert [file.name for file in find_files([tmp_path], [".yaml"]).files] == ["甲.yaml", "附表二"]


def test_a_relative_folder_with_deep_files(work_folder: Path) -> None:
    """The names stay relative where they can."""
    write_whole(Path("甲.yaml"), b"x")
    Path("下").mkdir()
    write_whole(Path("下", "乙.yaml"), b"x")
    assert find_files([Path()], [".yaml"]).files == [Path("甲.yaml"), Path("下", "乙.yaml")]


class TakenError(PermissionError):
    """A refusal of Windows: another program has the file."""

    winerror = 32


def refuse(*_paths: object, **_options: object) -> None:
    raise TakenError(13, "in use")


def open_alone(path: Path) -> int:
    """Open a file as Excel does: nobody else may write, replace or read it meanwhile."""
    import ctypes

    create = ctypes.windll.kernel32.CreateFileW  # type: ignore[attr-defined]
    create.argtypes = [
        ctypes.c_wchar_p,
        *[ctypes.c_uint32] * 2,
        ctypes.c_void_p,
        *[ctypes.c_uint32] * 2,
        ctypes.c_void_p,
    ]
    create.restype = ctypes.c_void_p
    handle = create(str(path), 0x80000000, 0, None, 3, 0, None)
    assert handle not in {None, ctypes.c_void_p(-1).value}
    return int(handle)


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A document that another program has open; elsewhere than on Windows the system's refusals are played."""
    path = tmp_path / "附表2.docx"
    path.write_bytes(b"old")
    if os.name == "nt":
        import ctypes

        handle = open_alone(path)
        yield path
        ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(handle))  # type: ignore[attr-defined]
        return
    with monkeypatch.context() as system:
        system.setattr(windows, "ON_WINDOWS", True)
        for module in (atomic_write, discovery):
            system.setattr(module, "any_length", lambda path: path)
        system.setattr(os, "rename", refuse)
        system.setattr(os, "replace", refuse)
        system.setattr(Path, "open", refuse)
        yield path


def test_an_output_open_in_word(taken: Path) -> None:
    """Close it, says the message; nothing changed, and no hidden file is left."""
    with pytest.raises(UsageError) as caught:
        write_whole(taken, b"new")
    assert str(caught.value) == (
        f"文件写不了：{taken}（正在 Word、WPS、Excel 或别的程序中打开）。请先关闭它，再运行一次；原来的文件没有动"
    )
    assert [path.name for path in taken.parent.iterdir() if path.suffix != ""] == ["附表2.docx"]


def test_an_input_open_in_excel(taken: Path) -> None:
    """A finding that says what to do."""
    with pytest.raises(UnreadableError) as caught:
        read_bytes(taken)
    assert (caught.value.message, caught.value.hint) == (
        "文件打不开：正在 Word、WPS、Excel 或别的程序中打开",
        "请先关闭它，再运行一次",
    )


def test_where_the_system_cannot_tell_the_real_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives of Windows cannot; then the path as it was given serves."""

    def fail(_path: Path) -> str:
        raise OSError(22, "x")

    monkeypatch.setattr(os.path, "realpath", fail)
    monkeypatch.setattr(windows, "ON_WINDOWS", True)
    assert windows.real_path(Path("甲.yaml")) == str(Path.cwd() / "甲.yaml")
    monkeypatch.setattr(windows, "ON_WINDOWS", False)
    with pytest.raises(OSError, match="x"):
        windows.real_path(Path("甲.yaml"))


def test_without_permission_is_told_as_such(tmp_path: Path) -> None:
    """A file that can be renamed is open nowhere."""
    path = tmp_path / "甲.yaml"
    path.write_bytes(b"x")
    assert not windows.is_open_elsewhere(path)
    assert not windows.is_open_elsewhere(tmp_path / "无.yaml")
    assert path.read_bytes() == b"x"


def test_names_that_differ_in_case_only(tmp_path: Path) -> None:
    """On Windows they are one file, elsewhere two; none is read twice, and none is lost."""
    for name in ("A局.yaml", "a局.yaml"):
        (tmp_path / name).write_bytes(b"x")
    there = len(list(tmp_path.iterdir()))
    assert there == (1 if os.name == "nt" else 2)
    assert len(find_files([tmp_path, tmp_path / "A局.yaml", tmp_path / "a局.yaml"], [".yaml"]).files) == there


def test_a_folder_for_linux_programs_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There names that differ in case only can be two files: both are read."""
    monkeypatch.setattr(os.path, "normcase", str.lower)
    for name in ("A局.yaml", "b局.yaml"):
        (tmp_path / name).write_bytes(b"x")
    monkeypatch.setattr(os.path, "realpath", lambda path, **_: os.fspath(path).replace("b局", "a局"))
    assert len(find_files([tmp_path], [".yaml"]).files) == 2


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (32, "正被别的程序占用"),
        (19, "磁盘是只读的"),
        (53, "连不上这个网络位置"),
        (112, "磁盘已满"),
        (123, "名字里有系统不能用的字符"),
        (206, "文件名太长"),
        (1234, "x"),
    ],
)
def test_reasons_of_windows(number: int, text: str) -> None:
    """By its own number: the one of C says less; a rare one in the words of the system, which are Chinese there."""
    error = OSError(0, "x")
    error.winerror = number  # type: ignore[attr-defined]
    assert reason(error) == text


class Console:
    """The functions of the system for its consoles."""

    def __init__(self, code_page: int) -> None:
        self.kernel32 = SimpleNamespace(GetConsoleOutputCP=lambda: code_page)


@pytest.mark.parametrize(
    ("code_page", "encoding"), [(936, "gbk"), (54936, "gb18030"), (65001, None), (437, None), (0, None)]
)
def test_a_pipe_is_in_the_code_page_of_the_console(
    code_page: int, encoding: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where that can hold Chinese; without a console it is UTF-8."""
    monkeypatch.setattr(windows, "ON_WINDOWS", True)
    monkeypatch.setattr("ctypes.windll", Console(code_page), raising=False)
    reading, writing = os.pipe()
    with open(reading, "rb"), open(writing, "w", encoding="utf-8") as stream:  # noqa: PTH123
        assert windows.pipe_encoding(stream) == encoding


def test_a_file_and_a_screen_are_no_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is UTF-8; what is no file of the system is none of ours; on other systems all is UTF-8."""
    reading, writing = os.pipe()
    with open(reading, "rb"), open(writing, "w", encoding="utf-8") as stream:  # noqa: PTH123
        monkeypatch.setattr(windows, "ON_WINDOWS", False)
        assert windows.pipe_encoding(stream) is None
    monkeypatch.setattr(windows, "ON_WINDOWS", True)
    monkeypatch.setattr("ctypes.windll", Console(936), raising=False)
    with (tmp_path / "结果.txt").open("w", encoding="utf-8") as stream:
        assert windows.pipe_encoding(stream) is None
    assert windows.pipe_encoding(io.StringIO()) is None
