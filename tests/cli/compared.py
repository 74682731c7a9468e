"""Two small rounds to compare."""

from __future__ import annotations

from pathlib import Path

from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

DONE, ONGOING, NONE = Progress.DONE, Progress.ONGOING, Progress.NOT_APPLICABLE
OLD = {
    "澄州市教育局": {
        "1.1": (ONGOING, "2019年招生4390人，占10.5%。\n建立联席会议制度，每季度召开1次会议。"),
        "1.2": (ONGOING, "印发实施方案（澄教职成〔2019〕12号），23所学校全部实施。培训教师430人次。"),
        "2.1": (DONE, "普职比大体相当。"),
        "2.2": (ONGOING, "核查学校23所。"),
        "3.1": (None, "本期没有再写。"),
    },
    "澄州理工学校": {"1.1": (ONGOING, "没有变化的文字。"), "1.2": (NONE, "")},
    "石桥县教育局": {"1.1": (DONE, "撤并了的单位。")},
}
NEW = {
    "澄州市教育局": {
        "1.1": (ONGOING, "建立联席会议制度，每季度召开1次会议。\n2019年招生4510人，占12.5%。"),
        "1.2": (DONE, "印发实施方案（澄教职成〔2020〕3号），23所学校全部实施。下一步扩大到技工学校。培训教师430人次。"),
        "2.1": (DONE, "普职比大体相当。"),
        "2.2": (DONE, "核查学校23所。"),
        "4.1": (None, "本期新写的文字。"),
    },
    "澄州理工学校": {"1.1": (ONGOING, "没有变化的文字。"), "1.2": (NONE, "")},
    "青溪县教育局": {"1.1": (ONGOING, "新来的单位。")},
}  # fmt: skip
Said = dict[str, tuple[Progress | None, str]]


def unit(name: str, said: Said, period: str = "") -> Submission:
    """A submission."""
    return Submission(name, period=period, entries={task: Entry(task, *answer) for task, answer in said.items()})


def put(path: Path, name: str, said: Said, period: str = "") -> Path:
    """Write a status file in the format of its suffix."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(write_status_file(path.suffix[1:], [unit(name, said, period)], load_catalog()))
    return path


def put_rounds(folder: Path) -> Path:
    """Write two rounds into two folders."""
    for name, units, period in (("上期", OLD, "2019年"), ("本期", NEW, "2020年上半年")):
        for unit_name, said in units.items():
            put(folder / name / f"{unit_name}.yaml", unit_name, said, period)
    return folder
