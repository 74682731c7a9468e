"""What the launchers of Windows do with a folder or with files; on every system, for they are ordinary Python."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import ROOT

from zhijiao20.cli import desk

SENT = ROOT / "examples" / "一次填报"


class Answers:
    """The standard input of somebody who sits at the window."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    def readline(self) -> str:
        return f"{self.lines.pop(0)}\n" if self.lines else ""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of a round, and a cache of its own."""
    monkeypatch.setattr("zhijiao20.system.user_cache.user_cache", lambda: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SENT, tmp_path / "职教 工作")
    shutil.copytree(ROOT / "examples" / "澄州市", tmp_path / "齐了")
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened for the user."""
    paths: list[Path] = []
    monkeypatch.setattr(desk, "open_file", lambda path: paths.append(path) or True)
    return paths


def start(
    monkeypatch: pytest.MonkeyPatch, title: str, *arguments: object, answers: tuple[str, ...] | None = None
) -> int:
    """Start a launcher; with answers there is somebody at the window."""
    monkeypatch.setattr(sys, "argv", [title, *map(str, arguments)])
    monkeypatch.setattr(desk, "has_console", lambda: answers is not None)
    monkeypatch.setattr(sys, "stdin", Answers(*(answers or ())))
    with pytest.raises(SystemExit) as end:
        desk.main(title)
    return int(end.value.code or 0)


@pytest.mark.parametrize(
    ("title", "result", "code"), [("查收", "总览.html", 1), ("审核", "审核意见.docx", 1), ("退回", "退回", 0)]
)
def test_the_result_is_beside_the_folder_and_opened(
    place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path], title: str, result: str, code: int
) -> None:
    """The exit code is that of the command; nothing is written into the folder itself."""
    folder = place / "职教 工作" / "收件"
    before = sorted(folder.iterdir())
    assert start(monkeypatch, title, folder, answers=("",)) == code
    assert opened == [place / "职教 工作" / result]
    assert sorted(folder.iterdir()) == before


def test_a_folder_of_pages_is_opened_at_its_first_page(
    place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]
) -> None:
    """The page of more units than one page holds is a folder."""
    monkeypatch.setattr("zhijiao20.commands.overview.MOST_UNITS", 2)
    assert start(monkeypatch, "查收", place / "职教 工作" / "收件", answers=("",)) == 1
    assert opened == [place / "职教 工作" / "总览" / "index.html"]


def test_nothing_is_opened_where_nobody_sits(place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]) -> None:
    assert start(monkeypatch, "汇总", place / "齐了") == 0
    assert opened == []
    assert (place / "附表2.docx").is_file()


def test_what_cannot_be_opened_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no Word, or nothing is registered for the suffix."""
    monkeypatch.setattr(desk, "open_file", lambda path: False)
    start(monkeypatch, "汇总", place / "齐了", answers=())
    assert f"请双击打开：{place / '附表2.docx'}" in capsys.readouterr().out


def test_a_second_run_replaces_what_the_first_wrote(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But never what somebody has changed since, or put there."""
    for _ in range(2):
        assert start(monkeypatch, "汇总", place / "齐了") == 0
    assert [path.name for path in place.glob("附表2*")] == ["附表2.docx"]
    (place / "附表2.docx").write_bytes(b"changed in Word")
    for _ in range(2):
        start(monkeypatch, "汇总", place / "齐了")
    assert sorted(path.name for path in place.glob("附表2*")) == ["附表2.docx", "附表2（2）.docx"]
    assert (place / "附表2.docx").read_bytes() == b"changed in Word"


