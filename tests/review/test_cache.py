"""With the cache a review finds what it finds without."""

from __future__ import annotations

import os
import random
import shutil
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from county import check, county, options
from typer.testing import CliRunner

from zhijiao20.cli import app
from zhijiao20.commands.render import render
from zhijiao20.commands.validate import validate
from zhijiao20.core.rule_table import Severity
from zhijiao20.core.settings import DEFAULT, Settings, Thresholds
from zhijiao20.review import file_review
from zhijiao20.review.cache import DATABASE_NAME
from zhijiao20.review.file_review import plain
from zhijiao20.review.runner import SERIAL
from zhijiao20.rules.near_duplicates import compare
from zhijiao20.system.discovery import load_catalog
from zhijiao20.system.user_cache import user_cache

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return county(tmp_path / "各单位")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were really read into a submission."""
    names: list[str] = []
    content = file_review.read_content

    def count(path: Path, *rest: object, **more: object) -> object:
        names.append(path.name)
        return content(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(file_review, "read_content", count)
    return names


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, left out, doubled or moved."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        other = chance.choice(
            [b"", b" ", b"\n", "“".encode(), b"12", bytes([chance.randrange(256)]), data[at : at + 40]]
        )
        data = data[:at] + other + data[at + chance.randint(0, 30) :]
    return data


@pytest.mark.parametrize("workers", [1, 2])
def test_finding_for_finding(folder: Path, store: Path, workers: int) -> None:
    """Cold, warm, and without: every acceptance case, every example, and what could come of them."""
    chance = random.Random(20)
    for source in [path for path in sorted(folder.iterdir()) if path.is_file() and path.stat().st_size]:
        for number in range(3):
            data = mutated(source.read_bytes(), chance)
            (folder / f"{source.stem}-{number}{source.suffix}").write_bytes(data)
    without = check(folder, None)
    assert [check(folder, store, workers=workers) for _ in range(2)] == [without] * 2


def test_what_is_known_is_not_read_again(folder: Path, store: Path, read: list[str]) -> None:
    """That is what it is for; a changed file is, whatever its time says."""
    check(folder, store)
    assert len(read) == len(list(folder.iterdir())) - (os.name != "nt"), "all but the one that cannot be opened"
    read.clear()
    changed = folder / "豁免.yaml"
    before = changed.stat()
    changed.write_text(changed.read_text(encoding="utf-8").replace("300", "301"), encoding="utf-8")
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    report = check(folder, store)
    assert read == ["豁免.yaml"]
    assert report == check(folder, None)


def test_the_texts_of_a_render(folder: Path, store: Path, tmp_path: Path, read: list[str]) -> None:
    """The document from the cache is the document."""
    documents = []
    shutil.rmtree(folder)
    shutil.copytree(file_review.__file__.rpartition("src")[0] + "examples/澄州市", folder)
    for run_options in (SERIAL, options(store), options(store)):
        render([folder], tmp_path / "表.docx", options=run_options)
        documents.append((tmp_path / "表.docx").read_bytes())
    assert documents[0] == documents[1] == documents[2]
    assert len(read) == 6


def test_a_file_alone_knows_less(folder: Path, store: Path) -> None:
    """What is kept is what is needed beside other files."""
    for name in ("1澄州市教育局(1).yaml", "石桥县教育局.yaml"):
        validate([folder / name], options=options(store))
    both = [folder / "1澄州市教育局(1).yaml", folder / "石桥县教育局.yaml"]
    report = validate(both, options=options(store))
    assert "ZJ601" in {finding.rule.code for finding in report.findings}
    assert not (validate(both[:1], options=options(store)).findings)


def test_near_copies_are_remembered(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks on which no text changed are not compared again; those on which one did are."""
    compared: list[float] = []
    near = compare.find_near_duplicates

    def count(*args: object) -> object:
        compared.append(0)
        return near(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(compare, "find_near_duplicates", count)
    before = check(folder, store)
    assert len(compared) > 50, "all tasks on which there are texts that are long enough"
    compared.clear()
    assert check(folder, store) == before
    assert compared == []
    changed = folder / "石桥县教育局.yaml"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("23所中职学校和4所高职院校按照", "全县各校"), encoding="utf-8")
    after = check(folder, store)
    assert len(compared) == 1
    assert after == check(folder, None)


def test_the_name_counts_where_it_is_read(tmp_path: Path, store: Path) -> None:
    """A renamed YAML file is known; the unit of a table, and the format, come from the name."""
    folder = tmp_path / "各单位"
    folder.mkdir()
    table = b"\xef\xbb\xbf" + "编号,落实情况\r\n1.1,安排资金300万元。\r\n".encode()
    tree = "单位: 丁局\n任务:\n  '1.1': 安排资金200万元。\n".encode()
    for name, data in (("甲局.csv", table), ("乙局.csv", table), ("丙.csv", tree), ("丁.yaml", tree), ("戊.YML", tree)):
        (folder / name).write_bytes(data)
    assert [check(folder, store) for _ in range(2)] == [check(folder, None)] * 2
    units = {finding.unit for finding in check(folder, store).findings}
    assert units >= {"甲局", "乙局", "丁局"}


