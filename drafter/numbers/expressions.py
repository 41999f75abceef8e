"""The arithmetic a label may carry: `+ - * /`, parentheses, quantities `F3.1` and `P1.2`.

A percentage counts as points in sums and differences and as a fraction in
products and quotients, so that no label needs a factor of 100:
`F1.2/F1.1` is a share, `F2.1*F2.2` a base times a rate.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from drafter.numbers.families import same_unit
from drafter.numbers.units import plain_unit, to_base, unit_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model import Quantity

_TOKEN = re.compile(r"(?P<id>[FP]\d+\.\d+)|(?P<op>[-+*/()])")
_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "(": "（", ")": "）"}
MAX_OPERANDS = 24
"""More quantities than any sentence enumerates; a longer label is refused, not computed."""

ResultKind = Literal["amount", "percent", "ratio"]


class ExpressionError(ValueError):
    """A label that is no expression, or one that cannot be computed from the quantities given."""


class Result(NamedTuple):
    """The value of an expression: an `amount`, points of `percent`, or a `ratio` (1 is 100 %)."""

    value: Decimal
    kind: ResultKind
    unit: str | None = None


def operands(label: str) -> tuple[str, ...]:
    """Return the quantity ids of `label` in order; a repeated id comes back as often as it stands there.

    Raises:
        ExpressionError: `label` is not made of ids, the four signs and parentheses.
    """
    return tuple(token for token in _tokens(label) if token[0] in "FP")


def operands_of(label: str) -> tuple[str, ...]:
    """Return the numbers that a label names; none if it is no expression."""
    try:
        return operands(label)
    except ExpressionError:
        return ()


def evaluate(label: str, quantities: Mapping[str, Quantity]) -> Decimal:
    """Return the value of `label`, amounts in the base unit of their class (元, 米, 平方米 …).

    Raises:
        ExpressionError: no expression, an unknown or valueless quantity, different
            units in a sum, or a division by zero.
    """
    return compute(label, quantities).value


def compute(label: str, quantities: Mapping[str, Quantity]) -> Result:
    """Return the value of `label` together with what kind of number it is.

    Raises:
        ExpressionError: as `evaluate`.
    """
    tokens = _tokens(label)
    result, rest = _sum(tokens, quantities)
    if rest:
        raise ExpressionError(f"算式 {label} 在“{rest[0]}”处读不下去")
    return result


def worked(label: str, quantities: Mapping[str, Quantity]) -> str:
    """Return the arithmetic as a clerk would write it: `24 + 21 = 45`, `38 ÷ 38 = 100%`, `2万 + 1万 = 3万`.

    Raises:
        ExpressionError: as `evaluate`.
    """
    result = compute(label, quantities)
    scale = _shared_scale(label, quantities)
    size = _shared_size(label, quantities) * _SCALES[scale]
    parts = [_shown(token, quantities, size, scale) for token in _tokens(label)]
    left = " ".join(parts).replace("（ ", "（").replace(" ）", "）")
    if result.kind == "amount":
        return f"{left} = {show_result(result._replace(value=result.value / size))}{scale}"
    return f"{left} = {show_result(result)}"


def show_result(result: Result) -> str:
    """Return the value of `result` rounded for reading, ratios as percentages."""
    if result.kind == "amount":
        return plain(rounded(result.value, 2))
    hundred = 100 if result.kind == "ratio" else 1
    return f"{plain(rounded(result.value * hundred, 1))}%"


def rounded(value: Decimal, places: int) -> Decimal:
    """Return `value` rounded half up to `places` decimal places."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Return `value` without exponent and trailing zeros."""
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


