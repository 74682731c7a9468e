from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import JoinedTexts
from zhijiao20.rules.shared.word_beginnings import begins_word

PAGE = """ZJ417 多打了一个字或一个词。

“建设的的事项”“通过通过会议”“培训培训”是多打了一遍。只看一定不会重叠的字、动词，后面就是标点、数字、“的”“和”一类字的词，三个字以上的词；
“的的确确”“一一对应”“兢兢业业”“一批批”“为了了解”“研究研究生培养”“人均均达到”是对的，不管。

错：教代会审议专业建设的的重大事项，全年9件。
对：教代会审议专业建设的重大事项，全年9件。
错：通过通过校企联席会议研究岗位需求，全年5次。
对：通过校企联席会议研究岗位需求，全年5次。
错：建成订单班订单班2个，接待3200人次。
对：建成订单班2个，接待3200人次。
错：参加了了企业实践的教师1571人。
对：参加了企业实践的教师1571人。
错：组织企业与学校签订订合作协议，合格率96.8%%。
对：组织企业与学校签订合作协议，合格率96.8%。
错：培训学员学员860人，2019年年开班12期。
对：培训学员860人，2019年开班12期。

依据：文字应准确（一般）。
"""

# Particles and prepositions, each with what stands before or after them in correct texts.
_PARTICLES = lazy_regex(
    "(?<![目标])的的(?!确)|(?<![为除])了了(?![解结断却])|(?<![参赠给赋授])与与(?!会)|(?<![总饱平温亲])和和(?![平谐睦善美气解蔼])"
    "|(?<![现存实正潜内外所])在在(?![校职岗线籍编建读学册押野])|(?<![涉以普论波])及及(?![时格早])|(?<![合兼归])并并"
    "|(?<![理自缘事因])由由|(?<![因作行以认成称视])为为(?![何什民师人政])|(?<![针一反面校核绝相双])对对(?![口接应象比外内联手方账])"
    "|(?<![即必])将将(?![来近领士才军])|(?<![由关对等至终])于于|把把(?!关)|被被(?!子)|从从(?![事业严实紧重优快宽简教医政军企来前])"
)
# Characters that are never doubled in a correct text, each group with what may stand behind it all the same: the
# second one begins another word there (技: 竞技技能).
_NEVER = """
则励另咖咨啡址够宏宣履巡巩弥彰扩旬械淘溯焊牵盖础竞竣籍综荐虑览辍辐遴龄佐歧滥邀馈仍函剩撑硕键募央媒拓括践酬障但兑凭券惠毕缴衔覆询诺贷捐暂析绩赠予束跨拟斜暑滞漏究符薪贡鉴
况码续贯召启扶踪较际享倾域填拥按措撤返混挥突范跟债储档筑衡役继耗阅冠稿需须追企净授申尚察愿截贫违钟替绕坚显畅登遍舍抵模献简跃顾态索织含息善错料善据傅
"""
_UNLESS = {
    "页": "眉脚码面边", "培": "养训", "岗": "位", "估": "算计", "津": "贴", "健": "康身", "签": "约订", "聘": "用请任", "购": "置买进入销", "均": "衡匀等为超达不有已在能可高低未以按获完实建开设",
    "练": "习", "宿": "舍", "易": "于", "概": "况念率", "促": "进", "式": "", "更": "新加换名为是有要多好", "辅": "导助", "革": "新命", "互": "动相联", "执": "行法", "挂": "牌钩职",
    "融": "合资入", "训": "练", "超": "过额出", "途": "径", "益": "", "稳": "定步", "贴": "近息", "拨": "付款", "涉": "及外农案", "研": "究讨修发学制判", "优": "秀化先质良胜于",
    "完": "善成整", "纳": "入税", "艺": "术考", "附": "件属近", "再": "次生", "宽": "松", "监": "督管控测", "倍": "增", "径": "", "技": "术能工师艺校改", "智": "能慧库力",
    "占": "比地用据", "育": "人才苗种婴儿训繁", "订": "单立阅购货", "述": "职", "速": "度", "席": "位", "序": "列号", "控": "制", "督": "导查促办", "租": "金赁", "章": "程名", "策": "略划",
    "识": "别", "困": "难境", "季": "度", "盟": "员", "针": "对", "讨": "论", "输": "出入送", "未": "来", "适": "应用宜合", "薄": "弱", "检": "测查验", "弱": "势", "维": "护修",
    "达": "标到成", "室": "内外主长", "系": "统列数", "借": "鉴款", "旅": "游", "纪": "律委检", "预": "算警计期留案", "值": "得", "课": "程时堂件题标外余间表酬后前", "充": "分足",
    "延": "长", "徒": "弟", "率": "先", "录": "取用入像播", "终": "身", "熟": "悉练", "遇": "到", "推": "进动广出行", "采": "购用集", "读": "书物", "良": "好性", "固": "定",
    "批": "准次复", "因": "此", "型": "号", "总": "数额量体", "承": "担办接受", "投": "入资", "置": "换", "财": "政务", "移": "交动", "缩": "短小", "获": "得奖批评", "参": "加与赛保",
    "款": "项额", "激": "励发", "劳": "动务", "卫": "生", "缺": "口少乏", "讲": "座解", "志": "愿", "认": "定证", "例": "如", "班": "通级主长子额组车会均次型", "注": "重册意",
    "员": "工额", "牌": "", "环": "节境保", "虚": "拟", "赛": "事项区", "独": "立", "广": "泛", "争": "取", "创": "新业建", "就": "业读近", "消": "费防除",
    "负": "责担", "载": "体", "题": "目库型", "严": "格", "折": "合算旧", "额": "度外", "核": "算查定心", "级": "别差", "销": "售", "换": "", "评": "估价审选定比教分",
    "免": "费", "程": "度序", "素": "质养", "属": "于地", "补": "贴助充", "积": "极累", "务": "工实", "围": "绕", "提": "高升供出前", "特": "色殊", "类": "别型", "助": "学力",
    "格": "局", "历": "年史任", "价": "格值", "效": "果益率能", "科": "学技研", "功": "能", "增": "加长强设材值量资补速幅", "改": "革造善", "器": "材械", "支": "持出", "降": "低",
    "派": "出驻", "布": "局置点", "余": "", "修": "订改建业", "招": "生聘收", "服": "务", "领": "导域先", "致": "力", "考": "核试察生务点场评", "论": "证文",
    "质": "量", "形": "成式", "导": "师", "集": "中团体", "结": "构合果束业", "强": "化制", "称": "号", "能": "力够源", "施": "工行", "共": "同享建计有",
    "已": "知", "到": "位达岗期处账校会场户", "是": "非否", "号": "", "况": "", "展": "示演览销厅", "目": "标录的前", "果": "",
}  # fmt: skip
_NEVER_DOUBLED = dict.fromkeys(_NEVER.replace("\n", ""), "") | _UNLESS
_IDIOM_LIST = """
津津有味 津津乐道 息息相关 息息相通 环环相扣 环环紧扣 跃跃欲试 历历在目 历历可数 格格不入 款款而谈 款款深情 课课有 课课清 课课练 课课都 室室有 室室通 班班有 班班通 班班都 级级有 季季有
批批有 跃跃的 稳稳 融融 薄薄的 练练手 讲讲课 评评理
"""
_IDIOMS = tuple(_IDIOM_LIST.split())
_MAY_REPEAT = frozenset("改换讲练评推读扶课室班级季旬批岗题")  # 不是改改校名，换换牌子; 人人会用、课课可用
_BEGINS_WORD = frozenset("的了和与及已并各全")  # none of them ends in the doubled character behind it
_HAN_CHARACTER = lazy_regex("[一-鿿]")
# A unit behind a number, twice: 860人人次, 2019年年培训.
_UNITS = lazy_regex(
    "(?<=[0-9])(?:年年(?![底末初度均报级产薪会终检审龄轻代收内中鉴])|月月(?![底末初均度薪])|日日(?![均常报])|所所(?!属|有)|个个(?![人体性案别])|名名(?![师校誉])|家家(?![庭长政电具])"
    "|人人(?![均才员口次社文事数力机])|人人次|项项(?!目)|门门(?!类|票)|间间|台台(?!式)|套套(?!餐|件|装)|元元|万万|亿亿|次次(?!年)|册册|篇篇(?!幅)|户户(?![籍均])|批批(?![次准复])|期期(?![末初间])|倍倍|届届|学学时|学时学时)"
    "|有有(?=[0-9约近])|(?<![一-鿿])其其(?=中)|(?<=每)年年(?![底末初均度检终中审报])|(?<=全)省省(?![级直属内外会])|基基(?=[地础])(?<![地路堤坝]..)|(?<=不)断断(?!续)"
    "|(?<=[0-9万亿])元元|(?<=[0-9])号号(?!楼)"
)
# At the end of its clause even what begins other words is one too many: 12所学校校，.
_AT_END = lazy_regex("([校学业教设资制作理基])\\1(?=[，。；、（0-9的])")
_DOUBLED = frozenset(
    "的了与和在及并由为对将于把被从"
    + "".join(_NEVER_DOUBLED)
    + "校学业教建证设资部制法作理基院构年月日所个名家人项门间台套元万亿次册篇户批期倍届学号有其省基断"
)
_LIST = """
贯穿 落实 推进 推动 开展 加强 进行 通过 按照 依照 根据 关于 以及 并且 同时 积极 认真 全面 深入 坚持 提高 提升 促进 实现 完成 建立 健全 建成 印发 制定 制订 修订 出台 围绕 为了 由于 已经 截至
其中 不断 有效 切实 持续 加快 加大 深化 强化 优化 完善 构建 打造 形成 创新 拓展 举办 召开 组织 参加 参与 承担 实施 执行 启动 下达 拨付 安排 投入 增加 减少 增长 达到 取得 获得 覆盖 面向 依托
结合 针对 对接 引进 聘请 选派 招收 录取 签订 签约 接收 接待 配备 购置 改造 新建 扩建 撤并 整合 调整 优先 稳步 有序 逐步 大力 努力 着力 扎实 定期 及时 严格 充分 广泛 普遍 明显 显著 累计 合计
享受 享有 承办 主办 出席 遵循 激发 增强 减轻 缓解 化解 夯实 筑牢 拓宽 畅通 彰显
共同 重视 支持 解决 改善 争取 确保 引导 鼓励 采取 采用 运用 具有 具备 包括 涉及 统筹 协调 分别 平均 许多 逐渐 不仅 而且 但是 因此 成为 荣获 入选
发放 专家 购买 派出 邀请 聘任 表彰 报送 汇总 反馈 公布 颁发 发布 提供 帮助 收到 设立 设置 开设 研发 选拔 选聘 评选 审核 上报 走访 调研
共计 全部 全年 全市 全校 各校 各级 各类 我市 本市 有关 相关 主要 重点 部分 目前 今后
"""
_WORDS = frozenset(_LIST.split())
_NOUN_LIST = """
申请 建议 安装 考察 交流 服务 管理 培训 教学 教师 学生 学员 学校 企业 专业 课程 教材 资金 经费 项目 基地 设备 实训 实习 技能 证书 职业 院校 教育 人才 培养 方案 制度 机制 政策 办法 标准 文件 措施 问题
情况 目标 任务 工作 活动 会议 单位 部门 政府 社会 行业 产业 技术 平台 资源 信息 数据 质量 水平 能力 条件 需求 就业 招生 毕业 岗位 工资 收入 支出 预算 补贴 奖励 资助 检查 督导 评估 考核 验收 评价 整改 共有
年度 学期 方面 领域 地区 农村 高职 中职 高校 本科 党员 干部 职工 农民 家庭 听取 征求 收集 编制 制作 负责 牵头 指导 监督 督促 参考 学习 宣传 推广 公开 公示 登记 备案 认定 遴选 推荐 选送 输送 委托 授权 下放
取消 清理 合并 撤销 保留 保障 保持 维持 维护 更新 升级 改革 改进 加入 退出 占比 比例 人数 规模 数量 总量 总额 金额 增幅 合作 协议 联合 签署 实践 锻炼 挂职 兼职 轮训 研修 竞赛 大赛 比赛 获奖 成果 成效 经验 特色
"""
_NOUNS = frozenset(_NOUN_LIST.split())
_COMPOUNDS = frozenset(
    "部厅局处教类课群家生会大等竞发采用物报化级性业员组委院校机评厂商区科学研线点站制师者人力法权率量额费度"
)
_NO_WORD = lazy_regex("[^一-鿿]|着$|(.)\\1|^[一的等对于与和在有会]|的")
_NO_HAN = lazy_regex("[^一-鿿]|^(.)\\1|^[一的等对于与和在有会]")
_COMPOUND_ENDS = frozenset("院会部处室站所中组队局厅科节家员证生民域体")  # 研究生研究生院
_MEASURES = frozenset("率度额费量比证书者")  # 设备投入投入率
_PLACES = (_PARTICLES, _UNITS, _AT_END)
# As many bytes without a difference as a repeated part has characters.
_ZEROS = {length: lazy_regex(b"\0(?=\0{%d})" % (length - 1)) for length in (1, 2, 3, 4)}
_BODIES = frozenset("业济会党基团方级府价训构估")  # 行业组织组织参赛
_ENDS_CLAUSE = frozenset(
    "，。；、（）0123456789的和与及等已均共达为在由"
)  # behind a word that is no part of a longer one
_SAID_TWICE = (
    "规定 约定 决定 计划 协议 如何 多少 逐年 逐步 一个 各个 上下 前后 来回 反复 某某 轮流 彼此 哪些 分批 分类 许多 零散"
)
_REDUPLICATED = frozenset(_SAID_TWICE.split())


