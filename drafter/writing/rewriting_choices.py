"""What rewriting without a model offers: presets, other past sections to follow, another order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafter.errors import UsageError
from drafter.model import Borrowed, Number, ToFill
from drafter.writing.borrowing import may_borrow, starts_with_one_of
from drafter.writing.compose import compose_item
from drafter.writing.frames import past_sentences
from drafter.writing.lending import LENT_SHARE, lent_share
from drafter.writing.material import Used
from drafter.writing.rewriting import read_pieces, sentences_of, write_sentence
from drafter.writing.rewriting_compared import with_comparisons, without_comparisons
from drafter.writing.rewriting_presets import listed, longer, merged, more_formal, moved, shorter, turned
from drafter.writing.words import covers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from drafter.model import Exemplar, Fact, Source
    from drafter.writing.material import Material
    from drafter.writing.rewriting import Item, Sentence

PRESETS = ("压缩", "展开", "更正式", "分条", "合并", "换写法", "换顺序")
OTHER = "换写法"
"""The preset for whoever asks for nothing in particular."""
_MEANT = (
    ("换顺序", r"顺序|次序|先后|调到?前|放前|提前"),
    ("换写法", r"换(?:一?[个种]|写法|说法|句式)|另写|重写|再写|别的写法|仿"),
    ("分条", r"分条|分点|分项|逐条|列出|列举|列成|一是|条目|要点式"),
    ("合并", r"合并|合成|并成|连成|一句话|一段话?|不要?分条"),
    ("压缩", r"压缩|精简|简[短洁练明化]|缩[短减写]|短[一些点]|太长|删[减去]|少些|凝练|概括"),
    ("展开", r"展开|扩[写充展]|详[细实尽]|具体|丰富|充实|长[一些点]|太短|多写"),
    ("更正式", r"正式|规范|书面|公文|官方|严谨|庄重|口语"),
)
_MOVE = re.compile(
    r"把(?P<words>.{1,16}?)(?:[这那]?[一个]*(?:句|点|条|段|项))?(?:放|调|移|挪|提|写)[到在至]?最?(?P<end>[前后])"
)
_TOLD = 0.5
"""How much of another unit's words the section must speak of for them to be lent."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person asks for: a preset, or an instruction in words, or neither (another way of writing)."""

    preset: str = ""
    say: str = ""

    @property
    def told(self) -> str:
        """What was asked for, for the history."""
        return "：".join(part for part in (self.preset, self.say) if part) or OTHER


