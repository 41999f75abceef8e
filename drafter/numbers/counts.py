"""What a small Chinese numeral is: a count (四项承诺), a figure of speech (一个良好的环境) or a name (三德)."""

from __future__ import annotations

import re
from functools import cache

from drafter.numbers.lexicon import measure_at
from drafter.numbers.page import Page, Reading

_INDEFINITE = frozenset(
    "个 种 条 项 支 段 批 名 位 股 片 道 面 张 套 把 点 滴 颗 员 方 层 类 部 代 系列 股 线 路 体 手 座 件 流 份 块 盏 扇 幅 缕 阵 抹 束 环 幕 座 门 群 队 副 双 本 级 轮 步 样 款 声 粒 棵 堂 席 池 角 隅 村 镇 区 城 厂 校 省 市 县 台 只 根 句 首 曲 篇".split()
)
"""Measure words after which a bare 一 is the indefinite article."""

_FREQUENCY = re.compile(r"每(?:逢|隔)?(?:[一二两三四五六七八九十半\d]{0,3}个?)(?:年|月|周|天|日|季度|季|旬|学期|户|人|名|村|个|半年|次|场|期|家|支部|党员|干部)|年|各|人均|户均|至少|不少于|一(?:月|年|周|季|季度)$")
_COUNTED = re.compile(
    r"(?:共|仅|只|共有|共计|合计|累计|其中|各|新增|增设|增加|减少|购置|购买|购|设置|设立|设|安装|修建|新建|建成|改建|扩建|建设|创建|建立|修缮|改造|发放|赠送|捐赠|配备|配置|配|下设|下辖|辖|辖有|现有|拥有|有|聘请|聘任|聘|招聘|选派|选举|查处|查获|抓获|破获|捣毁|发现|处置|处理|调处|调解|受理|接待|办理|完成|举办|召开|组织|开展|发展|吸收|培养|转正|荣获|获得|获|取得|印发|编印|签订|整改|取缔|关闭|拆除|清理|解决|化解|引进|培育|流转|种植|租用|租赁|帮扶|救助|慰问|资助|成立|组建|制作|绘制|悬挂|张贴|出动|收到|收缴|扣押|没收|注销|吊销|打造|推荐|评选|评选出|评出|表彰|奖励|分别为|分别|第)(?:了|有|过|出|起|到|为|的)?$",
)
_LIST_END = re.compile(r"\s*(?:$|[，,。；;、）)\n：:])")


@cache
def _small() -> re.Pattern[str]:
    return re.compile("[一二两三四五六七八九十]")


def judge(page: Page, reading: Reading, digits: str) -> Reading:
    """Return `reading` with the kind that its surroundings give it; `digits` is the bare numeral."""
    if digits[0].isdigit() or reading.kind not in ("quantity", "money") or reading.approx:
        return reading
    if reading.unit is None:
        return _without_unit(page, reading, digits)
    if digits in ("百", "千", "万", "亿"):
        return _judge_bare_scale(page, reading)
    if digits == "一":
        return _judge_one(page, reading)
    if digits in ("两", "三", "四", "五", "六", "七", "八", "九", "十", "二") and reading.unit == "个" and _slogan_follows(page, reading.end):
        return reading._replace(kind="name", end=reading.end + 1, value=None, unit=None)
    return reading


def _slogan_follows(page: Page, end: int) -> bool:
    """Tell whether 三个 goes on as a slogan: 三个到位, 四个不, 五个有."""
    return bool(
        re.match(
            r"(?:不(?!同|足|稳|合)|有(?![关名限效])|好(?![人的])|没有|进(?![修口])|必须|到位|结合|统一|强化|延伸|转变|提升(?!工程|行动)|坚持|确保|一(?!级|类|线|体)|带头|率先|敢于|善于|突出|严禁|加强|明确|落实|注重|满意|凡是|决不|绝不|务必|零(?!星|散)|百分百)",
            page.after(end, 4),
        ),
    )


def _without_unit(page: Page, reading: Reading, digits: str) -> Reading:
    """Return what a numeral without a known measure word is."""
    return reading._replace(kind="name", value=None, upper=None)


def _judge_bare_scale(page: Page, reading: Reading) -> Reading:
    """Return whether 万元 lost its number (资金万元) or belongs to a name (万亩良田, 百名教师大走访)."""
    if _LIST_END.match(page.after(reading.end, 2)) or re.match(r"增|减|降|升|从|自|用", page.after(reading.end, 1)):
        return reading._replace(start=reading.start, end=reading.start, kind="hole", value=None)
    return reading._replace(kind="name", value=None, unit=None)


def _judge_one(page: Page, reading: Reading) -> Reading:
    """Return whether 一 counts (制定方案一份, 每月一次) or is the indefinite article."""
    unit = reading.unit or ""
    before, after = page.clause_before(reading.start), page.after(reading.end, 8)
    if before.endswith(("每", "这", "那", "某", "同", "另", "任", "哪", "新", "唯", "上", "下", "前", "头")):
        return reading._replace(kind="structural", value=None, unit=None)
    if unit not in _INDEFINITE:
        return reading
    if _LIST_END.match(after) and re.search(r"[\u4e00-\u9fff”》]$", before) and not re.search(r"(?:是|为|成|像|了|的|这|那|做|当)$", before):
        return reading
    if re.search(r"每(?:[一二两三四五六七八九十半\d]{0,3}个?)(?:年|月|周|天|日|季度|季|旬|学期|户|人|名|村|社区|支部|组)", page.sentence_before(reading.start)[-16:]):
        return reading
    if _COUNTED.search(before[-4:]) and not re.search(r"的", page.clause_after(reading.end)[:14]):
        return reading if re.search(r"(?:共|仅|只|共有|共计|合计|累计|其中|各|新增|增设|购置|购买|下设|下辖|辖|现有|安装|修建|新建|建成|改建|荣获|获得|查处|查获|抓获|破获|捣毁|取缔|关闭|拆除)(?:了|有)?$", before) else reading._replace(kind="structural", value=None, unit=None)
    return reading._replace(kind="structural", value=None, unit=None)
