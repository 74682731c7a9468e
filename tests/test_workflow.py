"""The use cases as a whole: files in, report or document out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from zhijiao20.commands.check_form import check_form
from zhijiao20.commands.init import scaffold
from zhijiao20.commands.open_form import FormChoice
from zhijiao20.commands.render import Outcome, render, render_blank
from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.core.findings import Report
from zhijiao20.core.settings import Settings
from zhijiao20.system import resources
from zhijiao20.system.resources import official_form, resource


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def full(unit: str, catalog: Catalog, *, period: str = "", **instead: str) -> str:
    """A status file without any fault; `instead` replaces the text of a task (t1_1="…")."""
    lines = [f'单位: "{unit}"', f'报告期: "{period}"', "任务:"]
    lines.extend(
        f'  "{task}": "{instead.get("t" + task.replace(".", "_"), f"{unit}开展第{task}项工作，印发12个文件。")}"'
        for task in catalog.tasks
    )
    return "\n".join(lines) + "\n"


def put(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def told(report: Report) -> list[tuple[str, str]]:
    return [(finding.file, finding.rule.code) for finding in report.findings]


def cells(path: Path) -> list[str]:
    return [row.cells[3].text for row in Document(str(path)).tables[0].rows][1:]


def test_check_without_a_fault(catalog: Catalog) -> None:
    """A sound file passes."""
    assert validate([put("甲.yaml", full("甲", catalog))]) == Report(1, 1, ())


def test_every_broken_file_is_told_in_one_run_and_the_others_go_on(catalog: Catalog) -> None:
    """Thirty units send their files once; nobody wants thirty runs."""
    put("单位/1.yaml", "单位: [")
    put("单位/2.csv", b"\xff\xfe\x00")
    put("单位/3.docx", b"%PDF")
    put("单位/4.yaml", full("丁", catalog, t2_1=""))
    put("单位/5.csv", "编号,落实情况\n1.1,印发12个实施方案文件\n")
    Path("单位/6.yaml").symlink_to("无")
    report = validate([Path("单位")])
    assert (report.files, report.units) == (6, 2)
    assert report.failed
    assert [pair for pair in dict.fromkeys(told(report)) if pair[1] != "ZJ202"] == [
        ("单位/1.yaml", "ZJ004"),
        ("单位/2.csv", "ZJ003"),
        ("单位/3.docx", "ZJ002"),
        ("单位/4.yaml", "ZJ201"),
        ("单位/5.csv", "ZJ113"),
        ("单位/6.yaml", "ZJ001"),
    ]


def test_findings_are_by_file_then_by_place(catalog: Catalog) -> None:
    """Top to bottom, as one mends them."""
    text = full("甲", catalog, t20_1="", t1_1="").replace('"2.1":', "2.1:")
    report = validate([put("乙.yaml", full("乙", catalog, t3_1="")), put("甲.yaml", text)])
    assert [finding.file for finding in report.findings] == ["乙.yaml"] + ["甲.yaml"] * 3
    lines = [finding.place.line for finding in report.findings[1:]]
    assert lines == sorted(lines)


def test_several_units_in_one_table(catalog: Catalog) -> None:
    """One CSV of the whole county: each unit is one submission, each finding names its unit."""
    rows = [f"{unit},{task},{unit}就第{task}项印发12个文件" for unit in ("甲", "乙") for task in catalog.tasks]
    rows[-1] = "乙,20.1,"
    report = validate([put("全县.csv", "单位,编号,落实情况\n" + "\n".join(rows) + "\n")])
    assert (report.files, report.units) == (1, 2)
    assert [(finding.unit, finding.task, finding.place.line) for finding in report.findings] == [("乙", "20.1", 175)]


def test_a_file_without_a_unit_is_no_unit(catalog: Catalog) -> None:
    """What cannot be attributed is not merged, and not counted."""
    report = validate([put("甲.yaml", full("甲", catalog).replace('单位: "甲"\n', ""))])
    assert (report.units, told(report)) == (0, [("甲.yaml", "ZJ106")])


def test_two_files_for_one_unit_name_both(catalog: Catalog) -> None:
    """Never last-wins."""
    put("甲.yaml", full("甲", catalog))
    put("甲(1).yaml", full("甲", catalog))
    report = validate([Path()])
    (finding,) = report.findings
    assert finding.rule.code == "ZJ107"
    assert "甲.yaml" in finding.message
    assert "甲(1).yaml" in finding.message


def test_render_one_unit(catalog: Catalog) -> None:
    """The text of one unit goes in unlabelled, under its own name and period."""
    put("甲.yaml", full("甲", catalog, period="2020年上半年"))
    outcome = render([Path("甲.yaml")], Path("表.docx"))
    assert outcome == Outcome(Report(1, 1, ()), (), 0, ("甲",))
    assert cells(Path("表.docx")) == [f"甲开展第{task}项工作，印发12个文件。" for task in catalog.tasks]
    above = "\n".join(paragraph.text for paragraph in Document("表.docx").paragraphs)
    assert "填报单位：甲" in above
    assert "2020年上半年" in above


def test_render_several_units_in_the_order_given(catalog: Catalog) -> None:
    """The order of the paths is the order in the cell."""
    paths = [put(f"{unit}.yaml", full(unit, catalog, period="2020年")) for unit in ("乙", "甲")]
    outcome = render(paths, Path("表.docx"), unit="澄州市", period="2021年")
    assert outcome.units == ("乙", "甲")
    assert (
        cells(Path("表.docx"))[0] == "【乙】乙开展第1.1项工作，印发12个文件。\n【甲】甲开展第1.1项工作，印发12个文件。"
    )
    above = "\n".join(paragraph.text for paragraph in Document("表.docx").paragraphs)
    assert "填报单位：澄州市" in above
    assert "2021年" in above


def test_different_periods_are_warned_of_and_none_is_chosen(catalog: Catalog) -> None:
    """The program does not decide which period the form is for."""
    paths = [put(f"{unit}.yaml", full(unit, catalog, period=f"202{n}年")) for n, unit in enumerate("甲乙")]
    outcome = render(paths, Path("表.docx"))
    assert told(outcome.report) == [("乙.yaml", "ZJ111")]
    assert not outcome.stopped
    above = "\n".join(paragraph.text for paragraph in Document("表.docx").paragraphs)
    assert "2020年" not in above
    assert "2021年" not in above


def test_an_error_stops_the_render(catalog: Catalog) -> None:
    """Nothing is written, and an existing document stays."""
    put("表.docx", b"old")
    put("甲.yaml", full("甲", catalog, t1_1="", t1_2="已完成"))
    outcome = render([Path("甲.yaml")], Path("表.docx"), allow_incomplete=True)
    assert [finding.rule.code for finding in outcome.stopped] == ["ZJ203"]
    assert outcome.gaps == 1
    assert Path("表.docx").read_bytes() == b"old"


def test_gaps_stop_unless_they_are_allowed(catalog: Catalog) -> None:
    """Missing and empty tasks, and nothing else, may be let through."""
    text = full("甲", catalog, t1_1="").replace('  "1.2": "甲开展第1.2项工作，印发12个文件。"\n', "")
    put("甲.yaml", text)
    outcome = render([Path("甲.yaml")], Path("表.docx"))
    assert sorted(finding.rule.code for finding in outcome.stopped) == ["ZJ201", "ZJ202"]
    assert not Path("表.docx").exists()
    outcome = render([Path("甲.yaml")], Path("表.docx"), allow_incomplete=True)
    assert (outcome.stopped, outcome.gaps) == ((), 2)
    assert cells(Path("表.docx"))[:3] == ["", "", "甲开展第1.3项工作，印发12个文件。"]


def test_findings_of_merging_stand_with_their_file(catalog: Catalog) -> None:
    """What is left out of the form is told at the file it came from."""
    paths = [put("甲.yaml", full("甲", catalog, t1_1="不涉及")), put("乙.yaml", full("乙", catalog, t2_1=""))]
    outcome = render(paths, Path("表.docx"), allow_incomplete=True)
    assert told(outcome.report) == [("甲.yaml", "ZJ204"), ("甲.yaml", "ZJ604"), ("乙.yaml", "ZJ201")]


def test_the_same_inputs_give_the_same_bytes(catalog: Catalog) -> None:
    """Two colleagues compare their documents."""
    put("甲.yaml", full("甲", catalog))
    for name in ("一.docx", "二.docx"):
        render([Path("甲.yaml")], Path(name))
    assert Path("一.docx").read_bytes() == Path("二.docx").read_bytes()


def test_inputs_are_never_changed(catalog: Catalog) -> None:
    """An input named as output is refused before anything is read."""
    path = put("甲.docx", official_form())
    with pytest.raises(UsageError, match="输出文件同时是输入文件"):
        render([path], path)
    assert path.read_bytes() == official_form()


def test_another_form_is_filled(catalog: Catalog) -> None:
    """An office's own copy of the form."""
    put("甲.yaml", full("甲", catalog))
    put("表样.docx", official_form())
    outcome = render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("表样.docx")))
    assert not outcome.stopped
    assert cells(Path("表.docx"))[0] == "甲开展第1.1项工作，印发12个文件。"