def _tokens(label: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    while position < len(label):
        match = _TOKEN.match(label, position)
        if match is None:
            raise ExpressionError(f"“{label}”不是算式：只能用 F3.1、P1.2 这样的编号和 + - * / ( )")
        tokens.append(match.group())
        position = match.end()
    ids = sum(token[0] in "FP" for token in tokens)
    if not 1 <= ids <= MAX_OPERANDS:
        raise ExpressionError(f"“{label}”不是算式：没有编号，或多于{MAX_OPERANDS}个数")
    return tokens


def _sum(tokens: list[str], quantities: Mapping[str, Quantity]) -> tuple[Result, list[str]]:
    left, rest = _product(tokens, quantities)
    while rest and rest[0] in "+-":
        sign = rest[0]
        right, rest = _product(rest[1:], quantities)
        left = _add(left, right, sign)
    return left, rest


def _product(tokens: list[str], quantities: Mapping[str, Quantity]) -> tuple[Result, list[str]]:
    left, rest = _factor(tokens, quantities)
    while rest and rest[0] in "*/":
        sign = rest[0]
        right, rest = _factor(rest[1:], quantities)
        left = _multiply(left, right) if sign == "*" else _divide(left, right)
    return left, rest


def _factor(tokens: list[str], quantities: Mapping[str, Quantity]) -> tuple[Result, list[str]]:
    if not tokens:
        raise ExpressionError("算式没有写完")
    head, rest = tokens[0], tokens[1:]
    if head == "(":
        inner, rest = _sum(rest, quantities)
        if not rest or rest[0] != ")":
            raise ExpressionError("算式少了右括号")
        return inner, rest[1:]
    if head[0] not in "FP":
        raise ExpressionError(f"算式里“{head}”的位置不对")
    return _operand(head, quantities), rest


def _operand(name: str, quantities: Mapping[str, Quantity]) -> Result:
    quantity = quantities.get(name)
    if quantity is None:
        raise ExpressionError(f"没有编号 {name}")
    if quantity.value is None:
        raise ExpressionError(f"{name}（{quantity.surface}）没有可计算的数值")
    if quantity.kind == "percent" or quantity.unit == "百分点":
        return Result(quantity.value, "percent")
    if quantity.unit is None:
        return Result(quantity.value, "amount")
    value, unit = to_base(quantity.value, quantity.unit)
    return Result(value, "amount", unit_class(unit) or unit)


def _add(left: Result, right: Result, sign: str) -> Result:
    if left.kind != right.kind:
        raise ExpressionError("百分数不能与数量相加减")
    if not same_unit(left.unit, right.unit):
        raise ExpressionError(f"{left.unit}与{right.unit}不能相加减")
    value = left.value + right.value if sign == "+" else left.value - right.value
    return Result(value, left.kind, left.unit)


def _fraction(result: Result) -> Decimal:
    return result.value / 100 if result.kind == "percent" else result.value


def _multiply(left: Result, right: Result) -> Result:
    kinds = {left.kind, right.kind}
    kind: ResultKind = "amount" if "amount" in kinds else "ratio"
    unit = right.unit if right.kind == "amount" else left.unit
    return Result(_fraction(left) * _fraction(right), kind, unit)


def _divide(left: Result, right: Result) -> Result:
    divisor = _fraction(right)
    if divisor == 0:
        raise ExpressionError("除数是零")
    same = left.kind != "amount" or (right.kind == "amount" and left.unit == right.unit)
    value = _fraction(left) / divisor
    return Result(value, "ratio") if same else Result(value, "amount", left.unit)


def _shared_size(label: str, quantities: Mapping[str, Quantity]) -> Decimal:
    """Return how many base units the one unit of all operands has; 1 where they have several."""
    used = [quantities[name] for name in operands(label) if quantities[name].kind != "percent"]
    units = {plain_unit(quantity.unit) for quantity in used if quantity.unit is not None}
    return to_base(Decimal(1), units.pop())[0] if len(units) == 1 else Decimal(1)


def _shared_scale(label: str, quantities: Mapping[str, Quantity]) -> str:
    """Return the 万 or 亿 that all operands are written in, percentages aside; nothing where they differ."""
    used = [quantities[name] for name in operands(label) if quantities[name].kind != "percent"]
    scales = {next((scale for scale in "亿万" if scale in quantity.surface), "") for quantity in used}
    units = {quantity.unit for quantity in used}
    return scales.pop() if len(scales) == len(units) == 1 else ""


def _shown(token: str, quantities: Mapping[str, Quantity], size: Decimal, scale: str) -> str:
    if token[0] not in "FP":
        return _SIGNS[token]
    operand = _operand(token, quantities)
    if operand.kind == "percent":
        return f"{plain(operand.value)}%"
    return f"{plain(rounded(operand.value / size, 6))}{scale}"
