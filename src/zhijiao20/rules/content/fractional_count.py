from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.quantities import COUNT, Quantity
from zhijiao20.rules.shared.arithmetic import clause_start, fragment
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import Pattern, each
from zhijiao20.rules.shared.targets import sentence_start

PAGE = """ZJ313 人数、所数带了小数。

人、所、家、台这类量不会有小数，“4.35人次”多半漏了“万”。平均数、比值、折合数可以有小数，句子里写明“平均”“每”“折合”的不管。

错：社区教育服务4.35人次，遍及乡镇18个。
对：社区教育服务4.35万人次，遍及乡镇18个。
错：签订协议的企业6.5家，提供岗位740个。
对：签订协议的企业65家，提供岗位740个。
错：新增实训设备12.6台，总值480万元。
对：每个班平均38.5人，企业师傅人均带徒2.4人。
对：三季度、四季度执行率分别提高5.1个、6.8个和3.3个百分点。

依据：数据应准确（一般）。
"""

_WHOLE_UNITS = frozenset(
    ["人", "人次", "所", "家", "名", "项", "门", "台", "套", "台（套）", "间", "场", "册", "辆", "座", "栋", "对", "条", "件", "个", "支", "份", "宗", "块", "村", "镇", "户",
     "家次", "批次", "门次", "场次", "班次", "校次", "期", "篇", "本", "例", "处", "幅", "部"]
)  # fmt: skip
_DECIMALS = "[0-9]+[ ]?(?:[人所家名位项门台套间场册辆座栋对条件支份宗块村镇户期篇本例处幅部]|[批门场班校家]次|个(?!百))"
_PREFILTER = lazy_regex(f"[.．]{_DECIMALS}")
_MEAN = lazy_regex(
    "[人年平生班校日户场月师周次点县店组所家项课亩村镇个期件届]均|均[为是约值达]|每(?!年|学[年期])|(?<![0-9])[万千百]人|拥有量|折|比值|之比|相当于|概率|标准|系数|权重|得分|/|／"
)
_NEAR = 60  # characters before a count that may say that it is a mean
_GOES_ON = lazy_regex("[^一二三四五六七八九十]、")
_ITEM = lazy_regex(r"\d{1,2}[.．]")
_THINGS = lazy_regex(
    "实训|基地|专业|项目|班|学校|企业|岗位|工位|合作|中心|平台|工作室|学院|社团|团队|产业|培训|集团|试点|教学|职业|村|乡镇|社区"
)
_REFERENCES = ("在", "见", "第", "对应", "属", "列入", "并入", "与", "同")
_OF_POINTS = lazy_regex(
    "个(?:[、，和与及以]{1,2}[升降高低增减]?[0-9.．]{1,8}个){1,9}百分点"
)  # 5.1个、6.8个和3.3个百分点
sign = Pattern(*each(".．", _DECIMALS), prose=True)


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every count of persons or things that has decimals, where no mean is stated."""
    return _find_matches(passage) if _PREFILTER.search(passage.text) else ()


def _find_matches(passage: Passage) -> Iterator[TextMatch]:
    quantities, prose = passage.quantities, passage.prose
    for index, quantity in enumerate(quantities):
        if quantity.kind is not COUNT or not 0 < quantity.step < 1 or quantity.unit not in _WHOLE_UNITS:
            continue
        if quantity.other is not None or (
            quantity.unit == "个" and quantity.after and not _THINGS.match(quantity.after)
        ):
            continue
        if _OF_POINTS.match(passage.text, quantity.end - 1):
            continue
        begin = max(prose.rfind("。", 0, quantity.begin), prose.rfind("\n", 0, quantity.begin)) + 1
        if "均" in prose[max(begin, quantity.begin - _NEAR) : quantity.end + 1]:
            continue  # 实际平均9.5台，超出1.5台；应配2台，实际0.7台
        if _MEAN.search(prose, sentence_start(prose, quantity.begin), quantity.end + 1) or _is_item(passage, quantity):
            continue
        if quantity.unit == "项" and quantity.before.endswith(_REFERENCES):
            continue  # 在4.5项中填报
        yield _make_match(passage.text, quantities, index)


def _is_item(passage: Passage, quantity: Quantity) -> bool:
    """Check whether the number begins with that of an item: 。2.30人参加."""
    if _GOES_ON.match(passage.text, max(0, quantity.begin - 2)):
        return False  # 82个教学班、0.36名学生
    return not quantity.before and _ITEM.match(passage.text, quantity.begin) is not None


def _make_match(text: str, quantities: Sequence[Quantity], index: int) -> TextMatch:
    quantity = quantities[index]
    quoted = fragment(text, clause_start(quantities, index), quantity.end)
    message = f"“{quoted}”：{text[quantity.begin : quantity.end]}带了小数"
    return TextMatch(
        quantity.begin, quantity.end, message, "核对是不是漏了“万”，或多打了小数点；是平均数的，写明“平均”"
    )
