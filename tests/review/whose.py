"""A roster of four units, files of theirs, and what is told of whose they are."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from status_files import put

from zhijiao20.commands.validate import validate
from zhijiao20.core.findings import Finding
from zhijiao20.core.roster import Roster, RosterUnit
from zhijiao20.core.submission import Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.review.runner import RunOptions
from zhijiao20.system.discovery import load_catalog

TASKS = tuple(load_catalog().tasks)
ROSTER = Roster(
    (
        RosterUnit("澄州市教育局", ("市教局",), tasks=TASKS),
        RosterUnit("澄州市财政局", tasks=("1.1", "1.2")),
        RosterUnit("第二职业学校", superior="东湖市教育局", tasks=TASKS),
        RosterUnit("第二职业学校", superior="西岭市教育局", tasks=("2.1",)),
    )
)
OPTIONS = RunOptions(roster=ROSTER)


def found(*paths: str, options: RunOptions = OPTIONS) -> list[Finding]:
    return list(validate([Path(path) for path in paths], options=options).findings)


def told(*paths: str, codes: str = "ZJ113 ZJ120 ZJ710 ZJ711 ZJ107 ZJ110") -> list[str]:
    """What is told of whose a file is."""
    return [
        f"{finding.rule.code} {finding.severity} {finding.unit}：{finding.message}"
        for finding in found(*paths)
        if finding.rule.code in codes
    ]


def csv(unit: str, *tasks: str) -> str:
    rows = [f"{unit},{task},印发12个文件。" for task in tasks]
    header = "单位,编号,落实情况" if unit else "编号,落实情况"
    return "\n".join([header, *(row if unit else row[1:] for row in rows)]) + "\n"


def word(name: str, *below: str, unit: str = "") -> Path:
    """A form that closes with these lines."""
    form = docx.Document(io.BytesIO(write_status_file("docx", [Submission("甲")], load_catalog())))
    for paragraph in form.paragraphs:
        if "填报单位" in paragraph.text:
            for part in paragraph.runs:
                part.text = part.text.replace("甲", unit)
    form.tables[0].rows[1].cells[3].text = "印发12个文件。"
    for line in below:
        form.add_paragraph(line)
    path = put(name, b"")
    form.save(str(path))
    return path
