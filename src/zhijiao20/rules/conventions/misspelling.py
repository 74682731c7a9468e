from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from zhijiao20.core.lazy_regex import lazy_regex
from zhijiao20.rules.shared.excerpt import excerpt
from zhijiao20.rules.shared.passage import Passage, TextMatch
from zhijiao20.rules.shared.signs import SEPARATOR, Pattern, any_of
from zhijiao20.rules.shared.word_beginnings import begins_word

PAGE = """ZJ418 常见的错别字。

照一张表核对：词典里没有的写法（“布署”“贯切”“按装”“帐目”“施工入员”），和公文里只用一种写法的（“其它”写“其他”）。
表里的词只在一定是错的地方才报：前一个词的末字和后一个词的首字（“危机治理”的“机治”）不算，“帐篷”“蚊帐”“按装配顺序”“做到”“坐落”是对的。

错：全面布署秋季招生工作，现场咨询5400人次。
对：全面部署秋季招生工作，现场咨询5400人次。
错：食堂帐目按月公开，结余12万元。
对：食堂账目按月公开，结余12万元。
错：宿舍改造己经完成9栋，施工入员75名。
对：宿舍改造已经完成9栋，施工人员75名。
错：派出指导教师24人，其它人员8人。
对：派出指导教师24人，其他人员8人。
错：新校区座落在河西，按装监控设备230套。
对：新校区坐落在河西，安装监控设备230套。

依据：《现代汉语词典》（第7版）；《第一批异形词整理表》（一般）。
"""

