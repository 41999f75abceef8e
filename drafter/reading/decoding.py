"""Bytes of a text file → characters, strictly: a byte that cannot be read stops the work."""

from __future__ import annotations

import codecs
import re

from drafter.errors import ReadError

_MOSTLY = 0.7
_USUAL = 0.8
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and its encoding: by byte-order mark, else UTF-8, else GB18030.

    Line ends stay as they are in the file.

    Raises:
        ReadError: the bytes are none of these; the message names the first bad byte.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _refusal(error) from error
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise _refusal(error) from error
        if _may_be_big5(data, text):
            raise ReadError(
                "分不清文字编码：可能是繁体的 Big5，照 GB18030 读是乱码。",
                hint="请用记事本或 WPS 打开，另存为 UTF-8 文本后再试。",
            ) from error
        return text, "gb18030"


def is_binary(text: str) -> bool:
    """Whether decoded characters are no writing: a NUL, or more than one control character in a hundred."""
    return "\x00" in text or len(_CONTROL.findall(text)) * 100 > len(text)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of `data` is UTF-8: read as GB18030 it would be nonsense, with digits swallowed."""
    beyond = sum(byte > 0x7F for byte in data)
    kept = data.decode("utf-8", "ignore")
    return sum(len(mark.encode()) for mark in kept if ord(mark) > 0x7F) > _MOSTLY * beyond


def _may_be_big5(data: bytes, text: str) -> bool:
    """Whether bytes that GB18030 accepts are more likely Big5: so read, too many characters are rare ones."""
    beyond = sum(mark > "\x7f" for mark in text)
    usual = sum(byte > 0x7F for byte in text.encode("gb2312", "ignore")) // 2
    if usual >= _USUAL * beyond:
        return False
    try:
        data.decode("big5")
    except UnicodeDecodeError:
        return False
    return True


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refusal(error) from error


def _refusal(error: UnicodeDecodeError) -> ReadError:
    return ReadError(
        f"第 {error.start + 1} 个字节既不是 UTF-8 也不是 GB18030，文件可能损坏或不是文本。",
        hint="请用记事本或 WPS 打开，另存为 UTF-8 文本后再试。",
    )
