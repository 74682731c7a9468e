"""Tracked changes in LibreOffice: it accepts and rejects all, and saves the table that render writes."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import docx
import pytest
from office import need
from test_tracked import TASKS, rendered, tracked

from zhijiao20.core.submission import Entry, Submission

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(folder As String, count As Integer)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  For Each what In Array("Accept", "Reject")
    For index = 0 To count - 1
      document = StarDesktop.loadComponentFromURL(folder &amp; "/" &amp; index &amp; ".docx", "_blank", 0, hidden())
      dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; what &amp; "AllTrackedChanges", "", 0, Array())
      document.storeToURL(folder &amp; "/" &amp; index &amp; what &amp; ".docx", kind())
      document.close(True)
    Next
  Next
End Sub
</script:module>
"""
_PARTS = (
    "一、做法。",
    "招生4390人，占10.5%。",
    "招生4510人，占12%。",
    "建立联席会议制度。",
    "印发方案（澄教职成〔2019〕12号）。",
    "\n",
    "\n",
)
PAIRS = 10


def some_round(chance: random.Random) -> list[Submission]:
    """Up to three units with some texts of some paragraphs."""
    return [
        Submission(name, entries={task: Entry(task, status=_text(chance)) for task in chance.sample(TASKS, 30)})
        for name in ("甲校", "乙校", "丙局")[: chance.randint(1, 3)]
    ]


def _text(chance: random.Random) -> str:
    return "".join(chance.choice(_PARTS) for _ in range(chance.randint(1, 8))).strip()


def settle(folder: Path, count: int) -> None:
    """Let LibreOffice accept and reject all changes of so many documents, by a macro in a profile of its own."""
    profile = folder / "profile"
    command = [need("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    (profile / "user/basic/Standard/Module1.xba").write_text(_MACRO, encoding="utf-8")
    call = f'macro:///Standard.Module1.Settle("{folder.as_uri()}",{count})'
    subprocess.run([*command, call], check=True, capture_output=True, timeout=300)


def column(path: Path) -> list[str]:
    """Column 4 of a document without any tracked change."""
    document = docx.Document(str(path))
    assert not document.element.xpath("//w:ins|//w:del")
    return [row.cells[-1].text for row in document.tables[0].rows]


@pytest.mark.minutes
def test_libreoffice_accepts_and_rejects_all(tmp_path: Path) -> None:
    """Ten pairs of rounds: the same texts, paragraph by paragraph, no empty line more or less."""
    pairs = []
    for index in range(PAIRS):
        chance = random.Random(index)
        pairs.append((some_round(chance), some_round(chance)))
        (tmp_path / f"{index}.docx").write_bytes(tracked(*pairs[-1]))
    settle(tmp_path, PAIRS)
    for index, (old, new) in enumerate(pairs):
        assert column(tmp_path / f"{index}Accept.docx") == rendered(new), index
        assert column(tmp_path / f"{index}Reject.docx") == rendered(old), index
