"""`drafter rewrite` from a script: shown, accepted, undone; the model over a real connection."""

import json
import re
import subprocess
import sys
import time

import pytest
from werkzeug import Response

from drafter.draftfile import read_draft

NOTES = "corpus/notes/云溪社区-2025.md"
DRAFT = "草稿-云溪社区-2025.md"
PLACE = "二/（一）"
LONG, SHORT = "坚持“预防为主、调防结合”的原则，", "。全年共受理矛盾纠纷38起"
"""The item begins with the first as it is drafted, with the second when it is made shorter."""


@pytest.fixture(scope="module")
def kept():
    """The sample draft, once it was written."""
    return []


@pytest.fixture
def draft(workspace, drafter, kept):
    """The sample draft in the current workspace."""
    path = workspace / DRAFT
    if not kept:
        assert drafter("draft", NOTES, "-o", DRAFT, "--writer", "compose").code == 0
        kept.append(path.read_bytes())
    path.write_bytes(kept[0])
    return path


def plain(path):
    return read_draft(path.read_text(encoding="utf-8")).plain


def test_a_section_is_shown_with_its_facts_and_past_sections_beside_it(draft, drafter):
    before = draft.read_bytes()
    ran = drafter("rewrite", DRAFT, PLACE)

    assert ran.code == 0
    assert "F8 矛盾纠纷受理38起，调解成功38起" in ran.out
    assert "《云溪社区2024年工作总结》（一）做实矛盾调解。" in ran.out
    assert "--preset 压缩" in ran.out
    assert draft.read_bytes() == before


def test_a_version_is_shown_then_accepted_then_undone(draft, drafter):
    before = draft.read_bytes()

    shown = drafter("rewrite", DRAFT, PLACE, "--preset", "压缩")
    assert (shown.code, SHORT[1:] in shown.out, draft.read_bytes() == before) == (0, True, True)
    accepted = drafter("rewrite", DRAFT, PLACE, "--accept", "all")
    assert accepted.code == 0
    assert SHORT in plain(draft)
    assert LONG not in plain(draft)
    assert accepted.out == ""
    drafter("rewrite", DRAFT, PLACE, "--undo")
    assert draft.read_bytes() == before
    drafter("rewrite", DRAFT, PLACE, "--redo")
    assert SHORT in plain(draft)

    steps = drafter("rewrite", DRAFT, PLACE, "--history", "--json", "--by", "王敏").json["steps"]
    assert [step["what"] for step in steps] == ["原来的样子", "压缩", "采用第1句"]
    assert "采用第1句" in drafter("rewrite", DRAFT, PLACE, "--history").out


def test_one_call_may_ask_and_accept(draft, drafter):
    assert drafter("rewrite", DRAFT, "矛盾调解", "--say", "短一点", "--accept", "all").code == 0

    assert SHORT in plain(draft)
    assert drafter("check", DRAFT).code == 0


def test_the_json_has_the_keys_of_draft_and_the_sentences(draft, drafter):
    ran = drafter("rewrite", DRAFT, "二/（二）", "--preset", "分条", "--json")

    said = ran.json
    assert ran.code == 0
    assert {"draft", "numbers", "unused_facts", "to_fill", "sections", "findings"} <= said.keys()
    assert said["sections"] == [{"heading": "（二）强化群防群治。", "writer": "compose", "attempts": 1}]
    assert said["pending"] is True
    first = said["sentences"][0]
    assert (first["old"], first["new"]) == ("开展夜间巡逻203次；", "一是开展夜间巡逻203次；")
    assert first["edits"][0] == ["+", "一是"]
    assert first["numbers"][0]["facts"] == ["F9.1"]
    assert [one["number"] for one in said["diff"]] == [1, 2, 3]


def test_some_sentences_are_accepted_and_the_others_left(draft, drafter):
    drafter("rewrite", DRAFT, "二/（二）", "--preset", "分条")
    drafter("rewrite", DRAFT, "二/（二）", "--accept", "1,3")

    assert "一是开展夜间巡逻203次；网格员14名、志愿者41名；三是排查" in plain(draft)
    assert drafter("rewrite", DRAFT, "二/（二）", "--accept", "none").code == 2


