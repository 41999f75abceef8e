"""Near-duplicates across files are found and shown."""

from drafter.library.alike import alike_sections
from drafter.model import ReadFile, Report, Section, Where
from drafter.showing.library_view import show_library, summarise

PATROL = "组织网格员和志愿者开展夜间巡逻{}次，排查消防隐患{}处，劝阻电动车进楼{}起，辖区治安明显好转，群众安全感不断提升。"
READING = "农家书屋每周开放五天，全年借阅图书{}册次，举办读书分享会{}场，孩子们放学后都愿意来这里写作业。"


def file(name, year, *texts):
    sections = tuple(
        Section(f"{name}{at}", 1, f"{'一二三'[at]}、工作", (f"{'一二三'[at]}、工作",), text, where=Where(f"{name}.txt", line=at + 3))
        for at, text in enumerate(texts)
    )  # fmt: skip
    return ReadFile(
        f"{name}.txt",
        name,
        "utf-8",
        reports=(Report(name, f"{year}年总结", f"{name}.txt", "柳溪镇", year=year, sections=sections),),
    )


FILES = [
    file("a", 2022, PATROL.format(12, 40, 6), READING.format(310, 8)),
    file("b", 2023, PATROL.format(180, 52, 9).replace("群众", "居民群众"), "党员学习24次。"),
    file("c", 2024, "党员学习24次。", READING.format(500, 12), READING.format(1, 2)),
]


def test_sections_that_differ_in_numbers_and_a_word_are_one_group():
    groups = [[one.section.id for one in group] for group in alike_sections(FILES)]

    assert groups == [["a1", "c1", "c2"], ["a0", "b0"]], "short sections and other texts are in none"


def test_likeness_within_one_file_is_no_group():
    assert alike_sections([file("a", 2022, PATROL.format(1, 2, 3), PATROL.format(4, 5, 6))]) == ()


def test_the_library_shows_them_with_their_places(capsys):
    show_library(summarise(FILES))
    out = capsys.readouterr().out

    assert "几乎相同的段落（数字不算）2 组" in out
    assert "一、工作：a.txt L3、b.txt L3" in out


def test_a_large_library_is_searched_within_seconds():
    import random
    import time

    dice = random.Random(5)
    words = [chr(0x4E00 + at) for at in range(3000)]
    files = [
        file(f"f{at}", 2020, *("".join(dice.choices(words, k=400)) for _ in range(3))) for at in range(700)
    ]
    begun = time.monotonic()
    groups = alike_sections([*files, *(file(f"g{at}", 2021, PATROL.format(at, at, at)) for at in range(200))])

    assert [len(group) for group in groups] == [200]
    assert time.monotonic() - begun < 20
