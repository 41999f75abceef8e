"""Places where a number was stripped out: 举办培训班▯期▯人次."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.page import Page, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = r"(?=[，,。；;、：:（）()！!\n ]|$)"
_STOPS = "，,。；;、：:（）()！!“”《》\n \t"

_WORD_ENDS: dict[str, str] = {
    "期": "学时工近长初周后定任前中分日早晚短延过限假预按同暑寒花汛孕婚产哺青更成冬夏春秋雨旱本上下每当此该各汛活远农孵展刑缓到逾如为如",
    "场": "市广现立农商牧林在到登入离战考操机车磁气收渔捧剧专疗圆赌官情职赛退菜工靶体道片怯驻主开当",
    "条": "头信面纸线枝链皮油布荆薯粉木车柳教每各逐上下本该",
    "块": "板地模土石大小砖方条整片",
    "座": "讲星底插茶在客满就让列首入宝雅坐底王",
    "套": "配成外手全整圈老俗河笔被外封绊客龙每",
    "份": "身月省股年成部缘辈名备每本",
    "幅": "横大增涨降振篇播画条巨满升减跌波单小",
    "篇": "开短长中全诗连谋新首续本",
    "起": "一发掀兴拿做抓引崛升想说竖撑扬立扛建挑挂架搭树唤激燃提看比吹擦早对得不起了筑担涌举奋突肩领隆缘源聚负买惹响捡勾鼓卷收拾拼涨打站每",
    "件": "文条案事信证邮部软配零稿要硬构备附插计抄物元组快急每密函来",
    "册": "手画注名图簿在分史每",
    "本": "基根读样为成资书版日剧课文标副原亏木范每该蓝教够够忘治固血赔笔户口台账记账赔珍",
    "户": "用客农困保访商住入账窗门租落养种大销立过首开散特屠每养各该挨逐分到迁万暴屯船渔猎菜烟粮果棉茶店企股业赁军属",
    "名": "签报姓著排书实提除命署知闻有成出扬地无同笔冠更改点匿定第化美骂虚署驰联每单莫",
    "座位": "",
    "栋": "",
    "吨": "",
    "亩": "田每",
    "株": "植病守每",
    "例": "条事案比病惯举图示体首前战先通婚违", "宗": "大卷祖正", "枚": "", "羽": "党项","台": "平舞出电阳后灶窗站讲柜擂烟塔看前吧露楼站凉炮灯每下亭瑶茅歌琴五邢烽",
    "项": "事各选强专款奖单多逐立分弱义杂进该本每缓欠各",
    "处": "办到好深相各用等管之四难坏害妥惩查长短远近随居益别此该每何共独科暂一本本事副正审判刑何",
    "支": "收开党透总一超枝分列干预借本各",
    "批": "审一分大首报呈眉点每前本上该这成",
    "家": "国大专回商居厂农独老全作搬店亲住人皇自东画儿当在成理公离想顾想科持酒冤百万每管起养管安爱各买卖卖买企我你他",
    "对": "面针应结相绝反敌成一配核校每不查比派",
    "次": "层档批人名依多再首此本每班上下各数席车度版场家户两主其造漏屡逐渐历位降几该那这任",
    "个": "各整逐某每挨哪那这几一半真单",
    "天": "今每冬春白几聊蓝昨明夏秋后前当整全半晴雨阴露航一那这上滔先",
    "节课": "",
    "棵": "每",
    "辆": "车每",
    "间": "时期房民空之夜车中晚晨期区居其乡人世田午离瞬晨阳坊林卫工日行年课套单",
    "所": "派场厕研事出会住处诊公务厅馆寓托收各每哨",
    "张": "主紧夸扩纸开嚣扩慌铺声舒每一伸乖",
    "米": "玉大稻小厘毫纳虾粳黑糯平方立每",
    "元": "多单公状纪美欧日港二一三解寒开每上中下为次亿万位千百银金复",
    "人": "",
    "位": "单岗到点各定地部学床席职品主诸方上本全档座名换在缺篡即退诸穴车水各每",
    "组": "小分编班党重改每本各该村联",
    "班": "培领值专上下接晚夜早训当跟轮各每戏学兴研补同换",
    "轮": "",
    "面": "",
}
"""Characters that end an everyday word together with the measure word: 市场, 身份, 条件."""

_FINAL = "盏 羽 枚 例 宗 册 篇 幅 块 条 座 套 份 期 场 起 件 栋 吨 亩 株 台 项 处 支 批 家 对 次 个 天 棵 辆 张 户 名 本 位 班 所 间 米 元".split()
_SURE_FINAL = frozenset("吨 亩 株 栋".split())
_LONG = "场次 人次 家次 户次 辆次 班次 车次 件次 万元 亿元 万亩 万册 万份 万人次 万人 万平方米 万吨 万公里 平方米 立方米 公里 公顷 平方公里 千米 公斤 毫升 万毫升 万千瓦时 个百分点 万户 万株 万尾 万头 万只 万羽 万件 万张 万条 万亿元".split()
_VERBS = re.compile(
    r"成功|共|计|达|约|近|超|增|减|降|升|到|至|为|是|发|办|召|组织|开展|进行|参|加|与|理|解|查|改|现|访|问|及|众|收|入|资|投|完成|建|设|装|购|订|出|制|印|贴|挂|刊|写|撰|报|送|捐|救|助|扶|养|种|栽|植|清|拆|运|处|置|治|复|修|铺|硬|亮|绿|植|招|引|签|评|选|表彰|授|获|得|接|待|救|抓|破|缴|毁|立|审|结|巡|逻|演|放|映|展|赛|训|讲|宣|化|征|集|采|纳|用|有|率|额|量|数|总|面积|登记|安置|迁|搬|调|派|劝|导|解决|落实|赠|推|树|配|落|编",
)
_PLAIN_NOUN = re.compile(r"(?:志愿者|党员|老人|群众|居民|人员|学生|干部|职工|儿童|妇女|青年|村民|教师|师生|代表|积极分子|退役军人|残疾人|对象|家长|惠及|受益|受众|人口|增加到|减少到|下降到|上升到|提高到|参加|参与|达|增至|共|计|约|近|超|新增|就业|转移|输出|培训|发展|出动|接待|慰问|走访|安置|救助|资助|招聘|吸纳)$")


def _ends(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


class _Rule(NamedTuple):
    """A place for a number: what follows the gap, and what must stand in front of it."""

    name: str
    here: re.Pattern[str]
    before: re.Pattern[str] | None = None


def _rule(name: str, here: str, before: str | None = None) -> _Rule:
    return _Rule(name, re.compile(here), re.compile(rf"(?:{before})$") if before else None)


@cache
def _rules() -> tuple[_Rule, ...]:
    """Return the rules, the surest first."""
    final = _ends(_FINAL + _LONG)
    unit = _ends([*_LONG, *_FINAL, "人", "岁", "年", "天", "种"])
    sure = _ends([*_LONG, *"人 元 户 册 份 篇 件 起 亩 吨 名".split()])
    return (
        _rule("few", rf"(?P<few>近余|余)(?P<unit>{unit})"),
        _rule("near", rf"(?P<few>近|约|达|超|逾|超过|突破|不足)(?P<unit>{sure}){_END}"),
        _rule("ordinal", r"(?P<unit>[个届期次批条轮])(?!性)", "第"),
        _rule("percent", r"(?P<unit>[%‰])", r"[率比重达到在占的至为约近超加长降高升]"),
        _rule("above", r"(?P<unit>)(?=以上|以下|左右)", "率达|率在|率超|例达|到达|率为|率均达|率达到|持在|定在"),
        _rule("month", r"(?P<unit>月)(?![初底末份度饼亮球季收嫂票])", "今年|去年|上年|自|于|从|截至|截止|截止到"),
        _rule("monthend", r"(?P<unit>月)(?=[初底末])", "截至|截止|截止到|到今年|至今年"),
        _rule("day", r"(?P<unit>日)(?=[，,、至起，以])", r"(?<!年)[自于从]月|今年月|去年月"),
        _rule("year", r"(?P<unit>年)(?=以来|开始|起)", "自|至"),
        _rule("eve", r"(?P<unit>)(?=前夕)", "今年|去年|上年"),
        _rule("age", r"(?P<unit>岁)(?=以上|以下|及以|至|的)"),
        _rule("final", rf"(?P<unit>{final}){_END}"),
        _rule("points", r"(?P<unit>个百分点)", "[高降升了加少低长]"),
        _rule("chain", r"(?P<unit>期|场|次|个|家|户)(?=余?(?:人次|家次|户次|人))", "班|讲座|培训|活动|演出|讲堂|课堂|宣传|党课|会议|会|低保户|困难户|五保户|贫困户|居民|农户|村民"),
        _rule("person", rf"(?P<unit>人次|人|家次|户次|场次|位){_END}"),
        _rule("initial", _INITIAL, r"^|[，,。；;、：:（(\n为对将把从在由向给与让使有达共区现和及]"),
        _rule("money", r"(?P<few>余)?(?P<unit>万元|亿元|元)(?![户旦月素老宵气首件帅凶])", _MONEY_LEAD),
        _rule("shift", rf"(?P<unit>班|次|小时){_END}", "每日|每天|每周|每月|每晚"),
        _rule("mid", r"(?P<unit>次|场|班|天|万元|个|家|名|人)(?=增|减|降|升|专|餐|下|提|扩)", _MID_LEAD),
    )


_MONEY_LEAD = "价值|资金|投资|收入|补助|补贴|人均|户均|捐款|款项|利润|产值|税收|合计|总额|善款|物资|支出|从|由|达|计|共|金|引资|到位|至"
_MID_LEAD = "去年的|上年的|年初的|原来的|从|由|达|到|至|按|用时|历时|召开|开展|举办|每日|每天|辖区|连续"
_INITIAL = (
    r"(?P<unit>个(?![人体别性个])|名(?![单称义字额牌优录木人师册副片次气誉列为著贵校门存声利词家山胜目])|位(?![于置居列次数移])"
    r"|户(?![外口籍主型数均户用])|处(?![理置罚于处分长级事境方女所世])|支(?![部持付出书撑援委教农柱行线气流配]|队(?!伍))"
    r"|家(?![庭长园属电访禽具里乡家政务人中教居业装校住境常风训])|座(?![谈位右椅落])|条(?![件例款块线文约目理])"
    r"|起(?![好来到步草点诉初早因源立伏居用])|篇(?![章幅目])|件(?![次])|项(?![目链工活重决任])|辆|栋|株(?!洲)|棵"
    r"|份(?![额内])|次(?![年日要性序长])|期(?![间望待限满刊末货盼中内]))(?=[\u4e00-\u9fff])"
)


def find_holes(page: Page, readings: Sequence[Reading]) -> list[Reading]:
    """Return the holes of the text in reading order; none lies in or right behind a reading."""
    text = page.text
    starts = [reading.start for reading in readings]
    found: dict[int, Reading] = {}

    def free(at: int, end: int, *, touching: bool) -> bool:
        index = bisect_right(starts, at) - 1
        if index >= 0 and readings[index].end > at - (0 if touching or readings[index].kind is None else 1):
            return False
        following = readings[index + 1] if index + 1 < len(readings) else None
        return following is None or following.start >= end or following.kind is None

    for rule in _rules():
        for match in rule.here.finditer(text):
            unit, few = match["unit"], match.groupdict().get("few") or ""
            at = match.start() + (len(few) if rule.name == "near" else 0)
            if at in found or at - 1 in found and few == "" and found[at - 1].approx or not free(match.start(), max(match.end(), match.start() + 1), touching=rule.name == "age"):
                continue
            if rule.before is not None and rule.before.search(page.before(match.start(), 5).rstrip(" ")) is None:
                continue
            if not _needs_number(page, rule.name, match.start(), unit, few):
                continue
            approx = few if few != "达" else ""
            if approx == "近余":
                approx, at = "近+余", at + 1
            found[at] = Reading(at, at, "hole", unit=unit or ("%" if rule.name == "above" else None), approx=approx or None)
    return [found[at] for at in sorted(found)]


def _needs_number(page: Page, name: str, at: int, unit: str, few: str) -> bool:
    """Tell whether the measure word at `at` stands where a number must be."""
    text = page.text
    gap = at > 1 and text[at - 1] == " " and "\u4e00" <= text[at - 2] <= "\u9fff"
    if gap:
        at -= 1
    before = text[at - 1] if at else "\n"
    if unit and text.startswith(unit * 2, at + gap):
        return False
    if name == "few":
        return few == "近余" or before not in "其剩业残多有盈结宽富节空冗之课公年工岁十百千万亿0123456789个日月天里米次元斤亩"
    if name == "near":
        return before not in "附最远将靠贴临接条契新亲邻表到"
    if name == "final":
        if len(unit) > 1:
            return "\u4e00" <= before <= "\u9fff" and before not in "几数多上百千每每"
        if not "\u4e00" <= before <= "\u9fff" and before not in "》”":
            return False
        return before not in _WORD_ENDS.get(unit, "") and before not in "几数多每各这那某整半上前首两本该此人去" and (gap or unit in _SURE_FINAL or (unit in "名户" and bool(_PLAIN_NOUN.search(page.clause_before(at)))) or bool(_VERBS.search(page.clause_before(at))))
    if name == "person":
        clause = page.clause_before(at)
        if before in _WORD_ENDS.get(unit, ""):
            return False
        return bool(_PLAIN_NOUN.search(clause)) or (unit != "人" and unit != "位" and bool(clause))
    if name == "initial":
        if unit == "项" and before not in _STOPS:
            return False
        return before not in "为有" or unit in ("名", "位", "个", "户")
    return True