def test_a_wrong_number_is_refused_until_it_is_overridden(draft, drafter):
    before = draft.read_bytes()
    edited = drafter("rewrite", DRAFT, PLACE, "--edit", "1=全年共受理矛盾纠纷39起，调解成功38起。", "--json")
    assert edited.code == 1
    assert {"altered", "lost"} <= {finding["code"] for finding in edited.json["findings"]}

    refused = drafter("rewrite", DRAFT, PLACE, "--accept", "all")
    assert refused.code == 1
    assert "39起" in refused.err
    assert draft.read_bytes() == before

    taken = drafter("rewrite", DRAFT, PLACE, "--accept", "all", "--override", "--by", "赵主任", "--json")
    assert "39起" in plain(draft)
    assert any("写成了39起" in one for one in taken.json["overridden"])
    step = drafter("rewrite", DRAFT, PLACE, "--history", "--json").json["steps"][-1]
    assert (step["by"], "39起" in "".join(step["details"]["overridden"])) == ("赵主任", True)


def test_what_became_of_the_draft_is_said(draft, drafter):
    assert (
        "已写进草稿，撤销用 --undo。"
        in drafter("rewrite", DRAFT, PLACE, "--preset", "压缩", "--accept", "all").err
    )
    undone = drafter("rewrite", DRAFT, PLACE, "--undo").err

    assert "撤销了：采用第" in undone
    assert "草稿没有动。" in drafter("rewrite", DRAFT, PLACE, "--accept", "none").err
    assert "草稿没有动" not in undone


