"""What a server answered: whole and of use, or in what way not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.writing.ports import BadReply, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MAX_TEXT = 40_000
"""Characters of an answer: ten times the longest section; a model that goes on is looping."""
CUT = BadReply("cut", "回答中途断了")
GARBAGE = BadReply("garbage", "回答不是约定的格式")
ENDLESS = BadReply("endless", "回答没完没了")


def read_stream(chunks: Iterable[Any], tell: Callable[[str], None]) -> Reply | BadReply:
    """Return the answer that `chunks` make up, telling each part as it comes.

    A stream that ends without saying why it ended was cut short. The client
    does not validate chunks, so that nothing about their shape is taken for granted.
    """
    text, refusal, model, finish = "", "", "", None
    for chunk in chunks:
        choices = getattr(chunk, "choices", None)
        if not isinstance(choices, list):
            return GARBAGE
        model = str(getattr(chunk, "model", None) or model)
        for choice in choices:
            if getattr(choice, "index", 0) != 0:
                continue
            delta = getattr(choice, "delta", None)
            part = getattr(delta, "content", None) or ""
            if not isinstance(part, str):
                return GARBAGE
            text += part
            refusal += str(getattr(delta, "refusal", None) or "")
            finish = getattr(choice, "finish_reason", None) or finish
            tell(part)
        if len(text) > _MAX_TEXT:
            return ENDLESS
    return CUT if finish is None else _judged(text, finish, refusal, model)


def read_completion(answer: Any) -> Reply | BadReply:  # noqa: ANN401 - whatever JSON the server sent
    """Return the answer in the JSON of a server that does not stream."""
    match answer:
        case {
            "choices": [{"message": {"content": str() | None as text} as message, "finish_reason": end}, *_]
        }:
            refusal = message.get("refusal") or ""
            return _judged(text or "", end, str(refusal), str(answer.get("model") or ""))
        case _:
            return GARBAGE


def said_by(body: object) -> str:
    """Return the server's own words about an error, wherever it put them."""
    match body:
        case {"error": inner}:
            return said_by(inner)
        case {"message": str() as message}:
            return message
        case str():
            return body
        case _:
            return ""


def _judged(text: str, finish: object, refusal: str, model: str) -> Reply | BadReply:
    if refusal or finish == "content_filter":
        return BadReply("refusal", "模型拒绝作答")
    if finish == "length":
        return BadReply("length", "回答没有写完")
    if finish != "stop":
        return GARBAGE
    if not text.strip():
        return BadReply("empty", "回答是空的")
    return ENDLESS if len(text) > _MAX_TEXT else Reply(text, model)
