from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.core.submission import PROGRESS_SYNONYMS, Progress
from zhijiao20.rules.shared.open_texts import mostly_open
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import SEPARATOR, JoinedTexts, Pattern, each

PAGE = """ZJ303 进展与文字矛盾。

进展填“已完成”，文字却只说正在做、打算做；进展填“未启动”，文字却说已经印发、已经建成：两处总有一处不对，
上级按进展统计，数字就跟着错。已完成的任务另写下一步打算、列出个别没有办结的事项，都不算矛盾。
“已建成的……”是说改造的对象，不是说这项任务已经做了；文字说“此项任务已全部完成”“不涉及此项工作”而进展是另一种的，也提示；填“已完成”而办法、标准“尚未印发”“尚未出台”的，也提示（说的是个别单位、上级文件的不算）。

错〔1.1 已完成〕：正在推进。各校陆续制订方案，计划2020年12月底前实施。
错〔16.1 已完成〕：生均经费标准正在制定，拟于2020年10月报市政府审定。
错〔11.2 未启动〕：市公共实训基地已建成并投入使用，2019年接待实训3200人次。
错〔8.2 未启动〕：已完成。印发学习成果认定操作指引（澄教职成〔2020〕6号）。
错〔11.2 未启动〕：建成开放型实训中心3个，2019年接纳实训5120人次。
错〔11.2 已完成〕：下一步将建设共享型实训基地，面向县域企业开放。
错〔11.2 推进中〕：本校不涉及此项任务。
对〔1.1 已完成〕：印发教学诊断与改进方案（澄教职成〔2019〕12号），23所学校全部实施；下一步将扩大到技工学校。
对〔16.1 已完成〕：生均经费标准（澄财教〔2019〕12号）2019年起执行，落实率100%；督导发现的2项问题正在整改，计划2020年9月底前办结。
对〔11.2 未启动〕：用地选址已完成，资金尚未落实，计划2021年立项。
对〔8.2 推进中〕：已印发操作指引（澄教职成〔2020〕6号），院校认定成果2310项，跨校互认正在论证。
对〔11.2 未启动〕：已建成的26间实训室工位不足，扩建方案由各校研究。

依据：进展与落实情况应一致（一般）。
"""

_HINT = "核对后改正其中一处：进展按报告期末的实际情况填，文字写到什么程度就是什么程度"

# Words for 进展 that may be the whole first sentence of a text.
_PROGRESS_WORDS = {
    **{word.value: word for word in Progress},
    **{word: progress for word, progress in PROGRESS_SYNONYMS.items() if word not in {"完成", "长期坚持"}},
    "推进": Progress.ONGOING,
    "尚未完成": Progress.ONGOING,
    "未完成": Progress.ONGOING,
    "全部完成": Progress.DONE,
}
_NEARLY_DONE = frozenset({"基本完成", "阶段性完成"})  # accepted for 已完成
_WORDS_BY_LENGTH = "|".join(sorted(_PROGRESS_WORDS, key=len, reverse=True))
_LEADING_WORDS = rf"\s*(?:本项|此项|该项)?(?:工作|任务)?({_WORDS_BY_LENGTH})[。；;]"
_LEADING = lazy_regex(_LEADING_WORDS)

