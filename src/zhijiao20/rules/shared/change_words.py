"""Words for a change, and for the year or the class that a quantity is of.  Pure: no I/O."""

from __future__ import annotations

from zhijiao20.core.lazy_regex import lazy_regex

_UP = "增长|增加|提高|上升|提升|上涨|扩大|高出|攀升|上调|回升|上浮|延长|新增|(?<=净)增|[增涨升]幅|多|高"
_DOWN = "减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|回落|下调|收窄|缩小|下跌|[降跌]幅|降|低|少|减"
_UP_TO = "扩充|延长|增加|增长|提高|上升|提升|扩大|攀升|上调|回升|上涨|跃升|增|升"
_DOWN_TO = "减少|下降|降低|缩短|压减|精简|缩减|下滑|压缩|回落|下调|收窄|缩小|下跌|降|减"
_LAST = r"上一?(?:个?年度?|学年|学期|季度|届)(?:同期|末|底)?|去年(?:同期|末|底)?|同期"
OF_YEAR = rf"(?:\d{{4}}(?:年(?:度|同期|秋季|春季|\d{{1,2}}月)?[底末初]?|届|级|学年)|{_LAST}|[年期]初)"
"""Pattern of the words for an earlier year or class: 2018年底, 2018届, 上年同期."""

_SUFFIX = "(?:了|幅度?为|率为|率达?|(?<=幅)[为达]到?)?"
CHANGE = lazy_regex(
    rf"(?:[比较](?:{_LAST}|年[初末底]|\d{{4}}[届级])|同期|[底末初]|全年|年内)?(?:同比|环比|净|共|前者|前者比后者)?(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_SUFFIX}$"
)
"""A change, behind which its size stands; it begins where no noun is in front."""

CHANGE_TO = lazy_regex(
    rf"(?:(?P<up>{_UP_TO})|(?P<down>{_DOWN_TO}))(?:到|至|为)了?(?:{OF_YEAR}|[今当本]年)?的?(?:[人生户校]均)?$"
)
"""A change, behind which the later quantity stands."""

TO_WORD = lazy_regex(
    rf"[到至为](?:(?:{OF_YEAR}|[今当本]年)?的?|[^，。；、：（）\d]{{1,6}}的)(?:[人生户校]均|每人|每生)?$"
)
"""What stands before the later quantity, in whatever words."""

LABEL = lazy_regex(
    rf"(?:而|[高低多少]于)?{OF_YEAR}(?P<noun>[^，。；、：（）\d]{{0,8}}?)(?:[：为是达有]|仅为?|只有|达到|的)?"
)
"""What stands before the quantity of an earlier year: 上年为, 2018年招生."""

OWN_LABEL = lazy_regex(
    r"(?:\d{4}年度?|本年度?|当年|今年|[年期]末|年底)(?P<noun>[^，。；、：（）\d]{0,8}?)(?:[：为是达有]|达到|的)?"
)
"""What stands before the quantity of the later year behind that of the earlier one: 上年为860万元，2019年为1020万元."""

RESULT = lazy_regex(
    rf"(?:总数|总量|规模|人数|数量|总计)?(?:达到?|为|变为|共有?|(?:{_UP_TO}|{_DOWN_TO})[到至为]|达至)了?(?:\d{{4}}年的?)?"
)
"""What stands before the quantity that a change leads to: 比2018年的154名增加32名，达到186名."""

ENDINGS = "均人生长加高升涨大出多少降低短减简缩滑增幅了度率到至的为达调落窄小跌浮级届底末"
"""Last characters of the words for a change."""
