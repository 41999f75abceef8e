"""What a counted thing is: a fact (四项承诺), a figure of speech (一个良好的环境) or a name (三德)."""

from __future__ import annotations

import re
from functools import cache

from drafter.numbers.lexicon import load_words
from drafter.numbers.page import Page, Reading

_OPEN = "“\"'‘「『"
_CLOSE = "”\"'’」』“"
_QUOTE_REACH = 12

_LIST_END = re.compile(r"\s*(?:$|[，,。；;、）)\n：:])")
_FREQUENCY = re.compile(
    r"(?:每|各|逐|至少|不少于|人均|户均|村均|平均|原则上|一般)"
    r"(?:逢|隔)?(?:[一二两三四五六七八九十半\d]{0,3}个?)"
    r"(?:年|月|周|天|日|季度|季|旬|学期|户|人|名|村|社区|支部|组|单位|党员|干部|机关|家|校|班)?",
)
_SUM = re.compile(
    r"(?:共|仅|只|共有|共计|合计|累计|总计|其中|各|新增|增设|增加|减少|购置|购买|购|下设|下辖|辖|现有|已有|另有|安装|修建|新建|兴建|建成|改建|扩建|修缮|荣获|获得|获|"
    r"查处|查获|抓获|破获|捣毁|取缔|关闭|拆除|发生|出生|死亡|聘请|聘用|招聘|引进|设有|设立|设置|配备|配置|配|转正|选派|选出|评选出|评出|调处|办结|落实|添置|固定|流转|发展|吸收)(?:了|有|起|出)?$",
)
_EVENTS = re.compile(r"(?:组织|召开|举办|开展|进行|举行|组织开展|参加|接受|发放|签订|印发|出版|编印|制作|制定|撰写|建|建立|成立|组建|选|选举|培养|培训|表彰|推荐)(?:了|过)?$")
_NOT_COUNTED = re.compile(r"(?:是|为|成|像|作为|成为|当作|打造成|建设成|形成|营造|创造|搭建|树立|掀起|注入|构筑|筑牢|筑起|构建|提供|奠定|留下|展现|呈现|起到|迈上|上|走出|开创|架起|这|那|某|同|另|任|哪|唯|新|前|头|下)(?:了|出|起|着|好)?$")
_ALWAYS_COUNTED = frozenset("次 天 年 周 户 家 起 例 篇 期 人次 场次 户次 小时 分钟 元 亩 公里 米 吨 斤 栋 辆 台 只 头 株 棵 对 册 箱 袋 桶 票 倍 成 轮 遍 趟 周年 届".split())


@cache
def _figurative() -> frozenset[str]:
    """Return the measure words after which a bare 一 is an indefinite article."""
    return frozenset(load_words("figurative"))


@cache
def _compounds() -> frozenset[str]:
    """Return words that only look like a measure word and its noun: 家庭 after 零, 支部 after 两."""
    return frozenset(load_words("compounds"))


def judge(page: Page, reading: Reading, digits: str) -> Reading:
    """Return `reading` with the kind that its surroundings give it; `digits` is the bare numeral."""
    if reading.kind not in ("quantity", "money"):
        return reading
    if digits[0].isdigit():
        return _judge_arabic(page, reading)
    if reading.approx is not None:
        return reading
    if in_short_quotation(page, reading.start, reading.end) and not reading.unit == "元":
        return _name(reading)
    if reading.unit is None and _stands_alone(page, reading, digits):
        return reading
    if reading.unit is None or _is_compound(page, reading) or _is_place(page, reading):
        return _name(reading)
    if _is_label(page, reading, digits):
        return _name(reading)
    if digits in ("百", "千", "万", "亿"):
        return _judge_bare_scale(page, reading)
    if digits == "一":
        return _judge_one(page, reading)
    if reading.unit == "个" and len(digits) <= 2 and _slogan_follows(page, reading.end):
        return _name(reading)
    return reading


def _name(reading: Reading) -> Reading:
    return reading._replace(kind="name", value=None, upper=None, unit=None, approx=None)


