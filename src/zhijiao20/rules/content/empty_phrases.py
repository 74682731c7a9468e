from __future__ import annotations

from collections.abc import Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import Progress
from zhijiao20.rules.shared.passage import Passage, TextMatch

PAGE = """ZJ304 只有套话，没有数字和文号。

“高度重视、狠抓落实、取得明显成效”放在哪项任务下都行，看不出做了什么。写出文件、会议、项目、人数、金额中的任何一样就好。

错：高度重视，加强领导，狠抓落实，取得了明显成效。
错：我校高度重视此项工作，认真贯彻落实上级文件精神，扎实推进各项工作，取得了阶段性成效。
错：提高政治站位，强化责任担当，压实工作责任，确保各项任务落地见效。
对：高度重视，成立由分管副市长任组长的领导小组，全年召开调度会4次。
对：修订学生守则，把安全教育写进每周班会，实训课前由师傅检查防护用品。
对：取得了明显成效：合格率由81%提高到93%。

依据：落实情况应写明措施和成效（一般）。
"""

_PHRASES = (
    "高度重视|加强(?:组织)?领导|强化(?:组织)?领导|完善(?:工作|体制)?(?:制度|机制)|健全(?:工作|体制)?机制|"
    "(?:坚持)?以习近平新时代中国特色社会主义思想为指导|习近平[^，。；]{0,30}?(?:思想|精神)|学习(?:贯彻)?[^，。；]{0,16}精神|狠抓落实|抓好落实|抓实抓细|真抓实干|扎实推进|稳步推进|有序推进|深入推进|持续推进|全面推进|大力推进|统筹推进|"
    "积极推进|加快推进|取得(?:了)?(?:明显|显著|阶段性|积极|较好|良好|一定|新的)?(?:的)?(?:成效|进展|成绩|效果)|成效(?:明显|显著)|效果(?:明显|显著|良好)|"
    "认真(?:学习)?贯彻(?:落实)?|认真落实|全面落实|切实落实|深入贯彻(?:落实)?|贯彻落实|提高(?:政治)?站位|提高(?:思想)?认识|统一思想|凝聚共识|"
    "强化(?:责任)?担当|(?:层层)?压实(?:工作|主体)?责任|落实责任|明确责任|强化责任|确保(?:各项)?(?:任务|工作)?(?:落地见效|落到实处|落实到位|取得实效)|"
    "落地见效|落到实处|落实到位|取得实效|见行见效|落地生根|精心组织|周密部署|统筹安排|统筹谋划|科学谋划|"
    "加大(?:工作)?力度|加强(?:统筹)?协调|形成(?:工作)?合力|齐抓共管|上下联动|多措并举|真抓实干|攻坚克难|开拓创新|与时俱进|"
    "积极作为|主动作为|积极探索|不断完善|不断提高|不断提升|持续发力|持续用力|久久为功|常抓不懈|营造(?:了)?(?:良好|浓厚)(?:的)?氛围|"
    "打下(?:了)?(?:坚实|良好)(?:的)?基础|奠定(?:了)?(?:坚实|良好)(?:的)?基础|再上新台阶|迈上新台阶|稳中有进|总体良好|运行良好|按照上级(?:统一)?(?:部署|要求)"
)
_STOCK = lazy_regex(_PHRASES)
_FILLER = lazy_regex(
    r"[一二三四五六]是|进一步|统一|一系列|一批|一定|[我本全各该此][省市县区州校院局委厅所项]?|学校|学院|单位|部门|上级|中央|国家|省委|市委|党中央|国务院|省政府|市政府|教育|职业|改革|发展|事业|"
    r"下一步|今后|目前|近年来|一直以来|始终|坚持|继续|按照|根据|结合|围绕|有关|相关|文件|要求|规定|部署|精神|决策|实际|认真|积极|切实|"
    r"严格|扎实|稳步|持续|不断|大力|全面|深入|有效|有力|充分|充满|工作|任务|情况|措施|政策|项|正在|已经|已|将|要|并|了|的|和|与|及|把|对|在|中|为|以|得到|确保"
)
_DIGIT = lazy_regex(r"[0-9０-９]")
_FACT = lazy_regex(r"[〇○一二两三四五六七八九十百千万亿《“〔%％A-Za-z]")
_HAN = lazy_regex("[\u4e00-\u9fff]")
_MAX_REST = 0.15  # share of the Chinese characters that may be neither in a stock phrase nor in a filler word


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report a text of stock phrases and filler words that states no fact."""
    text = passage.text
    if passage.entry.progress is Progress.NOT_APPLICABLE or _DIGIT.search(text):
        return
    rest, phrases = _STOCK.subn("", text)
    if not phrases:
        return
    rest = _FILLER.sub("", rest)
    if len(_HAN.findall(rest)) <= _MAX_REST * len(_HAN.findall(text)) and not _FACT.search(rest):
        hint = "写出文件、会议、项目、人数、金额、日期中的一样或几样"
        yield TextMatch(0, len(text), "只有套话，没有数字、文号，也没有做了什么", hint)
