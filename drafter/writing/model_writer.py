"""One section written by a model: asked, judged, asked again with reasons, else composed.

The model sees the section's facts with references in place of numbers, and the
past sections with blanks. Whatever it answers is judged (`drafter.writing.
objections`); an answer is used whole or not at all.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from drafter.model import DraftSection, Finding
from drafter.reading.suspicions import is_instruction
from drafter.writing.blanking import blank_numbers
from drafter.writing.finished import Kept
from drafter.writing.form import full_width_marks, tidied
from drafter.writing.masking import (
    blank_personal,
    kinds_masked,
    mask_left,
    mask_personal,
    personal_in,
    unmask_personal,
)
from drafter.writing.objections import Ground, judge_answer
from drafter.writing.offers import offered_expressions
from drafter.writing.ports import BadReply, Message
from drafter.writing.prompts import fill_prompt
from drafter.writing.references import fact_with_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from drafter.model import Exemplar, Fact, Paragraph, SectionPlan
    from drafter.writing.borrowing import Surroundings
    from drafter.writing.finished import Finished
    from drafter.writing.ports import ChatModel
    from drafter.writing.prompts import Prompt

ATTEMPTS = 3
"""One question and at most two more with reasons."""
_MOST_REASONS = 12
_LONGEST_ECHO = 3000
_MOST_SHOWN = 2000
"""Characters of a past section that a model is shown: its manner, not its whole."""
_SENTENCES = re.compile(r"[^。！？\n]*[。！？\n]|[^。！？\n]+")
_FENCE_LETTERS = str.maketrans("0123456789abcdef", "ghijklmnopabcdef")


@dataclass(frozen=True, slots=True)
class Commission:
    """What a section is written for, besides its plan.

    `around` are this year's words (all notes and settings) and the report's
    year; `withheld` are ids of facts that must not be sent, `optional` those of
    quantities that need not be used; `also` are words of a person that may stand.
    """

    around: Surroundings
    unit: str = ""
    period: str = ""
    manner: str = ""
    withheld: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The texts besides the facts whose words may stand in a section."""
        year = f"{self.around.year}年" if self.around.year else ""
        texts = (self.unit, self.period, year, f"{year}{self.period}", *self.also)
        return tuple(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class Author:
    """A model, the prompt that it is asked with, and where its accepted answers are kept."""

    model: ChatModel
    prompt: Prompt
    finished: Finished | None = None


def write_section(
    plan: SectionPlan,
    author: Author,
    commission: Commission,
    fallback: Callable[[SectionPlan], DraftSection],
    on_text: Callable[[str], None] | None = None,
) -> tuple[DraftSection, tuple[Finding, ...]]:
    """Return the section that the author's model writes after `plan`, or the one that `fallback` composes.

    A section without facts that may be sent is composed without asking. An
    answer that was accepted in an earlier run is taken up, and a new one kept;
    what fell back is asked for again in the next run.

    Raises:
        EndpointError: the model's server did not answer; nothing is lost that was finished.
        UsageError: the prompt does not fit.
    """
    plan = replace(plan, facts=tuple(fact for fact in plan.facts if fact.id not in commission.withheld))
    if not plan.facts:
        return fallback(plan), ()
    asking = Asking(plan, author.prompt, commission)
    finished, name = author.finished, author.model.name
    kept = finished.load(asking.messages(), name) if finished else None
    if kept is None or (kept.answer is not None and asking.judge(kept.answer)[1]):
        kept = asking.ask(author.model, on_text)
        if finished and kept.answer is not None:
            finished.save(asking.messages(), name, kept)
    if kept.answer is None:
        return _fallen_back(plan, fallback(plan), kept)
    return DraftSection(
        plan.heading,
        plan.level,
        asking.judge(kept.answer)[0],
        model=plan.models[0].label if plan.models else None,
        writer="llm",
        attempts=kept.attempts,
    ), ()


class Asking:
    """The conversation about one section.

    `extra` are further fields of its prompt, masked as the facts are; `verify` says
    in Chinese what else is wrong with an answer.
    """

    def __init__(
        self,
        plan: SectionPlan,
        prompt: Prompt,
        commission: Commission,
        extra: Mapping[str, str] | None = None,
        verify: Callable[[tuple[Paragraph, ...]], tuple[str, ...]] = lambda _: (),
    ) -> None:
        self._plan = plan
        self._prompt = prompt
        self._commission = commission
        self._models = len(plan.models)
        self._extra = dict(extra or {})
        self._verify = verify
        own = [*(fact.text for fact in plan.facts), *self._extra.values()]
        self._texts = (*own, *(model.section.text for model in plan.models))
        self._personal = personal_in(own)
        self._past = {model.label: self._shown(model.section.text) for model in plan.models}
        self._ground = Ground(
            plan.facts,
            commission.around,
            self._past,
            "\n".join(_all_words(model) for model in plan.models),
            (*commission.given, plan.heading),
            commission.optional,
        )

    def messages(self, models: int | None = None) -> list[Message]:
        """Return the rules and the task, with the first `models` past sections (all by default)."""
        fields = self._fields(self._models if models is None else models)
        rules = fill_prompt(self._prompt, "rules", fields)
        return [Message("system", rules), Message("user", fill_prompt(self._prompt, "task", fields))]

    def ask(self, model: ChatModel, on_text: Callable[[str], None] | None) -> Kept:
        """Ask until an answer can be used, `ATTEMPTS` times at most."""
        base = self.messages()
        masked = kinds_masked(self._texts)
        asked = base
        reasons: tuple[str, ...] = ()
        for attempt in range(1, ATTEMPTS + 1):
            reply = model.ask(asked, on_text, masked)
            if isinstance(reply, BadReply):
                reasons = (reply.reason,)
                if reply.kind == "prompt-too-long":
                    base = self.messages(models=max(0, self._models - attempt))
                    asked = base
                    continue
                said = "（没有可用的回答）"
            else:
                text = tidied(reply.text, self._plan.heading)
                reasons = self.judge(text)[1]
                if not reasons:
                    return Kept(text, attempt)
                said = reply.text[:_LONGEST_ECHO]
            asked = [*base, Message("assistant", said), Message("user", self._again(reasons))]
        return Kept(None, ATTEMPTS, tuple(reasons))

    def judge(self, text: str) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
        """Return the section's paragraphs in `text`, masks taken off, and why they cannot be used."""
        text = unmask_personal(text, self._personal)
        if left := mask_left(text):
            return (), (f"{left} 不是要点里的，或者不能写进正文",)
        paragraphs, reasons = judge_answer(text, self._ground)
        return paragraphs, reasons or self._verify(paragraphs)

    def _fields(self, models: int) -> dict[str, str]:
        facts = "\n".join(self._mask(line) for line in _fact_lines(self._plan.facts))
        shown = "\n".join(f"{label} {_fenced(text)}" for label, text in list(self._past.items())[:models])
        commission = self._commission
        extra = {name: self._mask(text) for name, text in self._extra.items()}
        return {
            "heading": blank_numbers(self._plan.heading),
            "role": self._plan.role,
            "unit": commission.unit,
            "period": commission.period,
            "facts": _fenced(facts),
            "expressions": "\n".join(offered_expressions(self._plan.facts, "\n".join(self._past.values()))),
            "models": shown,
            "manner": commission.manner,
            "fence": _fence("".join((facts, shown, *extra.values()))),
            "reasons": "",
            **{name: _fenced(text) for name, text in extra.items()},
        }

    def _again(self, reasons: Sequence[str]) -> str:
        shown = "\n".join(f"- {reason}" for reason in reasons[:_MOST_REASONS])
        return fill_prompt(self._prompt, "again", {**self._fields(self._models), "reasons": shown})

    def _shown(self, past: str) -> str:
        """Return the text of a past section as the model may see it, sentences that give orders left out."""
        calm = [part for part in _SENTENCES.findall(past) if not is_instruction(part)]
        sizes = accumulate(len(part) for part in calm)
        shown = "".join(part for part, size in zip(calm, sizes, strict=True) if size <= _MOST_SHOWN)
        blanked = blank_numbers(blank_personal(shown, self._personal), self._commission.around)
        return full_width_marks(self._mask(blanked))

    def _mask(self, text: str) -> str:
        return mask_personal(text, self._personal)


def _fact_lines(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield the facts one a line, a line with the topic before those that share it."""
    topic = ""
    for fact in facts:
        if fact.topic and fact.topic != topic:
            yield f"【{' '.join(blank_numbers(fact.topic).split())}】"
        topic = fact.topic
        yield f"{fact.id} {' '.join(fact_with_references(fact).split())}"


def _all_words(model: Exemplar) -> str:
    """Return every word of a past section and its report, blanked or not."""
    report, section = model.report, model.section
    return f"{report.title}\n{report.unit or ''}\n{section.heading}\n{section.text}"


def _fence(data: str) -> str:
    """Return a word that cannot stand in `data`: letters made from its hash, the same in every run."""
    word = hashlib.sha256(data.encode()).hexdigest()[:12].translate(_FENCE_LETTERS)
    return word if word not in data else _fence(data + word)


def _fenced(data: str) -> str:
    """Return `data` without anything that looks like a fence or a divider of the prompt."""
    return data.replace("<<<", "＜＜＜").replace(">>>", "＞＞＞").replace("===", "＝＝＝")


def _fallen_back(
    plan: SectionPlan, section: DraftSection, kept: Kept
) -> tuple[DraftSection, tuple[Finding, ...]]:
    which = f"“{plan.heading}”一节" if plan.heading else f"写“{plan.facts[0].text[:16]}”等内容的一段"
    why = "；".join(kept.reasons[:3])
    finding = Finding(
        "fell-back",
        "warning",
        f"{which}，模型写了{kept.attempts}次都不能用，改用了不靠模型拼写的文字。原因：{why}。",
        hint="请通读这一节，或换一个模型重写。",
    )
    return replace(section, attempts=kept.attempts), (finding,)
