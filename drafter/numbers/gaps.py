"""The rules by which stripped numbers are looked for: what follows the gap, what stands in front of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.lexicon import any_of, load_table

if TYPE_CHECKING:
    from collections.abc import Mapping

_END = r"(?=[，,。；;、：:（）()！!\n ]|$)"
_NOT_MONEY = "户旦月素老宵气首件帅凶"
_EVENTS = "班|讲座|培训|活动|演出|讲堂|课堂|宣传|党课|会|低保户|困难户|五保户|贫困户|居民|农户|村民"


_DONE = "(?:现|现已|已|均|皆|也|均已|已经)?(?:全部|全数|悉数|均已|均|已)"
_PERSONAL = "数均次口才员选们身力事气格心情文为民际物家大人防手群工造头声满潮流海影烟来山"
"""What 人 begins another word with: 人数, 人员, 人才."""
_TARGETED = "户|亩|万亩|万元|亿元|人|座|个|吨|公里|人次"
_TARGET = "的(?:全年|年度|年初)?(?:任务|目标|计划|指标)"


class Rule(NamedTuple):
    """A place for a number: what follows the gap, and what must stand in front of it."""

    name: str
    here: str
    before: str | None = None


NEEDS = {
    "few": "余",
    "near": "近约达超逾破足",
    "ordinal": "第",
    "percent": "%‰",
    "above": "以左",
    "month": "月",
    "day": "日",
    "year": "年",
    "eve": "夕",
    "age": "岁",
    "points": "点",
    "mean": "每",
    "shift": "每",
    "aged": "岁",
    "aging": "岁",
    "among": "中",
    "opening": "人",
}
"""One of the characters without which a text holds no such gap."""


@cache
def literals(before: str | None) -> tuple[str, ...]:
    """Return the plain words of which a text with such a gap must hold one; none for a pattern."""
    words = (before or "").removeprefix("(?:").removesuffix(")")
    plain = all(char == "|" or "\u4e00" <= char <= "\u9fff" for char in words)
    return tuple(words.split("|")) if plain and words else ()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, made when a text first calls for it."""
    return re.compile(pattern)