# A wrong spelling and the right one of the same length.
_TABLE = """
保垒 堡垒,碉保 碉堡,部暑 部署,贯切 贯彻,贯砌 贯彻,巳经 已经,其它 其他,针贬 针砭,渡假 度假,松驰 松弛,幅射 辐射,副射 辐射,竟赛 竞赛,竟争 竞争,竟聘 竞聘,竟技 竞技,兢赛 竞赛,学藉 学籍,户藉 户籍,书藉 书籍,国藉 国籍,
编篡 编纂,提练 提炼,锻练 锻炼,煅炼 锻炼,训炼 训练,熟炼 熟练,教炼 教练,脉博 脉搏,震憾 震撼,坚难 艰难,坚巨 艰巨,帐蓬 帐篷,沉缅 沉湎,攻艰 攻坚,严励 严厉,鼓厉 鼓励,激厉 激励,奖厉 奖励,震兴 振兴,
协凋 协调,凋整 调整,凋研 调研,凋查 调查,筹错 筹措,惜施 措施,错施 措施,追纠 追究,培讯 培训,教肓 教育,时侯 时候,气侯 气候,侯选 候选,侯补 候补,随既 随即,登纪 登记,签定 签订,倍养 培养,
陪养 培养,馈乏 匮乏,重迭 重叠,责仼 责任,仼务 任务,担仼 担任,粘帖 粘贴,欢渡 欢度,虚渡 虚度,通迅 通讯,迅息 讯息,资迅 资讯,讯速 迅速,讯猛 迅猛,弘杨 弘扬,宣杨 宣扬,参予 参与,充份 充分,
处份 处分,纠份 纠纷,传受 传授,发辉 发挥,反溃 反馈,防碍 妨碍,风彩 风采,负则 负责,受予 授予,巩故 巩固,功坚 攻坚,功读 攻读,共亨 共享,观磨 观摩,贯撤 贯彻,
含盖 涵盖,涵概 涵盖,函盖 涵盖,环镜 环境,还境 环境,汇抱 汇报,会仪 会议,基楚 基础,积级 积极,技木 技术,加块 加快,价植 价值,坚待 坚持,捡查 检查,健立 建立,键全 健全,
键康 健康,借监 借鉴,减化 简化,简免 减免,减勉 减免,决择 抉择,均恒 均衡,开托 开拓,连系 联系,连合 联合,关连 关联,领道 领导,屡行 履行,名显 明显,摸范 模范,演炼 演练,
锤练 锤炼,排察 排查,派谴 派遣,派遗 派遣,贪困 贫困,频凡 频繁,评沽 评估,普偏 普遍,签暑 签署,签属 签署,强掉 强调,趋式 趋势,缺泛 缺乏,伸报 申报,申清 申请,伸请 申请,邀清 邀请,
实贱 实践,首界 首届,世届 世界,双嬴 双赢,所署 所属,提唱 提倡,提声 提升,推近 推进,违返 违反,街接 衔接,衔结 衔接,祥细 详细,亨受 享受,相目 项目,消毁 销毁,消售 销售,
撤消 撤销,推消 推销,协义 协议,休订 修订,休改 修改,研休 研修,须求 需求,急须 急需,选拨 选拔,拔付 拨付,拔款 拨款,划拔 划拨,下拔 下拨,业迹 业绩,嬴得 赢得,盈得 赢得,忧惠 优惠,忧秀 优秀,
忧先 优先,招娉 招聘,召聘 招聘,召生 招生,执责 职责,质谅 质量,说名 说明,篡写 撰写,追综 追踪,姿源 资源,咨源 资源,阻织 组织,祖织 组织,尊守 遵守,尊照 遵照,尊循 遵循,遵寻 遵循,
遵尊 遵循,做用 作用,操做 操作,协做 协作,运做 运作,写做 写作,做业 作业,坐谈 座谈,讲坐 讲座,学徙 学徒,招幕 招募,幕集 募集,裁培 栽培,拼博 拼搏,采防 采访,走防 走访,兰图 蓝图,
篮图 蓝图,录象 录像,摄象 摄像,好象 好像,图象 图像,陷井 陷阱,年渡 年度,制渡 制度,进渡 进度,力渡 力度,季渡 季度,世记 世纪,记念 纪念,艰持 坚持,艰定 坚定,
简少 减少,介段 阶段,精济 经济,究竞 究竟,毕竞 毕竟,俱有 具有,根具 根据,依具 依据,系例 系列,停流 停留,网落 网络,脉落 脉络,勉费 免费,免励 勉励,偏制 编制,篇制 编制,偏写 编写,恰谈 洽谈,
融恰 融洽,接恰 接洽,轻斜 倾斜,倾协 倾斜,担认 担任,支识 知识,首续 手续,手序 手续,诉造 塑造,休育 体育,整休 整体,团休 团体,通步 同步,图径 途径,委拖 委托,服物 服务,贡现 贡献,新酬 薪酬,报筹 报酬,薪筹 薪酬,
典形 典型,模形 模型,顺续 顺序,秩续 秩序,连序 连续,寻环 循环,经险 经验,培样 培养,异义 异议,捐增 捐赠,赠加 增加,存再 存在,正再 正在,宗指 宗旨,机治 机制,治订 制订,优制 优质,
赞住 赞助,壮况 状况,资询 咨询,署期 暑期,署假 暑假,严竣 严峻,严俊 严峻,漫延 蔓延,辉皇 辉煌,篷勃 蓬勃,编缉 编辑,斑级 班级,祟高 崇高,分岐 分歧,竟标 竞标,竟价 竞价,浮导 辅导,俯导 辅导,
精典 经典,部份 部分,装璜 装潢,鼓午 鼓舞,杀尾 煞尾,凑和 凑合,大慨 大概,气慨 气概,感概 感慨,安徘 安排,粗旷 粗犷,急燥 急躁,烦燥 烦躁,浮燥 浮躁,干躁 干燥,寒喧 寒暄,宏扬 弘扬,弘大 宏大,倡仪 倡议,
创义 创意,提仪 提议,审仪 审议,评仪 评议,水份 水分,谛结 缔结,采构 采购,技朮 技术,指际 指标,困准 困难,驯练 训练,竞塞 竞赛,比塞 比赛,竞寒 竞赛,统畴 统筹,统愁 统筹,合谐 和谐,
冠通 贯通,贯同 贯通,涌跃 踊跃,大塞 大赛,参塞 参赛,颂发 颁发,颂布 颁布,议器 仪器,设倍 设备,没施 设施,验牧 验收,骨千 骨干,千劲 干劲,问券 问卷,试券 试卷,答券 答卷,持序 持续,不段 不断,汇同 会同,
士地 土地,符盖 覆盖,佘款 余款,迁订 签订,签头 牵头,弭补 弥补,揣磨 揣摩,竟赢 竞赢,密决 秘诀,决窍 诀窍,绝窍 诀窍,火伴 伙伴,招唤 召唤,渲传 宣传,再籍 在籍,拖贫 脱贫,监空 监控,
鉴订 鉴定,互连网 互联网,进一部 进一步,由其是 尤其是,里程牌 里程碑,身分证 身份证,订单斑 订单班,培训斑 培训班,试点斑 试点班,学徒斑 学徒班,百份之 百分之,百份点 百分点,学徒治 学徒制,学分治 学分制,
转业群 专业群,报道率 报到率,公从号 公众号,毕业声 毕业生,高质良 高质量,全复盖 全覆盖,全付盖 全覆盖,思正课 思政课,按步就班 按部就班,按布就班 按部就班,再接再励 再接再厉,一如继往 一如既往,迫不急待 迫不及待,坚苦奋斗 艰苦奋斗,
勤工简学 勤工俭学,穿流不息 川流不息,名符其实 名副其实,名列前矛 名列前茅,产教融和 产教融合,紧密接合 紧密结合,终生学习 终身学习,终生教育 终身教育,终生职业 终身职业,过度阶段 过渡阶段,权利清单 权力清单,
权利下放 权力下放,下放权利 下放权力,执业院校 职业院校,执业教育 职业教育,执业学校 职业学校,执业高中 职业高中,转业带头 专业带头,转业布局 专业布局,助学货款 助学贷款,专任教室 专任教师,兼职教室 兼职教师,
骨干教室 骨干教师,依法制校 依法治校,依法制教 依法治教,寓教与乐 寓教于乐,形势多样 形式多样,形势灵活 形式灵活,一愁莫展 一筹莫展,不径而走 不胫而走,一诺千斤 一诺千金,走头无路 走投无路,谈笑风声 谈笑风生,
相辅相承 相辅相成,一视同人 一视同仁,因地治宜 因地制宜,因地置宜 因地制宜,因才施教 因材施教,实事求事 实事求是,持之以衡 持之以恒,全力以付 全力以赴,齐头并近 齐头并进,循序渐近 循序渐进,与时具进 与时俱进,
与时巨进 与时俱进,卓有成校 卓有成效,行之有校 行之有效,成绩斐燃 成绩斐然,融汇贯通 融会贯通,有条不稳 有条不紊,各施其职 各司其职,各司其则 各司其职,坚持不泄 坚持不懈,契而不舍 锲而不舍,精意求精 精益求精,
层出不群 层出不穷,日新月易 日新月异,万无一矢 万无一失,首当其中 首当其冲,迫在眉捷 迫在眉睫,励精图制 励精图治,厉精图治 励精图治,专业课城 专业课程,德技并休 德技并修,知行和一 知行合一,产教溶合 产教融合,
产教容合 产教融合,校企双圆 校企双元,工匠精身 工匠精神,精准扶平 精准扶贫,脱平攻坚 脱贫攻坚,乡村振新 乡村振兴,绿色通到 绿色通道,意识型态 意识形态,立德数人 立德树人,立德树仁 立德树人,思想正治 思想政治,
课程思正 课程思政,三全育仁 三全育人,资格征书 资格证书,等级征书 等级证书,学历正书 学历证书,学位正书 学位证书,就业形式严峻 就业形势严峻
"""
_PAIRS = {
    wrong: right
    for wrong, _, right in (item.strip().partition(" ") for item in _TABLE.replace("\n", "").split(","))
    if wrong != right
}
# What is wrong only beside other words: a pattern of what stands before and after.  That of a single character begins
# with it, as a sign does.
_CONTEXTS = (
    ("再校", "在校", "(?<![一后经])再校(?![准对验正核订内园外])"),
    ("来原", "来源", "来原(?![始单先来本有因样地则理料件])"),
    ("录续", "陆续", "(?<![目])录续(?![播集制])"),
    ("探所", "探索", "(?<![勘物化])探所(?![属有])"),
    ("授与", "授予", "(?<![面传讲教函])授与(?=[了称奖学荣“0-9]|证书|资格)"),
    ("授于", "授予", "(?<![教讲传面])授于(?![0-9])"),
    ("难已", "难以", "(?<![困疑艰万繁危为])难已(?=[满落达形保完适实持维支承])"),
    ("予已", "予以", "(?<![给授赋准])予已(?=支持|奖励|补助|表彰|解决|公示|落实|倾斜|保障|资助)"),
    ("管里", "管理", "(?<![试软水钢气导血主])管里(?![的面有装程])"),
    ("渠到", "渠道", "(?<![水沟支干])渠到(?![田户村地])"),
    ("参于", "参与", "(?<![高内人党海])参于"),
    ("形像", "形象", "(?<![体外])形像(?![一个])"),
    ("对伍", "队伍", "对伍(?![家姓德])"),
    ("标难", "标准", "(?<![指目招达投商坐超])标难(?![以度点题易])"),
    ("修定", "修订", "(?<![维装必选进整翻自])修定(?![点价额时期位在为])"),
    ("题供", "提供", "(?<![试课专主命习问标真考选])题供"),
    ("赋与", "赋予", "(?<![天禀秉])赋与"),
    ("促近", "促进", "(?<![督敦])促近(?![期年三两五])"),
    ("记划", "计划", "(?<![登书笔日标])记划(?![分转归入])"),
    ("增副", "增幅", "(?<![新])增副(?![高校教职主厅局处])"),
    ("陪训", "培训", "(?<![人程同伴])陪训(?![练])"),
    ("既将", "即将", "既将(?=[于在到完开启投举召建实毕竣挂])"),
    ("帮住", "帮助", "帮住(?![校宿读院])"),
    ("现像", "现象", "(?<![发出表体实呈再])现像"),
    ("对像", "对象", "(?<=[养务持助训查价点生设究])对像"),
    ("处里", "处理", "(?<![事此各到深好用])处里(?![面外边设])"),
    ("治里", "治理", "(?<!自)治里(?!面)"),
    ("宗合", "综合", "(?<![一每两几大多各该此])宗合"),
    ("布署", "部署", "(?<![公发颁])布署(?!名)"),
    ("布暑", "部署", "(?<![公发颁])布暑(?![期假])"),
    ("座落", "坐落", "(?<![讲满])座落(?=[在于])"),
    ("复盖", "覆盖", "(?<![重反恢修回])复盖(?=[全率面了到所]|[0-9])"),
    ("峻工", "竣工", "(?<![严险冷])峻工(?=验收|投|$|[，。；、）])"),
    ("园满", "圆满", "园满(?=完成|成功|结束|落幕)"),
    ("防犯", "防范", "防犯(?![罪人案])"),
    ("规犯", "规范", "(?<!违)规犯(?=化|管理|办学|性|、|，)"),
    ("示犯", "示范", "示犯(?=校|性|点|专业|基地|引领|区)"),
    ("师犯", "师范", "师犯(?=学|大学|类|院|生)"),
    ("统记", "统计", "(?<=据)统记|(?<![系传])统记(?=数据|报表|年鉴|局)"),
    ("设各", "设备", "设各(?=总值|完好|更新|采购|购置|利用率|台套|维护)"),
    ("制做", "制作", "(?<![编定控体机研])制做(?=了|宣传|展板|教具|课件|视频|道具|[0-9])"),
    ("发杨", "发扬", "发杨(?=光大|精神|传统)"),
    ("经废", "经费", "经废(?=[0-9]|支出|保障|投入|预算)"),
    ("帐", "账", "帐(?<![蚊营纱罗床毡军青]帐)(?![篷蓬幕子帘])"),
    ("入员", "人员", "(?<![加收进引录纳吸融列编招载流投转准注介深])入员(?![额工])"),
    ("按排", "安排", "按排(?![名序列放水行])"),
    ("按装", "安装", "按装(?![配置备箱载订运修])"),
    ("己", "已", "己(?<![自克律知利异舍为悦]己)(?=(?:全部|全面|累计|基本|陆续|正式|顺利)?(?:完成|建成|印发|开展|签订|投入|实现|取得|达到|出台|制定|启动|组织|成立|拨付|安排|更换|经|于[0-9]))"),
    ("末", "未", "末(?<![年月周期季度学旬本始岁尾粉微毫篇卷段]末)(?=完成|开展|启动|达标|达到|落实|建成|发生|发现|出现|实施|按|能|经)"),
    ("既使", "即使", "既使(?=在(?!校|职|岗|读|籍)|没有|不[具能是]|未能|遇[到有]|是)"),
    ("定单", "订单", "定单(?=班|式|培养|定向)"),
    ("资源与社会保障", "资源和社会保障", "(?<=人力)资源与社会保障(?=[局厅部])"),
    ("立既", "立即", "立既(?![有定])"),
    ("报道", "报到", "(?<=[校时学员入期生])报道(?=[率，。；]|注册|手续|人数)|报道(?=率|注册|手续|入学)"),
    ("即使", "及时", "即使(?=发放|拨付|足额|兑现|上报|报送|公开|公示|更新|反馈|整改|调整|处理|通报|到位|补充|修订|纠正|掌握|传达|汇报|下达|响应|清退|录入|发到|足额)"),
    ("反应", "反映", "(?<![化学良急敏锁热核应快])反应(?=问题[0-9的]|诉求|实际情况|真实|[^，。；]{0,6}意见)"),
    ("引发", "印发", "(?<![火力])引发了?(?=实施方案|实施意见|通知|管理办法|实施办法|工作方案|文件|细则)"),
    ("纳人", "纳入", "(?<![接容收吸])纳人(?=[目规计统全年范管预财考])"),
    ("以经", "已经", "以经(?=完成|建成|印发|开展|达到|启动|形成|全部|投入|落实|到位)"),
    ("建全", "健全", "(?<![扩新改共筹创组搭修已])建全(?=机制|制度|体系|组织|网络|管理|完善|质量)"),
    ("建康", "健康", "(?<=身心|心理)建康|(?<![共新改扩筹创])建康(?=教育|成长|服务|产业|体检|状况|中国)"),
    ("大副", "大幅", "大副(?=提升|提高|增加|增长|上升|下降|改善|减少|度)"),
    ("近一步", "进一步", "(?<![靠接临附最])近一步(?=[加推完提优强落规扩明健深细发])"),
    ("必需", "必须", "必需(?=加强|坚持|落实|完成|遵守|达到|按|做到|严格|由)"),
    ("聘清", "聘请", "(?<![招应解竞受续返选])聘清"),
    ("作到", "做到", "(?<![工合操运写动协])作到(?![位岗期])"),
    ("检察", "检查", "(?<=督导|安全|专项|现场|日常)检察(?![院官机建长室听公监])"),
    ("形", "型", "形(?<=双师形|复合形|技能形|应用形|创新形|研究形|学习形|示范形)(?=人才|教师|本科|大学|企业|高校|中职|学校)"),
    ("健设", "建设", "(?<!保)健设(?![施备])"),
    ("绿", "率", "绿(?<=[业格学位好成完]绿)(?=[0-9达为]|由[0-9])"),
    ("此", "次", "此(?<=[0-9]人此)(?=[，。；、（]|$)"),
    ("千部", "干部", "(?<![0-9一二三四五六七八九几数上])千部(?!分)"),
    ("入才", "人才", "(?<=[能业秀合养技])入才(?=培养|队伍|引进|评价|需求|缺口)"),
    ("逐部", "逐步", "逐部(?=推[进开广]|完善|提高|提升|扩大|形成|建立|落实|实现)"),
    ("策化", "策划", "(?<![政决对])策化"),
    ("规化", "规划", "(?<![正常法依])规化(?![学解])"),
    ("计化", "计划", "(?<![设统估会审累])计化(?![学解])"),
    ("附合", "符合", "附合(?![同作格])"),
    ("做为", "作为", "(?<![叫当看变比])做为(?![了人期民])"),
)  # fmt: skip