def test_a_sentence_is_put_back(draft, drafter):
    before = draft.read_bytes()
    drafter("rewrite", DRAFT, PLACE, "--preset", "压缩", "--accept", "all")

    assert drafter("rewrite", DRAFT, PLACE, "--restore", "1").code == 0
    assert draft.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["（一）"], "二/（一）做实矛盾调解"),
        (["九"], "没有“九”这一节"),
        ([PLACE, "--preset", "写诗"], "没有“写诗”这种改法"),
        ([PLACE, "--accept", "all"], "没有等着决定"),
        ([PLACE, "--accept", "头一句"], "看不懂 --accept"),
        ([PLACE, "--edit", "改一改"], "看不懂 --edit"),
        ([PLACE, "--edit", "9=改一改"], "没有第9句"),
        ([PLACE, "--undo"], "没有可以撤销"),
        ([PLACE, "--redo"], "没有可以重做"),
        ([PLACE, "--undo", "--redo"], "要单独用"),
        ([PLACE, "--override"], "要和 --accept"),
        ([PLACE, "--like", "99"], "没有第99个"),
        ([PLACE, "--say", "加上领导讲话"], "不用模型时听不懂"),
        ([PLACE, "--writer", "llm", "--say", "短"], "没有设置模型服务的地址"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(draft, drafter, arguments, said):
    before = draft.read_bytes()
    ran = drafter("rewrite", DRAFT, *arguments)

    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert draft.read_bytes() == before


def test_a_section_that_was_edited_elsewhere_is_not_accepted_over(draft, drafter):
    drafter("rewrite", DRAFT, PLACE, "--preset", "压缩")
    theirs = draft.read_text(encoding="utf-8").replace("全年共受理", "今年共受理")
    draft.write_text(theirs, encoding="utf-8")

    ran = drafter("rewrite", DRAFT, PLACE, "--accept", "all")

    assert ran.code == 2
    assert "在改写之外改过" in ran.err
    assert draft.read_text(encoding="utf-8") == theirs


def test_a_rewritten_draft_is_never_written_over_by_draft(draft, drafter):
    drafter("rewrite", DRAFT, PLACE, "--preset", "压缩", "--accept", "all")

    ran = drafter("draft", NOTES, "-o", DRAFT, "--writer", "compose")

    assert ran.code == 2
    assert SHORT in plain(draft)


def test_after_another_past_section(draft, drafter):
    ran = drafter("rewrite", DRAFT, PLACE, "--like", "2", "--json")

    assert ran.code in {0, 1}
    assert ran.json["sentences"][0]["new"] != ran.json["sentences"][0]["old"]
    assert "38起" in ran.json["sentences"][0]["new"]


def test_killed_in_the_middle_it_goes_on_where_it_was(draft, drafter):
    before = draft.read_bytes()
    drafter("rewrite", DRAFT, "二/（二）", "--preset", "分条")
    for pause in (0.6, 1.1):
        process = subprocess.Popen(
            [sys.executable, "-m", "drafter", "rewrite", DRAFT, "二/（二）", "--accept", "all"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(pause)
        process.kill()
        process.wait()
        shown = drafter("rewrite", DRAFT, "二/（二）", "--json").json
        assert {row["status"] for row in shown["sentences"]} in ({"open"}, {"accepted"})
        if draft.read_bytes() != before:
            drafter("rewrite", DRAFT, "二/（二）", "--undo")
    assert draft.read_bytes() == before


# --- with a model -------------------------------------------------------------------------

_CURRENT = re.compile(r"现在的文字：\n<<<(\w+)\n(.*?)\n\1>>>", re.DOTALL)


def reply(text):
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    data = {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
    return Response(json.dumps(data, ensure_ascii=False), content_type="application/json")


@pytest.fixture
def asked(httpserver, drafter, draft):
    """Rewrite with a model that answers by `answer(current text)`; return what was printed and the requests."""

    def call(answer, *arguments):
        requests = []

        def handle(request):
            requests.append(request.get_data(as_text=True))
            content = json.loads(requests[-1])["messages"][1]["content"]
            return reply(answer(_CURRENT.search(content)[2]))

        httpserver.expect_request("/v1/chat/completions").respond_with_handler(handle)
        address = ("--base-url", httpserver.url_for("/v1"), "--model", "m")
        return drafter("rewrite", DRAFT, *arguments, *address, "--json"), requests

    return call


def test_a_model_rewrites_with_references_and_its_answer_is_linked(asked, draft):
    ran, requests = asked(
        lambda current: current.replace("全年共受理", "全年累计受理"),
        PLACE,
        "--say",
        "语气平实些",
        "--accept",
        "all",
    )

    assert ran.code == 0
    assert ran.json["sections"][0]["writer"] == "llm"
    assert "全年累计受理各类矛盾纠纷[38起][F8.1]" in draft.read_text(encoding="utf-8")
    assert "语气平实些" in json.loads(requests[0])["messages"][1]["content"]
    assert "38起" not in json.loads(requests[0])["messages"][1]["content"]
    assert (draft.parent / ".drafter" / "outbox.jsonl").is_file()


def test_a_lying_model_is_asked_three_times_and_then_composed(asked, draft):
    before = draft.read_bytes()
    ran, requests = asked(lambda current: current + "另走访企业37家。", PLACE, "--preset", "压缩")

    assert len(requests) == 3
    assert ran.json["sections"][0] == {"heading": "（一）做实矛盾调解。", "writer": "compose", "attempts": 3}
    assert "fell-back" in {finding["code"] for finding in ran.json["findings"]}
    assert ran.json["sentences"][0]["new"].startswith(SHORT[1:])
    assert draft.read_bytes() == before


def test_a_server_that_is_away_changes_nothing(draft, drafter):
    before = draft.read_bytes()
    ran = drafter(
        "rewrite", DRAFT, PLACE, "--say", "短一点", "--base-url", "http://127.0.0.1:9/v1", "--model", "m"
    )

    assert ran.code == 2
    assert draft.read_bytes() == before
    assert drafter("rewrite", DRAFT, PLACE, "--history").out.strip() == "这一节还没有改写过。"
