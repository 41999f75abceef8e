"""Structured answers: what an endpoint can be held to, tried from the strictest down and remembered.

A grammar (llama.cpp) makes digits impossible and lets only the references of
the question through; a JSON schema asks for the same by a pattern, a JSON
object only for the form; text asks for nothing. Whatever comes back is judged
by the same checks afterwards: a rung saves attempts, it is never the guarantee.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast, get_args

from drafter.storage import write_file
from drafter.writing.ports import BadReply, Message, Reply
from drafter.writing.references import REFERENCE, clean_label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Rung = Literal["grammar", "json_schema", "json_object", "text"]
RUNGS: tuple[Rung, ...] = get_args(Rung)
MEMORY_FILE = "endpoints.json"
NOT_JSON = BadReply("garbage", "回答不是约定的 JSON")
_HOW = '\n\n输出格式：只输出一个 JSON 对象 {"text": "本节正文"}，正文全部放在 text 里，分段用 \\n。'
_LABEL = re.compile(r"[F(][F\d.+\-*/()]*")
_FACT_MARK = re.compile(r"^F\d+ ", re.MULTILINE)
_DIGITS = re.compile(r"[0-9０-９](?:[0-9０-９.·-]*[0-9０-９])?")
_MOST_NAMES = 60
_BARRED = r"0-9０-９{}｛｝<>`|\\\[\]"
"""Inside a class of characters: what stands in no sentence. The same in GBNF and in a regular expression."""
_THINKING = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCE = re.compile(r"\A\s*```[a-zA-Z]*\s*(?P<inner>.*?)\s*(?:```)?\s*\Z", re.DOTALL)
_LIKE_JSON = re.compile(r'\s*(?:```|[{\[]\s*["}\]])')


class Shape(NamedTuple):
    """What an answer may hold besides words: references, and numerals of names (12345热线)."""

    references: tuple[str, ...]
    names: tuple[str, ...] = ()

    def grammar(self) -> str:
        """Return the grammar in GBNF."""
        quoted = " | ".join(json.dumps(word, ensure_ascii=False) for word in (*self._braced(), *self.names))
        return f"root ::= (word | given)+\nword ::= [^{_BARRED}]\ngiven ::= {quoted}\n"

    def pattern(self) -> str:
        """Return the same as a regular expression without look-ahead, which servers ignore silently."""
        given = "|".join(map(re.escape, (*self._braced(), *self.names)))
        return f"^([^{_BARRED}]|{given})+$"

    def allows(self, text: str) -> bool:
        """Return whether a server that keeps to the grammar could have answered `text`."""
        return re.fullmatch(self.pattern(), text) is not None

    def _braced(self) -> tuple[str, ...]:
        return tuple(f"{{{label}}}" for label in self.references)


def shape_of(messages: Sequence[Message]) -> Shape | None:
    """Return the shape of an answer to `messages`: what the first question shows; None without references."""
    asked = next((message.content for message in messages if message.role == "user"), "")
    labels = dict.fromkeys(clean_label(found[1]) for found in REFERENCE.finditer(asked))
    references = tuple(label for label in labels if _LABEL.fullmatch(label))
    words = REFERENCE.sub(" ", _FACT_MARK.sub("", asked))
    names = tuple(dict.fromkeys(_DIGITS.findall(words)))[:_MOST_NAMES]
    return Shape(references, names) if references else None


def request_fields(rung: Rung, shape: Shape) -> dict[str, Any]:
    """Return what a request says about the form of its answer."""
    if rung == "grammar":
        return {"extra_body": {"grammar": shape.grammar()}}
    if rung == "json_object":
        return {"response_format": {"type": "json_object"}}
    if rung == "text":
        return {}
    schema = {
        "type": "object",
        "properties": {"text": {"type": "string", "pattern": shape.pattern()}},
        "required": ["text"],
        "additionalProperties": False,
    }
    return {
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "section", "strict": True, "schema": schema},
        }
    }


def told(messages: Sequence[Message], rung: Rung) -> list[Message]:
    """Return `messages` with the form of the answer said in the first one, where it is JSON."""
    if rung not in {"json_schema", "json_object"}:
        return list(messages)
    first, *rest = messages
    return [Message(first.role, first.content + _HOW), *rest]


def unwrapped(reply: Reply, rung: Rung) -> Reply | BadReply:
    """Return the text inside the JSON of an answer; one that is plain text all the same stays as it is."""
    if rung not in {"json_schema", "json_object"}:
        return reply
    text = _THINKING.sub("", reply.text).strip()
    if fenced := _FENCE.match(text):
        text = fenced["inner"]
    try:
        answer = json.loads(text)
    except ValueError:
        return NOT_JSON if _LIKE_JSON.match(text) else reply
    match answer:
        case {"text": str() as inner}:
            return Reply(inner, reply.model) if inner.strip() else BadReply("empty", "回答是空的")
        case _:
            return NOT_JSON


class Ladder:
    """The rung that one endpoint is asked on; `auto` starts at the strictest or where it last worked."""

    def __init__(self, setting: str, folder: Path, endpoint: str) -> None:
        self._is_fixed = setting != "auto"
        self._file = folder / MEMORY_FILE
        self._endpoint = endpoint
        self._known = None if self._is_fixed else _read(self._file).get(endpoint)
        self.rung: Rung = cast("Rung", setting if self._is_fixed else self._known or RUNGS[0])

    def step_down(self) -> bool:
        """Go one rung down, and return whether there was one to go to."""
        if self._is_fixed or self.rung == RUNGS[-1]:
            return False
        self.rung = RUNGS[RUNGS.index(self.rung) + 1]
        return True

    def heard(self, reply: Reply, shape: Shape) -> None:
        """Take note of an answer: of one that ignored what was asked for, or else that this rung works."""
        ignored = (self.rung == "grammar" and not shape.allows(reply.text)) or (
            self.rung in {"json_schema", "json_object"} and unwrapped(reply, self.rung) is reply
        )
        if ignored:
            self.step_down()
        elif not self._is_fixed and self._known != self.rung:
            self._known = self.rung
            with suppress(OSError):  # what cannot be remembered is found out anew in the next run
                kept = {**_read(self._file), self._endpoint: self.rung}
                write_file(self._file, json.dumps(kept, ensure_ascii=False, indent=1).encode())


def _read(file: Path) -> dict[str, str]:
    """Return what worked with which endpoint; a damaged file counts as none."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {name: rung for name, rung in kept.items() if rung in RUNGS}
