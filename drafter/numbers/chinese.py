"""Chinese numerals to numbers and back: 两千零五十 ↔ 2050."""

from __future__ import annotations

from decimal import Decimal

DIGITS: dict[str, int] = {
    **dict.fromkeys("〇零○", 0),
    **dict.fromkeys("一壹弌幺", 1),
    **dict.fromkeys("二两兩俩贰貳弍弐", 2),
    **dict.fromkeys("三仨叁叄參弎", 3),
    **dict.fromkeys("四肆亖", 4),
    **dict.fromkeys("五伍", 5),
    **dict.fromkeys("六陆陸", 6),
    **dict.fromkeys("七柒漆", 7),
    **dict.fromkeys("八捌", 8),
    **dict.fromkeys("九玖", 9),
}
"""What each digit stands for."""

_TENS: dict[str, int] = {**dict.fromkeys("廿廾卄", 20), "卅": 30, "卌": 40}
_STEPS: dict[str, int] = {
    **dict.fromkeys("十拾", 10),
    **dict.fromkeys("百佰", 100),
    **dict.fromkeys("千仟", 1000),
}
_SCALES: dict[str, int] = {**dict.fromkeys("万萬", 10**4), **dict.fromkeys("亿億", 10**8), "兆": 10**12}

SCALE_VALUES: dict[str, int] = {**_STEPS, **_SCALES}
"""What a scale word multiplies by: 百 → 100, 万 → 10000."""


_LONGEST = 40
"""No number that people write is longer; anything longer is noise or an attack."""


def read_chinese(text: str) -> Decimal | None:
    """Return the number that a Chinese numeral writes, None when it writes none.

    Reads 两千零五十, 二〇一二 (digit by digit), 一百二 (= 120), 九十八点五,
    廿三, 壹佰贰拾 and 十万. Anything else (三四, 十十, 百三) is None: a numeral
    that is not understood must not get a value.
    """
    if len(text) > _LONGEST:
        return None
    whole, point, fraction = text.partition("点")
    if point:
        if not fraction or any(char not in DIGITS for char in fraction):
            return None
        decimals = "".join(str(DIGITS[char]) for char in fraction)
        before = _read_whole(whole)
        return None if before is None else Decimal(f"{before}.{decimals}")
    number = _read_whole(whole)
    return None if number is None else Decimal(number)


def _read_whole(text: str) -> int | None:
    """Return the whole number in `text`, None when it is not well formed."""
    if not text:
        return None
    if all(char in DIGITS for char in text):
        return _read_digits(text)
    for scale in ("兆", "亿億", "万萬"):
        at = max(text.rfind(char) for char in scale)
        if at >= 0:
            return _read_scaled(text, at)
    return _read_below_ten_thousand(text)


def _read_digits(text: str) -> int | None:
    """Return digits read one by one: 二〇一二 is 2012; two bare digits (三四) are a range, not a number."""
    if len(text) == 1:
        return DIGITS[text]
    if len(text) == 2 and "零" not in text and "〇" not in text and "○" not in text:
        return None
    return int("".join(str(DIGITS[char]) for char in text))


def _read_scaled(text: str, at: int) -> int | None:
    """Return head × scale + tail for the scale word at `at`."""
    scale = _SCALES[text[at]]
    head = _read_whole(text[:at]) if at else 1
    tail_text = text[at + 1 :]
    if head is None or (at == 0 and tail_text):
        return None
    if not tail_text:
        return head * scale
    if len(tail_text) == 1 and tail_text in DIGITS and DIGITS[tail_text]:
        return head * scale + DIGITS[tail_text] * scale // 10
    tail = _read_whole(tail_text.lstrip("零〇○"))
    if tail is None or tail >= scale:
        return None
    return head * scale + tail


def _read_below_ten_thousand(text: str) -> int | None:
    """Return a number made of digits, 十, 百, 千 and 廿, 卅 in falling order."""
    total, digit, last = 0, None, 10**4
    zero = False
    for index, char in enumerate(text):
        if char in DIGITS:
            if digit is not None or (DIGITS[char] == 0 and (zero or not total)):
                return None
            zero = zero or DIGITS[char] == 0
            digit = DIGITS[char] or None
        elif char in _TENS:
            if digit is not None or last <= 10:
                return None
            total, last, zero = total + _TENS[char], 10, False
        elif char in _STEPS:
            step = _STEPS[char]
            if step >= last or (digit is None and index and not (zero and step == 10)):
                return None
            total, last, digit, zero = total + (digit or 1) * step, step, None, False
        else:
            return None
    if digit is None:
        return None if zero else total
    return total + (digit * last // 10 if last > 10 and not zero and last < 10**4 else digit)


def write_chinese(number: int) -> str:
    """Return `number` (0 or more, below 10^16) in Chinese characters: 2050 → 二千零五十.

    Raises:
        ValueError: the number is negative or too large.
    """
    if not 0 <= number < 10**16:
        raise ValueError(f"数太大或为负：{number}")
    if number == 0:
        return "零"
    groups = []
    rest = number
    while rest:
        rest, low = divmod(rest, 10**4)
        groups.append(low)
    text = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            continue
        if (text and group < 1000) or (text and groups[index + 1] == 0):
            text += "零"
        text += _write_group(group) + ("", "万", "亿", "万亿")[index]
    return text[1:] if text.startswith("一十") else text


def _write_group(group: int) -> str:
    """Return 1 … 9999 in characters."""
    text, zero = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, group = divmod(group, step)
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = True
    return text
