"""One part of a draft is found and replaced, and nothing else in the file moves."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from drafter.draftfile import read_draft
from drafter.draftfile.edit import find_part, part_blocks, past_labels, read_parts, replace_part
from drafter.errors import UsageError
from drafter.model import Source, Where

FRONT = "---\ntitle: 柳溪镇2025年工作总结\nyear: 2025\n---\n\n# 柳溪镇2025年工作总结\n\n"
BODY = """2025年，柳溪镇认真抓好各项工作。

## [一、党的建设][P1]

（一）抓实学习。全年学习[24次][F1.1]，参学[300人次][F1.2]。

（二）建强支部。新建支部[2个][F2.1]。

## [二、综合治理][P2]

[（一）做实调解。][P3]受理纠纷[38起][F3.1]，调成率[100%][F3.2/F3.1]。

<!-- 王主任：这里再核一遍 -->

[（二）强化巡逻。][P4]夜间巡逻[203次][F4.1]。

再说一段。

此外，新装门禁[6处][F5.1]。

<!-- 下面是民生 -->

## 三、民生实事

[文明进小区。][P5]最美楼道[12个][F6.1]。

助餐[9020人次][F7.1]。
"""
DEFINITIONS = """
[F1.1]: <n.md#L1> "学习24次，参学300人次"
[F1.2]: <n.md#L1> "学习24次，参学300人次"
[F2.1]: <n.md#L2> "新建支部2个"
[F3.1]: <n.md#L3> "纠纷38起，调成38起"
[F4.1]: <n.md#L4> "夜间巡逻203次"
[F5.1]: <n.md#L5> "门禁6处"
[F6.1]: <n.md#L6> "最美楼道12个"
[F7.1]: <n.md#L7> "助餐9020人次"
[F3.2/F3.1]: <n.md#L3> "38 ÷ 38 = 100%"
[P1]: <past/2024.md#L3> "2024年总结 · 一、党的建设"
[P2]: <past/2024.md#L9> "2024年总结 · 二、综合治理"
[P3]: <past/2024.md#L11> "2024年总结 · （一）做实调解。"
[P4]: <past/2024.md#L13> "2024年总结 · （二）强化巡逻。"
[P5]: <past/2024.md#L20> "2024年总结 · 文明进小区。"
"""
DRAFT = FRONT + BODY + DEFINITIONS
NEW = {
    "F8.1": Source(Where("n.md", line=8), "走访12户"),
    "F10.2": Source(Where("n.md", line=10), '发放"资料"5份'),
    "F4.1+F8.1": Source(Where("n.md", line=4), "203 + 12 = 215"),
    "P9": Source(Where("past/2023.md", line=4), "2023年总结 · 三"),
}


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("二", "二、综合治理"),
        ("二、", "二、综合治理"),
        ("第二部分", "二、综合治理"),
        ("2", "二、综合治理"),
        ("二/（一）", "（一）做实调解。"),
        ("二/一", "（一）做实调解。"),
        ("二 / (一)", "（一）做实调解。"),
        ("调解", "（一）做实调解。"),
        ("二、综合治理", "二、综合治理"),
        ("综合治理/巡逻", "（二）强化巡逻。"),
        ("文明", "文明进小区。"),
        ("开头", ""),
    ],
)
def test_a_part_is_found_by_number_or_words(address, heading):
    assert find_part(DRAFT, address).heading == heading


@pytest.mark.parametrize("address", ["（一）", "九", "二/九", "", "/", "根本没有"])
def test_a_part_that_is_not_clear_is_asked_for_with_the_list(address):
    with pytest.raises(UsageError) as caught:
        find_part(DRAFT, address)

    assert "一/（一）抓实学习" in str(caught.value)


def test_the_parts_of_a_draft_reach_to_the_end_of_their_last_paragraph():
    texts = {part.address: DRAFT[part.span.start : part.span.end] for part in read_parts(DRAFT)}

    assert list(texts) == [
        "开头",
        "一",
        "一/（一）",
        "一/（二）",
        "二",
        "二/（一）",
        "二/（二）",
        "三",
        "三/文明进小区",
    ]
    assert texts["二"].endswith("新装门禁[6处][F5.1]。")
    assert texts["二/（二）"].endswith("再说一段。")
    assert texts["三/文明进小区"].endswith("助餐[9020人次][F7.1]。")


def test_lines_without_blank_ones_between_and_wrapped_lines_are_told_apart():
    text = "一、党建\n（一）抓学习。学习24次。\n（二）强支部。新建支部2个，\n党员187名。\n二、治理\n很好。\n"

    parts = read_parts(text)

    assert [part.address for part in parts] == ["一", "一/（一）", "一/（二）", "二"]
    assert text[parts[2].span.start : parts[2].span.end] == "（二）强支部。新建支部2个，\n党员187名。"


def test_only_the_part_and_its_definitions_change():
    part = find_part(DRAFT, "二/（一）")

    text = replace_part(DRAFT, part, ["[（一）做实调解。][P3]走访[12户][F8.1]，[很好。][P9]"], NEW)

    assert (
        text.replace(
            "[（一）做实调解。][P3]走访[12户][F8.1]，[很好。][P9]",
            "[（一）做实调解。][P3]受理纠纷[38起][F3.1]，调成率[100%][F3.2/F3.1]。",
        )
        .replace('[F8.1]: <n.md#L8> "走访12户"\n', '[F3.2/F3.1]: <n.md#L3> "38 ÷ 38 = 100%"\n')
        .replace('[P9]: <past/2023.md#L4> "2023年总结 · 三"\n', "")
        .replace("[F4.1]: <", '[F3.1]: <n.md#L3> "纠纷38起，调成38起"\n[F4.1]: <')
        == DRAFT
    )


def test_comments_inside_a_part_stay():
    part = find_part(DRAFT, "二")
    heading, *_ = (DRAFT[span.start : span.end] for span in part_blocks(DRAFT, part))

    text = replace_part(DRAFT, part, [heading, "全都合成一段。"], {})

    assert "全都合成一段。\n\n<!-- 王主任：这里再核一遍 -->\n\n<!-- 下面是民生 -->" in text


def test_past_sections_get_new_labels_unless_the_draft_has_one():
    known = Source(Where("past/2024.md", line=13), "2024年总结 · （二）强化巡逻。")

    assert past_labels(read_draft(DRAFT), [NEW["P9"], known, NEW["P9"]]) == ("P6", "P4", "P6")


def test_a_label_without_a_source_is_refused():
    with pytest.raises(KeyError):
        replace_part(DRAFT, find_part(DRAFT, "二"), ["[9次][F9.9]"], {})


# --- whatever the file looks like ----------------------------------------------------------

SENTENCES = st.sampled_from(
    [
        "走访[12户][F8.1]。",
        "发放资料[5份][F10.2]。",
        "夜间巡逻[203次][F4.1]。",
        "两项共[215次][F4.1+F8.1]。",
        "[做到家喻户晓。][P9]",
        "[做实调解。][P3]",
        "没有数字的一句。",
        "第一行，\n第二行。",
        "【待补：期数】",
    ]
)
BLOCKS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map("".join), max_size=5)
_DEFINITION = re.compile(r"[ ]{0,3}\[[FP(][^\]\r\n]*\]: .*")


def dressed(draft):
    """Return the file as it may lie on somebody's disk."""
    eol, bom, tail, dense = draft
    text = FRONT + (re.sub(r"\n\n(?!#)", "\n", BODY) if dense else BODY) + DEFINITIONS
    text = text if tail else text.rstrip("\n")
    return ("\ufeff" if bom else "") + text.replace("\n", eol)


