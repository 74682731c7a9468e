"""Review notes stand in the Word file as comments, each on its cell."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from conftest import ROOT
from forms import W, filled, opened, parts
from office import soffice

from zhijiao20.commands.validate import validate
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.settings import Settings
from zhijiao20.formats.docx.ooxml import cell_text
from zhijiao20.output.annotated_form import annotate

INCOMPLETE = ROOT / "examples" / "不完整"


def commented(data: bytes) -> dict[str, list[str]]:
    """Task → the texts of the comments on its status cell; without a task: on anything else."""
    texts = {str(comment.comment_id): comment.text for comment in docx.Document(io.BytesIO(data)).comments}
    form = opened(data)
    found: dict[str, list[str]] = {}
    for reference in form.document.iter(f"{W}commentReference"):
        cells = set(reference.iterancestors())
        task = next((task for task, row in form.located.rows.items() if row.status_cell in cells), "")
        found.setdefault(task, []).append(texts[reference.get(f"{W}id")])
    return found


def test_note_stands_on_the_cell_of_its_task(catalog: Catalog) -> None:
    """In a filled cell, in an empty one, and for the document as a whole on its first line; the texts stay."""
    data = annotate(
        filled({"1.1": "甲"}), catalog, [("1.1", "太短\n补充"), ("1.1", "还有"), ("1.2", "空的"), (None, "整个文件")]
    )
    assert commented(data) == {"1.1": ["太短\n补充", "还有"], "1.2": ["空的"], "": ["整个文件"]}
    rows = opened(data).located.rows
    assert [cell_text(rows[task].status_cell) for task in ("1.1", "1.2")] == ["甲", ""]


def test_same_review_gives_the_same_document(catalog: Catalog) -> None:
    """No clock in it."""
    first, second = (parts(annotate(filled({"1.1": "甲"}), catalog, [("1.1", "乙")])) for _ in range(2))
    assert first == second


def test_validate_writes_the_annotated_form(tmp_path: Path) -> None:
    """Every finding of the incomplete example is a comment on its task."""
    output = tmp_path / "意见.docx"
    report = validate([INCOMPLETE], output)
    found = commented(output.read_bytes())
    assert sorted(found) == sorted({finding.task for finding in report.findings})
    assert found["5.2"] == [
        "错误 ZJ203　青溪县教育局\n任务 5.2 的落实情况只是占位文字“待补充”\n"
        + next(f.hint for f in report.findings if f.task == "5.2")
    ]


@pytest.mark.minutes
def test_office_program_opens_the_annotated_form(tmp_path: Path) -> None:
    """LibreOffice makes a PDF of it without complaint."""
    output = tmp_path / "意见.docx"
    validate([INCOMPLETE], output)
    assert soffice(output, "pdf", tmp_path).stat().st_size > 10_000


def test_only_chosen_findings_become_comments(tmp_path: Path) -> None:
    """--select and --ignore hold for the comments too."""
    output = tmp_path / "意见.docx"
    validate([INCOMPLETE], output, Settings(("ZJ203",)))
    assert list(commented(output.read_bytes())) == ["5.2"]


def test_faulty_file_still_gives_a_form(tmp_path: Path) -> None:
    """Nothing could be read: the finding stands on the first line."""
    (tmp_path / "甲.yaml").write_text("单位：甲\n", encoding="utf-8")
    output = tmp_path / "意见.docx"
    validate([tmp_path / "甲.yaml"], output)
    assert [text.splitlines()[0] for text in commented(output.read_bytes())[""]] == [
        f"错误 ZJ104　{tmp_path / '甲.yaml'}"
    ]


def test_many_notes_on_a_cell_become_a_hundred(catalog: Catalog) -> None:
    """The last one says how many more there are; a hundred are all there."""
    notes = [("1.1", f"第{number}条") for number in range(150)] + [("1.2", f"第{number}条") for number in range(100)]
    found = commented(annotate(filled({"1.1": "甲", "1.2": "乙"}), catalog, notes))
    assert found["1.1"][:99] == [f"第{number}条" for number in range(99)]
    assert found["1.1"][99:] == ["这里的问题共 150 条，其余 51 条请看 zhijiao20 validate 的结果"]
    assert found["1.2"] == [f"第{number}条" for number in range(100)]
