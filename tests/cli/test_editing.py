"""The editor of one section: lines as steps, on real terminals with Chinese input, killed and taken up again."""

import io
import os
import random
import re
import signal
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from drafter.cli.editing import Editor
from drafter.cli.editing_keys import leaves, only_number, read_line
from drafter.draftfile.edit import find_part
from drafter.errors import UsageError
from drafter.showing.progress import Steps

sys.path.insert(0, str(Path(__file__).parents[1] / "workflow"))
from rewriting_sample import composed, lay_out, open_at, stock_of

LEFT, RIGHT_END, BACKSPACE = "\x1b[D", "\x1b[F", "\x7f"


# --- what is typed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "key", "numbers"),
    [
        ("", "", set()),
        ("a", "a", set()),
        ("a 1,3", "a", {1, 3}),
        ("ａ１，３", "a", {1, 3}),
        ("采用 2", "a", {2}),
        ("手改第2句", "e", {2}),
        ("撤销", "u", set()),
        ("?", "?", set()),
        ("？", "?", set()),
        ("压缩", None, set()),
        ("把巡逻放到前面", None, set()),
        ("短一点", None, set()),
    ],
)
def test_a_line_is_a_key_or_words(line, key, numbers):
    assert read_line(line) == (key, numbers)


def test_unknown_keys_and_missing_numbers_are_said():
    with pytest.raises(UsageError, match="没有 z 这个键"):
        read_line("z")
    with pytest.raises(UsageError, match="第几句"):
        only_number(frozenset())
    assert leaves("Ｑ")
    assert leaves("退出")
    assert not leaves("去掉第一句")


# --- steps, without a terminal --------------------------------------------------------------


class Bench:
    """What the editor works with, without a library and a model."""

    writer = "compose"

    def __init__(self, session):
        self._session = session

    def stock(self):
        return stock_of(self._session)

    def rewriter(self):
        return composed