def _figure_of_speech(reading: Reading) -> Reading:
    return reading._replace(kind="structural", value=None, upper=None, unit=None, approx=None)


def in_short_quotation(page: Page, start: int, end: int) -> bool:
    """Tell whether `[start, end)` lies in a quotation of a few words without punctuation: “加强三个建设”."""
    before = page.before(start, _QUOTE_REACH)
    opened = max(before.rfind(mark) for mark in _OPEN)
    after = page.after(end, _QUOTE_REACH)
    closed = min((at for at in (after.find(mark) for mark in _CLOSE) if at >= 0), default=-1)
    if opened < 0 or closed < 0:
        return False
    inside = before[opened + 1 :] + after[:closed]
    return len(inside) < _QUOTE_REACH and not re.search(rf"[，,。；;：:\n{_OPEN}{_CLOSE}]", inside)


def _judge_arabic(page: Page, reading: Reading) -> Reading:
    """Return what a number in digits is: nearly always a fact, but for addresses, titles and norms."""
    text = page.text
    if reading.unit == "字" and re.match(r"(?:的|基本|社会主义|公民|核心)*(?:道德|方针|要求|规范|价值|箴言|口诀|诀|工作法|核心)", page.after(reading.end, 8)):
        return _name(reading)
    if reading.unit in ("栋", "幢", "单元", "组", "站") and re.search(r"[村苑区庄园城院寓付里楼]$", page.before(reading.start, 1)) and not re.search(r"(?:小区|社区|校园|园区|[全本该各我]村)$", page.before(reading.start, 2)):
        return _name(reading)
    if reading.unit is None and reading.kind == "quantity":
        if re.match(r"号|室|弄|幢楼|路|线|国道|省道|县道|高速|公交|路车|后(?!，|,|。|续|期)|时代|版", page.after(reading.end, 2)):
            return _name(reading)
        if "《" in page.before(reading.start, _QUOTE_REACH) and "》" in page.after(reading.end, _QUOTE_REACH):
            return _name(reading)
    if reading.end < len(text) and text[reading.end] == "号" and reading.unit is None:
        return _name(reading)
    return reading


def _stands_alone(page: Page, reading: Reading, digits: str) -> bool:
    """Tell whether a numeral without a measure word still states an amount: 调解一百二十六，"""
    if re.search(r"[百千万亿]", digits) and len(digits) > 1:
        return True
    return len(digits) > 1 and not "\u4e00" <= page.after(reading.end, 1) <= "\u9fff" and digits[0] not in "〇零"


def _is_compound(page: Page, reading: Reading) -> bool:
    """Tell whether the measure word only begins another word: 零家庭, 两支部, 三道德."""
    unit = reading.unit or ""
    here = reading.end - len(unit)
    return any(page.text[here : here + size] in _compounds() for size in (2, 3, 4))


def _is_place(page: Page, reading: Reading) -> bool:
    """Tell whether numeral and measure word begin the name of a place: 十五里河, 八里庄, 三家村."""
    return (reading.unit or "")[-1:] in "里家门道台间亩户棵眼口塘班" and bool(
        re.match(r"[河沟湾桥塘岭山湖岗坡堡寨庄营屯街巷路镇乡铺店坝口峡井村](?!民|委|道|个)", page.after(reading.end, 2)),
    )


def _is_label(page: Page, reading: Reading, digits: str) -> bool:
    """Tell whether the numeral names a grade, a phase or a class instead of counting: 三级, 二期工程, 一胎."""
    unit, after = reading.unit or "", page.after(reading.end, 4)
    if unit in ("级", "类", "组", "胎", "年级", "等", "层", "线", "代", "号", "村", "镇", "乡", "社区", "校", "厂", "县", "市", "省", "区", "中", "路", "季", "门", "段", "问", "连", "营", "团", "房", "档", "星", "行", "手", "任", "书", "站", "方", "局"):
        return True
    if unit == "期":
        return bool(re.match(r"工程|项目|建设|改造|施工|规划|开发|整治", after))
    if unit == "次":
        return bool(re.match(r"党代会|党员代表|人代会|代表大会|全会|全国|全体会议|创业|供水|污染|生产", after))
    if unit == "班":
        return after.startswith("人") or page.before(reading.start, 2) == "年级"
    if unit == "人" and digits == "一":
        return bool(re.search(r"[无同独]$", page.before(reading.start, 1)))
    return False