_VERB = (
    "完成|建成|印发|出台|发布|公布|制定|制订|修订|建立|健全|组建|成立|设立|挂牌|启用|投入使用|交付|验收|办结|开展|实施|执行|"
    "施行|落实|举办|召开|通过|审定|公开|公示|达到|达标|实现|覆盖|拨付|发放|下达|配备|聘请|招收|录取|培训|签订|签约|"
    "整改|列入|纳入|写入|编制|编印|汇编|规范|核查|检查|取消|清理|调整|整合|撤并|认定|评选|表彰|表扬|奖励"
)
_BEGIN = "完工|竣工|启动|动工|开工|建设|投入|[新改扩]建|购置|选派|引进|安排"
_TIME = r"(?:(?:20)?[0-9]{2}年|[今明后]年|[上下]半年|年底|年内|[0-9]{1,2}月|[上下]个?月|近期)"
_PAST_STATE = r"[^，。；\n]{0,30}(?:已|全部|均)"  # an unfinished state of the past: 尚未达标的4所学校已通过验收
_UNFINISHED = lazy_regex(
    rf"正在(?:积极|抓紧|加快|有序|按计划)?(?:{_VERB}|推进|进行|建设|办理|起草|报批|审批|审核|筹备|筹建|申报|论证|施工|研究|采购|招标|征求意见|协调)"
    rf"(?!的{_PAST_STATE})"
    rf"|[尚还仍](?:未(?!发现|发生|出现|收到|接到)|没|在|处于|需|有待)(?![^，。；\n]{{1,8}}的{_PAST_STATE})|(?:拟|将|计划|预计|力争)[于在到]?{_TIME}[^，。；\n]{{0,20}}?(?:{_VERB}|{_BEGIN})"
    rf"|(?:^|(?<=[，。；\n]))(?:拟(?![定订])|计划(?![内外中任]|[^，。；\n]{{1,4}}的)|力争)[^，。；\n]{{0,10}}?(?:{_VERB}|{_BEGIN})"
)
# What is open in other words: 选址未定, 处于调研阶段, 至今没有动工, 列入2021年计划.
_OPEN = lazy_regex(
    r"有待|暂不|不具备|刚刚?(?:起步|开始)|处于[^，。；\n]{0,10}(?:阶段|状态)|(?:起草|编制|论证|筹备|调研|摸底|设计|施工|招标|报批|征求意见)(?:阶段|之中|中)(?=[，。；\n]|$)"
    r"|(?:至今|一直|均|暂)(?:未|没有)|未(?:定|批|签|动工|开工|到位|到货|采购|竣工|明确|形成|成立|组建|批复|落地|纳入|列入|印发)(?=[，。；\n]|$)|没有(?:形成|确定|动工|开工|批复|到位|签订|成立|组建|出台|印发)"
    r"|准备(?=[先在于]|[^，。；\n]{0,6}(?:调研|申报|起草|组建|启动|开展))|争取[^，。；\n]{0,14}(?:出台|启动|完成|建成|实施)|打算|设想|列入(?:20)?2[0-9]年[^，。；\n]{0,6}计划|等待|待[^，。；\n]{1,12}(?:明确|批复|出台|印发)"
    r"|(?<![模虚])拟(?![定订人合态稿议建][^，。；\n]{0,4}(?:已|并))(?=[^，。；\n]{0,4}(?:组|建|申|安排|牵|引|采|招|选|在|于|由|从|投|开|制定|出台|印发|聘|启|设))"
)
_NO_RESULT = "[^，。；\n]*(?:约|需|预算|概算|费用|测算)|截?[至到]?20[0-9]{2}年[^，。；\n]{0,4}$"
_DONE = lazy_regex(rf"(?:{_VERB})|^(?!{_NO_RESULT})[^，。；\n]*[0-9]")
_ALREADY = lazy_regex(f"已(?:经|全部)?(?:{_VERB})|实际|超额")
_INTENDED = lazy_regex(
    "(?:[^，。；\n]{0,12}?(?<![模虚]))?拟(?![定订])|计划(?![内外中任])|预计|力争|争取|准备|按照设想|打算|待|[^，。；\n]{0,12}?将(?=在|于|会同|按)"
)
_OPENING = "(?:^|(?<=[，。；\\n]))"
_OWN = r"(?:[本此该这]项|本)(?:任务|工作)"
# What opens a plan; the other clauses of its sentence are plans too.  将……纳入 is another word: 把.
_PLAN = lazy_regex(
    rf"{_OPENING}(?:下一步|今后|接下来|下阶段|下一阶段|后续)[，,]?(?:将|要|拟|计划|力争|继续|重点)"
    rf"|{_OPENING}要(?:加快|推动|推进|进一步|加强|继续|坚持|着力|不断|积极|大力|尽快|抓紧|切实|持续|深入|把|将)"
    rf"|{_OPENING}将(?:进一步|继续(?!教育)|加快|加大|积极|全力|大力|努力|着力|适时|尽快|逐步|陆续)(?![^，。；\n]*(?:作为|[纳列写融]入|列为|贯穿))",
    re.MULTILINE,
)
_NOT_DONE = lazy_regex(
    r"(?:没有|尚未|还未|暂未|从未|(?<![并从尚还暂])未)(?:能)?(?:开展|启动|实施|组织|推进|落实|完成|建立|出台|制定|安排|执行)"
    r"(?![^，。；\n]{0,12}的[^，。；\n])"
)
_WAITING = lazy_regex("(?<![接招对期看优善款])待[^，。；\n]{2,20}后")
_ALL_DONE = lazy_regex(
    rf"{_OWN}[^，。；\n]{{0,4}}已[^，。；\n]{{0,12}}(?:完成|办结)(?:并[^，。；\n]{{1,10}})?(?=[，。；\n]|$)"
)
_PARTLY = lazy_regex("基本|部分|初步|阶段|大部|主体|[一二三]期")
_NOT_OURS = lazy_regex(
    rf"不涉及{_OWN}(?!的)|{_OWN}[^，。；\n]{{0,6}}(?:不涉及|与[我本][^，。；\n]{{1,4}}无关)(?=[，。；\n]|$)"
)
# 任务已于2019年12月全部完成, without anything left; 年度任务 and 一期任务 are parts.
_FINISHED = lazy_regex(
    r"(?:任务|工作|(?<!整改)(?<![0-9][个项件])事项|建设内容|工程)(?:[^，。；\n年期段]{0,6}(?:已|均|于[^，。；\n]{1,12}))?(?:已|均|全部|全面|如期|圆满)+(?:完成|办结)(?=[，。；\n并]|$)"
    r"|建设内容(?:已|均|全部|全面)*完成|(?:任务|清单|台账)[^，。；\n]{0,4}(?:全部|已|全面)(?:办结|销号)"
)
_ENDED = lazy_regex(
    "办结|销号|通过[^，。；\n]{0,8}验收|无遗留|无剩余|全部达到|均已达到|全部到位|完成率(?:为|达)?100%|工作结束|全部结束"
)
_LEFT = lazy_regex(
    "下一步|将|计划(?!数|任务|的)|拟(?![定订])|正在|继续|推进|剩余|尚|未|还|后续|其余|另有|待|持续|仍|年度任务|年度工作|阶段|[一二三]期|部分|基本|逐步|不断|长期|每年|完成率?[^，。；\n]{0,6}?(?<![0-9.])(?!100%)[0-9.]+%"
)
_OURS_NOT = lazy_regex(
    r"(?:^|(?<=[，。；\n]))(?:故|因此|所以|因而)?(?:暂|均)?不涉及(?:[该此本](?:项)?)?(?:工作|任务|内容|事项)?(?=[，。；\n]|$)|(?:[本我][市县区校局院厅委单]|学校|学院|企业|公司)[位]?[^，。；\n]{0,6}不涉及(?:[该此本](?:项)?)?(?:工作|任务|内容|事项)?(?=[，。；\n]|$)"
)
_OURS_PLAINLY = lazy_regex(
    r"(?:[此本该这]项|[我本][省市县区校局院厅委][级]?|[省市县]级|本单位)(?:任务|工作|内容)?(?:均|暂)?不涉及(?=[，。；\n]|$)|(?:没有|无|不承担)[这此该本]项[^，。；\n]{0,4}(?:任务|工作|职责)(?=[，。；\n]|$)|填“不涉及”|未涉及[我本][省市县区校局院](?=[，。；\n]|$)"
)
_OURS = lazy_regex(r"[本我](?:单位|市|县|区|校|局|院|厅|委|企业|公司|集团|省)|职责|职能|未列入|不在")
_NOT_BEGUN = lazy_regex(
    rf"{_OWN}(?:目前)?(?:尚未|还未|暂未|没有|未)(?:启动|开展|实施)(?=[，。；\n]|$)"
    rf"|(?:尚未|还未|暂未|没有|未)(?:启动|开展|实施){_OWN}"
)
_ATTRIBUTE = "(?!(?:并|且|和|、|投入使用|投用|启用|挂牌|验收|交付|运行|使用|实施|执行)*的)"  # 已建成的14间: no result
_STARTED = lazy_regex(
    r"(?<!未)(?<!不)已经?(?:全部|全面|正式|顺利)?(?:印发|出台|建成|投入使用|启用|挂牌|成立|组建|启动|开展|实施|执行|施行|发放|拨付到位|办结)"
    + _ATTRIBUTE
)
# Results told without 已: 建成……3个, 2019年8月印发……; a year before the plan of 2019 tells what was there already.
_RESULT = lazy_regex(
    rf"{_OPENING}(?:[面从与向通][^，。；\n]{{1,8}}(?=引进|聘请|选派)|(?:2019|202[0-9])年)?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|底|初)?)?[，,]?"
    r"(?:(?:建成|印发|出台|投入使用|启用)(?=[^，。；\n]{2})"
    r"|完成(?![^，。；\n]{0,8}(?:选址|立项|可行性|论证|调研|摸底|方案|意见|规划|设计|报批|申报|土地|用地|环评|招标|测绘|勘察|审批))(?=[^，。；\n]{2})"
    r"|(?:(?:编制并)?发布|成立|组建)(?![^，。；\n]{0,12}(?:小组|专班|委员会|机构))[^，。；\n]{0,12}[0-9]|(?:接待|培训|招收|录取|购置|引进|聘请|选派)[^，。；\n]{0,12}[0-9])"
    + _ATTRIBUTE,
    re.MULTILINE,
)
_NOT_YET = lazy_regex(
    r"未(?!发生|发现|出现)|没有|不具备|不在|不足|缺|上级|拟(?![定订])|计划(?=[于在到由从]|20[2-9]|[^0-9，。；\n]{0,8}(?:启动|实施|建|开展|成立|出台|印发|申报|投入|引进|安排|采购))|将(?![^，。；\n]{1,24}(?:由|从|纳入|列入|作为|写入|分解|压|精简|缩|拆))|有待|待[定批建]|筹(?![集措资])|准备|前期|申报(?!成功)|暂|等待|后(?:再|方可|启动|实施|开展|组织)|尚|研究(?=[。；，]|$)"
)
# An event with a figure or 已: what has begun, whatever it is.
_EVENT = lazy_regex(
    rf"{_OPENING}(?![^，。；\n]*(?:调研|论证|选址|摸底|测算|研讨|考察|意见|可行性|小组|专班|立项|方案|国家|教育部|现有|共有|原有|以来|的[^，。；\n]{{0,6}}(?:不足|老化|陈旧)))"
    rf"(?=[^，。；\n]*(?:[0-9]|已))[^，。；\n]{{0,30}}?(?:(?<!未)(?:建成|印发|出台|揭牌|挂牌|签订|签约|开通|上线|投入使用|投用|竣工|交付使用|验收|认定|发放|拨付|到位|举办|招收|录取|取得|获批|批复同意|备案|启用|购置|聘请|接待|受理|开户|发布|制定|立项建设|开展|培训|投入|组织|完成|共建|建立|建设|选派|联合))"
    r"(?!(?:并|且|和|、|投入使用|投用|启用|挂牌|验收|交付|运行|使用|实施|执行|[0-9一-鿿]{0,8}?年)*的)",
    re.MULTILINE,
)
_FEWEST_EVENTS = 2
# Many figures of a year, and no word of what is not there yet, are results too.
_FIGURE_CLAUSE = lazy_regex(
    rf"{_OPENING}(?=[^，。；\n]*[0-9])(?![^，。；\n]*(?:约|预计|估算|需))[^，。；\n]{{4,40}}(?=[，。；\n])",
    re.MULTILINE,
)
_FEWEST_FIGURES = 4
_YEAR = lazy_regex("20[12][0-9]年|20[12][0-9]—")
_GROUNDS = lazy_regex("现有|意向|初步|摸底|设想|打算|条件|调研|资料|测算|统筹|待")
_OTHERS_RESULT = lazy_regex("国家|省[级里厅政教]|教育部")
_NOT_ISSUED = lazy_regex(
    "(?:尚未|还未|仍未)(?:正式)?(?:印发实施|印发执行|印发|出台|制定|施行|执行|实施)(?=[，。；\n]|$)"
)
_OTHERS = lazy_regex("个别|部分|少数|[0-9一二三四五六七八九]|其[余他中]|另|国家|省|上级|教育部|部委|配套|外|虽|原")
_MAX_NOT_OURS = 160  # characters of a text that only says why the task is none of the unit's
_MAX_CLAUSE = 100  # characters of a clause that are searched for whose rules it is about
_CLAUSE = lazy_regex(r"[^，。；\n]+")
_SENTENCE = lazy_regex(r"[^。；\n]+")