_BY_FREQUENCY = (
    "年人业学中校职教元个进实万的生展训落高情次级况工家企师专院月推培分技项所成合市育计占率为设开其由办一入到课在全资上均证用增不会和政建发与划比能每点制等标省有招县完名期员考部加作国核号提位定地对平评参备行门收新以费报公方理试社"
    "出通务长准数毕组前取程补时度书共按查澄改于单下金结件奖任份及本条机底日财接支导案目内修升大三亿经涉向投至动类规未班录退面放格量术岗织集议台习现同基产助立就配应半指整选起养自总局价批材管线订少意已源过型达联列拨安调减是区百党要"
    "质体范转没委心排民审编来团双第构二聘农免佐文主研周协问申场两后算间限服兼款并承持别事军获得题役档普置小照力受种余抽最代据法活保科府领检果化担电重赛才低布模口优责采施预示认降例初约表届网室满统关历天域车估账权信性额告究践可扩手"
    "徒求册贴测多供轮节使回季纳流库督举请融交了清授式汽各询复享执户另队签较效明首园州步验绩站截控段套负策更励当盖属士捐累水米因记造覆原停四赠印层劳五秀短障待商先积值外相送维荐监缺需息品系咨末青物里素销料我乡撤付革论处好足见启带干"
    "无薪差者运折困派村厅购尚形依召竞称拟净倍之德阶假际舍护失换抵具器盟容注确写从思逐存把讲续引托则老装架正遴子头解或秋综匠贯智他予附强做给含直十访只卷独框酬精筹随道知决反难健序围符骨看留疫缩利群超顶还扶筑互石春再返央延细偏即善填"
    "该创态识消字志愿仅紧压此宣操张亩变世齐视真础块席措径连特读违牌副征卡介登溪族跟界官深摸挂耗茶暂仍移络兵谈津银将土傅图东听硕样离司匹页说鉴馈仿桥被云防片籍踪牵充也练帮幅康探索虚察述镇驻池微走根影艺频营吸邀署风端税归距女响空止贫"
    "往岭稿病堂坚简诉岁岚追厂这观岳笔打鼓环履川始诺弹激都但毛辍跨义快适象贷倾货益色渠募汇址焊衔析草辅播楼包良扣断兴许篇传斜版买江缴城须板路食叶恢仪略非械座稳股攻歧币剩章近债钩房遇函极兑伍严阳警翻沐竣宿话括码绕链答彰想而零凭束冷汀"
    "番床闲固龄慧左右宗宁令混致栏券弱故突浮绍晚幼儿远封贸缓键宽常阅巩如居击战溯黄途拓众治易庭终冠争薄身拿勤唯择史窗住促惠禾概西朔叉卫继男瑞八恒显脱临红晋六画宏友暑烹饪险顾华搭"
)
"""Characters of status texts from the most frequent one on; any other one is rare."""

