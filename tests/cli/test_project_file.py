"""Which zhijiao20.toml holds, what is told of it, and what one from somebody else may not do."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from program import POSIX, run, slashes
from status_files import put

from zhijiao20.cli import config
from zhijiao20.core.errors import UsageError
from zhijiao20.system.discovery import find_config

pytestmark = pytest.mark.usefixtures("work_folder")
STATUS = "单位: 甲\n任务:\n  '1.1': {进展: 不涉及}\n"


def told(*args: str) -> str:
    """The line on the settings on standard error."""
    return "".join(slashes(line) for line in run(*args).stderr.splitlines() if "zhijiao20.toml" in line)


def test_the_file_above_all_given_paths_holds() -> None:
    """Whether they lie side by side or one below the other; else the one of the current folder."""
    put("zhijiao20.toml", "unit = '外'")
    put("甲市/zhijiao20.toml", "unit = '甲市'")
    put("甲市/收件/a.yaml", STATUS)
    put("甲市/补报/b.yaml", STATUS)
    put("乙市/c.yaml", STATUS)
    units = {
        ("甲市/收件",): "甲市", ("甲市/收件", "甲市/补报/b.yaml"): "甲市", ("甲市",): "甲市", ("甲市/没有",): "甲市",
        ("甲市/收件", "乙市"): "外", ("乙市",): "外", (): "外",
    }  # fmt: skip
    assert {paths: config.load(list(map(Path, paths))).unit for paths in units} == units


def test_the_nearest_of_nested_files_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with files of its own decides for what lies below it, wherever the terminal stands."""
    put("zhijiao20.toml", "unit = '外'")
    put("内/zhijiao20.toml", "unit = '内'")
    put("内/a.yaml", STATUS)
    assert config.load([Path("内/a.yaml")]).unit == "内"
    monkeypatch.chdir("内")
    assert config.load([Path("a.yaml")]).unit == "内"
    assert config.load([Path("a.yaml"), Path("..")]).unit == "外"


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (["validate", "收"], "用了 收/zhijiao20.toml"),
        (["validate", "收", "-q"], ""),
        (["convert", "收", "-o", "乙.csv"], "用了 收/zhijiao20.toml"),
        (["render", "收", "-o", "表.docx", "-q"], ""),
        (["init", "--update", "收/甲.yaml"], "用了 收/zhijiao20.toml"),
    ],
)
def test_which_file_is_told(command: list[str], line: str) -> None:
    """Not with -q where it changes nothing that is read."""
    put("收/甲.yaml", STATUS)
    put("收/zhijiao20.toml", "period = '2020年'")
    assert told(*command) == line


def test_what_changes_the_reading_is_told_with_q_too() -> None:
    """Somebody may have sent the file along with the folder."""
    put("收/甲.yaml", STATUS)
    put("收/名册.csv", "单位\n甲\n")
    put(
        "收/zhijiao20.toml",
        "exclude = ['通知*']\nroster = '名册.csv'\nprevious = '上期'\nuse = ['甲.yaml']\ntemplate = 'a.docx'",
    )
    line = "用了 收/zhijiao20.toml 里的设置：exclude、roster、previous、template、use"
    assert told("validate", "收", "-q") == told("validate", "收") == line
    assert told("render", "收", "-o", "b.docx", "-q") == ""


def test_the_keys_of_a_round() -> None:
    """Paths from the folder of the file; the deadline as a date or as people write it."""
    put(
        "甲/zhijiao20.toml",
        'roster = "名册.xlsx"\ndeadline = 2020-07-10\nprevious = "上期"\nuse = ["收件/a.docx"]\ncontact = "李老师"\nphone = "010-1"',
    )
    loaded = config.load([Path("甲")])
    assert (loaded.roster, loaded.previous, loaded.use) == (
        Path("甲/名册.xlsx"),
        Path("甲/上期"),
        (Path("甲/收件/a.docx"),),
    )
    assert (loaded.deadline, loaded.contact, loaded.phone) == (date(2020, 7, 10), "李老师", "010-1")
    put("甲/zhijiao20.toml", 'deadline = "2020年7月10日"')
    assert config.load([Path("甲")]).deadline == date(2020, 7, 10)


@pytest.mark.parametrize("value", ["2020-07-10T10:00:00", "'下周'", "20200710", "true", "'7月10日'"])
def test_a_deadline_that_is_none(value: str) -> None:
    """A year is never guessed."""
    put("zhijiao20.toml", f"deadline = {value}")
    with pytest.raises(UsageError, match="deadline 应是日期，如 2020-07-10"):
        config.load()


OUTSIDE = ["../名册.xlsx", "/etc/名册.xlsx", "下/../../名册.xlsx", pytest.param("链接/名册.xlsx", marks=POSIX), "//server/share/a.xlsx", "\\\\\\\\server\\\\a.xlsx", "https://example.com/a.xlsx"]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize(
    "line", ["roster = '{}'", "previous = '{}'", "template = '{}'", "use = ['{}']", "paths = ['{}']"]
)
def test_a_file_of_somebody_else_leads_nowhere(path: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was sent must not make the program read other folders or servers; from within it is the user's own."""
    put("收/甲.yaml", STATUS)
    if os.name != "nt":
        Path("收/链接").symlink_to("..")
    put("收/zhijiao20.toml", line.format(path.replace("\\\\", "\\")))
    result = run("validate", "收")
    assert result.exit_code == 2
    assert "指着本文件所在的文件夹以外" in result.stderr
    monkeypatch.chdir("收")
    assert "指着本文件所在的文件夹以外" not in run("validate", "甲.yaml").stderr


def test_paths_inside_are_used() -> None:
    """Also those that do not exist yet."""
    put("收/甲.yaml", STATUS)
    put("收/zhijiao20.toml", "roster = './名册/../名册.xlsx'\nprevious = '上期'")
    assert config.load([Path("收")]).previous == Path("收/上期")


@POSIX
def test_where_nothing_can_be_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is gone, or the paths are on several drives."""
    gone = tmp_path / "旧"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert find_config(Path("甲.yaml")) is None
    put(str(tmp_path / "zhijiao20.toml"), "unit = '甲'")
    assert config.load([tmp_path / "甲.yaml"]).file == tmp_path / "zhijiao20.toml"


def test_another_drive_is_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows."""

    def fail(_: object) -> str:
        raise ValueError

    put("收/zhijiao20.toml", "roster = 'a.xlsx'")
    monkeypatch.setattr("zhijiao20.cli.config_reader.os.path.commonpath", fail)
    monkeypatch.setattr(config, "find_config", lambda path: Path("收/zhijiao20.toml").absolute() if path.name else None)
    with pytest.raises(UsageError, match="以外"):
        config.load([Path("收")])