def test_a_missing_form_is_wrong_usage(catalog: Catalog) -> None:
    """A path that does not exist is wrong usage, for the form too."""
    put("甲.yaml", full("甲", catalog))
    with pytest.raises(UsageError) as caught:
        render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("无.docx")))
    assert str(caught.value) == "表样不存在：无.docx。请核对文件名"


@pytest.mark.parametrize("content", [b"no zip", None], ids=["no-word-file", "folder"])
def test_a_form_that_cannot_be_used_is_a_finding(content: bytes | None, catalog: Catalog) -> None:
    """It is told with the findings of the status files, all in one run."""
    put("甲.yaml", full("甲", catalog, t1_1=""))
    if content is None:
        Path("表样.docx").mkdir()
    else:
        put("表样.docx", content)
    outcome = render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("表样.docx")), allow_incomplete=True)
    assert told(outcome.report) == [("表样.docx", "ZJ008"), ("甲.yaml", "ZJ201")]
    assert [finding.rule.code for finding in outcome.stopped] == ["ZJ008"]
    assert outcome.stopped[0].message.startswith("表样不能用：")
    assert not Path("表.docx").exists()


def test_a_form_with_other_wording_is_refused(catalog: Catalog) -> None:
    """A status must not end up behind another task."""
    put("甲.yaml", full("甲", catalog))
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(official_form())) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("严把教学标准".encode(), "放宽教学标准".encode()))
    put("表样.docx", changed.getvalue())
    outcome = render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("表样.docx")))
    assert outcome.stopped
    assert {finding.rule.code for finding in outcome.stopped} == {"ZJ008"}
    assert not Path("表.docx").exists()