_RANK = {character: rank for rank, character in enumerate(_BY_FREQUENCY)}


class _Spelling(NamedTuple):
    """A spelling that is found by one of its characters.

    Attributes:
        wrong: the wrong spelling.
        right: the right one.
        offset: the place of the character in it.
        context: the pattern that it must match with what stands around it; None if it is always wrong.
    """

    wrong: str
    right: str
    offset: int
    context: re.Pattern[str] | None = None


def _by_character() -> dict[str, list[_Spelling]]:
    """Return the spellings by the rarest character of each, by which it is found."""
    found: dict[str, list[_Spelling]] = {}
    contexts = [(wrong, right, lazy_regex(context)) for wrong, right, context in _CONTEXTS]
    for wrong, right, context in [*((wrong, right, None) for wrong, right in _PAIRS.items()), *contexts]:
        offset = max(range(len(wrong)), key=lambda index: _RANK.get(wrong[index], len(_RANK)))
        found.setdefault(wrong[offset], []).append(_Spelling(wrong, right, offset, context))
    return found


_BY_CHARACTER = _by_character()
_GROUPS = 6  # of characters, each with the spellings that are tried where one of them stands


def _sign() -> tuple[str, str]:
    """Return the characters of ``_BY_CHARACTER``, and what stands around them in a wrong spelling.

    Before the spellings of a group are tried, characters beside it are looked at, where most searches end.
    """
    single: dict[str, str] = {}
    groups: dict[bool, dict[int, list[_Spelling]]] = {True: {}, False: {}}
    for character, spellings in _BY_CHARACTER.items():
        for spelling in spellings:
            if spelling.wrong == character and spelling.context:
                single[character] = spelling.context.pattern[1:].replace("$", f"$|{SEPARATOR}")
            else:
                groups[spelling.offset == 0].setdefault(ord(character) % _GROUPS, []).append(spelling)
    branches = [f"(?<=[{''.join(single)}])(?:{'|'.join(f'(?<={key}){rest}' for key, rest in single.items())})"]
    for first, group in groups.items():
        one_of = "|".join(_near(members, first=first) + _whole(members, first=first) for members in group.values())
        branches.append(f"{_near(chain.from_iterable(group.values()), first=first)}(?:{one_of})")
    return "".join(_BY_CHARACTER), "|".join(branches)


