"""The front matter of a draft: YAML, of which what drafter itself writes is read without a YAML library.

Loading the library costs a tenth of a whole check; anything beyond plain keys,
one list of files and one nested table goes to it.
"""

from __future__ import annotations

import re
from typing import Any

from drafter.errors import ReadError

_LINE = re.compile(r"(?P<indent>|- |  )(?P<key>[A-Za-z_]\w*):(?: (?P<value>.*))?")
_PLAIN = re.compile(
    r"[^\W\d_][^:#'\"\[\]{}&*!|>%@`\\]*|[0-9a-f]{64}|[.~/\w][^:#'\"\[\]{}&*!|>%@`\\]*/[^:#'\"]*"
)
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "none", "nan"})
_NUMBER = re.compile(r"0|[1-9]\d{0,8}")


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