def test_the_form_itself_is_never_overwritten(catalog: Catalog) -> None:
    """-o on the own form would lose it."""
    put("甲.yaml", full("甲", catalog))
    put("表样.docx", official_form())
    with pytest.raises(UsageError) as caught:
        render([Path("甲.yaml")], Path("表样.docx"), form=FormChoice(Path("./表样.docx")))
    assert str(caught.value) == "输出文件同时是表样：表样.docx。请用 -o 换一个文件名"
    assert Path("表样.docx").read_bytes() == official_form()


def test_what_a_form_held_before_is_told(catalog: Catalog) -> None:
    """A form that was filled in already: what goes is named."""
    put("甲.yaml", full("甲", catalog))
    render([Path("甲.yaml")], Path("旧.docx"))
    outcome = render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("旧.docx")))
    finding = outcome.report.findings[0]
    assert (finding.file, finding.rule.code, finding.task) == ("旧.docx", "ZJ012", "1.1")
    assert finding.message == "表样这一格原有的文字不再保留：“甲开展第1.1项工作，印发12个文件。”"
    assert not outcome.stopped


def test_a_filled_form_is_a_status_file_again(catalog: Catalog) -> None:
    """A .docx is the official table with column 4 filled in: the same texts come back under the same unit."""
    put("甲.yaml", full("甲", catalog))
    render([Path("甲.yaml")], Path("一.docx"))
    outcome = render([Path("一.docx")], Path("二.docx"))
    assert outcome.units == ("甲",)
    assert cells(Path("二.docx")) == cells(Path("一.docx"))


def test_a_blank_form_is_named_by_its_file(catalog: Catalog) -> None:
    """填报单位：with nothing behind it counts as absent."""
    put("乙.docx", official_form())
    outcome = render([Path("乙.docx")], Path("表.docx"), allow_incomplete=True)
    assert (outcome.units, outcome.gaps, outcome.stopped) == (("乙",), 87, ())
    assert "ZJ113" in {finding.rule.code for finding in outcome.report.findings}