def _near(spellings: Iterable[_Spelling], *, first: bool) -> str:
    """Return the pattern that the character of a spelling stands before an offset, and another of it beside that."""
    found = [(item.wrong[item.offset], item.wrong[1 if first else item.offset - 1]) for item in spellings]
    characters, beside = ("".join(sorted({*part})) for part in zip(*found, strict=True))
    return f"(?<=[{characters}]){f'(?=[{beside}])' if first else f'(?<=[{beside}].)'}"


def _whole(spellings: Iterable[_Spelling], *, first: bool) -> str:
    """Return the pattern that one of some spellings stands around the offset behind its character."""
    together: dict[str | int, list[tuple[str, str]]] = {}
    for wrong, _, offset, _ in spellings:
        before, behind = wrong[: offset + 1], wrong[offset + 1 :]
        together.setdefault(before if first else offset, []).append((before, behind))
    halves = [["|".join(sorted({*half})) for half in zip(*members, strict=True)] for members in together.values()]
    return f"(?={'|'.join(f'(?<={before})(?:{behind})' for before, behind in halves)})"


sign = Pattern(any_of(_sign()), prose=True)


def check(passage: Passage) -> Iterator[TextMatch]:
    """Report every misspelling of the table, in the words of the unit."""
    text = passage.prose
    found = passage.offsets.get(sign)
    for at in sorted(sign.offsets(text)) if found is None else found:
        for wrong, right, offset, context in _BY_CHARACTER[text[at]]:
            begin = at - offset
            if begin < 0 or not text.startswith(wrong, begin):
                continue
            if context.match(text, begin) if context else not _is_end_and_beginning(text, begin, wrong):
                yield _make_match(passage.text, begin, wrong, right)


def _is_end_and_beginning(text: str, begin: int, wrong: str) -> bool:
    """Check whether a misspelling is rather the end of one word and the beginning of another: 机治 of 危机治理."""
    return len(wrong) == len("机治") and begins_word(text, begin + 1)


def _make_match(text: str, begin: int, wrong: str, right: str) -> TextMatch:
    end = begin + len(wrong)
    message = f"{excerpt(text, begin, end)}里的“{wrong}”应为“{right}”"
    return TextMatch(begin, end, message, f"改成“{right}”；zhijiao20 validate --fix 可以一次改完", right)
