"""A new version of a section: asked of a writer, typed by a person, or taken after another past section."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from drafter.draftfile import read_draft
from drafter.draftfile.render import write_paragraph
from drafter.errors import UsageError
from drafter.model import Borrowed, Number, Span, Words
from drafter.workflow.rewriting import fresh_state
from drafter.workflow.rewriting_numbers import compare_versions, trace_version
from drafter.writing.linking import sources_of
from drafter.writing.paths import named_from
from drafter.writing.rewriting import read_pieces, split_sentences
from drafter.writing.rewriting_choices import Ask, Ground, Rewritten
from drafter.writing.rewriting_links import (
    facts_said,
    keep_links,
    labels_of_pieces,
    link_found,
)
from drafter.writing.rewriting_rows import Row, align_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from drafter.model import Fact, NumberCheck, Paragraph, Piece, Source
    from drafter.workflow.rewriting import Session
    from drafter.workflow.rewriting_numbers import Version
    from drafter.workflow.rewriting_state import State
    from drafter.workflow.rewriting_stock import PastSection, Stock
    from drafter.writing.rewriting import Item, Sentence


@dataclass(frozen=True, slots=True)
class Order:
    """One item to be rewritten: what is asked, from what, and what the numbers of an answer do wrong."""

    item: Item
    ask: Ask
    ground: Callable[[], Ground]
    tried: frozenset[str]
    verify: Callable[[Rewritten], tuple[str, ...]]


Rewriter: TypeAlias = Callable[[Order], Rewritten]
"""Writes one item anew: composed, or by a model that falls back to it."""


def item_facts(session: Session) -> tuple[tuple[Fact, ...], ...]:
    """Return the facts behind each item of the section as it stands, in the order in which it says them."""
    version = session.before()
    facts = {fact.id: fact for fact in session.loaded.notes.facts}
    numbers = version.numbers()
    found = []
    for at, item in enumerate(session.state.sentences()):
        rows = {number for number, row in enumerate(session.state.rows) if row.item == at}
        own = [number for row, number in numbers if row in rows]
        found.append(facts_said("".join(s.plain for s in item.sentences), own, facts))
    return tuple(found)


def section_facts(session: Session) -> tuple[Fact, ...]:
    """Return the facts to show beside the section: its own, then those of its topics that nothing uses."""
    own = {fact.id: fact for facts in item_facts(session) for fact in facts}
    topics = {fact.topic for fact in own.values()}
    unused = set(session.check().unused_facts)
    near = [f for f in session.loaded.notes.facts if f.id in unused and f.topic in topics and f.id not in own]
    return (*own.values(), *near)


def section_past(session: Session, stock: Stock) -> tuple[PastSection, ...]:
    """Return the past sections to show beside the section, those that it rests on first, each once."""
    found: dict[str, PastSection] = {}
    for item, facts in zip(session.state.sentences(), item_facts(session), strict=True):
        if item.sentences:
            for one in stock.past(item, facts):
                found.setdefault(one.place, one)
    return tuple(sorted(found.values(), key=lambda one: not one.own))


def propose(session: Session, ask: Ask, rewriter: Rewriter, stock: Callable[[], Stock]) -> bool:
    """Take a new version of the section as a step, and return whether it differs from what stands there.

    `stock` is asked only where past sections are needed. Without a difference
    `session.noticed` says so.

    Raises:
        UsageError: an instruction that nobody here understands.
        EndpointError: the model's server failed; nothing has changed.
        DraftChangedError: the section was changed by another program meanwhile.
    """
    state = fresh_state(session.state)
    items, facts = state.sentences(), item_facts(session)
    lent = _lent_elsewhere(session)
    written: list[Rewritten] = []
    sources = dict(state.sources)
    for at, item in enumerate(items):
        if not item.sentences:
            written.append(Rewritten(()))
            continue
        order = _order(session, state, at, facts[at], ask, stock, lent)
        written.append(rewriter(order))
        sources |= _sources(session, written[-1].sentences, order, sources)
    new = tuple(replace(item, sentences=one.sentences) for item, one in zip(items, written, strict=True))
    rows = align_items(items, new)
    done = [one for one, item in zip(written, items, strict=True) if item.sentences]
    proposed = replace(
        state,
        rows=rows,
        sources=sources,
        writer="llm" if any(one.writer == "llm" for one in done) else "compose",
        attempts=max((one.attempts for one in done), default=1),
        reasons=tuple(dict.fromkeys(reason for one in done for reason in one.reasons)),
    )
    if not proposed.is_pending:
        why = "；".join(proposed.reasons[:3])
        failed = f"模型写了{proposed.attempts}次都不能用（{why}），不用模型也" if why else "这样改"
        session.noticed, session.unchanged = f"{failed}与现在的文字没有差别，没有新写法。", True
        return False
    told = "；".join(dict.fromkeys(one.told for one in done if one.told))
    session.propose(proposed, ask.told, preset=ask.preset, say=ask.say, told=told)
    return True


def _order(  # noqa: PLR0913, PLR0917 - what an order is made from
    session: Session,
    state: State,
    at: int,
    facts: Sequence[Fact],
    ask: Ask,
    stock: Callable[[], Stock],
    lent: frozenset[str],
) -> Order:
    item = state.sentences()[at]

    def ground() -> Ground:
        return stock().ground(item, facts, state.model, lent)

    def verify(answer: Rewritten) -> tuple[str, ...]:
        new = tuple(
            replace(one, sentences=answer.sentences) if number == at else one
            for number, one in enumerate(state.sentences())
        )
        sources = {**state.sources, **ground().sources}
        trial = replace(state, rows=align_items(state.sentences(), new))
        more = _sources_of(session, answer.sentences, sources)
        trial = replace(trial, sources={**state.sources, **more})
        after = trace_version(session.current(), session.key, session.part, trial, wanted=True)
        return tuple(one.finding.message for one in compare_versions(session.before(), after) if one.blocks)

    return Order(item, ask, ground, _tried(session, at), verify)


def _tried(session: Session, at: int) -> frozenset[str]:
    """Return the words of an item in all versions that were proposed before."""
    from drafter.workflow.rewriting_state import from_json  # noqa: PLC0415 - only where there is a history

    found = set()
    for step in session.history:
        if not step.details.get("told"):
            continue
        rows = from_json(step.state).rows
        words = (s for row in rows if row.item == at for s in row.new)
        found.add("".join(("\n" if s.opens else "") + s.plain for s in words).strip())
    return frozenset(found)


def _lent_elsewhere(session: Session) -> frozenset[str]:
    """Return the words that the rest of the draft has borrowed."""
    draft = session.current().text
    reach = range(session.part.span.start, session.part.span.end)
    return frozenset(
        draft.plain[mark.span.start : mark.span.end].rstrip("，。；")
        for mark in draft.marks
        if mark.label.startswith("P") and mark.source_span.start not in reach
    )


def _sources(
    session: Session, sentences: Sequence[Sentence], order: Order, known: dict[str, Source]
) -> dict[str, Source]:
    """Return the sources of the labels of new sentences that the section did not have."""
    labels = _labels(sentences) - known.keys()
    past = order.ground().sources if any(label.startswith("P") for label in labels) else {}
    return _sources_of(session, sentences, {**known, **past})


def _sources_of(
    session: Session, sentences: Sequence[Sentence], known: dict[str, Source]
) -> dict[str, Source]:
    labels = _labels(sentences)
    own = _own_sources(session, labels - known.keys())
    return {**own, **{label: known[label] for label in labels & known.keys()}}


def _own_sources(session: Session, labels: Iterable[str]) -> dict[str, Source]:
    """Return the sources of labels of this year's facts that the section did not have.

    Raises:
        UsageError: the draft has such a label for something else, since the notes were changed.
    """
    sources = sources_of(labels, named_from(session.loaded.notes, session.path.parent))
    definitions = session.current().text.definitions
    for label, source in sources.items():
        if label in definitions and definitions[label].title != " ".join(source.title.split()):
            raise UsageError(
                f"要点在起草之后改动过，{label} 已经不是草稿里的那一条。",
                hint=f"先运行 drafter refresh {session.path.name}，再改写。",
            )
    return sources


def _labels(sentences: Sequence[Sentence]) -> set[str]:
    return {label for s in sentences for label in labels_of_pieces(read_pieces(s.source))}


def follow(session: Session, past: Sequence[PastSection], number: int) -> None:
    """Take past section `number` (from 1) of those beside the text as the one to write after, as a step.

    Raises:
        UsageError: there is no such past section.
        DraftChangedError: the section was changed by another program meanwhile.
    """
    if not 1 <= number <= len(past):
        raise UsageError(f"没有第{number}个往年段落。", hint=f"旁边列着 {len(past)} 个，编号从 1 开始。")
    one = past[number - 1]
    told = f"照《{one.exemplar.report.title}》{one.exemplar.section.heading}写"
    session.propose(replace(session.state, model=one.place), told, like=one.place)


# --- by hand ------------------------------------------------------------------------------


def edit(session: Session, row: int, typed: str) -> None:
    """Take a sentence that a person typed as the new version of row `row` (from 1), as a step.

    Numbers and borrowed words that stay keep their links; a number that was typed
    is linked to the fact that it is traced to, or left for `Session.wrongs` to tell.

    Raises:
        UsageError: no such row.
        DraftChangedError: the section was changed by another program meanwhile.
    """
    state = session.state
    if not 1 <= row <= len(state.rows):
        raise UsageError(f"没有第{row}句。", hint=f"这一节现在有 {len(state.rows)} 句，编号从 1 开始。")
    was = state.rows[row - 1]
    base = was.new if was.status == "open" else was.chosen
    known = [piece for s in (*base, *was.chosen) for piece in read_pieces(s.source)]
    opens = next((s.opens for s in (*was.chosen, *was.new)), False)
    pieces, sources = _resolved(session, keep_links(" ".join(typed.split()), known))
    trial = _with_row(state, row, pieces, sources, opens=opens)
    version = trace_version(session.current(), session.key, session.part, trial, wanted=True)
    spans = [span for span, at in zip(version.spans, version.rows, strict=True) if at == row - 1]
    if spans:
        found = list(_numbers_within(version, Span(spans[0].start, spans[-1].end)))
        pieces, sources = _resolved(session, link_found(pieces, found))
        trial = _with_row(state, row, pieces, sources, opens=opens)
    session.propose(trial, f"手改第{row}句", row=row, typed=typed)


def _numbers_within(version: Version, span: Span) -> Iterator[tuple[Span, NumberCheck]]:
    """Yield the numbers of a stretch of the draft with their places in its plain text."""
    offsets = read_draft(version.text[span.start : span.end]).offsets
    for number in version.check.numbers:
        if span.start <= number.span.start and number.span.end <= span.end:
            start = bisect_left(offsets, number.span.start - span.start)
            yield Span(start, bisect_left(offsets, number.span.end - span.start)), number


def _resolved(session: Session, pieces: Paragraph) -> tuple[Paragraph, dict[str, Source]]:
    """Return pieces whose labels all have a source, and the sources; a link to nothing becomes words."""
    labels = set(labels_of_pieces(pieces))
    known = {label: one for label, one in session.state.sources.items() if label in labels}
    known |= _own_sources(session, labels - known.keys())
    kept: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Number | Borrowed) and piece.label not in known:
            kept.append(Words(piece.surface if isinstance(piece, Number) else piece.text))
        else:
            kept.append(piece)
    return tuple(kept), known


def _with_row(
    state: State, row: int, pieces: Paragraph, sources: Mapping[str, Source], *, opens: bool
) -> State:
    """Return a state in which the new version of a row is what a person typed; nothing takes the row out."""
    was = state.rows[row - 1]
    new = split_sentences(write_paragraph(pieces), opens=opens)
    typed = Row(was.item, was.chosen, new, "same" if new == was.chosen else "open")
    rows = (*state.rows[: row - 1], typed, *state.rows[row:])
    return replace(state, rows=rows, sources={**state.sources, **sources})
