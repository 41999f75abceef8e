"""The front matter of a draft: YAML, of which what drafter itself writes is read without a YAML library.

Loading the library costs a tenth of a whole check; anything beyond plain keys,
one list of files and one nested table goes to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drafter.errors import ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(r"(?P<indent>|- |  )(?P<key>[A-Za-z_]\w*):(?: (?P<value>.*))?")
_PLAIN = re.compile(
    r"[^\W\d_][^:#'\"\[\]{}&*!|>%@`\\]*|[0-9a-f]{64}|[.~/\w][^:#'\"\[\]{}&*!|>%@`\\]*/[^:#'\"]*"
)
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "none", "nan"})
_NUMBER = re.compile(r"0|[1-9]\d{0,8}")
_FRONT = r"\A\ufeff?---[ \t]*(?:\r\n|\r|\n)(.*?)(?:^|(?<=\r))---[ \t]*(?:\r\n|\r|\n|\Z)"
_NOTES = r"(?:^|(?<=\r))notes:[^\r\n]*(?P<eol>\r\n|\r|\n)(?:[- ][^\r\n]*(?:\r\n|\r|\n))*"
"""Patterns of the whole front matter and of its files of notes; a check needs neither."""


class _Unknown(Exception):  # noqa: N818 - no error: the general reader takes over
    """Something that only a YAML library reads."""


def read_front_matter(text: str) -> dict[str, Any]:
    """Return the front matter `text` (without its --- lines) as a table.

    Raises:
        ReadError: it is not YAML.
    """
    try:
        return _read_plain(text.splitlines())
    except _Unknown:
        return _read_yaml(text)


def _read_plain(lines: list[str]) -> dict[str, Any]:
    meta: dict[str, Any] = {}
    last = ""
    for line in lines:
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise _Unknown
        key, value = found["key"], _scalar(found["value"])
        match found["indent"]:
            case "":
                if key in meta:
                    raise _Unknown
                meta[key] = value
                last = key
            case "- ":
                meta[last] = [*(_inside(meta, last, list)), {key: value}]
            case _ if isinstance(meta.get(last), list):
                meta[last][-1][key] = value
            case _:
                meta[last] = {**_inside(meta, last, dict), key: value}
    return meta


def _inside(meta: dict[str, Any], key: str, kind: type) -> Any:  # noqa: ANN401 - a list or a table
    held = meta.get(key, _Unknown)
    if held is None:
        return kind()
    if not isinstance(held, kind):
        raise _Unknown
    return held


def _scalar(value: str | None) -> str | int | None:
    value = (value or "").strip()
    if not value or value == "null":
        return None
    if _NUMBER.fullmatch(value):
        return int(value)
    if value.lower() in _WORDS or not _PLAIN.fullmatch(value):
        raise _Unknown
    return value


def _read_yaml(text: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - only unusual front matter pays for it

    try:
        meta = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第{mark.line + 2}行" if mark else "其中"
        raise ReadError(
            f"草稿开头的说明（front matter）{line}写得不对。",
            hint="请恢复开头两行 --- 之间的内容。",
        ) from error
    return meta if isinstance(meta, dict) else {}


def with_notes(text: str, rows: Sequence[tuple[str, str]]) -> str:
    """Return a draft whose front matter names the notes `rows` (path, sha256); nothing else changes.

    Where only hashes changed, only they do.

    Raises:
        UsageError: the draft has no front matter that names notes.
    """
    front = re.match(_FRONT, text, re.DOTALL | re.MULTILINE)
    block = re.search(_NOTES, front[1], re.MULTILINE) if front else None
    if front is None or block is None:
        raise UsageError("草稿开头没有写明依据的要点。", hint="请恢复草稿开头的 notes，或重新起草。")
    named = read_front_matter(front[1]).get("notes") or []
    old = [(row.get("path"), row.get("sha256")) for row in named if isinstance(row, dict)]
    words = block[0]
    if [path for path, _ in old] == [path for path, _ in rows] and all(str(sha) in words for _, sha in old):
        for (_, before), (_, after) in zip(old, rows, strict=True):
            words = words.replace(str(before), after, 1)
    else:
        words = _notes_block(rows, block["eol"])
    start = front.start(1) + block.start()
    return text[:start] + words + text[start + len(block[0]) :]


def _notes_block(rows: Sequence[tuple[str, str]], eol: str) -> str:
    import yaml  # noqa: PLC0415 - only where the files of notes are others than before

    listed = [{"path": path, "sha256": sha256} for path, sha256 in rows]
    block = yaml.safe_dump({"notes": listed}, allow_unicode=True, sort_keys=False, width=10_000)
    return str(block).replace("\n", eol)
