"""The form of an answer: what is put right silently, and what is refused whatever it says.

Put right are wrappings that some models cannot leave off (a thinking block, a
code fence round the whole, the heading once more, bold print). Refused is
everything that could hide something from a reader or from the checks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_THINKING = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_WHOLE_FENCE = re.compile(r"\A\s*```[a-zA-Z]*\n(?P<inner>[^`]*?)\n?```\s*\Z")
_LINE_MARK = re.compile(r"^[ \t　]*(?:#{1,6}[ \t]+|[-*+•][ \t]+|>[ \t]*)?(?:F\d{1,4}[ 　、.：:]+)?")
_LABEL = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]+)")
_BOLD = re.compile(r"\*\*|__")
_HALF_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HAN = r"\u3400-\u9fff"
_PUNCTUATION = re.compile(rf"(?<=[{_HAN}}}]) ?([,;:?!]) ?(?=[{_HAN}{{]|$)", re.MULTILINE)
_SPACE = re.compile(rf"(?<=[{_HAN}，。；：、}}]) +(?=[{_HAN}{{])")
_REFERENCE = re.compile(r"[{｛][^{}｛｝]*[}｝]")
_BLANK = re.compile(r"〔[^〔〕]{0,12}〕|⟦[^⟦⟧]{0,12}⟧|×{2,}|[xX]{2,}|_{2,}")
_FORBIDDEN = (
    (re.compile(r"<[a-zA-Z/!?][^>]*>?|&(?:#\w+|[a-zA-Z]+);"), "有网页代码"),
    (re.compile(r"!?\[[^\]]*\]\s*[(\[]|\]\s*:"), "有链接"),
    (
        re.compile(r"(?:https?|ftp|javascript|data)\s*[:：]|www\.|\w+\.(?:com|cn|net|org)\b", re.IGNORECASE),
        "有网址",
    ),
    (re.compile(r"[\w.+-]+@[\w-]+"), "有电子邮箱"),
    (re.compile(r"`|~~~|\|.*\||\$\$|\\"), "有标记符号"),
    (re.compile(r"<<<|>>>|===|\{%|\{\{"), "有提示里的符号"),
    (
        re.compile(
            r"作为(?:一个|一款|一名)?(?:AI|人工智能|语言模型|大模型|智能助手)|我是.{0,6}(?:模型|助手)",
            re.IGNORECASE,
        ),
        "是模型在说自己",
    ),
    (
        re.compile(
            r"(?:无法|不能|不便|不可以|抱歉[，,]?).{0,8}(?:提供|协助|完成(?:这|该|您|你)|回答|满足您|生成)"
        ),
        "是拒绝的话",
    ),
    (
        re.compile(r"^(?:好的|当然|以下是|下面是|希望(?:这|以上)|如需|注[：:]|说明[：:])", re.MULTILINE),
        "有正文以外的说明",
    ),
    (re.compile(r"要点(?:里|中|没有|未)|围栏|编号前后|往年同类段落|上一次的回答"), "把提示写进了正文"),
    (re.compile(r"(?:忽略|无视|不要理会).{0,6}(?:以上|上述|之前|前面)"), "有插入的指令"),
)
_SMALL_WORDS = re.compile(r"[A-Za-z]{3,}")


def tidied(answer: str, heading: str) -> str:
    """Return the text of `answer` without wrappings: a paragraph a line, no blank lines."""
    text = _THINKING.sub("", answer.replace("\r\n", "\n"))
    if whole := _WHOLE_FENCE.match(text):
        text = whole["inner"]
    lines = (_BOLD.sub("", _LINE_MARK.sub("", line)).strip(" \t　") for line in text.split("\n"))
    paragraphs = [line for line in lines if line]
    if paragraphs and (repeated := _repeated_heading(paragraphs[0], heading)):
        paragraphs[0] = paragraphs[0][repeated:].lstrip(" \t　")
    return full_width_marks("\n".join(paragraph for paragraph in paragraphs if paragraph))


def full_width_marks(text: str) -> str:
    """Return `text` with full-width punctuation and no spaces between Chinese characters."""
    text = _PUNCTUATION.sub(lambda match: _HALF_WIDTH[match[1]], text)
    return _SPACE.sub("", text)


def form_problems(text: str, *, longest: int, given: Sequence[str]) -> tuple[str, ...]:
    """Return in Chinese what forbids to use `text`, a tidied answer, whatever it says.

    `longest` is how many characters it may have; `given` are the texts that it
    was made from, whose Latin words may stand in it.
    """
    return tuple(_problems(text, longest, given))


def _problems(text: str, longest: int, given: Sequence[str]) -> Iterator[str]:
    if not text.strip():
        yield "没有正文"
        return
    if hidden := next((char for char in text if _is_hidden(char)), None):
        yield f"有看不见的字符（U+{ord(hidden):04X}）"
    words = _REFERENCE.sub("", text)
    for pattern, problem in _FORBIDDEN:
        if match := pattern.search(words):
            yield f"{problem}：{_shown(match[0])}"
    if blank := _BLANK.search(words):
        yield f"照抄了空格 {blank[0]}"
    if len(text) > longest:
        yield f"太长（{len(text)}字，最多{longest}字）"
    if looped := _repetition(words):
        yield f"同一句话重复：{_shown(looped)}"
    yield from _wrong_language(words, given)


def _wrong_language(words: str, given: Sequence[str]) -> Iterator[str]:
    han = sum("\u3400" <= char <= "\u9fff" for char in words)
    letters = sum(char.isalpha() for char in words)
    if letters and han * 10 < letters * 8:
        yield "不是中文"
        return
    known = "\n".join(given).lower()
    foreign = next((word for word in _SMALL_WORDS.findall(words) if word.lower() not in known), None)
    if foreign:
        yield f"有要点里没有的外文：{foreign[:20]}"


def _repetition(words: str) -> str | None:
    """Return a clause of eight characters or more that stands in `words` twice, None if there is none."""
    seen: set[str] = set()
    for clause in re.split(r"[，。；：\n]", words):
        if len(clause) >= 8 and clause in seen:
            return clause
        seen.add(clause)
    return None


def _is_hidden(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in {
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "Cn",
        "Zl",
        "Zp",
        "Mn",
        "Me",
    }


def _repeated_heading(paragraph: str, heading: str) -> int:
    """Return how many characters at the start of `paragraph` are the section's heading once more."""
    title = _LABEL.sub("", heading).strip(" 。：:")
    if not title:
        return 0
    match = re.match(rf"{_LABEL.pattern}?\s*{re.escape(title)}\s*(?:[。：:]|\Z)", paragraph)
    return match.end() if match else 0


def _shown(text: str) -> str:
    return "".join(char for char in text if char.isprintable())[:24]
