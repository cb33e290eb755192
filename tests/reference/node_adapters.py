"""What each kind of node does with the values of one bar, without saying whether they may be used.

Values are exact: `Decimal` and `bool`; None is "no value". Who needs availability asks the functions that raise
`UndefinedArithmeticError`; the `eval_*` functions put a placeholder in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any

from laakhay.ta.expr import _rust
from laakhay.ta.expr.execution.references import find_key, select_field, source_key
from laakhay.ta.expr.execution.tick import GREATEST_NUMBER, to_number
from laakhay.ta.expr.ir.nodes import (
    AggregateNode,
    BinaryOpNode,
    CallNode,
    FilterNode,
    LiteralNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from laakhay.ta.expr.ir.scalars import is_scalar_series
from laakhay.ta.expr.planner.types import CallBinding, CallInput
from tests.reference.bindings import resolve_kernel
from tests.reference.kernel import FoldedKernel
from tests.reference.state.models import KernelState
from tests.reference.time_shift import parse_shift_periods

Number = Decimal | bool
Statistics = dict[str, Any]


class UndefinedArithmeticError(ArithmeticError):
    """The result does not exist: a zero divisor, a root of a negative, a number beyond range."""


_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
    "neq": lambda a, b: a != b,
}


def binary_value(operator: str, left: Number, right: Number) -> Number:
    """Apply one of the fourteen operators; comparisons and logic give a bool, arithmetic a Decimal.

    Raises UndefinedArithmeticError where the result does not exist, ValueError for an unknown operator.
    """
    if operator == "and":
        return truth(left) and truth(right)
    if operator == "or":
        return truth(left) or truth(right)
    a, b = _decimal(left), _decimal(right)
    if operator in _COMPARE:
        return _COMPARE[operator](a, b)
    apply = _ARITHMETIC.get(operator)
    if apply is None:
        raise ValueError(f"Unknown binary operator {operator!r}")
    try:
        return bounded(apply(a, b))
    except ArithmeticError as error:  # Every signal of `decimal`.
        raise UndefinedArithmeticError(f"{left} {operator} {right} is undefined") from error


def _modulo(a: Decimal, b: Decimal) -> Decimal:
    # `decimal` refuses a remainder whose quotient has more digits than its precision.
    with localcontext() as context:
        context.prec = max(context.prec, a.adjusted() - b.adjusted() + len(b.as_tuple().digits) + 2)
        return a % b


def _power(a: Decimal, b: Decimal) -> Decimal:
    return Decimal(1) if b == 0 else a**b  # Also zero to the zero, as everywhere but in `decimal`.


_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "mod": _modulo,
    "pow": _power,
}


def unary_value(operator: str, value: Number) -> Number:
    """Apply `not`, `neg` or `pos`. Raises ValueError for another operator."""
    if operator == "not":
        return not truth(value)
    if operator == "neg":
        return -_decimal(value)
    if operator == "pos":
        return _decimal(value)
    raise ValueError(f"Unknown unary operator {operator!r}")


def is_nothing(value: Number) -> bool:
    """Tell whether a value of a loop is none."""
    return isinstance(value, Decimal) and value.is_nan()


def truth(value: Number) -> bool:
    """Tell whether a value counts as true: a bool as it is, a number when it is not zero."""
    return value if isinstance(value, bool) else value != 0


def bounded(value: Decimal) -> Decimal:
    """Give a finite number as it is. Raises UndefinedArithmeticError beyond a double's range."""
    if not value.is_finite() or abs(value) > GREATEST_NUMBER:
        raise UndefinedArithmeticError("the result is too large")
    return value


def take_statistics(before: Statistics | None, value: Number | None) -> Statistics:
    """Give the running statistics after one more value; None leaves them as they are."""
    stats = before if before is not None else {"count": 0, "sum": Decimal(0), "max": None, "min": None}
    if value is None:
        return stats
    number = _decimal(value)
    return {
        "count": stats["count"] + 1,
        "sum": stats["sum"] + number,
        "max": number if stats["max"] is None else max(stats["max"], number),
        "min": number if stats["min"] is None else min(stats["min"], number),
    }


