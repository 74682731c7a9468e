"""Decide what of a text or of a file's name is the name of a unit.  No I/O.

The functions only leave something out at the ends: what they return stands in the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from zhijiao20.core.header_labels import OTHER_LABELS, UNIT_LABELS
from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.wording import fold

_LONGEST = 300  # characters of a text that may hold a name
_BRACKETS = lazy_regex("[()\\[\\]{}【】〔〕《》〈〉「」『』\"']")

_STAMP_WORDS = (
    r"(?:已|请)?(?:签[字名][、，]?)?(?:单\s*位)?(?:加)?(?:盖\s*)?(?:单位|学校|部门)?(?:[公印签]\s*)?章(?:处|有效)?"
    r"|签\s*[字名]|印"
)
_DATE = (
    r"(?:19|20)[0-9]{2}(?:年|[./_-])?(?:[0-9]{1,2}(?:月|[./_-])?(?:[0-9]{1,2}日?)?)?"
    r"(?:年度?|上半年|下半年|第?[一二三四1-4]季度)?"
)
_LABELS = "|".join(sorted(OTHER_LABELS, key=len, reverse=True))
_TAILS = (
    rf"\s*[（(〔\[［【]\s*(?:{_STAMP_WORDS})\s*[）)〕\]］】]\s*\Z",
    r"(?:\s+|(?<=[局委厅办院校处科所馆会队园])|(?<=中学|小学|中心|公司))(?:加?盖)?(?:公章|盖章)\s*\Z",
    rf"[\s，,；;、]*[（(〔\[［【]?\s*(?:{_LABELS})\s*(?:[（(][^）)]{{0,40}}[）)])?\s*[:：].*\Z",
    rf"\s*[\s（(]{_DATE}[）)]?\s*\Z",
    r"\s*[。．；;，,、]\s*\Z",
    r"(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[./-][0-9]{1,2}[./-][0-9]{1,2})\s*\Z",
)
_HEAD = rf"\s*(?:{'|'.join((*UNIT_LABELS, '单位'))})\s*(?:[（(][^）)]{{0,40}}[）)])?\s*[:：]\s*"
_PAIRS = ("“”", "‘’", "「」", "『』", "《》", "〈〉", "【】", "〔〕", "（）", "””", "““")
_ALL_PAIRS = frozenset((*_PAIRS, "()", "[]", "{}", '""', "''", "（)", "(）"))

_VERSIONS = "修订|修改|最终|最新|送审|报送|上报|正式|确认|更新|征求意见|盖章|签字|扫描|电子|打印"
# Noise in the names of files, the longest first; possessive, so that no name takes more than linear time from a start.
_FILE_NOISE = "|".join(
    [
        r"[“\"'「《]?职教\s*(?:20|二十)\s*条[”\"'」》]?",
        r"附[表件]\s*[0-9一二三四五]{0,2}(?:[-—][0-9]{1,2})?",
        "相关任务|任务清单|任务|落实情况|进展情况|完成情况|工作情况|情况|一览表|汇总表",
        "统计表|填报表|情况表|报表|表格|表样|台账|清单|总结|自查|报告|材料|报送",
        "上报|填报|落实|关于|贯彻|推进|工作|表|的|及|和",
        rf"[（(\[【〔]?(?:[0-9]{{12,14}}|{_DATE}|[0-9]{{1,2}}月[0-9]{{1,2}}日?)[）)\]】〕]?",
        r"[（(\[【]\s*[0-9]{1,2}\s*[）)\]】]",
        r"(?:副本|复件|拷贝|备份|最新|copy|final|new)[0-9]{0,2}",
        rf"(?:第?[0-9一二三四五六七八九]{{1,2}}|{_VERSIONS})[稿版件][0-9]{{0,2}}",
        r"(?:终|定|初|草|改|新)[稿版][0-9]{0,2}",
        r"(?:已?盖章|扫描件?)",
        r"(?:v|ver)\.?[0-9]{1,2}(?:\.[0-9]{1,2})*",
        rf"[（(\[【](?:{_STAMP_WORDS}|(?:修订|修改|最终|送审|报送|上报|终|定|初)[稿版])[）)\]】]",
        r"(?<![0-9A-Za-z一-鿿])[0-9]{4}(?![0-9])|(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9])",
        r"[\s_\-—–－·.,，、：:+~＋]",
    ]
)
_DOCUMENT_NUMBER = r"[一-鿿]{1,8}[〔\[（(【]20[0-9]{2}[〕\]）)】]\s*[0-9]{1,4}\s*号"
_FILE_HEAD = rf"(?:[0-9]{{1,3}}[.、_\-\s]+)?(?:{_DOCUMENT_NUMBER}|{_FILE_NOISE})*+"
_FILE_TAIL = rf"(?:(?<=[\s_\-—]){_DOCUMENT_NUMBER}|{_FILE_NOISE})++\Z"
_BRACKETED = r"[【〔\[（(「《]([^【】〔〕\[\]（）()「」《》]{3,100})[】〕\]）)」》]"
_UNIT = (
    r"[一-鿿0-9A-Za-z〇“”\"《》（）()·]{2,98}"
    r"(?:[局委厅部办院校处科室站所馆会队社厂行组县市区省州旗乡镇]|学|中心|集团|公司|政府|街道|园|基地|职专|职高|中专|高职|高专|电大|职教|联)"
)

_SUFFIX = r"\.[A-Za-z0-9]{1,12}\Z"
_PARTS_OF_ANOTHER = r"(?:[中小]学|学[校院]|大学|幼儿园|中心|集团|公司|[局厅委会院校馆所站队])\Z"

_VERSION_SUFFIX = (
    r"(?:\([0-9]{1,2}\)|v[0-9]{1,2}"
    r"|(?:副本|复件|拷贝|copy|终稿|定稿|最终[版稿]|修改[版稿]|修订[版稿])(?:[0-9]{1,2}|\([0-9]{1,2}\))?)$"
)
_MAX_SUFFIX_LENGTH = 8  # characters of the longest version suffix: copy(12)


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern when it is first used: few files need one, and all together take a tenth of a start."""
    return re.compile(pattern, flags)