def test_the_table_of_another_folder_is_not_replaced(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two folders beside each other have their tables in the same place."""
    shutil.copytree(place / "齐了", place / "另一批")
    start(monkeypatch, "汇总", place / "齐了")
    start(monkeypatch, "汇总", place / "另一批")
    assert sorted(path.name for path in place.glob("附表2*")) == ["附表2.docx", "附表2（2）.docx"]
    assert "没有动它，这次写到 附表2（2）.docx" in capsys.readouterr().out


def test_after_errors_what_has_come_can_be_merged(
    place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The user is asked, because nothing is left out in silence; who is not in it is said."""
    folder = place / "职教 工作" / "收件"
    (folder / "澄州职业技术学院.xlsx").unlink()
    assert start(monkeypatch, "汇总", folder, answers=("", "")) == 1
    assert opened == []
    assert "输入 1 再按回车" in capsys.readouterr().out
    assert start(monkeypatch, "汇总", folder, answers=("1", "")) == 0
    assert opened == [place / "职教 工作" / "附表2.docx"]
    assert "石桥县教育局（未报）" in capsys.readouterr().out


def test_files_may_be_dragged_too(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under any name that a file can have, also one that a shell or a pattern would read otherwise."""
    forms = []
    for name in ("甲[1].yaml", "a&b.yaml", "100%.yaml", "-甲.yaml"):
        forms.append(place / name)
        shutil.copy(place / "齐了" / "3澄州理工学校.yaml", forms[-1])
    assert start(monkeypatch, "审核", *forms) == 1
    out = capsys.readouterr().out
    assert all(str(form) in out for form in forms)
    assert "检查了 4 个文件" in out
    assert (place / "审核意见.docx").is_file()


def test_several_results_are_shown_once(
    place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A launcher may write two files of the same files; where the first cannot be written, that is said."""
    monkeypatch.setitem(desk.TASKS, "汇总", desk.Task(("render", "-o"), ("又一份.docx", "附表2.docx")))
    assert start(monkeypatch, "汇总", place / "齐了", answers=()) == 0
    assert capsys.readouterr().out.count("已生成") == 1
    assert (place / "又一份.docx").is_file()
    assert opened == [place / "附表2.docx"]
    monkeypatch.setitem(desk.TASKS, "汇总", desk.Task(("render", "-o"), ("又一份.txt", "附表2.docx")))
    assert start(monkeypatch, "汇总", place / "齐了", answers=()) == 2
    assert "又一份.txt" in capsys.readouterr().out


def test_a_relative_path_is_that_of_the_caller(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although the launcher leaves the current folder."""
    assert start(monkeypatch, "汇总", "齐了") == 0
    assert (place / "附表2.docx").is_file()


def test_settings_that_came_along_lead_nowhere_else(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder of a stranger is never the current one, where its settings would be taken for the user's own."""
    settings = place / "齐了" / "zhijiao20.toml"
    settings.write_text("roster = '../职教 工作/名册.xlsx'\n", encoding="utf-8")
    monkeypatch.chdir(place / "齐了")
    assert start(monkeypatch, "汇总", place / "齐了") == 2
    assert "roster" in capsys.readouterr().err
    assert not (place / "附表2.docx").exists()


def test_a_folder_that_cannot_be_written_into(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A share that may only be read: the result is on the desktop, or where there is none at home."""

    def refuse(**_options: object) -> object:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(desk.tempfile, "TemporaryFile", refuse)
    home = place / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    assert desk._writable(place) == home
    (home / "Desktop").mkdir()
    assert desk._writable(place) == home / "Desktop"
    assert f"{place} 里不能写，结果放在 {home / 'Desktop'}。" in capsys.readouterr().out


def test_a_double_click_asks_for_the_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(desk, "choose_folder", lambda title: asked.append(title) or place / "齐了")
    assert start(monkeypatch, "汇总") == 0
    assert asked == ["汇总：选择放收到的文件的文件夹"]
    assert (place / "附表2.docx").is_file()


@pytest.mark.parametrize("title", ["查收", "下发"])
@pytest.mark.parametrize("dialog", [lambda title: None, lambda title: (_ for _ in ()).throw(OSError("none"))])
def test_without_a_choice_the_window_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], title: str, dialog: object
) -> None:
    """Closed without a choice, or no dialog at all."""
    monkeypatch.setattr(desk, "choose_folder", dialog)
    assert start(monkeypatch, title, answers=("",)) == 2
    told = capsys.readouterr().out
    assert f"拖到“{title}”的图标上" in told
    assert told.endswith("按回车键关闭这个窗口。\n")


def test_files_of_several_drives(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    def none(paths: object) -> str:
        raise ValueError("Paths don't have the same drive")

    monkeypatch.setattr(desk.os.path, "commonpath", none)
    assert desk._top([place / "甲.docx", place / "乙.docx"]) == place / "甲.docx"


def test_ctrl_c_ends_with_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(title: str) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk, "choose_folder", interrupt)
    assert start(monkeypatch, "查收") == 130


def test_an_internal_error_is_told_in_a_window_that_stays(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would close with the traceback."""
    monkeypatch.setenv("LOCALAPPDATA", str(place))
    monkeypatch.setenv("XDG_STATE_HOME", str(place))
    monkeypatch.setattr(desk, "_work", lambda *_: 1 // 0)
    assert start(monkeypatch, "查收", answers=("",)) == 3
    told = capsys.readouterr()
    assert "程序内部出错（ZeroDivisionError）" in told.err
    assert told.out == "按回车键关闭这个窗口。\n"


def test_handing_out_from_a_roster(place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]) -> None:
    """A form for each unit beside the roster, the settings and the folder for what comes back, too."""
    folder = place / "新的"
    folder.mkdir()
    shutil.copy(SENT / "名册.xlsx", folder)
    assert start(monkeypatch, "下发", folder / "名册.xlsx", answers=()) == 0
    assert len(list((folder / "下发").iterdir())) == 9
    assert {path.name for path in folder.iterdir()} == {"名册.xlsx", "下发", "收件", "zhijiao20.toml"}
    assert opened == [folder / "下发"]
    assert start(monkeypatch, "下发", folder) == 1  # nothing is overwritten


def test_handing_out_begins_with_a_roster(
    place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is none, an empty one is written, opened, and what to do with it said."""
    folder = place / "新的"
    folder.mkdir()
    assert start(monkeypatch, "下发", folder, answers=()) == 0
    with ZipFile(folder / "名册.xlsx") as book:
        assert book.testzip() is None
    assert opened == [folder / "名册.xlsx"]
    assert "填进名册，保存、关闭，再把它拖到“下发”上" in capsys.readouterr().out
    assert start(monkeypatch, "下发", place / "没有" / "名册.xlsx") == 2
    assert "文件不存在" in capsys.readouterr().err
    monkeypatch.setattr(desk, "_run", lambda arguments: 2)
    (folder / "名册.xlsx").unlink()
    assert start(monkeypatch, "下发", folder) == 2


def test_a_file_that_is_no_roster(place: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]) -> None:
    """The exit code of the command; nothing is opened that was not made."""
    assert start(monkeypatch, "下发", place / "齐了" / "3澄州理工学校.yaml", answers=()) != 0
    assert opened == []


def test_a_command_that_ends_without_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhijiao20.cli.app", lambda arguments: None)
    assert desk._run([]) == 0
