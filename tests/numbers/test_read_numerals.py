"""Every numeral of a report is found, and what it is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.model import FACT_KINDS
from drafter.numbers import read_numerals
from drafter.numbers.lexicon import load_words

CASES = Path(__file__).parent / "cases"
HAN = "〇零一二三四五六七八九十百千万亿两俩仨廿卅卌壹贰叁肆捌玖拾佰仟"


def cases(name: str) -> list:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def facts(text: str):
    return [numeral for numeral in read_numerals(text) if numeral.kind in FACT_KINDS]


@pytest.mark.parametrize("marked", cases("marked"))
def test_facts_are_told_from_names_and_list_markers(marked):
    text = re.sub("[⟦⟧]", "", marked)
    shown = text
    for numeral in reversed(facts(text)):
        shown = f"{shown[: numeral.start]}⟦{numeral.surface}⟧{shown[numeral.end :]}"

    assert shown == marked


@pytest.mark.parametrize("case", cases("values"))
def test_an_amount_is_read_with_value_unit_and_approximation(case):
    text, surface, kind, value, upper, unit, approx = case
    (read,) = facts(text)

    assert (read.surface, read.kind, read.unit, read.approx) == (surface, kind, unit, approx)
    assert read.value == Decimal(value)
    assert read.upper == (None if upper is None else Decimal(upper))


@pytest.mark.parametrize(("text", "surface", "iso"), cases("dates"))
def test_a_date_is_read_into_its_iso_form_with_x_for_what_is_unknown(text, surface, iso):
    (read,) = facts(text)

    assert (read.surface, read.kind, read.iso, read.value) == (surface, "date", iso, None)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("印发松发〔2025〕12号文件", "松发〔2025〕12号"),
        ("下发松政办发〔2025〕3号", "松政办发〔2025〕3号"),
        ("贯彻落实松发〔2025〕1号精神", "松发〔2025〕1号"),
        ("由学习办〔2025〕3号明确", "学习办〔2025〕3号"),
        ("按照松社领〔20xx〕4号", "松社领〔20xx〕4号"),
    ],
)
def test_what_is_done_with_a_document_is_no_part_of_its_number(text, surface):
    assert [numeral.surface for numeral in read_numerals(text) if numeral.kind == "name"] == [surface]


@pytest.mark.parametrize("marked", cases("holes"))
def test_a_stripped_number_leaves_a_hole_and_nothing_else_does(marked):
    text = marked.replace("▯", "")
    shown = text
    for hole in reversed([numeral for numeral in read_numerals(text) if numeral.kind == "hole"]):
        assert hole.start == hole.end
        assert hole.surface == ""
        shown = f"{shown[: hole.start]}▯{shown[hole.start :]}"

    assert shown == marked


@pytest.mark.parametrize("disguised", cases("disguises"))
def test_a_numeral_in_disguise_is_one_numeral_without_a_value(disguised):
    (read,) = facts(f"全年共{disguised}，成效明显")

    assert read.value is None
    assert read.surface == disguised


@pytest.mark.parametrize(("text", "surface", "kind", "unit"), cases("masks"))
def test_a_placeholder_is_a_numeral_without_a_value(text, surface, kind, unit):
    (read,) = facts(text)

    assert (read.surface, read.kind, read.value, read.iso, read.unit) == (surface, kind, None, None, unit)


def test_a_mask_that_hides_a_name_is_no_numeral():
    assert read_numerals("×××镇和xxx街道、XX小学、邓**理论") == ()


def test_names_that_the_unit_itself_uses_are_names():
    text = "千柳八组和云溪五队三人参加"

    assert [(n.surface, n.kind) for n in read_numerals(text, names=["千柳八组", "云溪五队"])] == [
        ("千柳八组", "name"),
        ("云溪五队", "name"),
        ("三人", "quantity"),
    ]


def test_wan_yu_yuan_is_a_number_unless_the_digits_of_the_whole_text_were_stripped():
    whole = "投入资金万余元，培训3期120人次，发放资料500份。"
    stripped = "投入资金万余元，培训期人次，发放资料份。"

    assert read_numerals(whole)[0].kind == "money"
    assert [n.kind for n in read_numerals(stripped)] == ["hole"] * 4


def numeral_characters():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Nd", "Nl", "No"):
            yield char


def test_every_numeral_character_of_unicode_is_read_or_fails_closed():
    unread = [
        char
        for char in numeral_characters()
        if not any(read.start <= 5 < read.end for read in facts(f"共发放资料{char}份"))
    ]

    assert unread == []


def test_only_plain_digits_and_chinese_numerals_get_a_value():
    valued = {
        char
        for char in numeral_characters()
        for read in facts(f"共发放资料{char}份")
        if read.value is not None
    }

    assert {unicodedata.normalize("NFKC", char) for char in valued} <= set("0123456789〇")


PIECES = st.sampled_from(
    [
        *load_words("words")[:80],
        *load_words("names")[:80],
        *"一二三十百千万亿两半几第每近约余多0123456789.,%％①٣\u200b<>*_xX×年月日元个人次户份期、，。；（）“”〔〕 \n",
        "人次",
        "万元",
        "以上",
        "共",
        "举办",
        "发放资料",
        "2024年",
        "上半年",
        "百分之",
    ],
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_numerals_come_in_order_do_not_overlap_and_carry_their_own_text(text):
    end = 0
    for numeral in read_numerals(text):
        assert numeral.start >= end
        assert text[numeral.start : numeral.end] == numeral.surface
        assert (numeral.start == numeral.end) == (numeral.kind == "hole")
        end = numeral.end


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_digit_escapes(text):
    covered = {at for numeral in read_numerals(text) for at in range(numeral.start, numeral.end)}

    for at, char in enumerate(text):
        if unicodedata.category(char) in ("Nd", "No"):
            assert at in covered, (text, at)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 999), st.sampled_from("\u200b\u2060\ufeff\u00ad"), st.integers(0, 6))
def test_offsets_survive_folding(number, hidden, where):
    text = "今年以来开展"
    text = f"{text[:where]}{hidden}{text[where:]}学习{number}次，成效明显"
    (read,) = facts(text)

    assert text[read.start : read.end] == f"{number}次"
    assert read.value == number


@pytest.mark.parametrize(
    "piece",
    ["全年共学习24次，参学2190人次，参学率达99.6%。", "1", "1,", "1-", "0O", "一个", "1 ", "万", "×", "余份"],
)
def test_reading_is_linear_in_length(piece):
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            read_numerals(text)
            best = min(best, time.process_time() - start)
        return best

    read_numerals(piece)
    assert seconds(16000) < 12 * max(seconds(4000), 0.002)


def test_a_hundred_thousand_characters_take_less_than_a_second():
    sentence = "社区党支部共组织学习24次，参学人数2190人次，参学率达99.6%，营造了一个良好的环境。"
    text = (sentence * 3000)[:100_000]
    read_numerals("1")
    taken = []
    for _ in range(3):
        start = time.process_time()
        read_numerals(text)
        taken.append(time.process_time() - start)

    assert min(taken) < 1


def test_importing_the_reader_loads_nothing_heavy():
    code = "import drafter.numbers, sys; print([m for m in ('numpy','docx','openpyxl','yaml','rich') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("char", HAN)
def test_each_chinese_numeral_is_covered(char):
    assert any(n.start <= 2 < max(n.end, n.start + 1) for n in read_numerals(f"培训{char}期"))
