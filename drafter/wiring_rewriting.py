"""Builds what a rewriting session works with: past sections, and a writer, each opened when first needed."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.errors import LibraryError, UsageError
from drafter.wiring import open_model, open_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.settings import Settings
    from drafter.showing.progress import Steps
    from drafter.workflow.rewriting import Session
    from drafter.workflow.rewriting_asking import Order, Rewriter
    from drafter.workflow.rewriting_stock import Stock
    from drafter.writing.rewriting_choices import Rewritten


class Bench:
    """What a session works with; nothing is opened before it is used."""

    def __init__(self, session: Session, settings: Settings, writer: str, steps: Steps) -> None:
        self._session = session
        self._settings = settings
        self._writer = writer
        self._steps = steps
        self._stack = ExitStack()
        self._stock: Stock | None = None
        self._rewriter: Rewriter | None = None

    @property
    def writer(self) -> str:
        """Who writes: `compose` or `llm`."""
        is_llm = self._writer == "llm" or (self._writer == "auto" and self._settings.llm_base_url)
        return "llm" if is_llm else "compose"

    def close(self) -> None:
        """Close what was opened."""
        self._stack.close()

    def stock(self) -> Stock:
        """Return the past sections and the surroundings of the draft.

        Without a usable index there are those that the draft itself names, and that is said.
        """
        if self._stock is None:
            from drafter.reading.notes import read_notes
            from drafter.workflow.drafting import Shelf
            from drafter.workflow.rewriting_stock import Stock

            try:
                shelf = self._stack.enter_context(open_shelf(self._settings, self._steps))
            except LibraryError as error:
                self._steps.say(f"资料库用不了，只看得到草稿写明的往年段落：{error}")
                shelf = Shelf(self._settings.workspace)
            loaded = self._session.current()
            notes = read_notes([Path(one.file) for one in loaded.notes.files])
            self._stock = Stock(replace(loaded, notes=notes), shelf)
        return self._stock

    def rewriter(self) -> Rewriter:
        """Return who writes the items anew.

        Raises:
            UsageError: a model is asked for and none is set, or the notes must not be sent.
        """
        if self._rewriter is None:
            self._rewriter = self._by_model() if self.writer == "llm" else self._composed
        return self._rewriter

    @staticmethod
    def _composed(order: Order) -> Rewritten:
        from drafter.writing.rewriting_choices import compose_said

        return compose_said(order.item, order.ask, order.ground, order.tried)

    def _by_model(self) -> Rewriter:
        from drafter.writing.model_writer import Commission
        from drafter.writing.prompts import load_prompt
        from drafter.writing.rewriting_choices import OTHER, compose_choice, meant_preset
        from drafter.writing.rewriting_model import Scribe, rewrite_item

        withheld = self._withheld()
        model = open_model(self._settings)
        self._stack.callback(model.close)
        material = self.stock().material
        meta = self._session.current().text.meta
        commission = Commission(
            material.around, unit=str(meta.get("unit") or ""), period=material.period, withheld=withheld
        )
        scribe = Scribe(model, load_prompt("rewrite", self._settings.workspace), commission)

        def rewrite(order: Order) -> Rewritten:
            what = f"模型 {model.name} 在改写：{order.item.heading or '（不设标题的一段）'} …"
            self._steps.say(what)

            def fallback() -> Rewritten:
                try:
                    preset = meant_preset(order.ask)
                except UsageError:
                    preset = OTHER
                choice = compose_choice(order.item, preset, order.ground, order.tried)
                if choice.sentences != order.item.sentences:
                    return choice
                return compose_choice(order.item, OTHER, order.ground, order.tried)

            return rewrite_item(
                order.item,
                order.ask,
                order.ground(),
                scribe,
                fallback=fallback,
                verify=order.verify,
                on_text=self._steps.counting(what),
            )

        return rewrite

    def _withheld(self) -> frozenset[str]:
        """Return the facts that must not be sent.

        Raises:
            UsageError: the notes are marked as secret.
        """
        from drafter.reading.notes import read_notes
        from drafter.reading.notes_withheld import withheld

        notes = read_notes([Path(one.file) for one in self._session.loaded.notes.files])
        marked = [finding for finding in notes.findings if finding.code == "secret-marking"]
        if marked:
            raise UsageError(
                f"{marked[0].message}没有发送任何内容。", hint="请改用 --writer compose，或去掉这份材料。"
            )
        return frozenset(withheld(notes))


@contextmanager
def open_bench(session: Session, settings: Settings, writer: str, steps: Steps) -> Iterator[Bench]:
    """Give what a session works with; `writer` is `auto`, `compose` or `llm`."""
    bench = Bench(session, settings, writer, steps)
    try:
        yield bench
    finally:
        bench.close()