@dataclass(frozen=True, slots=True)
class Ground:
    """What an item is rewritten from: its facts, its past sections and where those stand.

    `lent` are words that the rest of the draft has borrowed already.
    """

    facts: tuple[Fact, ...]
    models: tuple[Exemplar, ...]
    material: Material
    sources: Mapping[str, Source] = field(default_factory=dict)
    lent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One item in its new words; `reasons` say why it was composed where a model was asked."""

    sentences: tuple[Sentence, ...]
    writer: str = "compose"
    attempts: int = 1
    reasons: tuple[str, ...] = ()
    told: str = ""


def check_preset(preset: str) -> None:
    """Make sure that there is such a preset; none at all is fine.

    Raises:
        UsageError: there is none of that name.
    """
    if preset and preset not in PRESETS:
        raise UsageError(f"没有“{preset}”这种改法。", hint=f"可用的改法：{'、'.join(PRESETS)}。")


def meant_preset(ask: Ask) -> str:
    """Return the preset that an instruction asks for.

    Raises:
        UsageError: there is no such preset, or the words ask for something else.
    """
    check_preset(ask.preset)
    if ask.preset or not ask.say:
        return ask.preset or OTHER
    found = next((preset for preset, words in _MEANT if re.search(words, ask.say)), None)
    if found is None:
        raise UsageError(
            f"不用模型时听不懂“{ask.say[:20]}”。",
            hint=f"可以说：{'、'.join(PRESETS)}；或设好模型再用自己的话说。",
        )
    return found


def compose_said(item: Item, ask: Ask, ground: Callable[[], Ground], tried: frozenset[str]) -> Rewritten:
    """Return an item rewritten as asked for, without a model: by a preset, or one thing put first or last.

    Raises:
        UsageError: the words ask for something else.
    """
    found = None if ask.preset else _MOVE.search(ask.say)
    if found is None:
        return compose_choice(item, meant_preset(ask), ground, tried)
    return Rewritten(_kept(item, moved(item, found["words"], last=found["end"] == "后")), told="换顺序")


def compose_choice(item: Item, preset: str, ground: Callable[[], Ground], tried: frozenset[str]) -> Rewritten:
    """Return an item rewritten as `preset` asks, without a model.

    A way that was `tried` is not offered again; an item for which there is none stays as it is.
    """
    simple = {"压缩": shorter, "更正式": more_formal, "合并": merged, "分条": listed}
    if preset in simple:
        return Rewritten(_kept(item, simple[preset](item)), told=preset)
    if preset == "展开":
        return Rewritten(_kept(item, longer(item, lambda words: _loans(words, item, ground()))), told=preset)
    ways = _turns(item) if preset == "换顺序" else _ways(item, ground())
    current = _plain(item.sentences)
    for sentences, told in ways:
        if _plain(sentences) != current and _plain(sentences) not in tried:
            return Rewritten(_kept(item, sentences), told=told)
    return Rewritten(item.sentences, told=preset)


def _turns(item: Item) -> Iterator[tuple[tuple[Sentence, ...], str]]:
    """Yield the orders of the points of an item, each once."""
    seen = {_plain(item.sentences)}
    while True:
        item = replace(item, sentences=turned(item))
        if _plain(item.sentences) in seen:
            return
        seen.add(_plain(item.sentences))
        yield item.sentences, "换顺序"


def _ways(item: Item, ground: Ground) -> Iterator[tuple[tuple[Sentence, ...], str]]:
    """Yield the item composed anew: after each past section, after none, as a list."""
    if not ground.facts or item.role != "body" or not item.heading:
        yield from _turns(item)
        return
    yield from sorted(_composed(item, ground), key=lambda way: _left_out(item, way[0]))
    yield from _turns(item)


def _left_out(item: Item, sentences: Sequence[Sentence]) -> int:
    """Return how many numbers and places to fill of an item a way leaves out."""
    has, keeps = (
        Counter(
            piece.label if isinstance(piece, Number) else piece
            for s in of
            for piece in read_pieces(s.source)
            if isinstance(piece, Number | ToFill)
        )
        for of in (item.sentences, sentences)
    )
    return (has - keeps).total()


def _composed(item: Item, ground: Ground) -> Iterator[tuple[tuple[Sentence, ...], str]]:
    opens = bool(item.sentences) and item.sentences[0].opens
    _, compared = without_comparisons([p for s in item.sentences for p in read_pieces(s.source)])
    for models in (*((model,) for model in ground.models), ()):
        used = Used(set(ground.lent))
        paragraph = compose_item(ground.facts, models, ground.material, used)
        told = (
            f"仿《{models[0].report.title}》{models[0].section.heading}" if models else "不仿往年，平铺直叙"
        )
        sentences = sentences_of([with_comparisons(paragraph, compared)], first_opens=opens)
        yield sentences, told
        again = listed(replace(item, sentences=sentences))
        if _plain(again) != _plain(sentences):
            yield again, f"{told}，分条"


def _loans(words: str, item: Item, ground: Ground) -> tuple[Borrowed | None, Borrowed | None]:
    """Return a clause to lead an item in and one to close it, while at most a third is borrowed."""
    had = {one.text for s in item.sentences for one in read_pieces(s.source) if isinstance(one, Borrowed)}
    taken = {text.rstrip("，。；") for text in (*had, *ground.lent)}
    chosen: list[Borrowed | None] = []
    for kind in ("leads", "effects"):
        chosen.append(next(_lendable(words, kind, ground, taken), None))
        taken |= {one.text for one in chosen if one is not None}
    lead, effect = chosen
    while (lead or effect) and not _within_share(item, [one for one in (lead, effect) if one]):
        lead, effect = (None, effect) if lead else (None, None)
    return lead, effect


def _lendable(words: str, kind: str, ground: Ground, taken: set[str]) -> Iterator[Borrowed]:
    for model in ground.models:
        for clause in (one for sentence in past_sentences(model.section.text) for one in sentence):
            if clause.slots or clause.text in taken or not starts_with_one_of(clause.text, kind):
                continue
            told = sum(len(word) for word in clause.words if covers(words, word))
            to_the_point = ground.material.is_own(model.report) or (
                bool(clause.words) and told >= sum(map(len, clause.words)) * _TOLD
            )
            if to_the_point and may_borrow(clause.text, ground.material.around):
                yield Borrowed(clause.text, model.label)


def _within_share(item: Item, more: Sequence[Borrowed]) -> bool:
    pieces = [piece for s in item.sentences for piece in read_pieces(s.source)]
    return lent_share([(*pieces, *more)]) <= LENT_SHARE


def _kept(item: Item, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences of which those that stood there already keep their bytes."""
    stood = {write_sentence(read_pieces(s.source)).source: s.source for s in item.sentences}
    return tuple(s._replace(source=stood.get(s.source.strip(), s.source)) for s in sentences)


def _plain(sentences: Sequence[Sentence]) -> str:
    return "".join(("\n" if s.opens else "") + s.plain for s in sentences).strip()
