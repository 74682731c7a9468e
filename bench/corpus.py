"""Status files for measuring: as many units as wanted, each with a different text of usual length for every task.

``python bench/corpus.py --units 1000 FOLDER`` writes them as YAML files of some 75 KB; the same seed gives the same.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from _figures import figures

from zhijiao20.core.submission import Entry, Progress, Submission
from zhijiao20.formats.yaml import write as yaml_write
from zhijiao20.system.discovery import load_catalog

_KINDS = (
    *("教育局", "财政局", "人力资源和社会保障局", "发展和改革局", "农业农村局", "退役军人事务局", "工业和信息化局"),
    *("职业中等专业学校", "技工学校", "职教中心", "理工学校", "卫生学校", "开放大学", "职业技术学院"),
)
_FIRST = "青石云松竹梅兰桂柳枫杏桃榆桐槐棠荷菱芦茶丹玉金银铜铁珠星月虹霞霜雪露雾雨"
_SECOND = "溪桥岭湾河江湖浦洲屿岗坡坪塘泉潭渡津港口关寨屯营堡亭台楼阁寺门庄铺店坊"

_SLOTS = {
    "who": "职业院校|中职学校|高职院校|合作企业|实训基地|行业协会|专业教研组|骨干教师|在校学生|退役军人|返乡农民工|企业师傅|班主任|技术能手|培训评价组织|县域职教中心|产业园区|乡镇成人学校|毕业班学生|一线职工|专业带头人|社区居民|下岗职工|新型职业农民|实习学生|教学督导员",  # noqa: E501
    "field": "智能制造|新能源汽车|现代物流|老年护理|电子商务|学前教育|建筑装配|冷链运输|工业机器人|现代农艺|数字媒体|轨道交通|烹饪工艺|跨境贸易|物联网应用|食品检验|园林绿化|畜牧养殖|服装设计|会计事务|旅游服务|机电维修|化工安全|船舶焊接|康复治疗|家政管理",  # noqa: E501
    "thing": "实训车间|数字课程|技能竞赛|校本教材|教学资源库|订单班|现代学徒班|名师工作室|虚拟仿真软件|职业体验馆|考核站点|就业跟踪系统|学分账户|质量年报|实习管理平台|校企联盟|技术服务团队|岗位标准|夜校班|流动课堂|创业孵化室|设备共享清单|毕业设计展|双选会|社会培训包|劳动教育周",  # noqa: E501
    "act": "组织开展|牵头建设|分批验收|对口支援|集中整改|重新修订|公开招标|逐校核查|跟踪评估|合并调整|扩建改造|委托运营|联合开发|常态化检查|示范推广|试点运行|线上直播|巡回指导|专项审计|动态更新|结对帮扶|定岗考核|梯次培养|资源整合|回访调查|延时开放",  # noqa: E501
    "aim": "补齐办学短板|缩小城乡差距|稳定毕业生就业|满足企业用工|提高设备利用率|减轻学校负担|保障实习安全|规范招生秩序|提升教师能力|扩大优质资源|畅通升学通道|服务乡村振兴|降低培训成本|防范资金风险|方便群众查询|压实主体责任|形成长效机制|带动中小企业|检验教学成效|促进区域均衡",  # noqa: E501
    "problem": "部分设备老化|兼职教师流动大|乡镇生源分散|企业接收岗位有限|经费拨付偏慢|课程更新不及时|宿舍床位紧张|考评员数量不足|数据口径不统一|专业布点重复|家长认可度不高|实习补贴标准偏低|场地尚在协调|平台接口没有打通|师资年龄偏大|工位周转困难",  # noqa: E501
    "org": "教育|财政|人社|发改|工信|农业农村|退役军人|市场监管|商务|文旅|卫生健康|民政|住建|交通",
    "unit": "名|人次|个|项|门|套|间|所|家|场|期|份",
    "season": "春季|秋季|暑期|寒假|第一季度|第二季度|上半年|下半年",
}
_WORDS = {slot: tuple(words.split("|")) for slot, words in _SLOTS.items()}

_SENTENCES = (
    "{year}年{act}{thing}{n}{unit}，覆盖{field}、{field}两个方向",
    "会同{org}部门印发{field}实施细则（澄{org}发〔{year}〕{m}号），明确{thing}的管理要求",
    "截至{year}年{mm}月底，{who}参加{thing}{n}人次，{field}方向另有{n}人次",
    "安排资金{n}万元用于{thing}，支出{n}万元，{aim}",
    "由{who}承担{field}类{thing}，{season}完成{n}{unit}",
    "与{m}家企业签订{field}合作协议，{act}{thing}，接收{who}{n}人",
    "{who}每周轮换到{thing}跟岗，{act}记录存入个人档案，{aim}",
    "建立{org}、{org}两部门会商制度，{season}研究{thing}议题{m}个，办结{m}个",
    "{act}中发现{problem}、{problem}等情况{m}条，逐条销号",
    "{field}专业新招{n}人，比上一年增加{m}人，{who}报到率{p}%",
    "对{who}开展问卷调查，回收{n}份，满意率{p}%，意见集中在{problem}",
    "{thing}向社会开放，{season}接待{who}{n}人次，收取成本费{m}万元",
    "聘请{m}位企业专家进入{thing}评审，淘汰{field}项目{m}个，{aim}",
    "把{thing}写进{who}考核指标，权重{m}%，{season}通报一次",
    "{problem}是主要困难，计划{year}年{mm}月前{act}解决",
    "{act}{field}课程{m}门，{who}选修{n}人，通过率{p}%",
    "{who}取得{field}证书{n}本，持证上岗{n}人，{aim}",
    "市级{thing}挂牌{m}处，{field}、{field}、{field}各有侧重",
    "{year}年{mm}月召开{thing}推进会，{m}个单位作交流，{who}代表{m}名列席",
    "开通{thing}咨询电话，{season}答复{who}来电{n}个，{aim}",
    "以{field}为重点调整布局，停办{m}个点，新设{m}个点，{who}随之分流",
    "引入第三方对{thing}评价，{field}得分{p}，{problem}被列为扣分项",
    "{org}部门核拨补助{n}万元，惠及{who}{n}人，{act}结果全部公示",
    "编印{field}案例{m}篇，发放手册{n}本，{who}人手一册",
    "试行{who}导师制，一名导师带{m}人，在{thing}里完成{field}任务",
    "{thing}二期主体封顶，建筑面积{n}平方米，预计{year}年{mm}月交付",
    "清理{org}类证明材料{m}种，压减{thing}填报{m}项，{aim}",
    "{season}抽查{who}教案{n}份，{field}类合格{p}%，其余限期改正",
    "远程教研联通{m}个校区，{who}同上{field}课{n}节",
    "将{problem}列入督办台账，由{org}部门按月调度，{act}后销账",
    "健全{thing}管理制度，明确{org}、{org}两部门职责，{act}情况列入{who}年度考核",
    "坚持问题导向，针对{problem}逐校研究，{act}{thing}，{aim}",
    "以{thing}为抓手，推动{field}专业与产业对接，{who}全程参与，{aim}",
    "{org}、{org}部门联合开展{thing}督导，{act}情况向社会公开",
)


def unit_names(seed: int = 0) -> Iterator[str]:
    """Different names without end."""
    places = [first + second for first in _FIRST for second in _SECOND]
    random.Random(seed).shuffle(places)
    for turn in range(10**9):
        for kind in _KINDS:
            for place in places:
                yield f"{place}县{kind}{'' if not turn else f'第{turn + 1}分部'}"


def status_text(chance: random.Random) -> str:
    """A text of four to seven sentences, each drawn and filled by chance; one or two of them state figures."""
    count = chance.randint(4, 7)
    sentences = [_fill(sentence, chance) for sentence in chance.sample(_SENTENCES, count - count // 4)]
    for _ in range(count - len(sentences)):
        thing, field = chance.choice(_WORDS["thing"]), chance.choice(_WORDS["field"])
        sentences.insert(chance.randint(0, len(sentences)), figures(chance, thing, field))
    return "。".join(sentences) + "。"


def units(number: int, seed: int = 0) -> Iterator[tuple[str, dict[str, str]]]:
    """Units one by one, each with its name and a text for every task."""
    tasks = tuple(load_catalog().tasks)
    for index, name in zip(range(number), unit_names(seed), strict=False):
        chance = random.Random(f"{seed}/{index}")
        yield name, {task: status_text(chance) for task in tasks}


def near_copy(text: str, chance: random.Random, share: float) -> str:
    """The text with this share of its characters changed: replaced, left out or added."""
    chars = list(text)
    for place in chance.sample(range(len(chars)), round(share * len(chars))):
        other = chance.choice(_FIRST + _SECOND)
        chars[place] = chance.choices((other, "", chars[place] + other), (8, 1, 1))[0]
    return "".join(chars)


def as_yaml(name: str, texts: dict[str, str]) -> bytes:
    """A complete status file, with the official wording above every entry."""
    entries = {task: Entry(task, Progress.ONGOING, text) for task, text in texts.items()}
    return yaml_write.write(Submission(name, period="2020年上半年", entries=entries), load_catalog())


def _fill(sentence: str, chance: random.Random) -> str:
    parts = []
    for part in sentence.split("{"):
        slot, closed, rest = part.partition("}")
        parts.append(_slot(slot, chance) + rest if closed else part)
    return "".join(parts)


def _slot(slot: str, chance: random.Random) -> str:
    if slot in _WORDS:
        return chance.choice(_WORDS[slot])
    low, high = {"n": (12, 4800), "m": (2, 40), "mm": (1, 12), "year": (2019, 2020), "p": (61, 99)}[slot]
    return str(chance.randint(low, high))


def main() -> None:
    """Write the files of as many units as wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for index, (name, texts) in enumerate(units(options.units, options.seed), start=1):
        (options.folder / f"{index:05}{name}.yaml").write_bytes(as_yaml(name, texts))


if __name__ == "__main__":
    main()
