"""Arithmetic on bars and values.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Condition, Operand, Source, run, series


def abs(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Magnitude of a value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The absolute value.
    """
    return run("abs", data, {"source": series(source)}, {}, options)


def signum(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sign of a value: 1 where it is positive, -1 where it is negative, 0 where it is zero.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The sign function.
    """
    return run("signum", data, {"source": series(source)}, {}, options)


def sqrt(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Square root, exactly rounded; not ready where the value is negative.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: IEEE 754, squareRoot.
    """
    return run("sqrt", data, {"source": series(source)}, {}, options)


def log(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Natural logarithm; not ready where the value is zero or negative.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("log", data, {"source": series(source)}, {}, options)


def exp(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The number e to the power of a value; not ready where the result is too large for a number.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("exp", data, {"source": series(source)}, {}, options)


def floor(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest whole number that is not above a value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("floor", data, {"source": series(source)}, {}, options)


def ceil(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least whole number that is not below a value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("ceil", data, {"source": series(source)}, {}, options)


def round(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Nearest whole number; of two equally near ones that which is farther from zero.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("round", data, {"source": series(source)}, {}, options)


def greatest(
    data: Any,
    a: Operand,
    b: Operand,
    *more: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest of two or more values of a bar: `greatest(open, close, close[1])` compares three.

    More than two are compared from the left: `greatest(greatest(a, b), c)`. Ready only where all of them are.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    *more
        Others of the same kind.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The greatest of several numbers.
    """
    return run("greatest", data, {"a": a, "b": b}, {}, options, more)


def least(
    data: Any,
    a: Operand,
    b: Operand,
    *more: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least of two or more values of a bar: `least(open, close, close[1])` compares three.

    More than two are compared from the left: `least(least(a, b), c)`. Ready only where all of them are.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    *more
        Others of the same kind.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The least of several numbers.
    """
    return run("least", data, {"a": a, "b": b}, {}, options, more)


def nz(
    data: Any,
    x: Operand,
    y: Operand = 0.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value of `x`, and where `x` is not ready, for whatever reason, that of `y`.

    Ready wherever `x` or `y` is: `nz(rsi(14), 50)` from the first bar on. It looks at each bar alone; the value of a
    bar before is not carried along.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    y
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number or a truth value, as its operands are.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The first of two values that is there.
    """
    return run("nz", data, {"x": x, "y": y}, {}, options)


def if_else(
    data: Any,
    condition: Condition,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value of `a` where the condition is true and that of `b` where it is false.

    Ready where the condition and the chosen value are; the other one need not be. Both are numbers, or both are true or
    false, and so is the result.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    condition
        What is true or false: a text of the language or a rule.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number or a truth value, as its operands are.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: A choice between two values.
    """
    return run("if_else", data, {"condition": condition, "a": a, "b": b}, {}, options)


def barssince(
    data: Any,
    condition: Condition,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Bars since the condition was last true: 0 where it is true now.

    Not ready until it was true once. Bars on which the condition is not ready do not count and have no value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    condition
        What is true or false: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The age of an event in bars.
    """
    return run("barssince", data, {"condition": condition}, {}, options)


def valuewhen(
    data: Any,
    condition: Condition,
    x: Operand,
    n: int = 0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value of `x` on the latest bar on which the condition was true, or on the `n`-th such bar before that.

    Not ready until the condition was true `n + 1` times. Bars on which `x` or the condition is not ready do not count
    and have no value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    condition
        What is true or false: a text of the language or a rule.
    x
        A number, a text of the language or a rule.
    n
        Which occurrence: 0 is the latest, 1 the one before it. From 0 to 10,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number or a truth value, as its operands are.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The value at an event.
    """
    return run("valuewhen", data, {"condition": condition, "x": x}, {"n": n}, options)


def acos(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Arc cosine of a value, in radians; not ready outside -1 to 1.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("acos", data, {"source": series(source)}, {}, options)


def asin(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Arc sine of a value, in radians; not ready outside -1 to 1.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("asin", data, {"source": series(source)}, {}, options)


def atan(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Arc tangent of a value, in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("atan", data, {"source": series(source)}, {}, options)


def cos(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Cosine of an angle in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("cos", data, {"source": series(source)}, {}, options)


def cosh(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Hyperbolic cosine of a value; not ready where it is too large for a number.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("cosh", data, {"source": series(source)}, {}, options)


def log10(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Logarithm to base 10 of a value; not ready where the value is zero or negative.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("log10", data, {"source": series(source)}, {}, options)


def sin(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sine of an angle in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("sin", data, {"source": series(source)}, {}, options)


def sinh(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Hyperbolic sine of a value; not ready where it is too large for a number.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("sinh", data, {"source": series(source)}, {}, options)


def tan(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Tangent of an angle in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("tan", data, {"source": series(source)}, {}, options)


def tanh(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Hyperbolic tangent of a value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("tanh", data, {"source": series(source)}, {}, options)


def talib_add(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of two values: `a + b` under TA-Lib's name.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, ADD.
    """
    return run("talib.add", data, {"a": a, "b": b}, {}, options)


def talib_sub(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Difference of two values: `a - b` under TA-Lib's name.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, SUB.
    """
    return run("talib.sub", data, {"a": a, "b": b}, {}, options)


def talib_mult(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Product of two values: `a * b` under TA-Lib's name.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, MULT.
    """
    return run("talib.mult", data, {"a": a, "b": b}, {}, options)


def talib_div(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Quotient of two values: `a / b` under TA-Lib's name. Not ready where the divisor is 0, where TA-Lib gives an
    infinity.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, DIV.
    """
    return run("talib.div", data, {"a": a, "b": b}, {}, options)


def talib_sqrt(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Square root, exactly rounded; not ready where the value is negative.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: IEEE 754, squareRoot.
    """
    return run("talib.sqrt", data, {"source": series(source)}, {}, options)


def talib_ln(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Natural logarithm; not ready where the value is zero or negative.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.ln", data, {"source": series(source)}, {}, options)


def talib_exp(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The number e to the power of a value; not ready where the result is too large for a number.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.exp", data, {"source": series(source)}, {}, options)


def talib_floor(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest whole number that is not above a value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.floor", data, {"source": series(source)}, {}, options)


def talib_ceil(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least whole number that is not below a value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.ceil", data, {"source": series(source)}, {}, options)


def pine_barssince(
    data: Any,
    condition: Condition,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Bars since the condition was last true: 0 where it is true now.

    Not ready until it was true once. Bars on which the condition is not ready do not count and have no value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    condition
        What is true or false: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The age of an event in bars.
    """
    return run("pine.barssince", data, {"condition": condition}, {}, options)


def pine_valuewhen(
    data: Any,
    condition: Condition,
    x: Operand,
    n: int = 0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value of `x` on the latest bar on which the condition was true, or on the `n`-th such bar before that.

    Not ready until the condition was true `n + 1` times. Bars on which `x` or the condition is not ready do not count
    and have no value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    condition
        What is true or false: a text of the language or a rule.
    x
        A number, a text of the language or a rule.
    n
        Which occurrence: 0 is the latest, 1 the one before it. From 0 to 10,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number or a truth value, as its operands are.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The value at an event.
    """
    return run("pine.valuewhen", data, {"condition": condition, "x": x}, {"n": n}, options)


def talib_acos(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Arc cosine of a value, in radians; not ready outside -1 to 1.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.acos", data, {"source": series(source)}, {}, options)


def talib_asin(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Arc sine of a value, in radians; not ready outside -1 to 1.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.asin", data, {"source": series(source)}, {}, options)


def talib_atan(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Arc tangent of a value, in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.atan", data, {"source": series(source)}, {}, options)


def talib_cos(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Cosine of an angle in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.cos", data, {"source": series(source)}, {}, options)


def talib_cosh(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Hyperbolic cosine of a value; not ready where it is too large for a number.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.cosh", data, {"source": series(source)}, {}, options)


def talib_log10(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Logarithm to base 10 of a value; not ready where the value is zero or negative.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.log10", data, {"source": series(source)}, {}, options)


def talib_sin(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sine of an angle in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.sin", data, {"source": series(source)}, {}, options)


def talib_sinh(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Hyperbolic sine of a value; not ready where it is too large for a number.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.sinh", data, {"source": series(source)}, {}, options)


def talib_tan(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Tangent of an angle in radians.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.tan", data, {"source": series(source)}, {}, options)


def talib_tanh(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Hyperbolic tangent of a value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: ISO/IEC 9899, Programming languages: C, 7.12.
    """
    return run("talib.tanh", data, {"source": series(source)}, {}, options)


# Other names.
ln = log

__all__ = [
    "abs",
    "acos",
    "asin",
    "atan",
    "barssince",
    "ceil",
    "cos",
    "cosh",
    "exp",
    "floor",
    "greatest",
    "if_else",
    "least",
    "ln",
    "log",
    "log10",
    "nz",
    "pine_barssince",
    "pine_valuewhen",
    "round",
    "signum",
    "sin",
    "sinh",
    "sqrt",
    "talib_acos",
    "talib_add",
    "talib_asin",
    "talib_atan",
    "talib_ceil",
    "talib_cos",
    "talib_cosh",
    "talib_div",
    "talib_exp",
    "talib_floor",
    "talib_ln",
    "talib_log10",
    "talib_mult",
    "talib_sin",
    "talib_sinh",
    "talib_sqrt",
    "talib_sub",
    "talib_tan",
    "talib_tanh",
    "tan",
    "tanh",
    "valuewhen",
]
