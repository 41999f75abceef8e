"""A share is of the whole that the words, the printed numbers or the notes mean, and of no other."""

from __future__ import annotations

import pytest

from drafter import check_text

TURNS = {
    "a share whose whole stands behind it": (
        ("小区20个，装充电棚13个",),
        "13个小区装了充电棚，覆盖六成以上的小区。",
        "六成以上",
        "七成以上",
    ),
    "a bare share behind a number is of that number": (
        ("登记摊主140人，其中女摊主91人、外地摊主28人",),
        "登记摊主140人，女摊主91人（占65%）。",
        "65%",
        "20%",
    ),
    "what is left over all that was asked for": (
        ("烟感应装500户，已装420户",),
        "烟感已装420户，尚有80户未装，占应装总数的16%。",
        "16%",
        "19%",
    ),
    "what is left of a task over the task": (
        ("入户体检任务500户，完成420户",),
        "体检完成420户，还差80户，占任务的16%。",
        "16%",
        "19%",
    ),
    "what was settled over what stands nearest before it": (
        ("热线登记200件，转办160件，办结152件",),
        "热线登记200件，转办160件，办结152件，办结率95%。",
        "95%",
        "76%",
    ),
    "one daily mean of another": (
        ("食堂日均就餐340人，其中老人日均85人",),
        "食堂日均就餐340人，其中老人日均85人，占25%。",
        "25%",
        "28%",
    ),
    "a part behind 其中 is of the whole right before it": (
        ("商铺总数500家；临街商铺200家，其中亮证商铺180家",),
        "临街商铺200家，其中亮证商铺180家，占90%。",
        "90%",
        "36%",
    ),
    "what one note counts of what another one on the matter counts": (
        ("噪声举报登记62件", "噪声举报核查58件"),
        "噪声举报核查率93.5%。",
        "93.5%",
        "95.3%",
    ),
    "a degree of knowing is of those who answered": (
        ("问卷发放500份，收回480份，知晓政策432份",),
        "问卷收回480份，政策知晓度90%。",
        "90%",
        "86.4%",
    ),
    "what is told as not so is not what is so": (
        ("抽检豆腐80批次，合格76批次，不合格4批次",),
        "抽检豆腐80批次，合格率95%。",
        "95%",
        "5%",
    ),
    "a share behind the number of one half is not the other half's": (
        ("摊主140人：女91人，男49人",),
        "女摊主91人，占比65%。",
        "65%",
        "35%",
    ),
    "a share whose whole stands behind it, in per cent": (
        ("作坊40家，接入监测28家",),
        "28家作坊接入监测，带动70%的作坊联网。",
        "70%",
        "75%",
    ),
    "a bare share behind a comma is of the number before it": (
        ("会员240人，其中青年会员96人，女会员60人",),
        "会员240人，青年会员96人，占四成。",
        "四成",
        "25%",
    ),
    "a proportion is of the number before it": (
        ("会员240人，其中青年会员96人，女会员60人",),
        "青年会员96人，比例为40%。",
        "40%",
        "25%",
    ),
    "a share of the number printed right before it": (
        ("网店120家，直播网店90家，返乡青年网店36家",),
        "返乡青年网店36家，占直播网店90家的40%。",
        "40%",
        "30%",
    ),
    "a part behind 其中 is not of the whole of its whole": (
        ("稻田540亩，绿色稻田360亩，其中认证180亩",),
        "绿色稻田360亩，其中认证180亩，占50%。",
        "50%",
        "33.3%",
    ),
    "a rate whose own words are of any matter is the one that the note leaves": (
        ("护齿行动：幼儿640人，涂氟608人",),
        "护齿行动覆盖率达95%。",
        "95%",
        "92%",
    ),
    "such a rate beside a number of another kind": (
        ("护齿行动：幼儿640人，涂氟608人，宣讲9场",),
        "护齿行动宣讲9场，目标人群覆盖率达95%。",
        "95%",
        "92%",
    ),
    "a share of the place that the words name": (
        ("渔船：东岸：42艘；其中铁壳：21艘",),
        "铁壳渔船21艘，占东岸的50%。",
        "50%",
        "60%",
    ),
}


def errors(draft: str, notes: tuple[str, ...]) -> list:
    return [f for f in check_text(draft, list(notes)).findings if f.severity == "error"]


@pytest.mark.parametrize("turn", TURNS)
def test_a_share_of_the_whole_that_is_meant_passes_and_another_share_does_not(turn: str) -> None:
    notes, sound, right, wrong = TURNS[turn]
    at = sound.index(right)
    slip = f"{sound[:at]}{wrong}{sound[at + len(right) :]}"

    assert errors(sound, notes) == []
    assert any(f.span and f.span.start < at + len(wrong) and at < f.span.end for f in errors(slip, notes))


@pytest.mark.parametrize(
    ("notes", "draft"),
    [
        (("公厕36座，配管护牌36块",), "36座公厕全部配上管护牌，管护牌配备率100%。"),
        (("18个片区均已明确河长",), "18个片区河长覆盖率100%。"),
        (("茶亭26座，配灭火毯26条",), "26座茶亭全部备上灭火毯，灭火毯配置率100%。"),
        (("渡口12个，救生圈都已到位",), "12个渡口救生圈普及率100%。"),
    ],
)
def test_all_of_them_is_a_rate_of_100_percent(notes: tuple[str, ...], draft: str) -> None:
    assert errors(draft, notes) == []
    assert errors(draft.replace("100%", "90%"), notes)
