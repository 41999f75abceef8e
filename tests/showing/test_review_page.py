"""The reviewer's page in a real browser: risk first, one click to the source, decisions kept, nothing runs."""

import json
import threading
import time
from pathlib import Path

import pytest
from review_cases import FAULTS, HOSTILE, draft, notes

from drafter.cli.reviewing import open_server
from drafter.cli.run import run
from drafter.draftfile.beside import review_path
from drafter.settings import load_settings
from drafter.workflow.checking import check
from drafter.workflow.reviewing import build_page

SHOW_ALL = """() => [...document.querySelectorAll("mark.it")].map((mark) => {
  mark.click();
  return document.getElementById("shown").textContent;
}).join("\\n")"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "要点.md").write_text(notes(), encoding="utf-8")
    (tmp_path / "稿.md").write_text(draft(), encoding="utf-8")
    return tmp_path


def write(place, *more):
    code = run(["review", "稿.md", "--notes", "要点.md", "--by", "李敏", *more])
    assert code in {0, 1}
    return place / "稿.review.html"


def change(place, name, old, new):
    text = (place / name).read_text(encoding="utf-8")
    assert old in text
    (place / name).write_text(text.replace(old, new), encoding="utf-8")


def names(tab):
    return tab.locator("#list .what").all_text_contents()


def big(tab):
    return tab.locator("#shown .big").evaluate("box => box.firstChild.textContent")


def exported(tab):
    tab.keyboard.press("e")
    text = tab.locator("#json").input_value()
    tab.keyboard.press("Escape")
    return json.loads(text)


def kept(place):
    file = review_path(place / "稿.md")
    return json.loads(file.read_text(encoding="utf-8"))["decisions"] if file.exists() else []


def wait_until(is_so, seconds=10):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def at(place):
    return check(place / "稿.md", [place / "要点.md"])


def test_the_ten_planted_faults_of_forty_numbers_come_first(place, watched):
    tab = watched.open(write(place))

    signs = tab.locator("#list .sign").all_text_contents()
    planted = {"59处", "15名", "6400份", "151具", "户", "×××人", "若干户", "12支", "期", "__吨"}
    assert len(signs) == 40
    assert signs[:10] == ["×"] * 10
    assert "×" not in signs[10:]
    assert set(names(tab)[:10]) == planted
    assert len(planted) == len(FAULTS)
    assert "已看 0/40" in tab.locator("#count").text_content()
    assert "问题 0/10" in tab.locator("#count").text_content()


def test_every_number_is_one_click_or_one_key_from_its_source(place, watched):
    page = build_page(place / "稿.md", [place / "要点.md"])
    traced = [item for item in page.items if item.group == "traced"]
    tab = watched.open(write(place))

    for item in traced:
        tab.locator(f'mark.it[data-i="{item.id}"]').first.click()
        assert big(tab) == item.about.surface
        hit = tab.locator("#shown .source tr.hit").first.text_content()
        assert item.sources[0].around.place.strip("第行") in hit
        assert tab.locator("#shown .source tr.hit mark").first.text_content() == item.about.surface
    tab.reload()
    order = names(tab)
    for wanted in order[1:]:
        tab.keyboard.press("j")
        assert big(tab) == wanted
        assert tab.locator("#shown .source").count() or tab.locator("#shown .gone").count()
    tab.keyboard.press("k")
    assert big(tab) == order[-2]
    assert tab.locator("#shown .source td.no").count() >= 4


def test_a_failing_number_shows_what_the_notes_have(place, watched):
    tab = watched.open(write(place))

    tab.locator("#list li", has_text="59处").click()

    assert "要点F2为58处" in tab.locator(".problem.error").text_content()
    assert tab.locator("#shown .source tr.hit").text_content().endswith("安全隐患排查61处，整改58处")
    assert tab.locator("#shown .ctx b").text_content() == "59处"


def test_keys_decide_and_the_export_is_what_check_reads(place, watched):
    tab = watched.open(write(place))
    order = names(tab)

    tab.keyboard.press("a")
    assert big(tab) == order[1]
    tab.keyboard.press("n")
    tab.keyboard.type("村里另有台账")
    tab.keyboard.press("Enter")
    tab.keyboard.press("a")
    tab.keyboard.press("r")
    tab.keyboard.press("j")
    tab.keyboard.press("a")
    tab.keyboard.press("k")
    tab.keyboard.press("u")
    assert "已看 3/40" in tab.locator("#count").text_content()
    content = exported(tab)

    assert content.keys() >= {"draft_sha256", "decisions"}
    by_surface = {row["surface"]: row for row in content["decisions"]}
    assert {name: row["verdict"] for name, row in by_surface.items()} == {
        order[0]: "accepted",
        order[1]: "accepted",
        order[2]: "rejected",
    }
    assert by_surface[order[1]]["note"] == "村里另有台账"
    assert all(row["by"] == "李敏" and row["at"].startswith("20") for row in content["decisions"])

    (place / "寄来.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert run(["review", "稿.md", "--notes", "要点.md", "--import", "寄来.json"]) == 0
    severities = [finding.severity for finding in at(place).findings]
    assert severities.count("error") == 9
    assert sum("李敏" in finding.message for finding in at(place).findings) == 3


def test_decisions_outlive_a_reload_and_a_new_page_and_expire_with_number_or_source(place, watched):
    file = write(place)
    tab = watched.open(file)
    for surface in ("59处", "15名", "12支"):
        tab.locator("#list li", has_text=surface).click()
        tab.locator("#accept").click()
    tab.reload()
    assert "已看 3/40" in tab.locator("#count").text_content()
    assert tab.locator("#list li", has_text="59处").locator(".state").text_content() == "√ 认可"

    change(place, "稿.md", "15名", "16名")
    change(place, "要点.md", "服务队9支", "服务队8支")
    write(place)
    tab.reload()

    assert "已看 1/40" in tab.locator("#count").text_content()
    assert "2 个决定已失效" in tab.locator("#general summary").text_content()
    told = tab.locator("#general li").all_text_contents()
    assert any("15名" in words for words in told)
    assert any("12支" in words and "出处改过了" in words for words in told)
    tab.locator("#drop").click()
    tab.reload()
    assert not tab.locator("#general").is_visible()
    assert "已看 1/40" in tab.locator("#count").text_content()


def test_a_page_remembers_nothing_of_a_draft_of_the_same_name_elsewhere(place, watched, monkeypatch):
    tab = watched.open(write(place))
    tab.keyboard.press("a")
    other = place / "另一个社区"
    other.mkdir()
    (other / "要点.md").write_text("单位：松溪村\n时间：2025年\n\n- 走访12户\n", encoding="utf-8")
    (other / "稿.md").write_text("走访13户。\n", encoding="utf-8")
    monkeypatch.chdir(other)

    tab = watched.open(write(other))

    assert "已看 0/1" in tab.locator("#count").text_content()
    assert not tab.locator("#general").is_visible()


def test_what_was_imported_is_shown_with_its_name(place, watched):
    tab = watched.open(write(place))
    tab.keyboard.press("r")
    (place / "a.json").write_text(json.dumps(exported(tab)), encoding="utf-8")
    run(["review", "稿.md", "--notes", "要点.md", "--import", "a.json"])
    watched.context.clear_cookies()
    tab.evaluate("localStorage.clear()")

    write(place)
    tab.reload()

    assert tab.locator("#list .state").first.text_content() == "× 否定"
    tab.locator("#list li", has_text="38起").click()
    tab.keyboard.press("r")
    tab.reload()
    assert "38起" in names(tab)[:2]
    assert tab.locator("#list .sign").all_text_contents()[:11] == ["×"] * 11
    tab.keyboard.press("j")
    assert "李敏" in tab.locator("#verdict").text_content()


def test_the_sign_of_the_page_is_no_badge_that_nobody_earned(place, watched):
    tab = watched.open(write(place))

    assert tab.locator("mark.accepted").count() == 0
    tab.locator("#list li", has_text="38起").click()
    tab.keyboard.press("a")
    assert tab.locator("mark.accepted").all_text_contents() == ["38起"]


def test_a_stale_number_of_a_plain_draft_shows_the_past_section(place, watched):
    (place / "松溪村2024年工作总结.md").write_text(
        "# 松溪村2024年工作总结\n\n## 一、宣传\n\n全年举办讲座147场，听众很多。\n", encoding="utf-8"
    )
    change(place, "稿.md", "夜间巡逻", "举办讲座147场，夜间巡逻")
    tab = watched.open(write(place, "--past", "松溪村2024年工作总结.md"))

    assert big(tab) == "147场"
    assert "旧数" in tab.locator("#shown .badge").text_content()
    assert "全年举办讲座147场" in tab.locator("#shown .source").first.text_content()


def test_nobody_decides_without_a_name(place, watched):
    tab = watched.open(write(place))
    tab.locator("#by").fill("")
    tab.locator("#list li").first.click()

    tab.keyboard.press("a")
    assert "请先写上您的名字" in tab.locator("#saved").text_content()
    assert "已看 0/40" in tab.locator("#count").text_content()
    tab.keyboard.type("周强")
    tab.keyboard.press("Enter")
    tab.keyboard.press("a")

    assert exported(tab)["decisions"][0]["by"] == "周强"


def test_the_list_is_filtered_by_kind_by_words_and_by_what_is_left(place, watched):
    tab = watched.open(write(place))

    tab.locator("#kind").select_option("bad")
    assert len(names(tab)) == 10
    tab.keyboard.press("Escape")
    tab.locator("#list li").first.click()
    tab.keyboard.press("a")
    tab.locator("#todo").check()
    assert len(names(tab)) == 9
    tab.locator("#kind").select_option("all")
    tab.locator("#list li").first.click()
    tab.keyboard.press("/")
    tab.keyboard.type("垃圾")
    assert set(names(tab)) == {"50次", "__吨", "20处", "10名"}
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()
    tab.keyboard.press("Escape")
    assert not tab.locator("#help").is_visible()


def test_facts_are_listed_with_their_places_and_paper_has_every_number(place, watched):
    change(place, "要点.md", "- 夜间巡逻", "- 慰问困难群众75户\n- 夜间巡逻")
    tab = watched.open(write(place))
    tab.keyboard.press("a")

    tab.locator("[data-view=facts]").click()
    assert "1 条没有用到" in tab.locator("#facts").text_content()
    assert "慰问困难群众75户" in tab.locator("#facts tr.unused").text_content()
    tab.locator("#facts button", has_text="38起").click()
    assert big(tab) == "38起"
    assert not tab.locator("#paper").is_visible()
    tab.emulate_media(media="print")
    assert tab.locator("#paper").is_visible()
    assert not tab.locator("#queue").is_visible()
    assert tab.locator("#paper tbody tr").count() == 40
    assert sum("李敏" in words for words in tab.locator("#paper tbody tr").all_text_contents()) == 1


def test_this_year_stands_beside_last_year_with_a_picture(place, watched):
    (place / "松溪村2024年工作总结.md").write_text(
        "# 松溪村2024年工作总结\n\n## 一、综治\n\n全年受理矛盾纠纷42起，调解成功41起。开展夜间巡逻186次。\n",
        encoding="utf-8",
    )
    tab = watched.open(write(place, "--past", "松溪村2024年工作总结.md"))

    tab.locator("[data-view=years]").click()

    rows = tab.locator("#years tbody tr").all_text_contents()
    assert any("38起" in row and "42起" in row and "−9.5%" in row for row in rows)
    assert any("203次" in row and "186次" in row and "+9.1%" in row for row in rows)
    assert tab.locator("#years tbody svg rect.then").count() == len(rows)
    tab.locator("#years tbody tr", has_text="203次").click()
    assert big(tab) == "203次"


def test_the_page_asks_for_nothing_beyond_itself(place, watched):
    file = write(place)
    tab = watched.open(file)
    tab.keyboard.press("a")
    exported(tab)
    tab.locator("[data-view=facts]").click()

    assert watched.requests == [f"GET {file.as_uri()}"]
    assert watched.errors == []
    head = file.read_text(encoding="utf-8")[:400]
    assert head.index("Content-Security-Policy") < head.index("charset")
    assert "default-src 'none'" in head.replace("&#39;", "'")


@pytest.mark.parametrize("served", [False, True], ids=["file", "served"])
def test_eighty_hostile_strings_are_shown_as_they_are_and_do_nothing(place, watched, served):
    files = []
    for number, words in enumerate(HOSTILE):
        name = f"{number}-{words.replace('/', '∕')[:60]}.md"
        (place / name).write_text(
            f"单位：松溪村\n时间：2025年\n\n- 修路{words}共{number + 100}米\n", encoding="utf-8"
        )
        files.append(name)
    body = [f"修路{words}共{number + 100}米，缺{number + 700}个。" for number, words in enumerate(HOSTILE)]
    hostile = "<img src=x onerror=boom()>{{7*7}}.md"
    (place / hostile).write_text("# 松溪村2025年工作总结\n\n" + "\n\n".join(body), encoding="utf-8")
    arguments = [part for name in files for part in ("--notes", name)]
    rows = [
        {"surface": words, "context": words, "verdict": "rejected", "by": words, "at": words, "note": words}
        for words in HOSTILE
        if words.strip()
    ]
    review_path(place / hostile).write_text(json.dumps({"decisions": rows}), encoding="utf-8")
    server = None
    if served:
        paths = [Path(name) for name in files]
        server = open_server(Path(hostile), paths, [], load_settings(place), "<b>李敏</b>")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = server.address
    else:
        run(["review", hostile, *arguments, "-o", "页.html", "--by", "<b>李敏</b>"])
        where = (place / "页.html").as_uri()
    tab = watched.open(where)

    page = build_page(Path(hostile), [Path(name) for name in files])
    assert len(HOSTILE) >= 80
    text = tab.locator("#draft").text_content()
    for line in page.plain.splitlines():
        assert line.strip() in text
    assert sum(words in page.plain for words in HOSTILE) >= 70
    for row in tab.locator("#list li").all()[:40]:
        row.click()
    tab.locator("#accept").click()
    shown = tab.evaluate(SHOW_ALL)
    cards = [source for item in page.items for source in item.sources]
    assert len(cards) >= 70
    for source in cards:
        assert source.around.file in shown
        assert all(cell in shown for row in source.around.rows for cell in row.cells)
    tab.locator("[data-view=facts]").click()
    facts = tab.locator("#facts").text_content()
    assert all(row.fact.text in facts for row in page.facts)
    tab.emulate_media(media="print")
    tab.wait_for_timeout(200)
    if server is not None:
        server.shutdown()
        server.server_close()

    assert watched.booms == 0
    assert watched.dialogs == []
    assert [r for r in watched.requests if r not in {f"GET {where}", f"POST {where}save"}] == []
    assert watched.errors == []


@pytest.fixture
def server(place):
    server = open_server(place / "稿.md", [place / "要点.md"], [], load_settings(place), "李敏")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_served_page_saves_each_decision_at_once(place, server, watched):
    tab = watched.open(server.address)
    order = names(tab)
    tab.keyboard.press("a")
    tab.keyboard.press("r")
    wait_until(lambda: len(kept(place)) == 2)

    saved = kept(place)
    assert [(row["surface"], row["verdict"], row["by"]) for row in saved] == [
        (order[0], "accepted", "李敏"),
        (order[1], "rejected", "李敏"),
    ]
    assert {"surface", "context", "where", "verdict", "by", "at", "note"} <= saved[0].keys()
    assert [outcome.state for outcome in at(place).decisions] == ["held", "held"]
    tab.reload()
    assert "已看 2/40" in tab.locator("#count").text_content()
    tab.keyboard.press("u")
    wait_until(lambda: len(kept(place)) == 1)
    tab.locator("#saved", has_text="已保存").wait_for()
    assert {request.split("/")[-1] for request in watched.requests} == {"", "save"}


def test_expired_decisions_are_shown_and_thrown_away_when_asked(place, server, watched):
    old = {"surface": "77处", "context": "整改77处", "verdict": "rejected", "by": "周强", "at": "2025-01-01"}
    content = {"decisions": [old]}
    review_path(place / "稿.md").write_text(json.dumps(content), encoding="utf-8")
    tab = watched.open(server.address)
    assert "周强对“77处”的否定不再算数" in tab.locator("#general li").text_content()

    tab.locator("#drop").click()

    wait_until(lambda: kept(place) == [])
    assert not tab.locator("#general").is_visible()


def test_a_decision_written_by_hand_is_replaced_by_one_in_the_page(place, server, watched):
    by_hand = {
        "surface": "59处",
        "context": "整改59处",
        "verdict": "rejected",
        "by": "周强",
        "at": "2025-01-01",
    }
    review_path(place / "稿.md").write_text(json.dumps({"decisions": [by_hand]}), encoding="utf-8")
    tab = watched.open(server.address)
    assert names(tab)[0] == "59处"

    tab.locator("#list li", has_text="59处").click()
    tab.keyboard.press("a")

    wait_until(lambda: [row["by"] for row in kept(place)] == ["李敏"])
    assert "error" not in {f.severity for f in at(place).findings if "59处" in f.message}


@pytest.mark.parametrize("name", ["稿.md", "要点.md"])
def test_a_draft_or_notes_changed_meanwhile_are_noticed(place, server, watched, name):
    tab = watched.open(server.address)
    change(place, name, "夜间巡逻203次", "夜间巡逻204次")

    tab.keyboard.press("a")

    tab.wait_for_selector("#saved.bad")
    assert "改过了" in tab.locator("#saved").text_content()
    assert not review_path(place / "稿.md").exists()
    assert tab.locator("#accept").is_disabled()


def test_a_server_that_is_gone_is_noticed(place, server, watched):
    tab = watched.open(server.address)
    server.shutdown()
    server.server_close()

    tab.keyboard.press("a")

    tab.wait_for_selector("#saved.bad")
    assert "没有保存" in tab.locator("#saved").text_content()