@pytest.mark.parametrize(
    "other",
    [
        Settings(("ZJ2",)),
        Settings(ignore=("ZJ601",)),
        Settings(severity={"ZJ204": Severity.ERROR}),
        Settings(thresholds=Thresholds(shortest=60)),
        Settings(exceptions={"澄州市财政局": ("ZJ",)}),
    ],
    ids=["select", "ignore", "severity", "thresholds", "exceptions"],
)
def test_another_choice_of_rules(tmp_path: Path, store: Path, other: Settings) -> None:
    """Each has its own entries."""
    folder = county(tmp_path / "几个单位", one_of=3)
    check(folder, store)
    assert check(folder, store, other) == check(folder, None, other)
    assert check(folder, store) == check(folder, None)


def test_settings_are_said_in_one_way() -> None:
    """The order in which something was written down changes nothing; what may be said in two ways is no setting."""
    one = Settings(exceptions={"甲": ("ZJ1",), "乙": ("ZJ2",)}, severity={"ZJ204": Severity.ERROR})
    other = Settings(exceptions={"乙": ("ZJ2",), "甲": ("ZJ1",)}, severity={"ZJ204": Severity.ERROR})
    assert plain(one) == plain(other) != plain(DEFAULT)
    assert plain(frozenset("ab")) == plain(frozenset("ba"))
    assert plain([None, 1, 1.5, True]) == "[None,1,1.5,True]"
    with pytest.raises(TypeError):
        plain(object())


@pytest.mark.parametrize("changed", ["__version__", "_sources"])
def test_another_program(
    folder: Path, store: Path, changed: str, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version, or a rule that was edited just now, judges anew."""
    check(folder, store)
    number = len(read)
    monkeypatch.setattr(file_review, changed, "0" if changed == "__version__" else lambda: ["other"])
    check(folder, store)
    assert len(read) == 2 * number


def test_the_program_knows_its_own_files() -> None:
    """Every module and the official list."""
    assert sum(stamp.startswith("__init__.py ") for stamp in file_review._sources()) > 5
    assert any(stamp.startswith("tasks.yaml ") for stamp in file_review._sources())


@POSIX
def test_nobody_else_reads_it(folder: Path, store: Path) -> None:
    """It holds texts of the units."""
    check(folder, store)
    assert stat.S_IMODE(store.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in store.iterdir()] == [0o600]


@POSIX
def test_an_open_folder_is_closed(folder: Path, store: Path) -> None:
    """A cache folder that others may read is made private before anything is stored."""
    store.mkdir(mode=0o755)
    store.chmod(0o755)
    check(folder, store)
    assert stat.S_IMODE(store.stat().st_mode) == 0o700


def test_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the system for caches; without a home there is no cache."""
    with monkeypatch.context() as windows:
        windows.setattr(
            "zhijiao20.system.user_cache.os", SimpleNamespace(name="nt", environ={"LOCALAPPDATA": str(tmp_path)})
        )
        assert user_cache() == tmp_path / "zhijiao20" / "Cache"
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, **_: tmp_path / name)
    assert user_cache() == tmp_path / "zhijiao20"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, **_: Path("~/.cache") / name)
    assert user_cache() is None


def write_units(folder: Path) -> None:
    for name in ("甲局", "乙局"):
        text = "".join(
            f"  '{task}': 安排资金{index + 10}万元，用于{name}。\n" for index, task in enumerate(load_catalog().tasks)
        )
        (folder / f"{name}.yaml").write_text(f"单位: {name}\n任务:\n{text}", encoding="utf-8")


def test_not_in_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zhijiao20.toml changes nothing: the cache is in the user's folder, and the project gets no file."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    folder = tmp_path / "项目" / "各单位"
    folder.mkdir(parents=True)
    (tmp_path / "项目" / "zhijiao20.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(folder)
    write_units(folder)
    before = sorted((tmp_path / "项目").rglob("*"))
    first, second = (CliRunner().invoke(app, ["validate", "."]) for _ in range(2))
    assert (first.exit_code, first.output) == (second.exit_code, second.output)
    assert sorted((tmp_path / "项目").rglob("*")) == before
    assert [path.name for path in (tmp_path / "home" / "zhijiao20").rglob("*.*")] == [DATABASE_NAME]


def test_a_single_file_has_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reviewed anew each time: the result of a single file lacks the data for cross-unit rules."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    write_units(tmp_path)
    assert CliRunner().invoke(app, ["validate", str(tmp_path / "甲局.yaml")]).exit_code == 0
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "command", [["validate", "."], ["render", ".", "-o", "../表.docx"]], ids=["validate", "render"]
)
def test_without_it_nothing_is_left(tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """--no-cache neither reads nor writes it; the result is the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    (tmp_path / "各单位").mkdir()
    monkeypatch.chdir(tmp_path / "各单位")
    write_units(Path())
    without = CliRunner().invoke(app, [*command, "--no-cache"])
    assert not (tmp_path / "home").exists()
    first, second = (CliRunner().invoke(app, command) for _ in range(2))
    assert len(list((tmp_path / "home" / "zhijiao20").rglob(DATABASE_NAME))) == 1
    assert without.exit_code == first.exit_code == second.exit_code
    assert without.output == first.output == second.output
