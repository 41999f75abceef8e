"""One item rewritten by a model: asked with references in place of numbers, judged as a new section is.

What cannot be used after two more attempts is composed instead, and said so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.model import FACT_KINDS, Number, SectionPlan, ToFill, Words
from drafter.numbers import read_numerals
from drafter.numbers.expressions import operands
from drafter.writing.blanking import NAME_BLANK, blank_of
from drafter.writing.model_writer import Asking
from drafter.writing.references import printed_surface, put_numbers
from drafter.writing.rewriting import read_pieces, sentences_of
from drafter.writing.rewriting_choices import Rewritten
from drafter.writing.rewriting_compared import with_all_comparisons, without_comparisons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drafter.model import Fact, Paragraph, Piece
    from drafter.writing.model_writer import Commission
    from drafter.writing.ports import ChatModel
    from drafter.writing.prompts import Prompt
    from drafter.writing.rewriting import Item
    from drafter.writing.rewriting_choices import Ask, Ground

_DOUBT = re.compile(r"【待核[:：][^【】]*】")
_OF_TEXTS = frozenset("字句段条行点页遍种倍")
"""Units of numbers in an instruction that speak of the text: 压缩到100字."""
_PRESETS = {
    "压缩": "压缩：篇幅短一些，去掉套话，意思和数都不少",
    "展开": "展开：写得具体一些，每件事各成一句",
    "更正式": "更正式：口语换成规范的公文用语",
    "分条": "分条：写成“一是……；二是……。”",
    "合并": "合并：几句并成一句，不分条",
    "换写法": "换一种写法：句式换一换，意思不变",
    "换顺序": "换一种顺序：各件事的先后换一换，意思不变",
}


@dataclass(frozen=True, slots=True)
class Scribe:
    """A model, its prompt, and what the draft as a whole gives."""

    model: ChatModel
    prompt: Prompt
    commission: Commission


def rewrite_item(  # noqa: PLR0913 - what a rewriting is made from, by name
    item: Item,
    ask: Ask,
    ground: Ground,
    scribe: Scribe,
    *,
    fallback: Callable[[], Rewritten],
    verify: Callable[[Rewritten], tuple[str, ...]],
    on_text: Callable[[str], None] | None = None,
) -> Rewritten:
    """Return an item as the model of `scribe` rewrites it, or as `fallback` does where it cannot.

    `verify` says what the numbers of an answer do wrong in the whole draft.

    Raises:
        EndpointError: the model's server did not answer; nothing has changed.
        UsageError: the prompt does not fit.
    """
    facts = tuple(fact for fact in ground.facts if fact.id not in scribe.commission.withheld)
    if not facts:
        return fallback()
    pieces, compared = without_comparisons([p for s in item.sentences for p in read_pieces(s.source)])
    used = {name for one in pieces if isinstance(one, Number) for name in operands(one.label)}
    optional = frozenset(q.id for fact in facts for q in fact.quantities if q.id not in used)
    known = scribe.commission.given
    words = [one.text for one in pieces if isinstance(one, Words)]
    also = tuple(_blanked(_DOUBT.sub("", text), known, scribe.commission) for text in words)
    commission = replace(scribe.commission, optional=optional, also=also)
    plan = SectionPlan(item.heading, item.level, facts, ground.models[:3], role=item.role)
    opens = bool(item.sentences) and item.sentences[0].opens

    def rewritten(paragraphs: tuple[Paragraph, ...]) -> Rewritten:
        doubted = [_with_doubts(one, ground) for one in with_all_comparisons(paragraphs, compared)]
        return Rewritten(sentences_of(doubted, first_opens=opens), "llm", told=ask.told)

    def problems(paragraphs: tuple[Paragraph, ...]) -> tuple[str, ...]:
        missing = (*_left_open(pieces, paragraphs), *_left_out(pieces, paragraphs, facts))
        return missing or verify(rewritten(paragraphs))

    extra = {
        "current": referenced(_paragraphs(item), facts, known, commission),
        "instruction": instruction(ask, facts),
    }
    asking = Asking(plan, scribe.prompt, commission, extra, problems)
    kept = asking.ask(scribe.model, on_text)
    if kept.answer is None:
        return replace(fallback(), attempts=kept.attempts, reasons=kept.reasons)
    return replace(rewritten(asking.judge(kept.answer)[0]), attempts=kept.attempts)


def _paragraphs(item: Item) -> list[Paragraph]:
    """Return the paragraphs of an item as a model may see them, without comparisons."""
    paragraphs: list[list[Piece]] = [[]]
    for at, sentence in enumerate(item.sentences):
        if at and sentence.opens:
            paragraphs.append([])
        paragraphs[-1] += read_pieces(sentence.source)
    return [without_comparisons(pieces)[0] for pieces in paragraphs]


def referenced(
    paragraphs: Sequence[Paragraph], facts: Sequence[Fact], given: Sequence[str], commission: Commission
) -> str:
    """Return paragraphs with references for their numbers, and blanks for those of no fact."""
    names = {quantity.id for fact in facts for quantity in fact.quantities}
    lines: list[str] = []
    for pieces in paragraphs:
        parts: list[str] = []
        for piece in pieces:
            match piece:
                case Number(surface, label):
                    known = bool(operands(label)) and set(operands(label)) <= names
                    parts.append(f"{{{label}}}" if known else _blanked(surface, given, commission))
                case ToFill(what):
                    parts.append(f"【待补：{what}】")
                case Words(text):
                    parts.append(_blanked(text, given, commission))
                case other:
                    parts.append(getattr(other, "text", ""))
        lines.append(_DOUBT.sub("", "".join(parts)))
    return "\n".join(lines)


def instruction(ask: Ask, facts: Sequence[Fact]) -> str:
    """Return what a person asks for, numbers of the facts as references, others of no text as blanks."""
    quantities = [quantity for fact in facts for quantity in fact.quantities]
    parts, end = [], 0
    for numeral in read_numerals(ask.say):
        if numeral.kind not in FACT_KINDS or (numeral.unit or "")[:1] in _OF_TEXTS:
            continue
        same = next((q.id for q in quantities if printed_surface(q) == numeral.surface), None)
        parts += [ask.say[end : numeral.start], f"{{{same}}}" if same else blank_of(numeral)]
        end = numeral.end
    said = "".join((*parts, ask.say[end:])).strip()
    return (
        "；".join(part for part in (_PRESETS.get(ask.preset, ask.preset), said) if part) or _PRESETS["换写法"]
    )


def _blanked(text: str, given: Sequence[str], commission: Commission) -> str:
    parts, end = [], 0
    for numeral in read_numerals(text):
        is_own = any(numeral.surface in one for one in given)
        is_known = numeral.kind == "name" and commission.around.knows(numeral.surface)
        if numeral.kind == "structural" or is_own or is_known:
            continue
        parts += [text[end : numeral.start], NAME_BLANK if numeral.kind == "name" else blank_of(numeral)]
        end = numeral.end
    return "".join((*parts, text[end:]))


def _left_out(
    pieces: Sequence[Piece], paragraphs: Sequence[Paragraph], facts: Sequence[Fact]
) -> tuple[str, ...]:
    """Return which worked-out numbers a new version leaves out; single ones are asked for as in a draft."""
    known = {quantity.id for fact in facts for quantity in fact.quantities}
    has = {one.label for paragraph in paragraphs for one in paragraph if isinstance(one, Number)}
    had = dict.fromkeys(one.label for one in pieces if isinstance(one, Number))
    return tuple(f"漏了 {{{label}}}" for label in had if label not in has and set(operands(label)) <= known)


def _left_open(pieces: Sequence[Piece], paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return which places to fill a new version leaves out."""
    kept = [one.what for paragraph in paragraphs for one in paragraph if isinstance(one, ToFill)]
    missing = []
    for one in pieces:
        if isinstance(one, ToFill) and one.what not in kept:
            missing.append(f"漏了【待补：{one.what}】")
        elif isinstance(one, ToFill):
            kept.remove(one.what)
    return tuple(missing)


def _with_doubts(paragraph: Paragraph, ground: Ground) -> Paragraph:
    """Put beside a number that the notes contradict what they say elsewhere, as a new draft does."""
    doubts: Mapping[str, tuple[str, ...]] = ground.material.doubts
    pieces: list[Piece] = []
    for piece in paragraph:
        pieces.append(piece)
        for other in doubts.get(piece.label, ()) if isinstance(piece, Number) else ():
            (number,) = put_numbers(f"{{{other}}}", ground.material.facts)
            pieces += [Words("【待核：要点另一处写作"), number, Words("】")]
    return tuple(pieces)
