"""ZJ301 照抄任务原文。

“落实情况”要写本单位做了什么，把任务原文抄一遍，或在前面加上“我市将继续”“按照要求”，等于没有回答。
引用原文以后写了事实、数字、文号的，不算照抄。

错：严把教学标准和毕业学生质量标准两个关口。
错：我市将继续严把教学标准和毕业学生质量标准两个关口，下一步按照上级要求抓好落实。
错〔2.4〕：已落实职业教育东西协作行动计划，办好内地少数民族中职班。
错〔16.2〕：按照有关要求，在保障教育合理投入的同时，优化教育支出结构，新增教育经费向职业教育倾斜。
对：按照“严把教学标准和毕业学生质量标准两个关口”的要求，23所中职学校全部开展毕业生技能抽测，2020届抽测2640人，合格率96.3%。
对〔2.4〕：与对口协作地区3所中职学校续签协议，2019年招收当地学生212人；内地少数民族中职班由省内其他城市承办。
对〔16.2〕：2019年新增教育经费5.83亿元，投向职业教育1.76亿元，占30.2%。

依据：落实情况应写明措施和成效（一般）。
"""

from __future__ import annotations

import re
from functools import lru_cache

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.submission import Progress, Submission
from zhijiao20.core.wording import fold

_PIECE = 3  # characters that must follow one another in both texts
_PART = 0.8  # of the official wording
_OWN = 12  # characters that are left of a text when the official wording and the usual frame are taken off
_LONG = 2  # a text so many times as long as the wording says more than the wording

_FRAME = re.compile(
    r"[我本全各][省市县区州校院局委厅所]?|职业院校|单位|部门|下一步|下阶段|今后|目前|继续|进一步|按照|根据|结合|围绕|上级|国家|有关|相关|文件|"
    r"要求|规定|部署|精神|实际|认真|积极|切实|严格|扎实|稳步|持续|不断|大力|全面|深入|高度|重视|贯彻|落实|执行|抓好|做好|推进|推动|开展|实施|"
    r"组织|工作|任务|到位|情况|正在|已经|已|将|要|并|了|的|和|把|对|在|中|以|为|确保|力争|逐步"
)
_FACT = re.compile("[0-9]")
_NO_WORD = re.compile(r"[\W_]+")


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Report every text that says little beyond its task's own wording; a quotation that facts follow is none."""
    for entry in submission.entries.values():
        if entry.blank or entry.progress is Progress.NOT_APPLICABLE:
            continue
        official = catalog.tasks[entry.task].text
        if len(entry.status) < _LONG * len(official) + 2 * _OWN and repeats(official, entry.status):
            out.add(
                "ZJ301",
                f"任务 {entry.task} 的落实情况照抄任务原文，没有写自己做了什么",
                "写明本单位的做法、数字和文号；引用原文可以，后面要写事实",
                place=entry.text_place,
                task=entry.task,
            )


def repeats(official: str, text: str) -> bool:
    """Whether a text is the official wording, or most of it, with little besides."""
    wording, places = _pieces(official)
    if "《" in text or (_FACT.search(text) and not _FACT.search(wording)):
        return False  # facts of its own: nearly every text has them, and folding is dear
    folded = _NO_WORD.sub("", fold(text))
    quarter = max(1, len(places) // 8)
    if sum(piece in folded for piece in places[::quarter]) < 3:
        return False
    if _covered(places, folded) < _PART * len(wording):
        return False
    own = "".join(_uncovered(folded, wording))
    return not _FACT.search(own) and len(_FRAME.sub("", own)) <= _OWN


@lru_cache(maxsize=1024)
def _pieces(official: str) -> tuple[str, tuple[str, ...]]:
    """The wording without punctuation, and all stretches of three characters in it."""
    wording = _NO_WORD.sub("", fold(official))
    return wording, tuple(wording[at : at + _PIECE] for at in range(len(wording) - _PIECE + 1))


def _covered(pieces: tuple[str, ...], text: str) -> int:
    """How many characters of the wording stand in a stretch that the text has too."""
    return sum(end - begin for begin, end in _stretches([piece in text for piece in pieces]))


def _uncovered(text: str, wording: str) -> list[str]:
    """What a text has besides the wording."""
    inside = [text[at : at + _PIECE] in wording for at in range(len(text) - _PIECE + 1)]
    rest, done = [], 0
    for begin, end in _stretches(inside):
        rest.append(text[done:begin])
        done = end
    return [*rest, text[done:]]


def _stretches(inside: list[bool]) -> list[tuple[int, int]]:
    """The stretches that pieces cover: where they begin and end."""
    found: list[tuple[int, int]] = []
    for at, there in enumerate(inside):
        if there and found and at <= found[-1][1]:
            found[-1] = (found[-1][0], at + _PIECE)
        elif there:
            found.append((at, at + _PIECE))
    return found