@cache
def gap_rules() -> tuple[Rule, ...]:
    """Return the rules, the surest first."""
    words = load_table("holes")
    final = any_of([*words["final"], *words["long"]])
    unit = any_of([*words["long"], *words["final"], "人", "岁", "年", "天", "种"])
    sure = any_of([*words["long"], *("人", "元", "户", "册", "份", "篇", "件", "起", "亩", "吨", "名")])
    return (
        Rule("few", rf"(?P<few>近余|余)(?P<unit>{unit})"),
        Rule("near", rf"(?P<few>近|约|达|超|逾|超过|突破|不足)(?P<unit>{sure}){_END}"),
        Rule("near", r"(?P<few>近|约|超|逾|超过|突破|不足)(?P<unit>[万亿]元)(?!户)"),
        Rule("ordinal", r"(?P<unit>[个届期次批条轮])(?!性)", "第"),
        Rule("percent", r"(?P<unit>[%‰])", r"^|[^\d]"),
        Rule("above", r"(?P<unit>)(?=以上|以下|左右)", "率达|率在|率超|例达|到达|率为|均达|率达到|持在|定在"),
        Rule("month", r"(?P<unit>月)(?![初底末份度饼亮球季收嫂票])", "今年|去年|上年|自|于|从|截[至止]到?"),
        Rule("month", r"(?P<unit>月)(?=[初底末])", "截[至止]到?|[到至]今年"),
        Rule("month", r"(?P<unit>月)(?=份?[，,])", r"^|[\n。；]|月份?[至到]"),
        Rule("day", r"(?P<unit>日)(?=[，,、至起，以])", r"(?<!年)[自于从]月|今年月|去年月"),
        Rule("year", r"(?P<unit>年)(?=以来|开始|起)", "自|至"),
        Rule("eve", r"(?P<unit>)(?=前夕)", "今年|去年|上年"),
        Rule("age", r"(?P<unit>岁)(?=以上|以下|及以|至|的)"),
        Rule("final", rf"(?P<unit>{final}){_END}"),
        Rule("points", r"(?P<unit>个百分点)", "[高降升了加少低长]"),
        Rule("chain", r"(?P<unit>期|场|次|个|家|户)(?=余?(?:人次|家次|户次|人))", _EVENTS),
        Rule("person", rf"(?P<unit>人次|人|家次|户次|场次|位){_END}"),
        Rule("noun", _before_noun()),
        Rule("chain", r"(?P<unit>户)(?=、\d+人)", "将|为|有|共|帮扶|纳入"),
        Rule("pair", r"(?P<unit>支|批|轮|场|期|户|家|起|例|笔|宗)(?=\d[\d.]{0,8}万?(?:人|元))"),
        Rule("area", r"(?P<unit>平方米|平方公里|立方米|公里|公顷|亩(?![产均数])|吨(?!位))(?![/每])"),
        Rule(
            "people",
            rf"(?P<unit>人)(?={any_of(words['doing'])})",
            r"^|[，,。；;、：:\n]|解决|其中|使|让|造成",
        ),
        Rule("member", r"(?P<unit>人)(?=[^\x00-\x7f\W])(?![均口家员次])", r"\d户(?:[^，。；、\d]{0,4}、)?"),
        Rule("member", rf"(?P<unit>人|名|人次){_END}", "[户支批件场轮期次起所]"),
        Rule(
            "initial",
            _initial(),
            r"^|其中|剩余|其余|[，,。；;、：:（(\n为对将把从在由向给与让使有达共区现和及仅织]",
        ),
        Rule("money", rf"(?P<few>余)?(?P<unit>万元|亿元|元)(?![{_NOT_MONEY}])", any_of(words["money"])),
        Rule("mean", rf"(?P<unit>{any_of([*words['final'], *words['long'], '人'])}){_END}", _EACH),
        Rule(
            "shift", rf"(?P<unit>班|次|小时|组|人){_END}", "每[日天周月晚](?:安排|出动|组织|派出|轮换|值守)?"
        ),
        Rule(
            "shift",
            rf"(?P<unit>人|名)(?=[^\x00-\x7f\W]{{2}})(?![{_PERSONAL}单额称义])",
            "每[日天周月晚](?:安排|出动|组织|派出|轮换|值守)?",
        ),
        Rule("among", r"(?P<unit>户)(?=中[，,已有])", r"全[镇村县区市乡]|全社区|全街道"),
        Rule("among", r"(?P<unit>名)(?=[^\x00-\x7f\W]{2})(?![单额称列牌誉义为])", r"(?<![其集高初当])中"),
        Rule("noun", r"(?P<unit>个)(?=班[，,、。；])", "设|开办|举办|组建"),
        Rule("noun", r"(?P<unit>家)(?=[^\x00-\x7f\W]{1,3}(?:商户|企业|单位|门店|餐饮))", "为|对|向|给|使"),
        Rule("parted", rf"(?P<unit>组|队|班|片|块|类|批|档){_END}", "分为|分成|编为|编成|划为"),
        Rule(
            "reached",
            rf"(?P<unit>{final}|人次|万元|亿元|公里|人)(?=[增降减升扩翻]|提高|发展|下降|压减|调整|壮大|上涨|攀升|跃升|拓展)",
            "[由从](?:(?:上年|去年|年初)?的?)|每人每[月年]|每户每[月年]",
        ),
        Rule(
            "middle",
            r"(?P<unit>次|场|班|天|万元|个|家|名|人)(?=增|减|降|升|专|餐|下|提|扩)",
            any_of(words["middle"]),
        ),
        Rule("settled", rf"(?P<unit>个|处|件|起|条|户|宗|项|批|例)(?={_DONE})", any_of(words["settled"])),
        Rule("alone", rf"(?P<unit>{final}|人|人次)(?=[，,。；;、]|$)", r"[，,、；;：:]"),
        Rule(
            "respective",
            rf"(?P<unit>{final}|人|人次)(?=[和与、及][^，。；]{{0,4}}\d)",
            "分别为|分别达|分别有|分别是|分别达到",
        ),
        *_after_words(words, final),
        Rule("target", rf"(?P<unit>{final}|{_TARGETED})(?={_TARGET})", "完成|超额|超过|超出"),
        Rule(
            "people",
            rf"(?P<unit>人)(?=[^\x00-\x7f\W])(?![{_PERSONAL}])",
            rf"{any_of(words['several'])}|[队社会学党职团官教协导]员|全年|年内",
        ),
        Rule(
            "noun",
            rf"(?P<unit>名)(?=[^\x00-\x7f\W]{{2,5}}(?:人员|{any_of(words['several'])}))",
            any_of(words["towards"]),
        ),
        Rule(
            "people",
            rf"(?P<unit>人)(?=[^\x00-\x7f\W]{{2}})(?![{_PERSONAL}])",
            "动员|带动|发动|吸纳|安置|转移|输送|资助|救助|指导|引导|协助",
        ),
        Rule(
            "noun",
            r"(?P<unit>个)(?=[^\x00-\x7f\W]{2})(?![人体别性案税])",
            r"第[一二三四五六七八九十\d]{1,3}[批次轮期]|[^其他她它目]的",
        ),
        Rule(
            "times", r"(?P<unit>人次|户次|家次|场次|万元|亿元)(?=的[\d一两二三四五六七八九十.]{1,5}(?:倍|成))"
        ),
        Rule(
            "base",
            r"(?P<unit>起|件|人|户|个|场|家|亿元|万元|亩|吨)(?=的[\d一两二三四五六七八九十.]{1,5}(?:成|倍|[%％]|分之))",
            "(?<![从自])(?:去年|上年)|人口|占计划|占任务|占目标|占应[^，。]",
        ),
    )