def loose(text: str) -> str:
    """Return the key that all spellings of a name share: without white space, width, brackets, 《》 and “”."""
    return _BRACKETS.sub("", fold(text))


def plain_unit(text: str) -> str:
    """Return the name of a unit without what people write around it.

    Left out are request or note of a seal (``（公章）``), what follows behind another label (``填报日期：……``), a date,
    Chinese quotation marks around the whole name, and a label in front.  A text that holds nothing else is
    returned as it is.
    """
    if len(text) > _LONGEST or (text.isalpha() and "章" not in text):  # whatever is left out has a mark, a digit or 章
        return text
    name = text
    while (shorter := _shortened(name)) != name:
        if not shorter:
            return text
        name = shorter
    return name


def _shortened(text: str) -> str:
    """Return the text without the first addition that is found, or as it is."""
    for tail in _TAILS:
        if match := _compiled(tail, re.DOTALL).search(text):
            return text[: match.start()].strip()
    if match := _compiled(_HEAD).match(text):
        return text[match.end() :].strip()
    return _inside(text, _PAIRS) or text


def without_brackets(text: str) -> str:
    """Return a text without white space, brackets and quotation marks around all of it."""
    inner = text.strip()
    while (shorter := _inside(inner, _ALL_PAIRS)) is not None:
        inner = shorter
    return inner


def _inside(text: str, pairs: Collection[str]) -> str | None:
    """Return the text between a pair of marks around all of it, None where there is no such pair."""
    inner = text.strip()
    pair = inner[:1] + inner[-1:]
    found = len(inner) > 1 and pair in pairs and not any(char in inner[1:-1] for char in pair)
    return inner[1:-1].strip() if found else None


def unit_from_file_name(stem: str) -> str:
    """Return the unit that a file's name without its suffix names.

    Title, dates, document numbers, versions and stamps before and behind the name are left out where what remains is
    plainly the name of a unit; else the stem itself is the name.
    """
    if len(stem) > _LONGEST:
        return stem
    name = _between_noise(stem)
    if name != stem and _compiled(_UNIT).fullmatch(name):
        return name
    for match in _compiled(_BRACKETED).finditer(stem):
        inner = _between_noise(match[1])
        around = (stem[: match.start()], stem[match.end() :])
        if _compiled(_UNIT).fullmatch(inner) and not any(map(_between_noise, around)):
            return inner
    return stem


def _between_noise(text: str) -> str:
    """Return what remains of a part of a file's name between the words that name no unit."""
    head = _compiled(_FILE_HEAD, re.IGNORECASE).match(text)
    rest = text[head.end() if head else 0 :]
    tail = _compiled(_FILE_TAIL, re.IGNORECASE).search(rest)
    name = rest[: tail.start()] if tail else rest
    return plain_unit(name) if name else ""


def unit_key(unit: str) -> str:
    """Return the key that all spellings of one unit name share.

    White space, character width, quotation marks around the name and version suffixes of file names (副本, 终稿2, (1))
    are ignored.
    """
    name = key = fold(unit).strip("\"'")
    # there may be several, as in 终稿(1)(2)
    while suffix := _compiled(_VERSION_SUFFIX).search(key, max(0, len(key) - _MAX_SUFFIX_LENGTH)):
        key = key[: suffix.start()].rstrip("-_")
    return key or name


def word_before(text: str) -> str:
    """Return the Chinese characters at the end of a part of a file's name, words that name no unit left out."""
    match = _compiled("[一-鿿]*+\\Z").search(text)
    word = match[0] if match else ""
    tail = _compiled(_FILE_TAIL, re.IGNORECASE).search(word)
    return word[: tail.start()] if tail else word


def ends_as_unit(text: str) -> bool:
    """Check whether what follows a name in a file's name makes it the name of another unit: 第一中学附属小学."""
    match = _compiled("[一-鿿]*+").match(text)
    return match is not None and _compiled(_PARTS_OF_ANOTHER).search(_between_noise(match[0])) is not None


def file_stems(path: str) -> list[str]:
    """Return the name of a file without its suffix; of a member such as 甲.zip!附表2.docx also the archive's."""
    parts = re.split(r"(?i:(?<=\.zip)|(?<=\.rar)|(?<=\.7z))!", path)
    return [_compiled(_SUFFIX).sub("", re.split(r"[/\\]", part)[-1]) for part in reversed(parts)]


def is_plain_unit(name: str) -> bool:
    """Check whether a name ends like that of an office, a school or another unit."""
    return len(name) <= _LONGEST and _compiled(_UNIT).fullmatch(name) is not None
