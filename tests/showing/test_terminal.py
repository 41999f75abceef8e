"""What a file holds is shown on a terminal as it is; what a terminal would obey is shown as its code."""

import json
import re

import pytest
from review_cases import HOSTILE

from drafter.cli.run import run

OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
ORDERS = [
    "\x1b[31m红\x1b[0m",
    "\x1b]0;标题\x07",
    "\x1b]8;;http://127.0.0.1:9/\x1b\\点\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x1b[5i",
    "\x9b31m",
    "\x07\x07",
    "甲\x08\x08乙",
    "甲\x7f乙",
    "\x1bP+q544e\x1b\\",
]
STRINGS = [*HOSTILE, *ORDERS]


@pytest.mark.parametrize("command", ["facts", "check", "review"])
def test_hostile_strings_are_words_on_the_terminal(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    bullets = "".join(f"- 修路{words}共{number + 100}米\n" for number, words in enumerate(STRINGS))
    (tmp_path / "n.md").write_text(f"单位：松溪村\n时间：2025年\n\n{bullets}", encoding="utf-8")
    body = "\n\n".join(f"修路{words}缺{number + 700}个。" for number, words in enumerate(STRINGS))
    (tmp_path / "d.md").write_text(f"# 松溪村2025年工作总结\n\n{body}\n", encoding="utf-8")
    rows = [
        {"surface": "700个", "context": "甲", "verdict": "accepted", "by": words, "at": words, "note": words}
        for words in STRINGS
        if words.strip()
    ]
    (tmp_path / "a.json").write_text(json.dumps({"decisions": rows}), encoding="utf-8")
    calls = {
        "facts": ["facts", "n.md"],
        "check": ["check", "d.md", "--notes", "n.md", "--used"],
        "review": ["review", "d.md", "--notes", "n.md", "--import", "a.json"],
    }

    assert run(calls[command]) in {0, 1}
    if command == "review":
        run(calls["check"])

    captured = capsys.readouterr()
    printed = captured.out + captured.err
    assert printed
    assert not OBEYED.search(printed)
    if command == "facts":
        unfolded = "".join(line.strip()[:40].strip() for line in printed.splitlines())
        assert all(words in unfolded for words in ("[red]红[/red]", "[link=", "\\x1b[31m"))
