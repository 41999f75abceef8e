"""review on the command line: where the page goes, what is taken in, who may ask the server for anything."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import urllib.parse

import pytest

from drafter.cli.reviewing import open_server
from drafter.draftfile.beside import review_path
from drafter.settings import load_settings

NOTES = "单位：松溪村\n时间：2025年\n\n- 矛盾纠纷受理38起，调解成功36起\n- 安全隐患排查61处，整改58处\n"
DRAFT = "# 松溪村2025年工作总结\n\n受理矛盾纠纷38起，调解成功36起。排查安全隐患61处，整改59处。\n"
DECISION = {
    "surface": "59处",
    "context": "排查安全隐患61处，整改59处。",
    "where": [],
    "verdict": "accepted",
    "by": "李敏",
    "at": "2025-12-20T09:30:00Z",
    "note": "",
}


@pytest.fixture
def desk(empty):
    (empty / "n.md").write_text(NOTES, encoding="utf-8")
    (empty / "稿.md").write_text(DRAFT, encoding="utf-8")
    return empty


def call(drafter, *more):
    return drafter("review", "稿.md", "--notes", "n.md", *more)


def test_the_page_stands_beside_the_draft_and_errors_are_told_by_the_exit_code(desk, drafter):
    ran = call(drafter)

    assert ran.code == 1
    assert "1 处" in ran.err
    assert (desk / "稿.review.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    (desk / "稿.md").write_text(DRAFT.replace("59处", "58处"), encoding="utf-8")
    assert call(drafter, "-o", "另存.html").code == 0
    assert (desk / "另存.html").is_file()
    assert not (desk / "稿.review.json").exists()


def test_the_page_is_written_over_a_page_only(desk, drafter):
    assert call(drafter).code == call(drafter).code == 1

    ran = call(drafter, "-o", "n.md")

    assert ran.code == 2
    assert "不是审阅页" in ran.err
    assert (desk / "n.md").read_text(encoding="utf-8") == NOTES


def test_a_draft_with_sheet_word_and_csv_notes_and_a_word_draft_are_shown(desk, drafter):
    import openpyxl
    from docx import Document

    book = openpyxl.Workbook()
    for row in (["指标", "数值"], ["夜间巡逻", "203次"]):
        book.active.append(row)
    book.save(desk / "n.xlsx")
    (desk / "n.csv").write_text("指标,数值\n招聘会,4场\n", encoding="utf-8")
    document = Document()
    document.add_paragraph("松溪村2025年工作总结")
    document.add_paragraph("夜间巡逻203次，举办招聘会4场。")
    document.save(desk / "稿.docx")

    ran = drafter("review", "稿.docx", "--notes", "n.xlsx", "n.csv")

    assert ran.code == 0
    page = (desk / "稿.review.html").read_text(encoding="utf-8")
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    patrol = next(item for item in data["items"] if item["about"]["surface"] == "203次")
    assert patrol["sources"][0]["columns"][:2] == ["A", "B"]
    assert patrol["sources"][0]["hit_column"] == 1


def test_an_exported_file_is_taken_in_and_what_no_longer_fits_is_told(desk, drafter):
    gone = {**DECISION, "surface": "77处", "context": "整改77处"}
    (desk / "a.json").write_text(
        json.dumps({"draft_sha256": "", "decisions": [DECISION, gone]}), encoding="utf-8"
    )

    ran = call(drafter, "--import", "a.json")

    assert ran.code == 0
    assert "收进 2 个决定，其中 1 个与草稿相符" in ran.err
    assert "77处" in ran.err
    assert drafter("check", "稿.md", "--notes", "n.md").code == 0
    kept = json.loads(review_path(desk / "稿.md").read_text(encoding="utf-8"))
    assert kept["decisions"][0].keys() >= DECISION.keys()
    assert call(drafter, "--import", "a.json").code == 0
    assert json.loads(review_path(desk / "稿.md").read_text(encoding="utf-8")) == kept


def test_the_later_of_two_imported_decisions_counts_whichever_comes_first(desk, drafter):
    later = {**DECISION, "verdict": "rejected", "by": "周强", "at": "2025-12-21T09:30:00Z"}
    for name, row in (("later.json", later), ("earlier.json", DECISION)):
        (desk / name).write_text(json.dumps({"decisions": [row]}), encoding="utf-8")
        call(drafter, "--import", name)

    found = drafter("check", "稿.md", "--notes", "n.md", "--json").json["findings"]

    assert [finding["code"] for finding in found if finding["severity"] == "error"] == [
        "rejected",
        "unsupported",
    ]


def test_an_export_takes_back_what_was_withdrawn(desk, drafter):
    taken_back = {**DECISION, "at": "2025-12-22T09:30:00Z"}
    for rows in ({"decisions": [DECISION]}, {"decisions": [], "withdrawn": [taken_back]}):
        (desk / "a.json").write_text(json.dumps(rows), encoding="utf-8")
        call(drafter, "--import", "a.json")

    assert json.loads(review_path(desk / "稿.md").read_text(encoding="utf-8"))["decisions"] == []


@pytest.mark.parametrize("content", ["", "[1]", '{"decisions": [1]}', "\udcff"])
def test_a_file_that_holds_no_decisions_is_refused(desk, drafter, content):
    (desk / "a.json").write_bytes(content.encode("utf-8", "surrogateescape"))

    ran = call(drafter, "--import", "a.json")

    assert ran.code == 2
    assert "a.json" in ran.err
    assert not review_path(desk / "稿.md").exists()


def test_the_reviewers_name_comes_from_the_flag_then_the_settings(desk, drafter):
    (desk / "drafter.toml").write_text('[review]\nby = "周强"\n', encoding="utf-8")

    call(drafter)
    assert '"reviewer":"周强"' in (desk / "稿.review.html").read_text(encoding="utf-8")
    call(drafter, "--by", "李敏")
    assert '"reviewer":"李敏"' in (desk / "稿.review.html").read_text(encoding="utf-8")


@pytest.fixture
def server(desk):
    server = open_server(desk / "稿.md", [desk / "n.md"], [], load_settings(desk), "李敏")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(server, method="GET", path=None, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    default = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, path or f"/{server.token}/", body=body, headers={**default, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8"), dict(answer.getheaders())


def test_only_the_right_address_under_the_right_name_gets_anything(server):
    port = server.server_port
    assert ask(server)[0] == 200
    assert ask(server, Host=f"localhost:{port}")[0] == 200
    assert server.server_address[0] == "127.0.0.1"
    for path in (
        "/",
        "/save",
        f"/{server.token}",
        f"/{server.token[:-1]}/",
        f"/{server.token}/../",
        "/favicon.ico",
    ):
        assert ask(server, path=path)[0] == 403
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port}.evil.example"):
        assert ask(server, Host=host)[0] == 403
    assert ask(server, Origin="http://evil.example")[0] == 403


def test_what_is_served_forbids_everything_else(server):
    _, page, headers = ask(server)

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert server.token not in page


def test_a_decision_is_saved_only_from_the_page_itself(desk, server):
    save = f"/{server.token}/save"
    stamp = server.service.stamp()
    body = json.dumps({"stamp": stamp, "decision": DECISION})
    refused = [
        ask(server, "POST", save, body, Origin="http://evil.example"),
        ask(server, "POST", save, body, Host="evil.example"),
        ask(server, "POST", save, body, **{"Content-Type": "text/plain"}),
        ask(server, "POST", "/save", body),
        ask(server, "POST", save, "{"),
        ask(server, "POST", save, "[]"),
        ask(server, "POST", save, json.dumps({"stamp": stamp, "decision": {**DECISION, "by": ""}})),
        ask(server, "POST", save, json.dumps({"stamp": "old", "decision": DECISION})),
    ]
    assert [answer[0] for answer in refused] == [403, 403, 403, 403, 400, 400, 400, 409]
    assert not review_path(desk / "稿.md").exists()

    assert ask(server, "POST", save, body)[0] == 200
    assert [
        row["by"] for row in json.loads(review_path(desk / "稿.md").read_text(encoding="utf-8"))["decisions"]
    ] == ["李敏"]


def test_a_damaged_file_of_decisions_is_not_written_over(desk, server):
    review_path(desk / "稿.md").write_text("{", encoding="utf-8")

    status, said, _ = ask(server)

    assert status == 409
    assert "坏了" in said
    body = json.dumps({"stamp": "", "decision": DECISION})
    assert ask(server, "POST", f"/{server.token}/save", body)[0] >= 400
    assert review_path(desk / "稿.md").read_text(encoding="utf-8") == "{"


def test_serving_prints_the_address_and_ends_quietly(desk):
    command = [
        sys.executable,
        "-m",
        "drafter",
        "review",
        "稿.md",
        "--notes",
        "n.md",
        "--serve",
        "--by",
        "李敏",
    ]
    served = subprocess.Popen(
        command,
        cwd=desk,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    try:
        address = urllib.parse.urlsplit(served.stdout.readline().strip())
        assert address.hostname == "127.0.0.1"
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
        connection.request("GET", address.path)
        assert connection.getresponse().status == 200
        served.send_signal(signal.SIGINT)
        assert served.wait(10) in {0, 130}
    finally:
        served.kill()
    assert "Traceback" not in served.stderr.read()