def _slogan_follows(page: Page, end: int) -> bool:
    """Tell whether 三个 goes on as a slogan: 三个到位, 四个不, 五个有."""
    return bool(
        re.match(
            r"不(?!同|足|稳|合)|有(?![关名限效])|好(?![人的])|没有|进(?![修口])|必须|到位|结合|统一|强化|延伸|转变|提升(?!工程|行动)|坚持|确保|一(?!级|类|线|体)"
            r"|带头|率先|敢于|善于|突出|严禁|加强|明确|落实|注重|满意|凡是|决不|绝不|务必|零(?!星|散)|百分百",
            page.after(end, 4),
        ),
    )


def _judge_bare_scale(page: Page, reading: Reading) -> Reading:
    """Return whether 万元 lost its number (资金万元) or belongs to a name (万亩良田, 百名教师大走访)."""
    after = page.after(reading.end, 1)
    if _LIST_END.match(page.after(reading.end, 2)) or after in "增减降升从自用" or (reading.unit == "元" and after not in "户级产大G以"):
        return reading._replace(start=reading.start, end=reading.start, kind="hole", value=None)
    return _name(reading)


def _judge_one(page: Page, reading: Reading) -> Reading:
    """Return whether 一 counts (制定方案一份, 每月一次) or is the indefinite article."""
    unit = reading.unit or ""
    before, after = page.clause_before(reading.start), page.after(reading.end, 8)
    if re.search(r"一\w$", page.before(reading.start, 2)) or re.match(r"一\w", page.after(reading.end, 2)) and not re.match(r"一[次场期篇名]", page.after(reading.end, 2)):
        return _name(reading)
    if unit not in ("段", "种", "些") and _is_frequency(page, reading, unit):
        return reading
    if re.match(r"[都也]?不", after):
        return _figure_of_speech(reading)
    if _has_siblings(page, reading, unit):
        return reading
    if before.endswith(("每", "这", "那", "某", "同", "另", "任", "哪", "新", "唯", "上", "下", "前", "头")):
        return _figure_of_speech(reading)
    if unit not in _figurative() or (unit == "番" and re.search(r"翻[了过]?$", before)):
        return reading
    if _LIST_END.match(after) and re.search(r"[\u4e00-\u9fff”》]$", before) and not _NOT_COUNTED.search(before) and not re.search(r"(?:了|的|做)$", before):
        return reading
    if _SUM.search(before) and not re.match(r"[^，,。；;]{0,10}的", after):
        return reading
    return _figure_of_speech(reading)


def _has_siblings(page: Page, reading: Reading, unit: str) -> bool:
    """Tell whether the sentence counts other things by the same measure word: 三名获省级表彰，一名获市级表彰."""
    if unit in ("种", "段", "些", "个") or re.match(r"[^，,。；;]{0,10}的", page.after(reading.end, 12)):
        return False
    more = re.compile(rf"(?:[二两三四五六七八九十百]|\d)[余多]?{re.escape(unit)}(?!人)")
    around = page.sentence_before(reading.start)[-24:] + "|" + page.sentence_after(reading.end)[:24]
    return more.search(around) is not None


def _is_frequency(page: Page, reading: Reading, unit: str) -> bool:
    """Tell whether the sentence says how often: 每季度给党员上一次党课."""
    if not (unit in _ALWAYS_COUNTED or unit in ("场", "本", "份", "名", "堂", "个", "件", "项", "条")):
        return False
    before = page.sentence_before(reading.start)[-16:]
    found = re.search(r"每(?!一)(?:[一二两三四五六七八九十半\d]{0,3}个?)(?:年|月|周|天|日|季度|季|旬|学期|户|人|名|村|社区|支部|组|班|校|单位)", before)
    return found is not None and not before.endswith("每")


_ = (_FREQUENCY, _EVENTS)