def read_statistic(stats: Statistics, operation: str) -> Decimal | None:
    """Give one statistic; None for avg, max and min of nothing. Raises ValueError for an unknown operation."""
    name = operation.lower()
    if name == "avg":
        return stats["sum"] / stats["count"] if stats["count"] else None
    if name == "count":
        return Decimal(stats["count"])
    if name in ("sum", "max", "min"):
        return stats[name]
    raise ValueError(f"Unknown operation {operation!r}; accepted: avg, count, max, min, sum")


def shift_value(
    buffer: tuple[Number, ...], value: Number, periods: int, operation: str | None
) -> tuple[tuple[Number, ...], Number | None]:
    """Take one value into the buffer of the last `periods` ones; give the new buffer and the result, None at first.

    Raises ValueError for an unknown operation, UndefinedArithmeticError for a percentage of zero; see `shifted`.
    """
    following = (*buffer, value)[-periods:]
    check_shift_operation(operation)
    return following, shifted(buffer[0], value, operation) if len(buffer) == periods else None


def check_shift_operation(operation: str | None) -> None:
    """Raise ValueError for what is no operation of a time shift."""
    if operation not in (None, "change", "change_pct", "roc"):
        raise ValueError(f"Unknown time shift operation {operation!r}; accepted: change, change_pct, roc")


def shifted(earlier: Number, value: Number, operation: str | None) -> Number:
    """Give the earlier value, or the change since it."""
    if operation is None:
        return earlier
    change = binary_value("sub", value, earlier)
    if operation == "change":
        return change
    return binary_value("mul", binary_value("div", change, earlier), Decimal(100))


def call_kernel(binding: CallBinding) -> FoldedKernel:
    """Give the exact kernel of a call. Raises NotImplementedError when the reference has none."""
    kernel = resolve_kernel(binding.kernel)
    if kernel is None:
        raise NotImplementedError(f"the Decimal reference has no kernel for `{binding.kernel}`; use the Rust engine")
    return kernel


def call_step(
    kernel: FoldedKernel, binding: CallBinding, algorithm_state: Any, inputs: Sequence[Number | None]
) -> tuple[Any, dict[str, Any]]:
    """Take inputs, all ready unless the kernel takes every bar; give its next state and its outputs by name.

    An output is `NOT_READY` where the kernel is not warm, and None where it is undefined.
    """
    if algorithm_state is None:
        algorithm_state = kernel.initialize((), **binding.params)
    numbers = tuple(None if value is None else _decimal(value) for value in inputs)
    x_t = numbers if len(numbers) > 1 else numbers[0]
    following, output = kernel.step(algorithm_state, x_t, **binding.params)
    outputs = output if isinstance(output, tuple) else (output,)
    if binding.is_bool:
        outputs = tuple(truth(value) if _usable(value) else value for value in outputs)
    return following, dict(zip(binding.outputs, outputs, strict=True))


def _decimal(value: Number | int | float) -> Decimal:
    if type(value) is Decimal:
        return value
    return Decimal(int(value)) if isinstance(value, bool) else Decimal(str(value))


def _usable(value: Any) -> bool:
    return value is not None and not (isinstance(value, Decimal) and value.is_nan())


# The step functions: one bar, plain values in and out.


def eval_source_ref_step(node: SourceRefNode, tick: Mapping[str, Any]) -> Decimal | None:
    """Give `<source>.<field>` of the tick, else its bare `<field>`, else None; numbers may come as text."""
    names = (source_key(node), f"{node.source}.{node.field}", str(node.field))
    key = next((name for name in names if name in tick), find_key(tick, node))
    raw = None if key is None else tick[key]
    try:
        number = to_number(Decimal(raw) if isinstance(raw, str) else raw)
    except InvalidOperation:
        return None
    return None if number is None else _decimal(number)


def eval_literal_step(node: LiteralNode) -> Decimal | bool | str | None:
    """Give a number as Decimal, the value of a one-point series likewise, a bool, text or None as it is.

    A longer series has no one value: None.
    """
    value = node.value
    if is_scalar_series(value) or (hasattr(value, "timestamps") and len(value) == 1):
        value = value.values[0]
    return value if isinstance(value, str) else to_number(value)


