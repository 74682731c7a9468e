"""Units for measuring: complete, different from one another, and of the size and wording of real ones.

The same number always gives the same unit, so that two runs measure the same files.
Run as ``python _units.py FOLDER KIND COUNT``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from _figures import figures

from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.write import write_status_file
from zhijiao20.system.discovery import load_catalog

_LENGTHS = (100, 400)  # characters of a text; short ones are the more frequent ones
_WHO = ("市教育局", "市人力资源和社会保障局", "市发展改革委", "市财政局", "青溪县教育局", "石桥县职业教育中心")
_KIND = ("实施方案", "管理办法", "若干措施", "通知", "三年行动计划", "指导意见", "实施细则")
_TOPIC = (
    "深化产教融合校企合作",
    "推进1+X证书制度试点",
    "中等职业学校布局结构调整",
    "“双师型”教师队伍建设",
    "高水平专业化产教融合实训基地建设",
    "职业技能提升行动",
    "中职毕业生升学与就业服务",
    "校企共建生产性实训车间",
)
_FIELD = ("智能制造", "现代农业", "学前教育", "新能源汽车", "电子商务", "护理", "物流管理", "建筑装配")
_THINGS = ("实训基地", "订单班", "技能竞赛", "社会培训", "教学资源库", "职业体验")
_FIGURES = 0.24  # share of the sentences that state growth, shares or rates
_SENTENCES = (
    "{year}年{month}月，{who}印发《关于{topic}的{kind}》（澄教职成〔{year}〕{n}号），明确了目标任务、责任单位和完成时限。",
    "全年安排专项资金{money}万元，用于{field}专业的实训设备更新，其中市级财政{part}万元。",
    "组织{field}类教师{n}人次参加企业实践，累计{days}天，覆盖{schools}所中等职业学校。",
    "与{schools}家企业签订合作协议，共建{field}实训基地{few}个，接收学生实习{people}人。",
    "{who}会同行业协会开展了专题调研，形成调研报告{few}份，提出意见建议{n}条，已采纳{few}条。",
    "{field}专业{people}名学生参加职业技能等级证书考核，取证率为{rate}%。",
    "坚持分类指导，{who}牵头推进{topic}，各校结合{field}等专业实际细化举措，工作情况纳入年度考核。",
    "建立联席会议制度，每季度召开1次会议，研究解决{topic}中的困难和问题。",
    "针对“{topic}”涉及的{few}项重点任务，逐项建立台账，实行月调度、季通报、年考核。",
    "面向退役军人、下岗职工和农民工等群体开展培训{people}人次，培训合格{part}人。",
    "下一步将继续推进{topic}，力争在{field}等领域再培育{few}个示范项目。",
)


def units(count: int) -> Iterator[Submission]:
    """So many units, each with a text of its own for every task."""
    tasks = list(load_catalog().tasks)
    for number in range(1, count + 1):
        chance = random.Random(number)
        entries = {task: _entry(task, chance) for task in tasks}
        yield Submission(f"澄州市第{number}中等职业学校", period="2020年上半年", entries=entries)


def write(folder: Path, kind: str, count: int) -> None:
    """Write so many units into a folder, a file each."""
    folder.mkdir(parents=True)
    for number, unit in enumerate(units(count), start=1):
        (folder / f"{number:04}.{kind}").write_bytes(write_status_file(kind, [unit], load_catalog()))


def _entry(task: str, chance: random.Random) -> Entry:
    progress = chance.choice((Progress.DONE, Progress.ONGOING, Progress.ONGOING, None))
    evidence = tuple(f"澄教职成〔2019〕{chance.randint(1, 99)}号" for _ in range(chance.choice((0, 1, 1, 2))))
    shortest, longest = _LENGTHS
    length = shortest + int((longest - shortest) * chance.random() ** 3)
    return Entry(task, progress, _text(length, chance), evidence)


def _text(length: int, chance: random.Random) -> str:
    """Paragraphs of a few sentences each, about so many characters."""
    text = _sentence(chance)
    while len(text) < length:
        text += chance.choice(("", "", "\n")) + _sentence(chance)
    return text


def _sentence(chance: random.Random) -> str:
    if chance.random() < _FIGURES:
        return figures(chance, chance.choice(_THINGS), chance.choice(_FIELD)) + "。"
    return chance.choice(_SENTENCES).format(
        year=chance.randint(2019, 2020),
        month=chance.randint(1, 12),
        who=chance.choice(_WHO),
        topic=chance.choice(_TOPIC),
        kind=chance.choice(_KIND),
        field=chance.choice(_FIELD),
        n=chance.randint(2, 99),
        few=chance.randint(2, 9),
        money=chance.randint(100, 900),
        part=chance.randint(20, 99),
        days=chance.randint(5, 40),
        schools=chance.randint(3, 30),
        people=chance.randint(100, 3000),
        rate=chance.randint(70, 99),
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