FILES = st.tuples(st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans(), st.booleans()).map(
    dressed
)


def without_definitions(text):
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text)
    return "".join(line for line in lines if not _DEFINITION.match(line)).rstrip("\r\n")


@settings(max_examples=300, deadline=None)
@given(FILES, st.integers(0, 8), BLOCKS)
def test_all_bytes_outside_the_part_and_the_definitions_stay(text, which, blocks):
    part = read_parts(text)[which]
    new = replace_part(text, part, blocks, NEW)

    assert new.startswith(text[: part.span.start])
    before, after = without_definitions(text[part.span.end :]), without_definitions(new)
    assert after.endswith(before)
    middle = after[part.span.start : len(after) - len(before)]
    kept = re.findall(r"<!--.*?-->", text[part.span.start : part.span.end])
    assert re.sub(r"\s", "", re.sub(r"<!--.*?-->", "", middle)) == re.sub(r"\s", "", "".join(blocks))
    assert re.findall(r"<!--.*?-->", middle) == kept


@settings(max_examples=150, deadline=None)
@given(FILES, st.integers(0, 8), BLOCKS)
def test_every_label_of_the_new_draft_has_its_definition_in_order(text, which, blocks):
    part = read_parts(text)[which]
    new = replace_part(text, part, blocks, NEW)

    draft = read_draft(new)
    assert {mark.label for mark in draft.marks} == set(draft.definitions)
    order = [label for label in draft.definitions if label in NEW or label[0] == "P"]
    assert order == sorted(
        order,
        key=lambda label: (
            label[0] == "P",
            not re.fullmatch(r"[FP][0-9.]+", label),
            [int(n) for n in re.findall(r"\d+", label)],
        ),
    )
    rendered = MarkdownIt("commonmark").render(re.sub(r"\A\ufeff?---.*?---\s", "", new, flags=re.DOTALL))
    assert "][" not in rendered
    assert "]: " not in rendered


@settings(max_examples=100, deadline=None)
@given(FILES, st.integers(0, 8))
def test_a_part_replaced_by_itself_changes_nothing(text, which):
    part = read_parts(text)[which]

    assert replace_part(text, part, [text[s.start : s.end] for s in part_blocks(text, part)], {}) == text
