"""Speed and exhaustion of movement.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def rsi(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of upward movement in all movement, from 0 to 100.

    Each bar's change is split into a gain and a loss; each is averaged with Wilder's mean, seeded with the plain mean
    of the first `period` changes. A window without movement gives 50; where a value is the one before it, the strength
    stays what it was.

        rsi = 100 * (gain / (gain + loss))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that are averaged. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("rsi", data, {"source": series(source)}, {"period": period}, options)


def macd(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast exponential mean from a slow one, its own exponential mean, and their difference.

    Every mean is seeded by its first input, so all three outputs are ready from the first value on.

        macd      = ema(x, fast_period) - ema(x, slow_period)
        signal    = ema(macd, signal_period)
        histogram = macd - signal

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean; less than the slow one's. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
    signal_period
        Period of the signal's mean. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    macd
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    signal
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    histogram
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from the first bar on; after 363 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Gerald Appel, The Moving Average Convergence-Divergence Method, 1979.
    """
    return run(
        "macd",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def stochastic(
    data: Any,
    k_period: int = 14,
    d_period: int = 3,
    smooth: int = 1,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Place of the close in the range of the last bars, from 0 to 100, and its moving average.

    A window without range gives 50. A close so far outside a range that its place overflows is missing input.

        k = sma(100 * (close - lowest low) / (highest high - lowest low), smooth)     d = sma(k, d_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    k_period
        Bars whose range counts. From 1 to 1,000,000.
    d_period
        Values of %K that %D averages. From 1 to 1,000,000.
    smooth
        Raw values that %K averages; 1 leaves them as they are. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 14 on, `d` bar 16 on; values are the same wherever the history
    begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: George C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984.
    """
    return run("stochastic", data, {}, {"k_period": k_period, "d_period": d_period, "smooth": smooth}, options)


def talib_macdext(
    data: Any,
    fast_period: int = 12,
    fast_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3"] = "sma",
    slow_period: int = 26,
    slow_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3"] = "sma",
    signal_period: int = 9,
    signal_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean from a slow one, its mean, and their difference, each mean of the kind that is chosen.

    The means are those of `talib.ma`. The two of the input have their first value on the same bar: the shorter one is
    not begun before it is needed. Where the fast period is the longer one, the two means change places.

        macd      = talib.ma(x, fast_period, fast_matype) - talib.ma(x, slow_period, slow_matype)
        signal    = talib.ma(macd, signal_period, signal_matype)
        histogram = macd - signal

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Values that count in the fast mean. From 2 to 100,000.
    fast_matype
        Kind of the fast mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3".
    slow_period
        Values that count in the slow mean. From 2 to 100,000.
    slow_matype
        Kind of the slow mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3".
    signal_period
        Values that count in the signal. From 1 to 100,000.
    signal_matype
        Kind of the signal's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    macd
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    signal
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    histogram
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from `macd` bar 26 on, `signal` bar 34 on, `histogram` bar 34 on; after 33
    bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MACDEXT.
    """
    return run(
        "talib.macdext",
        data,
        {"source": series(source)},
        {
            "fast_period": fast_period,
            "fast_matype": fast_matype,
            "slow_period": slow_period,
            "slow_matype": slow_matype,
            "signal_period": signal_period,
            "signal_matype": signal_matype,
        },
        options,
    )


# Other names.
stoch = stochastic

__all__ = [
    "macd",
    "rsi",
    "stoch",
    "stochastic",
    "talib_macdext",
]
