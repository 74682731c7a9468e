from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts

PAGE = """ZJ417 多打了一个字或一个词。

“建设的的事项”“通过通过会议”是多打了一遍。只看一定不会重叠的虚词、动词和三个字的词；“的的确确”“一一对应”“为了了解”“研究研究生培养”是对的，不管。

错：教代会审议专业建设的的重大事项，全年9件。
对：教代会审议专业建设的重大事项，全年9件。
错：通过通过校企联席会议研究岗位需求，全年5次。
对：通过校企联席会议研究岗位需求，全年5次。
错：建成订单班订单班2个，接待3200人次。
对：建成订单班2个，接待3200人次。
错：参加了了企业实践的教师1571人。
对：参加了企业实践的教师1571人。

依据：文字应准确（一般）。
"""

_HAN = "\u4e00-\u9fff"
# Particles and prepositions, each with what stands before or after them in correct texts.
_PARTICLES = re.compile(
    "的的(?!确)|(?<![为除])了了(?![解结断却])|(?<![参赠给赋授])与与(?!会)|(?<![总饱平温亲])和和(?![平谐睦善美气解蔼])"
    "|(?<![现存实正潜内外所])在在(?![校职岗线籍编建读学册押野])|(?<![涉以普论波])及及(?![时格早])|(?<![合兼归])并并"
    "|(?<![理自缘事因])由由|(?<![因作行以认成称视])为为(?![何什])|(?<![针一反面校核绝相双])对对(?![口接应象比外内联手方])"
    "|(?<![即必])将将(?![来近领士才军])|(?<![由关对等至终])于于|把把(?!关)|被被(?!子)|从从(?![事业])"
)
_DOUBLED = "的了与和在及并由为对将于把被从"
_PREFILTER = re.compile(f"([{_DOUBLED}])\\1")
_LIST = """
贯穿 落实 推进 推动 开展 加强 进行 通过 按照 依照 根据 关于 以及 并且 同时 积极 认真 全面 深入 坚持 提高 提升 促进 实现 完成 建立 健全 建成 印发 制定 制订 修订 出台 围绕 为了 由于 已经 截至
其中 不断 有效 切实 持续 加快 加大 深化 强化 优化 完善 构建 打造 形成 创新 拓展 举办 召开 组织 参加 参与 承担 实施 执行 启动 下达 拨付 安排 投入 增加 减少 增长 达到 取得 获得 覆盖 面向 依托
结合 针对 对接 引进 聘请 选派 招收 录取 签订 签约 接收 接待 配备 购置 改造 新建 扩建 撤并 整合 调整 优先 稳步 有序 逐步 大力 努力 着力 扎实 定期 及时 严格 充分 广泛 普遍 明显 显著 累计 合计
共同 重视 支持 解决 改善 争取 确保 引导 鼓励 采取 采用 运用 具有 具备 包括 涉及 统筹 协调 分别 平均 许多 逐渐 不仅 而且 但是 因此 成为 荣获 入选
发放 专家 购买 派出 邀请 聘任 表彰 报送 汇总 反馈 公布 颁发 发布 提供 帮助 收到 设立 设置 开设 研发 选拔 选聘 评选 审核 上报 走访 调研
共计 全部 全年 全市 全校 各校 各级 各类 我市 本市 有关 相关 主要 重点 部分 目前 今后
"""
_WORDS = frozenset(_LIST.split())
_NO_WORD = re.compile("[^一-鿿]|(.)\\1|^一.一")
_COMPOUND_ENDS = frozenset("院会部处室站所中组队局厅科节家员证生")  # 研究生研究生院
_MEASURES = frozenset("率度额费量比证书者")  # 设备投入投入率
_LENGTHS = (2, 3)  # characters of a word


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages in which anything is written twice."""
    text = joined.text
    repeats = _repeats(text, (1, *_LENGTHS))
    return joined.at([begin for begin, length in repeats if length > 1 or text[begin] in _DOUBLED])


def check(passage: Passage) -> Iterable[TextMatch]:
    """Report every particle, verb and longer word that is written twice."""
    text = passage.text
    repeats = _repeats(text)
    return _find_matches(passage, repeats) if repeats or _PREFILTER.search(text) else ()


def _repeats(text: str, lengths: Sequence[int] = _LENGTHS) -> list[tuple[int, int]]:
    """Return begin and length of each so many characters, the first one Chinese, that are followed by the same ones.

    The text is compared with itself, moved by so many characters, as one long integer: characters with an
    equal lowest byte give zeros.
    A pattern, which begins anew at each character, takes five times as long.
    """
    found: list[tuple[int, int]] = []
    data = text.encode("utf-32-le", "surrogatepass")[::4]  # the lowest byte of each character
    size, number = len(data), int.from_bytes(data, "little")
    for length in lengths:
        zeros = bytes(length)
        differences = (number ^ (number >> 8 * length)).to_bytes(size, "little")
        at = differences.find(zeros, 0, size - length)
        while at >= 0:
            if "一" <= text[at] <= "鿿" and text.startswith(text[at : at + length], at + length):
                found.append((at, length))
            at = differences.find(zeros, at + 1, size - length)
    return found


def _find_matches(passage: Passage, repeats: Iterable[tuple[int, int]]) -> Iterator[TextMatch]:
    text = passage.prose
    found = [match.span() for match in _PARTICLES.finditer(text)]
    found += [(begin, begin + 2 * length) for begin, length in repeats if _is_doubled(text, begin, length)]
    last = -1
    for begin, end in sorted(found):
        if begin >= last:
            word = text[begin : begin + (end - begin) // 2]
            message = f"{excerpt(passage.text, begin, end)}里“{word}”写了两遍"
            yield TextMatch(begin, end, message, f"删去一个“{word}”；本来就该重复的，不用改")
            last = end


def _is_doubled(text: str, begin: int, length: int) -> bool:
    """Check whether a repeated word is one that is never repeated in a correct text."""
    middle, end = begin + length, begin + 2 * length
    word = text[begin:middle]
    if word != text[middle:end]:
        return False
    if length == 2:
        return word in _WORDS and text[end : end + 1] not in _MEASURES
    return not _NO_WORD.search(word) and text[end : end + 1] not in _COMPOUND_ENDS
