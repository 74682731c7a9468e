"""The dialog for a folder is that of Windows: its calls are held against a dialog made here."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zhijiao20.system import desktop


class Dialog:
    """A dialog with the table of functions that IFileOpenDialog has, and the item that is chosen in it.

    Attributes:
        calls: the numbers of the functions that were called, those of the item behind 100.
    """

    def __init__(self, chosen: str, *, shown: int = 0, named: int = 0) -> None:
        self.calls: list[int] = []
        self.options, self.title = 0, ""
        self._text = ctypes.create_unicode_buffer(chosen) if chosen else None
        self._shown, self._named = shown, named
        self._kept: list[Any] = []
        self.item = self._object({2: (self._note(102), ()), 5: (self._name, (ctypes.c_uint32, ctypes.c_void_p))})
        pointer = ctypes.c_void_p
        self.address = self._object(
            {
                2: (self._note(2), ()),
                3: (self._show, (pointer,)),
                9: (self._set_options, (ctypes.c_uint32,)),
                17: (self._set_title, (ctypes.c_wchar_p,)),
                20: (self._result, (pointer,)),
            }
        )

    def _object(self, functions: dict[int, Any]) -> int:
        table = (ctypes.c_void_p * 24)()
        for number, (function, kinds) in functions.items():
            call = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, *kinds)(function)
            self._kept.append(call)
            table[number] = ctypes.cast(call, ctypes.c_void_p).value
        item = ctypes.pointer(ctypes.cast(table, ctypes.c_void_p))
        self._kept += [table, item]
        address = ctypes.cast(item, ctypes.c_void_p).value
        assert address is not None
        return address

    def _note(self, number: int) -> Any:
        return lambda _self: self.calls.append(number) or 0

    def _show(self, _self: int, owner: int | None) -> int:
        assert owner is None
        return self._shown

    def _set_options(self, _self: int, options: int) -> int:
        self.options = options
        return 0

    def _set_title(self, _self: int, title: str) -> int:
        self.title = title
        return 0

    def _result(self, _self: int, target: int) -> int:
        ctypes.c_void_p.from_address(target).value = self.item
        return 0

    def _name(self, _self: int, form: int, target: int) -> int:
        assert form == 0x8005_8000
        ctypes.c_void_p.from_address(target).value = ctypes.addressof(self._text) if self._text else None
        return self._named


def install(monkeypatch: pytest.MonkeyPatch, dialog: Dialog | None) -> list[object]:
    """Put a dialog in the place of the system's; return what was freed."""
    freed: list[object] = []

    def create(_class: object, _outer: object, _context: int, _interface: object, target: Any) -> int:
        if dialog is None:
            return -1
        target._obj.value = dialog.address
        return 0

    ole = SimpleNamespace(CoInitializeEx=lambda *_: 0, CoCreateInstance=create, CoTaskMemFree=freed.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(ole32=ole), raising=False)
    return freed


def test_a_folder_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog offers folders of the disk only; everything is released."""
    dialog = Dialog("职教 工作")
    freed = install(monkeypatch, dialog)
    assert desktop.choose_folder("查收：选择") == Path("职教 工作")
    assert dialog.title == "查收：选择"
    assert dialog.options & 0x60 == 0x60
    assert dialog.calls == [102, 2]
    assert len(freed) == 1


@pytest.mark.parametrize("dialog", [Dialog("甲", shown=-2147023673), Dialog("甲", named=-1), Dialog("")])
def test_closed_without_a_choice(monkeypatch: pytest.MonkeyPatch, dialog: Dialog) -> None:
    """Also where what was chosen has no path, as a library of Explorer."""
    install(monkeypatch, dialog)
    assert desktop.choose_folder("") is None
    assert dialog.calls[-1] == 2


def test_a_system_without_the_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, None)
    with pytest.raises(OSError, match="no dialog"):
        desktop.choose_folder("")
    monkeypatch.delattr(ctypes, "windll")
    with pytest.raises(OSError, match="no dialog"):
        desktop.choose_folder("")


def test_a_file_is_opened_by_its_full_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the program that the user has for it, if there is one."""
    started: list[str] = []
    monkeypatch.setattr(os, "startfile", started.append, raising=False)
    assert desktop.open_file(tmp_path / "附表2.docx")
    assert started == [str(tmp_path / "附表2.docx")]

    def none(path: str) -> None:
        raise OSError(1155, "no association")

    monkeypatch.setattr(os, "startfile", none, raising=False)
    assert not desktop.open_file(tmp_path / "附表2.docx")
    monkeypatch.delattr(os, "startfile")
    assert not desktop.open_file(tmp_path / "附表2.docx")


def test_who_sits_at_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both streams are a console; NUL, which says that it is a terminal, has no size."""
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(fileno=lambda: 1))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(os, "get_terminal_size", lambda handle: (80, 25))
    assert desktop.has_console()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: False))
    assert not desktop.has_console()

    def no_console(handle: int) -> tuple[int, int]:
        raise OSError(6, "no console")

    monkeypatch.setattr(os, "get_terminal_size", no_console)
    assert not desktop.has_console()


def test_the_current_folder_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No library is loaded from it any more; where the system names no folder of its own, the root."""
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    kernel = SimpleNamespace(SetDllDirectoryW=told.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path.parent))
    desktop.leave_current_folder()
    assert (Path.cwd(), told) == (tmp_path.parent, [""])
    monkeypatch.delenv("SYSTEMROOT")
    monkeypatch.delattr(ctypes, "windll")
    desktop.leave_current_folder()
    assert Path.cwd() == Path(Path(sys.executable).anchor)