class Typist:
    """Types prepared lines; where a sentence is to be changed, a function changes it."""

    def __init__(self, lines):
        self._lines = list(lines)

    def __call__(self, prompt, default):
        if not self._lines:
            raise EOFError
        line = self._lines.pop(0)
        return line(default) if callable(line) else line


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A draft, and what drives the editor over a section of it."""
    monkeypatch.chdir(tmp_path)
    path = lay_out(tmp_path)

    def drive(*lines, address="一/（二）", width=80):
        session = open_at(path, address)
        console = Console(record=True, width=width, highlight=False, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
        code = Editor(session, Bench(session), Steps(), Typist(lines), console).run()
        return code, console.export_text()

    drive.path = path
    return drive


def test_the_section_stands_with_its_facts_and_past_sections(desk):
    code, shown = desk(address="一", width=200)

    assert code == 0
    for words in (
        "夜间巡逻203次",
        "F2 夜间巡逻203次；网格员14名",
        "往年同类段落",
        "办理居住证【待补：人次】",
    ):
        assert words in shown


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_no_line_is_cut_short_whatever_the_width(desk, width):
    shown = desk("压缩", width=width)[1]
    joined = "".join("".join(line.split()) for line in shown.splitlines())

    assert "…" not in shown
    if width < 100:
        assert "整改58处，整改率95.1%" in joined
        assert "反诈宣传16场，发资料5800份" in joined


def test_a_version_is_asked_for_accepted_undone_and_done_again(desk):
    before = desk.path.read_bytes()
    assert desk("合并", "a")[0] == 0
    merged = desk.path.read_bytes()

    assert merged != before
    desk("u")
    assert desk.path.read_bytes() == before
    desk("y")
    assert desk.path.read_bytes() == merged


def test_leaving_in_the_middle_keeps_what_is_open(desk):
    desk("合并", "q")
    shown = desk()[1]

    assert "上次的新写法还没有决定" in shown
    assert "新写法还没有决定，下次接着来。" in shown


def test_sentences_are_decided_one_by_one(desk):
    before = desk.path.read_text(encoding="utf-8")
    shown = desk("更正式", "", *["r"] * 9)[1]

    assert "逐句决定" in shown
    assert desk.path.read_text(encoding="utf-8") == before


def test_a_wrong_number_typed_by_hand_is_refused_told_and_put_right_by_one_key(desk):
    before = desk.path.read_bytes()
    shown = desk("e 1", lambda said: said.replace("203", "230"), "f 1")[1]

    assert "没有采用" in shown
    assert "203次（F2.1）写成了230次" in "".join("".join(line.split()) for line in shown.splitlines())
    assert "f 1 恢复原样" in shown
    assert desk.path.read_bytes() == before


def test_a_wrong_number_is_taken_only_where_a_person_says_so_and_that_is_recorded(desk):
    desk("e 1", lambda said: said.replace("203", "230"), "o 1")
    shown = desk("h")[1]

    assert "230次" in desk.path.read_text(encoding="utf-8")
    assert "本人确认" in shown
    assert desk()[0] == 1


def test_a_number_typed_by_hand_is_linked_to_its_fact(desk):
    desk("e 1", lambda said: said.rstrip("。；") + "，登记出租房335户。")

    assert desk.path.read_text(encoding="utf-8").count("登记出租房[335户][F5.1]") == 2


def test_another_past_section_serves_as_model(desk):
    shown = desk("s 1", address="一/（一）")[1]
    history = desk("h", address="一/（一）", width=120)[1]

    assert "换写法" in history or "没有差别" in shown
    assert "照《梅坞社区2024年工作总结》" in history


def test_a_mistyped_line_loses_nothing(desk):
    before = desk.path.read_bytes()
    shown = desk("z", "e", "e 99", "f 1", "u", "a", "s 9", "?")[1]

    assert shown.count("×") >= 6
    assert "改写" not in shown.splitlines()[0]
    assert desk.path.read_bytes() == before


def test_what_another_program_wrote_meanwhile_is_kept(desk):
    path = desk.path

    def meanwhile(said):
        path.write_text(path.read_text(encoding="utf-8").replace("助餐", "社区助餐"), encoding="utf-8")
        return said.replace("开展", "组织")

    shown = desk("e 1", meanwhile)[1]
    text = path.read_text(encoding="utf-8")

    assert "社区助餐" in text
    assert "组织夜间巡逻" in text
    assert "草稿别处刚才被别的程序改动过" in shown


def test_why_there_is_no_new_version_is_said_once_in_the_sessions_words(desk):
    shown = desk("压缩", "a", "压缩")[1]

    assert shown.count("没有差别") == 1
    assert "! 这样改与现在的文字没有差别，没有新写法。" in shown


def test_errors_name_the_keys_of_the_editor_and_no_flags(desk):
    shown = desk("a", "u", "y", "f 1", "3", "?")[1]

    assert "--" not in shown
    assert "先输入 压缩、换写法 这样的改法" in shown
    assert "例如 e 3 手改" in shown


def test_what_is_written_is_said_to_be_written(desk):
    assert "已写进草稿。u 撤销。" in desk("合并", "a")[1]
    assert "已写进草稿" not in desk("分条", "r")[1]


def test_one_thing_is_put_first_or_last_without_a_model(desk):
    desk("把反诈宣传放到前面", "a")
    text = desk.path.read_text(encoding="utf-8")
    assert "（二）强化群防群治。开展反诈宣传[16场][F4.1]，" in text
    desk("把反诈宣传那一句放到最后", "a")

    assert "发资料[5800份][F4.2]。\n" in desk.path.read_text(encoding="utf-8")
    assert "没有差别" in desk("把集市放到前面")[1]


def test_a_refused_sentence_is_asked_about_again_with_the_keys_of_the_walk(desk):
    shown = desk("合并", "", "e", lambda said: re.sub(r"\d+", "777", said, count=1), "不要", "q")[1]

    assert "r不要，e手改，o确认采用" in "".join(shown.split())
    assert "777" not in desk.path.read_text(encoding="utf-8")


def test_a_sentence_that_is_emptied_goes_and_comes_back(desk):
    before = desk.path.read_bytes()
    desk("e 1", lambda _: "")
    assert "开展夜间巡逻" not in desk.path.read_text(encoding="utf-8")
    desk("u", "r")

    assert desk.path.read_bytes() == before


def test_a_sentence_that_would_be_a_heading_is_refused(desk):
    before = desk.path.read_bytes()
    shown = desk("e 1", lambda _: "二、会务工作", "a", address="开头")[1]

    assert "会被当成标题，没有改。" in shown
    assert desk.path.read_bytes() == before


_LINES = (
    *"arefnosuyhl?",
    *("a 1,3", "r 2", "e 1", "e 2", "e 4", "f 1", "o 2", "s 1", "s 9", "e", "7", "99", "", "  ", "ａ１", "z"),
    *("压缩", "展开", "分条", "合并", "换写法", "换顺序", "采用", "不要", "撤销", "短一点", "把巡逻放到前面"),
    *("\x00", "\x1b[A", "。" * 300, "[F1.1]", "# 一", "<b>", "a 0", "e -1", "\u202e乱", "\ud800", "q"),
)
_SENTENCES = (
    *("", "  ", "# 标题", "- 一条\n- 两条", "| a | b |", '[F1.1]: <x#L1> "y"', "---", "<!-- x -->", "```"),
    *(
        "夜间巡逻999次。",
        "[203次][F2.1]",
        "一句。两句。三句。",
        "“不成对",
        "（一）另一节",
        "\x00\x1b[31m",
        "\ud800坏",
    ),
)


@pytest.mark.parametrize(("seed", "address"), [(1, "一/（二）"), (2, "一"), (3, "开头")])
def test_whatever_is_typed_nothing_breaks_and_nothing_outside_the_section_changes(tmp_path, seed, address):
    path = lay_out(tmp_path)
    chance, left = random.Random(seed), [100]

    def outside():
        text = path.read_bytes().decode()
        span = find_part(text, address).span
        return text[: span.start], text[span.end :].partition("\n[F")[0]

    before = outside()

    def type_on(prompt, default):
        assert outside() == before
        left[0] -= 1
        if left[0] < 0:
            raise EOFError
        if prompt[0].isdecimal():
            cut = chance.randrange(len(default) + 1)
            return chance.choice(
                (default, default[:cut] + chance.choice("甲5，。[【") + default[cut:], None)
            ) or (chance.choice(_SENTENCES))
        return chance.choice(_LINES)

    while left[0] > 0:
        session = open_at(path, address)
        console = Console(width=chance.choice((20, 80, 120)), file=io.StringIO())
        Editor(session, Bench(session), Steps(), type_on, console).run()

    assert outside() == before


# --- on a terminal --------------------------------------------------------------------------


class Terminal:
    """The command in a terminal of its own; `screen` is what a person sees."""

    def __init__(self, folder, *, columns=80, encoding="utf-8"):
        pexpect = pytest.importorskip("pexpect", reason="没有 pexpect")
        pyte = pytest.importorskip("pyte", reason="没有 pyte")
        root = str(Path(__file__).parents[2])
        environment = {
            **os.environ,
            "PYTHONPATH": root,
            "TERM": "xterm-256color",
            "PYTHONIOENCODING": encoding,
        }
        self.screen = pyte.Screen(columns, 60)
        self._stream = pyte.Stream(self.screen)
        # a script, since pexpect would put the words of a call into the encoding of the terminal
        script = folder / "run.sh"
        script.write_text(
            f'exec "{sys.executable}" -m drafter rewrite 草稿.md "一/（二）" --writer compose\n',
            encoding="utf-8",
        )
        self._child = pexpect.spawn(
            "/bin/sh",
            [str(script)],
            cwd=str(folder),
            env=environment,
            dimensions=(60, columns),
            encoding=encoding,
            timeout=60,
        )

    @property
    def shown(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, words, *, at_most_s=60):
        """Wait until the last line that is not blank begins with `words`."""
        import pexpect

        until = time.monotonic() + at_most_s
        while time.monotonic() < until:
            try:
                self._stream.feed(self._child.read_nonblocking(65536, 0.1))
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                break
            lines = [line for line in self.shown.splitlines() if line.strip()]
            if lines and lines[-1].startswith(words):
                return
        raise AssertionError(f"no {words!r} in\n{self.shown}")

    def type(self, keys):
        self._child.send(keys)
        time.sleep(0.2)

    def line(self, keys, prompt="改写>"):
        """Type a line and wait for the next prompt, once the line itself has been taken."""
        self.screen.reset()
        self.type(keys + "\r")
        self.wait_for(prompt)

    def kill(self):
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def leave(self):
        self.type("q\r")
        self._child.expect_exact(__import__("pexpect").EOF)
        self._child.close()
        return self._child.exitstatus


@pytest.mark.skipif(os.name == "nt", reason="没有伪终端")
def test_ten_steps_with_chinese_input_a_kill_and_a_return(tmp_path):
    path = lay_out(tmp_path)
    terminal = Terminal(tmp_path)
    terminal.wait_for("改写>")
    terminal.line("压缩")
    assert "新" in terminal.shown
    terminal.line("a")
    terminal.line("u")
    terminal.line("y")
    terminal.line("u")
    terminal.line("r")
    terminal.line("e 1", prompt="1>")
    terminal.line(f"另有志愿者者{BACKSPACE}参加{LEFT}{LEFT}踊跃{RIGHT_END}。")
    assert "另有志愿者踊跃参加。" in path.read_text(encoding="utf-8")
    terminal.line("分条")
    before = path.read_bytes()
    terminal.type("这一句还没有打完")
    terminal.kill()

    assert path.read_bytes() == before
    again = Terminal(tmp_path, columns=120)
    again.wait_for("改写>")
    assert "上次的新写法还没有决定，接着来。" in again.shown
    again.line("h")
    assert "手改第1句" in again.shown
    assert "分条" in again.shown
    assert again.leave() == 0


@pytest.mark.skipif(os.name == "nt", reason="没有伪终端")
def test_a_terminal_in_gbk_shows_and_takes_chinese(tmp_path):
    path = lay_out(tmp_path)
    terminal = Terminal(tmp_path, encoding="gbk")
    terminal.wait_for("改写>")
    assert "夜间巡逻203次" in terminal.shown
    terminal.line("e 1", prompt="1>")
    terminal.line(f"力度很大{BACKSPACE}足。")

    assert "力度很足。" in path.read_text(encoding="utf-8")
    assert terminal.leave() == 0
