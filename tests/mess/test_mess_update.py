"""A file with a mess in it, brought to the current layout: everything is kept, or nothing is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from mess_base import TASKS, UNIT, answer, expected
from mess_layouts import complete
from status_files import read_file
from test_mess_rows import FILES

from zhijiao20.commands.update import update
from zhijiao20.core.rule_table import Severity
from zhijiao20.system.discovery import load_catalog

FIRST = {(mess.name, kind): index for index, (mess, kind, _) in reversed([*enumerate(FILES)])}


@pytest.mark.parametrize("index", FIRST.values(), ids=[f"{kind}-{name}" for name, kind in FIRST])
def test_update(tmp_path: Path, index: int) -> None:
    """All that was read stands in the new file, which is read without a word; the old one is the .bak, to the byte."""
    mess, kind, tasks = FILES[index]
    layout = complete(kind)
    outcomes = [mess.build(layout, task) for task in tasks]
    path = tmp_path / f"{UNIT}.{kind}"
    path.write_bytes(layout.data())
    done = update(path)
    if done.report.failed:
        assert any(finding.severity is Severity.ERROR for finding in done.report.findings)
        assert (path.read_bytes(), [item.name for item in tmp_path.iterdir()]) == (layout.data(), [path.name])
        return
    assert done.backup.read_bytes() == layout.data()
    (found,), out = read_file(path, load_catalog())
    assert out.findings == []
    told = [outcome() for outcome in outcomes]
    texts = {task: text for one in told for task, text in one.statuses.items()}
    for task in TASKS:
        one = next((one for one in told if task in one.statuses or task in one.entries), told[0])
        wanted = expected(one, kind, task) if texts.get(task, "") is not None else (None, "", ())
        assert answer(found.entries[task], kind) == wanted