def _after_words(words: Mapping[str, tuple[str, ...]], final: str) -> tuple[Rule, ...]:
    """Return the rules by words right behind which there must be a number: 总数达到▯人, 尚有▯件."""
    people, goes_on = any_of(words["crowd"]), r"(?=[^\x00-\x7f\W])"
    spans = r"小时|千伏安|公斤|平方米|亩|人次|万元|元"
    return (
        Rule("reached", rf"(?P<unit>{final}|{spans}|人|路|倍){_END}", any_of(words["reached"])),
        Rule(
            "reached", rf"(?P<unit>{final}|{spans}|人)(?=降|升|增|减|发展|提高|下降)", any_of(words["base"])
        ),
        Rule("reached", rf"(?P<unit>{spans}){_END}", any_of(words["averages"])),
        Rule(
            "lasting",
            rf"(?P<unit>天|个月|年|小时)(?:{goes_on}|{_END})(?![内度均代级份])",
            any_of(words["lasting"]),
        ),
        Rule(
            "left",
            rf"(?P<unit>件|起|处|条|宗|盏|台|亩|座|辆|名|家(?!庭)){goes_on}(?![理境长于置])",
            any_of(words["left"]),
        ),
        Rule("summed", rf"(?P<unit>{final}|人次|人){goes_on}(?![数量额率次口员均])", any_of(words["summed"])),
        Rule("opening", rf"(?P<unit>人次){goes_on}(?![数])", r"^|[，,、；;。]"),
        Rule(
            "opening",
            r"(?P<unit>人)(?=现场|到场|达成|取得|参训|参赛|受训|领取|签约|到会|顺利)",
            r"^|[，,、；;。]",
        ),
        Rule("aged", r"(?P<unit>名|位|户)(?=\d{1,2}(?:周)?岁)", r"为|对|将|，|、"),
        Rule(
            "among",
            r"(?P<unit>家|户|个|件|名|处|起)(?=实现|加入|完成|已|整改|建成|通过|参与|参加|获|超过|突破|达到|不足)",
            "中|中已有|中有",
        ),
        Rule(
            "crowd",
            r"(?P<unit>人|名)(?=共|参加|参与|参赛|到场|受益|受到|踊跃|报名|同场|同台|中[，,])",
            people,
        ),
        Rule(
            "member",
            r"(?P<unit>万元|亿元|元|平方米|公里|亩|人次)(?=[，,。；;、]|$)",
            r"[\d一二三四五六七八九十百](?:笔|户|人|名|个|项|批|处|座|条|栋)",
        ),
        Rule("member", r"(?P<unit>人次|人)(?=[，,。；;、]|$)", r"[\d一二三四五六七八九十百](?:支|队|批)"),
        Rule("often", r"(?P<unit>次)(?=[^\x00-\x7f\W])(?![序数第要])", "先后"),
        Rule("aging", rf"(?P<unit>岁){_END}", "年龄|平均|最大的?|最小的?|年长"),
    )


_EACH = r"每(?![个位名一])[^\W\d_每]{1,3}"
"""每期▯人, 每支队伍▯人, but not 每个人."""


def _initial() -> str:
    """Return the pattern of a measure word that opens a clause: ▯名干部, but not 名单."""
    words = load_table("holes")
    units = {key[1:]: "".join(ends) for key, ends in words.items() if key.startswith(">")}
    each = (rf"{unit}(?![{ends}数]{'|队(?!伍)' if unit == '支' else ''})" for unit, ends in units.items())
    return rf"(?P<unit>{'|'.join(each)})(?=[^\x00-\x7f\W]|[“《])"


def _before_noun() -> str:
    """Return the pattern of a measure word with the noun that it counts: ▯名党员, ▯支队伍."""
    words = load_table("holes")
    each = (rf"{key[1:]}(?={any_of(nouns)})" for key, nouns in words.items() if key.startswith("+"))
    return rf"(?P<unit>{'|'.join(each)})"
