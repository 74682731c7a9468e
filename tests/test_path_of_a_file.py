"""How much of the program one ordinary file goes through: little enough to read it in one sitting."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.registry import BY_NAME
from zhijiao20.system.discovery import load_catalog

FUNCTIONS, FILES = (80, 20) if os.name != "nt" else (85, 22)  # paths and the code page of Windows besides

COUNT = """
import os, sys
import zhijiao20
from zhijiao20.__main__ import main
root = os.path.dirname(zhijiao20.__file__) + os.sep
entered = set()
def look(frame, event, _):
    code = frame.f_code
    name = code.co_filename.removeprefix(root)
    if event != "call" or name == code.co_filename or name.startswith("rules") or code.co_name.startswith("<"):
        return
    caller = frame.f_back
    while caller and not (caller.f_code.co_name == "<module>" and caller.f_code.co_filename.startswith(root)):
        caller = caller.f_back
    if caller is None:  # else it runs while a module is imported
        entered.add((name, code.co_qualname))
sys.argv = ["zhijiao20", "validate", "--no-cache", sys.argv[1]]
sys.setprofile(look)
try:
    main()
except SystemExit as stop:
    code = stop.code
sys.setprofile(None)
print(code, len(entered), len({name for name, _ in entered}), sorted(entered), file=sys.stderr)
"""


def test_an_ordinary_file_goes_through_few_functions(tmp_path: Path) -> None:
    """Without the rules, and what runs while modules are imported."""
    catalog = load_catalog()
    entries = {
        task: Entry(task, Progress.NOT_APPLICABLE, "学校撤并由市教育局组织，与财政业务无关。")
        if number % 3
        else Entry(
            task, Progress.DONE, f"印发第{number}号方案，拨付经费{number}0万元，到位率100%。", ("澄财教〔2020〕8号",)
        )
        for number, task in enumerate(catalog.tasks)
    }
    file = tmp_path / "甲.yaml"
    file.write_bytes(BY_NAME["yaml"].write([Submission("澄州市财政局", entries=entries)], catalog))
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(file)], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
    )
    code, functions, files, _ = done.stderr.split(" ", 3)
    assert code == "0", done.stdout
    assert int(functions) <= FUNCTIONS, done.stderr
    assert int(files) <= FILES, done.stderr
