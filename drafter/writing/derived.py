"""Derived numbers: what a declared expression is printed as.

The value comes from `drafter.numbers.expressions`; here it gets the unit that
follows from its operands. A ratio inside one class of units is a percentage, a
difference of percentages is percentage points, a ratio across classes keeps the
unit of what is divided (人均). An approximate number derives nothing, since
nobody could say what it would support.
"""

from __future__ import annotations

import ast
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from drafter.numbers.expressions import ExpressionError, evaluate
from drafter.numbers.figures import decimal_text
from drafter.numbers.units import to_base, unit_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.model import Quantity

_ID = re.compile(r"([FP]\d+)\.(\d+)")
_SCALES = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))
_ONE_PLACE = Decimal("0.1")
_TWO_PLACES = Decimal("0.01")


class _Dimension(NamedTuple):
    """What an expression counts: a unit, whether it is a bare ratio, and the scale it is written in."""

    unit: str
    ratio: bool = False
    scale: str = ""


def derive(label: str, quantities: Mapping[str, Quantity]) -> str:
    """Return the expression `label` worked out and printed with its unit: `45场`, `95.1%`.

    Percentages are rounded half up to one decimal, other quotients to two.

    Raises:
        ExpressionError: an operand is unknown or approximate, units do not go together,
            or there is no value (a division by nought, a negative result).

    """
    dimension = _dimension(_parsed(label), quantities)
    value = evaluate(label, quantities)
    if value < 0:
        raise ExpressionError("算出来是负数，请把两项调换")
    if dimension.ratio:
        return f"{decimal_text(_rounded(value * 100, _ONE_PLACE))}%"
    if dimension.unit in {"%", "百分点"}:
        return f"{decimal_text(_rounded(value, _ONE_PLACE))}{_percent_unit(dimension.unit)}"
    if dimension.unit:
        value /= _factor(dimension.unit)
    for scale, size in _SCALES:
        fine = dimension.scale == "亿" and scale == "万"
        if (dimension.scale == scale or fine) and value >= size:
            return f"{decimal_text(_rounded(value / size, _TWO_PLACES))}{scale}{dimension.unit}"
    return f"{decimal_text(_rounded(value, _TWO_PLACES))}{dimension.unit}"


def is_ratio(label: str, quantities: Mapping[str, Quantity]) -> bool:
    """Return whether `label` is a share (a ratio inside one class of units).

    Raises:
        ExpressionError: as `derive`.

    """
    return _dimension(_parsed(label), quantities).ratio


def _parsed(label: str) -> ast.expr:
    try:
        return ast.parse(_ID.sub(r"\1_\2", label), mode="eval").body
    except SyntaxError as error:
        raise ExpressionError("不是能计算的式子") from error


def _dimension(node: ast.expr, quantities: Mapping[str, Quantity]) -> _Dimension:
    if isinstance(node, ast.Name):
        return _operand(node.id.replace("_", "."), quantities)
    if not isinstance(node, ast.BinOp):
        raise ExpressionError("式子里只能有要点编号和加减乘除")
    left, right = _dimension(node.left, quantities), _dimension(node.right, quantities)
    match node.op:
        case ast.Add() | ast.Sub():
            return _of_sum(node.op, left, right)
        case ast.Mult():
            return _of_product(left, right)
        case ast.Div():
            return _of_quotient(left, right)
        case _:
            raise ExpressionError("式子里只能有加减乘除")


def _operand(label: str, quantities: Mapping[str, Quantity]) -> _Dimension:
    quantity = quantities.get(label)
    if quantity is None:
        raise ExpressionError(f"要点里没有 {label}")
    if quantity.value is None or quantity.upper is not None:
        raise ExpressionError(f"{label} 不是一个能计算的数")
    if quantity.approx is not None:
        raise ExpressionError(f"{label} 是约数，不能拿来计算")
    unit = "%" if quantity.kind == "percent" else quantity.unit or ""
    scale = next((scale for scale, _ in _SCALES if f"{scale}{unit}" in quantity.surface), "")
    return _Dimension(unit, scale=scale)


def _of_sum(operator: ast.operator, left: _Dimension, right: _Dimension) -> _Dimension:
    if left.ratio or right.ratio:
        raise ExpressionError("比率不能相加减")
    if not _addable(left.unit, right.unit):
        raise ExpressionError(f"单位不同，不能相加减：{left.unit or '无单位'}、{right.unit or '无单位'}")
    scale = left.scale if left.scale == right.scale else ""
    if isinstance(operator, ast.Sub) and left.unit == "%":
        return _Dimension("百分点")
    return _Dimension(left.unit, scale=scale)


def _of_product(left: _Dimension, right: _Dimension) -> _Dimension:
    if left.ratio or right.ratio or left.unit == right.unit == "%":
        raise ExpressionError("百分比不能相乘")
    base = right if left.unit == "%" else left
    return _Dimension(base.unit, scale=base.scale)


def _of_quotient(left: _Dimension, right: _Dimension) -> _Dimension:
    if "%" in {left.unit, right.unit} or left.ratio or right.ratio:
        raise ExpressionError("百分比不能拿来相除")
    if _addable(left.unit, right.unit):
        return _Dimension("", ratio=True)
    return _Dimension(left.unit, scale=left.scale)


def _addable(left: str, right: str) -> bool:
    if left == right:
        return True
    if not left or not right or unit_class(left) is None or unit_class(left) != unit_class(right):
        return False
    return _factor(left) == _factor(right)


def _factor(unit: str) -> Decimal:
    return to_base(Decimal(1), unit)[0]


def _percent_unit(unit: str) -> str:
    return "%" if unit == "%" else "个百分点"


def _rounded(value: Decimal, places: Decimal) -> Decimal:
    return value.quantize(places, rounding=ROUND_HALF_UP)
