"""The form that a render fills: the own one, an office's, one that cannot be used."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from outcomes import cells, told
from status_files import put, sound

from zhijiao20.commands.open_form import FormChoice
from zhijiao20.commands.render import render
from zhijiao20.core.catalog import Catalog
from zhijiao20.core.errors import UsageError
from zhijiao20.system.discovery import official_form

pytestmark = pytest.mark.usefixtures("work_folder")


def test_another_form_is_filled(catalog: Catalog) -> None:
    """An office's own copy of the form."""
    put("甲.yaml", sound("甲", catalog))
    put("表样.docx", official_form())
    outcome = render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("表样.docx")))
    assert not outcome.stopped
    assert cells(Path("表.docx"))[0] == "甲开展第1.1项工作，印发12个文件。"


def test_a_missing_form_is_wrong_usage(catalog: Catalog) -> None:
    """A path that does not exist is wrong usage, for the form too."""
    put("甲.yaml", sound("甲", catalog))
    with pytest.raises(UsageError) as caught:
        render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("无.docx")))
    assert str(caught.value) == "表样不存在：无.docx。请核对文件名"


@pytest.mark.parametrize("content", [b"no zip", None], ids=["no-word-file", "folder"])
def test_a_form_that_cannot_be_used_is_a_finding(content: bytes | None, catalog: Catalog) -> None:
    """It is told with the findings of the status files, all in one run."""
    put("甲.yaml", sound("甲", catalog, {"1.1": ""}))
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
    put("甲.yaml", sound("甲", catalog))
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
    put("甲.yaml", sound("甲", catalog))
    put("表样.docx", official_form())
    with pytest.raises(UsageError) as caught:
        render([Path("甲.yaml")], Path("表样.docx"), form=FormChoice(Path("./表样.docx")))
    assert str(caught.value) == "输出文件同时是表样：表样.docx。请用 -o 换一个文件名"
    assert Path("表样.docx").read_bytes() == official_form()


def test_what_a_form_held_before_is_told(catalog: Catalog) -> None:
    """A form that was filled in already: what goes is named."""
    put("甲.yaml", sound("甲", catalog))
    render([Path("甲.yaml")], Path("旧.docx"))
    outcome = render([Path("甲.yaml")], Path("表.docx"), form=FormChoice(Path("旧.docx")))
    finding = outcome.report.findings[0]
    assert (finding.file, finding.rule.code, finding.task) == ("旧.docx", "ZJ012", "1.1")
    assert finding.message == "表样这一格原有的文字不再保留：“甲开展第1.1项工作，印发12个文件。”"
    assert not outcome.stopped


def test_a_filled_form_is_a_status_file_again(catalog: Catalog) -> None:
    """A .docx is the official table with column 4 filled in: the same texts come back under the same unit."""
    put("甲.yaml", sound("甲", catalog))
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