def sign(joined: JoinedTexts) -> Iterable[Passage]:
    """Return the passages in which anything is written twice."""
    text = joined.text
    found = [begin for begin, length in _repeats(text) if length > 1 or text[begin] in _DOUBLED]
    return joined.at(found + _percent_signs(text))


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every particle, verb and longer word that is written twice."""
    text = passage.prose
    found = [(at, at + len("%%")) for at in _percent_signs(text)]
    for begin, length in _repeats(text):
        if length > 1 and _is_doubled(text, begin, length):
            found.append((begin, begin + 2 * length))
        elif length == 1 and (text.startswith(_IDIOMS, begin) or _is_pair_of_pairs(text, begin)):
            continue
        elif length == 1 and _is_never_doubled(text, begin):
            found.append((begin, begin + 2))
        else:
            found += [match.span() for pattern in _PLACES if (match := pattern.match(text, begin))]
    last = -1
    for begin, end in sorted(found):
        if begin >= last:
            word = text[begin : begin + (end - begin) // 2]
            message = f"{excerpt(passage.text, begin, end)}里“{word}”写了两遍"
            yield TextMatch(begin, end, message, f"删去一个“{word}”；本来就该重复的，不用改")
            last = end


def _percent_signs(text: str) -> list[int]:
    """Return where a percent sign is written twice."""
    return [match.start() for match in re.finditer("%%", text)] if "%%" in text else []


def _repeats(text: str) -> list[tuple[int, int]]:
    """Return begin and length of each few characters, the first one Chinese, that are followed by the same ones.

    The text is compared with itself, moved by so many characters, as one long integer: characters with an
    equal lowest byte give zeros.
    A pattern, which begins anew at each character, takes five times as long.
    """
    found: list[tuple[int, int]] = []
    data = text.encode("utf-32-le", "surrogatepass")[::4]  # the lowest byte of each character
    size, number = len(data), int.from_bytes(data, "little")
    for length, zeros in _ZEROS.items():
        differences = (number ^ (number >> 8 * length)).to_bytes(size, "little")
        found += [
            (at, length)
            for at in [match.start() for match in zeros.finditer(differences, 0, size - length)]
            if "一" <= text[at] <= "鿿" and text[at : at + length] == text[at + length : at + 2 * length]
        ]
    return found


def _is_never_doubled(text: str, at: int) -> bool:
    """Check whether a character that occurs twice is one too many: 签订订合作协议, but not 竞技技能."""
    behind = _NEVER_DOUBLED.get(text[at])
    if behind is None or (text[at] in _MAY_REPEAT and text[at + 2 : at + 3] not in (behind or "\0")):
        return False
    before = text[at - 1 : at]
    if before == "一":  # 一批批学员
        return False
    begins = text[at + 2 : at + 3] in (behind or "\0") or begins_word(text, at + 1)
    return not begins or not _HAN_CHARACTER.match(before) or before in _BEGINS_WORD


def _is_pair_of_pairs(text: str, at: int) -> bool:
    """Check whether two characters that are each written twice make one word: 认认真真, 兢兢业业."""
    before, behind = text[max(0, at - 2) : at], text[at + 2 : at + 4]
    return any(
        len(pair) == 2 and pair[0] == pair[1] != text[at] and _HAN_CHARACTER.match(pair) for pair in (before, behind)
    )


def _is_doubled(text: str, begin: int, length: int) -> bool:
    """Check whether a repeated word is one that is never repeated in a correct text."""
    middle, end = begin + length, begin + 2 * length
    word = text[begin:middle]
    if length == 2:
        following = text[end : end + 1]
        if word in _WORDS:
            return following not in _MEASURES and not (
                word == "组织" and (text[begin - 1 : begin] in _BODIES or following in {"员", "部"})
            )
        if word in _NOUNS and following not in _COMPOUNDS:
            return True
        return (not following or following in _ENDS_CLAUSE) and word not in _REDUPLICATED and not _NO_WORD.search(word)
    if length > 3:
        return not _NO_HAN.search(word)
    return not _NO_WORD.search(word) and text[end : end + 1] not in _COMPOUND_ENDS