def eval_binary_step(node: BinaryOpNode, values: Sequence[Any]) -> Number | None:
    """Apply the operator; None without two values or where the result does not exist, 0 for a zero divisor."""
    if len(values) < 2 or not all(_usable(value) and not isinstance(value, str) for value in values[:2]):
        return None
    try:
        return binary_value(node.operator, values[0], values[1])
    except UndefinedArithmeticError:
        return Decimal(0) if node.operator == "div" and values[1] == 0 else None
    except (ValueError, InvalidOperation):
        return None


def eval_unary_step(node: UnaryOpNode, value: Any) -> Number | None:
    """Apply the operator; None for no value or an unknown operator."""
    if not _usable(value) or isinstance(value, str) or node.operator not in ("not", "neg", "pos"):
        return None
    return unary_value(node.operator, value)


def eval_filter_step(node: FilterNode, values: Sequence[Any]) -> Any:
    """Give the first value where the second counts as true, else None."""
    value, condition = values
    return value if _usable(condition) and truth(condition) else None


def eval_aggregate_step(node: AggregateNode, value: Any, state: KernelState) -> Decimal | None:
    """Take a value into the running statistics, kept for every operation at once, and give the node's own."""
    state.algorithm_state = take_statistics(state.algorithm_state, value if _usable(value) else None)
    return read_statistic(state.algorithm_state, node.operation)


def eval_time_shift_step(node: TimeShiftNode, value: Any, state: KernelState) -> Number | None:
    """Give the earlier value, or the change since it; None for no value or none early enough, 0 % of a zero base.

    Raises ValueError for a shift or an operation that cannot be read.
    """
    periods = parse_shift_periods(node.shift)
    if not _usable(value):
        return None
    buffer = state.algorithm_state or ()
    number = value if isinstance(value, bool) else _decimal(value)
    try:
        state.algorithm_state, result = shift_value(buffer, number, periods, node.operation)
    except UndefinedArithmeticError:
        state.algorithm_state, result = (*buffer, number)[-periods:], Decimal(0)
    return result


def eval_call_step(node: CallNode, children: Sequence[Any], tick: Mapping[str, Any], state: KernelState) -> Any:
    """Take one bar into an indicator; give its value, a dict of them by output name, or None while it warms up.

    `select` reads the tick: the bare field, `ohlcv.<field>`, or any key that ends in `.<field>`. `children` are the
    values of the arguments, then of the keywords. Raises ValueError for an unknown indicator.
    """
    if node.name == "select":
        field = select_field(node)
        ends = (key for key in tick if key.endswith(f".{field}"))
        key = next((key for key in (field, f"ohlcv.{field}", *ends) if key in tick), None)
        number = to_number(tick[key]) if key is not None else None
        return None if number is None else _decimal(number)
    binding = _rust.bind_call(node)
    kernel = call_kernel(binding)
    inputs = [_call_input(source, children, tick) for source in binding.inputs]
    if not kernel.every_bar and any(value is None for value in inputs):
        return None
    state.algorithm_state, outputs = call_step(kernel, binding, state.algorithm_state, inputs)
    plain = {name: value if _usable(value) else None for name, value in outputs.items()}
    if node.output is not None:
        return plain[node.output]
    return plain if len(plain) > 1 else next(iter(plain.values()))


def _call_input(source: CallInput, children: Sequence[Any], tick: Mapping[str, Any]) -> Any:
    """Give the value of one input of a call; None where it is not ready."""
    if source.number is not None:
        return _decimal(source.number)
    if source.child is not None:
        value = children[source.child]
        return value if _usable(value) else None
    return eval_source_ref_step(SourceRefNode(symbol=None, field=source.field), tick)


__all__ = [
    "UndefinedArithmeticError",
    "eval_aggregate_step",
    "eval_binary_step",
    "eval_call_step",
    "eval_filter_step",
    "eval_literal_step",
    "eval_source_ref_step",
    "eval_time_shift_step",
    "eval_unary_step",
]
