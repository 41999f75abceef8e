"""The editor of one section on a terminal: words and keys as steps of a rewriting session.

Nothing is decided here: each line that is typed is one step of the session,
which is on disk before the next prompt appears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.cli.editing_keys import answer_of, keys_for, leaves, only_number, read_line
from drafter.errors import DrafterError
from drafter.showing import edit_view as view
from drafter.showing.rewrite_view import show_history
from drafter.showing.terminal import Terminal
from drafter.workflow.rewriting_asking import edit, follow, propose, section_facts, section_past
from drafter.writing.rewriting_choices import PRESETS, Ask
from drafter.writing.rewriting_rows import moved_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console

    from drafter.showing.progress import Steps
    from drafter.wiring_rewriting import Bench
    from drafter.workflow.rewriting import Outcome, Session
    from drafter.workflow.rewriting_journal import Step
    from drafter.workflow.rewriting_stock import PastSection
    from drafter.writing.rewriting_rows import Row

_PROMPT = "改写> "
_ANSWERS = "a 采用，r 不要，e 手改，o 数字不对也采用，回车先放着，q 停下。"
_LEAVES = 130


def run_editor(session: Session, bench: Bench, steps: Steps) -> int:
    """Work on the section until the person leaves; return 1 if errors stand in it then, 130 on Ctrl-C."""
    editor = Editor(session, bench, steps, _terminal_lines(), Terminal())
    return editor.run()


def _terminal_lines() -> Callable[[str, str], str]:
    """Return what asks for lines on the terminal; backspace and cursor keys know whole characters."""
    import os

    # where the cursor stands is not asked of the terminal: some do not answer, and nothing here needs it
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    commands: PromptSession[str] = PromptSession(history=InMemoryHistory())
    sentences: PromptSession[str] = PromptSession()

    def ask(prompt: str, default: str) -> str:
        return (sentences if default else commands).prompt(prompt, default=default)

    return ask


class Editor:
    """One person at one section."""

    def __init__(
        self,
        session: Session,
        bench: Bench,
        steps: Steps,
        ask: Callable[[str, str], str],
        console: Console,
    ) -> None:
        self._session = session
        self._bench = bench
        self._steps = steps
        self._ask = ask
        self._console = console
        self._last = Ask()
        self._is_walking = False

    def run(self) -> int:
        """Take line after line until the person leaves."""
        self._show_all()
        if self._session.state.is_pending:
            self._say("上次的新写法还没有决定，接着来。")
        say = "，或随便一句话" if self._bench.writer == "llm" else "、换写法 这样的改法"
        self._say(f"输入 压缩、分条{say}；e 2 手改第2句，? 看全部用法，q 离开。")
        while True:
            try:
                line = self._ask(_PROMPT, "").strip()
            except EOFError:
                break
            except KeyboardInterrupt:
                return _LEAVES
            if leaves(line):
                break
            self._take(line)
        left = "新写法还没有决定，下次接着来。" if self._session.state.is_pending else "做过的都存着。"
        self._say(left)
        reach = range(self._session.part.span.start, self._session.part.span.end)
        wrong = (f for f in self._session.check().findings if f.severity == "error" and f.span)
        return int(any(f.span.start in reach for f in wrong if f.span))

    def _take(self, line: str) -> None:
        """Do what a line says; an error is told and nothing is lost."""
        try:
            self._do(line)
        except DrafterError as error:
            self._pause()
            self._say(f"× {error.message} {keys_for(error)}".rstrip())
        except KeyboardInterrupt:
            self._pause()
            self._say("停下了；前面做过的都存着。")
        if self._session.noticed:
            self._say(f"! {self._session.noticed}")
            self._session.noticed = ""

    def _do(self, line: str) -> None:
        key, numbers = read_line(line)
        steps: dict[str, Callable[[frozenset[int]], None]] = {
            "": lambda _: self._walk_open() if self._session.state.is_pending else self._show_all(),
            "a": lambda named: self._accept(named, override=False),
            "o": lambda named: self._accept(named, override=True),
            "r": lambda named: self._decided(self._session.decide(reject=self._open(named))),
            "e": lambda named: self._edit(only_number(named)),
            "f": lambda named: self._restore(only_number(named)),
            "n": lambda _: self._propose(self._last),
            "s": lambda named: self._follow(only_number(named)),
            "u": lambda _: self._moved("撤销", self._session.undo()),
            "y": lambda _: self._moved("重做", self._session.redo()),
            "h": lambda _: show_history(self._session, self._console),
            "l": lambda _: self._show_all(),
            "?": lambda _: view.show_help(self._console, self._bench.writer),
        }
        if key is None:
            self._propose(Ask(line) if line in PRESETS else Ask("", line))
        else:
            steps[key](numbers)

    # --- steps ------------------------------------------------------------------------------

    def _propose(self, ask: Ask) -> None:
        self._last = ask
        is_new = propose(self._session, ask, self._bench.rewriter(), self._bench.stock)
        self._pause()
        if not is_new:
            return  # why is in `noticed`, which is told after every line
        if self._session.state.reasons:
            self._say(f"! 模型写的不能用，改用了不靠模型拼写的文字：{self._session.state.reasons[0]}")
        self._show()

    def _follow(self, number: int) -> None:
        follow(self._session, self._past(), number)
        self._propose(Ask("换写法"))

    def _restore(self, number: int) -> None:
        self._session.restore(number)
        self._show()

    def _moved(self, how: str, step: Step) -> None:
        self._say(f"{how}了：{step.what}")
        self._show()

    def _accept(self, numbers: Iterable[int], *, override: bool) -> None:
        self._decided(self._session.decide(accept=self._open(numbers), override=override), is_taken=True)

    def _decided(self, outcome: Outcome, *, is_taken: bool = False) -> None:
        if outcome.refused:
            self._say("没有采用，草稿没有动：")
            view.show_wrongs(self._console, outcome.refused, at_sentence=self._is_walking)
            return
        self._show()
        if outcome.overridden:
            self._say("照您的确认写进草稿，已记下是谁确认的。u 撤销。")
        elif is_taken:
            self._say("已写进草稿。u 撤销。")

    def _edit(self, number: int) -> None:
        rows = self._session.state.rows
        if not 1 <= number <= len(rows):
            self._say(f"× 没有第{number}句，这一节现在有 {len(rows)} 句。")
            return
        row = rows[number - 1]
        try:
            typed = self._ask(f"{number}> ", row.new_plain if row.status == "open" else _standing(row))
        except (EOFError, KeyboardInterrupt):
            self._say("没有改。")
            return
        edit(self._session, number, typed)
        self._accept_typed(number)

    def _accept_typed(self, number: int) -> None:
        """Take what was typed into the draft at once, unless a number of it is wrong."""
        if self._session.state.rows[number - 1].status != "open":
            self._say("没有改动。")
            return
        self._accept({number}, override=False)

    def _walk_open(self) -> None:
        self._is_walking = True
        try:
            self._walk()
        finally:
            self._is_walking = False

    def _walk(self) -> None:
        """Go through the open sentences one by one."""
        self._say(f"逐句决定：{_ANSWERS}")
        done: set[int] = set()
        while True:
            rows = self._session.state.rows
            number = next((n for n, r in enumerate(rows, 1) if r.status == "open" and n not in done), None)
            if number is None:
                self._show()
                return
            self._console.print()
            view.show_row(self._console, self._session, number)
            try:
                answer = answer_of(self._ask(f"第{number}句> ", ""))
            except (EOFError, KeyboardInterrupt):
                return
            if answer == "q":
                return
            if self._answer(number, answer):
                done |= {number, *moved_together(rows, {number})}

    def _answer(self, number: int, answer: str) -> bool:
        """Do what was answered about one sentence, and return whether that settles it for now."""
        match answer:
            case "a" | "o":
                outcome = self._session.decide(accept={number}, override=answer == "o")
                view.show_wrongs(self._console, outcome.refused, at_sentence=True)
                return not outcome.refused
            case "r":
                self._session.decide(reject={number})
            case "e":
                self._edit(number)
                return self._session.state.rows[number - 1].status != "open"
            case "":
                pass
            case _:
                self._say(f"这里只认：{_ANSWERS}")
                return False
        return True

    # --- showing ----------------------------------------------------------------------------

    def _show_all(self) -> None:
        facts, past = section_facts(self._session), self._past()
        self._pause()
        view.show_section(self._console, self._session, facts, past)
        self._show_state()

    def _show(self) -> None:
        view.show_rows(self._console, self._session)
        self._show_state()

    def _show_state(self) -> None:
        view.show_wrongs(self._console, self._session.wrongs())
        reach = range(self._session.part.span.start, self._session.part.span.end)
        findings = self._session.check().findings
        view.show_findings(self._console, [f for f in findings if f.span and f.span.start in reach])
        if self._session.state.is_pending:
            self._say("采用 a，不要 r，回车逐句决定，n 再来一版，e 2 手改第2句。")

    def _past(self) -> tuple[PastSection, ...]:
        return section_past(self._session, self._bench.stock())

    def _open(self, numbers: Iterable[int]) -> frozenset[int]:
        """Return the sentences that are meant: those named, else all that are open."""
        wanted = frozenset(numbers)
        return wanted or frozenset(n for n, r in enumerate(self._session.state.rows, 1) if r.status == "open")

    def _pause(self) -> None:
        self._steps.pause()

    def _say(self, words: str) -> None:
        view.say(self._console, words)


def _standing(row: Row) -> str:
    return "".join(sentence.plain for sentence in row.chosen).strip()
