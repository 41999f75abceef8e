import json
import random

import pytest

from drafter.reading.notes import facts_from_texts, read_notes
from drafter.reading.private import find_private, mask_private

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def identity(first17):
    return first17 + "10X98765432"[sum(int(a) * b for a, b in zip(first17, WEIGHTS, strict=True)) % 11]


def bank_card(first):
    total = 0
    for place, digit in enumerate(reversed(first)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return first + str(-total % 10)


def credit_code(first17):
    return (
        first17
        + SIGNS[-sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first17)) % 31]
    )


ID = identity("11010119000307123")
WRONG = ID[:-1] + ("0" if ID[-1] != "0" else "1")
CARD = bank_card("622202000011112222"[:18])
CODE = credit_code("91110000MA0000000"[:17])
CASES = [
    ("身份证号", f"低保对象李某（身份证号{ID}）", ID),
    ("身份证号", f"{ID[:6]} {ID[6:14]} {ID[14:]}已核对", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
    ("身份证号", "身份证号110101900307123已核对", "110101900307123"),
    ("手机号", "联系人王某，电话13900001111", "13900001111"),
    ("手机号", "电话：139 0000 1111", "139 0000 1111"),
    ("手机号", "电话１３９００００１１１１，请联系", "１３９００００１１１１"),
    ("手机号", "+86-13900001111", "+86-13900001111"),
    ("固定电话", "值班电话0571-88880000", "0571-88880000"),
    ("固定电话", "（010）88880000", "（010）88880000"),
    ("固定电话", "办公室电话：88880000", "88880000"),
    ("银行卡号", f"补贴打入{CARD}", CARD),
    ("银行卡号", "卡号6222020000111122223", "6222020000111122223"),
    ("统一社会信用代码", f"合作社{CODE}", CODE),
    ("电子邮箱", "请发至liu.xi@example.org。", "liu.xi@example.org"),
    ("车牌号", "清理僵尸车浙A12B45", "浙A12B45"),
    ("护照号", "护照E12345678已登记", "E12345678"),
    ("手机号", "村民王某13900001111家庭困难", "13900001111"),
    ("手机号", "请拨13900001111户主接听", "13900001111"),
    ("手机号", "请拨139-0000-1111位于村口", "139-0000-1111"),
    ("固定电话", "请拨0571-88880000处理", "0571-88880000"),
    ("银行卡号", f"打入{CARD}份额", CARD),
    ("身份证号", f"李某{WRONG}人在外地", WRONG),
]


@pytest.mark.parametrize(("kind", "text", "datum"), CASES)
def test_personal_data_is_found_with_its_kind(kind, text, datum):
    assert [(found.kind, text[found.span.start : found.span.end]) for found in find_private(text)] == [
        (kind, datum)
    ]


@pytest.mark.parametrize("text", [text for _, text, _ in CASES])
def test_a_masked_text_keeps_its_length_and_no_datum(text):
    masked = mask_private(text)

    assert len(masked) == len(text)
    assert find_private(masked) == ()


@pytest.mark.parametrize(
    "text",
    [
        "学习24次，参学3902人次，参学率95.8%",
        "总投资13800000000元",
        "产值15012345678.5元",
        "拨打12345热线300次，110接警20起",
        "2025年3月5日至2025年12月31日",
        "编号20250305001的文件",
        "总投资13800000000余元",
        "监测数据110101990307123456条",
        "柳溪发〔2025〕12号",
        "A座1203室、B2层车位96个",
        "0571区域",
        "安装摄像头88880000个",
    ],
)
def test_counts_dates_and_numbers_of_papers_are_no_personal_data(text):
    assert find_private(text) == ()


def test_many_made_up_data_are_all_found_and_counts_are_not():
    dice = random.Random(7)
    for _ in range(300):
        birth = f"{dice.randint(1940, 2010)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
        region = dice.choice(["1101", "3301", "4403", "6501"])
        number = identity(f"{region}{dice.randint(0, 99):02}{birth}{dice.randint(0, 999):03}")
        phone = f"1{dice.choice('3456789')}{dice.randint(0, 999999999):09}"
        card = bank_card("62" + "".join(dice.choice("0123456789") for _ in range(dice.choice((14, 16)))))
        for datum in (number, phone, card):
            assert find_private(f"李某{datum}，新增低保1户"), datum
        count = dice.randint(1, 10 ** dice.randint(1, 9))
        assert find_private(f"受理{count}件，参加{count}人次，投入{count}.5万元") == (), count


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"李某（身份证号{ID}）新增低保1户", "李某新增低保1户"),
        ("走访独居老人8户，联系电话：13900001111", "走访独居老人8户"),
        ("走访13900001111等3户", "走访等3户"),
    ],
)
def test_the_datum_and_its_label_are_kept_out_of_the_fact(text, left):
    (fact,) = facts_from_texts([text])

    assert fact.text == left
    assert all(
        fact.text[quantity.span.start : quantity.span.end] == quantity.surface for quantity in fact.quantities
    )


def test_the_finding_names_place_and_kind_and_never_the_datum(tmp_path):
    path = tmp_path / "要点.md"
    path.write_text(
        f"联系人：王某 13900001111\n\n- 巡逻12次\n- 李某身份证号{ID}，新增低保1户\n", encoding="utf-8"
    )

    notes = read_notes([path], root=tmp_path)

    assert [(finding.code, finding.severity, finding.where[0].line) for finding in notes.findings] == [
        ("personal-data", "warning", 1),
        ("personal-data", "warning", 4),
    ]
    assert "13900001111" not in json.dumps([str(notes)], ensure_ascii=False)
    assert ID not in str(notes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"王六{WRONG}人在外", "王六，人在外"),
        ("村民王某13900001111家庭困难", "村民王某家庭困难"),
        ("王某，电话：13900001111，低保户", "王某，低保户"),
        ("王某（13900001111）户", "王某户"),
    ],
)
def test_the_words_on_both_sides_of_a_datum_make_no_new_number(text, expected):
    (fact,) = facts_from_texts([text])

    assert fact.text == expected
    assert fact.quantities == ()