_READ_WHOLE = frozenset({Progress.DONE, Progress.NOT_STARTED})  # their texts are read without a sign
_SAYS_OTHER = Pattern(  # without one of these, only a text of 已完成 or 未启动 may contradict it
    f"{SEPARATOR}{_LEADING_WORDS}",
    "涉(?=及)",
    *each("任工", "(?<=[项本].)(?=[务作])"),
    "销(?<=[部已面结].)(?=号)",
    "办(?<=[已均部面期满].)(?=结)",
    "完(?<=[已均部面期满容].)(?=成)",
)


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages of 已完成 and 未启动, and the others with words that may say another progress."""
    found = {id(passage) for passage in joined.having(_SAYS_OTHER)}
    return [passage for passage in joined.passages if id(passage) in found or passage.entry.progress in _READ_WHOLE]


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report a text that contradicts its 进展."""
    progress = passage.entry.progress
    if progress is None:
        return
    if leading := _LEADING.match(passage.text):
        word = leading[1]
        if _PROGRESS_WORDS[word] is not progress and not (progress is Progress.DONE and word in _NEARLY_DONE):
            yield _make_match(progress, word, leading.start(1), leading.end(1))
    elif progress is not Progress.NOT_APPLICABLE and (other := _says_other(passage.prose, progress)):
        yield _make_match(progress, other[0], other.start(), other.end())
    elif progress is Progress.DONE and (missing := _not_issued(passage.prose)):
        yield _make_match(progress, missing[0], missing.start(), missing.end())
    elif progress is Progress.DONE:
        yield from _unfinished(passage)
    elif progress is Progress.NOT_STARTED and not _NOT_YET.search(passage.prose) and (done := _begun(passage.prose)):
        yield _make_match(progress, done[0].lstrip("，,"), done.start(), done.end())