@pytest.mark.parametrize(
    ("state", "old", "new"),
    [
        ("found", "", ""),
        ("reworded", "严把教学标准", "严抓教学标准"),
        ("missing", "严把教学标准和毕业学生质量标准两个关口。", "别的事"),
    ],
    ids=["sound", "reworded", "missing"],
)
def test_looking_through_a_form(state: str, old: str, new: str, catalog: Catalog) -> None:
    """`form check` says for each task whether its row is there, before anybody fills it."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(official_form())) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old.encode(), new.encode()) if old else content)
    rows, report = check_form(put("表样.docx", changed.getvalue()))
    assert [row.task for row in rows] == list(catalog.tasks)
    assert rows[0].state == state
    assert {row.state for row in rows[1:]} == {"found"}
    assert report.failed is (state != "found")


def test_a_form_that_is_none_has_no_rows() -> None:
    """Nothing to list; the finding says why."""
    rows, report = check_form(put("表样.docx", b"text"))
    assert (rows, told(report)) == ([], [("表样.docx", "ZJ008")])


def test_findings_as_comments_in_a_word_file(catalog: Catalog) -> None:
    """Leaders read Word: each chosen finding stands at its cell; an input is never the output."""
    put("甲.yaml", full("甲", catalog, t1_1="", t2_1="已完成"))
    report = validate([Path("甲.yaml")], Path("意见.docx"), Settings(("ZJ203",)))
    assert told(report) == [("甲.yaml", "ZJ203")]
    with zipfile.ZipFile("意见.docx") as parts:
        comments = parts.read("word/comments.xml").decode()
    assert "ZJ203" in comments
    assert "ZJ201" not in comments
    with pytest.raises(UsageError, match="输出文件同时是输入文件"):
        validate([Path("甲.yaml")], Path("甲.yaml"))


@pytest.mark.parametrize(
    ("output", "pdf", "expected"),
    [
        pytest.param("表.docx", True, {"表.docx": b"PK", "表.pdf": b"%PDF"}, id="both"),
        pytest.param("表.pdf", False, {"表.pdf": b"%PDF"}, id="pdf"),
        pytest.param(
            "表.PDF",
            False,
            {"表.PDF": b"%PDF"},
            id="capitals",
        ),
    ],
)
def test_pdf_beside_or_instead(
    output: str, pdf: bool, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content is what the name says."""
    monkeypatch.setattr("zhijiao20.system.libreoffice.to_pdf", lambda _document: b"%PDF-1.7")
    render_blank(Path(output), pdf=pdf)
    assert {
        path.name: path.read_bytes()[: len(expected.get(path.name, b"PK"))] for path in Path().iterdir()
    } == expected


def test_without_libreoffice_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the Word file alone, either: the command did not do what it was asked to."""

    def missing(_document: bytes) -> bytes:
        raise UsageError("没有 LibreOffice")

    monkeypatch.setattr("zhijiao20.system.libreoffice.to_pdf", missing)
    with pytest.raises(UsageError):
        render_blank(Path("表.docx"), pdf=True)
    assert not list(Path().iterdir())


def test_the_blank_form(catalog: Catalog) -> None:
    """Some offices fill it in by hand."""
    render_blank(Path("空.docx"))
    assert cells(Path("空.docx")) == [""] * len(catalog.tasks)


@pytest.mark.parametrize("kind", ["yaml", "csv"])
def test_a_fresh_scaffold_renders_with_its_gaps(kind: str) -> None:
    """What init writes is sound but for the texts."""
    path = scaffold("澄州市教育局", kind, None)
    assert path == Path(f"澄州市教育局.{kind}")
    outcome = render([path], Path("表.docx"), allow_incomplete=True)
    assert (outcome.stopped, outcome.gaps, outcome.units) == ((), 87, ("澄州市教育局",))


@pytest.mark.parametrize(
    ("unit", "problem"),
    [
        pytest.param(" \u3000\u200b", "单位是空的", id="blank"),
        pytest.param("长" * 300, "单位有 300 个字，最多 100 个", id="long"),
        pytest.param("甲\n乙", "单位里有换行或控制字符", id="line-end"),
        pytest.param("甲\x1b[31m", "单位里有换行或控制字符", id="escape"),
        pytest.param("甲\udcff", "单位里有换行或控制字符", id="no-unicode"),
    ],
)
def test_what_cannot_be_a_unit_is_refused(unit: str, problem: str, tmp_path: Path) -> None:
    """Refused at the start, not when thirty files come back."""
    with pytest.raises(UsageError) as caught:
        scaffold(unit, "yaml", Path("甲.yaml"))
    assert str(caught.value) == f"{problem}，没有生成文件。请写单位全称，1 至 100 个字"
    assert not list(tmp_path.iterdir())


def test_a_scaffold_replaces_only_by_force() -> None:
    """A filled file is weeks of work."""
    path = put("甲.yaml", "filled")
    with pytest.raises(UsageError, match=r"文件已存在，没有覆盖：甲\.yaml"):
        scaffold("甲", "yaml", None)
    assert path.read_text(encoding="utf-8") == "filled"
    scaffold("甲", "yaml", None, force=True)
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server")


def test_an_incomplete_installation_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The log names the part that is missing."""
    with pytest.raises(FileNotFoundError, match=r"data/无\.yaml"):
        resource("data", "无.yaml")
    inside = tmp_path / "a" / "b" / "zhijiao20"
    put(str(inside / "data" / "tasks.yaml"), "packaged")
    monkeypatch.setattr(resources, "__file__", str(inside / "system" / "resources.py"))
    assert resource("data", "tasks.yaml") == (inside / "data" / "tasks.yaml").resolve()


def test_the_list_is_read_without_libyaml_too(monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> None:
    """PyYAML has no libyaml on every machine."""
    import yaml

    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert resources.load_catalog.__wrapped__() == catalog
