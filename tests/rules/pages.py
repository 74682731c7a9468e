"""The examples of the rules' pages, carried through the real workflow."""

from __future__ import annotations

import json
import re
from pathlib import Path

from zhijiao20.commands.render import render
from zhijiao20.commands.roster import check_roster
from zhijiao20.commands.validate import validate
from zhijiao20.core.findings import Collector, Finding
from zhijiao20.core.settings import Thresholds
from zhijiao20.core.submission import Entry, Progress
from zhijiao20.formats.read import read_content
from zhijiao20.review.runner import RunOptions
from zhijiao20.rules.documentation import Example
from zhijiao20.rules.engine import RoundReview, text_rules
from zhijiao20.rules.shared.official_quotes import OfficialQuotes
from zhijiao20.rules.shared.passage import Passage
from zhijiao20.system.discovery import load_catalog

MERGED = {"ZJ604", "ZJ712"}
"""Rules that look at the merged form."""

ROUNDS = {"ZJ605", "ZJ606", "ZJ607"}
"""Rules that compare with the last round: the first file of an example is of the last round, the second of this one."""

UNIT = "澄州市教育局"
_LED = re.compile("【([^【】]+)】")


def findings_of(code: str, example: Example, folder: Path) -> list[Finding]:
    """What is found in the files of an example."""
    files = example.files or _written(code, example)
    paths = []
    for name, content in files.items():
        path = folder / name
        path.write_text(content, encoding="utf-8", newline="")
        paths.append(path)
    if code in ROUNDS:
        last, now = (read_content(path, path.read_bytes(), load_catalog())[0][0] for path in paths)
        out = Collector(now.file, now.unit)
        RoundReview(load_catalog()).compare(last, now, out)
        return out.findings
    if code.startswith("ZJ7"):
        roster, report = check_roster(paths[0])
        options = RunOptions(roster=roster)
        if code in MERGED:
            return list(render(paths[1:], folder / "附表2.docx", options=options).report.findings)
        found = validate(paths[1:], options=options).findings if paths[1:] else ()
        return [*report.findings, *found]
    if code in MERGED:
        return list(render(paths, folder / "附表2.docx", allow_incomplete=True).report.findings)
    return list(validate(paths).findings)


def mended(code: str, example: Example) -> str:
    """The text of an example with every remedy that the rule offers put in."""
    (task,) = example.tasks
    entry = Entry(task, Progress(example.progress) if example.progress else None, example.text)
    passage = Passage(load_catalog().tasks[task], entry, Thresholds())
    official = OfficialQuotes(load_catalog())
    text = example.text
    for hit in reversed(list(dict(text_rules())[code](passage))):
        if hit.fix is not None and not official.quoted(example.text, hit.begin, hit.end):
            text = text[: hit.begin] + hit.fix + text[hit.end :]
    return text


def _written(code: str, example: Example) -> dict[str, str]:
    """A text as the files of the units that it is of; its paragraphs may be led by 【单位】, 【编号】 or 【单位 编号】."""
    texts: dict[tuple[str, str], list[str]] = {}
    unit, tasks = UNIT, example.tasks
    for line in example.text.split("\n"):
        match = _LED.match(line)
        words = match[1].split() if match else []
        ids = [word for word in words if word in load_catalog().tasks]
        names = [word for word in words if word not in ids]
        if match and (len(ids) == len(words) or code.startswith("ZJ6")):
            unit, tasks = (names or [unit])[0], tuple(ids) or tasks
        else:
            match = None
        for task in tasks:
            texts.setdefault((unit, task), []).append(line[match.end() :] if match else line)
    return {f"{name}.yaml": _file(name, texts, example.progress) for name, _ in texts}


def _file(unit: str, texts: dict[tuple[str, str], list[str]], progress: str) -> str:
    entries = {
        task: {"进展": progress, "落实情况": "\n".join(lines)} for (name, task), lines in texts.items() if name == unit
    }
    return json.dumps({"单位": unit, "任务": entries}, ensure_ascii=False).replace("\x7f", "\\u007f")
