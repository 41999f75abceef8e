"""More, less and so many times: of the figures that the words, the arrow or the order name."""

from __future__ import annotations

import pytest

from drafter import check_text

TURNS = {
    "growth over the quarter before": (
        "路灯修复：一季度35盏，二季度49盏",
        "一季度修复路灯35盏，二季度49盏，环比增长40%。",
        "40%",
        "28.6%",
    ),
    "so many times the number printed right before": (
        "直播收看3.6万人次，现场观众9000人次",
        "直播收看3.6万人次，是现场观众9000人次的4倍。",
        "4倍",
        "5倍",
    ),
    "so many times what the words name": (
        "兼职讲解员140名，专职讲解员28名",
        "兼职讲解员140名，是专职讲解员的5倍。",
        "5倍",
        "6倍",
    ),
    "more by what lies between the ends of an arrow": (
        "投放口 42→65处",
        "投放口由42处增加到65处，增加23处。",
        "增加23处",
        "增加32处",
    ),
    "growth along an arrow": (
        "垃圾房 40→50座",
        "垃圾房由40座增加到50座，增长25%。",
        "25%",
        "20%",
    ),
    "what an arrow leads to and not where it begins": (
        "凉亭 12→15座",
        "凉亭达15座。",
        "15座",
        "12座",
    ),
    "rain that falls is no fall": (
        "降雨量612毫米，上年540毫米",
        "降雨量612毫米，比上年多72毫米。",
        "72毫米",
        "82毫米",
    ),
    "drills against disaster are no fall": (
        "减灾演练14场，上年9场",
        "减灾演练14场，较上年增加5场。",
        "5场",
        "7场",
    ),
    "works that improve are no rise": (
        "阵地提升工程8个，上年5个",
        "实施阵地提升工程8个，比上年多3个。",
        "3个",
        "4个",
    ),
    "what was improved is no rise": (
        "改造提升凉茶铺9家，上年6家",
        "改造提升凉茶铺9家，比上年增加3家。",
        "3家",
        "5家",
    ),
    "what was repaired is no rise": (
        "翻修猪舍26间，上年18间",
        "翻修猪舍26间，比上年增加8间。",
        "8间",
        "9间",
    ),
    "a supermarket is no rise": (
        "超市14家，上年11家",
        "超市14家，比上年增加3家。",
        "增加3家",
        "增加5家",
    ),
    "over last year by so much behind 超过": (
        "酥饼节客流1.3万人次，上年1.1万人次",
        "酥饼节客流1.3万人次，比上年超过2000人次。",
        "2000人次",
        "3000人次",
    ),
    "over the target by so much behind 超出": (
        "年初目标100盏，实装112盏",
        "实装路灯112盏，比目标超出12盏。",
        "超出12盏",
        "超出21盏",
    ),
    "over what was required": (
        "要求配灭火器80具，实配86具",
        "配灭火器86具，超出要求6具。",
        "要求6具",
        "要求8具",
    ),
    "to what there was in brackets so many were added": (
        "读书角24个（原有18个，新建6个）",
        "读书角在原有18个的基础上增加6个，达到24个。",
        "24个",
        "26个",
    ),
    "from the first months on is no earlier year": (
        "年初至三月清淤沟渠14公里，全年52公里",
        "全年清淤沟渠52公里。",
        "52公里",
        "25公里",
    ),
    "above another place that 高出 names": (
        "东码头靠泊船460艘，西码头靠泊船380艘",
        "东码头靠泊460艘，高出西码头80艘。",
        "80艘",
        "90艘",
    ),
    "growth from what there was and what was added": (
        "原有渔家乐40家，新增10家",
        "渔家乐增长25%，达50家。",
        "25%",
        "20%",
    ),
    "from what there was to what there is with what was added": (
        "渔家乐（原有40家，新增10家）",
        "渔家乐由40家增至50家。",
        "50家",
        "60家",
    ),
    "a rent that is waived is no fall": (
        "减租商户46家，上年32家",
        "减租商户46家，比上年增加14家。",
        "14家",
        "24家",
    ),
    "a bump in the road is no fall": (
        "减速带装86条，上年62条",
        "装减速带86条，比上年增加24条。",
        "24条",
        "42条",
    ),
}


def errors(draft: str, notes: list[str]) -> list:
    return [f for f in check_text(draft, notes).findings if f.severity == "error"]


@pytest.mark.parametrize("turn", TURNS)
def test_a_comparison_with_what_is_meant_passes_and_its_slip_does_not(turn: str) -> None:
    note, sound, right, wrong = TURNS[turn]
    at = sound.index(right)
    slip = f"{sound[:at]}{wrong}{sound[at + len(right) :]}"

    assert errors(sound, [note]) == []
    assert any(f.span and f.span.start < at + len(wrong) and at < f.span.end for f in errors(slip, [note]))