def _begun(prose: str) -> re.Match[str] | None:
    """Return where a text tells a result, or the first of several events."""
    if result := _STARTED.search(prose) or (None if _OTHERS_RESULT.search(prose) else _RESULT.search(prose)):
        return result
    events = list(islice(_EVENT.finditer(prose), _FEWEST_EVENTS))
    if len(events) == _FEWEST_EVENTS:
        return events[0]
    figures = list(_FIGURE_CLAUSE.finditer(prose)) if _YEAR.search(prose) and not _GROUNDS.search(prose) else []
    return figures[0] if len(figures) >= _FEWEST_FIGURES else None


def _says_other(prose: str, progress: Progress) -> re.Match[str] | None:
    """Return where the text says of the task itself that it is done, not begun or none of the unit's."""
    if "涉及" in prose and progress is not Progress.NOT_STARTED and (not_ours := _not_ours(prose)):
        return not_ours
    if (
        progress is Progress.ONGOING
        and (finished := _FINISHED.search(prose))
        and _ENDED.search(prose)
        and not _LEFT.search(prose)
    ):
        return finished
    return _says_of_task(prose, progress)


def _not_ours(prose: str) -> re.Match[str] | None:
    """Return where the text says 此项不涉及, or a short one without results 不涉及."""
    if plainly := _OURS_PLAINLY.search(prose):
        return plainly
    short = len(prose) <= _MAX_NOT_OURS and _OURS.search(prose) and not _RESULT.search(prose)
    return _OURS_NOT.search(prose) if short else None


