from __future__ import annotations

from functools import lru_cache

from zhijiao20.core.catalog import Catalog
from zhijiao20.core.findings import Collector
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import Progress, Submission
from zhijiao20.core.wording import fold

PAGE = """ZJ301 照抄任务原文。

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

_NGRAM = 3  # characters of an n-gram
_MIN_COVERED = 0.8  # share of the official wording that the text must contain
_MAX_OWN = 12  # characters of the text apart from the official wording and filler words
_MAX_LENGTH_FACTOR = 2  # a text that is more than twice as long as the wording has content of its own

_FILLER = lazy_regex(
    r"[我本全各][省市县区州校院局委厅所]?|职业院校|单位|部门|下一步|下阶段|今后|目前|继续|进一步|按照|根据|结合|围绕|上级|国家|有关|相关|文件|"
    r"要求|规定|部署|精神|实际|认真|积极|切实|严格|扎实|稳步|持续|不断|大力|全面|深入|高度|重视|贯彻|落实|执行|抓好|做好|推进|推动|开展|实施|"
    r"组织|工作|任务|到位|情况|正在|已经|已|将|要|并|了|的|和|把|对|在|中|以|为|确保|力争|逐步"
)
_FACT = lazy_regex("[0-9]")
_NO_WORD = lazy_regex(r"[\W_]+")


def check(submission: Submission, catalog: Catalog, out: Collector) -> None:
    """Report every text that adds little to the official wording of its task."""
    for entry in submission.entries.values():
        if entry.blank or entry.progress is Progress.NOT_APPLICABLE:
            continue
        official = catalog.tasks[entry.task].text
        if len(entry.status) < _MAX_LENGTH_FACTOR * len(official) + 2 * _MAX_OWN and repeats(official, entry.status):
            out.add(
                "ZJ301",
                f"任务 {entry.task} 的落实情况照抄任务原文，没有写自己做了什么",
                "写明本单位的做法、数字和文号；引用原文可以，后面要写事实",
                place=entry.text_place,
                task=entry.task,
            )


def repeats(official: str, text: str) -> bool:
    """Check whether a text is the official wording, or most of it, with little added."""
    wording, ngrams, has_facts = _ngrams(official)
    if "《" in text or (not has_facts and _FACT.search(text)):
        return False  # has facts of its own; checked first, because fold() is slow
    folded = _NO_WORD.sub("", fold(text))
    step = max(1, len(ngrams) // 8)
    if sum(ngram in folded for ngram in ngrams[::step]) < 3:
        return False
    if _covered(ngrams, folded) < _MIN_COVERED * len(wording):
        return False
    own = "".join(_uncovered(folded, wording))
    return not _FACT.search(own) and len(_FILLER.sub("", own)) <= _MAX_OWN


@lru_cache(maxsize=1024)
def _ngrams(official: str) -> tuple[str, tuple[str, ...], bool]:
    """Return the wording without punctuation, all its n-grams, and whether it has facts."""
    wording = _NO_WORD.sub("", fold(official))
    ngrams = tuple(wording[at : at + _NGRAM] for at in range(len(wording) - _NGRAM + 1))
    return wording, ngrams, _FACT.search(wording) is not None


def _covered(ngrams: tuple[str, ...], text: str) -> int:
    """Return how many characters of the wording are covered by n-grams that occur in the text."""
    return sum(end - begin for begin, end in _stretches([ngram in text for ngram in ngrams]))


def _uncovered(text: str, wording: str) -> list[str]:
    """Return the parts of a text that no n-gram of the wording covers."""
    matching = [text[at : at + _NGRAM] in wording for at in range(len(text) - _NGRAM + 1)]
    rest, done = [], 0
    for begin, end in _stretches(matching):
        rest.append(text[done:begin])
        done = end
    return [*rest, text[done:]]


def _stretches(matching: list[bool]) -> list[tuple[int, int]]:
    """Return the begin and end of each stretch that matching n-grams cover."""
    found: list[tuple[int, int]] = []
    for at, matches in enumerate(matching):
        if matches and found and at <= found[-1][1]:
            found[-1] = (found[-1][0], at + _NGRAM)
        elif matches:
            found.append((at, at + _NGRAM))
    return found
