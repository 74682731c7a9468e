"""The commands beside the main job: tasks, schema, form check."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from zhijiao20 import cli
from zhijiao20.core.catalog import Catalog
from zhijiao20.output.task_list import write_table
from zhijiao20.system.discovery import official_form


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.app, list(args))


def found(*args: str) -> list[str]:
    result = run("tasks", *args, "--output-format", "json")
    assert result.exit_code == (0 if json.loads(result.stdout) else 1)
    return [row["id"] for row in json.loads(result.stdout)]


def test_tasks_lists_all_in_official_order(catalog: Catalog) -> None:
    """The official list, to the character."""
    result = run("tasks", "--output-format", "json")
    rows = json.loads(result.stdout)
    assert [(row["id"], row["chapter"], row["article"], row["text"]) for row in rows] == [
        (task.id, task.chapter, task.article, task.text) for task in catalog.tasks.values()
    ]
    assert any(row["targets"] for row in rows)
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("16.4", ["16.4"], id="id"),
        pytest.param("16．４", ["16.4"], id="full-width"),
        pytest.param("第1条第1项", ["1.1"], id="spelled"),
        pytest.param("1", ["1.1", "1.2", "1.3", "1.4", "1.5"], id="article"),
        pytest.param("1.10", [], id="no-such-id"),
        pytest.param("99", [], id="no-such-article"),
        pytest.param("没有这样的话", [], id="no-such-words"),
    ],
)
def test_tasks_finds_by_id_and_article(query: str, ids: list[str]) -> None:
    """1.10 is not 1.1, here as everywhere."""
    assert found(query) == ids


def test_tasks_finds_by_words_however_they_are_written(catalog: Catalog) -> None:
    """Wording, article and chapter are searched; spaces and width do not matter."""
    expected = [task.id for task in catalog.tasks.values() if "双师型" in task.text + task.article + task.chapter]
    assert expected
    assert found("双师型") == expected
    assert found("双 师 型") == expected
    assert (
        found("完善国家职业教育制度体系") == [task for task in catalog.tasks if int(task.partition(".")[0]) <= 5][:25]
    )


@pytest.mark.parametrize("query", ["12000", "2019"])
def test_tasks_finds_figures(query: str, catalog: Catalog) -> None:
    """“Which task was it with the 12000 yuan?” is just what the command is for."""
    assert found(query) == [task.id for task in catalog.tasks.values() if query in task.text]


def test_tasks_in_a_pipe_is_a_line_each(catalog: Catalog) -> None:
    """grep and cut work on it."""
    lines = run("tasks").stdout.splitlines()
    assert len(lines) == len(catalog.tasks)
    for line, task in zip(lines, catalog.tasks.values(), strict=True):
        assert line.split(maxsplit=1) == [task.id, task.text]


def test_tasks_in_a_pipe_is_divided_by_a_tab(catalog: Catalog) -> None:
    """The code writes a tab, and `cut -f2` expects one."""
    assert run("tasks", "1.1").stdout == f"1.1\t{catalog.tasks['1.1'].text}\n"


def test_tasks_on_a_narrow_screen(monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> None:
    """A table that fits, articles as headings, each once."""
    monkeypatch.setenv("COLUMNS", "40")
    lines = run("tasks").stdout.splitlines()
    assert max(map(cell_len, lines)) <= 40
    assert sum("1.健全国家职业教育制度框架" in line for line in lines) == 1
    assert "".join("".join(line.split("│")[2].split()) for line in lines if line.startswith("│")).count(
        "".join(catalog.tasks["1.1"].text.split())
    )


def test_tasks_on_a_screen_is_a_table(monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> None:
    """A terminal gets the table, whatever COLUMNS says."""

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    write_table(list(catalog.tasks.values())[:1], screen)
    assert "编号" in screen.getvalue()


def test_tasks_without_a_match_helps_on() -> None:
    """On stderr; stdout stays clean for a program."""
    result = run("tasks", "没有这样的话")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "没有找到“没有这样的话”。编号写成“条.序”，如 16.4；也可以只写条的序号，或任务里的一个词。\n"
    )
    result = run("tasks", "没有这样的话", "--output-format", "json")
    assert (result.exit_code, result.stdout) == (1, "[]\n")


def test_schema_on_stdout_and_in_a_file() -> None:
    """The same document both ways, and valid JSON."""
    shown = run("schema")
    assert (shown.exit_code, shown.stderr) == (0, "")
    document = json.loads(shown.stdout)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert len(document["properties"]["任务"]["properties"]) == 87
    written = run("schema", "-o", "模式.json")
    assert (written.exit_code, written.stdout) == (0, "已生成 模式.json\n")
    assert Path("模式.json").read_text(encoding="utf-8") == shown.stdout


def test_schema_into_a_folder_that_is_missing() -> None:
    """Wrong usage as with every output."""
    result = run("schema", "-o", "无/模式.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：文件夹不存在：无")


def test_form_check_of_the_official_form() -> None:
    """All 87 rows are there."""
    Path("表样.docx").write_bytes(official_form())
    result = run("form", "check", "表样.docx")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "找到 87 项：这份表样可以用。\n", "")
    document = json.loads(run("form", "check", "表样.docx", "--output-format", "json").stdout)
    assert document["version"] == 1
    assert document["findings"] == []
    assert len(document["rows"]) == 87
    assert set(document["rows"][0]) == {"task", "state", "rows", "changed"}
    assert (document["rows"][0]["task"], document["rows"][0]["state"]) == ("1.1", "found")


def test_form_check_of_something_else() -> None:
    """Exit code 1 and the reason."""
    Path("表样.docx").write_bytes(b"text")
    result = run("form", "check", "表样.docx")
    assert result.exit_code == 1
    assert "错误 ZJ008" in result.stdout
    assert result.stdout.endswith("没有找到官方的表：这份表样不能用。\n")


def test_form_check_of_a_missing_file() -> None:
    """A path that does not exist is wrong usage."""
    result = run("form", "check", "无.docx")
    assert (result.exit_code, result.stderr) == (2, "错误：表样不存在：无.docx。请核对文件名\n")