def _says_of_task(prose: str, progress: Progress) -> re.Match[str] | None:
    """Return where the text says something of 本项任务 or 此项工作 that its progress does not."""
    if not ("项任务" in prose or "项工作" in prose or "本任务" in prose or "本工作" in prose):  # fast path
        return None
    if not_ours := _NOT_OURS.search(prose):
        return not_ours
    if progress is not Progress.DONE and (done := _ALL_DONE.search(prose)) and not _PARTLY.search(done[0]):
        return done
    return _NOT_BEGUN.search(prose) if progress is Progress.ONGOING else None


def _not_issued(prose: str) -> re.Match[str] | None:
    """Return where the text says that its own rules are not issued yet, not only some of them or those of others."""
    for match in _NOT_ISSUED.finditer(prose):
        start = max(0, match.start() - _MAX_CLAUSE)
        begin = max(start, *(prose.rfind(mark, start, match.start()) + 1 for mark in "，。；\n"))
        if not _OTHERS.search(prose, begin, match.start()):
            return match
    return None


def _unfinished(passage: Passage) -> Iterator[TextMatch]:
    """Report a text of 已完成 that has unfinished clauses and no finished one."""
    prose = passage.prose
    first = min(
        (match for pattern in _ALL_UNFINISHED if (match := pattern.search(prose))), key=re.Match.start, default=None
    )
    if first is None:
        return
    if mostly_open(prose):
        yield _make_match(Progress.DONE, first[0], first.start(), first.end())
        return
    for sentence in _SENTENCE.finditer(prose):
        if _PLAN.match(prose, sentence.start()):
            continue
        done = _DONE
        for clause in _CLAUSE.finditer(prose, *sentence.span()):
            begin, end = clause.span()
            if _INTENDED.match(prose, begin):
                done = _ALREADY  # what comes after a plan is planned too, with its figures
            open_clause = any(pattern.search(prose, begin, end) for pattern in _ALL_UNFINISHED)
            if not open_clause and done.search(prose[begin:end]):
                return
    yield _make_match(Progress.DONE, first[0], first.start(), first.end())


_ALL_UNFINISHED = (_UNFINISHED, _PLAN, _NOT_DONE, _WAITING, _OPEN)


def _make_match(progress: Progress, words: str, begin: int, end: int) -> TextMatch:
    return TextMatch(begin, end, f"进展填“{progress}”，文字却写“{words}”", _HINT)
